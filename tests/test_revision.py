"""Pair files as git remembers them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from mlagkit.errors import InputError
from mlagkit.revision import commit_of, pair_at
from mlagkit.starter import starter


def git(folder: Path, *args: str) -> None:
    """Run git there, as nobody in particular."""
    name = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.net", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *name, *args], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one commit of a pair file and a site file, both changed since."""
    git(tmp_path, "init", "--initial-branch=main")
    folder = tmp_path / "pairs"
    folder.mkdir()
    (folder / "dc1.yaml").write_text(starter("dc1"), "utf-8")
    (folder / "site.yaml").write_text("vlans:\n  30: shared\n", "utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "first")
    (folder / "dc1.yaml").write_text(starter("dc1").replace("20: db", "20: database"), "utf-8")
    (folder / "site.yaml").unlink()
    return folder


def message(revision: str, file: Path) -> str:
    """What is said about a revision that can't be had."""
    with pytest.raises(InputError) as caught:
        pair_at(revision, str(file))
    (finding,) = caught.value.findings
    assert finding.rule == "IN25"
    return finding.message


def test_file_and_site_as_they_were(repository: Path) -> None:
    """The base is what was committed, whatever the working tree holds now."""
    pair = pair_at("HEAD", str(repository / "dc1.yaml"))
    assert pair is not None
    vlans = pair.intents["dc1-a"].vlans
    assert (vlans[20].name, vlans[30].name) == ("db", "shared")


def test_file_that_did_not_exist(repository: Path) -> None:
    """A pair file that is new since the revision has no base."""
    (repository / "dc2.yaml").write_text(starter("dc2"), "utf-8")
    assert pair_at("main", str(repository / "dc2.yaml")) is None


@pytest.mark.parametrize("revision", ["v9.9", "--output=x", "HEAD:pairs", ""])
def test_unknown_revision(repository: Path, revision: str) -> None:
    """What names no commit is refused, and never taken for an option of git."""
    assert "git knows no revision" in message(revision, repository / "dc1.yaml")


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside of any repository there is nothing to compare with."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "dc1.yaml").write_text(starter("dc1"), "utf-8")
    assert "no git repository" in message("HEAD", tmp_path / "dc1.yaml")


def test_no_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git is not installed, that is what is said."""
    monkeypatch.setenv("PATH", str(repository))
    assert "not installed" in message("HEAD", repository / "dc1.yaml")


def test_mistakes_of_then(repository: Path) -> None:
    """A base that was invalid is refused at its own lines, with the revision in the place."""
    git(repository, "checkout", "--", ".")
    (repository / "dc1.yaml").write_text(starter("dc1").replace("vlans:\n  10", "vlan:\n  10"), "utf-8")
    git(repository, "commit", "-am", "broken")
    (repository / "dc1.yaml").write_text(starter("dc1"), "utf-8")
    with pytest.raises(InputError) as caught:
        pair_at("HEAD", str(repository / "dc1.yaml"))
    origin = caught.value.findings[0].origin
    assert origin.file == f"HEAD:{repository / 'dc1.yaml'}"
    assert origin.line > 1


def test_commit_of_a_file_as_it_is(repository: Path) -> None:
    """The commit is known where it holds the pair file and its site file as they are, whatever ends their lines."""
    file = repository / "dc1.yaml"
    assert commit_of(str(file)) is None
    file.write_bytes(starter("dc1").replace("\n", "\r\n").encode())
    assert commit_of(str(file)) is None  # the site file is gone
    (repository / "site.yaml").write_text("vlans:\n  30: shared\n", "utf-8")
    assert len(commit_of(str(file)) or "") == 40
    (repository / "site.yaml").write_text("vlans:\n  31: shared\n", "utf-8")
    assert commit_of(str(file)) is None


def test_commit_of_a_file_without_a_site(tmp_path: Path) -> None:
    """A site file that is in neither is none; one that was not committed makes the commit unknown."""
    git(tmp_path, "init", "--initial-branch=main")
    file = tmp_path / "dc1.yaml"
    file.write_text(starter("dc1"), "utf-8")
    assert commit_of(str(file)) is None  # no commit yet
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "first")
    assert len(commit_of(str(file)) or "") == 40
    assert commit_of(str(tmp_path / "other.yaml")) is None
    (tmp_path / "site.yaml").write_text("vlans:\n  30: shared\n", "utf-8")
    assert commit_of(str(file)) is None


def test_commit_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a repository, or without git, there is no commit, and no error."""
    file = tmp_path / "dc1.yaml"
    file.write_text(starter("dc1"), "utf-8")
    assert commit_of(str(file)) is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commit_of(str(file)) is None
