"""The steps of a plan as text: twins on both switches in one row, each with what it costs and what it waits for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from mlagkit.excerpt import visible
from mlagkit.report.diff import wrapped
from mlagkit.report.document import Document
from mlagkit.report.drill.text import paragraph
from mlagkit.report.paint import Paint
from mlagkit.report.plan.summary import gate_words, impact_words

COLORS = {"none": "dim", "brief": "yellow", "outage": "red"}
_COLUMN = 46
"""Columns that one switch needs at least, as in a diff; two of them with what is around them are 101."""
_PLACE = 20
"""Columns that each switch needs more where the places stand before its lines."""
_NAMES_SHOWN = 8
_INDENT = "   "

Row = Sequence[Document]
"""A step, or two that bring both switches equally far, one right after the other."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a plan is written on: its columns and colors, whether the place of each line is shown, and every name.

    ``sides`` are the switches whose lines stand beside each other; none where it is too narrow, or only one has any.
    """

    width: int
    paint: Paint
    annotate: bool
    every_row: bool
    sides: tuple[str, ...]

    @classmethod
    def of(cls, document: Document, width: int, paint: Paint, *, annotate: bool, every_row: bool) -> Page:
        """The page for a plan."""
        column = _COLUMN + _PLACE * annotate + len(_INDENT)
        both = {step["switch"] for step in document["steps"]} == {*document["switches"]}
        sides = tuple(document["switches"]) if both and width >= 2 * column else ()
        return cls(width, paint, annotate, every_row, sides)

    @property
    def room(self) -> int:
        """Columns of one side."""
        return self.width // 2 - len(_INDENT)


def rows_of(steps: Sequence[Document]) -> list[Row]:
    """The steps in rows: a step beside the next one, where that is on the other switch and belongs to it.

    It does where both have one reason, and where nothing has to hold between the two.
    """
    rows: list[Row] = []
    for step in steps:
        last = rows[-1] if rows else ()
        if len(last) == 1 and _are_twins(last[0], step):
            rows[-1] = (last[0], step)
        else:
            rows.append((step,))
    return rows


def _are_twins(one: Document, other: Document) -> bool:
    return one["switch"] != other["switch"] and (one["reason"] == other["reason"] or not one["gate"])


def by_reason(row: Row) -> dict[str, list[str]]:
    """The steps of a row, by what they are for."""
    found: dict[str, list[str]] = {}
    for step in row:
        found.setdefault(step["reason"], []).append(f"{step['step']}. {step['switch']}")
    return found


def costs_of(row: Row) -> Iterator[tuple[str, Document]]:
    """The steps of which the impact is told, with its number; once where both switches have the same."""
    if len({(step["impact"], *step["affected"]) for step in row}) == 1:
        yield "", row[0]
        return
    yield from ((f"step {step['step']}: ", step) for step in row)


def step_lines(steps: Sequence[Document], page: Page) -> Iterator[str]:
    """Every step with its commands, its impact and its gate."""
    yield from _names(page)
    for row in _rows(steps, page):
        yield from _heading(row, page)
        yield from _commands(row, "commands", page)
        yield from _costs(row, page)
        for step in row:
            if step["gate"]:
                after = f" after {step['step']}" if len(row) > 1 else ""
                yield from paragraph(f"{_INDENT}gate{after}: {gate_words(step['gate'])}", page.width, f"{_INDENT}  ")


def undo_lines(steps: Sequence[Document], page: Page) -> Iterator[str]:
    """The way back from every step, the last one first."""
    yield from _names(page)
    for row in reversed(_rows(steps, page)):
        yield from _heading([*reversed(row)], page)
        yield from _commands(row, "undo", page)


def _rows(steps: Sequence[Document], page: Page) -> list[Row]:
    return rows_of(steps) if page.sides else [(step,) for step in steps]


def _names(page: Page) -> Iterator[str]:
    """Whose the two columns are."""
    if page.sides:
        left, right = (visible(name)[: page.room] for name in page.sides)
        yield _beside(left, right, page)


def _heading(row: Row, page: Page) -> Iterator[str]:
    """Which steps they are, in their order, and what for; once where it is the same on both switches."""
    for reason, names in by_reason(row).items():
        for line in paragraph(f"{', '.join(names)}: {reason}", page.width, _INDENT):
            yield page.paint("bold", line)


def _commands(row: Row, key: str, page: Page) -> Iterator[str]:
    """What is typed; beside each other, a long line goes on in the next one, else it can be copied whole."""
    if not page.sides:
        yield from (f"{_INDENT}{line}" for line in _lines(row[0], key, page))
        return
    found = {
        step["switch"]: [part for line in _lines(step, key, page) for part in wrapped(line, page.room)] for step in row
    }
    for left, right in zip_longest(*(found.get(name, []) for name in page.sides), fillvalue=""):
        yield _beside(left, right, page)


def _beside(left: str, right: str, page: Page) -> str:
    return f"{_INDENT}{left:<{page.room}}{_INDENT}{right}".rstrip()


def _lines(step: Document, key: str, page: Page) -> list[str]:
    lines = [visible(line) for line in step[key]]
    if not lines:
        return ["(nothing)"]
    if page.annotate and key == "commands":
        return [f"{_place(origin):<{_PLACE}}{line}" for origin, line in zip(step["origins"], lines, strict=True)]
    return lines


def _place(origin: Document | None) -> str:
    """The file and the line that a command comes from; of a long name the end."""
    if origin is None:
        return ""
    place = visible(f"{origin['file']}:{origin['line']}")
    room = _PLACE - 2
    return place if len(place) <= room else f"…{place[1 - room :]}"


def _costs(row: Row, page: Page) -> Iterator[str]:
    """What is noticed, and by whom."""
    for which, step in costs_of(row):
        noticed = impact_words(step["impact"], step["affected"], None if page.every_row else _NAMES_SHOWN)
        words = f"{_INDENT}{which}{noticed}"
        for line in paragraph(words, page.width, f"{_INDENT}  "):
            yield page.paint(COLORS[step["impact"]], line)
