"""What people read: the text of each command, held in files."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from mlagkit.finding import Finding, Origin, Severity
from mlagkit.report.findings import findings_document, findings_text, unique
from mlagkit.report.github import github_commands, github_log
from mlagkit.starter import starter
from tests.command import Run
from tests.conftest import ROOT, Golden

GOLDEN = Path(__file__).parent / "fixtures" / "cli"


def dual_homed(name: str) -> str:
    """The starter file without its host of one link, of which OR02 speaks."""
    lines = starter(name).splitlines(keepends=True)
    left = [line for line in lines if "backup-01" not in line]
    assert len(left) == len(lines) - 1
    return "".join(left)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a pair file and one that has mistakes."""
    monkeypatch.chdir(tmp_path)
    text = starter("dc1")
    (tmp_path / "dc1.yaml").write_text(text, "utf-8")
    for right, wrong in (
        ("peer_gateway", "peer_gatway"),
        ("vlans: 20", "vlans: 5000"),
        ("profile: server", "profile: serv"),
    ):
        assert right in text
        text = text.replace(right, wrong, 1)
    (tmp_path / "bad.yaml").write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_findings(form: str, run: Run, folder: Path, golden: Golden) -> None:
    """Every mistake stands at its place, in each form."""
    ended = run("validate", "bad.yaml", "--format", form)
    assert ended.code == 2
    golden(GOLDEN / f"validate.{form}.txt", ended.out)


def test_no_findings(run: Run, folder: Path) -> None:
    """Where nothing is wrong, a sentence says so."""
    (folder / "dc1.yaml").write_text(dual_homed("dc1"), "utf-8")
    assert run("validate", "dc1.yaml").out == "no findings in 1 pair file\n"


def test_folders(run: Run, folder: Path) -> None:
    """A folder is searched at any depth; a pair that two files describe is found."""
    inner = folder / "site" / "row"
    inner.mkdir(parents=True)
    (inner / "dc2.yaml").write_text(dual_homed("dc2"), "utf-8")
    (folder / "site" / "dc3.yml").write_text(dual_homed("dc3").replace("192.0.2.", "198.51.100."), "utf-8")
    assert run("validate", "site").out == "no findings in 2 pair files\n"
    (inner / "twin.yaml").write_text(dual_homed("dc2"), "utf-8")
    ended = run("validate", "site")
    assert ended.code == 2
    assert ended.out.count("IN23 same-switch-twice") == 3  # the pair and both switches


def test_actions(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, golden: Golden) -> None:
    """Inside GitHub Actions the text stays, and annotations stand beside it."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    ended = run("validate", "bad.yaml")
    golden(GOLDEN / "validate.text.txt", ended.out)
    golden(GOLDEN / "validate.github.txt", ended.err)


def finding(
    number: int, severity: Severity = Severity.ERROR, message: str = "wrong", *, pair: str | None = None, fix: str = ""
) -> Finding:
    """A finding in line ``number``."""
    origin = Origin("a,b:c%.yaml", number, 2)
    return Finding(
        rule="IN04", name="unknown-key", severity=severity, message=message, origin=origin, pair=pair, fix=fix
    )


def test_annotations_are_escaped() -> None:
    """Nothing that a file or message holds can begin a workflow command, or end its own."""
    hostile = "100%\n::set-output name=x::y\r\x1b[2J"
    text = github_commands(findings_document([finding(1, message=hostile, fix="a\nb")]))
    assert text == (
        "::error file=a%2Cb%3Ac%25.yaml,line=1,col=2,title=IN04 unknown-key::"
        r"100%25%0A::set-output name=x::y\r\x1b[2J%0Afix: a%0Ab" + "\n"
    )


def test_annotations_are_counted() -> None:
    """The worst come first, ten of each kind, and what stays behind is counted."""
    many = [finding(line) for line in range(1, 31)] + [finding(40, Severity.WARNING), finding(41, Severity.INFO)]
    lines = github_commands(findings_document(many[::-1])).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error"] * 10 + ["::warning", "::notice"]
    assert lines[9] == "::error title=mlagkit::21 more errors; all of them are in the log"
    log = github_log(findings_document(many)).splitlines()
    assert (len(log), log[0]) == (21, "- a,b:c%.yaml:10:2: error IN04 unknown-key: wrong")


def test_log_is_no_command() -> None:
    """What is left for the log begins no command there, neither of the old form nor of the new."""
    many = [finding(line, message="##[error]x\n::error::y") for line in range(1, 12)]
    assert github_log(findings_document(many)).splitlines() == [
        rf"- a,b:c%.yaml:{line}:2: error IN04 unknown-key: ## [error]x\n::error::y" for line in (10, 11)
    ]


def test_findings_of_one_place() -> None:
    """At one place the worst comes first."""
    one, other = finding(1, Severity.INFO, "a"), finding(1, Severity.ERROR, "b")
    assert unique([one, other]) == unique([other, one]) == (other, one)


def test_findings_are_unique() -> None:
    """What several pairs say of one line is one finding, which is of no pair."""
    found = unique([finding(2, pair="b"), finding(2, pair="a"), finding(1, pair="a"), finding(1, pair="a")])
    assert [(each.origin.line, each.pair) for each in found] == [(1, "a"), (2, None)]


def test_severities_in_text() -> None:
    """The last line counts by severity, and text shows no control character."""
    found = [finding(1, message="\x1b]0;x\x07"), finding(2, Severity.WARNING), finding(3, Severity.INFO)]
    text = findings_text(findings_document(found), {}, checked=("a", "b"))
    assert text.endswith("3 findings in 2 pair files: 1 error, 1 warning, 1 info\n")
    assert r"\x1b]0;x\x07" in text
    assert "\x1b" not in text


@pytest.mark.parametrize("args", [(), ("--switch", "dc1-b"), ("--annotate", "--switch", "dc1-a")])
def test_render(args: tuple[str, ...], run: Run, folder: Path, golden: Golden) -> None:
    """Both configurations, one of them, and where its lines came from."""
    ended = run("render", "dc1.yaml", *args)
    assert ended.code == 0
    golden(GOLDEN / f"render{''.join(args).replace('--', '-')}.txt", ended.out)


def test_render_to_files(run: Run, folder: Path) -> None:
    """Files hold what stdout shows, are private, and replace a link instead of following it."""
    out = folder / "deep" / "out"
    out.mkdir(parents=True)
    elsewhere = folder / "elsewhere"
    elsewhere.write_text("mine", "utf-8")
    (out / "dc1-a.cfg").symlink_to(elsewhere)
    before = os.umask(0)
    assert run("render", "dc1.yaml", "-o", "deep/out").code == 0
    assert run("render", "dc1.yaml", "-o", "made/here").code == 0
    os.umask(before)
    text = run("render", "dc1.yaml", "--switch", "dc1-a").out
    assert text == "! ---- dc1-a\n" + (out / "dc1-a.cfg").read_text("utf-8")
    assert elsewhere.read_text("utf-8") == "mine"
    assert stat.S_IMODE((out / "dc1-a.cfg").stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "made" / "here").stat().st_mode) == 0o700
    assert sorted(path.name for path in out.iterdir()) == ["dc1-a.cfg", "dc1-b.cfg"]


def test_nothing_is_written_when_anything_is_wrong(run: Run, folder: Path) -> None:
    """One bad file among good ones, and no configuration is written."""
    assert run("render", "dc1.yaml", "bad.yaml", "-o", "out").code == 2
    assert not (folder / "out").exists()


def test_output_file(run: Run, folder: Path) -> None:
    """With -o the result is in the file, whole and private, and stdout is empty."""
    (folder / "dc1.yaml").write_text(dual_homed("dc1"), "utf-8")
    ended = run("validate", "dc1.yaml", "-o", "result.txt")
    assert (ended.code, ended.out) == (0, "")
    assert (folder / "result.txt").read_text("utf-8") == "no findings in 1 pair file\n"
    assert stat.S_IMODE((folder / "result.txt").stat().st_mode) == 0o600


def test_lines_that_the_runner_would_obey(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside GitHub Actions, a configuration that holds a workflow command is printed where none is obeyed."""
    text = (folder / "dc1.yaml").read_text("utf-8")
    hostile = text.replace("extra: |", "extra: |\n  ::add-mask::leaf")
    (folder / "dc1.yaml").write_text(hostile, "utf-8")
    plain = run("render", "dc1.yaml").out
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    first, *lines, last = run("render", "dc1.yaml").out.splitlines()
    token = first.removeprefix("::stop-commands::")
    assert len(token) == 32
    assert (lines, last) == (plain.splitlines(), f"::{token}::")


def test_a_file_holds_what_was_asked_for(folder: Path) -> None:
    """Inside GitHub Actions, what goes to a file is no log: nobody obeys it, and nothing is put around it."""
    text = (folder / "dc1.yaml").read_text("utf-8").replace("extra: |", "extra: |\n  ::add-mask::leaf")
    (folder / "dc1.yaml").write_text(text, "utf-8")
    for variables in ({}, {"GITHUB_ACTIONS": "true"}):
        with (folder / f"{len(variables)}.cfg").open("wb") as stream:
            words = [sys.executable, "-m", "mlagkit", "render", "dc1.yaml"]
            environment = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], **variables}
            subprocess.run(words, stdout=stream, env=environment, check=True)
    assert (folder / "0.cfg").read_bytes() == (folder / "1.cfg").read_bytes()
    assert b"\n::add-mask::leaf" in (folder / "0.cfg").read_bytes()


@pytest.mark.parametrize(
    ("words", "variables", "colored"),
    [
        ((), {}, True),
        ((), {"NO_COLOR": "1"}, False),
        ((), {"TERM": "dumb"}, False),
        (("-o", "result.txt"), {}, False),
        (("-o", "result.txt", "--color", "always"), {"NO_COLOR": "1"}, True),
    ],
)
def test_color_on_a_terminal(words: tuple[str, ...], variables: dict[str, str], colored: bool, folder: Path) -> None:
    """A terminal gets colors, unless it is not wanted, or the result goes to a file."""
    reader, writer = os.openpty()
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "TERM": "xterm", **variables}
    subprocess.run(
        [sys.executable, "-m", "mlagkit", "validate", "dc1.yaml", *words], stdout=writer, env=environment, check=True
    )
    os.close(writer)
    text = (folder / "result.txt").read_bytes() if words else os.read(reader, 65536)
    os.close(reader)
    assert (b"OR02" in text, b"\x1b[" in text) == (True, colored)


def test_init(run: Run, folder: Path) -> None:
    """A new file is valid, commented, and never replaces another."""
    ended = run("init", "new")
    assert ended.out == "wrote new.yaml; next: mlagkit validate new.yaml\n"
    assert run("validate", "new.yaml").code == 0
    assert run("init", "new").code == 2
    assert run("init", "new", "-o", "other.yaml").code == 0
    assert run("init", "new", "-o", "-").out == (folder / "new.yaml").read_text("utf-8")
    assert (folder / "other.yaml").read_text("utf-8").count("#") > 10
