"""Taking one switch of a pair out of service, and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mlagkit.nxos import isolation
from mlagkit.nxos.catalogue import Impact
from mlagkit.nxos.edit import Edit
from mlagkit.nxos.effective import interface_name
from mlagkit.plan.impact import Impacts, Notice
from mlagkit.plan.make import Pair, Task, assembled
from mlagkit.plan.order import Placed
from mlagkit.plan.step import Plan
from mlagkit.plan.use import user
from mlagkit.plan.way import Work, typed


def isolate(task: Task, name: str) -> Plan:
    """The steps that take the switch of that name out of service; their undo, last step first, is the way back.

    Legs go first, so that hosts have moved to the other switch before anything else changes, then orphan ports, whose
    hosts are cut off, then uplinks. What the pair file intends plays no part.
    """
    pair = Pair.of(task)
    switch = pair.before[name]
    stages = [
        *([(other, edit) for edit in isolation.kept_roles(pair.whole[other])] for other in pair.order),
        *([(name, edit)] for edit in isolation.legs(switch)),
        [(name, edit) for edit in isolation.orphans(switch)],
        [(name, edit) for edit in isolation.uplinks(switch)],
    ]
    placed = [Placed(where, edit, True, stage, stage) for stage, found in enumerate(stages, 1) for where, edit in found]
    before = {each: Work(side, side, task.work[each].policy) for each, side in pair.whole.items()}
    found = typed(placed, before)
    whole = replace(task, work={each: replace(work, new=found.ends[each]) for each, work in before.items()})
    impacts = Impacts.of(pair.before, pair.ends(placed), whole.work)

    def notices(where: str, edit: Edit) -> Iterator[Notice]:
        interface = interface_name(edit.head)
        if interface is not None:
            yield Notice(Impact.BRIEF, (user(pair.before[where], interface),))

    return assembled(whole, pair, found, impacts, notices, hosts_alone=True)
