"""Spanning tree of the whole switch."""

import re
from typing import Annotated, Literal, TypeAlias

from mlagkit.intent.forms import VlanList, read_vlans
from mlagkit.intent.misfit import Misfit, kind_of
from mlagkit.intent.model import Block, Maybe, Rare
from mlagkit.intent.ranges import BridgePriority, MstInstance, MstRevision
from mlagkit.intent.text import MstName
from mlagkit.intent.written import AlsoWritten, Read, named_once, names
from mlagkit.values import VlanSet

_INSTANCES = r"\d{1,4}(\s*-\s*\d{1,4})?(\s*,\s*\d{1,4}(\s*-\s*\d{1,4})?)*"


def _instance_key(value: object) -> VlanSet:
    """A list of MST instances, 0 among them (DME stpMstDom.id 0..4094)."""
    if isinstance(value, bool) or not isinstance(value, int | str) or not re.fullmatch(_INSTANCES, str(value)):
        raise Misfit(f"takes MST instances such as `0-2`, not {kind_of(value)}")
    ids: set[int] = set()
    for part in str(value).split(","):
        first, _, last = part.partition("-")
        ids |= set(range(int(first), int(last or first) + 1))
    if not ids or max(ids) > 4094:
        raise Misfit(f"takes MST instances from 0 to 4094, not {kind_of(value)}")
    return VlanSet(ids)


_LIST = r"^ *\d{1,4}( *- *\d{1,4})?( *, *\d{1,4}( *- *\d{1,4})?)* *$"
VlanKey: TypeAlias = Annotated[VlanSet, Read(read_vlans, {"type": "string", "pattern": _LIST})]
InstanceKey: TypeAlias = Annotated[VlanSet, Read(_instance_key, {"type": "string", "pattern": _LIST})]


Priorities: TypeAlias = Annotated[dict[VlanKey, BridgePriority], named_once(read_vlans)]


def _instances(value: object) -> object:
    """A VLAN is in one instance at most."""
    seen: dict[object, object] = {}
    for instance, vlans in value.items() if isinstance(value, dict) else ():
        for vlan in names(read_vlans, vlans):
            if vlan in seen:
                raise Misfit(f"has VLAN {vlan} in instance {seen[vlan]} already", "IN17", instance)
            seen[vlan] = instance
    return value


class Mst(Block):
    """The MST region."""

    name: Maybe[MstName] = None
    """Name of the region."""
    revision: Maybe[MstRevision] = None
    """Revision of the region."""
    instances: Maybe[Annotated[dict[MstInstance, VlanList], AlsoWritten(_instances)]] = None
    """VLANs of each instance, `1: 10-20`."""


class PseudoInformation(Block):
    """Bridge priorities while peer-switch speaks for the pair."""

    root_priority: Maybe[Priorities] = None
    """VLANs and their root priority, `1-99: 4096`."""
    designated_priority: Maybe[Priorities] = None
    """VLANs and their designated priority."""


class SpanningTree(Block):
    """Spanning tree; nearly all of it is type 1: it must be equal on both switches."""

    mode: Maybe[Literal["rapid-pvst", "mst"]] = None
    """Protocol (device: rapid-pvst)."""
    priority: Maybe[Priorities] = None
    """VLANs and their bridge priority, `1-3967: 4096`."""
    mst_priority: Maybe[Annotated[dict[InstanceKey, BridgePriority], named_once(_instance_key)]] = None
    """MST instances and their bridge priority, `0-2: 4096`."""
    disabled_vlans: Maybe[VlanList] = None
    """VLANs without spanning tree."""
    port_type: Maybe[Literal["normal", "edge", "network"]] = None
    """Port type of every port."""
    bpduguard: Maybe[bool] = None
    """BPDU guard on every edge port."""
    bpdufilter: Maybe[bool] = None
    """BPDU filter on every edge port."""
    loopguard: Maybe[bool] = None
    """Loop guard on every port."""
    bridge_assurance: Maybe[bool] = None
    """Bridge assurance on network ports (device: on)."""
    simulate_pvst: Maybe[bool] = None
    """MST talks to PVST neighbours (device: on)."""
    pathcost_method: Maybe[Literal["short", "long"]] = None
    """Width of path costs (device: short)."""
    mst: Maybe[Rare[Mst]] = None
    """The MST region."""
    pseudo_information: Maybe[Rare[PseudoInformation]] = None
    """Hybrid peer-switch priorities."""
