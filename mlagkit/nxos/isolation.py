"""The lines that take one switch of a pair out of service, and leave the pair a pair.

The peer-link and the keepalive stay up: whoever cuts them makes two switches elect (reference 5, F22). What comes back
comes back the other way round: uplinks, then legs (reference section 6, "isolate and rejoin a peer": CSCus92802, JP2).
"""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.nxos.catalogue import Phase, recognise
from mlagkit.nxos.edit import Edit
from mlagkit.nxos.effective import Side, interface_name
from mlagkit.switch import Port, Switch
from mlagkit.topology.channels import ROUTED


def kept_roles(side: Side) -> Iterator[Edit]:
    """Auto-recovery off, on both: a switch that stands alone too long would take the lead when it returns (F22)."""
    for head, facts in side.root.blocks.items():
        line = recognise("vpc-domain", "auto-recovery")
        if facts.mode != "vpc-domain" or line is None or not side.values(facts).of(line.key, line.row):
            continue
        yield Edit((head,), "no auto-recovery", True, Phase.DOMAIN, line.row, None, "no auto-recovery")


def legs(switch: Switch) -> Iterator[Edit]:
    """The legs of every vPC, shut."""
    for port in switch.port_channels:
        if port.vpc is not None and not port.peer_link and not port.shutdown:
            yield _shut(port)


def orphans(switch: Switch) -> Iterator[Edit]:
    """Every other switched port, shut."""
    for port in switch.ports.values():
        if port.vpc is None and not port.peer_link and port.mode != ROUTED and _stands_alone(port):
            yield _shut(port)


def uplinks(switch: Switch) -> Iterator[Edit]:
    """Every routed port, shut, but for the one that the keepalive is sent from."""
    source = switch.keepalive.source if switch.keepalive else None
    for port in switch.ports.values():
        addresses = {each.partition("/")[0] for each in (port.address or "", *port.secondary_addresses)}
        if port.mode == ROUTED and _stands_alone(port) and "." not in port.name and source not in addresses:
            yield _shut(port)


def _stands_alone(port: Port) -> bool:
    return port.channel is None and not port.shutdown and port.name.kind in ("Ethernet", "port-channel")


def _shut(port: Port) -> Edit:
    line = recognise("interface", "shutdown")
    if line is None or interface_name(f"interface {port.name}") is None:
        raise LookupError(port.name)
    return Edit((f"interface {port.name}",), "shutdown", True, Phase.PORT_CHANNEL, line.row, None, "shutdown")
