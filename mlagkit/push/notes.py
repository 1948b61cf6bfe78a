"""What a push writes down before it does it; and, once it goes back, whether or not it can be written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mlagkit.push.journal import Journal, Line

SENT = ("send", "type", "put")
"""What is written before a switch hears of anything that could change it."""


@dataclass(slots=True)
class Notes:
    """Writes the lines of a run; ``heard`` gets each of them.

    ``must``: nothing is done that can't be recorded. On the way back the switches count for more than the journal:
    what could not be written is then kept in ``lost``. ``sent``: a switch has heard of something that could change it.
    """

    journal: Journal
    heard: Callable[[Line], None]
    must: bool = True
    lost: str = ""
    sent: bool = False

    def __call__(self, event: str, /, **facts: object) -> None:
        """Write one line; OSError where it ``must`` be written and can't be."""
        try:
            line = self.journal.note(event, **facts)
        except OSError as error:
            if self.must:
                raise
            self.lost = error.strerror or str(error)
            line = {"event": event, **self.journal.masked(facts)}
        self.sent = self.sent or event in SENT
        self.heard(line)
