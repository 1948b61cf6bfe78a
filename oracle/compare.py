"""An oracle's facts against ours, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from oracle.facts import Asked, Facts

UNREADABLE = "the whole answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A fact that an oracle tells otherwise; None for what one of the two does not tell at all."""

    oracle: str
    where: str
    command: str
    object: str
    attribute: str
    ours: str | None
    theirs: str | None


def agreed(ours: Facts, theirs: Facts) -> int:
    """How many facts are the same."""
    return sum(theirs.get(key) == value for key, value in ours.items())


def differences(oracle: str, asked: Asked, ours: Facts, theirs: Facts) -> Iterator[Difference]:
    """All others, in the order of their names."""
    for key in sorted(ours.keys() | theirs.keys()):
        if ours.get(key) != theirs.get(key):
            yield Difference(
                oracle=oracle,
                where=asked.where,
                command=asked.command,
                object=key[0],
                attribute=key[1],
                ours=ours.get(key),
                theirs=theirs.get(key),
            )
