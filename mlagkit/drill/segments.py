"""VLANs by what decides their fate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mlagkit.drill.attachments import NO_VLANS, Carried
from mlagkit.drill.exits import NOWHERE, Exits, exit_vrf
from mlagkit.drill.wiring import BOTH, Attachment, Each, Peers, Segment
from mlagkit.nxos.consistency import carried_by_peer_link
from mlagkit.switch import Switch
from mlagkit.topology.addresses import DEFAULT
from mlagkit.topology.routed import is_gateway
from mlagkit.values import VlanSet
from mlagkit.verdict import Action, Verdict


def segments_of(
    peers: Peers,
    judged: Verdict,
    carried: Sequence[Carried],
    attachments: Mapping[str, list[Attachment]],
    exits: Mapping[str, Exits],
    beside: tuple[frozenset[int], frozenset[int]],
) -> Mapping[int, Segment]:
    """Every VLAN that a host is in or needs."""
    on_link = [carried_by_peer_link(switch) for switch in peers]
    off = [suspended_wholly(judged, switch) for switch in peers]
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
            tunnelled=any(_is_tunnelled(switch, vlan) for switch in peers),
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


def beside_legs(switch: Switch, carried: Carried) -> frozenset[int]:
    """The VLANs on open ports that are neither legs nor the peer-link."""
    ports = (switch.ports[name] for name in carried)
    beside = (port.name for port in ports if not (port.peer_link or port.shutdown or port.vpc is not None))
    return frozenset[int]().union(*(carried[name] for name in beside))


def _is_gateway(switch: Switch, vlan: int) -> bool:
    """Whether the switch has a gateway for hosts in the VLAN that is not shut."""
    svi = switch.svis.get(vlan)
    return svi is not None and not svi.shutdown and vlan in switch.vlans and is_gateway(svi)


def _is_tunnelled(switch: Switch, vlan: int) -> bool:
    """Whether a VTEP takes the VLAN to others, so that it needs the underlay."""
    known = switch.vlans.get(vlan)
    return switch.nve is not None and known is not None and known.vni is not None


def _exits(switch: Switch, vlan: int, exits: Mapping[str, Exits]) -> Exits:
    """The ways out of the VLAN's gateway, or of the tunnel that it goes through."""
    if _is_tunnelled(switch, vlan):
        return exits.get(DEFAULT, NOWHERE)
    svi = switch.svis.get(vlan)
    return exits.get(exit_vrf(switch, svi.vrf), NOWHERE) if svi else NOWHERE


def suspended_wholly(judged: Verdict, switch: Switch) -> VlanSet:
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


def _each(answers: Iterable[bool]) -> Each:
    one, other = answers
    return one, other
