"""What is attached to a port, as far as the pair file tells."""

from __future__ import annotations

from mlagkit.switch import Port, Switch


def attached(switch: Switch, port: Port) -> str | None:
    """The host behind a port: by its name there, or by where its cables lead."""
    if port.host:
        return port.host
    device = far_end(switch, port)
    return device if device in switch.hosts else None


def far_end(switch: Switch, port: Port) -> str | None:
    """The device at the other end of a port, or of a member of a port-channel; None where no cabling tells."""
    ends = (switch.cabling.get(name) for name in (port.name, *port.members))
    return next((end.split()[0] for end in ends if end), None)
