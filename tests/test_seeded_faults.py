"""Faults put into one switch of pairs that are right in that point: each is found, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from mlagkit.expand import expand
from mlagkit.finding import Severity
from mlagkit.intent import pair_of
from mlagkit.rules import judge
from mlagkit.rules.rule import Peers
from mlagkit.switch import Loopback, Nve, Switch
from mlagkit.values import VlanSet
from tests.conftest import ROOT
from tests.pair_files import PAIRS

_APART = frozenset({"per-switch", "site"})
"""One whose switches differ in everything on purpose, and one that is half of its pair without its site."""

FILES = [ROOT / "tests" / "fixtures" / "base.yaml", *(path for path in PAIRS if path.parent.name not in _APART)]

Fault = Callable[[Switch], Switch | None]
"""What makes a switch wrong; None where the switch has nothing that it could make so."""


def _vlan(switch: Switch) -> int | None:
    """A VLAN that a vPC carries and the switch has."""
    carried = (port.vlans if port.mode == "trunk" else {port.vlan} for port in switch.vpcs.values())
    return max((vlan for vlans in carried for vlan in vlans & switch.vlans.keys() if vlan > 1), default=None)


def _without_vlan(switch: Switch) -> Switch | None:
    gone = _vlan(switch)
    return replace(switch, vlans={key: vlan for key, vlan in switch.vlans.items() if key != gone}) if gone else None


def _with_vlan(**fields: object) -> Fault:
    def fault(switch: Switch) -> Switch | None:
        number = _vlan(switch)
        if number is None:
            return None
        changed = replace(switch.vlans[number], **fields)  # type: ignore[arg-type]  # fields of a VLAN by name
        return replace(switch, vlans={**switch.vlans, number: changed})

    return fault


def _toggled(field: str) -> Fault:
    def fault(switch: Switch) -> Switch:
        tree = switch.spanning_tree
        changed = replace(tree, **{field: not getattr(tree, field)})  # type: ignore[arg-type]  # a field by its name
        return replace(switch, spanning_tree=changed)

    return fault


def _with_tree(**fields: object) -> Fault:
    return lambda switch: replace(switch, spanning_tree=replace(switch.spanning_tree, **fields))  # type: ignore[arg-type]


def _other_mode(switch: Switch) -> Switch:
    mode = "mst" if switch.spanning_tree.mode == "rapid-pvst" else "rapid-pvst"
    return replace(switch, spanning_tree=replace(switch.spanning_tree, mode=mode))


def _with_region(**fields: object) -> Fault:
    def fault(switch: Switch) -> Switch:
        mst = replace(switch.spanning_tree.mst, **fields)  # type: ignore[arg-type]  # fields of a region by name
        return replace(switch, spanning_tree=replace(switch.spanning_tree, mst=mst))

    return fault


def _other_leg(switch: Switch) -> Switch | None:
    leg = next((leg for leg in switch.vpcs.values() if not leg.shutdown), None)
    if leg is None:
        return None
    return replace(switch, ports={**switch.ports, leg.name: replace(leg, mst_simulate_pvst=not leg.mst_simulate_pvst)})


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


def _with_nve(change: Callable[[Nve], Nve]) -> Fault:
    return lambda switch: replace(switch, nve=change(switch.nve)) if switch.nve else None


def _without_a_vni(nve: Nve) -> Nve:
    return replace(nve, vnis=nve.vnis[1:])


def _other_arp(nve: Nve) -> Nve:
    first, *others = nve.vnis
    return replace(nve, vnis=(replace(first, suppress_arp=not first.suppress_arp), *others))


def _with_source(change: Callable[[Loopback], Loopback]) -> Fault:
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


FAULTS: Mapping[str, tuple[str, Fault, frozenset[str]]] = {
    "a VLAN is missing": ("VL01", _without_vlan, frozenset({"L303", "MB10", "PL11", "PL12", "VX05"})),
    "a VLAN is suspended": ("VL04", _with_vlan(state="suspend"), frozenset()),
    "a VLAN is shut": ("VL04", _with_vlan(shutdown=True), frozenset()),
    "a VLAN has another VNI": ("VL05", _with_vlan(vni=16000000), frozenset()),
    "another protocol": ("ST01", _other_mode, frozenset()),
    "another region": ("ST02", _with_region(name="seeded"), frozenset()),
    "another revision": ("ST02", _with_region(revision=999), frozenset()),
    "other instances": ("ST02", _with_region(instances={7: VlanSet({7})}), frozenset()),
    "another port type": ("ST03", _with_tree(port_type="edge"), frozenset()),
    "other BPDU guard": ("ST03", _toggled("bpduguard"), frozenset()),
    "other BPDU filter": ("ST03", _toggled("bpdufilter"), frozenset()),
    "other loop guard": ("ST04", _toggled("loopguard"), frozenset()),
    "other bridge assurance": ("ST05", _toggled("bridge_assurance"), frozenset()),
    "a VLAN without a tree": ("ST06", _with_tree(disabled_vlans=VlanSet({1, 7})), frozenset()),
    "other PVST simulation": ("ST07", _toggled("simulate_pvst"), frozenset()),
    "other PVST simulation of a vPC": ("ST07", _other_leg, frozenset()),
    "other peer-switch": ("ST08", _other_peer_switch, frozenset()),
    "another bridge priority": ("ST09", _other_priority, frozenset()),
    "no shared address": ("VX01", _with_source(lambda each: replace(each, secondary_addresses=())), frozenset()),
    "another shared address": (
        "VX02",
        _with_source(lambda each: replace(each, secondary_addresses=("192.0.2.250/32",))),
        frozenset(),
    ),
    "NVE is shut": ("VX05", _with_nve(lambda nve: replace(nve, shutdown=True)), frozenset()),
    "nobody learns hosts": ("VX05", _with_nve(lambda nve: replace(nve, host_reachability=None)), frozenset()),
    "a VNI is missing": ("VX05", _with_nve(_without_a_vni), frozenset()),
    "a VNI answers ARP otherwise": ("VX05", _with_nve(_other_arp), frozenset()),
    "another gateway MAC address": ("VX09", _other_mac, frozenset()),
    "the peer-link leads elsewhere": ("VX10", _other_destination, frozenset()),
}
"""Rule, fault, and the rules of other topics that may well speak of it besides."""


def peers_of(path: Path) -> Peers:
    """The two switches of a pair file."""
    one, other = expand(pair_of(path.read_text("utf-8"), str(path))).values()
    return one, other


def _errors(peers: Peers) -> set[tuple[str, str, str]]:
    """What is found at error level; whether of one switch or of both does not count, since one is changed."""
    return {
        (finding.rule, finding.object, finding.message)
        for finding in judge([peers])
        if finding.severity is Severity.ERROR
    }


@pytest.mark.parametrize("fault", FAULTS)
def test_fault(fault: str) -> None:
    """The fault, in either switch of every pair that can have it, makes errors of its rule and of no other."""
    rule, seed, consequences = FAULTS[fault]
    seen = 0
    for path in FILES:
        one, other = peers_of(path)
        before = _errors((one, other))
        for wrong in ((seed(one), other), (one, seed(other))):
            if wrong[0] is None or wrong[1] is None:
                continue
            new = {error[0] for error in _errors((wrong[0], wrong[1])) - before}
            assert rule in new, (path, fault)
            assert new <= {rule} | consequences, (path, fault)
            seen += 1
    assert seen
