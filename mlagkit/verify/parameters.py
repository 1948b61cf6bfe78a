"""What both switches compare of a vPC, asked only of one with which something is wrong, or of each VLAN."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from mlagkit.nxos.reply import Show, ShowLeg
from mlagkit.state import ConsistencyState, Leg, LinkStatus, Parameter, PeerStatus, Verdict, VlanParameter, VpcState
from mlagkit.values import InterfaceName, VlanSet
from mlagkit.verify.check import Check
from mlagkit.verify.implied import ImpliedChannel, ImpliedSwitch
from mlagkit.verify.observed import NOT_ASKED, Side

MOST = 8
"""So many vPCs of a switch are asked for: each is a command, over NX-API a login; what ails more is what they share."""
_SAME = "the same on both"


def suspects(must: ImpliedSwitch, vpc: VpcState) -> tuple[InterfaceName, ...]:
    """The ports of the vPCs whose own table may tell what is wrong, by what `show vpc` says of them.

    Without an adjacency nothing is compared. Where the check of the whole switch fails every vPC fails with it, and
    `global` has told why; a VLAN that the peer-link lacks is missing on every leg.
    """
    if vpc.peer is not PeerStatus.OK:
        return ()
    found = (leg.port for leg in vpc.legs if _fails(leg, vpc) or _lacks(leg, must, vpc))
    return tuple(islice(found, MOST))


def _fails(leg: Leg, vpc: VpcState) -> bool:
    return leg.consistency is Verdict.FAILED and vpc.consistency is Verdict.SUCCESS


def _lacks(leg: Leg, must: ImpliedSwitch, vpc: VpcState) -> bool:
    """Whether it is up without a VLAN that the peer-link has: no other table shows that (nxapi_netbox, on an N9K)."""
    intended = must.legs.get(leg.vpc)
    if intended is None or leg.vlans is None or leg.status is not LinkStatus.UP:
        return False
    links = [link.vlans for link in vpc.peer_links if link.vlans is not None]
    return bool((intended.vlans - leg.vlans).intersection(*links))


def parameters(side: Side, number: int, must: ImpliedChannel) -> Iterator[Check]:
    """The parameters of a vPC in which the switch says that the two differ, against those of the intent."""
    asked = (side.state.interface_consistency or {}).get(must.port)
    told = side.told(asked, ShowLeg(must.port))
    if told == NOT_ASKED:
        return
    name, of = "vpc parameters", f"parameters of vPC {number} {must.port}"
    intended = {row.name: row for row in side.must.judged.vpcs[number].rows}
    differing = [row.name for row in intended.values() if row.type == 1 and row.fails]
    expected = _differ(differing)
    if isinstance(told, str):
        yield side.unknown(name, of, expected, told)
        return
    rows = [row for row in told.differing if row.type == 1 and row.local and row.peer]
    more = {row.name for row in rows} - set(differing)
    good: bool | None = not more
    if more and not must.sure:
        good = None
    values = {row.name: row.parameters[side.must.at] for row in intended.values()}
    yield side.check(
        *(name, of, expected, _differ([row.name for row in rows]), good),
        why="; ".join([*(_told(row, values.get(row.name)) for row in rows), *_beside(told)]),
        advice="make it the same on both: `mlagkit diff` shows which of the two is not as intended",
        gaps=frozenset(more),
    )


def _differ(names: Iterable[str]) -> str:
    """Which parameters differ; what one of the two lacks is no difference (G106)."""
    listed = ", ".join(names)
    return f"different in {listed}" if listed else _SAME


def _told(row: Parameter, intended: Parameter | None) -> str:
    """A row with both values, and what the intent has here, where that is another."""
    said = f"{row.name}: {row.local} here, {row.peer} there"
    if intended is None or not intended.local or intended.local == row.local:
        return said
    return f"{said}, intended {intended.local} here"


def _beside(told: ConsistencyState) -> Iterator[str]:
    """What a table says beside its values."""
    if not any(row.peer for row in told.parameters):
        yield "the peer has no values for it: see whether it has this vPC"
    if told.suspended:
        yield f"the switch suspends VLAN {told.suspended} on it"


_ADVICE = "make the VLAN the same on both: its segment, its state, its spanning tree"


def vlan_consistency(side: Side, vpc: VpcState) -> Iterator[Check]:
    """The verdict on all VLANs; nothing where the switch does not show it.

    It is `failed` where a VLAN has a segment on one of the two only (an N9K pair, id 8889150548), and `success` where
    a VLAN without one is missing on one side (OUT3).
    """
    told, must = vpc.vlan_consistency, side.must.vlan_consistency
    if told is None:
        return
    good = told is Verdict.SUCCESS or must is Verdict.FAILED
    because = side.must.vlan_because
    yield side.check(
        *("vlan consistency", "VLAN consistency", must.value, told.value, good),
        why=f"the intent differs in {', '.join(because)}" if because else "",
        advice=_ADVICE,
        settles=True,
    )


def vlan_parameters(side: Side) -> Iterator[Check]:
    """The parameters in which VLANs of the peer-link fail; nothing where the switch was not asked."""
    told = side.told(side.state.vlan_consistency, Show.VPC_CONSISTENCY_VLANS)
    if told == NOT_ASKED:
        return
    must = side.must
    name, of, expected = "vlan parameters", "parameters per VLAN", _passing(must.failing)
    if isinstance(told, str):
        yield side.unknown(name, of, expected, told)
        return
    carried = must.carried
    failing = {row.name: VlanSet(carried - row.passed) for row in told if row.type == 1}
    more = {name: vlans - must.failing for name, vlans in failing.items() if name not in must.because}
    yield side.check(
        *(name, of, expected, _passing(frozenset[int]().union(*failing.values())), not any(more.values())),
        why="; ".join(_told_of_vlan(row, carried) for row in told if carried - row.passed),
        advice=_ADVICE,
        gaps=frozenset(f"{name} {vlan}" for name, vlans in more.items() for vlan in vlans),
        settles=True,
    )


def _passing(failing: Iterable[int]) -> str:
    vlans = VlanSet(failing)
    return f"all but VLAN {vlans} pass" if vlans else "every VLAN passes"


def _told_of_vlan(row: VlanParameter, carried: VlanSet) -> str:
    """A row with the VLANs that do not pass it, in the words of the switch."""
    said = f"{row.name}: VLAN {VlanSet(carried - row.passed)}"
    return f"{said} ({row.reason})" if row.reason else said
