"""Facts back to lines: what no part of a Switch holds, as the text that a person or a device reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from mlagkit.nxos.commands import list_line
from mlagkit.nxos.effective import Values
from mlagkit.nxos.facts import Fact, Text, by_text
from mlagkit.values import VlanSet

STEP = "  "
"""The indent of a line below another one, as NX-OS prints it."""


@dataclass(frozen=True, slots=True)
class Raw:
    """One line of text, indented below what it belongs to, with its number.

    ``block`` is the number of the outermost line of its block: sorted by it, a block stays in one piece.
    """

    text: str
    number: int
    block: int


def raw_lines(values: Values, indent: str = "", *, taken: Collection[str] = (), unknown: Iterable[Text]) -> list[Raw]:
    """The lines of a block below its head, in the order of the text; not those whose key or block is ``taken``.

    A line that says what would be so without it, such as one that takes back what nothing has set, gives none.
    """
    facts = values.facts
    found: list[Raw] = []
    for key, fact in facts.known.items():
        if key not in taken and not values.says_nothing(key, fact.line.row):
            found += _fact_lines(fact, indent)
    for key, inner in facts.blocks.items():
        if key not in taken:
            found += _block_lines(Values(inner, values.context), indent)
    for text in by_text(unknown).values():
        found += text_lines(text, indent)
    return sorted(found, key=lambda raw: raw.block)


def text_lines(text: Text, indent: str = "") -> Iterator[Raw]:
    """An unknown line and what is below it."""
    yield from _split(text.text, indent, text.number)
    for child in text.children:
        yield from (Raw(raw.text, raw.number, text.number) for raw in text_lines(child, indent + STEP))


def _fact_lines(fact: Fact, indent: str) -> Iterator[Raw]:
    """A known line as it stood, a banner in as many lines as it has; a list that several lines made as one line."""
    line = fact.line
    if isinstance(line.value, VlanSet) and not line.negated and not line.row.takes_out:
        return _split(list_line(line.row, line.key, line.value), indent, fact.number)
    return _split(fact.text, indent, fact.number)


def _block_lines(values: Values, indent: str) -> Iterator[Raw]:
    """The whole of a block: its head and everything below."""
    facts = values.facts
    yield Raw(indent + facts.head, facts.number, facts.number)
    for raw in raw_lines(values, indent + STEP, unknown=facts.unknown):
        yield Raw(raw.text, raw.number, facts.number)


def _split(text: str, indent: str, number: int) -> Iterator[Raw]:
    """The lines of a text that has several, as a banner has; the first one's number is known."""
    return (Raw(indent + line, number + at, number) for at, line in enumerate(text.split("\n")))
