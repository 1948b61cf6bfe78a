"""The data of a pair file on their way to it: nested mappings, and what can be done with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from mlagkit.nxos.form import list_lines
from mlagkit.source import Data, Key
from mlagkit.values import ALL_VLANS, VlanSet

Table: TypeAlias = dict[Key, Data]
"""A mapping of the pair file."""


def put(table: Table, path: Sequence[Key], value: Data) -> None:
    """Set the value at that path, making the mappings on the way."""
    for key in path[:-1]:
        inner = table.setdefault(key, {})
        if not isinstance(inner, dict):
            inner = table[key] = {}
        table = inner
    table[path[-1]] = value


def get(table: Data, path: Sequence[Key]) -> Data:
    """The value at that path, None where there is none."""
    for key in path:
        if not isinstance(table, dict):
            return None
        table = table.get(key)
    return table


def drop(table: Table, path: Sequence[Key]) -> None:
    """Take the value at that path out, if it is there."""
    above = get(table, path[:-1])
    if isinstance(above, dict):
        above.pop(path[-1], None)


def all_of(base: Table, top: Table) -> Table:
    """Both mappings in one, at every level; of two values for one key that of ``top``."""
    found: Table = {**base, **top}
    for key in base.keys() & top.keys():
        below, above = base[key], top[key]
        if isinstance(below, dict) and isinstance(above, dict):
            found[key] = all_of(below, above)
    return found


def for_both(one: Data, other: Data, names: Sequence[str]) -> Data:
    """What two switches have, each fact once: equal values as one, others by the switch that has them.

    So is a mapping with a key that is the name of one of them, such as a VRF's, since it would be taken for that.
    """
    if one == other and not _mistakable(one, names):
        return one
    if isinstance(one, dict) and isinstance(other, dict) and _names_none(names, one, other):
        return {key: _each(one, other, key, names) for key in _in_order(one, other)}
    return {name: _of_one(value, name, names) for name, value in zip(names, (one, other), strict=True)}


def _each(one: Table, other: Table, key: Key, names: Sequence[str]) -> Data:
    if key in one and key in other:
        return for_both(one[key], other[key], names)
    name, value = (names[0], one[key]) if key in one else (names[1], other[key])
    return {name: _of_one(value, name, names)}


def _mistakable(value: Data, names: Sequence[str]) -> bool:
    """Whether some mapping in it has a switch's name as a key."""
    if not isinstance(value, dict):
        return False
    return not _names_none(names, value) or any(_mistakable(inner, names) for inner in value.values())


def _names_none(names: Sequence[str], *tables: Table) -> bool:
    """Whether no key is the name of a switch."""
    return all(table.keys().isdisjoint(names) for table in tables)


def _of_one(value: Data, name: str, names: Sequence[str]) -> Data:
    """What is said of one switch by its name; a mapping in it that could be mistaken is said by its name once more."""
    if not isinstance(value, dict):
        return value
    inner = {key: _of_one(each, name, names) for key, each in value.items()}
    return {
        key: {name: each} if isinstance(each, dict) and not _names_none(names, each) else each
        for key, each in inner.items()
    }


def _in_order(one: Mapping[Key, Data], other: Mapping[Key, Data]) -> list[Key]:
    """The keys of both: numbers by size, the rest in the order in which they come."""
    keys = [*dict.fromkeys((*one, *other))]
    return sorted(keys, key=int) if all(isinstance(key, int) for key in keys) else keys


def vlan_keys(vlans: VlanSet) -> tuple[int | str, ...]:
    """The same as keys, several where it is long: YAML reads none that has more than 1,024 characters."""
    lists = list_lines(vlans)
    return tuple(vlan_list(VlanSet.parse(each, 0)) for each in lists) if lists else (vlan_list(vlans),)


def vlan_list(vlans: VlanSet) -> int | str:
    """A list as NX-OS writes it; a single VLAN as its number; all and none by those words."""
    if not vlans or vlans == ALL_VLANS:
        return "all" if vlans else "none"
    return next(iter(vlans)) if len(vlans) == 1 else str(vlans)
