"""Which VLANs a switch has on its peer-link and on its legs: what `Allowed VLANs` shows.

The switch prints those that are allowed and exist (corpus nickelface-07: VLANs 1,10-11,68,88 exist, the trunk allows
all, that list is printed; OUT3 likewise).
"""

from __future__ import annotations

from mlagkit.switch import Port, Switch
from mlagkit.values import VlanSet


def is_existing(switch: Switch, vlan: int) -> bool:
    """Whether a VLAN is there and forwards; one that is suspended or shut counts as missing (G106) [likely]."""
    found = switch.vlans.get(vlan)
    return found is not None and found.state == "active" and not found.shutdown


def carried_on(switch: Switch, port: Port) -> VlanSet:
    """The VLANs that a port carries, by its configuration alone."""
    if port.mode == "routed":
        return VlanSet()
    allowed = port.vlans if port.mode == "trunk" else {port.vlan}
    return VlanSet(vlan for vlan in switch.vlans if vlan in allowed and is_existing(switch, vlan))


def carried_by_peer_link(switch: Switch) -> VlanSet:
    """The same of the peer-link; a virtual one carries whatever exists."""
    if switch.peer_link is not None:
        return carried_on(switch, switch.peer_link)
    if switch.domain and switch.domain.virtual_peer_link:
        return VlanSet(vlan for vlan in switch.vlans if is_existing(switch, vlan))
    return VlanSet()
