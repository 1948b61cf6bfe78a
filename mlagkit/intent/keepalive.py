"""The ``peer-keepalive`` line."""

from typing import Annotated, Self, TypeAlias

from mlagkit.intent.forms import Address
from mlagkit.intent.misfit import Misfit, kind_of
from mlagkit.intent.model import Maybe, Model
from mlagkit.intent.ranges import HoldTimeout, KeepaliveInterval, KeepaliveTimeout, TosByte, UdpPort
from mlagkit.intent.text import VrfName
from mlagkit.intent.written import Read

PRECEDENCES = ("routine", "priority", "immediate", "flash", "flash-override", "critical", "internet", "network")
TOS = ("min-delay", "max-throughput", "max-reliability", "min-monetary-cost", "normal")


def _number_or_word(highest: int, words: tuple[str, ...]) -> Read:
    """A number from 0 or one of the device's words for them."""
    expected = f"0-{highest} or {', '.join(words)}"

    def check(value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise Misfit(f"takes {expected}, not {kind_of(value)}", "IN05")
        text = str(value)
        if text not in words and not (text.isdecimal() and int(text) <= highest):
            raise Misfit(f"takes {expected}, not {kind_of(value)}")
        return text

    choices = [*range(highest + 1), *map(str, range(highest + 1)), *words]
    return Read(check, {"enum": choices})


Precedence: TypeAlias = Annotated[str, _number_or_word(7, PRECEDENCES)]
"""DME vpcKeepalive.precValue 0..7 and precType."""

Tos: TypeAlias = Annotated[str, _number_or_word(15, TOS)]
"""DME vpcKeepalive.tosValue 0..15 and tosType."""


class Keepalive(Model):
    """The peer-keepalive; without addresses it runs between the management addresses."""

    destination: Maybe[Address] = None
    """The peer's address; derived from its management address."""
    source: Maybe[Address] = None
    """The own address; derived together with the destination."""
    vrf: Maybe[VrfName] = None
    """VRF of the addresses (device: management)."""
    udp_port: Maybe[UdpPort] = None
    """UDP port (device: 3200)."""
    interval: Maybe[KeepaliveInterval] = None
    """Milliseconds between two hellos (device: 1000)."""
    timeout: Maybe[KeepaliveTimeout] = None
    """Seconds without a hello until it is down (device: 5)."""
    hold_timeout: Maybe[HoldTimeout] = None
    """Seconds to ignore missing hellos after peer-link loss (device: 3)."""
    precedence: Maybe[Precedence] = None
    """IP precedence of the hellos (device: 6)."""
    tos: Maybe[Tos] = None
    """Type of service instead of a precedence."""
    tos_byte: Maybe[TosByte] = None
    """The whole TOS byte instead of a precedence."""

    def checked(self) -> Self:
        """One marking of its packets (reference 2.2)."""
        said = [key for key in ("precedence", "tos", "tos_byte") if getattr(self, key) is not None]
        if len(said) > 1:
            raise Misfit(f"marks its packets once: with {', '.join(said[:-1])} or {said[-1]}", "IN17")
        return self
