"""Taking one switch of a pair out of service, so that the pair stays a pair (reference section 6, "isolate").

The peer-link and the keepalive stay up: whoever cuts them makes two switches elect (reference 5, F22). How it comes
back is said by `rejoin`, for every plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mlagkit.nxos.catalogue import Impact
from mlagkit.nxos.change import isolation
from mlagkit.nxos.change.edit import Edit
from mlagkit.nxos.objects import interface_name
from mlagkit.plan.impact import Impacts, Notice
from mlagkit.plan.make import Pair, Task, assembled
from mlagkit.plan.order import Placed
from mlagkit.plan.step import Plan
from mlagkit.plan.use import user
from mlagkit.plan.way import Work, typed
from mlagkit.switch import Port, Switch
from mlagkit.topology.carried import open_legs, orphans
from mlagkit.topology.channels import ROUTED, leads_to_fabric
from mlagkit.topology.keepalive_source import sender


def isolate(task: Task, name: str) -> Plan:
    """The steps that take the switch of that name out of service.

    Legs go first, so that hosts have moved to the other switch before anything else changes, then orphan ports, whose
    hosts are cut off, then uplinks. What the pair file intends plays no part.
    """
    pair = Pair.of(task)
    switch = pair.before[name]
    stages = [
        *([(other, edit) for edit in isolation.kept_roles(pair.whole[other])] for other in pair.order),
        *([(name, isolation.shut(leg.name))] for leg in open_legs(switch).values()),
        [(name, isolation.shut(port.name)) for port in orphans(switch)],
        [(name, isolation.shut(port.name)) for port in _uplinks(switch)],
    ]
    placed = [Placed(where, edit, True, stage, stage) for stage, found in enumerate(stages, 1) for where, edit in found]
    before = {each: Work(side, side, task.work[each].policy) for each, side in pair.whole.items()}
    found = typed(placed, before)
    whole = replace(task, work={each: replace(work, new=found.ends[each]) for each, work in before.items()})
    impacts = Impacts.of(pair.named, pair.ends(placed), whole.work)

    def notices(where: str, edit: Edit) -> Iterator[Notice]:
        interface = interface_name(edit.head)
        if interface is not None:
            yield Notice(Impact.BRIEF, (user(pair.before[where], interface),))

    return assembled(whole, pair, found, impacts, notices, hosts_alone=True)


def _uplinks(switch: Switch) -> Iterator[Port]:
    """Every routed port that is up, but for those that carry the keepalive, or the peer-link through the fabric."""
    source = sender(switch)
    for port in switch.ports.values():
        alone = port.channel is None and not port.shutdown and port.name.kind in ("Ethernet", "port-channel")
        if (
            port.mode == ROUTED
            and alone
            and "." not in port.name
            and port != source
            and not leads_to_fabric(switch, port)
        ):
            yield port
