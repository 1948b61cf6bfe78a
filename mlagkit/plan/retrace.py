"""What the lines of a plan come to on what a pair runs, told from the lines alone.

A saved plan says of itself what it deletes, what must be allowed and how it is taken back. Whoever can write the file
can change that, so none of it is believed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mlagkit.config import ConfigTree
from mlagkit.diff.change import Policy
from mlagkit.nxos.change.typed import Typed
from mlagkit.nxos.context import Context
from mlagkit.nxos.effective import Side
from mlagkit.nxos.facts import facts
from mlagkit.peers import peers_of_running
from mlagkit.plan.make import Task, Waives, plan
from mlagkit.plan.step import Plan, typed_lines
from mlagkit.plan.stops import Reach
from mlagkit.plan.way import NoWay, Work, remaining
from mlagkit.rules import RULES
from mlagkit.rules.rule import Rule
from mlagkit.state import Role

_STRICT = Policy(strict=True)
Stage = tuple[str, Sequence[str], Sequence[str]]
"""A switch, the lines that it takes at once, and their undo."""


class Untraceable(Exception):
    """What these lines come to can't be told from them; the message says why."""


def retrace(
    pair: str,
    running: Mapping[str, ConfigTree],
    stages: Sequence[Stage],
    roles: Mapping[str, Role],
    reach: Reach,
    rules: Sequence[Rule] = RULES,
    waives: Waives = lambda _: None,
) -> Plan:
    """The plan from what both run to what both would run behind these lines.

    ``rules`` judge what that is, and ``waives`` says which of their findings somebody accepted. Untraceable where no
    plan of the same lines leads there, and where the undo of a stage does not lead back from it.
    """
    starts = {name: Side(facts(tree.blocks()), Context.of(tree)) for name, tree in running.items()}
    ends = dict(starts)
    for number, (name, lines, undo) in enumerate(stages, 1):
        before, ends[name] = ends[name], _behind(ends[name], lines)
        if list(remaining(Work(before, before, _STRICT), _behind(ends[name], undo))):
            raise Untraceable(f"the undo of step {number} does not lead back")
    work = {name: Work(side, ends[name], _STRICT) for name, side in starts.items()}
    told = dict(zip(running, peers_of_running(running), strict=True))
    task = Task(pair=pair, running=running, work=work, told=told, roles=roles, reach=reach, rules=rules, waives=waives)
    try:
        found = plan(task)
    except NoWay as error:
        raise Untraceable(f"nobody would go there by these lines: {error}") from error
    again = {(step.switch, line.strip()) for step in found.steps for line in typed_lines(step.commands)}
    apart = sorted(again ^ {(name, line.strip()) for name, lines, _ in stages for line in lines})
    if apart:
        raise Untraceable("a plan that leads to the same has other lines")
    return found


def _behind(side: Side, lines: Sequence[str]) -> Side:
    typed = Typed.of(side)
    typed.type(lines)
    return typed.side()
