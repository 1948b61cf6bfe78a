"""The vPC domains of a site: which pairs are close enough to be taken for one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from mlagkit.finding import Severity
from mlagkit.rules.addressing import addresses
from mlagkit.rules.rule import Hit, Peers, SiteHit, site_rule
from mlagkit.rules.system_mac import system_mac
from mlagkit.switch import Domain, Switch


@site_rule("DO04", Severity.ERROR)
def domain_id_duplicate_adjacent(pairs: Sequence[Peers]) -> Iterator[SiteHit]:
    """Two pairs that are cabled to each other have the same domain number.

    Why:
        They derive the same address from it: both ends of a port-channel between them have one LACP system id, so it
        does not bundle, and spanning tree takes one for the other.

    Bad:
        pair: base
        cabling: {sw-a: {Ethernet1/1: sw-c Ethernet1/1}}
        ---
        pair: other
        switches:
          sw-c: {management: 192.0.2.13/24}
          sw-d: {management: 192.0.2.14/24}
        svis:

    Good:
        pair: base
        cabling: {sw-a: {Ethernet1/1: sw-c Ethernet1/1}}
        ---
        pair: other
        switches:
          sw-c: {management: 192.0.2.13/24}
          sw-d: {management: 192.0.2.14/24}
        domain: {id: 11}
        svis:

    Fix:
        Give every pair a number of its own. Only `cabling` tells who is connected; routed ports do not count.

    Source:
        G106, DG10 p.11, Dell N1500 guide p.655 [certain]
    """
    for one, other in _alike(pairs, _derived):
        if _is_adjacent(one, other):
            yield from _both_say(one, other, "id", lambda domain: f"has domain {domain.id} and is cabled to")


@site_rule("DO05", Severity.WARNING)
def domain_id_duplicate_l2(pairs: Sequence[Peers]) -> Iterator[SiteHit]:
    """Two pairs in one Layer 2 network have the same domain number.

    Why:
        With peer-switch both speak with one bridge address, and the day they are cabled to each other nothing bundles.

    Bad:
        pair: base
        ---
        pair: other
        switches:
          sw-c: {management: 192.0.2.13/24}
          sw-d: {management: 192.0.2.14/24}
        svis:
          10:
            address: {sw-c: 10.0.10.4/24, sw-d: 10.0.10.5/24}
            hsrp: {group: 11, address: 10.0.10.9}

    Good:
        pair: base
        ---
        pair: other
        switches:
          sw-c: {management: 192.0.2.13/24}
          sw-d: {management: 192.0.2.14/24}
        svis:

    Fix:
        Give every pair a number of its own. Two pairs count as being in one Layer 2 network if `cabling` leads from
        one to the other over devices that are no hosts, or if both have an SVI of one VLAN in one subnet with
        different addresses and the VLAN is no VXLAN segment.

    Source:
        G106 [certain]
    """
    devices = _segments(pairs)
    for one, other in _alike(pairs, _derived):
        joined = devices(one[0].name) == devices(other[0].name) or _shares_subnet(one, other)
        if joined and not _is_adjacent(one, other):
            yield from _both_say(one, other, "id", lambda domain: f"has domain {domain.id} and shares Layer 2 with")


@site_rule("DO08", Severity.ERROR)
def system_mac_duplicate(pairs: Sequence[Peers]) -> Iterator[SiteHit]:
    """Two pairs have the same system address, which at least one of them has from its configuration.

    Why:
        Both ends of a port-channel between them have one LACP system id, and spanning tree takes one for the other.

    Bad:
        pair: base
        domain: {system_mac: 0200.0000.0101}
        ---
        pair: other
        switches:
          sw-c: {management: 192.0.2.13/24}
          sw-d: {management: 192.0.2.14/24}
        domain: {id: 11, system_mac: 0200.0000.0101}
        svis:

    Good:
        pair: base
        domain: {system_mac: 0200.0000.0101}
        ---
        pair: other
        switches:
          sw-c: {management: 192.0.2.13/24}
          sw-d: {management: 192.0.2.14/24}
        domain: {id: 11, system_mac: 0200.0000.0102}
        svis:

    Fix:
        Take the line away where it is not needed, or give every pair an address of its own.

    Source:
        G106 [certain]
    """
    for one, other in _alike(pairs, system_mac):
        if any(switch.domain and switch.domain.system_mac for switch in (*one, *other)):
            yield from _both_say(
                one, other, "system_mac", lambda domain: f"has system address {system_mac(domain)}, as"
            )


def _derived(domain: Domain) -> object:
    """The number that stands for the pair; None where an address of its own does."""
    return None if domain.system_mac else domain.id


def _alike(pairs: Sequence[Peers], ask: Callable[[Domain], object]) -> Iterator[tuple[Peers, Peers]]:
    """Every two pairs of which a switch answers alike; not two descriptions of one switch."""
    found: dict[object, dict[int, Peers]] = defaultdict(dict)
    for number, pair in enumerate(pairs):
        for switch in pair:
            if switch.domain and ask(switch.domain) is not None:
                found[ask(switch.domain)][number] = pair
    for group in found.values():
        yield from (two for two in combinations(group.values(), 2) if _names(two[0]).isdisjoint(_names(two[1])))


def _names(pair: Peers) -> set[str]:
    return {switch.name for switch in pair}


def _both_say(one: Peers, other: Peers, field: str, told: Callable[[Domain], str]) -> Iterator[SiteHit]:
    """The finding on every switch of both pairs, in the same words for the two of a pair."""
    for pair, far in ((one, other), (other, one)):
        for switch in pair:
            if switch.domain:
                message = f"pair {pair[0].pair} {told(switch.domain)} pair {far[0].pair}"
                yield SiteHit(switch, Hit(switch.domain, field, message))


def _is_adjacent(one: Peers, other: Peers) -> bool:
    """Whether a Layer 2 port of one of the pairs leads to a switch of the other."""
    return any(
        device in {switch.name for switch in far}
        for pair, far in ((one, other), (other, one))
        for switch in pair
        for device in _neighbours(switch)
    )


def _neighbours(switch: Switch) -> Iterator[str]:
    """What the cabling says that Layer 2 ports lead to; hosts forward nothing."""
    for name, far in switch.cabling.items():
        device = far.partition(" ")[0]
        port = switch.ports.get(name)
        if port and port.mode != "routed" and device not in switch.hosts:
            yield device


def _segments(pairs: Sequence[Peers]) -> Callable[[str], str]:
    """A function from a device to the one that stands for all that are connected to it at Layer 2."""
    standing: dict[str, str] = {}

    def stands_for(device: str) -> str:
        while (above := standing.get(device, device)) != device:
            device = above
        return device

    for one, other in pairs:
        standing[stands_for(other.name)] = stands_for(one.name)
        for switch in (one, other):
            for device in _neighbours(switch):
                standing[stands_for(device)] = stands_for(switch.name)
    return stands_for


def _shares_subnet(one: Peers, other: Peers) -> bool:
    """Whether both pairs have an SVI of one VLAN in one subnet, each with addresses of its own."""
    here, there = _subnets(one), _subnets(other)
    return any(here[key].isdisjoint(there[key]) for key in here.keys() & there.keys())


def _subnets(pair: Peers) -> Mapping[tuple[int, object], set[object]]:
    """The addresses by VLAN and subnet, of SVIs that are up and bridged by this network alone."""
    found: dict[tuple[int, object], set[object]] = defaultdict(set)
    for switch in pair:
        for svi in switch.svis.values():
            vlan = switch.vlans.get(svi.vlan)
            if vlan and vlan.vni is None and not svi.shutdown and not svi.anycast_gateway:
                for address in addresses(svi):
                    found[svi.vlan, address.network].add(address.ip)
    return found
