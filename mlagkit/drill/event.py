"""What happens in a drill: the words of one event (cli.md), read and printed."""

from __future__ import annotations

import re
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
_POWER_ON = "power-on "
_FORMS = {
    kind: re.compile(
        re.escape(kind)
        .replace(r"\{switch\}", r"(?P<switch>\S+)")
        .replace(r"\{interface\}", r"(?P<interface>\S+)")
        .replace(r"\{number\}", r"(?P<number>[1-9]\d{0,4})")
    )
    for kind in Kind
}
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
        words = str(self.kind.value).format(switch=self.switch, interface=self.interface, number=self.number)
        return f"{words}{_UP}" if self.up else words

    @property
    def cause(self) -> Event:
        """What this is the return of; itself where it is no return."""
        return replace(self, up=False) if self.up else self

    @property
    def is_local(self) -> bool:
        """Whether it concerns the links of one host only."""
        return self.kind in (Kind.VPC, Kind.LINK)


def parse_event(text: str) -> Event:
    """Read the words of an event, with `` up`` behind it for the return; ValueError names what there is."""
    words = " ".join(text.split())
    if words.startswith(_POWER_ON):
        return Event(Kind.POWER_OFF, words.removeprefix(_POWER_ON), up=True)
    up = words.endswith(_UP)
    said = words.removesuffix(_UP)
    for kind in (Kind.POWER_OFF_BOTH, *Kind):  # before a switch of that name
        match = _FORMS[kind].fullmatch(said)
        if match:
            return _event(kind, match.groupdict(), up)
    known = ", ".join(kind.replace("{", "<").replace("}", ">") for kind in Kind)
    raise ValueError(f"{text!r} is no event; there are: {known}, and each of them with `up` behind it")


def _event(kind: Kind, objects: dict[str, str], up: bool) -> Event:
    if up and kind is Kind.ROLE_PREEMPT:
        raise ValueError(f"{kind} has no return")
    number = int(objects["number"]) if "number" in objects else None
    if kind is Kind.SVI and number is not None and number > VLAN_MAX:
        raise ValueError(f"{number} is no VLAN: 1-{VLAN_MAX}")
    interface = InterfaceName.parse(objects["interface"]) if "interface" in objects else None
    return Event(kind, objects.get("switch"), interface, number, up)
