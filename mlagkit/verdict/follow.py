"""What each switch does about what differs (reference 3.1, 5.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mlagkit.nxos.consistency import Mark, carried_on
from mlagkit.switch import Switch
from mlagkit.values import VlanSet
from mlagkit.verdict.outcome import Action, Comparison, Consequence, Roles, VpcTable
from mlagkit.verdict.suspended import Both, Suspended

Peers = tuple[Switch, Switch]


def consequences(
    peers: Peers,
    forming: Sequence[Comparison],
    whole: Sequence[Comparison],
    vpcs: Mapping[int, VpcTable],
    vlans: Suspended,
    roles: Roles,
) -> tuple[Consequence, ...]:
    """What follows, the worst first; nothing is compared, and nothing else follows, without a peer-link."""
    blockers = tuple(row.name for row in forming if row.fails)
    if blockers:
        return tuple(_no_peer_link(peers, blockers))
    return (
        *_type_1(peers, [row for row in whole if not (row.per_vlan and not vlans.mst)], roles, None),
        *(each for table in vpcs.values() for each in _of_vpc(peers, table, roles)),
        *_of_vlans(peers, vlans),
        *_type_2(peers, whole),
    )


def _no_peer_link(peers: Peers, because: tuple[str, ...]) -> Iterator[Consequence]:
    for switch in peers:
        yield Consequence(
            switch=switch.name,
            action=Action.FORMS_NO_PEER_LINK,
            because=because,
            source="3.1: G106, syslog id 36945365527",
            mark=Mark.CERTAIN,
        )


def is_graceful(peers: Peers) -> bool:
    """Whether a type-1 mismatch leaves the vPCs of the primary up: the check is graceful on both (reference 3.1)."""
    return all(switch.domain and switch.domain.graceful_consistency_check for switch in peers)


def _type_1(peers: Peers, rows: Sequence[Comparison], roles: Roles, vpc: int | None) -> Iterator[Consequence]:
    """Graceful on both: the secondary suspends; otherwise both do."""
    failing = [row for row in rows if row.type == 1 and row.fails]
    if not failing:
        return
    graceful = is_graceful(peers)
    for switch, role in zip(peers, roles.of, strict=True):
        keeps = graceful and role.leads
        yield Consequence(
            switch=switch.name,
            action=_ACTIONS[vpc is None, keeps],
            because=tuple(row.name for row in failing),
            source="3.1, 5.2: G106, DG10 p.18, OUT3" if graceful else "3.1: G106, N5OPS p. 1-2",
            mark=_mark(peers, failing),
            role=role if graceful else None,
            vpc=vpc,
        )


_ACTIONS = {
    (True, True): Action.KEEPS_ALL,
    (True, False): Action.SUSPENDS_ALL,
    (False, True): Action.KEEPS_VPC,
    (False, False): Action.SUSPENDS_VPC,
}


def _mark(peers: Peers, failing: Sequence[Comparison]) -> Mark:
    """As sure as the surest row; what happens with graceful on one side only is not documented."""
    settings = {switch.domain.graceful_consistency_check for switch in peers if switch.domain}
    sure = any(row.mark is Mark.CERTAIN and not row.spoiled for row in failing)
    return Mark.CERTAIN if len(settings) == 1 and sure else Mark.LIKELY


def _of_vpc(peers: Peers, table: VpcTable, roles: Roles) -> Iterator[Consequence]:
    if None not in table.ports:
        yield from _type_1(peers, table.rows, roles, table.number)
        return
    for switch, peer in (peers, peers[::-1]):
        port = switch.vpcs.get(table.number)
        if port is not None:
            yield Consequence(
                switch=switch.name,
                action=Action.SUSPENDS_VLANS,
                because=(f"{peer.name} has no such vPC",),
                source="3.1: G106 of a deleted one, whatever the role; of one that never was: section 10",
                mark=Mark.LIKELY,
                vpc=table.number,
                vlans=carried_on(switch, port),
            )


def _of_vlans(peers: Peers, vlans: Suspended) -> Iterator[Consequence]:
    """Single VLANs; MST keeps those that the check per VLAN would suspend."""
    checked = Action.KEEPS_VLANS if vlans.mst else Action.SUSPENDS_VLANS
    yield from _each(peers, checked, vlans.alone, "Allowed VLANs", "3.1: G106, DG10 p.11, OUT3", Mark.CERTAIN)
    segments = (vlans.segments, vlans.segments)
    yield from _each(
        peers, Action.SUSPENDS_VLANS, segments, "Vlan to Vn-segment Map", "VXG, not read again", Mark.LIKELY
    )
    trees = (VlanSet(), VlanSet()) if vlans.mst else (vlans.trees, vlans.trees)
    yield from _each(peers, Action.SUSPENDS_VLANS, trees, "STP Disabled", "G106: state of a VLAN", Mark.LIKELY)
    for number, legs in vlans.legs.items():
        yield from _each(peers, checked, legs.alone, "Allowed VLANs", "N5OPS p. 1-3, DG10 p.11", Mark.CERTAIN, number)
        yield from _each(
            peers,
            Action.SUSPENDS_VLANS,
            legs.off_peer_link,
            "not on the peer-link",
            "PL11: id 30598270160, 70490203513",
            Mark.CERTAIN,
            number,
        )


def _each(
    peers: Peers, action: Action, vlans: Both, because: str, source: str, mark: Mark, vpc: int | None = None
) -> Iterator[Consequence]:
    for switch, some in zip(peers, vlans, strict=True):
        if some:
            yield Consequence(
                switch=switch.name,
                action=action,
                because=(because,),
                source=source,
                mark=mark,
                vpc=vpc,
                vlans=some,
            )


def _type_2(peers: Peers, whole: Sequence[Comparison]) -> Iterator[Consequence]:
    failing = tuple(row.name for row in whole if row.type == 2 and row.fails)
    for switch in peers if failing else ():
        yield Consequence(
            switch=switch.name, action=Action.LOGS, because=failing, source="3.1: N5OPS, OUT3", mark=Mark.CERTAIN
        )
