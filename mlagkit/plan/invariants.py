"""What must hold after every single line, on the objects that it touches.

No VLAN that stays is missing from the peer-link, none is on a leg without it, no trunk is wider than before and after
together, no vPC is down on both switches, nothing is used before it exists or after it is gone, and the peer-link and
the keepalive stay as they are unless the change is about them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mlagkit.nxos.carrying import (
    Trunk,
    bundle_of,
    exists,
    is_peer_link,
    keepalive_of,
    leg_of,
    legs_of,
    peer_link_of,
    trunk_of,
    used_by,
)
from mlagkit.nxos.edit import Edit
from mlagkit.nxos.effective import Side
from mlagkit.nxos.typed import Typed
from mlagkit.plan.order import Placed
from mlagkit.values import ALL_VLANS, VlanSet


@dataclass(frozen=True, slots=True)
class Breach:
    """A line after which something does not hold."""

    switch: str
    edit: Edit
    what: str


def breaches(placed: Sequence[Placed], start: Mapping[str, Side], end: Mapping[str, Side]) -> Iterator[Breach]:
    """Every line after which one of the invariants does not hold, in the order in which they are typed."""
    running = {name: Typed.of(side) for name, side in start.items()}
    links = {name: peer_link_of(side) for name, side in start.items()}
    down: dict[tuple[str, int], bool] = {}
    for each in placed:
        typed, name, edit = running[each.switch], each.switch, each.edit
        typed.enter(edit.section, edit.text)
        now = Side(typed.root, typed.context)
        for what in _after(edit, now, start[name], end[name]):
            yield Breach(name, edit, what)
        for what in _off_peer_link(edit, now, start[name], end[name], links[name]):
            yield Breach(name, edit, what)
        leg = _down(edit.head, now, start[name], end[name])
        if leg is not None:
            down[name, leg[0]] = leg[1]
            if leg[1] and all(down.get((other, leg[0]), False) for other in start):
                yield Breach(name, edit, f"vPC {leg[0]} is down on both switches")


def _after(edit: Edit, now: Side, start: Side, end: Side) -> Iterator[str]:
    """What does not hold on the switch that took the line."""
    head = bundle_of(edit.head, now)
    kept = VlanSet(exists(start) & exists(end))
    if kept - exists(now):
        yield f"VLAN {VlanSet(kept - exists(now))} is gone for a while"
    before, after = trunk_of(head, start), trunk_of(head, end)
    current = trunk_of(head, now, empty=head not in start.root.blocks)
    if current is not None:
        may = (before.vlans if before else VlanSet()) | (after.vlans if after else VlanSet())
        if current.vlans - may:
            yield f"carries VLAN {_short(VlanSet(current.vlans - may))}, neither before nor after"
    if is_peer_link(head, start) and is_peer_link(head, end):
        yield from _of_peer_link(before, after, current)
    lines = {keepalive_of(side) for side in (start, end)}
    if keepalive_of(now) not in lines:
        yield "the keepalive is neither as before nor as intended"
    for kind, name in used_by(edit):
        made = (kind, name) in exists_of(end) - exists_of(start)
        if made and (kind, name) not in exists_of(now):
            yield f"{kind} {name} is used before it exists"


def exists_of(side: Side) -> frozenset[tuple[str, str]]:
    """What objects a side has that others can use, by kind and name."""
    vrfs = {("VRF", key.rpartition(" ")[2]) for key, facts in side.root.blocks.items() if facts.mode == "vrf"}
    return frozenset(vrfs | {("VLAN", str(vlan)) for vlan in exists(side)})


def _of_peer_link(before: Trunk | None, after: Trunk | None, current: Trunk | None) -> Iterator[str]:
    if before is None or after is None:
        return
    missing = VlanSet((before.vlans & after.vlans) - (current.vlans if current else VlanSet()))
    if missing:
        yield f"VLAN {_short(missing)} is missing from the peer-link for a while"


def _off_peer_link(edit: Edit, now: Side, start: Side, end: Side, link: str | None) -> Iterator[str]:
    """The VLANs that a leg carries and the peer-link does not, and that is so for a while only (PL11, I24)."""
    if (
        edit.row is None
        or not edit.row.trunk
        or link is None
        or not all(is_peer_link(link, side) for side in (now, end))
    ):
        return
    heads = legs_of(now) if edit.head == link else (edit.head,) if leg_of(edit.head, now) else ()
    for head in heads:
        before, after, off = (_missing(head, link, side) for side in (start, end, now))
        if passing := VlanSet(off - before - after):
            yield f"VLAN {_short(passing)} is on {head.removeprefix('interface ')} and not on the peer-link for a while"


def _missing(head: str, link: str, side: Side) -> VlanSet:
    leg, theirs = trunk_of(head, side), trunk_of(link, side)
    if leg is None or theirs is None or head not in side.root.blocks:
        return VlanSet()
    return VlanSet((leg.vlans & exists(side)) - theirs.vlans)


def _down(head: str, now: Side, start: Side, end: Side) -> tuple[int, bool] | None:
    """The vPC that an interface is a leg of before and after, and whether it is down for now; None for others."""
    before, after, current = (leg_of(head, side) for side in (start, end, now))
    if before is None or after is None or before.number != after.number or not (before.up and after.up):
        return None
    return before.number, current is None or not current.up or current.number != before.number


def _short(vlans: VlanSet) -> str:
    return "1-4094" if vlans == ALL_VLANS else str(vlans)
