"""The proof of a plan: it leads there, and its undo leads back; a plan without it is never shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mlagkit.diff.change import Policy
from mlagkit.nxos.change.edit import Edit
from mlagkit.nxos.change.typed import Typed
from mlagkit.plan.steps import Part
from mlagkit.plan.way import NoWay, Way, Work, remaining


def proven(work: Mapping[str, Work], found: Way, cut: Sequence[Part], backs: Sequence[Sequence[Edit]]) -> None:
    """Raise NoWay where the lines do not lead there, or their undo, last part first, does not lead back."""
    left = {name: list(remaining(each, found.ends[name])) for name, each in work.items()}
    if any(left.values()):
        raise NoWay(left)
    running = {name: Typed.of(side) for name, side in found.ends.items()}
    for part, back in zip(reversed(cut), reversed(backs), strict=True):
        for edit in back:
            running[part.switch].enter(edit.section, edit.text)
    strict = Policy(strict=True)
    home = {
        name: list(remaining(Work(each.old, each.old, strict), running[name].side())) for name, each in work.items()
    }
    if any(home.values()):
        raise NoWay(home)
