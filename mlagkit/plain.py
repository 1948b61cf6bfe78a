"""Values as plain data that JSON can hold, and back: what has fields, tuples, sets, mappings, words and numbers.

Nothing of the data says what it is; whoever reads it names the type, and takes nothing else.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

Read = Callable[[Any], Any]


def plain(value: object) -> Any:  # noqa: ANN401  # whatever JSON can hold
    """The value as lists, words and numbers; TypeError where it holds something else."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return [[plain(key), plain(inner)] for key, inner in value.items()]
    if isinstance(value, frozenset):
        return sorted(map(plain, value))
    if isinstance(value, tuple):
        return list(map(plain, value))
    if is_dataclass(value) and not isinstance(value, type):
        return [plain(getattr(value, name)) for name in _names(type(value))]
    raise TypeError(f"{type(value).__name__} can't be written as plain data")


def read_plain(kind: Any, data: object) -> Any:  # noqa: ANN401  # a value of that type
    """The value of that type; ValueError or TypeError where the data hold none."""
    return reader(kind)(data)


@functools.cache
def reader(kind: Any) -> Read:  # noqa: ANN401  # any type
    """What reads values of one type."""
    origin, args = get_origin(kind) or kind, get_args(kind)
    if origin in (Union, types.UnionType):
        return _one_of(args)
    if origin is tuple:
        return _tuple(args)
    if origin is frozenset:
        inner = reader(args[0])
        return lambda data: frozenset(map(inner, _checked(list, data)))
    if origin is Mapping:
        key, value = map(reader, args)
        return lambda data: {key(one): value(other) for one, other in _checked(list, data)}
    if is_dataclass(origin) or hasattr(origin, "_fields"):
        return _named(origin)
    if kind in (bool, int, float, str, type(None)):
        return functools.partial(_checked, kind)
    if isinstance(kind, type) and issubclass(kind, str):
        return lambda data: kind(_checked(str, data))
    raise TypeError(f"{kind} is no type of plain data")


def _checked(kind: type, data: object) -> Any:  # noqa: ANN401  # a value of that type
    if type(data) is not kind:
        raise TypeError(f"{type(data).__name__} where {kind.__name__} must be")
    return data


def _one_of(kinds: tuple[Any, ...]) -> Read:
    """A type or None; several only where the data tell them apart, as they do words and numbers."""
    if len(kinds) == 2 and type(None) in kinds:
        inner = reader(next(kind for kind in kinds if kind is not type(None)))
        return lambda data: None if data is None else inner(data)
    if all(kind in (bool, int, float, str, type(None)) for kind in kinds):
        return lambda data: _checked(type(data) if type(data) in kinds else kinds[0], data)
    raise TypeError(f"plain data don't tell which of {kinds} they are")


def _tuple(kinds: tuple[Any, ...]) -> Read:
    if kinds[1:] == (...,):
        inner = reader(kinds[0])
        return lambda data: tuple(map(inner, _checked(list, data)))
    readers = tuple(map(reader, kinds))
    return lambda data: tuple(read(each) for read, each in zip(readers, _checked(list, data), strict=True))


def _named(kind: Any) -> Read:  # noqa: ANN401  # a dataclass or a named tuple
    hints = get_type_hints(kind)
    names = _names(kind)
    readers = tuple(reader(hints[name]) for name in names)

    def read(data: object) -> Any:  # noqa: ANN401  # of the class
        values = zip(names, readers, _checked(list, data), strict=True)
        return kind(**{name: inner(each) for name, inner, each in values})

    return read


@functools.cache
def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401  # a dataclass or a named tuple
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else kind._fields
