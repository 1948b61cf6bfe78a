"""What one switch is told, with nothing implied: the pivot that rules, drill and templates work on.

A Switch comes from a pair file (``expand``) or from a running-config (``read``). Every knob
holds its effective value: what the device would use, defaults included. A field has the same
name as its key in the pair file; a value that does not exist is ``None``, an empty set or an
empty tuple. Nothing is checked here: a Switch holds whatever was written or read.
"""

from __future__ import annotations

from mlagkit.switch.domain import DelayRestore, Domain, Keepalive, VirtualPeerLink
from mlagkit.switch.layer2 import Mst, PseudoInformation, SpanningTree, Vlan
from mlagkit.switch.layer3 import (
    AddressFamily,
    EvpnVni,
    Hsrp,
    Loopback,
    Nve,
    Route,
    Svi,
    Vni,
    Vrf,
    Vrrp,
    Vrrpv3,
    in_one_order,
)
from mlagkit.switch.ports import Interface, Port, StormControl
from mlagkit.switch.whole import Switch

__all__ = [
    "AddressFamily",
    "DelayRestore",
    "Domain",
    "EvpnVni",
    "Hsrp",
    "Interface",
    "Keepalive",
    "Loopback",
    "Mst",
    "Nve",
    "Port",
    "PseudoInformation",
    "Route",
    "SpanningTree",
    "StormControl",
    "Svi",
    "Switch",
    "VirtualPeerLink",
    "Vlan",
    "Vni",
    "Vrf",
    "Vrrp",
    "Vrrpv3",
    "in_one_order",
]
