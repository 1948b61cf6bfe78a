"""A journal, judged: whether its chain is whole and closed, whether old seals hold, and what it records."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from mlagkit.errors import InputError
from mlagkit.finding import Finding, Origin
from mlagkit.input_rules import input_finding
from mlagkit.push.journal import CHANGED, Line, Record, Seal, last_seal, read_as_far, runs
from mlagkit.push.leftover import PROOF
from mlagkit.push.resume import END, how_it_ended


class Verdict(StrEnum):
    """What can be said of a journal."""

    WHOLE = "whole"
    OPEN = "open"
    BROKEN = "broken"
    UNREADABLE = "unreadable"


_NO_END = "it has no closing line: the run is under way, its process died, or the end was cut off"
_HALF = "; its last line breaks off"
_NOTHING = Record((), (), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """What is to be known of one journal.

    ``line`` is where it is broken, 0 where it is not, and ``why`` what is amiss. ``facts`` are those of the first line,
    ``plan`` the hash of what was to be done, ``result`` and ``cause`` how the run ended, ``ended`` when. ``again`` are
    the lines of those who took it up a second time. ``sealed`` counts the seals that hold.
    """

    file: str
    run: str
    verdict: Verdict
    line: int = 0
    why: str = ""
    record: Record
    sealed: int = 0

    @property
    def facts(self) -> Line:
        """What the first line says of who did what to which pair."""
        return self.record.lines[0] if self.record.lines else {}

    @property
    def is_proof(self) -> bool:
        """Whether the run did not push anything but prove the timers."""
        return self.facts.get("errand") == PROOF

    @property
    def plan(self) -> str:
        """The hash of the plan; ``""`` where the run did not come to one, or had none."""
        return next((str(line.get("hash", "")) for line in self._all("plan")), "")

    @property
    def again(self) -> Sequence[Line]:
        """The lines of whoever took the run up once more."""
        return [*self._all("resumed")]

    @property
    def result(self) -> str:
        """How the run ended, ``""`` where it has not."""
        return "" if self.line else how_it_ended(self.record.lines)

    @property
    def end(self) -> Line:
        """The last closing line; empty where there is none."""
        return next(iter([*self._all(END)][::-1]), {})

    @property
    def seal(self) -> Seal | None:
        """What proves later that the journal had come this far; None for one that is broken or empty."""
        return last_seal(self.run, self.record) if self.record.lines and not self.line else None

    def _all(self, event: str) -> Iterator[Line]:
        return (line for line in self.record.lines if line.get("event") == event)


def audited(path: Path, seals: Iterable[Seal]) -> Audited:
    """Judge one journal, also by the seals of its run that were kept elsewhere."""
    try:
        record = read_as_far(path)
    except InputError as error:
        why = error.findings[0].message
        return Audited(file=str(path), run=path.stem, verdict=Verdict.UNREADABLE, why=why, record=_NOTHING)
    own = [seal for seal in seals if seal.run == path.stem]
    line, why = next(_breaks(path, record, own), (0, ""))
    verdict = Verdict.BROKEN
    if not line:
        verdict, why = _closed(path, record)
    return Audited(
        file=str(path),
        run=path.stem,
        verdict=verdict,
        line=line,
        why=why,
        record=record,
        sealed=sum(seal.holds(record) for seal in own),
    )


def _breaks(path: Path, record: Record, seals: Sequence[Seal]) -> Iterator[tuple[int, str]]:
    """Everything that proves that a journal is not what was written, with the line that shows it."""
    if record.broken:
        yield record.broken, CHANGED
    for number, line in enumerate(record.lines, 1):
        if number == 1 and (line.get("event"), line.get("run")) != ("begin", path.stem):
            yield number, f"it does not begin as the journal of run {path.stem} does"
        if not {"event", "time"} <= line.keys() or (line["event"] == END and "result" not in line):
            yield number, "no push writes such a line"
    for seal in seals:
        if seal.number > len(record.lines):
            yield max(len(record.lines), 1), f"the end was cut off: a seal knows {seal.number} lines"
        elif not seal.holds(record):
            yield seal.number, "this line, or one before it, is not the one that was sealed: it was written anew"


def _closed(path: Path, record: Record) -> tuple[Verdict, str]:
    """Whether the chain has its end; what was resumed or is taken back needs another one."""
    half = _HALF if path.stat().st_size > record.whole else ""
    if half or not how_it_ended(record.lines):
        return Verdict.OPEN, f"{_NO_END}{half}"
    return Verdict.WHOLE, ""


def missing(found: Iterable[Audited], seals: Iterable[Seal]) -> list[str]:
    """The runs that seals tell of, and no journal does."""
    there = {each.run for each in found}
    return sorted({seal.run for seal in seals} - there)


def to_keep(found: Iterable[Audited], seals: Iterable[Seal]) -> list[Seal]:
    """A seal of each journal, and the old ones of every run that has no new one: they show what is gone."""
    new = [each.seal for each in found if each.seal]
    sealed = {seal.run for seal in new}
    return [*new, *dict.fromkeys(seal for seal in seals if seal.run not in sealed)]


def journals(words: Iterable[str], home: Path) -> list[Path]:
    """Each journal once, in the order of the words, those of a folder the oldest run first.

    A word is a file, a folder, or the name of a run whose journal is in ``home``. Raises InputError with every word
    that is none of these; a folder may hold no journal.
    """
    found: dict[Path, None] = {}
    wrong: list[Finding] = []
    for word in words:
        path = _meant(word, home)
        if path is None:
            message = f"there is no journal here, and none of a run of that name in {home}"
            wrong.append(input_finding("IN28", message, Origin(word)))
        else:
            found |= dict.fromkeys(_below(path) if path.is_dir() else [path])
    if wrong:
        raise InputError(wrong)
    return [*found]


def _meant(word: str, home: Path) -> Path | None:
    return next((path for path in (Path(word), home / f"{word}.jsonl") if os.path.exists(path)), None)


def _below(folder: Path) -> Iterator[Path]:
    """The journals of a folder, or of the folder of a user's state, in which they are one below."""
    for place in (folder, folder / "runs"):
        yield from (place / f"{run}.jsonl" for run in runs(place))
