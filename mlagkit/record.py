"""Frozen values whose methods are written once for all of them, not for every class when it is loaded.

`@dataclass(frozen=True, slots=True)` writes six methods of a class as source and compiles them; for the sixty classes
that a command loads before it looks at its file that was a sixth of its start. A record is a dataclass with the same
fields, slots and behaviour, which `fields` and `replace` take; its methods look at the fields when they are called.
To make one takes about as long.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any, NamedTuple, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def record(kind: type[T]) -> type[T]:
    """Make a class with annotated fields a record: it takes them by name, and never changes."""
    made = dataclass(slots=True, kw_only=True, init=False, repr=False, eq=False)(kind)
    for name, method in _METHODS.items():
        if name not in vars(kind):
            setattr(made, name, method)
    return made


class _Shape(NamedTuple):
    """What the methods need to know of a class: what sets each field, and the values of those that nobody gives.

    What is compared begins with the class, so that it is a tuple for every number of fields.
    """

    puts: Mapping[str, Callable[[object, object], None]]
    usual: dict[str, object]
    fresh: Mapping[str, Callable[[], object]]
    compared: Callable[[object], tuple[object, ...]]
    shown: tuple[str, ...]


class _Shapes(dict[type[Any], _Shape]):
    """The shape of each class, worked out when it is first asked for."""

    def __missing__(self, kind: type[Any]) -> _Shape:
        told = fields(kind)
        self[kind] = shape = _Shape(
            puts={each.name: getattr(kind, each.name).__set__ for each in told},  # a slot, which knows no freezing
            usual={each.name: each.default for each in told if each.default is not MISSING},
            fresh={each.name: each.default_factory for each in told if each.default_factory is not MISSING},
            compared=attrgetter("__class__", *(each.name for each in told if each.compare)),
            shown=tuple(each.name for each in told if each.repr),
        )
        return shape


_SHAPES = _Shapes()


def _init(value: object, /, **given: object) -> None:
    shape = _SHAPES[type(value)]
    if len(given) != len(shape.puts):
        given = shape.usual | {name: make() for name, make in shape.fresh.items() if name not in given} | given
    if len(given) != len(shape.puts):
        raise TypeError(_wrong(type(value), given.keys()))
    try:
        for name, put in shape.puts.items():
            put(value, given[name])
    except KeyError as error:
        raise TypeError(_wrong(type(value), given.keys())) from error


def _wrong(kind: type, given: Set[str]) -> str:
    known = _SHAPES[kind].puts.keys()
    return f"{kind.__qualname__}: it lacks {sorted(known - given)}, and has no {sorted(given - known)}"


def _refuse(_: object, name: str, *_item: object) -> None:
    raise FrozenInstanceError(f"{name} of a record does not change")


def _equal(one: object, other: object) -> object:
    if type(one) is not type(other):
        return NotImplemented
    compared = _SHAPES[type(one)].compared
    return compared(one) == compared(other)


def _hash(value: object) -> int:
    return hash(_SHAPES[type(value)].compared(value))


@recursive_repr()
def _repr(value: object) -> str:
    shown = (f"{name}={getattr(value, name)!r}" for name in _SHAPES[type(value)].shown)
    return f"{type(value).__qualname__}({', '.join(shown)})"


def _state(value: object) -> Sequence[object]:
    return [getattr(value, name) for name in _SHAPES[type(value)].puts]


def _restore(value: object, state: Sequence[object]) -> None:
    for put, item in zip(_SHAPES[type(value)].puts.values(), state, strict=True):
        put(value, item)


_METHODS: Mapping[str, Callable[..., object]] = {
    "__init__": _init,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _repr,
    "__getstate__": _state,
    "__setstate__": _restore,
}
