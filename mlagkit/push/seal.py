"""A seal: how far a journal had come, and the hash of its line there, kept where its writer has no say.

A chain of hashes shows what was changed inside a journal. That its end was cut off, that all of it was written anew or
deleted, it can't show: whoever can write the file can make another chain. A seal that was kept elsewhere can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mlagkit.push.journal import Line, Record, hash_of, text_of

_FORM = re.compile(r"\bmlagkit ([0-9A-Za-z][0-9A-Za-z-]{0,62}) ([1-9]\d{0,8}) sha256:([0-9a-f]{64})\b")


@dataclass(frozen=True, slots=True)
class Seal:
    """The hash of one line of a run's journal, by its number."""

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
