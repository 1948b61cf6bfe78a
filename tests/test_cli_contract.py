"""The command line keeps its contract: names, options, exit codes, JSON keys."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import click
import pytest

from mlagkit.cli.app import COMMANDS, app
from mlagkit.cli.settings import OPTIONS
from mlagkit.starter import starter
from tests.command import Run
from tests.conftest import ROOT

CACHE = {"--cache-dir", "--no-cache"}
EVERYWHERE = {"--format", "-o", "--output", "--color", "-v", "--verbose", "--jobs", "--fail-level", "--date"}

# Command -> its arguments and the options that are its own.
CONTRACT: dict[str, tuple[list[str], set[str]]] = {
    "init": (["NAME"], set()),
    "import": (
        ["[A.cfg B.cfg]"],
        {"--from-device", "--name", "--names", "--secrets", "--ca-file", "--insecure", "--jump"},
    ),
    "validate": (
        ["PATH..."],
        {"--stdin-filename", "--running", "--names", "--consistency", "--rules", *CACHE},
    ),
    "rules": (["[ID]"], {"--rules"}),
    "render": (["PATH..."], {"--switch", "--annotate", "--templates", "--running", "--names", *CACHE}),
    "diff": (
        ["PATH..."],
        {
            *("--device", "--running", "--names", "--switch", "--base", "--templates", "--strict"),
            *("--connect", "--ca-file", "--insecure", "--jump"),
        },
    ),
    "plan": (
        ["PATH..."],
        {
            *("--device", "--running", "--names", "--switch", "--base", "--save", "--isolate", "--allow"),
            *("--templates", "--rules", "--max-delete", "--max-pairs", "--detailed-exitcode", "--annotate"),
            *("--connect", "--ca-file", "--insecure", "--jump"),
        },
    ),
    "push": (
        ["[PATH]..."],
        {
            *("--plan", "--approve", "--replace", "--base", "--resume", "--rollback", "--break-lock"),
            *("--allow", "--max-delete", "--max-pairs", "--timer", "--templates", "--rules", "--allow-local-rules"),
            "--syslog",
            *("--connect", "--ca-file", "--insecure", "--jump"),
        },
    ),
    "audit": (["verify|show", "[JOURNAL]..."], {"--save", "--before"}),
    "verify": (
        ["PATH..."],
        {
            *("--switch", "--templates", "--wait", "--save", "--before"),
            *("--connect", "--ca-file", "--insecure", "--jump"),
        },
    ),
    "drill": (["PATH..."], {"--running", "--names", "--event", "--depth"}),
    "review": (
        ["[PATH...]"],
        {
            "--base",
            "--templates",
            "--rules",
            "--limit",
            "--device",
            *CACHE,
            "--connect",
            "--ca-file",
            "--insecure",
            "--jump",
        },
    ),
    "lab": (["PATH"], {"--running", "--names", "--templates"}),
    "trust": (["HOST..."], {"--yes", "--fingerprint", "--jump"}),
    "doctor": (["PATH..."], {"--prove-revert", "--syslog", "--connect", "--ca-file", "--insecure", "--jump"}),
    "report": (["[PATH]..."], {"--running", "--yes"}),
    "schema": ([], set()),
    "demo": ([], set()),
}
FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit", "markdown", "html")
WRITES = {
    "import": {"text", "json"},
    "validate": set(FORMATS),
    "rules": {"text", "json", "markdown"},
    "diff": {"text", "json"},
    "plan": {"text", "json"},
    "push": {"text", "json"},
    "audit": {"text", "json"},
    "verify": {"text", "json"},
    "doctor": {"text", "json"},
    "report": {"text", "json"},
    "drill": {"text", "json", "markdown", "html"},
    "review": {"text", "json", "markdown", "html"},
    "schema": {"text", "json"},
}
ALL = {"color", "verbose", "jobs", "fail_level", "date"}
HEEDS = {
    "validate": ALL,
    "review": ALL,
    "plan": ALL - {"fail_level"},
    "push": ALL - {"fail_level"},
    "diff": {"color", "verbose", "jobs"},
    "verify": {"color", "verbose", "jobs"},
    "drill": {"color", "verbose", "jobs"},
    "import": {"color", "verbose"},
    "render": {"verbose", "jobs"},
    "doctor": {"color", "jobs"},
    "audit": {"color"},
    "rules": {"color"},
    "demo": {"color"},
}
"""What a command makes of the options that each of them takes."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: a good pair file, a bad one, and what both switches run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dc1.yaml").write_text(starter("dc1"), "utf-8")
    (tmp_path / "bad.yaml").write_text(starter("dc2").replace("vlans: 20", "vlans: 5000"), "utf-8")
    return tmp_path


def command(name: str) -> click.Command:
    """A command, imported as the group does it."""
    found = app.get_command(click.Context(app), name)
    assert found is not None
    return found


def options(name: str) -> list[click.Option]:
    """The options of a command."""
    return [param for param in command(name).params if isinstance(param, click.Option)]


def test_commands() -> None:
    """There are exactly the commands of the contract that exist so far."""
    assert set(COMMANDS) == set(CONTRACT)


@pytest.mark.parametrize("name", CONTRACT)
def test_arguments_and_options(name: str) -> None:
    """A command has its arguments, its options, the shared ones, and no other."""
    arguments, own = CONTRACT[name]
    found = [param for param in command(name).params if isinstance(param, click.Argument)]
    assert [param.metavar or str(param.name).upper() for param in found] == arguments
    assert {word for option in options(name) for word in option.opts} == own | EVERYWHERE


@pytest.mark.parametrize("name", CONTRACT)
def test_help_lists_what_changes_something(name: str) -> None:
    """Of the options that every command takes, its help lists those that it heeds."""
    shown = {option.name for option in options(name) if not option.hidden}
    assert shown & ALL == HEEDS.get(name, set())
    assert ("output" in shown) is (name not in ("trust", "demo"))


def test_no_file_is_asked_for_in_vain(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that writes none refuses -o, but not a setting that is meant for others."""
    assert "trust writes no file" in run("trust", "-o", "told.txt", "no.invalid").err
    monkeypatch.setenv("MLAGKIT_OUTPUT", "told.txt")
    assert "writes no file" not in run("trust", "--jump", "@", "no.invalid").err
    assert not (folder / "told.txt").exists()


def test_no_password_option() -> None:
    """No command takes a password on its command line, where everybody can read it."""
    assert not [word for name in CONTRACT for option in options(name) for word in option.opts if "password" in word]


def test_options_known_to_the_settings() -> None:
    """The settings file knows every option of every command, and no other."""
    assert {option.name for name in CONTRACT for option in options(name)} == OPTIONS


@pytest.mark.parametrize("name", CONTRACT)
def test_every_option_has_its_variable(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each option can be set by MLAGKIT_<OPTION>."""
    context = click.Context(command(name), info_name=name, **command(name).context_settings)
    for option in options(name):
        monkeypatch.setenv(f"MLAGKIT_{str(option.name).upper()}", "value")
        assert option.resolve_envvar_value(context) == "value"


@pytest.mark.parametrize("name", CONTRACT)
@pytest.mark.parametrize("form", FORMATS)
def test_formats(name: str, form: str, run: Run, folder: Path) -> None:
    """A form that a command can't write yet is a usage error that names those it can."""
    if form in WRITES.get(name, {"text"}):
        return
    ended = run(name, *(["dc1.yaml"] if CONTRACT[name][0] else []), "--format", form)
    assert ended.code == 2
    assert f"{form}: not yet; this command writes text" in ended.err


@pytest.mark.parametrize(
    ("word", "hint"), [("valdate", "did you mean validate?"), ("nonsense", "`mlagkit --help` lists them")]
)
def test_unknown_command(word: str, hint: str, run: Run) -> None:
    """A command that is none is refused with the one that was meant."""
    ended = run(word, "--nonsense")
    assert (ended.code, ended.err.endswith(f"Error: there is no command {word}; {hint}\n")) == (2, True)


def test_file_named_twice(run: Run, folder: Path) -> None:
    """A file that is named twice, by another path or with its folder, is looked at once."""
    for words in (["dc1.yaml", "./dc1.yaml"], ["dc1.yaml", str(folder / "dc1.yaml")]):
        assert run("validate", *words).out == run("validate", "dc1.yaml").out
    (folder / "bad.yaml").unlink()
    assert run("render", ".", "dc1.yaml").out == run("render", "dc1.yaml").out
    assert "in 1 pair file:" in run("validate", ".", "dc1.yaml").out


def test_pipe(folder: Path) -> None:
    """A pair file may come through a pipe, which can be read only once: its comments and lines are known all the same.

    One that nobody writes to any more would be waited for without end.
    """
    os.mkfifo(folder / "pipe")
    text = starter("dc1").replace("vlan: 10}", "vlan: 10} # mlagkit: allow OR02")
    writer = threading.Thread(target=lambda: (folder / "pipe").write_text(text, "utf-8"), daemon=True)
    writer.start()
    words = [sys.executable, "-m", "mlagkit", "validate", "pipe", "-v"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    ended = subprocess.run(words, env=environment, capture_output=True, text=True, check=True, timeout=30)
    assert (ended.stdout.count("waived OR02"), ended.stdout.count("Ethernet1/40: {host")) == (1, 1)


def test_unknown_format(run: Run, folder: Path) -> None:
    """A word that is no form at all is refused as such."""
    ended = run("validate", "dc1.yaml", "--format", "yaml")
    assert (ended.code, "is not one of" in ended.err) == (2, True)


LONG = "a" * 5000
"""A name that no file system takes."""

# What is typed, and how it ends.
EXITS: list[tuple[list[str], int]] = [
    (["--help"], 0),
    (["--version"], 0),
    (["diff", "--help"], 0),
    (["validate", "dc1.yaml"], 0),
    (["render", "dc1.yaml"], 0),
    (["render", "dc1.yaml", "--annotate"], 0),
    (["schema"], 0),
    (["init", "dc3"], 0),
    (["init", "dc1"], 2),  # is there
    (["init", "../dc1"], 2),
    (["init", "1st"], 2),
    (["validate", "bad.yaml"], 2),
    (["validate", "none.yaml"], 2),
    (["validate", "dc1.yaml", "bad.yaml", "--fail-level", "none"], 2),
    (["validate"], 2),
    (["validate", "dc1.yaml", "--nonsense"], 2),
    (["validate", "dc1.yaml", "--fail-level", "fatal"], 2),
    (["validate", "dc1.yaml", "--date", "tomorrow"], 2),
    (["validate", "dc1.yaml", "--jobs", "0"], 2),
    (["nonsense"], 2),
    (["render", "bad.yaml"], 2),
    (["render", "dc1.yaml", "--switch", "dc9-a"], 2),
    (["render", "dc1.yaml", "--annotate", "-o", "out"], 2),
    (["render", "dc1.yaml", "--templates", "none"], 2),
    (["render", "dc1.yaml", "-o", "dc1.yaml"], 2),  # no folder
    (["diff", "dc1.yaml"], 2),
    (["diff", "dc1.yaml", "--device", "--running", "."], 2),
    (["diff", "dc1.yaml", "--running", "none"], 2),
    (["diff", "dc1.yaml", "--device", "--connect", "dc9-a=192.0.2.1"], 2),
    (["diff", "dc1.yaml", "--device", "--connect", "192.0.2.1"], 2),
    (["diff", "dc1.yaml", "--device", "--jump", "-oProxyCommand=x"], 2),
    (["plan", "--help"], 0),
    (["plan", "dc1.yaml"], 2),
    (["plan", "dc1.yaml", "--device", "--running", "."], 2),
    (["plan", "bad.yaml", "--running", "."], 2),
    (["plan", "dc1.yaml", "--running", "none"], 2),
    (["plan", "dc1.yaml", "--running", LONG], 2),
    (["plan", "dc1.yaml", "--running", ".", "--allow", "everything"], 2),
    (["plan", "dc1.yaml", "--running", ".", "--max-delete", "-1"], 2),
    (["plan", "dc1.yaml", "--running", ".", "--max-pairs", "some"], 2),
    (["push"], 2),
    (["push", "dc1.yaml", "--resume", "20261127-120000-abcd"], 2),
    (["push", "--plan", "none.json"], 2),
    (["push", "--resume", "../../none"], 4),
    (["audit"], 2),
    (["audit", "show"], 2),
    (["audit", "show", "none"], 2),
    (["audit", "verify", "none", LONG], 2),
    (["audit", "verify", "dc1.yaml"], 1),
    (["audit", "verify", "--before", "none"], 2),
    (["audit", "verify", "--before", "dc1.yaml"], 2),
    (["report"], 2),
    (["report", "none.yaml"], 2),
    (["report", LONG], 2),
    (["report", "--running", LONG], 2),
    (["trust", "192.0.2.1", "--yes"], 2),
    (["doctor"], 2),
    (["doctor", "bad.yaml", "--prove-revert"], 2),
    (["trust", "telnet:192.0.2.1"], 2),
    (["lab", "bad.yaml"], 2),
    (["rules"], 0),
    (["rules", "DO02"], 0),
    (["rules", "domain-id-mismatch"], 0),
    (["rules", "DO99"], 2),
    (["rules", "--rules", "none.py"], 2),
    (["validate", "dc1.yaml", "--rules", "none.py"], 2),
    (["validate", LONG], 2),
    (["validate", "--running", LONG, "--running", LONG], 2),
    (["diff", "dc1.yaml", "--running", LONG], 2),
    (["diff", ".", "--running", LONG], 2),
    (["import", LONG, LONG], 2),
    (["render", "dc1.yaml", "--templates", LONG], 2),
    (["diff", "dc1.yaml", "--device", "--templates", "none"], 2),
    (["plan", "dc1.yaml", "--device", "--templates", "none"], 2),
    (["push", "dc1.yaml", "--templates", "none"], 2),
    (["verify", "dc1.yaml", "--templates", "none"], 2),
    (["lab", "dc1.yaml", "--templates", "none"], 2),
    (["render", "dc1.yaml", "-o", LONG], 2),
    (["validate", "dc1.yaml", "--rules", "dc1.yaml"], 2),
]


@pytest.mark.parametrize(
    ("args", "code"), EXITS, ids=lambda value: " ".join(value)[:80] if isinstance(value, list) else ""
)
def test_exit_code(args: list[str], code: int, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed ends with the code of the contract, and never with a traceback."""
    monkeypatch.delenv("CI", raising=False)
    ended = run(*args)
    assert ended.code == code, ended.err
    assert "Traceback" not in ended.out + ended.err
    assert "internal error" not in ended.err


def test_diff_codes(run: Run, folder: Path) -> None:
    """Equal is 0, different is 1."""
    assert run("render", "dc1.yaml", "-o", "configs").code == 0
    assert run("diff", "dc1.yaml", "--running", "configs").code == 0
    (folder / "configs" / "dc1-a.cfg").write_text("hostname dc1-a\n", "utf-8")
    assert run("diff", "dc1.yaml", "--running", "configs").code == 1
    assert run("diff", "dc1.yaml", "--running", "configs", "--switch", "dc1-b").code == 0


def test_findings_json(run: Run, folder: Path) -> None:
    """Findings have the keys of the contract, also where the command was another one than validate."""
    for words in (["validate", "bad.yaml"], ["diff", "bad.yaml", "--running", "."]):
        ended = run(*words, "--format", "json")
        document = json.loads(ended.out)
        assert ended.code == 2
        assert set(document) == {"format", "findings"}
        assert document["format"] == "mlagkit.findings/1"
        assert {frozenset(finding) for finding in document["findings"]} == {
            frozenset(
                {
                    *("rule", "name", "severity", "message", "pair", "switch", "object"),
                    *("file", "line", "column", "fix", "advice", "waived"),
                }
            )
        }


def test_diff_json(run: Run, folder: Path) -> None:
    """A difference has the keys of the contract, and the same bytes each time."""
    assert run("render", "dc1.yaml", "-o", "configs").code == 0
    (folder / "configs" / "dc1-a.cfg").write_text("hostname dc1-a\nline console\n", "utf-8")
    first, second = (run("diff", "dc1.yaml", "--running", "configs", "--format", "json") for _ in range(2))
    assert first == second
    document = json.loads(first.out)
    (pair,) = document["pairs"]
    assert (document["format"], pair["pair"]) == ("mlagkit.diff/1", "dc1")
    assert list(pair["switches"]) == ["dc1-a", "dc1-b"]
    switch = pair["switches"]["dc1-a"]
    assert {"changes", "unmanaged", "fingerprint"} <= set(switch)
    assert {frozenset(change) for change in switch["changes"]} == {
        frozenset(("action", "section", "old", "new", "file", "line", "unproven"))
    }
    assert [line["text"] for line in switch["unmanaged"]] == ["line console"]
    keys = [json.dumps(part, sort_keys=True) for part in document["pairs"]]
    assert keys == [json.dumps(part) for part in document["pairs"]]
