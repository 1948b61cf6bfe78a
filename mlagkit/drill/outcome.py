"""The values of a drill: what both switches are and what every host has left, after each event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mlagkit.drill.event import Event
from mlagkit.state import Role
from mlagkit.values import InterfaceName


class State(StrEnum):
    """What a leg, an SVI, an orphan port, the peer-link or the tunnel is."""

    UP = "up"
    DOWN = "down"
    SUSPENDED = "suspended"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Seconds:
    """How long at best and at worst; ``worst`` is None for as long as nobody repairs it, ``best`` then may be, too."""

    best: float | None
    worst: float | None

    @property
    def rank(self) -> tuple[float, float]:
        """Sorts the longer one behind the shorter one."""
        never = float("inf")
        return never if self.worst is None else self.worst, never if self.best is None else self.best

    def is_over(self, limit: float) -> bool:
        """Whether it may be longer than that."""
        return self.worst is None or self.worst > limit


NOT_AT_ALL = Seconds(0, 0)
UNTIL_REPAIRED = Seconds(None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchOutcome:
    """One switch once it is settled; ``keepalive`` is whether it hears its peer.

    ``legs`` are by vPC number, ``absent`` where only the peer has that vPC; ``svis`` by VLAN, ``orphans`` by port.
    ``tunnel`` is that of a VTEP, None where it is none.
    """

    role: Role
    alive: bool
    peer_link: State
    keepalive: bool
    legs: Mapping[int, State]
    svis: Mapping[int, State]
    orphans: Mapping[InterfaceName, State]
    tunnel: State | None


class LinkState(StrEnum):
    """What a link of a host is worth: it works, it is up and leads nowhere, or the host sees it down."""

    WORKS = "works"
    LOST = "leads nowhere"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a host: the port or port-channel of a switch that it ends on."""

    switch: str
    interface: InterfaceName
    state: LinkState


Rank = tuple[bool, bool, tuple[float, float], bool]
"""Whether a host is cut off, and partly; for how long; whether a link is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostOutcome:
    """What one host has left once all is settled, and what the last event cost it until then.

    ``connected``: a path leads to all that it needs. ``degraded``: not all of the links that it is wired with work.
    ``partial``: some of its links are up and lead nowhere, so that a part of its flows is lost. ``seconds``: how long
    the last event cut it off. ``why`` is one sentence, empty where the host notices nothing.
    """

    connected: bool
    degraded: bool
    partial: bool
    seconds: Seconds
    why: str
    links: tuple[Link, ...]

    @property
    def rank(self) -> Rank:
        """Sorts what is worse behind what is better."""
        return not self.connected, self.partial, self.seconds.rank, self.degraded


@dataclass(frozen=True, slots=True)
class Tally:
    """How many hosts fare how, each counted once by the worst of it, and the longest interruption of any."""

    cut_off: int = 0
    partial: int = 0
    degraded: int = 0
    worst: Seconds = NOT_AT_ALL

    @property
    def rank(self) -> tuple[int, int, tuple[float, float], int]:
        """Sorts what is worse behind what is better."""
        return self.cut_off, self.partial, self.worst.rank, self.degraded


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What there is after events in this order, each of which happens when the one before is settled.

    ``primary`` is the switch that is assumed to be the primary before the first event where no configuration tells.
    """

    events: tuple[Event, ...]
    primary: str | None
    tally: Tally
    switches: Mapping[str, SwitchOutcome]
    hosts: Mapping[str, HostOutcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Scenarios that are not listed: how many, and why their outcome is known without."""

    events: tuple[Event, ...]
    count: int
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What the pair file asks of a host and a scenario breaks: ``what`` names it, ``limit`` in seconds."""

    host: str
    what: str
    limit: float
    events: tuple[Event, ...]
    seconds: Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """Every scenario of a pair; the first has no events. ``broken`` are the objectives that single failures break.

    ``depth`` is how many failures follow each other at most, ``hosts`` all that were looked at.
    """

    pair: str
    switches: tuple[str, str]
    depth: int
    hosts: tuple[str, ...]
    scenarios: tuple[Outcome, ...]
    folded: tuple[Folded, ...]
    broken: tuple[Objective, ...]
