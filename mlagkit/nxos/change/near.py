"""Where two configurations of a switch differ, and what that hangs on: a way between them needs to see no more."""

from __future__ import annotations

from collections.abc import Mapping, Set

from mlagkit.nxos.catalogue import Kind
from mlagkit.nxos.change.typed import Typed
from mlagkit.nxos.effective import Side, group_of
from mlagkit.nxos.facts import Facts
from mlagkit.nxos.objects import interface_name

Sides = tuple[Side, Side]
Alike = Mapping[str, tuple[Facts | None, Facts | None]]
"""Blocks that do the same, by their keys, though they are not the very same."""


def near(sides: Sides, typed: Typed, alike: Alike) -> Sides:
    """Both configurations without the blocks that do the same and have nothing to do with those that may differ.

    A block hangs on the port-channel that it is in, on the ports of that one, and on the domain: what a line does
    besides what it says, it does to these (`mlagkit.nxos.change.effects`). A feature, a default of the whole switch and
    the domain itself concern every block; where they differ, both stay whole. ``typed`` stands as the first side says,
    and knows the ports of each port-channel.
    """
    old, new = (side.root for side in sides)
    keys = differing(old, new, alike)
    blocks = [block for key in keys for block in (old.blocks.get(key), new.blocks.get(key)) if block]
    if sides[0].context != sides[1].context or _concerns_all(old, new) or any(map(_is_domain, blocks)):
        return sides
    numbers = {number for block in blocks for number in (group_of(block), _own_number(block)) if number}
    channels = {f"interface port-channel{number}" for number in numbers}
    keys |= channels.union(*map(typed.members, numbers), typed.domains())
    one, other = (side._replace(root=_only(keys, side.root)) for side in sides)
    return one, other


def differing(old: Facts, new: Facts, alike: Alike) -> set[str]:
    """The keys of the blocks at the left margin that are not the very same, and not known to do the same."""
    keys = [key for key, block in new.blocks.items() if old.blocks.get(key) is not block]
    keys += old.blocks.keys() - new.blocks
    return {key for key in keys if not _is_known(alike.get(key), old.blocks.get(key), new.blocks.get(key))}


def _is_known(pair: tuple[Facts | None, Facts | None] | None, old: Facts | None, new: Facts | None) -> bool:
    return pair is not None and pair[0] is old and pair[1] is new


def _concerns_all(old: Facts, new: Facts) -> bool:
    """Whether a line at the left margin differs that is no list of VLANs."""
    if old.known == new.known:
        return False
    keys = (key for key in old.known | new.known if old.known.get(key) != new.known.get(key))
    rows = ((old.known.get(key) or new.known[key]).line.row for key in keys)
    return any(row.kind is not Kind.VLANS for row in rows)


def _is_domain(block: Facts) -> bool:
    return block.mode == "vpc-domain"


def _own_number(block: Facts) -> str:
    """The number of a port-channel, ``""`` for another block."""
    name = interface_name(block.head)
    return name.number if name is not None and name.kind == "port-channel" else ""


def _only(keys: Set[str], root: Facts) -> Facts:
    blocks = {key: block for key, block in root.blocks.items() if key in keys}
    return Facts(root.head, root.mode, root.number, root.known, blocks, root.unknown)
