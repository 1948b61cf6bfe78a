"""VLANs and spanning tree."""

from __future__ import annotations

from collections.abc import Mapping

from mlagkit import switch
from mlagkit.expand.fill import NOTHING, defaults, fill
from mlagkit.intent.pair import Intent
from mlagkit.nxos.context import Context
from mlagkit.values import VlanSet


def vlans_of(intent: Intent, context: Context) -> Mapping[int, switch.Vlan]:
    """The VLANs by number; VLAN 1 always exists."""
    default = defaults("vlan", context)
    said = {1: None, **intent.vlans}
    return {
        number: fill(switch.Vlan, default, said[number], id=number, path=("vlans", number)) for number in sorted(said)
    }


def spanning_tree_of(intent: Intent, context: Context) -> switch.SpanningTree:
    """Spanning tree with what the device uses for everything that is not said."""
    said = intent.spanning_tree
    mst = said.mst if said else None
    pseudo = said.pseudo_information if said else None
    return fill(
        switch.SpanningTree,
        defaults("", context, "spanning_tree."),
        said,
        path=("spanning_tree",),
        priority=_but_usual(_by_priority(said.priority if said else None)),
        mst_priority=_but_usual(_by_priority(said.mst_priority if said else None)),
        mst=fill(
            switch.Mst,
            defaults("mst", context),
            mst,
            path=("spanning_tree", "mst"),
            instances=dict(sorted((mst.instances or {}).items())) if mst else {},
        ),
        pseudo_information=fill(
            switch.PseudoInformation,
            NOTHING,
            pseudo,
            path=("spanning_tree", "pseudo_information"),
            root_priority=_by_priority(pseudo.root_priority if pseudo else None),
            designated_priority=_by_priority(pseudo.designated_priority if pseudo else None),
        ),
    )


def _by_priority(said: Mapping[VlanSet, int] | None) -> Mapping[int, VlanSet]:
    """From VLANs and their priority to priorities and their VLANs."""
    found: dict[int, VlanSet] = {}
    for vlans, priority in (said or {}).items():
        found[priority] = VlanSet(found.get(priority, VlanSet()) | vlans)
    return dict(sorted(found.items()))


_USUAL_PRIORITY = 32768
"""The bridge priority of every VLAN and instance without a line (G106, DME)."""


def _but_usual(found: Mapping[int, VlanSet]) -> Mapping[int, VlanSet]:
    """Without the priority that needs no line: absent and default are equal."""
    return {priority: vlans for priority, vlans in found.items() if priority != _USUAL_PRIORITY}
