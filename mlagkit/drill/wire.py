"""Finding the wiring of a pair in what both switches are told."""

from __future__ import annotations

from collections.abc import Mapping

from mlagkit.drill.attachments import NO_VLANS, Carried, attachments_of, carried_on_ports
from mlagkit.drill.exits import Exits, exits_of
from mlagkit.drill.hosts import hosts_of
from mlagkit.drill.segments import beside_legs, segments_of
from mlagkit.drill.wiring import Peers, Suspends, Wiring
from mlagkit.nxos.consistency import carried_by_peer_link
from mlagkit.nxos.tracking import Tracked, tracked
from mlagkit.state import Role
from mlagkit.switch import Switch
from mlagkit.topology.attached import links
from mlagkit.topology.channels import open_members, vpc_legs
from mlagkit.topology.keepalive_source import hear_each_other, sender, svi_over_peer_link
from mlagkit.values import InterfaceName, VlanSet
from mlagkit.verdict import Action, Roles, Verdict, verdict
from mlagkit.verdict.follow import is_graceful


def judged_for_drill(peers: Peers) -> Verdict:
    """What both compare, with the first one leading."""
    return verdict(*peers, Roles(of=(Role.PRIMARY, Role.SECONDARY), because=""))


def wiring_of(peers: Peers, judged: Verdict | None = None) -> Wiring:
    """Everything that a drill needs of a pair; ``judged`` is what `judged_for_drill` says, where that is known."""
    judged = judged or judged_for_drill(peers)
    exits = exits_of(*peers)
    forming = all(switch.peer_link and switch.domain for switch in peers)
    forming = forming and not any(each.action is Action.FORMS_NO_PEER_LINK for each in judged.consequences)
    carried = [carried_on_ports(switch) for switch in peers]
    attachments = attachments_of(peers, carried)
    beside = (beside_legs(peers[0], carried[0]), beside_legs(peers[1], carried[1]))
    segments = segments_of(peers, judged, carried, attachments, exits, beside)
    led_by_first = _suspends(peers, judged)
    suspends = (led_by_first, led_by_first[::-1] if is_graceful(peers) else led_by_first)
    hosts = tuple(hosts_of(peers, judged, carried, attachments, segments, suspends))
    return Wiring(
        peers=peers,
        members=(_members(peers[0]), _members(peers[1])),
        has_peer_link=forming,
        virtual=any(switch.domain and switch.domain.virtual_peer_link for switch in peers),
        keepalive=hear_each_other(peers),
        keepalive_over_peer_link=any(svi_over_peer_link(switch, peer) for switch, peer in (peers, peers[::-1])),
        keepalive_over_uplinks=(_over_uplinks(peers[0], exits, 0), _over_uplinks(peers[1], exits, 1)),
        exits=exits,
        tracks=(_tracks(peers[0]), _tracks(peers[1])),
        legs=(_legs(peers[0]), _legs(peers[1])),
        on_legs=(_on_legs(peers[0], carried[0]), _on_legs(peers[1], carried[1])),
        on_link=(carried_by_peer_link(peers[0]), carried_by_peer_link(peers[1])),
        beside=beside,
        suspends=suspends,
        graceful=is_graceful(peers),
        hosts=hosts,
        named={host.name: host for host in hosts},
        segments=segments,
    )


def _tracks(switch: Switch) -> Tracked | None:
    number = switch.domain.track if switch.domain else None
    return None if number is None else tracked(switch, number)


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


def _over_uplinks(switch: Switch, exits: Mapping[str, Exits], at: int) -> bool:
    interface = sender(switch)
    return interface is not None and any(interface.name in each.uplinks[at] for each in exits.values())
