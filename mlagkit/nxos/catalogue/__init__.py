"""The command catalogue: the one place that knows what an NX-OS line is and does."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence

from mlagkit.nxos.catalogue.match import command_of, read_line, read_negation
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
    "recognise",
]


@functools.cache
def _by_words() -> Mapping[tuple[str, str, str], Sequence[Row]]:
    """The rows of a mode by their first two literal words, so that a line is tried on few of them."""
    index: dict[tuple[str, str, str], list[Row]] = {}
    for row in ROWS:
        first, second, *_ = (*row.command.lower().split(), "", "")
        index.setdefault((row.mode, first, "" if second[:1] in ("<", "{", "[") else second), []).append(row)
    return index


@functools.cache
def _of_mode(mode: str) -> Sequence[Row]:
    return [row for row in ROWS if row.mode == mode]


@functools.lru_cache(maxsize=65536)
def recognise(mode: str, text: str) -> Line | None:
    """The line as the catalogue understands it in that mode, abbreviated words included; None if it does not.

    ``text`` is one line without its indent. A leading ``no`` shows as ``negated``.
    """
    negated = text[:3].lower() == "no "
    body = text[3:].lstrip() if negated else text
    line = _exact(mode, body) or (_taken_back(mode, body) if negated else None) or _abbreviated(mode, body)
    return Line(line.row, line.key, line.value, True) if line and negated else line


def _exact(mode: str, body: str) -> Line | None:
    return next((line for row in _candidates(mode, body) if (line := read_line(row, body))), None)


def _candidates(mode: str, body: str) -> Iterator[Row]:
    """The rows whose first words are those of the line."""
    first, _, rest = body.lower().partition(" ")
    rows = _by_words()
    second = rest.split(None, 1)[0] if rest.strip() else ""
    if second:
        yield from rows.get((mode, first, second), ())
    yield from rows.get((mode, first, ""), ())
    yield from rows.get((mode, "<#int>", ""), ())


def _taken_back(mode: str, body: str) -> Line | None:
    return next((line for row in _candidates(mode, body) if (line := read_negation(row, body))), None)


def _abbreviated(mode: str, body: str) -> Line | None:
    """The one command that the words begin; a word written in full beats one cut short, two that tie are none."""
    start = body[:2].lower()
    if not start.isalpha():
        return None
    given = body.lower().split()
    found: dict[int, list[Line]] = {}
    for row in _of_mode(mode):
        if row.command[:2].lower() == start and (line := read_line(row, body, loose=True)):
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
    found = {row.field: row.default_in(context) for row in _of_mode(mode) if row.field}
    return {field: value for field, value in found.items() if value is not None}
