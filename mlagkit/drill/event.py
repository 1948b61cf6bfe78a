"""What happens in a drill: the words of one event (cli.md), read and printed."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from mlagkit.values import VLAN_MAX, InterfaceName


class Kind(StrEnum):
    """What can happen, in words: ``{switch}``, ``{interface}``, ``{number}`` (a vPC or VLAN) stand for its objects."""

    PEER_LINK = "peer-link down"
    PEER_LINK_SHUTDOWN = "peer-link shutdown"
    PEER_LINK_LOSSY = "peer-link lossy"
    PEER_LINK_MEMBER = "peer-link member down {interface}"
    KEEPALIVE = "keepalive down"
    VPC = "vpc {number} down on {switch}"
    LINK = "link down {switch} {interface}"
    POWER_OFF = "power-off {switch}"
    POWER_OFF_BOTH = "power-off both"
    RELOAD = "reload {switch}"
    HANG = "hang {switch}"
    UPLINKS = "uplinks down {switch}"
    TRACK = "track down {switch}"
    SVI = "svi {number} down {switch}"
    TYPE_1 = "type-1 mismatch"
    TYPE_1_VPC = "type-1 mismatch vpc {number}"
    SHUTDOWN_DOMAIN = "shutdown domain {switch}"
    ROLE_PREEMPT = "role preempt"


_UP = " up"
_DOWN = " down"
_POWER_ON = "power-on "


def _returned(kind: Kind) -> str:
    """The words for the return of what was lost: ``up`` in the place of ``down``, else behind all."""
    words = kind.value
    return words.replace(_DOWN, _UP, 1) if _DOWN in words else f"{words}{_UP}"


def _form(words: str) -> re.Pattern[str]:
    return re.compile(
        re.escape(words)
        .replace(r"\{switch\}", r"(?P<switch>\S+)")
        .replace(r"\{interface\}", r"(?P<interface>\S+)")
        .replace(r"\{number\}", r"(?P<number>[1-9]\d{0,4})")
    )


@functools.cache  # most drills never read an event
def _forms() -> Sequence[tuple[Kind, bool, re.Pattern[str]]]:
    """What can be said: events, their returns, and returns with ``up`` behind the whole event."""
    return (
        *((kind, up, _form(words)) for kind in Kind for up, words in ((False, kind.value), (True, _returned(kind)))),
        *((kind, True, _form(f"{kind.value}{_UP}")) for kind in Kind if _DOWN in kind.value),
    )


DEAD = frozenset({Kind.POWER_OFF, Kind.RELOAD, Kind.HANG})
"""What takes a whole switch away; ``power-on`` brings it back."""


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """One thing that happens; ``up`` is the return of what was lost.

    ``number`` is a vPC for the kinds of a vPC and a VLAN for an SVI. The hash is made once: a drill asks for it all
    the time.
    """

    kind: Kind
    switch: str | None = None
    interface: InterfaceName | None = None
    number: int | None = None
    up: bool = False
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.kind, self.switch, self.interface, self.number, self.up)))

    def __hash__(self) -> int:
        return self._hash

    def __str__(self) -> str:
        if self.up and self.kind in DEAD:
            return f"{_POWER_ON}{self.switch}"
        words = _returned(self.kind) if self.up else str(self.kind.value)
        return words.format(switch=self.switch, interface=self.interface, number=self.number)

    @property
    def cause(self) -> Event:
        """What this is the return of; itself where it is no return."""
        return replace(self, up=False) if self.up else self

    @property
    def is_local(self) -> bool:
        """Whether it concerns the links of one host only."""
        return self.kind in (Kind.VPC, Kind.LINK)


def parse_event(text: str) -> Event:
    """Read the words of an event or of a return (``peer-link up``); ValueError names what there is."""
    words = " ".join(text.split())
    if words.startswith(_POWER_ON):
        return Event(Kind.POWER_OFF, words.removeprefix(_POWER_ON), up=True)
    found = [(kind, up, match.groupdict()) for kind, up, form in _forms() if (match := form.fullmatch(words))]
    if found:
        return _event(*min(found, key=lambda each: len(each[2])))  # `power-off both` before a switch of that name
    known = ", ".join(kind.replace("{", "<").replace("}", ">") for kind in Kind)
    raise ValueError(f"{text!r} is no event; there are: {known}, and the return of each with `up`")


def _event(kind: Kind, up: bool, objects: dict[str, str]) -> Event:
    if up and kind is Kind.ROLE_PREEMPT:
        raise ValueError(f"{kind} has no return")
    number = int(objects["number"]) if "number" in objects else None
    if kind is Kind.SVI and number is not None and number > VLAN_MAX:
        raise ValueError(f"{number} is no VLAN: 1-{VLAN_MAX}")
    interface = InterfaceName.parse(objects["interface"]) if "interface" in objects else None
    return Event(kind, objects.get("switch"), interface, number, up)
