"""What is attached to a port, as far as the pair file tells."""

from __future__ import annotations

from collections.abc import Mapping

from mlagkit.part import asked_once
from mlagkit.switch import Port, Switch
from mlagkit.topology.channels import members


def attached(switch: Switch, port: Port) -> str | None:
    """The host behind a port: by its name there, or by where its cables lead."""
    if port.host:
        return port.host
    device = far_end(switch, port)
    return device if device in switch.hosts else None


def ports_to(switch: Switch, host: str) -> tuple[Port, ...]:
    """The ports and port-channels that lead to a host, not the members of these."""
    return _ports_to_hosts(switch).get(host, ())


@asked_once
def _ports_to_hosts(switch: Switch) -> Mapping[str, tuple[Port, ...]]:
    found: dict[str, tuple[Port, ...]] = {}
    for port in switch.ports.values():
        host = None if port.channel is not None else attached(switch, port)
        if host is not None:
            found[host] = (*found.get(host, ()), port)
    return found


def links(switch: Switch, port: Port) -> tuple[Port, ...]:
    """The cables of a port that are up: its members, or itself; a port-channel without members has none."""
    if port.shutdown:
        return ()
    cables = members(switch, port) if port.name.kind == "port-channel" else (port,)
    return tuple(each for each in cables if not each.shutdown)


def far_end(switch: Switch, port: Port) -> str | None:
    """The device at the other end of a port, or of a member of a port-channel; None where no cabling tells."""
    ends = (switch.cabling.get(name) for name in (port.name, *port.members))
    return next((end.split()[0] for end in ends if end), None)
