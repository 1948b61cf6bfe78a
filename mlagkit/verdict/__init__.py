"""The consistency verdict: what both switches of a pair will compare, what differs, and what each does about it.

It is told from two Switches alone, so it holds for a pair file and for two running-configs. What the switches say
themselves is `mlagkit.state`; a comparison gives the row that each of them should print.
"""

from __future__ import annotations

from mlagkit.nxos.consistency import Leg, listing_of
from mlagkit.switch import Switch
from mlagkit.verdict.compare import forming, of_leg, of_switch, of_vlan
from mlagkit.verdict.follow import consequences
from mlagkit.verdict.outcome import Action, Comparison, Consequence, Roles, Verdict, VpcTable
from mlagkit.verdict.roles import roles_of
from mlagkit.verdict.suspended import Suspended, suspended

__all__ = ["Action", "Comparison", "Consequence", "Roles", "Verdict", "VpcTable", "verdict"]


def verdict(one: Switch, other: Switch) -> Verdict:
    """What the two compare, in the order of the first one's product line, and what follows."""
    listing = listing_of(one.model or other.model)
    vlans = suspended(one, other)
    whole = of_switch(one, other, listing, vlans)
    vpcs = {number: _vpc(one, other, number, vlans) for number in sorted({*one.vpcs, *other.vpcs})}
    blockers = forming(one, other)
    roles = roles_of(one, other)
    return Verdict(
        pair=one.pair,
        switches=(one.name, other.name),
        roles=roles,
        graceful=(_graceful(one), _graceful(other)),
        listing=listing,
        forming=blockers,
        whole=whole,
        vpcs=vpcs,
        vlans={vlan: of_vlan(one, other, vlan) for vlan in sorted(vlans.differing)},
        consequences=consequences((one, other), blockers, whole, vpcs, vlans, roles),
    )


def _vpc(one: Switch, other: Switch, number: int, vlans: Suspended) -> VpcTable:
    here, there = one.vpcs.get(number), other.vpcs.get(number)
    rows: tuple[Comparison, ...] = ()
    if here and there:
        listing = listing_of(one.model or other.model)
        rows = of_leg(Leg(one, here), Leg(other, there), listing, vlans.on_legs(number))
    return VpcTable(number=number, ports=(here.name if here else None, there.name if there else None), rows=rows)


def _graceful(switch: Switch) -> bool:
    return switch.domain is not None and switch.domain.graceful_consistency_check
