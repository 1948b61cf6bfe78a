"""The README shows what the commands really print."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"

# In order: a file (`<!-- file NAME -->` above a fenced block), a hidden set-up, and what is typed in a console.
_PART = re.compile(
    r"<!-- file (?P<file>\S+) -->\n```\w+\n(?P<content>.*?)```\n"
    r"|<!-- setup\n(?P<setup>.*?)-->\n"
    r"|```console\n(?P<console>.*?)```\n",
    re.S,
)
# What is another one each time: the time of day in front of a line, the name of a run, when a timer goes off, who did
# something and when, where a lab listens, how many lines a journal has. And a hash, where it is that of a plan for live
# switches, or of a line.
_EACH_TIME = re.compile(
    r"^\d\d:\d\d:\d\d(?=  )|\b\d{8}-\d{6}-[0-9a-f]{4}\b|(?<=by itself at )\d\d:\d\d|(?<= plan )[0-9a-f]{12}"
    r"|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+@\S+|(?<=once more by )\S+@\S+|^\d{4}-\d\d-\d\d$|nxapi:127(?:\.\d+){3}:\d+"
    r"|\d+ sha256:[0-9a-f]{64}|(?<=a seal knows )\d+|(?<=\.jsonl:)\d+",
    re.M,
)
_COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.M)


@dataclass(frozen=True, slots=True)
class Command:
    """One command of the README with the output that it shows; `…` alone in a line stands for any lines."""

    line: str
    output: str


def parts(page: Path = README) -> Iterator[tuple[str, str] | str | Command]:
    """A file and its content, a set-up, or a command, in the order of the README or of another page."""
    for match in _PART.finditer(page.read_text("utf-8")):
        if match["file"]:
            yield match["file"], match["content"]
        elif match["setup"]:
            yield match["setup"]
        else:
            yield from (Command(*found.groups()) for found in _COMMAND.finditer(match["console"]))


def shell(line: str, folder: Path) -> str:
    """What a terminal of 100 columns would show."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MLAGKIT_", "GITHUB_", "CI"))}
    program = folder / ".bin" / "mlagkit"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mlagkit "$@"\n', "utf-8")
    program.chmod(0o700)
    environment = kept | {
        "PATH": f"{program.parent}:{kept['PATH']}",
        "COLUMNS": "100",
        "PYTHONPATH": str(ROOT),
        "XDG_CONFIG_HOME": str(folder / ".config"),
        "XDG_STATE_HOME": str(folder / ".state"),
    }
    with subprocess.Popen(
        ["sh", "-c", line],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        STARTED.add(process.pid)
        return process.communicate(timeout=60)[0]


STARTED: set[int] = set()
"""The sessions of the shells, in which a page may leave an emulated pair running, in a group of its own (`timeout`)."""


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """End what a page leaves running, where the system tells what runs."""
    yield
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(ProcessLookupError):
            if os.getsid(int(process.name)) in STARTED:
                os.kill(int(process.name), signal.SIGTERM)
    STARTED.clear()


def matches(shown: str, real: str) -> bool:
    """Whether the real output is the one that is shown, where `…` stands for whatever was left out."""
    shown, real = (_EACH_TIME.sub("*", text) for text in (shown, real))
    pieces = [re.escape(line) if line != "…" else "(?:.*\n)*?.*" for line in shown.splitlines()]
    return re.fullmatch("\n".join(pieces), real.rstrip("\n")) is not None


def as_here(line: str, folder: Path) -> str:
    """A command that names a run or approves a hash, with the latest run and the saved plan's hash in their place."""
    runs = [
        path.stem  # two runs may have begun in one second, which their names do not tell apart
        for path in sorted(folder.glob(".state/mlagkit/runs/*.jsonl"), key=lambda path: path.stat().st_mtime_ns)
    ]
    if "--approve" in line:
        line = re.sub(r"\b[0-9a-f]{12}\b", json.loads((folder / "plan.json").read_text("utf-8"))["hash"][:12], line)
    return re.sub(r"\d{8}-\d{6}-[0-9a-f]{4}$", runs[-1], line) if runs else line


PAGES = (README, *(ROOT / "docs" / f"{name}.md" for name in ("audit", "doctor", "editor", "lab", "push")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands(page: Path, tmp_path: Path) -> None:
    """Every command of the README, and of each page that shows what commands print, prints what stands below it."""
    for part in parts(page):
        if isinstance(part, Command):
            real = shell(as_here(part.line, tmp_path), tmp_path)
            if not matches(part.output, real):
                assert real == part.output, part.line
        elif isinstance(part, tuple):
            (tmp_path / part[0]).write_text(part[1], "utf-8")
        else:
            said = shell(f"set -e\n{part}", tmp_path)
            assert "rror" not in said, said


def test_commands_are_found() -> None:
    """The README shows each command that there is; `trust`, which asks, as text."""
    from mlagkit.cli.app import COMMANDS

    text = README.read_text("utf-8")
    lines = [part.line for part in parts() if isinstance(part, Command)]
    shown = {found[1] for line in lines if (found := re.search(r"\bmlagkit (\w+)", line))}
    assert set(COMMANDS) - shown <= {"demo", "trust"}
    assert "$ mlagkit trust" in text
    assert "make demo" in text


@pytest.mark.parametrize(
    ("shown", "real", "equal"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n…\nd\n", "a\nb\nc\nd\n", True),
        ("a\n…\n", "a\nb\n", True),
        ("a\n…\nd\n", "a\nb\nc\n", False),
        ("a.\n", "ab\n", False),
        ("12:00:00  run 20261127-120000-0a1b\n", "01:02:03  run 20270101-000000-ffff\n", True),
        ("at 12:00:00\n", "at 12:00:01\n", False),
    ],
)
def test_matches(shown: str, real: str, equal: bool) -> None:
    """What is left out may be anything, what is shown may not."""
    assert matches(shown, real) == equal
