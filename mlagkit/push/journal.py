"""The record of a push: what was about to be done, and what came of it, line by line as it happens.

A line is on the disk before the switch hears of it, so whatever happens to the controller, the journal knows at least
as much as the switches. Each line holds the hash of the one before (trust.md, S22): one that was changed, left out or
put in is seen by whoever reads it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from mlagkit.errors import InputError
from mlagkit.finding import Origin
from mlagkit.input_rules import input_error
from mlagkit.write import private_folder

FORMAT = "mlagkit.push/1"
_FIRST = "0" * 64

CHANGED = "this line does not follow from the one before: the journal was changed"

Line = Mapping[str, object]


def hash_of(line: str) -> str:
    """What the next line of a journal has to hold of this one."""
    return hashlib.sha256(line.encode("utf-8", "surrogateescape")).hexdigest()


@dataclass(frozen=True, slots=True)
class _End:
    """Where a journal ends: how many lines it has, the hash of the last one, and how many bytes they are."""

    count: int = 0
    last: str = _FIRST
    whole: int = 0


@dataclass(slots=True)
class Journal:
    """One run's journal, open for writing. ``clock`` gives the time of a line, ``mask`` takes the secrets out of it."""

    path: Path
    clock: Callable[[], datetime]
    mask: Callable[[str], str]
    _handle: int = -1
    _end: _End = field(default=_End())

    def __enter__(self) -> Self:
        """Create the file, readable by its owner alone, or go on with one that is whole.

        Raises InputError for one that can't be opened or was tampered with.
        """
        try:
            private_folder(self.path.parent)
            if self.path.exists():
                found = read(self.path)
                self._end = _End(len(found.lines), found.last, found.whole)
                os.truncate(self.path, found.whole)
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
            self._handle = os.open(self.path, flags, 0o600)
        except OSError as error:
            raise _wrong(self.path, f"the journal can't be written: {error.strerror}") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        os.close(self._handle)

    def note(self, event: str, **facts: object) -> Line:
        """Write one line and wait until it is on the disk; the line as it was written.

        OSError where that is not possible: what a journal can't record must not be done.
        """
        line = {
            **self.masked(facts),
            "event": event,
            "format": FORMAT,
            "number": self._end.count + 1,
            "previous": self._end.last,
            "time": self.clock().isoformat(timespec="milliseconds"),
        }
        self._append(line)
        return line

    def masked(self, facts: Mapping[str, object]) -> dict[str, object]:
        """What is known of an event, without the secrets in it."""
        return {key: self._masked(value) for key, value in facts.items()}

    def _append(self, line: Line) -> None:
        """All of a line or nothing: what a full disk or Ctrl-C leaves of it would break off the line behind it."""
        text = text_of(line)
        left = data = f"{text}\n".encode()
        try:
            while left:
                left = left[os.write(self._handle, left) :]
            os.fsync(self._handle)
            self._end = _End(self._end.count + 1, hash_of(text), self._end.whole + len(data))
        except BaseException:
            with suppress(OSError):
                os.ftruncate(self._handle, self._end.whole)
            raise

    def _masked(self, value: object) -> object:
        if isinstance(value, Mapping):
            return {key: self._masked(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self._masked(each) for each in value]
        return "\n".join(map(self.mask, value.split("\n"))) if isinstance(value, str) else value


def text_of(line: Line) -> str:
    """A line as it stands in a journal, and as its hash is taken."""
    return json.dumps(line, sort_keys=True, ensure_ascii=True)


@dataclass(frozen=True, slots=True)
class Record:
    """A journal that was read: its lines with the hash of each, and how many bytes of the file they are.

    ``broken`` is the number of the first line that does not follow from the one before, 0 where all do; that line and
    those behind it are not among the ``lines``.
    """

    lines: tuple[Line, ...]
    hashes: tuple[str, ...]
    whole: int
    broken: int = 0

    @property
    def last(self) -> str:
        """What the next line has to hold of this one."""
        return self.hashes[-1] if self.hashes else _FIRST


def read(path: Path) -> Record:
    """The lines of a journal, each held against the one before.

    A last line that breaks off is what a controller left that died while it wrote: it is not counted, and nothing was
    sent for it. Raises InputError for a file that can't be read, and for the first line that does not follow.
    """
    record = read_as_far(path)
    if record.broken:
        raise _wrong(path, CHANGED, record.broken)
    return record


def read_as_far(path: Path) -> Record:
    """The same for whoever wants to see what stands in front of a line that does not follow."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _wrong(path, f"the journal can't be read: {error.strerror}") from error
    whole = data.rfind(b"\n") + 1
    lines: list[Line] = []
    hashes: list[str] = []
    text = data[:whole].decode("utf-8", "surrogateescape")
    for number, raw in enumerate(text.split("\n")[:-1], 1):
        line = _parsed(raw)
        previous = hashes[-1] if hashes else _FIRST
        if line is None or line.get("previous") != previous or line.get("number") != number:
            return Record(tuple(lines), tuple(hashes), whole, broken=number)
        lines.append(line)
        hashes.append(hash_of(raw))
    return Record(tuple(lines), tuple(hashes), whole)


def _parsed(raw: str) -> Line | None:
    try:
        line = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return line if isinstance(line, dict) else None


def _wrong(path: Path, message: str, line: int = 1) -> InputError:
    return input_error("IN28", message, Origin(str(path), line))


def runs(folder: Path) -> Iterator[str]:
    """The names of the runs that left a journal in a folder, the latest last; within one second in any order."""
    yield from sorted(path.stem for path in folder.glob("*.jsonl"))


SENT = ("send", "type", "put")
"""What is written before a switch hears of anything that could change it."""


@dataclass(slots=True)
class Notes:
    """Writes the lines of a run; ``heard`` gets each of them.

    ``must``: nothing is done that can't be recorded. On the way back the switches count for more than the journal:
    what could not be written is then kept in ``lost``. ``sent``: a switch has heard of something that could change it.
    """

    journal: Journal
    heard: Callable[[Line], None]
    must: bool = True
    lost: str = ""
    sent: bool = False

    def __call__(self, event: str, /, **facts: object) -> None:
        """Write one line; OSError where it ``must`` be written and can't be."""
        try:
            line = self.journal.note(event, **facts)
        except OSError as error:
            if self.must:
                raise
            self.lost = error.strerror or str(error)
            line = {"event": event, **self.journal.masked(facts)}
        self.sent = self.sent or event in SENT
        self.heard(line)


_FORM = re.compile(r"\bmlagkit ([0-9A-Za-z][0-9A-Za-z-]{0,62}) ([1-9]\d{0,8}) sha256:([0-9a-f]{64})\b")


@dataclass(frozen=True, slots=True)
class Seal:
    """How far a run's journal had come: the hash of one line, by its number, kept where its writer has no say.

    A chain of hashes shows what was changed inside a journal. That its end was cut off, that all of it was written anew
    or deleted, it can't show: whoever can write the file can make another chain. A seal that was kept elsewhere can.
    """

    run: str
    number: int
    hash: str

    def __str__(self) -> str:
        """As `seals_in` finds it again."""
        return f"mlagkit {self.run} {self.number} sha256:{self.hash}"

    def holds(self, record: Record) -> bool:
        """Whether a journal of that run still has this line at this place, with all lines before it."""
        return self.hash in record.hashes[self.number - 1 : self.number]


def seal_of(run: str, line: Line) -> Seal:
    """The seal of a line that was written."""
    return Seal(run, int(str(line["number"])), hash_of(text_of(line)))


def last_seal(run: str, record: Record) -> Seal:
    """The seal of a whole journal, which has a line at least."""
    return Seal(run, len(record.hashes), record.last)


def seals_in(text: str) -> Iterator[Seal]:
    """The seals of a text, such as what syslog has kept: the first of each line, behind which anything may stand."""
    for line in text.splitlines():
        if match := _FORM.search(line):
            yield Seal(match[1], int(match[2]), match[3])
