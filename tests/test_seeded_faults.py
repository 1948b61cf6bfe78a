"""Faults put into one switch of pairs that are right in that point: each is found, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import replace

import pytest

from mlagkit.switch import Loopback, Nve, Port, Switch
from mlagkit.topology.channels import simulates_pvst
from mlagkit.values import InterfaceName, VlanSet
from tests.seeded import Fault, Seed, check

Wrong = Callable[[Switch], Switch | None]
"""What makes a switch wrong, whatever its peer has; None where the switch has nothing that it could make so."""


def _vlan(switch: Switch) -> int | None:
    """A VLAN that a vPC carries and the switch has."""
    carried = (port.vlans if port.mode == "trunk" else {port.vlan} for port in switch.vpcs.values())
    return max((vlan for vlans in carried for vlan in vlans & switch.vlans.keys() if vlan > 1), default=None)


def _without_vlan(switch: Switch) -> Switch | None:
    gone = _vlan(switch)
    return replace(switch, vlans={key: vlan for key, vlan in switch.vlans.items() if key != gone}) if gone else None


def _with_vlan(**fields: object) -> Wrong:
    def fault(switch: Switch) -> Switch | None:
        number = _vlan(switch)
        if number is None:
            return None
        changed = replace(switch.vlans[number], **fields)  # type: ignore[arg-type]  # fields of a VLAN by name
        return replace(switch, vlans={**switch.vlans, number: changed})

    return fault


def _toggled(field: str) -> Wrong:
    def fault(switch: Switch) -> Switch:
        tree = switch.spanning_tree
        changed = replace(tree, **{field: not getattr(tree, field)})  # type: ignore[arg-type]  # a field by its name
        return replace(switch, spanning_tree=changed)

    return fault


def _with_tree(**fields: object) -> Wrong:
    return lambda switch: replace(switch, spanning_tree=replace(switch.spanning_tree, **fields))  # type: ignore[arg-type]


def _other_width(switch: Switch) -> Switch:
    method = "short" if switch.spanning_tree.pathcost_method == "long" else "long"
    return replace(switch, spanning_tree=replace(switch.spanning_tree, pathcost_method=method))


def _other_mode(switch: Switch) -> Switch:
    mode = "mst" if switch.spanning_tree.mode == "rapid-pvst" else "rapid-pvst"
    return replace(switch, spanning_tree=replace(switch.spanning_tree, mode=mode))


def _with_region(**fields: object) -> Wrong:
    def fault(switch: Switch) -> Switch:
        mst = replace(switch.spanning_tree.mst, **fields)  # type: ignore[arg-type]  # fields of a region by name
        return replace(switch, spanning_tree=replace(switch.spanning_tree, mst=mst))

    return fault


def _unmapped(switch: Switch) -> Switch | None:
    tree = switch.spanning_tree
    if tree.mode != "mst" or not tree.mst.instances:
        return None
    return replace(switch, spanning_tree=replace(tree, mst=replace(tree.mst, instances={})))


def _other_leg(switch: Switch) -> Switch | None:
    leg = next((leg for leg in switch.vpcs.values() if not leg.shutdown), None)
    if leg is None:
        return None
    other = "disable" if simulates_pvst(switch, leg) else "enable"
    return replace(switch, ports={**switch.ports, leg.name: replace(leg, mst_simulate_pvst=other)})


def _other_peer_switch(switch: Switch) -> Switch | None:
    domain = switch.domain
    return replace(switch, domain=replace(domain, peer_switch=not domain.peer_switch)) if domain else None


def _other_priority(switch: Switch) -> Switch | None:
    if switch.domain is None or not switch.domain.peer_switch:
        return None
    every = VlanSet(range(1, 3968))
    return replace(
        switch, spanning_tree=replace(switch.spanning_tree, priority={61440: every}, mst_priority={61440: every})
    )


def _with_nve(change: Callable[[Nve], Nve]) -> Wrong:
    return lambda switch: replace(switch, nve=change(switch.nve)) if switch.nve else None


def _without_a_vni(nve: Nve) -> Nve:
    return replace(nve, vnis=nve.vnis[1:])


def _other_arp(nve: Nve) -> Nve:
    first, *others = nve.vnis
    return replace(nve, vnis=(replace(first, suppress_arp=not first.suppress_arp), *others))


def _with_source(change: Callable[[Loopback], Loopback]) -> Wrong:
    def fault(switch: Switch) -> Switch | None:
        name = switch.nve.source_interface if switch.nve else None
        found = {key: loopback for key, loopback in switch.loopbacks.items() if loopback.name == name}
        changed = {key: change(loopback) for key, loopback in found.items()}
        return replace(switch, loopbacks={**switch.loopbacks, **changed}) if changed else None

    return fault


def _other_mac(switch: Switch) -> Switch | None:
    return replace(switch, anycast_gateway_mac="0200.0000.dead") if switch.anycast_gateway_mac else None


def _other_destination(switch: Switch) -> Switch | None:
    if switch.domain is None or switch.domain.virtual_peer_link is None:
        return None
    virtual = replace(switch.domain.virtual_peer_link, destination="192.0.2.250")
    return replace(switch, domain=replace(switch.domain, virtual_peer_link=virtual))


_SWITCHES: tuple[tuple[str, str, Wrong, Mapping[str, str]], ...] = (
    ("VL01", "a VLAN is missing", _without_vlan, {"L303": "the VLAN has a gateway"}),
    ("VL04", "a VLAN is suspended", _with_vlan(state="suspend"), {}),
    ("VL04", "a VLAN is shut", _with_vlan(shutdown=True), {}),
    ("VL05", "a VLAN has another VNI", _with_vlan(vni=16000000), {}),
    ("ST01", "another protocol", _other_mode, {}),
    ("ST02", "another region", _with_region(name="seeded"), {}),
    ("ST02", "another revision", _with_region(revision=999), {}),
    ("ST02", "other instances", _with_region(instances={7: VlanSet({7})}), {}),
    ("ST03", "another port type", _with_tree(port_type="edge"), {}),
    ("ST03", "other BPDU guard", _toggled("bpduguard"), {}),
    ("ST03", "other BPDU filter", _toggled("bpdufilter"), {}),
    ("ST04", "other loop guard", _toggled("loopguard"), {}),
    ("ST05", "other bridge assurance", _toggled("bridge_assurance"), {}),
    ("ST06", "a VLAN without a tree", _with_tree(disabled_vlans=VlanSet({1, 7})), {}),
    ("ST07", "other PVST simulation", _toggled("simulate_pvst"), {}),
    ("ST07", "other PVST simulation of a vPC", _other_leg, {}),
    ("ST08", "other peer-switch", _other_peer_switch, {}),
    ("ST14", "all VLANs in one instance", _unmapped, {"ST02": "the peer has another instance"}),
    ("ST13", "another width of costs", _other_width, {}),
    ("VL08", "a VLAN has another name", _with_vlan(name="seeded"), {}),
    ("ST09", "another bridge priority", _other_priority, {}),
    ("VX01", "no shared address", _with_source(lambda each: replace(each, secondary_addresses=())), {}),
    (
        "VX02",
        "another shared address",
        _with_source(lambda each: replace(each, secondary_addresses=("192.0.2.250/32",))),
        {},
    ),
    ("VX05", "NVE is shut", _with_nve(lambda nve: replace(nve, shutdown=True)), {}),
    ("VX05", "nobody learns hosts", _with_nve(lambda nve: replace(nve, host_reachability=None)), {}),
    ("VX05", "a VNI is missing", _with_nve(_without_a_vni), {}),
    ("VX05", "a VNI answers ARP otherwise", _with_nve(_other_arp), {}),
    ("VX09", "another gateway MAC address", _other_mac, {}),
    ("VX10", "the peer-link leads elsewhere", _other_destination, {}),
)


def _without_peer_switch(switch: Switch, peer: Switch) -> Switch:
    """The switch whose place as root follows from its role."""
    if switch.domain is None or peer.domain is None:
        return switch
    first = switch.domain.role_priority < peer.domain.role_priority
    every = {4096 if first else 8192: VlanSet(range(1, 3968))}
    tree = replace(switch.spanning_tree, priority=every, mst_priority=every)
    return replace(switch, domain=replace(switch.domain, peer_switch=False), spanning_tree=tree)


def _root(switch: Switch, peer: Switch) -> Switch | None:
    if not switch.domain or not peer.domain or switch.domain.role_priority <= peer.domain.role_priority:
        return None
    every = {0: VlanSet(range(1, 3968))}
    return replace(switch, spanning_tree=replace(switch.spanning_tree, priority=every, mst_priority=every))


def _without_backup(switch: Switch, _: Switch) -> Switch | None:
    if switch.nve is None or switch.domain is None or switch.domain.virtual_peer_link or 3600 not in switch.svis:
        return None
    return replace(switch, svis={vlan: svi for vlan, svi in switch.svis.items() if vlan != 3600})


def _leg_with_more(switch: Switch, peer: Switch) -> Switch | None:
    """The switch, one leg of which carries VLANs of both switches that the peer-link does not."""
    leg = next((leg for number, leg in switch.vpcs.items() if number in peer.vpcs and leg.mode == "trunk"), None)
    if leg is None or leg.shutdown or switch.peer_link is None:
        return None
    more = (switch.vlans.keys() & peer.vlans.keys()) - leg.vlans
    return _with_vlans(switch, leg, more) if more - switch.peer_link.vlans else None


def _without_peer_router(switch: Switch, _: Switch) -> Switch | None:
    """The switch that has a neighbour behind a vPC in its lines of BGP."""
    domain = switch.domain
    if domain is None or not domain.layer3_peer_router or 10 not in switch.svis:
        return None
    is_neighbour = any("neighbor 10.0.10.9" in line for line in switch.extra)
    return replace(switch, domain=replace(domain, layer3_peer_router=False)) if is_neighbour else None


def _without_port(name: str) -> Seed:
    def seed(switch: Switch, _: Switch) -> Switch | None:
        port = switch.ports.get(InterfaceName(name))
        if port is None or "router ospf 1" not in switch.extra:
            return None
        return replace(switch, ports={**switch.ports, port.name: replace(port, shutdown=True)})

    return seed


def _backup_on_a_leg(switch: Switch, peer: Switch) -> Switch | None:
    leg = next((leg for number, leg in switch.vpcs.items() if number in peer.vpcs and leg.mode == "trunk"), None)
    return (
        _with_vlans(switch, leg, frozenset({3600})) if leg and 3600 in switch.svis.keys() & peer.svis.keys() else None
    )


def _with_vlans(switch: Switch, leg: Port, more: Set[int]) -> Switch:
    wider = {name: replace(switch.ports[name], vlans=VlanSet(leg.vlans | more)) for name in (leg.name, *leg.members)}
    return replace(switch, ports={**switch.ports, **wider})


def _equal_designated(switch: Switch, peer: Switch) -> Switch | None:
    own, theirs = switch.spanning_tree.pseudo_information, peer.spanning_tree.pseudo_information
    tree = replace(switch.spanning_tree, pseudo_information=theirs)
    return replace(switch, spanning_tree=tree) if own.designated_priority != theirs.designated_priority else None


def _refusing(switch: Switch, peer: Switch) -> Switch | None:
    """The switch whose access list lets the peer's keepalives in no more."""
    extra = tuple(line for line in switch.extra if "eq 3200" not in line)
    is_used = switch.keepalive is not None and switch.keepalive.vrf == "management"
    return replace(switch, extra=extra) if is_used and extra != switch.extra else None


def _alone(wrong: Wrong) -> Seed:
    return lambda switch, _: wrong(switch)


FAULTS = (
    *(Fault(rule, words, _alone(wrong), follows) for rule, words, wrong, follows in _SWITCHES),
    Fault("ST11", "the secondary is root", _root, right=_without_peer_switch),
    Fault("KA17", "an access list refuses keepalives", _refusing),
    Fault("L316", "no peer-router beside a neighbour", _without_peer_router),
    Fault("L320", "the path to the peer is shut", _without_port("Ethernet1/50")),
    Fault("L321", "the backup VLAN on a leg", _backup_on_a_leg, {"PL11": "the peer-link does not carry it"}),
    Fault("ST12", "equal priorities on a second trunk", _equal_designated),
    Fault("VX07", "no backup path", _without_backup),
    Fault("PL11", "a leg carries what the peer-link does not", _leg_with_more),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault(fault: Fault) -> None:
    """A fault in what a switch does as a whole is found, in each switch of every pair that can have it."""
    check(fault)
