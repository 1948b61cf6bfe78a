"""What a push is asked to do, and on which terms: the lines of a plan with their switches and gates."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from mlagkit.finding import Waived
from mlagkit.push.proof import Proof


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


_AT_LEAST = 600.0
"""Seconds until the timers go off, as Junos has it by default (trust.md), and more where the pair has long delays."""
_A_STEP = 10.0
"""Seconds more for each step: a leg that flaps is back by then, and a push that runs out of time goes back halfway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a push is allowed, and what is known of the switches: ``seconds`` is the timer's, None for the default.

    ``replace``: whole configurations are sent in place of lines. ``rules`` are the files of own rules by which the plan
    is judged, ``local_rules``: somebody vouches for them as they lie here.
    """

    permissions: Collection[str] = ()
    proofs: Mapping[str, Proof] = field(default_factory=dict)
    seconds: float | None = None
    replace: bool = False
    rules: Sequence[str] = ()
    local_rules: bool = False

    def timer(self, steps: int, patience: float) -> float:
        """For how many seconds the timers are set, for so many steps with gates of so much patience."""
        return self.seconds or _AT_LEAST + 2 * patience + _A_STEP * steps
