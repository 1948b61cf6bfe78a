"""The lines of one switch with their nesting, in the order in which the switch prints them."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mlagkit.nxos.lab.row import Kind, Row
from mlagkit.nxos.lab.spelling import vlan_rows
from mlagkit.nxos.lab.table import MODES

LAST = (1_000_000,)
"""The rank of a line that the table does not know: after all others."""

JOB_END = "end-job"
"""What stands after the lines of a scheduler's job: three public configurations [certain]."""


@dataclass(slots=True, eq=False)
class Line:
    """One line, or the lines of one setting: a list of VLANs is one `Line` and may print as several.

    ``key`` says which setting of its block it is, ``mode`` what its children may be, ``gap`` that an
    empty line stands before it. It changes as the switch is configured; only its store holds it.
    """

    text: str
    key: tuple[str, ...]
    row: Row | None = None
    mode: str = ""
    rank: tuple[int, ...] = LAST
    gap: bool = False
    vlans: frozenset[int] | None = None
    children: list[Line] = field(default_factory=list)

    def get(self, key: tuple[str, ...], row: Row | None = None) -> Line | None:
        """The child with this key (and this row, where two rows share a key)."""
        return next((child for child in self.children if child.key == key and row in (None, child.row)), None)

    def insert(self, line: Line) -> None:
        """Put a child where the switch would print it: beside its kind, else after the nearest kind before it."""
        near = [child for child in self.children if child.rank[0] == line.rank[0]]
        before = near or [child for child in self.children if child.rank < line.rank]
        if not near and before:
            nearest = max(child.rank[0] for child in before)
            before = [child for child in before if child.rank[0] == nearest]
        after = [child for child in before if child.rank <= line.rank]
        if after:
            self.children.insert(self.children.index(after[-1]) + 1, line)
        else:
            self.children.insert(self.children.index(before[0]) if before else 0, line)

    def remove(self, line: Line) -> None:
        """Take a child away; the empty line before it stays with its successor."""
        self.children.remove(line)

    def copy(self) -> Line:
        """The same line with copies of all below it; the rows of the table are shared, they never change."""
        children = [child.copy() for child in self.children]
        return Line(self.text, self.key, self.row, self.mode, self.rank, self.gap, self.vlans, children)

    def walk(self) -> Iterator[tuple[Line, Line]]:
        """Every (block, line) below this one, over a copy, so that lines may be removed meanwhile."""
        for child in list(self.children):
            yield self, child
            yield from child.walk()

    def rows(self, width: int, depth: int = 0) -> Iterator[str]:
        """The printed lines of this one and all below, two blanks for each level."""
        if self.row and self.row.kind is Kind.VLANS and self.rank[1:] != (0,) and not self.children:
            return  # a VLAN without a line of its own stands only in the list
        margin = "  " * depth
        if self.gap:
            yield ""
        if self.row and self.row.kind is Kind.ALLOWED and self.vlans is not None:
            yield from (f"{margin}{text}" for text in _allowed(self.key, self.vlans, width))
        else:
            yield from f"{margin}{self.text}".split("\n")  # a banner has several lines
        for child in self.children:
            yield from child.rows(width, depth + 1)
        if self.mode == "job":  # the lines of a job end where it says so
            yield from ("", JOB_END)


def _allowed(key: tuple[str, ...], vlans: frozenset[int], width: int) -> Iterator[str]:
    """``switchport trunk allowed vlan`` with its ``add`` lines (vpc-reference 7 row 7)."""
    head = " ".join(key)
    if not vlans:
        yield f"{head} none"
        return
    first, *more = vlan_rows(vlans, width)
    yield f"{head} {first}"
    yield from (f"{head} add {row}" for row in more)


@functools.cache
def _places(mode: str) -> Mapping[Row, int]:
    return {row: number for number, row in enumerate(MODES[mode])}


def rank_of(mode: str, row: Row, *order: int) -> tuple[int, ...]:
    """Where a row of a mode is printed; ``order`` sorts the lines of the same row."""
    return (_places(mode)[row], *order)
