"""What mlagkit says of the files of a folder: each command in a process of its own, as whoever gets them asks it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mlagkit.bundle.inputs import PAIRS, RUNNING, Texts
from mlagkit.report.document import Document
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


Verdict = list[str]


def verdict_of(answer: str) -> Verdict:
    """What an answer in JSON says, without names, addresses, and the order that hangs on them.

    Of anything else, such as a message or nothing at all, only that it is so.
    """
    try:
        document = json.loads(answer)
    except ValueError:
        return ["no document"]
    kind = str(document.get("format", "")).partition("/")[0]
    verdict = _VERDICTS.get(kind)
    return verdict(document) if verdict else [kind]


def _findings(document: Document) -> Verdict:
    return _sorted((row["rule"], row["severity"], row["line"], bool(row["waived"])) for row in document["findings"])


def _differences(document: Document) -> Verdict:
    return _sorted(
        (
            _sorted(
                (row["action"], row["line"], len(row["section"]), row["old"] is None, row["new"] is None)
                for row in switch["changes"]
            ),
            sorted(row["line"] for row in switch["unmanaged"]),
        )
        for pair in document["pairs"]
        for switch in pair["switches"].values()
    )


def _plans(document: Document) -> Verdict:
    """The steps of each switch in their order; what two switches do at one time may change places."""
    return _sorted(
        (
            _sorted(
                [
                    (row["impact"], len(row["commands"]), len(row["undo"]))
                    for row in plan["steps"]
                    if row["switch"] == name
                ]
                for name in plan["switches"]
            ),
            sorted(stop["permission"] for stop in plan["stops"]),
            _findings({"findings": plan["findings"]}),
        )
        for plan in document.get("pairs", [document])
    )


def _import(document: Document) -> Verdict:
    rows = document["residue"]
    return [str(document["modelled"]), *_sorted(_of_switch(rows, name) for name in {row["switch"] for row in rows})]


def _of_switch(rows: Iterable[Document], name: str) -> list[int]:
    return sorted(row["line"] for row in rows if row["switch"] == name)


def _sorted(parts: Iterable[object]) -> Verdict:
    return sorted(map(repr, parts))


_VERDICTS: Mapping[str, Callable[[Document], Verdict]] = {
    "mlagkit.findings": _findings,
    "mlagkit.diff": _differences,
    "mlagkit.plan": _plans,
    "mlagkit.import": _import,
}
