"""What can go wrong between a client and a switch, as data: each fault belongs to one switch of a lab."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class HttpFault(StrEnum):
    """How NX-API misbehaves, whatever is asked."""

    UNAUTHORIZED = "401"
    UNAVAILABLE = "503"  # a page of HTML, as a web server in front of the agent sends it
    HANG = "hang"  # the request is read and never answered


class RollbackFault(StrEnum):
    """How a rollback fails, and leaves the configuration as it was before it.

    Which of the two NX-API does is not known (device-side 1.5.1, 7).
    """

    TEXT = "text"  # an ordinary answer says so
    ERROR = "error"  # the answer is an error


def _none() -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults of one switch. Commands are written in full, as ``show running-config``.

    ``slow``: command -> seconds before its answer. ``trickle``: command -> seconds between the lines of its
    answer, over SSH. ``cut``: command -> characters after which the
    connection drops. ``truncate``: command -> lines after which the answer ends as if it were complete.
    ``noise``: command -> a line that appears in the middle of its answer, for example one that looks
    like a prompt. ``between``: configuration lines that somebody else types after each answer to
    ``show running-config``. ``refuse``: configuration line or command -> the error it gets, and every rollback
    or replacement of which the line is a part fails. ``drop``: commands and lines before which the connection
    drops, so that nothing is carried out; with ``cut`` it drops after. ``rollback``: see `RollbackFault`.
    ``space``: the bytes that fit on bootflash. ``http``: see `HttpFault`.
    """

    slow: Mapping[str, float] = field(default_factory=dict)
    trickle: Mapping[str, float] = field(default_factory=dict)
    cut: Mapping[str, int] = field(default_factory=dict)
    truncate: Mapping[str, int] = field(default_factory=dict)
    noise: Mapping[str, str] = field(default_factory=_none)
    between: tuple[str, ...] = ()
    refuse: Mapping[str, str] = field(default_factory=_none)
    drop: frozenset[str] = frozenset()
    rollback: RollbackFault | None = None
    space: int | None = None
    http: HttpFault | None = None

    def disturb(self, command: str, text: str) -> str:
        """The answer to a command after ``truncate`` and ``noise``."""
        lines = text.splitlines(keepends=True)
        if command in self.truncate:
            lines = lines[: self.truncate[command]]
        if command in self.noise:
            lines.insert(len(lines) // 2, f"{self.noise[command]}\n")
        return "".join(lines)
