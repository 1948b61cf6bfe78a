"""What was found out about a live pair: what both switches say, and how what they run stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from mlagkit.nxos.reply import Question
from mlagkit.state import Absent, PairState, SwitchState
from mlagkit.verify.check import Check, Result
from mlagkit.verify.implied import ImpliedSwitch

T = TypeVar("T")
NOT_ASKED = "the switch was not asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How what a switch runs stands: changes that the intent still needs, and lines that a reload would change.

    ``uncompared`` counts secrets that nobody could compare; ``unsaved`` is None where the switch did not tell.
    """

    changes: int
    uncompared: int = 0
    unsaved: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """A pair as it was found; a switch that could not be read is in none of the mappings.

    ``unread`` has by switch the commands whose answer could not be used, and why.
    """

    state: PairState
    standing: Mapping[str, Standing] = field(default_factory=dict)
    unread: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One switch: what it must be, and what it says."""

    must: ImpliedSwitch
    state: SwitchState
    unread: Mapping[str, str]

    def told(self, value: T | Absent | None, command: Question) -> T | str:
        """What the switch answered, or why nobody knows."""
        if isinstance(value, Absent):
            return value.value
        return self.unread.get(command, NOT_ASKED) if value is None else value

    def check(
        self,
        name: str,
        of: str,
        expected: str,
        seen: str,
        good: bool | None,
        *,
        why: str = "",
        advice: str = "",
        gaps: frozenset[str] = frozenset(),
        settles: bool = False,
    ) -> Check:
        """One check of this switch; ``good`` is None where that is not known."""
        result = Result.NOT_KNOWN if good is None else Result.OK if good else Result.NOT_OK
        return Check(
            name=name,
            switch=self.must.name,
            object=of,
            expected=expected,
            seen=seen,
            result=result,
            why=why,
            advice="" if good else advice,
            gaps=frozenset() if good else gaps,
            settles=settles,
        )

    def unknown(self, name: str, of: str, expected: str, why: str) -> Check:
        """A check that can't be made."""
        return self.check(name, of, expected, "", None, why=why)
