"""VLANs and spanning tree."""

from __future__ import annotations

from collections.abc import Mapping

from mlagkit.part import Part
from mlagkit.record import record
from mlagkit.values import VlanSet


@record
class Vlan(Part):
    """One VLAN; ``name`` is None where the switch makes its own (VLAN0010)."""

    id: int
    name: str | None
    state: str
    shutdown: bool
    vni: int | None


@record
class Mst(Part):
    """The MST region: name, revision, and the VLANs of each instance but 0."""

    name: str
    revision: int
    instances: Mapping[int, VlanSet]


@record
class PseudoInformation(Part):
    """Bridge priorities used while peer-switch speaks for the pair, by VLAN: root and designated."""

    root_priority: Mapping[int, VlanSet]
    designated_priority: Mapping[int, VlanSet]


@record
class SpanningTree(Part):
    """Spanning tree of the whole switch; ``priority`` maps a bridge priority to the VLANs that have it."""

    mode: str
    priority: Mapping[int, VlanSet]
    mst_priority: Mapping[int, VlanSet]
    disabled_vlans: VlanSet
    port_type: str
    bpduguard: bool
    bpdufilter: bool
    loopguard: bool
    bridge_assurance: bool
    simulate_pvst: bool
    pathcost_method: str
    mst: Mst
    pseudo_information: PseudoInformation
