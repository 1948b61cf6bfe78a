"""What the switches run, against the intent and against what they would start with."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.verify.check import Check
from mlagkit.verify.observed import NOT_ASKED, Side, Standing


def configuration(side: Side, standing: Standing | None) -> Iterator[Check]:
    """No drift, and nothing that a reload would lose."""
    if standing is None:
        yield side.unknown("drift", "running-config", "as intended", NOT_ASKED)
        return
    changes, unsaved = standing.changes, standing.unsaved
    why = f"{standing.uncompared} secrets could not be compared" if standing.uncompared else ""
    yield side.check(
        *("drift", "running-config", "as intended", _counted(changes, "change") if changes else "as intended"),
        not changes,
        why=why,
        advice="`mlagkit diff` shows what differs",
        gaps=_as_many(changes),
    )
    if unsaved is None:
        yield side.unknown("startup", "startup-config", "saved", "the switch did not tell its startup-config")
        return
    yield side.check(
        *("startup", "startup-config", "saved", f"{_counted(unsaved, 'line')} not saved" if unsaved else "saved"),
        not unsaved,
        advice="save the configuration, or a reload brings back the old one",
        gaps=_as_many(unsaved),
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _as_many(number: int) -> frozenset[str]:
    """As many gaps, so that more of them than before is worse."""
    return frozenset(map(str, range(number)))
