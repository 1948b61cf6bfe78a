"""What an answer states one by one, ``vPC role : primary`` or ``"vpc-role": "primary"``: by the key of NX-API."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from mlagkit.nxos.state.lines import Line, Misread, squeezed
from mlagkit.state import Others

T = TypeVar("T")

_LABELLED = re.compile(r"\s*(?:--)?(\S.*?)\s*:(?:\s+(.*))?")


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and where it stands."""

    value: str
    place: str


Facts = Mapping[str, Fact]


def labelled(lines: Iterable[Line], keys: Mapping[str, str]) -> dict[str, Fact]:
    """The facts of lines ``label : value``; ``keys`` has the key of NX-API for each label in lower case.

    A label that is not there is its own key. One that comes twice with different values, and any
    other line, is misread.
    """
    found: dict[str, Fact] = {}
    for line in lines:
        match = _LABELLED.fullmatch(line.text)
        if not match:
            raise line.misread()
        key = keys.get(squeezed(match[1]), match[1])
        value = (match[2] or "").strip()
        if found.setdefault(key, Fact(value, _place(line))).value != value:
            raise line.misread()
    return found


def _place(line: Line) -> str:
    return str(line.misread())


def need(facts: Facts, key: str, convert: Callable[[str], T]) -> T:
    """A fact as a value; Misread where it is missing or none."""
    found = want(facts, key, convert)
    if found is None:
        raise Misread(f"it does not say {key!r}")
    return found


def want(facts: Facts, key: str, convert: Callable[[str], T]) -> T | None:
    """A fact as a value, None where the switch does not tell it or leaves it empty; Misread where it is none."""
    fact = facts.get(key)
    if fact is None or not fact.value:
        return None
    try:
        return convert(fact.value)
    except ValueError:
        raise Misread(fact.place) from None


def others(facts: Facts, known: Iterable[str]) -> Others:
    """What was told under other keys, in its order."""
    names = set(known)
    return tuple((key, fact.value) for key, fact in facts.items() if key not in names)
