"""`mlagkit diff` on files: bases, owners, secrets, several pairs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mlagkit.starter import starter
from tests.command import Run
from tests.test_revision import git

SECRET = "    hsrp: {version: 2, group: 10, address: 10.0.10.1, authentication: 'env:HSRP_KEY',"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """The working directory: a pair file, and what both switches run when they do what it says."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dc1.yaml").write_text(starter("dc1"), "utf-8")
    assert run("render", "dc1.yaml", "-o", "configs").code == 0
    return tmp_path


def edit(path: Path, *edits: tuple[str, str]) -> None:
    """Replace texts that must be there."""
    text = path.read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def changes(run: Run, *args: str) -> dict[str, list[dict[str, Any]]]:
    """The changes of each switch."""
    ended = run("diff", "dc1.yaml", "--running", "configs", "--format", "json", *args)
    assert ended.code in (0, 1), ended.err + ended.out
    switches = json.loads(ended.out)["pairs"][0]["switches"]
    found = {name: switch["changes"] for name, switch in switches.items()}
    assert ended.code == any(found.values())
    return found


def test_origins(run: Run, folder: Path) -> None:
    """What is added points at the pair file, what is removed at the running-config."""
    edit(folder / "configs" / "dc1-a.cfg", ("  name db\n", ""), ("vpc 11\n", "vpc 11\n  description by hand\n"))
    added, removed = changes(run)["dc1-a"]
    text = (folder / "dc1.yaml").read_text("utf-8").splitlines()
    assert (added["action"], added["new"], added["file"]) == ("add", "name db", "dc1.yaml")
    assert text[added["line"] - 1].strip() == "20: db"
    assert (removed["action"], removed["old"]) == ("remove", "description by hand")
    assert removed["file"] == "configs/dc1-a.cfg"
    running = (folder / "configs" / "dc1-a.cfg").read_text("utf-8").splitlines()
    assert running[removed["line"] - 1].strip() == "description by hand"


def test_left_alone_and_strict(run: Run, folder: Path) -> None:
    """An undeclared line is left alone and shown; with --strict it counts."""
    edit(folder / "configs" / "dc1-b.cfg", ("\nntp server", "\nline console\n  exec-timeout 5\nntp server"))
    ended = run("diff", "dc1.yaml", "--running", "configs")
    assert ended.code == 0
    assert "line console  (and 1 line below)" in ended.out
    assert "2 lines left alone" in ended.out.splitlines()[-1]
    assert "exec-timeout 5" in run("diff", "dc1.yaml", "--running", "configs", "-v").out
    assert [change["old"] for change in changes(run, "--strict")["dc1-b"]][:1] == ["line console"]


def test_base(run: Run, folder: Path) -> None:
    """What the base declared and the pair file no longer does is removed; without a base it is left alone."""
    git(folder, "init", "--initial-branch=main")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "first")
    edit(folder / "dc1.yaml", ("  ntp server 192.0.2.5 use-vrf management\n", "  line console\n"))
    edit(folder / "configs" / "dc1-a.cfg", ("ntp server", "line console\nntp server"))
    edit(folder / "configs" / "dc1-b.cfg", ("ntp server", "line console\nntp server"))
    assert changes(run) == {"dc1-a": [], "dc1-b": []}
    for found in changes(run, "--base", "HEAD").values():
        assert [(change["action"], change["old"]) for change in found] == [
            ("remove", "ntp server 192.0.2.5 use-vrf management")
        ]
    assert run("diff", "dc1.yaml", "--running", "configs", "--base", "v0").code == 2


def test_base_keeps_features(run: Run, folder: Path) -> None:
    """A feature that only followed from what was declared stays: what is left alone may need it."""
    edit(folder / "dc1.yaml", ("\nextra:", "\nfeatures: [lldp]\n\nextra:"))
    assert run("render", "dc1.yaml", "-o", "configs").code == 0
    git(folder, "init", "--initial-branch=main")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "first")
    text = (folder / "dc1.yaml").read_text("utf-8")
    svis = text[text.index("\nsvis:") : text.index("\ninterfaces:")]
    edit(folder / "dc1.yaml", (svis, ""), ("features: [lldp]\n", ""))
    edit(folder / "configs" / "dc1-a.cfg", ("\nntp server", "\ninterface Vlan99\n  no shutdown\nntp server"))
    for found in changes(run, "--base", "HEAD").values():
        assert [(change["action"], change["old"]) for change in found] == [
            ("remove", "feature lldp"),
            ("remove", "interface Vlan10"),
        ]


def test_base_without_the_file(run: Run, folder: Path) -> None:
    """A file that the base did not have, perhaps by another name, is compared without one, and that is said."""
    git(folder, "init", "--initial-branch=main")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "first")
    (folder / "dc1.yaml").rename(folder / "renamed.yaml")
    ended = run("diff", "renamed.yaml", "--running", "configs", "--base", "HEAD")
    assert (ended.code, "renamed.yaml is new since HEAD" in ended.err) == (0, True)


def test_names(run: Run, folder: Path) -> None:
    """--names tells files without a hostname line apart."""
    for name in "ab":
        edit(folder / "configs" / f"dc1-{name}.cfg", (f"hostname dc1-{name}\n", ""))
        (folder / "configs" / f"dc1-{name}.cfg").rename(folder / f"{name}.cfg")
    files = ("--running", "b.cfg", "--running", "a.cfg")
    assert run("diff", "dc1.yaml", *files).code == 2
    ended = run("diff", "dc1.yaml", *files, "--names", "dc1-b,dc1-a", "--format", "json")
    found = json.loads(ended.out)["pairs"][0]["switches"]
    assert {name: switch["changes"] for name, switch in found.items()} == {"dc1-a": [], "dc1-b": []}


def test_a_part_without_a_name(run: Run, folder: Path) -> None:
    """Part of a running-config without a hostname line gets none by diff or plan; what else differs has its place."""
    for name in "ab":
        edit(folder / "configs" / f"dc1-{name}.cfg", (f"hostname dc1-{name}\n", ""))
    ended = run("plan", "dc1.yaml", "--running", "configs")
    assert ended.out == "dc1: nothing has to change on either switch\n"
    edit(folder / "configs" / "dc1-b.cfg", ("  name db\n", "  name database\n"))
    found = changes(run)
    line = 1 + (folder / "dc1.yaml").read_text("utf-8").splitlines().index("  20: db")
    assert [(change["new"], change["line"]) for change in found["dc1-b"]] == [("name db", line)]
    assert found["dc1-a"] == []


def test_several_pairs(run: Run, folder: Path) -> None:
    """A folder of running-configs serves many pairs; single files serve one."""
    (folder / "dc2.yaml").write_text(starter("dc2"), "utf-8")
    assert run("render", ".", "-o", "configs").code == 0
    ended = run("diff", ".", "--running", "configs")
    assert (ended.code, ended.out.count("no differences")) == (0, 2)
    assert ended.out.splitlines()[-1] == "4 switches: nothing differs from the intent"
    files = ("--running", "configs/dc1-a.cfg", "--running", "configs/dc1-b.cfg")
    assert run("diff", ".", *files).code == 2
    narrowed = run("diff", ".", "--running", "configs", "--switch", "dc2-a")
    assert "dc1" not in narrowed.out


def test_secrets(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret that can't be had is not compared, and said so; no secret is ever shown."""
    edit(folder / "dc1.yaml", ("    hsrp: {version: 2, group: 10, address: 10.0.10.1,", SECRET))
    for name in "ab":
        path = folder / "configs" / f"dc1-{name}.cfg"
        edit(path, ("    ip 10.0.10.1\n", "    authentication text s3cret\n    ip 10.0.10.1\n"))
    monkeypatch.delenv("HSRP_KEY", raising=False)
    ended = run("diff", "dc1.yaml", "--running", "configs")
    assert ended.code == 0, ended.out
    assert "not compared on dc1-a, since the secret can't be had: env:HSRP_KEY" in ended.out
    monkeypatch.setenv("HSRP_KEY", "text s3cret")
    assert run("diff", "dc1.yaml", "--running", "configs").out.count("no differences") == 1
    monkeypatch.setenv("HSRP_KEY", "text other-s3cret")
    plain = run("diff", "dc1.yaml", "--running", "configs", "--format", "json")
    monkeypatch.setenv("MLAGKIT_FINGERPRINT_KEY", "pepper")
    keyed = run("diff", "dc1.yaml", "--running", "configs")
    assert (plain.code, keyed.code) == (1, 1)
    assert "s3cret" not in plain.out + keyed.out
    assert len({line.strip() for line in keyed.out.splitlines() if "<secret" in line}) == 2


def test_cut_running_config(run: Run, folder: Path) -> None:
    """A running-config that breaks off is refused at its last line, with its secret masked."""
    path = folder / "configs" / "dc1-a.cfg"
    path.write_text(path.read_text("utf-8") + "username admin password 5 $5$abc", "utf-8")
    ended = run("diff", "dc1.yaml", "--running", "configs")
    assert ended.code == 2
    assert "IN21 cut-short" in ended.err
    assert "$5$abc" not in ended.err
