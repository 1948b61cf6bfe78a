"""The consistency verdict: what both switches of a pair will compare, what differs, and what each does about it.

It is told from two Switches alone, so it holds for a pair file and for two running-configs. What the switches say
themselves is `mlagkit.state`; a comparison gives the row that each of them should print.
"""

from __future__ import annotations

from collections.abc import Mapping

from mlagkit.nxos.consistency import Leg, Listing, listing_of
from mlagkit.switch import Switch
from mlagkit.verdict.compare import forming, of_leg, of_switch, of_vlan
from mlagkit.verdict.follow import consequences
from mlagkit.verdict.outcome import Action, Comparison, Consequence, Roles, Verdict, VpcTable
from mlagkit.verdict.roles import roles_of
from mlagkit.verdict.suspended import Suspended, suspended

__all__ = ["Action", "Comparison", "Consequence", "Roles", "Verdict", "VpcTable", "verdict"]


def verdict(one: Switch, other: Switch, roles: Roles | None = None) -> Verdict:
    """What the two compare, in the order of the first one's product line, and what follows in these roles.

    Without ``roles`` they are those of two switches that meet for the first time.
    """
    listing = listing_of(one.model or other.model)
    vlans = suspended(one, other)
    blockers = forming(one, other)
    whole = of_switch(one, other, listing, vlans)
    vpcs = _vpcs(one, other, listing, vlans)
    roles = roles or roles_of(one, other)
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


def _vpcs(one: Switch, other: Switch, listing: Listing, vlans: Suspended) -> Mapping[int, VpcTable]:
    """Every vPC of either switch; what only one of them has is compared with nothing."""
    here, there = one.vpcs, other.vpcs
    found = {}
    for number in sorted({*here, *there}):
        ports = (here.get(number), there.get(number))
        rows: tuple[Comparison, ...] = ()
        if ports[0] and ports[1]:
            rows = of_leg(Leg(one, ports[0]), Leg(other, ports[1]), listing, vlans.on_legs(number))
        names = (ports[0].name if ports[0] else None, ports[1].name if ports[1] else None)
        found[number] = VpcTable(number=number, ports=names, rows=rows)
    return found


def _graceful(switch: Switch) -> bool:
    return switch.domain is not None and switch.domain.graceful_consistency_check
