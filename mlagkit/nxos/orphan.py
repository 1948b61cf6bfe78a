"""Ports that are suspended like an orphan although they are none: what raw lines say of them."""

from __future__ import annotations

from mlagkit.nxos.nested import has, lines_of
from mlagkit.switch import Port, Switch
from mlagkit.values import InterfaceName

_SUSPENDED = ("vpc orphan-port suspend", "vpc orphan-ports suspend")


def suspended_by(port: Port) -> str:
    """The field of a port that says so; nothing where none does."""
    if port.orphan_suspend:
        return "orphan_suspend"
    return "extra" if has(lines_of(port.extra), *_SUSPENDED) else ""


def is_refused(switch: Switch, port: object, line: str) -> bool:
    """Whether a raw line says it of the peer-link, a leg or a port of one of them, where a switch refuses it.

    There is no key for it (G106, ANS2): MB32 and PL02 find the line.
    """
    if not isinstance(port, Port) or line not in _SUSPENDED:
        return False
    channel = switch.ports.get(InterfaceName(f"port-channel{port.channel}"), port)
    return channel.peer_link or channel.vpc is not None
