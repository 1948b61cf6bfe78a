"""Finding the wiring of a pair in what both switches are told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mlagkit.drill.exits import NOWHERE, Exits, exit_vrf, exits_of
from mlagkit.drill.wiring import BOTH, Attached, Attachment, Bond, Each, Lane, Peers, Segment, Suspends, Wiring
from mlagkit.host import LACP_BOND, STATIC_BONDS, Host
from mlagkit.nxos.chassis import is_on_extender
from mlagkit.nxos.consistency import carried_by_peer_link, carried_on
from mlagkit.nxos.facts_of_domain import domain_facts
from mlagkit.rules.addresses import address_of
from mlagkit.rules.attached import attached, links
from mlagkit.rules.channels import is_static, open_members, speaks_lacp, vpc_legs
from mlagkit.rules.keepalive_path import svi_over_peer_link
from mlagkit.rules.keepalive_source import sender, source_of, strange_source
from mlagkit.rules.routed import is_gateway
from mlagkit.state import Role
from mlagkit.switch import Port, Switch
from mlagkit.values import InterfaceName, VlanSet
from mlagkit.verdict import Action, Roles, Verdict, verdict
from mlagkit.verdict.follow import is_graceful

NO_VLANS = VlanSet()


def wiring_of(peers: Peers) -> Wiring:
    """Everything that a drill needs of a pair."""
    led = (verdict(*peers, _LED_BY[0]), verdict(*peers, _LED_BY[1]))
    judged = led[0]  # which VLANs are suspended depends on no role
    exits = exits_of(*peers)
    links = tuple(switch.peer_link for switch in peers)
    forming = all(links) and all(switch.domain for switch in peers)
    forming = forming and not any(each.action is Action.FORMS_NO_PEER_LINK for each in judged.consequences)
    carried = [carried_on_ports(switch) for switch in peers]
    attachments = _attachments(peers, carried)
    beside = (_beside_legs(peers[0], carried[0]), _beside_legs(peers[1], carried[1]))
    segments = _segments(peers, judged, carried, attachments, exits, beside)
    return Wiring(
        peers=peers,
        members=(_members(peers[0]), _members(peers[1])),
        has_peer_link=forming,
        virtual=any(switch.domain and switch.domain.virtual_peer_link for switch in peers),
        keepalive=all(_is_told(switch, peer) for switch, peer in (peers, peers[::-1])),
        keepalive_over_peer_link=any(svi_over_peer_link(switch, peer) for switch, peer in (peers, peers[::-1])),
        keepalive_over_uplinks=(_over_uplinks(peers[0], exits, 0), _over_uplinks(peers[1], exits, 1)),
        exits=exits,
        legs=(_legs(peers[0]), _legs(peers[1])),
        on_legs=(_on_legs(peers[0], carried[0]), _on_legs(peers[1], carried[1])),
        on_link=(carried_by_peer_link(peers[0]), carried_by_peer_link(peers[1])),
        beside=beside,
        suspends=(_suspends(peers, led[0]), _suspends(peers, led[1])),
        graceful=is_graceful(peers),
        hosts=tuple(_hosts(peers, judged, carried, attachments, segments)),
        segments=segments,
    )


_LED_BY = tuple(
    Roles(of=roles, because="") for roles in ((Role.PRIMARY, Role.SECONDARY), (Role.SECONDARY, Role.PRIMARY))
)


def _legs(switch: Switch) -> Mapping[int, tuple[InterfaceName, ...]]:
    return {vpc: tuple(each.name for each in links(switch, port)) for vpc, port in vpc_legs(switch).items()}


def _on_legs(switch: Switch, carried: Carried) -> Mapping[int, VlanSet]:
    return {vpc: carried.get(port.name, NO_VLANS) for vpc, port in vpc_legs(switch).items()}


def _suspends(peers: Peers, judged: Verdict) -> tuple[Suspends, Suspends]:
    one, other = (
        Suspends(
            any(each.action is Action.SUSPENDS_ALL for each in judged.consequences if each.switch == switch.name),
            frozenset(
                each.vpc
                for each in judged.consequences
                if each.action is Action.SUSPENDS_VPC and each.switch == switch.name and each.vpc is not None
            ),
        )
        for switch in peers
    )
    return one, other


def _members(switch: Switch) -> tuple[InterfaceName, ...]:
    link = switch.peer_link
    return tuple(port.name for port in open_members(switch, link)) if link and not link.shutdown else ()


def _is_told(switch: Switch, peer: Switch) -> bool:
    """Whether a switch sends its keepalives to where its peer is, as far as that can be told."""
    if switch.keepalive is None:
        return bool(switch.domain and domain_facts(switch).unread_keepalive)
    expected = source_of(peer)
    interface = sender(switch)
    if interface is not None and interface.shutdown:
        return False
    known = expected is not None and not strange_source(peer)
    return not known or address_of(switch.keepalive.destination) == expected


def _over_uplinks(switch: Switch, exits: Mapping[str, Exits], at: int) -> bool:
    interface = sender(switch)
    return interface is not None and any(interface.name in each.uplinks[at] for each in exits.values())


Carried = Mapping[InterfaceName, VlanSet]
"""The VLANs of each switched port that is no member of a port-channel."""


def carried_on_ports(switch: Switch) -> Carried:
    """The existing VLANs that each port carries which is up by its configuration."""
    known: dict[tuple[str, int, VlanSet], VlanSet] = {}
    found = {}
    for port in switch.ports.values():
        if port.channel is None and port.allowed:
            key = (port.mode, port.vlan, port.vlans)
            if key not in known:
                known[key] = carried_on(switch, port)
            found[port.name] = known[key]
    return found


def _attachments(peers: Peers, carried: Sequence[Carried]) -> Mapping[str, list[Attachment]]:
    """The ports of each host by its name; one without a name is called after its vPC or port."""
    found: dict[str, list[Attachment]] = defaultdict(list)
    for at in BOTH:
        switch, peer = peers[at], peers[1 - at]
        on_link = carried_by_peer_link(switch)
        legs = {port.name: vpc for vpc, port in vpc_legs(switch).items()}
        for port in switch.ports.values():
            if port.channel is not None or port.peer_link or (port.mode == "routed" and port.name not in legs):
                continue
            name = attached(switch, port)
            vpc = legs.get(port.name)
            is_orphan = not port.shutdown and not carried[at].get(port.name, NO_VLANS).isdisjoint(on_link)
            if name is None and vpc is None and not is_orphan:
                continue
            found[name or _named_after(switch, peer, port, vpc)].append(
                Attachment(
                    at=at,
                    name=port.name,
                    vpc=vpc,
                    cables=tuple(each.name for each in links(switch, port)),
                    least=port.lacp_min_links if vpc is not None and speaks_lacp(switch, port) else 1,
                    orphan_suspend=port.orphan_suspend,
                    alone=vpc is None or not _has_links(peer, vpc),
                )
            )
    return found


def _has_links(switch: Switch, vpc: int) -> bool:
    leg = switch.vpcs.get(vpc)
    return leg is not None and any(links(switch, leg))


def _named_after(switch: Switch, peer: Switch, port: Port, vpc: int | None) -> str:
    """A name for a host that has none; a port of a fabric extender on both switches is one port."""
    if vpc is not None:
        return f"vPC {vpc}"
    if is_on_extender(port.name) and port.name in peer.ports:
        return port.name
    return f"{switch.name} {port.name}"


def _hosts(
    peers: Peers,
    judged: Verdict,
    carried: Sequence[Carried],
    attachments: Mapping[str, list[Attachment]],
    segments: Mapping[int, Segment],
) -> Iterator[Attached]:
    wholly = [_suspended_wholly(judged, switch) for switch in peers]
    suspended = _suspended_on_legs(judged, peers, wholly)
    known = {**peers[1].hosts, **peers[0].hosts}
    for name in sorted(attachments):
        mine = tuple(attachments[name])
        host = known.get(name)
        on = [carried[each.at].get(each.name, NO_VLANS) for each in mine]
        needs = host.needs if host and host.needs else VlanSet(frozenset[int]().union(*on))
        lanes: dict[Lane, set[int]] = defaultdict(set)
        off = [suspended.get((each.at, each.vpc), wholly[each.at]) if each.vpc else NO_VLANS for each in mine]
        for vlan in sorted(needs):
            segment = segments.get(vlan)
            if segment is not None:
                lane = Lane(segment, tuple(vlan in each for each in on), tuple(vlan in each for each in off))
                lanes[lane].add(vlan)
        whole = {lane: VlanSet(vlans) for lane, vlans in lanes.items()}
        yield Attached(name, host, _bond(peers, host, mine), mine, whole)


def _suspended_on_legs(judged: Verdict, peers: Peers, wholly: Sequence[VlanSet]) -> Mapping[tuple[int, int], VlanSet]:
    """The VLANs that the consistency check suspends on legs, by switch and vPC, where it has more than on every leg."""
    found: dict[tuple[int, int], VlanSet] = {}
    for each in judged.consequences:
        if each.action is Action.SUSPENDS_VLANS and each.vpc is not None:
            key = (0 if each.switch == peers[0].name else 1, each.vpc)
            found[key] = VlanSet(found.get(key, wholly[key[0]]) | each.vlans)
    return found


def _bond(peers: Peers, host: Host | None, attachments: Iterable[Attachment]) -> Bond:
    """How a host uses its links: as the pair file says, else as the channel that it is on."""
    if host and host.bond:
        return {LACP_BOND: Bond.LACP, **dict.fromkeys(STATIC_BONDS, Bond.STATIC)}.get(host.bond, Bond.CARRIER)
    ports = [(peers[each.at], peers[each.at].ports[each.name]) for each in attachments]
    if any(speaks_lacp(*each) for each in ports):
        return Bond.LACP
    return Bond.STATIC if any(is_static(*each) for each in ports) else Bond.CARRIER


def _segments(
    peers: Peers,
    judged: Verdict,
    carried: Sequence[Carried],
    attachments: Mapping[str, list[Attachment]],
    exits: Mapping[str, Exits],
    beside: tuple[frozenset[int], frozenset[int]],
) -> Mapping[int, Segment]:
    """Every VLAN that a host is in or needs."""
    on_link = [carried_by_peer_link(switch) for switch in peers]
    off = [_suspended_wholly(judged, switch) for switch in peers]
    hosts = [each for mine in attachments.values() for each in mine if each.cables]
    inhabited = _vlans_of(hosts, carried)
    alone = _vlans_of([each for each in hosts if each.alone], carried)
    wanted = {vlan for switch in peers for host in switch.hosts.values() for vlan in host.needs}
    vlans = wanted.union(*(carried[at].get(each.name, NO_VLANS) for at, each in _ports(attachments)))
    shared: dict[Segment, Segment] = {}
    found = {}
    for vlan in sorted(vlans):
        segment = Segment(
            bridged=all(vlan in on_link[at] and vlan not in off[at] for at in BOTH),
            checked=_each(vlan in on_link[at] for at in BOTH),
            routed=any(_is_gateway(switch, vlan) for switch in peers),
            gateways=_each(_is_gateway(switch, vlan) for switch in peers),
            exits=(_exits(peers[0], vlan, exits), _exits(peers[1], vlan, exits)),
            excluded=_each(bool(switch.domain and vlan in switch.domain.dual_active_exclude_vlans) for switch in peers),
            ports=_each(vlan in beside[at] for at in BOTH),
            inhabited=_each(vlan in inhabited[at] for at in BOTH),
            alone=_each(vlan in alone[at] for at in BOTH),
        )
        found[vlan] = shared.setdefault(segment, segment)
    return found


def _ports(attachments: Mapping[str, list[Attachment]]) -> Iterator[tuple[int, Attachment]]:
    return ((each.at, each) for mine in attachments.values() for each in mine)


def _beside_legs(switch: Switch, carried: Carried) -> frozenset[int]:
    """The VLANs on open ports that are neither legs nor the peer-link."""
    ports = (switch.ports[name] for name in carried)
    beside = (port.name for port in ports if not (port.peer_link or port.shutdown or port.vpc is not None))
    return frozenset[int]().union(*(carried[name] for name in beside))


def _each(answers: Iterable[bool]) -> Each:
    one, other = answers
    return one, other


def _is_gateway(switch: Switch, vlan: int) -> bool:
    """Whether the switch has a gateway for hosts in the VLAN that is not shut."""
    svi = switch.svis.get(vlan)
    return svi is not None and not svi.shutdown and vlan in switch.vlans and is_gateway(svi)


def _exits(switch: Switch, vlan: int, exits: Mapping[str, Exits]) -> Exits:
    svi = switch.svis.get(vlan)
    return exits.get(exit_vrf(switch, svi.vrf), NOWHERE) if svi else NOWHERE


def _suspended_wholly(judged: Verdict, switch: Switch) -> VlanSet:
    """The VLANs that the consistency check suspends on the peer-link and every leg of a switch."""
    return VlanSet(
        vlan
        for each in judged.consequences
        if each.action is Action.SUSPENDS_VLANS and each.vpc is None and each.switch == switch.name
        for vlan in each.vlans
    )


def _vlans_of(ports: Iterable[Attachment], carried: Sequence[Carried]) -> list[set[int]]:
    """For each switch the VLANs on some of its ports."""
    found: list[set[int]] = [set(), set()]
    for each in ports:
        found[each.at] |= carried[each.at].get(each.name, NO_VLANS)
    return found
