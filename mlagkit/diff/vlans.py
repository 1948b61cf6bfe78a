"""VLANs that move from one value of a setting to another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mlagkit.nxos.catalogue import Row
from mlagkit.nxos.commands import list_line
from mlagkit.nxos.facts import Fact, Facts
from mlagkit.values import VlanSet


@dataclass(frozen=True, slots=True)
class Move:
    """VLANs that keep a setting with another value, such as a bridge priority; ``keys`` are the old and the new."""

    row: Row
    vlans: VlanSet
    keys: tuple[str, str]
    lines: tuple[int, int]

    @property
    def old(self) -> str:
        """The line as it runs, for these VLANs alone."""
        return list_line(self.row, self.keys[0], self.vlans)

    @property
    def new(self) -> str:
        """The line as intended, for these VLANs alone."""
        return list_line(self.row, self.keys[1], self.vlans)


def moves(old: Facts, new: Facts, keys: Iterable[str]) -> list[Move]:
    """The VLANs that leave one value of a setting, one of the ``keys``, and join another: a replacement, not an end."""
    lists = [key for key in keys if (fact := old.known.get(key) or new.known.get(key)) and fact.line.row.by_value]
    if not lists:
        return []
    joins = _joined(old, new, lists)
    return [
        Move(gone.line.row, VlanSet(left & joined), (gone.line.key, came.line.key), (gone.number, came.number))
        for gone, left in _joined(new, old, lists)
        for came, joined in joins
        if gone.line.row is came.line.row and left & joined
    ]


def moved(found: list[Move], key: str) -> VlanSet:
    """The VLANs of a key that a move accounts for."""
    return VlanSet(vlan for move in found if key in move.keys for vlan in move.vlans)


def _joined(before: Facts, after: Facts, lists: Iterable[str]) -> list[tuple[Fact, VlanSet]]:
    """The VLANs that each value of a setting has after but not before."""
    return [
        (after.known[key], VlanSet(now - (before.vlans(key) or VlanSet())))
        for key in lists
        if (now := after.vlans(key)) is not None
    ]
