"""What a change of a pair file does: to both configurations, by which steps, and to hosts when something fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path

from mlagkit.compare import OwnTemplates, PairDiff, compare
from mlagkit.diff import Action, Change
from mlagkit.drill import Cell, difference
from mlagkit.errors import Refused
from mlagkit.expand import expand
from mlagkit.intent import Pair
from mlagkit.nxos.catalogue import Kind
from mlagkit.nxos.change.edit import row_of
from mlagkit.nxos.labels import is_label
from mlagkit.nxos.parse import parse
from mlagkit.peers import peers_of
from mlagkit.plan import NoWay, Plan
from mlagkit.planning import plan_pair
from mlagkit.render import render
from mlagkit.review.live import Live
from mlagkit.rules import RULES
from mlagkit.rules.rule import Rule


class Extent(StrEnum):
    """How much a change does."""

    NONE = "none"
    COSMETIC = "cosmetic"
    CHANGE = "change"
    NEW = "new"
    MENDED = "mended"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What becomes of a pair.

    ``lines`` is how long the configurations are that are intended now, by hostname; ``plan`` leads there from those of
    the base, or with ``is_live`` from what the switches run, and where it is None ``no_plan`` says why. ``cells`` are
    what changes in the drill.
    """

    kind: Extent
    lines: Mapping[str, int]
    diff: PairDiff | None = None
    plan: Plan | None = None
    is_live: bool = False
    no_plan: str = ""
    cells: tuple[Cell, ...] = ()

    @property
    def differences(self) -> tuple[Change, ...]:
        """The differences of both switches; what is the same on both is there once."""
        found = {(change.action, change.section, change.old, change.new): change for change in _changes(self.diff)}
        return tuple(found.values())

    @property
    def deletions(self) -> int:
        """How many objects go: blocks of their own, and VLANs."""
        return sum(map(_deleted, self.differences))


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """A pair as it was, with its configurations by the hostnames of then.

    ``names`` are the hostnames of then by those of now, ``files`` what the configurations are called, by those of now.
    """

    pair: Pair
    texts: Mapping[str, str]
    names: Mapping[str, str]
    files: Mapping[str, str]


def as_it_stands(reference: str) -> str:
    """A reference to a secret in the place of the secret: nothing here needs one."""
    return reference


def is_same(base: Pair, head: Pair) -> bool:
    """Whether both files speak of one pair: by its name, or by that of a switch."""
    return base.name == head.name or bool({*base.hostnames} & {*head.hostnames})


def names_then(base: Pair, head: Pair) -> dict[str, str]:
    """Hostname now -> hostname then; switches with new names are matched in their order."""
    known = [name for name in head.hostnames if name in base.hostnames]
    new = [name for name in head.hostnames if name not in known]
    old = [name for name in base.hostnames if name not in known]
    return {name: name for name in known} | dict(zip(new, old, strict=True))


def texts_of(pair: Pair, templates: Path | None) -> dict[str, str]:
    """The configurations of a pair, in which references to secrets stay; InputError where they can't be rendered."""
    return {name: render(switch, templates=templates) for name, switch in expand(pair).items()}


def effect(
    then: Then,
    head: Pair,
    templates: OwnTemplates,
    day: date,
    live: Live | None = None,
    rules: Sequence[Rule] = RULES,
) -> Effect:
    """What it does to change what was into ``head`` on that day; InputError where the latter can't be rendered.

    The ``rules`` judge what the plan comes to. It starts from what the base declares, or from what the switches run, if
    both of them were read.
    """
    new = texts_of(head, templates.head)
    start = {name: parse(then.texts[then.names[name]], then.files[name]) for name in new}
    is_same = all(then.texts[then.names[name]] == text for name, text in new.items())
    found = None if is_same else compare(head, start, secrets=as_it_stands, strict=True, templates=templates)
    changes = _changes(found)
    kind = Extent.NONE
    if changes:
        kind = Extent.COSMETIC if all(is_label(change.row) for change in changes) else Extent.CHANGE
    trees = live.trees if live else None
    effect = Effect(kind=kind, lines=_lines(new), diff=found, is_live=trees is not None)
    if kind is Extent.NONE and trees is None:
        return replace(effect, cells=_drilled(then.pair, head))
    ask = partial(plan_pair, head, base=then.pair, templates=templates, rules=rules, day=day)
    try:
        if live and trees is not None:
            running = {name: trees[then.names[name]] for name in new}
            roles = {name: live.roles[then.names[name]] for name in new} if live.roles else None
            plan = ask(running, secrets=live.secrets, user=live.user, roles=roles)
            return replace(effect, plan=plan, cells=_drilled(then.pair, head))
        plan = ask(start, secrets=as_it_stands)
        return replace(effect, plan=plan, cells=_cells(plan, then.pair, head))
    except NoWay as error:
        why = f"no order of lines is known that leads there on {' and '.join(error.left)}"
    except Refused as error:
        why = str(error)
    return replace(effect, no_plan=why, cells=_drilled(then.pair, head))


def effect_of_new(head: Pair, templates: OwnTemplates) -> Effect:
    """What is known of a pair that was not there before."""
    return Effect(kind=Extent.NEW, lines=_lines(texts_of(head, templates.head)), no_plan="new pair")


def effect_of_mended(head: Pair, templates: OwnTemplates, wrong: int) -> Effect:
    """What is known of a pair whose base can't be used."""
    why = f"the base has {wrong} mistakes of its own, so there is nothing to compare with"
    return Effect(kind=Extent.MENDED, lines=_lines(texts_of(head, templates.head)), no_plan=why)


def effect_of_deleted() -> Effect:
    """What is known of a pair that is not there any more."""
    return Effect(kind=Extent.DELETED, lines={}, no_plan="deleted pair")


def _lines(texts: Mapping[str, str]) -> dict[str, int]:
    return {name: text.count("\n") for name, text in texts.items()}


def _deleted(change: Change) -> int:
    row = change.row or row_of(change.section, change.old or "")
    if change.action is not Action.REMOVE or row is None or not row.opens:
        return 0
    return len(change.vlans) if row.kind is Kind.VLANS else 1


def _changes(found: PairDiff | None) -> Sequence[Change]:
    results = found.switches.values() if found else ()
    return [change for result in results for change, _ in result.changes]


def _cells(plan: Plan, base: Pair, head: Pair) -> tuple[Cell, ...]:
    """The plan knows them, unless there is nothing to do for it."""
    return plan.cells if plan.steps else _drilled(base, head)


def _drilled(base: Pair, head: Pair) -> tuple[Cell, ...]:
    before, after = peers_of(base), peers_of(head)
    return () if before == after else difference(before, after)
