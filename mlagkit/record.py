"""Frozen values whose methods are written once for all of them, not for every class when it is loaded.

`@dataclass(frozen=True, slots=True)` writes six methods of a class as source and compiles them; for the sixty classes
that a command loads before it looks at its file that was a sixth of its start. A record is a dataclass with the same
fields, slots and behaviour, which `fields` and `replace` take; its methods look at the fields when they are called, and
`dataclass` itself is asked only where somebody wants its fields. To make one takes about as long.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import MISSING, Field, FrozenInstanceError, field, fields, make_dataclass
from functools import cache
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any, NamedTuple, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def record(kind: type[T]) -> type[T]:
    """Make a class a record: it takes what is annotated in it, every time a field, by name, and never changes."""
    own = {name: vars(kind).get(name, MISSING) for name in kind.__annotations__}
    kept = {name: value for name, value in vars(kind).items() if name not in (*own, *_OF_NO_SLOTS)}
    kept |= {"__slots__": tuple(own), _FIELDS: _Fields(own)}
    make: Callable[..., type[T]] = type(kind)
    made = make(kind.__name__, kind.__bases__, _METHODS | kept)
    made.__qualname__ = kind.__qualname__
    return made


class _Fields:
    """The fields that a record has besides those of the records above it, each as it is written."""

    def __init__(self, own: Mapping[str, object]) -> None:
        self.own = own

    def __get__(self, _: object, kind: type) -> Mapping[str, Field[Any]]:
        """What `dataclasses` looks at: all fields of the record, as a dataclass has them."""
        return _as_dataclass(kind)


@cache
def _as_dataclass(kind: type) -> Mapping[str, Field[Any]]:
    types = types_of(kind)
    told = [(name, types[name], each) for name, each in _fields_of(kind).items()]
    named = {"__doc__": str(kind.__doc__)}  # else a text is made of all its fields
    made = make_dataclass(kind.__name__, told, namespace=named, kw_only=True, init=False, repr=False, eq=False)
    return {each.name: each for each in fields(made)}


def _fields_of(kind: type) -> Mapping[str, Field[Any]]:
    told = {name: given for each in _records(kind) for name, given in vars(each)[_FIELDS].own.items()}
    return {name: given if isinstance(given, Field) else field(default=given) for name, given in told.items()}


def types_of(kind: type) -> Mapping[str, str]:
    """The types of a record's fields by name, as they are written, which takes less than a look at its `fields`."""
    return {name: str(type_) for each in _records(kind) for name, type_ in each.__annotations__.items()}


def _records(kind: type) -> Iterator[type]:
    """A record behind those that it has fields of."""
    return (each for each in reversed(kind.__mro__) if _FIELDS in vars(each))


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
        told = _fields_of(kind)
        self[kind] = shape = _Shape(
            puts={name: getattr(kind, name).__set__ for name in told},  # a slot, which knows no freezing
            usual={name: each.default for name, each in told.items() if each.default is not MISSING},
            fresh={name: each.default_factory for name, each in told.items() if each.default_factory is not MISSING},
            compared=attrgetter("__class__", *(name for name, each in told.items() if each.compare)),
            shown=tuple(name for name, each in told.items() if each.repr),
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


_FIELDS = "__dataclass_fields__"
_OF_NO_SLOTS = ("__dict__", "__weakref__")
_METHODS: dict[str, Any] = {
    "__init__": _init,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _repr,
    "__getstate__": _state,
    "__setstate__": _restore,
}
