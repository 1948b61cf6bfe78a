"""Spanning tree: what must be equal on both switches."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.rules.differences import side_by_side
from mlagkit.rules.rule import Hit, pair_rule
from mlagkit.switch import Mst, Switch
from mlagkit.topology.carried import carried_by, common_legs, existing
from mlagkit.topology.channels import simulates_pvst
from mlagkit.values import VlanSet


@pair_rule("ST01", Severity.ERROR)
def stp_mode_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two switches run different protocols of spanning tree.

    Why: It is a type 1 parameter of the whole domain: the secondary suspends all its vPCs.

    Bad:
        spanning_tree: {mode: {sw-a: rapid-pvst, sw-b: mst}}

    Good:
        spanning_tree: {mode: rapid-pvst}

    Fix: Run one protocol on both switches. A change of it makes spanning tree start anew everywhere.

    Source: OUT1 [certain]
    """
    own, other = switch.spanning_tree.mode, peer.spanning_tree.mode
    if own != other:
        message = f"the protocol is not the same: {side_by_side(switch, own, peer, other)}"
        yield Hit(switch.spanning_tree, "mode", message)


@pair_rule("ST02", Severity.ERROR)
def mst_region_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two switches are in different MST regions: name, revision or the VLANs of instances differ.

    Why: Each of the three is a type 1 parameter of the whole domain, also while the switches run rapid-pvst: the
        secondary suspends all its vPCs.

    Bad:
        spanning_tree: {mst: {name: {sw-a: dc1, sw-b: dc2}}}

    Good:
        spanning_tree: {mst: {name: dc1}}

    Fix: Give both switches the same name, revision and instances.

    Source: OUT1, DG15 p.51, corpus show-vpc-consistency-parameters-global/nickelface-07-nx5 [certain]
    """
    mst, other = switch.spanning_tree.mst, peer.spanning_tree.mst
    if mst.name != other.name:
        told = side_by_side(switch, repr(mst.name), peer, repr(other.name))
        yield Hit(mst, "name", f"the MST region has two names: {told}")
    if mst.revision != other.revision:
        told = side_by_side(switch, mst.revision, peer, other.revision)
        yield Hit(mst, "revision", f"the MST region has two revisions: {told}")
    if moved := _in_other_instances(mst, other):
        yield Hit(mst, "instances", f"VLANs {moved} are not in the same MST instance on both switches")


def _in_other_instances(mst: Mst, other: Mst) -> VlanSet:
    """The VLANs that the two regions have in different instances; what is in none is in instance 0."""
    own, theirs = (
        {vlan: number for number, vlans in each.instances.items() if number for vlan in vlans} for each in (mst, other)
    )
    return VlanSet(vlan for vlan in own.keys() | theirs.keys() if own.get(vlan, 0) != theirs.get(vlan, 0))


@pair_rule("ST03", Severity.ERROR)
def stp_edge_defaults_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The default port type, or BPDU guard or BPDU filter of edge ports, is set on one switch only.

    Why: The three are one type 1 parameter of the whole domain: the secondary suspends all its vPCs.

    Bad:
        spanning_tree: {bpdufilter: {sw-a: true, sw-b: false}}

    Good:
        spanning_tree: {bpdufilter: false}

    Fix: Give both switches the same defaults.

    Source: OUT1 [certain]
    """
    yield from _differing(switch, peer, {"port_type": "port type", "bpduguard": "BPDU guard", "bpdufilter": "filter"})


def _differing(switch: Switch, peer: Switch, fields: dict[str, str]) -> Iterator[Hit]:
    """A hit for each of those settings of spanning tree that is not equal on both switches."""
    for field, words in fields.items():
        own, other = getattr(switch.spanning_tree, field), getattr(peer.spanning_tree, field)
        if own != other:
            told = side_by_side(switch, _word(own), peer, _word(other))
            yield Hit(switch.spanning_tree, field, f"the default of {words} is not the same: {told}")


def _word(value: object) -> object:
    return ("on" if value else "off") if isinstance(value, bool) else value


@pair_rule("ST04", Severity.ERROR)
def stp_loopguard_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Loop guard is the default on one switch only.

    Why: It is a type 1 parameter of the whole domain: the secondary suspends all its vPCs.

    Bad:
        spanning_tree: {loopguard: {sw-a: true, sw-b: false}}

    Good:
        spanning_tree: {loopguard: true}

    Fix: Give both switches the same default.

    Source: OUT1 [certain]
    """
    yield from _differing(switch, peer, {"loopguard": "loop guard"})


@pair_rule("ST05", Severity.ERROR)
def stp_ba_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Bridge assurance is off on one switch, or (a warning) on both.

    Why: It is a type 1 parameter of the whole domain: where it differs the secondary suspends all its vPCs. Without
        it a peer-link that carries frames one way only is not noticed.

    Bad:
        spanning_tree: {bridge_assurance: {sw-a: true, sw-b: false}}

    Good:
        spanning_tree: {bridge_assurance: true}

    Fix: Leave it on, on both switches.

    Source: OUT1, G106 [certain]
    """
    own, other = switch.spanning_tree.bridge_assurance, peer.spanning_tree.bridge_assurance
    if own != other:
        told = side_by_side(switch, _word(own), peer, _word(other))
        yield Hit(switch.spanning_tree, "bridge_assurance", f"bridge assurance is not the same: {told}", fix="true")
    elif not own:
        message = "bridge assurance is off on both switches"
        yield Hit(switch.spanning_tree, "bridge_assurance", message, fix="true", severity=Severity.WARNING)


@pair_rule("ST06", Severity.ERROR)
def stp_disabled_vlan_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Spanning tree is off for a VLAN on one switch only.

    Why: The list is a type 1 parameter of the whole domain: the secondary suspends all its vPCs. VLANs that neither
        switch has make a warning, since nobody has shown that they count.

    Bad:
        spanning_tree: {disabled_vlans: {sw-a: 20}}

    Good:
        spanning_tree: {disabled_vlans: 20}

    Fix: Run it for the VLAN on both switches.

    Source: OUT1 [certain]
    """
    off = VlanSet(switch.spanning_tree.disabled_vlans - peer.spanning_tree.disabled_vlans)
    if off:
        message = f"spanning tree is off for VLANs {off} on {switch.name}, but not on {peer.name}"
        severity = None if existing(switch, off) or existing(peer, off) else Severity.WARNING
        fix = str(VlanSet(switch.spanning_tree.disabled_vlans - off))
        yield Hit(switch.spanning_tree, "disabled_vlans", message, fix=fix, severity=severity)


@pair_rule("ST07", Severity.ERROR)
def stp_pvst_sim_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """MST talks to PVST neighbours on one switch only, everywhere or on a vPC.

    Why: It is a type 1 parameter, of the whole domain and of each vPC: the secondary suspends all its vPCs, or that
        one.

    Bad:
        vpcs:
          11: {mst_simulate_pvst: {sw-a: true, sw-b: false}}

    Good:
        vpcs:
          11: {mst_simulate_pvst: false}

    Fix: Give both switches the same.

    Source: OUT1 [certain]
    """
    yield from _differing(switch, peer, {"simulate_pvst": "PVST simulation"})
    for number, leg in common_legs(switch, peer).items():
        beside = peer.vpcs[number]
        own, other = simulates_pvst(switch, leg), simulates_pvst(peer, beside)
        if leg.mst_simulate_pvst != beside.mst_simulate_pvst and own != other:
            told = side_by_side(switch, _word(own), peer, _word(other))
            yield Hit(leg, "mst_simulate_pvst", f"PVST simulation of vPC {number} is not the same: {told}")


@pair_rule("ST13", Severity.WARNING)
def pathcost_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two switches count path costs in different widths.

    Why: A bridge behind both compares costs of two scales, and chooses paths that nobody meant.

    Bad:
        spanning_tree: {pathcost_method: {sw-a: long, sw-b: short}}

    Good:
        spanning_tree: {pathcost_method: long}

    Fix: Use one method on both switches, and on the bridges around.

    Source: K [likely]
    """
    own, other = switch.spanning_tree.pathcost_method, peer.spanning_tree.pathcost_method
    if own != other:
        message = f"path costs are not counted the same way: {side_by_side(switch, own, peer, other)}"
        yield Hit(switch.spanning_tree, "pathcost_method", message)


@pair_rule("ST14", Severity.INFO)
def mst_vlan_unmapped(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """With MST every VLAN that carries data is in instance 0.

    Why: Instance 0 reaches beyond the region: trouble of a neighbour touches all VLANs. VLAN 1 does not count.

    Bad:
        spanning_tree: {mode: mst, priority: , mst_priority: {0: 4096}}

    Good:
        spanning_tree: {mode: mst, priority: , mst_priority: {0-1: 4096}, mst: {name: dc1, instances: {1: 2-3967}}}

    Fix: Map all VLANs to instances once, before they are used; a later change of the map disturbs the pair.

    Source: K [likely]
    """
    tree = switch.spanning_tree
    if {tree.mode, peer.spanning_tree.mode} != {"mst"}:
        return
    data = carried_by(common_legs(switch, peer).values()) & switch.vlans.keys() - {1}
    mapped = frozenset().union(*(vlans for number, vlans in tree.mst.instances.items() if number))
    if data and not data & mapped:
        yield Hit(tree.mst, "instances", f"all VLANs with data ({VlanSet(data)}) are in MST instance 0")
