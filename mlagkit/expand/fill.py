"""Filling a part of a Switch: what is said, else what the device would use, else nothing."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields
from typing import TypeVar, cast

from mlagkit.nxos import catalogue
from mlagkit.nxos.context import Context
from mlagkit.values import VlanSet

T = TypeVar("T")

_EMPTY: Mapping[str, object] = {"VlanSet": VlanSet(), "tuple": (), "Mapping": {}}


@functools.lru_cache(maxsize=1024)
def defaults(mode: str, context: Context, prefix: str = "") -> Mapping[str, object]:
    """What the device uses for each field of a part; ``prefix`` is the part's own name where it is nested."""
    found = catalogue.defaults(mode, context)
    return {name.removeprefix(prefix): value for name, value in found.items() if name.startswith(prefix)}


def fill(kind: type[T], default: Mapping[str, object], *said: object, **fixed: object) -> T:
    """A part of that kind: each field from ``fixed``, else from the first of ``said`` that has it, else the default.

    A field that nobody knows is empty: None, an empty set or an empty tuple.
    """
    values: dict[str, object] = dict(fixed)
    for field in fields(cast("type", kind)):
        if field.name not in values:
            value = _first(field.name, str(field.type), default, said)
            values[field.name] = _in_one_order(value) if _accumulates(field.name, str(field.type)) else value
    return cast("Callable[..., T]", kind)(**values)


def _accumulates(name: str, kind: str) -> bool:
    """Whether each item is a line of its own among which NX-OS has no order; a Switch holds each once, in one order."""
    return kind == "tuple[str, ...]" and name != "extra"


def _in_one_order(value: object) -> tuple[str, ...]:
    return tuple(sorted(set(cast("Collection[str]", value))))


def _first(name: str, kind: str, default: Mapping[str, object], said: tuple[object, ...]) -> object:
    for part in said:
        value = part.get(name) if isinstance(part, Mapping) else getattr(part, name, None)
        if value is not None:
            return value
    outer = kind.partition("[")[0]
    if outer in ("tuple", "Mapping"):  # a line that accumulates has no default: there is none of them
        return _EMPTY[outer]
    value = default.get(name)
    if value is None:
        return _EMPTY.get(kind)
    return VlanSet.parse(value) if kind == "VlanSet" and isinstance(value, str) else value
