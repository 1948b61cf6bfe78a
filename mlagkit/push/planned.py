"""What a switch runs behind the lines of a plan, worked out in memory from what it ran before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mlagkit.config import ConfigTree
from mlagkit.diff import Change, Policy, Walk
from mlagkit.nxos.candidate import candidate
from mlagkit.nxos.change.typed import Typed
from mlagkit.nxos.context import Context
from mlagkit.nxos.effective import Side
from mlagkit.nxos.facts import facts
from mlagkit.nxos.parse import parse
from mlagkit.nxos.redact import redact
from mlagkit.push.errand import Move

_STRICT = Policy(strict=True)


@dataclass(frozen=True, slots=True)
class Planned:
    """One switch before and after the lines of a plan that are its own."""

    tree: ConfigTree
    before: Side
    after: Side

    @classmethod
    def of(cls, tree: ConfigTree, name: str, moves: Sequence[Move]) -> Planned:
        """Type the lines of that switch into what it ran."""
        before = Side(facts(tree.blocks()), Context.of(tree))
        typed = Typed.of(before)
        for move in moves:
            if move.switch == name:
                typed.type(move.lines)
        return cls(tree, before, typed.side())

    def unlike(self, tree: ConfigTree) -> tuple[list[Change], list[Change]]:
        """What of the plan is missing in a configuration, and what differs beside it."""
        wanted = {(each.section, each.key) for each in _changes(self.before, self.after)}
        left = _changes(self._side(tree), self.after)
        return (
            [each for each in left if (each.section, each.key) in wanted],
            [each for each in left if (each.section, each.key) not in wanted],
        )

    def leads_there(self, lines: Sequence[str]) -> bool:
        """Whether these lines come to the same, whatever they are."""
        typed = Typed.of(self.before)
        typed.type(lines)
        return self._is_same(typed.side())

    def text(self) -> str | None:
        """The whole configuration behind the lines; None where it can't be written so that it says just that."""
        text = candidate(self.tree, self.before.root, self.after.root)
        return text if self._is_same(self._side(parse(text))) else None

    def _side(self, tree: ConfigTree) -> Side:
        """What a platform does by default is guessed from a configuration: once, or a line would mean two things."""
        return Side(facts(tree.blocks()), self.after.context)

    def _is_same(self, side: Side) -> bool:
        return not _changes(side, self.after) and not _changes(self.after, side)


def _changes(old: Side, new: Side) -> list[Change]:
    return [each for each in Walk(old, new, _STRICT).items() if isinstance(each, Change)]


def said(change: Change) -> str:
    """A change in one line, with the section that it stands in, and without its secrets."""
    return " / ".join(map(redact, (*change.section, change.new or change.old or change.key)))
