"""Which row of the table a typed line means, abbreviations included."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mlagkit.nxos.lab.row import Kind, Row
from mlagkit.nxos.lab.table import MODES

_ALIAS = re.compile(r"^vpc\s+orphan-ports\s+")  # vpc-reference 7 row 16
_VALUED = frozenset({Kind.SINGLE, Kind.MANY, Kind.UNION, Kind.WITHOUT, Kind.PER_VLAN, Kind.ALLOWED, Kind.VLANS})


class Ambiguous(Exception):
    """An abbreviation that several commands begin with."""


@dataclass(frozen=True, slots=True)
class Match:
    """A line understood: its row, its key with the abbreviations written out, and the words after the key."""

    row: Row
    key: tuple[str, ...]
    value: str

    @property
    def text(self) -> str:
        """The line as a switch prints it."""
        return " ".join([*self.key, self.value]) if self.value else " ".join(self.key)


def words_of(line: str) -> tuple[str, ...]:
    """The words of a line; what two lines are compared by."""
    return tuple(line.split())


def _fits(row: Row, words: Sequence[str], exact: bool) -> bool:
    if len(words) < len(row.words):
        return False
    for wanted, typed in zip(row.words, words, strict=False):
        if wanted == "*" or wanted == typed.lower():
            continue
        if exact or not wanted.startswith(typed.lower()):
            return False
    return True


def _rest_fits(row: Row, rest: str, negated: bool) -> bool:
    if row.kind is Kind.FLAG and rest:
        return False
    if row.check and not re.fullmatch("" if row.check == "$" else row.check, rest):
        return False
    return bool(rest) or negated or row.bare or row.kind not in _VALUED


def _rest(line: str, words: int) -> str:
    parts = line.split(None, words)
    return parts[words] if len(parts) > words else ""


def _expand(row: Row, rest: str) -> str:
    """The first value word written out where the row knows its values."""
    first, blank, more = rest.partition(" ")
    if not row.takes or not first or first in row.takes:
        return rest
    meant = [value for value in row.takes if value.startswith(first.lower())]
    return f"{meant[0]}{blank}{more}" if len(meant) == 1 else rest


@functools.cache
def _by_letter(mode: str) -> Mapping[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = {}
    for row in MODES[mode]:
        found.setdefault(row.words[0][0], []).append(row)
    return {letter: tuple(rows) for letter, rows in found.items()}


def find(mode: str, line: str, negated: bool = False, exact: bool = False) -> Match | None:
    """The row of a mode that ``line`` (without ``no``) means.

    It is the one with the longest key, whole words before abbreviations. Ambiguous is raised where an
    abbreviation means two commands; ``exact`` allows no abbreviation.
    """
    line = _ALIAS.sub("vpc orphan-port ", line)
    words = words_of(line)
    rows = _by_letter(mode).get(line[:1].lower(), ())
    for whole in (True,) if exact else (True, False):
        fitting = [
            row for row in rows if _fits(row, words, whole) and _rest_fits(row, _rest(line, len(row.words)), negated)
        ]
        if not fitting:
            continue
        longest = max(len(row.words) for row in fitting)
        best = [row for row in fitting if len(row.words) == longest]
        if not whole and len({row.words for row in best}) > 1:
            raise Ambiguous(line)
        row = best[0]
        key = tuple(typed if word == "*" else word for word, typed in zip(row.words, words, strict=False))
        return Match(row, key, _expand(row, _rest(line, longest).strip()))
    return None
