"""Which features a switch needs for what it is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from mlagkit.intent.pair import Intent
from mlagkit.intent.vxlan import Nve
from mlagkit.switch import Port
from mlagkit.values import InterfaceName


def features_of(intent: Intent, ports: Mapping[InterfaceName, Port]) -> frozenset[str]:
    """What is used implies its feature (reference 2.1); what the intent says of a feature comes before that."""
    needed = {*_layer_2(intent, ports.values()), *_layer_3(intent, ports.values()), *_vxlan(intent)}
    wanted = {name for name, on in intent.features.items() if on}
    unwanted = {name for name, on in intent.features.items() if not on}
    return frozenset((needed | wanted) - unwanted)


def _layer_2(intent: Intent, ports: Collection[Port]) -> Iterator[str]:
    if intent.domain is not None:
        yield "vpc"
    if any(port.lacp in ("active", "passive") for port in ports):
        yield "lacp"
    if any(port.udld in ("enable", "aggressive") for port in ports):
        yield "udld"


def _layer_3(intent: Intent, ports: Collection[Port]) -> Iterator[str]:
    svis = intent.svis.values()
    loopbacks = intent.loopbacks.values()
    routed = [*(svi.interface for svi in svis), *(loopback.interface for loopback in loopbacks)]
    if any(each.ip_pim_sparse_mode for each in routed) or any(port.ip_pim_sparse_mode for port in ports):
        yield "pim"
    if any(each.ospf for each in routed) or any(port.ospf for port in ports):
        yield "ospf"
    if svis:
        yield "interface-vlan"
    if any(svi.hsrp for svi in svis):
        yield "hsrp"
    if any(svi.vrrp for svi in svis):
        yield "vrrp"
    if any(svi.vrrpv3 for svi in svis):
        yield "vrrpv3"
    if any(svi.dhcp_relay for svi in svis):
        yield "dhcp"


def _vxlan(intent: Intent) -> Iterator[str]:
    nve = intent.nve
    if nve is not None and has_interface(intent):
        yield "nv overlay"
    if any(vlan.vni is not None for vlan in intent.vlans.values()):
        yield "vn-segment-vlan-based"
    if (nve is not None and nve.anycast_gateway_mac) or any(svi.anycast_gateway for svi in intent.svis.values()):
        yield "fabric forwarding"


def is_evpn(nve: Nve | None) -> bool:
    """Whether EVPN is on: as is said, else because BGP learns the hosts or announces a VNI."""
    if nve is None:
        return False
    return nve.host_reachability == "bgp" or bool(nve.evpn) if nve.nv_overlay_evpn is None else nve.nv_overlay_evpn


GLOBAL_VXLAN = frozenset({"evpn", "nv_overlay_evpn", "anycast_gateway_mac", "infra_vlans"})
"""Keys beside those of the NVE interface that are settings of the whole switch."""


def has_interface(intent: Intent) -> bool:
    """Whether there is an NVE interface, or only global VXLAN settings."""
    said = intent.nve.said() if intent.nve else {}
    return any(key not in GLOBAL_VXLAN and value != () for key, value in said.items())
