"""The command catalogue: the one place that knows what an NX-OS line is and does."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from mlagkit.nxos.catalogue.row import Impact, Kind, Line, Negation, Phase, Row, Value, pattern, read_line
from mlagkit.nxos.catalogue.table import ROWS
from mlagkit.nxos.context import Context

__all__ = ["ROWS", "Impact", "Kind", "Line", "Negation", "Phase", "Row", "Value", "defaults", "recognise"]


@functools.cache
def _by_word() -> Mapping[tuple[str, str], Sequence[Row]]:
    """The rows of a mode by their first word, so that a line is tried on few of them."""
    index: dict[tuple[str, str], list[Row]] = {}
    for row in ROWS:
        index.setdefault((row.mode, row.command.split()[0].lower()), []).append(row)
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
    line = _exact(mode, body) or _abbreviated(mode, body)
    return line and Line(line.row, line.key, line.value, negated)


def _exact(mode: str, body: str) -> Line | None:
    first, _, _ = body.partition(" ")
    rows = _by_word()
    candidates = rows.get((mode, first.lower()), ()) or rows.get((mode, "<#int>"), ())
    return next((line for row in candidates if (line := read_line(row, body))), None)


def _abbreviated(mode: str, body: str) -> Line | None:
    """The one command that the words begin; two that could be meant are none."""
    start = body[:2].lower()
    if not start.isalpha():
        return None
    rows = [row for row in _of_mode(mode) if row.command[:2].lower() == start]
    lines = [line for row in rows if (line := read_line(row, body, loose=True))]
    return lines[0] if len({pattern(line.row.command).words for line in lines}) == 1 else None


def defaults(mode: str, context: Context) -> dict[str, Value]:
    """What the device uses for each field of that mode's part when no line says otherwise."""
    found = {row.field: row.default_in(context) for row in _of_mode(mode) if row.field}
    return {field: value for field, value in found.items() if value is not None}
