"""What the switches of a lab take for the time of day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""What a switch takes for the time of day."""


def wall_clock() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)


class LabClock:
    """A clock that can be advanced: every timer of the switches that falls into the step fires, in its order.

    It stands at ``start``, or runs with the time of this machine where none is given.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._start = start
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        """The time of day now."""
        return (self._start or wall_clock()) + self._ahead

    def advance(self, seconds: float) -> None:
        """Let so many seconds pass at once."""
        self._ahead += timedelta(seconds=seconds)
