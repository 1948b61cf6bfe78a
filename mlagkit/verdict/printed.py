"""The tables that a switch should print of a verdict: those of `show vpc consistency-parameters`."""

from __future__ import annotations

from collections.abc import Sequence

from mlagkit.nxos.consistency import LEG_ROWS, VLAN_ROWS, Leg
from mlagkit.state import ConsistencyState, Parameter, VlanParameter
from mlagkit.state import Verdict as Told
from mlagkit.switch import Switch
from mlagkit.values import ALL_VLANS, VlanSet
from mlagkit.verdict.outcome import Comparison, Verdict

INCOMPATIBLE = "vPC type-1 configuration incompatible"
"""corpus: show-vpc/genie-go-3.txt, of one parameter."""


def whole_table(verdict: Verdict, at: int) -> ConsistencyState:
    """`global`, as the one at ``at`` of the two prints it."""
    return _table(verdict.whole, at)


def leg_table(verdict: Verdict, at: int, switch: Switch, vpc: int) -> ConsistencyState:
    """`interface`; of a vPC that the peer does not have only the own values [assumed]."""
    table = verdict.vpcs[vpc]
    if table.rows:
        return _table(table.rows, at)
    leg, rows = Leg(switch, switch.vpcs[vpc]), {row.name: row for row in LEG_ROWS}
    own = (rows[name] for name in verdict.listing.leg)
    parameters = (Parameter(name=row.name, type=row.type, local=row.value(leg) or "", peer="") for row in own)
    return ConsistencyState(parameters=tuple(parameters), suspended=None)


def vlan_table(verdict: Verdict) -> tuple[VlanParameter, ...]:
    """`vlans`: the parameters of spanning tree and those of a VLAN alone; which rows the table has is assumed.

    Where one of the whole switch fails no VLAN passes it, and of the others those that differ do not [assumed].
    """
    failing: dict[str, set[int]] = {row.name: set() for row in VLAN_ROWS if row.type == 1}
    for vlan, rows in verdict.vlans.items():
        for row in rows:
            if row.type == 1 and row.fails:
                failing[row.name].add(vlan)
    for row in verdict.whole:
        if row.name.startswith("STP"):
            failing.setdefault(row.name, set(ALL_VLANS if row.fails else ()))
    return tuple(_vlan_row(name, VlanSet(vlans)) for name, vlans in failing.items())


def _table(rows: Sequence[Comparison], at: int) -> ConsistencyState:
    return ConsistencyState(parameters=tuple(row.parameters[at] for row in rows), suspended=None)


def _vlan_row(name: str, failing: VlanSet) -> VlanParameter:
    return VlanParameter(
        name=name,
        type=1,
        verdict=Told.FAILED if failing else Told.SUCCESS,
        reason=INCOMPATIBLE if failing else None,
        passed=VlanSet(ALL_VLANS - failing) if failing else ALL_VLANS,
    )
