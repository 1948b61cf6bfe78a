"""What both switches compare of each VLAN: what fails, by their own words, against what the intent differs in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mlagkit.nxos.reply import Show
from mlagkit.state import Verdict, VlanParameter, VpcState
from mlagkit.values import VlanSet
from mlagkit.verify.check import Check
from mlagkit.verify.observed import NOT_ASKED, Side

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
        why="; ".join(_told(row, carried) for row in told if carried - row.passed),
        advice=_ADVICE,
        gaps=frozenset(f"{name} {vlan}" for name, vlans in more.items() for vlan in vlans),
        settles=True,
    )


def _passing(failing: Iterable[int]) -> str:
    vlans = VlanSet(failing)
    return f"all but VLAN {vlans} pass" if vlans else "every VLAN passes"


def _told(row: VlanParameter, carried: VlanSet) -> str:
    """A row with the VLANs that do not pass it, in the words of the switch."""
    said = f"{row.name}: VLAN {VlanSet(carried - row.passed)}"
    return f"{said} ({row.reason})" if row.reason else said
