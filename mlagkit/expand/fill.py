"""Filling a part of a Switch: what is said, else what the device would use, else nothing."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping
from typing import TypeVar, cast

from mlagkit.nxos import catalogue
from mlagkit.nxos.context import Context
from mlagkit.record import types_of
from mlagkit.values import VlanSet

T = TypeVar("T")

_EMPTY: Mapping[str, object] = {"VlanSet": VlanSet(), "tuple": (), "Mapping": {}}


class Default(dict[str, object]):
    """What the device uses where nothing is said; hundreds of ports share one, so it is put in order once a kind."""

    def __init__(self, *parts: Mapping[str, object], **more: object) -> None:
        super().__init__()
        for part in (*parts, more):
            self.update(part)
        self._filled: dict[type, Mapping[str, object]] = {}

    def filled(self, kind: type) -> Mapping[str, object]:
        """Every field of a part of which nothing is said; a field that nobody knows is empty."""
        if kind not in self._filled:
            self._filled[kind] = {name: _unsaid(self, name, type_) for name, type_ in types_of(kind).items()}
        return self._filled[kind]


@functools.lru_cache(maxsize=1024)
def defaults(mode: str, context: Context, prefix: str = "") -> Default:
    """What the device uses for each field of a part; ``prefix`` is the part's own name where it is nested."""
    found = catalogue.defaults(mode, context)
    return Default({name.removeprefix(prefix): value for name, value in found.items() if name.startswith(prefix)})


NOTHING = Default()
"""Where the device knows nothing by itself."""


def fill(kind: type[T], default: Default, *said: object, **fixed: object) -> T:
    """A part of that kind: each field from ``fixed``, else from the first of ``said`` that has it, else the default.

    A field that nobody knows is empty: None, an empty set or an empty tuple.
    """
    values = {**default.filled(kind)}
    for part in reversed(said):
        if isinstance(part, Mapping):
            values |= {name: value for name, value in part.items() if value is not None and name in values}
        elif part is not None:
            found = ((name, getattr(part, name, None)) for name in values if name not in fixed)
            values |= {name: value for name, value in found if value is not None}
    values |= fixed
    for name in _accumulating(cast("type", kind)):
        if name not in fixed:
            values[name] = _in_one_order(values[name])
    return cast("Callable[..., T]", kind)(**values)


@functools.cache
def _accumulating(kind: type) -> tuple[str, ...]:
    """Where each item is a line of its own among which NX-OS has no order; a Switch holds each once, in one order."""
    return tuple(name for name, type_ in types_of(kind).items() if type_ == "tuple[str, ...]" and name != "extra")


def _in_one_order(value: object) -> tuple[str, ...]:
    return tuple(sorted(set(cast("Collection[str]", value)))) if value else ()


def _unsaid(default: Mapping[str, object], name: str, type_: str) -> object:
    outer = type_.partition("[")[0]
    if outer in ("tuple", "Mapping"):  # a line that accumulates has no default: there is none of them
        return _EMPTY[outer]
    value = default.get(name)
    if value is None:
        return _EMPTY.get(type_)
    return VlanSet.parse(value) if type_ == "VlanSet" and isinstance(value, str) else value
