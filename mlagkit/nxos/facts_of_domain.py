"""What raw lines say of the vPC domain that no field of it holds."""

from __future__ import annotations

import re

from mlagkit.record import record
from mlagkit.switch import Switch

_DOMAIN = r"vpc domain ([0-9]{1,10})\Z"
_KEEPALIVE = "peer-keepalive "


@record
class DomainFacts:
    """``others`` are the numbers of further domains; ``unread_keepalive`` is a keepalive line that nobody can read."""

    others: tuple[int, ...]
    unread_keepalive: bool


def domain_facts(switch: Switch) -> DomainFacts:
    """What the raw lines of a switch and of its domain tell."""
    inside = switch.domain.extra if switch.domain else ()
    found = {int(match[1]) for line in switch.extra if (match := re.match(_DOMAIN, line.rstrip()))}
    own = {switch.domain.id} if switch.domain else set()
    return DomainFacts(
        others=tuple(sorted(found - own)),
        unread_keepalive=any(line.startswith(_KEEPALIVE) for line in inside),
    )
