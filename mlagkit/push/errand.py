"""What a push is asked to do: the lines of a plan with their switches and gates, and what they were made for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mlagkit.finding import Waived


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step of a plan: lines that one switch takes at once, their undo, and what must hold before the next."""

    number: int
    switch: str
    lines: Sequence[str]
    undo: Sequence[str]
    reason: str
    gate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A plan as far as a push needs it.

    ``switches`` are both in the order of the pair file, ``base`` the fingerprints of the running-configs that it
    starts from, ``leader`` who was assumed to lead. ``stops`` are, by permission, what must be allowed;
    ``accepted`` says who waived an error that the plan ends with, by rule and message. ``deleted`` counts the objects
    that go. ``uncompared`` are the lines that stay as they are although nobody knows
    whether they are as intended.
    """

    pair: str
    hash: str
    switches: Sequence[str]
    base: Mapping[str, str]
    leader: str | None
    moves: Sequence[Move]
    stops: Mapping[str, Sequence[str]]
    accepted: Mapping[tuple[str, str], Waived] = field(default_factory=dict)
    deleted: int = 0
    uncompared: Sequence[str] = ()
