"""What mlagkit says of the files of a folder: each command in a process of its own, as whoever gets them asks it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mlagkit.bundle.inputs import PAIRS, RUNNING, Texts
from mlagkit.bundle.verdict import Verdict, verdict_of
from mlagkit.write import private_folder, write_file

_SECONDS = 600
_HANGS = 124
"""The exit code of a command that was not waited for any longer, as `timeout` has it."""
_JSON = ("--format", "json")
_NEEDED = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "SYSTEMROOT", "VIRTUAL_ENV")
"""What else is set says how this user wants mlagkit to be, and has no say here."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one command answered, and its exit code; ``text`` is for people, ``verdict`` for comparing."""

    words: Sequence[str]
    code: int
    text: str
    verdict: Verdict


def commands(names: Collection[str]) -> Iterator[Sequence[str]]:
    """What can be asked about files of these names; each as its words behind ``mlagkit``."""
    running = sorted(name for name in names if name.startswith(f"{RUNNING}/"))
    # The files of one pair may be called anything, those of several are found by the names of switches.
    sources = [word for name in (running if len(running) == 2 else [RUNNING]) for word in ("--running", name)]
    if any(name.startswith(f"{PAIRS}/") for name in names):
        yield ("validate", PAIRS)
        if running:
            yield ("diff", PAIRS, *sources)
            yield ("plan", PAIRS, *sources)
    elif len(running) == 2:
        yield ("validate", *sources)
        yield ("import", *running)


def ask(texts: Texts, folder: Path) -> list[Said]:
    """Write the files into a folder of their own, and ask everything that can be asked about them."""
    for name, text in texts.items():
        private_folder((folder / name).parent)
        write_file(folder / name, text)
    return [_said(words, folder) for words in commands(texts)]


def _said(words: Sequence[str], folder: Path) -> Said:
    told = _run(words, folder)
    document = _run((*words, *_JSON), folder)
    return Said(words, told.returncode, _without_places(told.stdout, folder), verdict_of(document.stdout))


def _run(words: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """One command, whose report of a crash stays in the folder; of a JSON answer nothing else stands around it."""
    error = subprocess.PIPE if words[-len(_JSON) :] == _JSON else subprocess.STDOUT
    kept = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    command = [sys.executable, "-P", "-m", "mlagkit", *words]
    try:
        return subprocess.run(
            command,
            cwd=folder,
            env=kept | {"COLUMNS": "120", "HOME": str(folder), "TMPDIR": str(folder), "CI": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=error,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, _HANGS, f"no answer within {_SECONDS} s\n")


def _without_places(text: str, folder: Path) -> str:
    """The text without the folders of this machine, which may name who works on it."""
    places = {
        str(folder): ".",
        sys.prefix: "PYTHON",
        sys.base_prefix: "PYTHON",
        str(Path(__file__).parents[2]): "MLAGKIT",
        str(Path.home()): "~",
    }
    for place, name in places.items():
        text = text.replace(place, name)
    return text


def crashes(folder: Path) -> str:
    """The reports that commands have left there which ended by a bug."""
    found = (path.read_text("utf-8", "replace") for path in sorted(folder.glob("mlagkit-report-*.txt")))
    return _without_places("\n".join(found), folder)
