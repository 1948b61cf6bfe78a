"""On which terms a push is carried out: what it is allowed, what is known of the switches, in which way it is done."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from mlagkit.push.proof import Proof

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
