"""What was observed of pairs as ``mlagkit.state/1``, and back: so that a later time can be compared with it."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from mlagkit.report.document import Document
from mlagkit.state import PairState, SwitchState
from mlagkit.values import InterfaceName, VlanSet
from mlagkit.verify import Observed, Standing

FORMAT = "mlagkit.state/1"


def state_document(pairs: Mapping[str, Observed]) -> Document:
    """What was observed, by pair and switch; a value that a switch did not tell is null."""
    return {
        "format": FORMAT,
        "pairs": {
            pair: {
                name: {
                    "state": _plain(state),
                    "standing": _plain(observed.standing.get(name)),
                    "unread": dict(observed.unread.get(name, {})),
                }
                for name, state in observed.state.switches.items()
            }
            for pair, observed in pairs.items()
        },
    }


def states_of(document: Document) -> Mapping[str, Observed]:
    """What a document says, by pair; ValueError where it is none that mlagkit saved."""
    try:
        if document["format"] != FORMAT:
            raise ValueError(document["format"])
        return {pair: _observed(switches) for pair, switches in document["pairs"].items()}
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"it is no {FORMAT} ({error})") from error


def _observed(switches: Document) -> Observed:
    return Observed(
        state=PairState(switches={name: _value(SwitchState, told["state"]) for name, told in switches.items()}),
        standing={name: _value(Standing, told["standing"]) for name, told in switches.items() if told["standing"]},
        unread={name: _value(Mapping[str, str], told["unread"]) for name, told in switches.items()},
    )


def _plain(value: object) -> Any:  # noqa: ANN401  # what JSON can hold
    """A value of a state as JSON has it."""
    if isinstance(value, VlanSet | Enum):
        return str(value)
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def _value(hint: Any, data: Any) -> Any:  # noqa: ANN401  # whatever the type says
    """The value of that type that JSON has as ``data``; TypeError, ValueError or KeyError where it has none."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _one_of(inner, data)
    if origin is tuple:
        kinds = (inner[0],) * len(data) if inner[-1] is Ellipsis else inner
        return tuple(_value(each, part) for each, part in zip(kinds, _typed(list, data), strict=True))
    if origin is not None:  # a mapping
        return {_value(inner[0], key): _value(inner[1], part) for key, part in _typed(dict, data).items()}
    if isinstance(hint, type) and is_dataclass(hint):
        given = dict(_typed(dict, data))
        hints = _hints(hint)
        if given.keys() != hints.keys():
            raise ValueError(", ".join(sorted(given.keys() ^ hints.keys())))
        return hint(**{name: _value(each, given[name]) for name, each in hints.items()})
    return _scalar(hint, data)


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _one_of(kinds: tuple[Any, ...], data: Any) -> Any:  # noqa: ANN401  # one of several types
    if data is None and type(None) in kinds:
        return None
    last: Exception = ValueError(str(data)[:60])
    for kind in kinds:
        if kind is type(None):
            continue
        try:
            return _value(kind, data)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            last = error
    raise last


def _scalar(kind: Any, data: Any) -> Any:  # noqa: ANN401  # a number, a word, or a value with a form of its own
    if kind is VlanSet:
        text = _typed(str, data)
        return VlanSet.parse(text) if text else VlanSet()
    if kind is InterfaceName:
        return InterfaceName.parse(_typed(str, data))
    if issubclass(kind, Enum):
        return kind(data)
    return _typed(kind, data)


def _typed(kind: type, data: Any) -> Any:  # noqa: ANN401  # the data itself
    if type(data) is not kind:
        raise TypeError(f"{str(data)[:60]!r} is no {kind.__name__}")
    return data
