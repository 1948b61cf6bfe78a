"""One line of what was found."""

from __future__ import annotations

from dataclasses import dataclass

from mlagkit.verify import Result


@dataclass(frozen=True, slots=True)
class Item:
    """What was looked at, what was seen there, whether that will do, and what to do where it won't."""

    name: str
    seen: str
    result: Result = Result.OK
    advice: str = ""


def unknown(name: str, why: str, advice: str = "") -> Item:
    """An item that nobody can tell anything about."""
    return Item(name, why, Result.NOT_KNOWN, advice)


def wrong(name: str, seen: str, advice: str) -> Item:
    """An item that is not as a push needs it."""
    return Item(name, seen, Result.NOT_OK, advice)
