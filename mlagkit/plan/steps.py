"""Lines in their order to steps: what one switch takes at once, with its way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from mlagkit.diff.change import Policy
from mlagkit.finding import Origin
from mlagkit.nxos.change.edit import Edit
from mlagkit.nxos.change.near import Sides, differing, near
from mlagkit.nxos.change.typed import Typed
from mlagkit.nxos.effective import Side
from mlagkit.nxos.facts import Facts
from mlagkit.nxos.objects import interface_name
from mlagkit.plan.order import Placed
from mlagkit.plan.step import Command
from mlagkit.plan.way import Work, remaining, way


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that one switch takes at once, and how it stands before and after them.

    ``last`` marks the end of a stage: both switches are then equally far.
    """

    placed: tuple[Placed, ...]
    before: Side
    after: Side
    last: bool

    @property
    def switch(self) -> str:
        """Whose lines they are."""
        return self.placed[0].switch

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The lines."""
        return tuple(each.edit for each in self.placed)


def parts(placed: Sequence[Placed], work: Mapping[str, Work]) -> list[Part]:
    """The lines cut where the switch or the stage changes, or another object is disturbed.

    Stages that disturb nobody, and in which only one switch has anything to do, are one part.
    """
    runs = [
        tuple(run) for _, run in groupby(placed, key=lambda each: (each.switch, each.grows, each.stage, each.group))
    ]
    joined: list[tuple[Placed, ...]] = []
    for run in runs:
        before = joined[-1] if joined else ()
        if before and before[0].switch == run[0].switch and _together(before[-1], run[0]):
            joined[-1] = (*before, *run)
        else:
            joined.append(run)
    running = {name: Typed.of(each.old) for name, each in work.items()}
    found = []
    for number, run in enumerate(joined):
        typed = running[run[0].switch]
        before_it = typed.side()
        for each in run:
            typed.enter(each.edit.section, each.edit.text)
        following = joined[number + 1][0] if number + 1 < len(joined) else None
        last = following is None or _stage(following) != _stage(run[-1])
        found.append(Part(run, before_it, typed.side(), last))
    return found


def _together(before: Placed, after: Placed) -> bool:
    """Whether two lines of one switch need nothing between them: they disturb nobody, or one leg is shut for both."""
    if before.edit.leg and before.edit.leg == after.edit.leg:
        return True
    return not before.group and not after.group


def _stage(placed: Placed) -> tuple[bool, int, int]:
    return placed.grows, placed.stage, placed.group


def undos(cut: Sequence[Part], ends: Mapping[str, Side]) -> list[tuple[Edit, ...]]:
    """For each part the lines that take its switch back to where it was before, told from the last one on.

    Behind the undo of the later parts a switch does the same as before them, and may say it in other lines: a port that
    was opened after it had become a routed one is shut in so many words, and would stay shut as a switched one.
    """
    running = {name: _Returning(Typed.of(side)) for name, side in ends.items()}
    return [running[part.switch].undo(part) for part in reversed(cut)][::-1]


@dataclass(slots=True)
class _Returning:
    """A switch on its way back; ``alike`` are its blocks of which it is known that they do what they did before."""

    typed: Typed
    alike: dict[str, tuple[Facts | None, Facts | None]] = field(default_factory=dict)

    def undo(self, part: Part) -> tuple[Edit, ...]:
        """The lines that take the switch back to where it was before a part, typed into it.

        They are looked for where the two differ (`near`), and asked of the switch behind them is that it does not
        differ there any more, as it would not anywhere else. Should a line have done something to a block that was
        taken to be unconcerned, they are looked for anew on all of it.
        """
        side = self.typed.side()
        if part.before.context != part.after.context:  # other defaults, under which other lines do the same
            self.alike.clear()
        edits = self._type(_back(part, near((side, part.before), self.typed, self.alike)))
        sides = self.typed.side(), part.before
        work = _strict(near(sides, self.typed, self.alike))
        if any(remaining(work, work.old)):
            self.typed = Typed.of(side)
            edits = self._type(_back(part, (side, part.before)))
            sides = self.typed.side(), part.before
        old, new = (each.root for each in sides)
        self.alike |= {key: (old.blocks.get(key), new.blocks.get(key)) for key in differing(old, new, self.alike)}
        return edits

    def _type(self, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
        for edit in edits:
            self.typed.enter(edit.section, edit.text)
        return edits


def _strict(sides: Sides) -> Work:
    return Work(*sides, Policy(strict=True))


def _back(part: Part, sides: Sides) -> tuple[Edit, ...]:
    found = way({part.switch: _strict(sides)}, (part.switch,), lambda _, __: False)
    return tuple(each.edit for each in found.placed)


Where = Callable[[Edit], Origin | None]


def commands(edits: Sequence[Edit], where: Where = lambda _: None) -> tuple[Command, ...]:
    """The lines as they are typed."""
    return tuple(_commands(edits, where))


def _commands(edits: Sequence[Edit], where: Where) -> Iterator[Command]:
    inner = {edit.section[:depth] for edit in edits for depth in range(1, len(edit.section) + 1)}
    for edit in edits:
        path = (*edit.section, edit.text)
        opens = path in inner or (edit.row is not None and edit.row.opens is not None)
        unsure = edit.row is None and len(edit.section) > 0 and interface_name(edit.section[0]) is None
        yield Command(edit.section, edit.text, opens or unsure, where(edit))
