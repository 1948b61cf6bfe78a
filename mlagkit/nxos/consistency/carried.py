"""Which VLANs a switch has on its peer-link and on its legs: what `Allowed VLANs` shows.

The switch prints those that are allowed and exist (corpus nickelface-07: VLANs 1,10-11,68,88 exist, the trunk allows
all, that list is printed; OUT3 likewise).
"""

from __future__ import annotations

from collections.abc import Set

from mlagkit.part import asked_once
from mlagkit.switch import Port, Switch
from mlagkit.values import ALL_VLANS, VlanSet


def carried_on(switch: Switch, port: Port) -> VlanSet:
    """The VLANs that a port carries, by its configuration alone."""
    return VlanSet(_existing(switch) & port.allowed)


def carried_by_peer_link(switch: Switch) -> VlanSet:
    """The same of the peer-link."""
    return VlanSet(_existing(switch) & _allowed_by_peer_link(switch))


def is_on_peer_link(switch: Switch, vlan: int) -> bool:
    """The same of one VLAN."""
    return vlan in _existing(switch) and vlan in _allowed_by_peer_link(switch)


def _allowed_by_peer_link(switch: Switch) -> Set[int]:
    """A virtual one carries whatever exists."""
    if switch.peer_link is not None:
        return switch.peer_link.allowed
    return ALL_VLANS if switch.domain and switch.domain.virtual_peer_link else frozenset()


@asked_once
def _existing(switch: Switch) -> VlanSet:
    """The VLANs that are there and forward; one that is suspended or shut counts as missing (G106) [likely]."""
    return VlanSet(number for number, vlan in switch.vlans.items() if vlan.state == "active" and not vlan.shutdown)
