"""Rows of the tables to comparisons of two switches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from mlagkit.nxos.consistency import FORMING, LEG_ROWS, VLAN_ROWS, WHOLE_ROWS, Leg, Listing, Mark, Row, VlanOf
from mlagkit.nxos.consistency.listing import SUSPENDED
from mlagkit.switch import Switch
from mlagkit.values import VlanSet
from mlagkit.verdict.outcome import Comparison
from mlagkit.verdict.suspended import Both, Suspended

Of = TypeVar("Of")


def forming(one: Switch, other: Switch) -> tuple[Comparison, ...]:
    """What must be the same before anything is compared; what one of them lacks is a difference, too."""
    return tuple(_forming(row, (row.value(one), row.value(other))) for row in FORMING)


def of_switch(one: Switch, other: Switch, listing: Listing, vlans: Suspended) -> tuple[Comparison, ...]:
    """What the whole switches compare."""
    rows = _compared(WHOLE_ROWS, listing.whole, one, other, (one.name, other.name))
    return (*rows, _suspended(vlans.everywhere))


def of_leg(one: Leg, other: Leg, listing: Listing, vlans: Both) -> tuple[Comparison, ...]:
    """What both compare of a vPC."""
    rows = _compared(LEG_ROWS, listing.leg, one, other, (one.switch.name, other.switch.name))
    return (*rows, _suspended(vlans))


def of_vlan(one: Switch, other: Switch, vlan: int) -> tuple[Comparison, ...]:
    """What both have of one VLAN."""
    names = tuple(row.name for row in VLAN_ROWS)
    return tuple(_compared(VLAN_ROWS, names, VlanOf(one, vlan), VlanOf(other, vlan), (one.name, other.name)))


def _compared(
    rows: Sequence[Row[Of]], order: Sequence[str], one: Of, other: Of, switches: tuple[str, str]
) -> Iterator[Comparison]:
    """The rows that are in the list, in its order, without those that neither has."""
    by_name = {row.name: row for row in rows}
    for name in order:
        row = by_name[name]
        values = (row.value(one), row.value(other))
        if row.unseen or values != (None, None):
            yield _comparison(row, values, (row.spoiled(one), row.spoiled(other), row.apart(one, other)), switches)


def _comparison(
    row: Row[Of], values: tuple[str | None, str | None], spoiled: tuple[str, ...], switches: tuple[str, str]
) -> Comparison:
    here, there = values
    equal = None if here is None or there is None else row.same(here, there)
    return Comparison(
        name=row.name,
        type=row.type,
        values=values,
        equal=equal,
        source=row.source,
        mark=row.mark,
        note=_note(row, values, equal, switches),
        spoiled="; ".join(filter(None, spoiled)) if equal else "",
        prints=row.prints,
        per_vlan=row.per_vlan,
    )


def _note(row: Row[Of], values: tuple[str | None, str | None], equal: bool | None, switches: tuple[str, str]) -> str:
    if equal is not None:
        return ""
    if row.unseen:
        return row.unseen
    lacking = [name for name, value in zip(switches, values, strict=True) if value is None]
    if lacking:
        return f"{lacking[0]} has none, and the check ignores what one of them lacks"
    return row.untold


def _forming(row: Row[Switch], values: tuple[str | None, str | None]) -> Comparison:
    here, there = values
    equal = here is not None and there is not None and bool(row.same(here, there))
    return Comparison(name=row.name, type=row.type, values=values, equal=equal, source=row.source, mark=row.mark)


def _suspended(vlans: tuple[VlanSet, VlanSet]) -> Comparison:
    """The last row of a table; it informs, and is no parameter that could be the same or not."""
    here, there = (str(each) or "-" for each in vlans)
    return Comparison(
        name=SUSPENDED,
        type=None,
        values=(here, there),
        equal=here == there,
        source="OUT3: what only this one carries",
        mark=Mark.LIKELY,
    )
