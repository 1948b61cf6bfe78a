"""The data of a pair file on their way to it: nested mappings, and what can be done with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from mlagkit.source import Data, Key

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


def laid_over(base: Data, top: Data) -> Data:
    """The second with what only the first has, at every level of mappings."""
    if not isinstance(base, dict) or not isinstance(top, dict):
        return top
    return {
        key: laid_over(base[key], top[key]) if key in base and key in top else {**base, **top}[key]
        for key in {**base, **top}
    }


def for_both(one: Data, other: Data, names: Sequence[str]) -> Data:
    """What two switches have, each fact once: equal values as one, others by the switch that has them."""
    if one == other:
        return one
    if isinstance(one, dict) and isinstance(other, dict):
        return {key: _each(one, other, key, names) for key in _in_order(one, other)}
    return {names[0]: one, names[1]: other}


def _each(one: Table, other: Table, key: Key, names: Sequence[str]) -> Data:
    if key in one and key in other:
        return for_both(one[key], other[key], names)
    return {names[0]: one[key]} if key in one else {names[1]: other[key]}


def _in_order(one: Mapping[Key, Data], other: Mapping[Key, Data]) -> list[Key]:
    """The keys of both: numbers by size, the rest in the order in which they come."""
    keys = [*dict.fromkeys((*one, *other))]
    return sorted(keys, key=int) if all(isinstance(key, int) for key in keys) else keys
