"""Faults put into one switch, or into the cables to it, where the rules look at hosts and at what leads to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import pytest

from mlagkit.host import Timers
from mlagkit.switch import Port, Switch
from mlagkit.topology.carried import orphans
from mlagkit.topology.channels import speaks_lacp
from mlagkit.values import InterfaceName, VlanSet
from tests.seeded import Fault, Seed, check


def _orphan(switch: Switch, peer: Switch) -> Port | None:
    """An orphan port of a host that has one on the peer, too."""
    names = {port.host for port in orphans(peer) if port.host}
    return next((port for port in orphans(switch) if port.host in names), None)


def _gone(switch: Switch, peer: Switch) -> Switch | None:
    port = _orphan(switch, peer)
    left = {name: each for name, each in switch.ports.items() if not port or name != port.name}
    return replace(switch, ports=left) if port else None


def _staying(switch: Switch, peer: Switch) -> Switch | None:
    port = _orphan(switch, peer)
    return replace(switch, ports={**switch.ports, port.name: replace(port, orphan_suspend=False)}) if port else None


def _never_suspended(switch: Switch, peer: Switch) -> Switch:
    return _staying(switch, peer) or switch


def _twice(switch: Switch, peer: Switch) -> Switch:
    """The switch with a second link to such a host."""
    port = _orphan(switch, peer)
    more = InterfaceName("Ethernet1/44")
    return replace(switch, ports={**switch.ports, more: replace(port, name=more)}) if port else switch


def _both_gone(switch: Switch, peer: Switch) -> Switch | None:
    once = _gone(switch, peer)
    return once and _gone(once, peer)


def _cabled(change: Callable[[Switch, Switch], dict[InterfaceName, str] | None]) -> Seed:
    def seed(switch: Switch, peer: Switch) -> Switch | None:
        changed = change(switch, peer)
        return None if changed is None else replace(switch, cabling={**switch.cabling, **changed})

    return seed


def _peer_link_elsewhere(switch: Switch, _: Switch) -> dict[InterfaceName, str] | None:
    is_virtual = switch.domain and switch.domain.virtual_peer_link
    members = switch.peer_link.members if switch.peer_link and not is_virtual else ()
    return {members[-1]: "spine-1 Ethernet1/1"} if members else None


def _through_one(switch: Switch, peer: Switch) -> dict[InterfaceName, str] | None:
    mgmt = InterfaceName("mgmt0")
    if switch.keepalive is None or switch.keepalive.vrf != "management" or mgmt not in peer.cabling:
        return None
    return {mgmt: peer.cabling[mgmt]}


def _through_its_own(switch: Switch, _: Switch) -> Switch:
    return replace(switch, cabling={**switch.cabling, InterfaceName("mgmt0"): f"oob-{switch.name} Ethernet1/1"})


def _uncabled(switch: Switch, peer: Switch) -> Switch | None:
    """The switch without the cables to the first host on a vPC to which both have one; others are left."""
    leg = next((leg for number, leg in switch.vpcs.items() if number in peer.vpcs), None)
    if leg is None or not any(name in peer.cabling for name in leg.members):
        return None
    left = {name: far for name, far in switch.cabling.items() if name not in leg.members}
    return replace(switch, cabling=left) if left else None


def _hosts_on_vpcs(switch: Switch, peer: Switch) -> list[str]:
    here, there = ({leg.host for leg in each.vpcs.values() if leg.host} for each in (switch, peer))
    return sorted(here & there & switch.hosts.keys())


def _wanting_all(switch: Switch, peer: Switch) -> Switch:
    """The switch whose hosts want as many links as each switch has to them."""
    hosts = dict(switch.hosts)
    for name in _hosts_on_vpcs(switch, peer):
        hosts[name] = replace(hosts[name], min_links=2)
    ports = dict(switch.ports)
    for number, leg in enumerate(switch.vpcs.values()):
        more = InterfaceName(f"Ethernet1/{30 + number}")
        if len(leg.members) == 1 and more not in ports:
            ports[more] = replace(ports[leg.members[0]], name=more)
            ports[leg.name] = replace(leg, members=(*leg.members, more))
    return replace(switch, hosts=hosts, ports=ports)


def _narrow(switch: Switch, peer: Switch) -> Switch | None:
    """The switch with one link less to the first of its hosts."""
    names = _hosts_on_vpcs(switch, peer)
    leg = next((leg for leg in switch.vpcs.values() if leg.host in names and len(leg.members) == 2), None)
    if leg is None:
        return None
    ports = {name: port for name, port in switch.ports.items() if name != leg.members[1]}
    return replace(switch, ports={**ports, leg.name: replace(leg, members=leg.members[:1])})


def _leg_to_a_host(switch: Switch, peer: Switch) -> Port | None:
    """The first leg with LACP to a host on a vPC of both."""
    names = _hosts_on_vpcs(switch, peer)
    return next((leg for leg in switch.vpcs.values() if leg.host in names and speaks_lacp(switch, leg)), None)


Facts = Callable[[Port], Mapping[str, object]]
"""What the pair file says of the host behind a leg."""


def _telling(facts: Facts) -> Seed:
    """The switch whose pair file says this of the first of its hosts."""

    def seed(switch: Switch, peer: Switch) -> Switch | None:
        leg = _leg_to_a_host(switch, peer)
        if leg is None or leg.host is None:
            return None
        host = switch.hosts[leg.host]
        told = replace(host, **facts(leg))  # type: ignore[arg-type]  # each fact is one of the host's fields
        return replace(switch, hosts={**switch.hosts, leg.host: told})

    return seed


def _told(facts: Facts) -> Callable[[Switch, Switch], Switch]:
    """The same where nothing is wrong with it."""
    return lambda switch, peer: _telling(facts)(switch, peer) or switch


def _narrow_leg(switch: Switch, peer: Switch) -> Switch | None:
    """The switch whose leg to its first host lets less through than the host sends."""
    leg = _leg_to_a_host(switch, peer)
    if leg is None:
        return None
    names = (leg.name, *leg.members)
    ports = {name: replace(switch.ports[name], mtu=leg.mtu - 1) for name in names if name in switch.ports}
    return replace(switch, ports={**switch.ports, **ports})


def _narrow_gateway(switch: Switch, peer: Switch) -> Switch | None:
    """The switch whose gateway of the host's VLAN lets less through than the host sends."""
    leg = _leg_to_a_host(switch, peer)
    svis = [] if leg is None else [svi for vlan, svi in switch.svis.items() if vlan in leg.allowed and svi.hsrp]
    return replace(switch, svis={**switch.svis, svis[0].vlan: replace(svis[0], mtu=1500)}) if svis else None


def _suspending(switch: Switch, peer: Switch, *, suspends: bool) -> Switch | None:
    leg = _leg_to_a_host(switch, peer)
    if leg is None:
        return None
    return replace(switch, ports={**switch.ports, leg.name: replace(leg, lacp_suspend_individual=suspends)})


def _booting(switch: Switch, peer: Switch) -> Switch:
    """The switch whose first host boots over the network, on a leg that is ready for it."""
    told = _told(lambda _: {"pxe": True})(switch, peer)
    return _suspending(told, peer, suspends=False) or told


def _bearing(seconds: float) -> Timers:
    return Timers(corosync_token=seconds, vrrp_advertisement=None, drbd_ping_timeout=None)


def _bearing_little(switch: Switch, peer: Switch) -> Switch | None:
    """The switch whose first host bears a second; one that must reach others may be cut off for good with them."""
    leg = _leg_to_a_host(switch, peer)
    reaches = leg is not None and leg.host is not None and switch.hosts[leg.host].reaches
    return None if reaches else _telling(lambda _: {"timers": _bearing(1)})(switch, peer)


def _lowest(leg: Port) -> VlanSet:
    return VlanSet((min(leg.allowed),))


FAULTS = (
    Fault("HO02", "both links lead to one switch", _both_gone, right=_twice),
    Fault("OR02", "a host on one switch", _gone, right=_never_suspended),
    Fault("OR03", "a suspended port of a host on one switch", _gone),
    Fault("OR05", "one of two ports stays up", _staying),
    Fault("PL20", "a port of the peer-link leads elsewhere", _cabled(_peer_link_elsewhere)),
    Fault("KA20", "both depend on one switch", _cabled(_through_one), right=_through_its_own),
    Fault("MB29", "no cable to one switch", _uncabled),
    Fault("HO07", "too few links on one switch", _narrow, right=_wanting_all),
    Fault(
        "HO05",
        "one leg lets less through",
        _narrow_leg,
        {"MB12": "the legs of a vPC differ"},
        right=_told(lambda leg: {"mtu": leg.mtu}),
    ),
    Fault("QS02", "one gateway lets less through", _narrow_gateway, right=_told(lambda _: {"mtu": 1501})),
    Fault("HO06", "nobody looks at the links", _telling(lambda _: {"miimon": 0})),
    Fault("HO09", "iSCSI on a vPC", _telling(lambda leg: {"iscsi": _lowest(leg)})),
    Fault(
        "HO10",
        "a standard switch of ESXi on LACP",
        _telling(lambda _: {"system": "esxi-standard"}),
        right=_told(lambda _: {"system": "esxi-distributed"}),
    ),
    Fault("HO11", "Switch Embedded Teaming on LACP", _telling(lambda _: {"system": "hyper-v-set"})),
    Fault(
        "HO12",
        "one VLAN for all rings",
        _telling(lambda leg: {"heartbeats": _lowest(leg)}),
        right=_told(lambda leg: {"heartbeats": VlanSet((*_lowest(leg), 3999))}),
    ),
    Fault(
        "HO13",
        "a cluster that bears a second",
        _bearing_little,
        right=_told(lambda _: {"timers": _bearing(3600)}),
    ),
    Fault(
        "MB31",
        "a leg that waits for the LACP of a host that boots",
        partial(_suspending, suspends=True),
        {"MB16": "the legs of a vPC differ"},
        right=_booting,
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault(fault: Fault) -> None:
    """A fault in what leads to hosts and neighbours is found, in each switch of every pair that can have it."""
    check(fault)
