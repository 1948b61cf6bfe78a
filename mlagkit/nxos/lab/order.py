"""One line that is to be carried out."""

from __future__ import annotations

from dataclasses import dataclass

from mlagkit.nxos.lab.grammar import Match
from mlagkit.nxos.lab.row import Row
from mlagkit.nxos.lab.store import Store
from mlagkit.nxos.lab.tree import Line, rank_of


@dataclass(frozen=True, slots=True)
class Order:
    """One line to carry out: what it means, on which block, and how it came.

    ``verbatim`` is a line of a running-config that a switch printed: it stands as it is, without
    effects and without hiding defaults, because the file shows them already. ``loading`` is any line of
    a start text: nothing in it is refused for want of a feature or a range.
    """

    store: Store
    block: Line
    match: Match
    negated: bool = False
    verbatim: bool = False
    loading: bool = False

    @property
    def row(self) -> Row:
        """The row of the table."""
        return self.match.row

    def put(self, text: str, key: tuple[str, ...] | None = None, order: int = 0) -> Line:
        """A new line of this row in the block."""
        rank = rank_of(self.block.mode, self.row, order)
        line = Line(text, key or self.match.key, self.row, rank=rank)
        self.store.add(self.block, line, self.verbatim)
        return line

    def own(self) -> Line | None:
        """The line of this setting that the block has now."""
        return self.block.get(self.match.key, self.row)
