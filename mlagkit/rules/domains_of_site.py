"""The vPC domains of a site: which pairs are close enough to be taken for one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product

from mlagkit.finding import Severity
from mlagkit.nxos.system_mac import system_mac
from mlagkit.record import record
from mlagkit.rules.rule import Peers, SiteHit, Spot, site_rule, spot
from mlagkit.switch import Switch
from mlagkit.topology.addresses import addresses

_NAMED = 5  # pairs that a message names; more would hide the rest of it


@record
class Identity:
    """What the domain of a switch makes it known by; ``system_mac`` is that of its configuration, ``speaks_as`` any."""

    id: int
    system_mac: str | None
    speaks_as: str
    at_id: Spot
    at_system_mac: Spot


@record
class Bridge:
    """A switch in the Layer 2 network around it, with the devices that its Layer 2 ports lead to."""

    name: str
    identity: Identity | None
    neighbours: tuple[str, ...]


@record
class Bridges:
    """A pair in the Layer 2 network around it; ``svis`` are VLAN, subnet and address of those that are bridged."""

    pair: str
    both: tuple[Bridge, ...]
    svis: tuple[tuple[int, str, str], ...]


def bridges(peers: Peers) -> Bridges:
    """The pair as others see it, who may take it for themselves."""
    both = [
        Bridge(name=each.name, identity=_identity(each), neighbours=tuple(dict.fromkeys(_neighbours(each))))
        for each in peers
    ]
    return Bridges(pair=peers[0].pair, both=tuple(both), svis=tuple(sorted(_on_svis(peers))))


def _identity(switch: Switch) -> Identity | None:
    domain = switch.domain
    if domain is None:
        return None
    return Identity(
        id=domain.id,
        system_mac=domain.system_mac,
        speaks_as=system_mac(domain),
        at_id=spot(switch, domain, "id"),
        at_system_mac=spot(switch, domain, "system_mac"),
    )


@site_rule("DO04", Severity.ERROR, facts=bridges)
def domain_id_duplicate_adjacent(pairs: Sequence[Bridges]) -> Iterator[SiteHit]:
    """Two pairs that are cabled to each other have the same domain number.

    Why: They derive the same address from it: both ends of a port-channel between them have one LACP system id, so it
        does not bundle, and spanning tree takes one for the other.

    Bad:
        pair: base
        vpcs: {11: {host: , port_type: normal}}
        cabling: {sw-a: {Ethernet1/1: sw-c Ethernet1/1}}
        ---
        pair: other
        switches:
          sw-c: {management: 192.0.2.13/24}
          sw-d: {management: 192.0.2.14/24}
        svis:

    Good:
        pair: base
        vpcs: {11: {host: , port_type: normal}}
        cabling: {sw-a: {Ethernet1/1: sw-c Ethernet1/1}}
        ---
        pair: other
        switches:
          sw-c: {management: 192.0.2.13/24}
          sw-d: {management: 192.0.2.14/24}
        domain: {id: 11}
        svis:

    Fix: Give every pair a number of its own. Only `cabling` tells who is connected; routed ports do not count.

    Source: G106, DG10 p.11, Dell N1500 guide p.655 [certain]
    """
    edges = _edges(pairs)
    keys = [{(known, edge) for known in _derived(pair) for edge in edges[at]} for at, pair in enumerate(pairs)]
    yield from _said(pairs, _together(pairs, keys), _of_id, lambda known: f"has domain {known.id} and is cabled to")


@site_rule("DO05", Severity.WARNING, facts=bridges)
def domain_id_duplicate_l2(pairs: Sequence[Bridges]) -> Iterator[SiteHit]:
    """Two pairs in one Layer 2 network have the same domain number.

    Why: With peer-switch both speak with one bridge address, and the day they are cabled to each other nothing bundles.

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

    Fix: Give every pair a number of its own. Two pairs count as being in one Layer 2 network if `cabling` leads from
        one to the other over devices that are no hosts, or if both have an SVI of one VLAN in one subnet with
        different addresses and the VLAN is no VXLAN segment.

    Source: G106 [certain]
    """
    far = _in_one_network(pairs)
    yield from _said(pairs, far, _of_id, lambda known: f"has domain {known.id} and shares Layer 2 with")


def _in_one_network(pairs: Sequence[Bridges]) -> Mapping[int, set[int]]:
    """By the number of each pair those of its number that share Layer 2 with it without being cabled to it."""
    edges, segment = _edges(pairs), _segments(pairs)
    used = [{address for _, _, address in pair.svis} for pair in pairs]
    by_cable = _together(pairs, [{(known, segment(pair.both[0].name)) for known in _derived(pair)} for pair in pairs])
    by_subnet = _together(
        pairs, [product(_derived(pair), {(vlan, subnet) for vlan, subnet, _ in pair.svis}) for pair in pairs]
    )
    found: dict[int, set[int]] = {}
    for at in range(len(pairs)):
        near = by_cable[at] | {other for other in by_subnet[at] if used[at].isdisjoint(used[other])}
        found[at] = {other for other in near if (min(at, other), max(at, other)) not in edges[at]}
    return found


@site_rule("DO08", Severity.ERROR, facts=bridges)
def system_mac_duplicate(pairs: Sequence[Bridges]) -> Iterator[SiteHit]:
    """Two pairs have the same system address, which at least one of them has from its configuration.

    Why: Both ends of a port-channel between them have one LACP system id, and spanning tree takes one for the other.

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

    Fix: Take the line away where it is not needed, or give every pair an address of its own.

    Source: G106 [certain]
    """
    configured = {known.system_mac for pair in pairs for known in _identities(pair)}
    keys = [{known.speaks_as for known in _identities(pair) if known.speaks_as in configured} for pair in pairs]
    told = "has system address {}, which is also that of".format
    yield from _said(
        pairs, _together(pairs, keys), lambda known: known.at_system_mac, lambda known: told(known.speaks_as)
    )


def _identities(pair: Bridges) -> Iterator[Identity]:
    return (switch.identity for switch in pair.both if switch.identity)


def _of_id(known: Identity) -> Spot:
    return known.at_id


def _derived(pair: Bridges) -> set[int]:
    """The numbers that the pair's own addresses come from; none where one is configured."""
    return {known.id for known in _identities(pair) if not known.system_mac}


def _together(pairs: Sequence[Bridges], keys: Sequence[Iterable[object]]) -> dict[int, set[int]]:
    """By the number of each pair the others that have one of its keys; not those that describe a switch of it again."""
    groups: dict[object, set[int]] = defaultdict(set)
    for number, own in enumerate(keys):
        for key in own:
            groups[key].add(number)
    names = [{switch.name for switch in pair.both} for pair in pairs]
    found: dict[int, set[int]] = defaultdict(set)
    for group in groups.values():
        for number in group:
            found[number] |= {other for other in group if names[other].isdisjoint(names[number])}
    return found


def _said(
    pairs: Sequence[Bridges],
    others: Mapping[int, set[int]],
    place: Callable[[Identity], Spot],
    told: Callable[[Identity], str],
) -> Iterator[SiteHit]:
    """One finding for each pair that has others, in the same words for both of its switches."""
    for number, far in sorted(others.items()):
        names = sorted(pairs[other].pair for other in far)
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        for known in _identities(pairs[number]):
            if names:
                message = f"pair {pairs[number].pair} {told(known)} {', '.join(names[:_NAMED])}{more}"
                yield SiteHit(place(known), message)


Edge = tuple[int, int]


def _edges(pairs: Sequence[Bridges]) -> Mapping[int, set[Edge]]:
    """By the number of each pair the cables between its Layer 2 ports and other pairs, as the two numbers."""
    number_of = {switch.name: number for number, pair in enumerate(pairs) for switch in pair.both}
    found: dict[int, set[Edge]] = defaultdict(set)
    for number, pair in enumerate(pairs):
        for device in (device for switch in pair.both for device in switch.neighbours):
            other = number_of.get(device, number)
            if other != number:
                edge = (min(number, other), max(number, other))
                found[number].add(edge)
                found[other].add(edge)
    return found


def _neighbours(switch: Switch) -> Iterator[str]:
    """What the cabling says that Layer 2 ports lead to; hosts forward nothing."""
    for name, far in switch.cabling.items():
        device = far.partition(" ")[0]
        port = switch.ports.get(name)
        if port and port.mode != "routed" and device not in switch.hosts:
            yield device


def _segments(pairs: Sequence[Bridges]) -> Callable[[str], str]:
    """A function from a device to the one that stands for all that are connected to it at Layer 2."""
    standing: dict[str, str] = {}

    def stands_for(device: str) -> str:
        while (above := standing.get(device, device)) != device:
            device = above
        return device

    for pair in pairs:
        one, other = pair.both
        standing[stands_for(other.name)] = stands_for(one.name)
        for switch in pair.both:
            for device in switch.neighbours:
                standing[stands_for(device)] = stands_for(switch.name)
    return stands_for


def _on_svis(pair: Peers) -> set[tuple[int, str, str]]:
    """VLAN, subnet and address of each SVI that is up and bridged by this network alone."""
    return {
        (svi.vlan, str(address.network), str(address.ip))
        for switch in pair
        for svi in switch.svis.values()
        if not svi.shutdown and not svi.anycast_gateway and svi.vlan in switch.vlans
        if switch.vlans[svi.vlan].vni is None
        for address in addresses(svi)
    }
