"""What must hold after every single line, on the objects that it touches.

No VLAN that stays is missing from the peer-link, none is on a leg without it, no trunk is wider than before and after
together, no vPC is down on both switches, nothing is used before it exists or after it is gone, and the peer-link and
the keepalive stay as they are unless the change is about them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mlagkit.nxos.catalogue import Phase
from mlagkit.nxos.change.carrying import (
    bundle_of,
    exists,
    has_ports,
    is_peer_link,
    is_there,
    keepalive_of,
    leg_of,
    legs_of,
    peer_link_of,
    used_by,
    vlans_of,
)
from mlagkit.nxos.change.edit import Edit
from mlagkit.nxos.change.typed import Typed
from mlagkit.nxos.effective import Side
from mlagkit.plan.order import Placed
from mlagkit.values import VlanSet


@dataclass(frozen=True, slots=True)
class Breach:
    """A line after which something does not hold."""

    switch: str
    edit: Edit
    what: str


def breaches(placed: Sequence[Placed], start: Mapping[str, Side], end: Mapping[str, Side]) -> Iterator[Breach]:
    """Every line after which one of the invariants does not hold, in the order in which they are typed."""
    watches = {name: _Watch.of(side, end[name]) for name, side in start.items()}
    down: dict[tuple[str, int], bool] = {}
    for each in placed:
        name, edit = each.switch, each.edit
        for what in watches[name].after(edit):
            yield Breach(name, edit, what)
        leg = _down(edit.head, watches[name].now, start[name], end[name])
        if leg is not None:
            down[name, leg[0]] = leg[1]
            if leg[1] and all(down.get((other, leg[0]), False) for other in start):
                yield Breach(name, edit, f"vPC {leg[0]} is down on both switches")


@dataclass(slots=True)
class _Watch:
    """One switch while lines are typed: what must hold, worked out once, and what a line can change, looked at again.

    ``kept`` and ``made`` are the VLANs that stay and the objects that come, ``gone`` and ``keepalive`` how these stand,
    ``link`` the peer-link before the first line.
    """

    start: Side
    end: Side
    typed: Typed
    kept: VlanSet
    made: frozenset[tuple[str, str]]
    keepalives: tuple[object, ...]
    keepalive: object
    link: str | None
    gone: VlanSet = field(default=VlanSet())
    _exist: VlanSet = field(default=VlanSet())
    _trunks: dict[str, _Trunks] = field(default_factory=dict)
    _legs: dict[str, VlanSet] | None = None
    _lacks: dict[str, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, start: Side, end: Side) -> _Watch:
        """Before the first line."""
        kept = VlanSet(exists(start) & exists(end))
        before, after = keepalive_of(start), keepalive_of(end)
        made = exists_of(end) - exists_of(start)
        link = peer_link_of(start)
        return cls(start, end, Typed.of(start), kept, made, (before, after), before, link, _exist=exists(start))

    @property
    def now(self) -> Side:
        """How it stands, for a look: a later line changes it."""
        return Side(self.typed.root, self.typed.context)

    def after(self, edit: Edit) -> Iterator[str]:
        """Type a line; what does not hold then."""
        self.typed.enter(edit.section, edit.text)
        now = self.now
        self._note_leg(edit, now)
        if exists(now) is not self._exist:
            self._exist = exists(now)
            self.gone = VlanSet(self.kept - self._exist)
        if self.gone:
            yield f"VLAN {self.gone} is gone for a while"
        yield from self._of_trunk(edit, now)
        yield from self._off_peer_link(edit, now)
        if _may_end_keepalive(edit, now):
            self.keepalive = keepalive_of(now)
        if self.keepalive not in self.keepalives:
            yield "the keepalive is neither as before nor as intended"
        for kind, name in used_by(edit) if self.made else ():
            if (kind, name) in self.made and not is_there(kind, name, now):
                yield f"{kind} {name} is used before it exists"

    def _of_trunk(self, edit: Edit, now: Side) -> Iterator[str]:
        head = bundle_of(edit.head, now)
        sides = self._trunks.get(head) or self._trunks.setdefault(head, _Trunks.of(head, self.start, self.end))
        current = vlans_of(head, now, ports=head in self.start.root.blocks or has_ports(head, self.typed))
        if wide := VlanSet(current - sides.may):
            yield f"carries VLAN {wide}, neither before nor after"
        if sides.peer_link and (missing := VlanSet(sides.must - current)):
            yield f"VLAN {missing} is missing from the peer-link for a while"

    def _note_leg(self, edit: Edit, now: Side) -> None:
        """Keep what the legs carry: a line changes that of the one it stands under, one of the whole switch of any."""
        if self._legs is None or not (edit.section or edit.opens):
            self._legs = None
        elif leg_of(edit.head, now):
            self._legs[edit.head] = vlans_of(edit.head, now)
        else:
            self._legs.pop(edit.head, None)

    def _off_peer_link(self, edit: Edit, now: Side) -> Iterator[str]:
        """The VLANs that stay and that for a while a leg carries and the peer-link does not (PL11, I24)."""
        link = self.link
        if edit.row is None or not edit.row.trunk or link is None:
            return
        if not all(is_peer_link(link, side) for side in (now, self.end)):
            return
        if edit.head == link:
            off = (exists(now) & exists(self.end)) - vlans_of(link, now)
            heads = [head for head, vlans in self._carried(now).items() if not off.isdisjoint(vlans)] if off else ()
        else:
            heads = [edit.head] if leg_of(edit.head, now) else ()
        for head in heads:
            if passing := VlanSet((_missing(head, link, now) & exists(self.end)) - self._lacking(head, link)):
                yield f"VLAN {passing} is on {head.removeprefix('interface ')} and not on the peer-link for a while"

    def _carried(self, now: Side) -> Mapping[str, VlanSet]:
        """What each leg carries."""
        if self._legs is None:
            self._legs = {head: vlans_of(head, now) for head in legs_of(now)}
        return self._legs

    def _lacking(self, head: str, link: str) -> frozenset[int]:
        """What the peer-link lacks of a leg before the first line, or behind the last one."""
        if head not in self._lacks:
            self._lacks[head] = _missing(head, link, self.start) | _missing(head, link, self.end)
        return self._lacks[head]


@dataclass(frozen=True, slots=True)
class _Trunks:
    """What an interface carries both before and after, and so ``must`` in between as the peer-link, and what it may."""

    must: frozenset[int]
    may: frozenset[int]
    peer_link: bool

    @classmethod
    def of(cls, head: str, start: Side, end: Side) -> _Trunks:
        before, after = vlans_of(head, start), vlans_of(head, end)
        return cls(before & after, before | after, is_peer_link(head, start) and is_peer_link(head, end))


def exists_of(side: Side) -> frozenset[tuple[str, str]]:
    """What objects a side has that others can use, by kind and name."""
    vrfs = {("VRF", key.rpartition(" ")[2]) for key, facts in side.root.blocks.items() if facts.mode == "vrf"}
    return frozenset(vrfs | {("VLAN", str(vlan)) for vlan in exists(side)})


def _may_end_keepalive(edit: Edit, now: Side) -> bool:
    """Whether a keepalive may come or go with a line: it is about the domain, or a feature."""
    block = now.root.blocks.get(edit.head)
    return edit.phase in (Phase.FEATURE, Phase.DOMAIN) or (block is not None and block.mode == "vpc-domain")


def _missing(head: str, link: str, side: Side) -> VlanSet:
    if head not in side.root.blocks:
        return VlanSet()
    return VlanSet((vlans_of(head, side) & exists(side)) - vlans_of(link, side))


def _down(head: str, now: Side, start: Side, end: Side) -> tuple[int, bool] | None:
    """The vPC that an interface is a leg of before and after, and whether it is down for now; None for others."""
    before, after, current = (leg_of(head, side) for side in (start, end, now))
    if before is None or after is None or before.number != after.number or not (before.up and after.up):
        return None
    return before.number, current is None or not current.up or current.number != before.number
