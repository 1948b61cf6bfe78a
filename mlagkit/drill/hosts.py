"""Hosts as they are wired: which of their VLANs fare alike, and which hosts do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from mlagkit.drill.attachments import NO_VLANS, Carried, bond_of
from mlagkit.drill.segments import suspended_wholly
from mlagkit.drill.wiring import Attached, Attachment, Bond, Lane, Peers, Segment, Suspends
from mlagkit.host import Host
from mlagkit.values import VlanSet
from mlagkit.verdict import Action, Verdict

BySuspends = tuple[tuple[Suspends, Suspends], tuple[Suspends, Suspends]]
"""What is suspended on each switch, by which of the two leads."""


def hosts_of(
    peers: Peers,
    judged: Verdict,
    carried: Sequence[Carried],
    attachments: Mapping[str, list[Attachment]],
    segments: Mapping[int, Segment],
    suspends: BySuspends,
) -> Iterator[Attached]:
    """Every host, by name."""
    wholly = [suspended_wholly(judged, switch) for switch in peers]
    suspended = _suspended_on_legs(judged, peers, wholly)
    known = {**peers[1].hosts, **peers[0].hosts}
    known_lanes: dict[tuple[VlanSet, ...], Mapping[Lane, VlanSet]] = {}
    reached = {name for host in known.values() for name in host.reaches}
    for name in sorted(attachments):
        mine = tuple(attachments[name])
        host = known.get(name)
        on = [carried[each.at].get(each.name, NO_VLANS) for each in mine]
        needs = host.needs if host and host.needs else VlanSet(frozenset[int]().union(*on))
        off = [suspended.get((each.at, each.vpc), wholly[each.at]) if each.vpc else NO_VLANS for each in mine]
        key = (needs, *on, *off)
        if key not in known_lanes:
            known_lanes[key] = _lanes(needs, on, off, segments)
        lanes = known_lanes[key]
        bond = bond_of(peers, host, mine)
        reaches = tuple(each for each in host.reaches if each in attachments) if host else ()
        vlans = VlanSet(frozenset[int]().union(*lanes.values()))
        alike = (name,) if reaches or name in reached else _alike(host, bond, mine, lanes, suspends)
        yield Attached(name, host, bond, mine, lanes, vlans, reaches, alike)


def _lanes(
    needs: VlanSet, on: Sequence[VlanSet], off: Sequence[VlanSet], segments: Mapping[int, Segment]
) -> Mapping[Lane, VlanSet]:
    """The VLANs that a host needs by how they fare on its ports."""
    lanes: dict[Lane, set[int]] = defaultdict(set)
    for vlan in sorted(needs):
        segment = segments.get(vlan)
        if segment is not None:
            lanes[Lane(segment, tuple(vlan in each for each in on), tuple(vlan in each for each in off))].add(vlan)
    return {lane: VlanSet(vlans) for lane, vlans in lanes.items()}


def _alike(
    host: Host | None,
    bond: Bond,
    attachments: Sequence[Attachment],
    lanes: Mapping[Lane, VlanSet],
    suspends: BySuspends,
) -> tuple[object, ...]:
    """All that decides how a host fares."""
    wires = tuple(
        (
            each.at,
            each.vpc is not None,
            len(each.cables),
            each.least,
            each.orphan_suspend,
            each.alone,
            tuple(each.vpc in led[each.at].vpcs for led in suspends),
        )
        for each in attachments
    )
    told = (host.lacp_rate, host.min_links, host.tolerances) if host else ()
    return bond, wires, told, frozenset(lanes)


def _suspended_on_legs(judged: Verdict, peers: Peers, wholly: Sequence[VlanSet]) -> Mapping[tuple[int, int], VlanSet]:
    """The VLANs that the consistency check suspends on legs, by switch and vPC, where it has more than on every leg."""
    found: dict[tuple[int, int], VlanSet] = {}
    for each in judged.consequences:
        if each.action is Action.SUSPENDS_VLANS and each.vpc is not None:
            key = (0 if each.switch == peers[0].name else 1, each.vpc)
            found[key] = VlanSet(found.get(key, wholly[key[0]]) | each.vlans)
    return found
