"""What must be the same before the peer-link forms: no consistency parameter, and the condition for any comparison.

Names as `show vpc` and `show vpc role` print them. The words of the syslog that tells of a difference are "vPC domain
mismatch", "system id mismatch", "system priority mismatch" (reference 3.1, id 36945365527).
"""

from __future__ import annotations

from mlagkit.nxos.consistency.row import Mark, Row
from mlagkit.nxos.system_mac import system_mac
from mlagkit.switch import Switch


def _domain(switch: Switch) -> str | None:
    return None if switch.domain is None else str(switch.domain.id)


def _system_mac(switch: Switch) -> str | None:
    return None if switch.domain is None else system_mac(switch.domain)


def _system_priority(switch: Switch) -> str | None:
    return None if switch.domain is None else str(switch.domain.system_priority)


def _peer_link(switch: Switch) -> str | None:
    if switch.peer_link is not None:
        return switch.peer_link.name
    return "virtual" if switch.domain and switch.domain.virtual_peer_link else None


def _same_kind(one: str, other: str) -> bool:
    """Whether both are ports, of any number, or both virtual."""
    return (one == "virtual") == (other == "virtual")


FORMING: tuple[Row[Switch], ...] = (
    Row(name="vPC domain id", type=None, source="3.1, G106", mark=Mark.CERTAIN, value=_domain),
    Row(name="vPC system-mac", type=None, source="3.1, G106", mark=Mark.CERTAIN, value=_system_mac),
    Row(name="vPC system-priority", type=None, source="3.1, G106", mark=Mark.CERTAIN, value=_system_priority),
    Row(name="vPC Peer-link", type=None, source="PL01, VXG", mark=Mark.CERTAIN, value=_peer_link, same=_same_kind),
)
"""A value that is missing on one side is a difference here, too."""
