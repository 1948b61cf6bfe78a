"""Options from files and from the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlagkit.starter import starter
from tests.command import Run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a pair file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dc1.yaml").write_text(starter("dc1"), "utf-8")
    return tmp_path


def is_json(run: Run, *args: str) -> bool:
    """Whether `validate` answers in JSON."""
    ended = run("validate", "dc1.yaml", *args)
    assert ended.code == 0, ended.err
    return ended.out.startswith("{")


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("mlagkit.toml", 'format = "json"\n'),
        ("mlagkit.toml", '[validate]\nformat = "json"\n'),
        ("mlagkit.toml", 'format = "text"\n[validate]\nformat = "json"\n'),
        ("pyproject.toml", '[tool.mlagkit]\nformat = "json"\n'),
        ("pyproject.toml", '[tool.mlagkit.validate]\nformat = "json"\nfail-level = "none"\n'),
    ],
)
def test_file(run: Run, folder: Path, file: str, text: str) -> None:
    """A file sets options for all commands, or for one."""
    (folder / file).write_text(text, "utf-8")
    assert is_json(run)


def test_precedence(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line beats the environment, which beats the file."""
    (folder / "mlagkit.toml").write_text('format = "json"\n', "utf-8")
    monkeypatch.setenv("MLAGKIT_FORMAT", "text")
    assert not is_json(run)
    assert is_json(run, "--format", "json")


def test_file_above(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file counts for the folders below it, as far as its repository goes."""
    (folder / "mlagkit.toml").write_text('format = "json"\n', "utf-8")
    inner = folder / "pairs"
    inner.mkdir()
    (inner / "dc1.yaml").write_text(starter("dc1"), "utf-8")
    monkeypatch.chdir(inner)
    assert not is_json(run)  # the folder above may be anybody's, such as /tmp
    (folder / ".git").mkdir()
    assert is_json(run)


def test_other_tables(run: Run, folder: Path) -> None:
    """A pyproject.toml of something else says nothing."""
    (folder / "pyproject.toml").write_text("[tool.other]\nformat = 3\n", "utf-8")
    assert not is_json(run)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('formt = "json"\n', "there is no option formt; did you mean format?"),
        ('[validate]\nfail_levle = "none"\n', "there is no option fail-levle; did you mean fail-level?"),
        ("format = \n", "mlagkit.toml: "),
        ("validate = 3\n", "validate must be a table"),
        ('format = "xml"\n', "'xml' is not one of"),
        ('jobs = "many"\n', "Invalid value for '--jobs'"),
        ("jobs = [2]\n", "jobs takes one value"),
        ("color = {x = 1}\n", "color takes one value"),
        ('running = "configs"\n', 'running takes a list of files or folders, such as ["configs"]'),
        ("rules = [1]\n", 'rules takes a list of files, such as ["rules.py"]'),
        ("date = 12:30:00\n", "Invalid value for '--date'"),
        ("date = 2027-01-31T12:30:00\n", "Invalid value for '--date'"),
    ],
)
def test_mistakes(run: Run, folder: Path, text: str, said: str) -> None:
    """A mistake in the file is a usage error that says what is meant."""
    (folder / "mlagkit.toml").write_text(text, "utf-8")
    ended = run("validate", "dc1.yaml")
    assert ended.code == 2
    assert said in ended.err


@pytest.mark.parametrize(
    ("args", "variables", "colored"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        ((), {"MLAGKIT_COLOR": "always"}, True),
        (("--color", "never"), {"MLAGKIT_COLOR": "always"}, False),
    ],
)
def test_color(
    run: Run,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    args: tuple[str, ...],
    variables: dict[str, str],
    colored: bool,
) -> None:
    """Color is for terminals, unless somebody says otherwise."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in run("validate", "dc1.yaml", *args).out) == colored


@pytest.mark.parametrize("day", ["2027-02-01", '"2027-02-01"'])
def test_day(run: Run, folder: Path, day: str) -> None:
    """A day may be written as TOML writes days, or as text."""
    waiver = "waivers: {OR02: {reason: r, owner: o, expires: 2027-01-31}}\n"
    (folder / "dc1.yaml").write_text(starter("dc1") + waiver, "utf-8")
    (folder / "mlagkit.toml").write_text(f"date = {day}\n", "utf-8")
    assert "WA01" in run("validate", "dc1.yaml").out
    assert "WA01" not in run("validate", "dc1.yaml", "--date", "2027-01-31").out


def test_running(run: Run, folder: Path) -> None:
    """What can be given more than once is a list."""
    assert run("render", "dc1.yaml", "-o", "configs").code == 0
    (folder / "mlagkit.toml").write_text('[diff]\nrunning = ["configs"]\n', "utf-8")
    assert run("diff", "dc1.yaml").code == 0


def test_templates(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file names the folder of templates as seen from itself, for whoever stands anywhere below it."""
    (folder / ".git").mkdir()
    (folder / "mlagkit.toml").write_text('[render]\ntemplates = "ours"\n', "utf-8")
    (folder / "ours").mkdir()
    (folder / "ours" / "system.j2").write_text("hostname {{ switch.name }}\n! ours\n", "utf-8")
    (folder / "pairs").mkdir()
    monkeypatch.chdir(folder / "pairs")
    assert "! ours\n" in run("render", "../dc1.yaml").out
    (folder / "mlagkit.toml").write_text("[render]\ntemplates = 3\n", "utf-8")
    assert run("render", "../dc1.yaml").err.startswith(f"{Path('..', '3')}:1:1: error IN11")


def test_verbose(run: Run, folder: Path) -> None:
    """Saying more changes nothing of the result."""
    loud, silent = run("validate", "dc1.yaml", "-v"), run("validate", "dc1.yaml")
    assert loud.out == silent.out
    assert (loud.err, silent.err) == ("mlagkit: dc1.yaml is a good pair file\n", "")


@pytest.mark.parametrize("between", [",", ", ", " "])
def test_ways(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, between: str) -> None:
    """In the environment commas stand between the ways to switches, as between events and permissions, or blanks."""
    monkeypatch.setenv("MLAGKIT_CONNECT", between.join(("dc1-a=127.0.0.1:1", "dc1-b=127.0.0.1:2")))
    monkeypatch.setenv("MLAGKIT_USERNAME", "x")
    monkeypatch.setenv("MLAGKIT_PASSWORD", "x")
    ended = run("diff", "dc1.yaml", "--device")
    assert ended.code == 3
    assert "dc1-a: not read: 127.0.0.1:1 " in ended.out
    assert "dc1-b: not read: 127.0.0.1:2 " in ended.out
