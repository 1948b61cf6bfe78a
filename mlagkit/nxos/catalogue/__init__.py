"""The command catalogue: the one place that knows what an NX-OS line is and does."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence

from mlagkit.nxos.catalogue.match import command_of, fixed_words, read_line, read_negation, read_rest
from mlagkit.nxos.catalogue.row import Impact, Kind, Line, Negation, Phase, Row, Value, VlanEdit
from mlagkit.nxos.catalogue.table import ROWS
from mlagkit.nxos.context import Context

__all__ = [
    "ROWS",
    "Impact",
    "Kind",
    "Line",
    "Negation",
    "Phase",
    "Row",
    "Value",
    "VlanEdit",
    "defaults",
    "implied_by",
    "known",
    "recognise",
]


_Words = tuple[str, str, str]
"""A mode and the first two words of a line in it."""


def _by_words(rows: Iterable[Row]) -> Mapping[_Words, Sequence[tuple[list[str], Row]]]:
    """The rows by their first two literal words, each with all that it begins with: a line is tried on few of them.

    A row whose second piece is no literal word stands behind those of its first word that have one.
    """
    index: dict[_Words, list[tuple[list[str], Row]]] = {}
    for row in rows:
        fixed = fixed_words(row.command)
        first, second, *_ = (*fixed, "", "")
        index.setdefault((row.mode, first, second), []).append((fixed, row))
    return {
        (mode, first, second): (
            *found,
            *(index.get((mode, first, ""), ()) if second else ()),
            *(index.get((mode, "", ""), ()) if first else ()),
        )
        for (mode, first, second), found in index.items()
    }


def _by_letters(rows: Iterable[Row]) -> Mapping[tuple[str, str], Sequence[Row]]:
    """The rows by their mode and first two letters, which a first word cut short has as well."""
    index: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        index.setdefault((row.mode, row.command[:2].lower()), []).append(row)
    return index


_PRINTED_INTERFACE = re.compile(
    r"interface (?:Ethernet|port-channel|Vlan|loopback)[0-9]{1,10}(?:/[0-9]{1,10})*(?:\.[0-9]{1,10})?\Z"
)
"""The most frequent of all heads as a device prints it, whose key is the line: nothing has to be taken apart."""

_INTERFACE = next(row for row in ROWS if row.command == "interface <#interface>")
_INDEX = _by_words(ROWS)
_BY_LETTERS = _by_letters(ROWS)


@functools.lru_cache(maxsize=65536)
def recognise(mode: str, text: str) -> Line | None:
    """The line as the catalogue understands it in that mode, abbreviated words included; None if it does not.

    ``text`` is one line without its indent. A leading ``no`` shows as ``negated``.
    """
    negated = text[:3].lower() == "no "
    body = text[3:].lstrip() if negated else text
    line = _exact(mode, body) or (_taken_back(mode, body) if negated else None) or _abbreviated(mode, body)
    return Line(line.row, line.key, line.value, True) if line and negated else line


def known(mode: str, text: str) -> Line:
    """The same of a line that has a row, as every line has that the program itself speaks of; LookupError if not."""
    line = recognise(mode, text)
    if line is None:
        raise LookupError(text)
    return line


def _exact(mode: str, body: str) -> Line | None:
    if mode == "" and _PRINTED_INTERFACE.match(body):
        return Line(_INTERFACE, body, True)
    words, lowered = body.split(), body.lower().split()
    for fixed, row in _candidates(mode, lowered):
        if lowered[: len(fixed)] == fixed:
            line = read_rest(row, body, words)
            if line:
                return line
    return None


def _candidates(mode: str, lowered: Sequence[str]) -> Sequence[tuple[list[str], Row]]:
    """The rows whose first words are those of the line."""
    first = lowered[0] if lowered else ""
    second = lowered[1] if len(lowered) > 1 else ""
    return _INDEX.get((mode, first, second)) or _INDEX.get((mode, first, "")) or _INDEX.get((mode, "", ""), ())


def _taken_back(mode: str, body: str) -> Line | None:
    rows = (row for _, row in _candidates(mode, body.lower().split()))
    return next((line for row in rows if (line := read_negation(row, body))), None)


def _abbreviated(mode: str, body: str) -> Line | None:
    """The one command that the words begin; a word written in full beats one cut short, two that tie are none."""
    given = body.lower().split()
    found: dict[int, list[Line]] = {}
    for row in _BY_LETTERS.get((mode, body[:2].lower()), ()):
        if line := read_line(row, body, loose=True):
            whole = sum(word == cut for word, cut in zip(command_of(row.command).words, given, strict=False))
            found.setdefault(whole, []).append(line)
    best = found[max(found)] if found else []
    return best[0] if len({command_of(line.row.command).words for line in best}) == 1 else None


def implied_by(key: str) -> str | None:
    """The flag that a line with that key switches on besides what it says, None for most."""
    return _implied().get(key)


@functools.cache
def _implied() -> Mapping[str, str]:
    return {row.implied_by: row.command for row in ROWS if row.implied_by}


def defaults(mode: str, context: Context) -> dict[str, Value]:
    """What the device uses for each field of that mode's part when no line says otherwise."""
    found = ((field, row.default_in(context)) for field, row in _filling(mode).items())
    return {field: value for field, value in found if value is not None}


@functools.cache
def _filling(mode: str) -> Mapping[str, Row]:
    """The rows of a mode that fill a field and know its default, by that field; of several the last."""
    rows = {row.field: row for row in ROWS if row.field and row.mode == mode}
    return {field: row for field, row in rows.items() if row.default is not None}
