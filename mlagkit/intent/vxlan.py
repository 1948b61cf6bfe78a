"""VXLAN: the NVE interface, EVPN, and what the switch needs around them."""

from typing import Annotated, Literal, TypeAlias

from mlagkit.intent.forms import InterfaceRef, IPv4Address, Mac, VlanList
from mlagkit.intent.model import Block, Maybe
from mlagkit.intent.ranges import HoldDownTime, Vni
from mlagkit.intent.routing import RouteDistinguisher
from mlagkit.intent.text import Description, text
from mlagkit.intent.written import NOTHING, AlsoWritten, or_nothing

NveName: TypeAlias = Literal["nve1", "nve2", "nve3", "nve4"]
"""VXG: N9K has nve1 only; K: others up to 4."""


class NveVni(Block):
    """One VNI of the NVE interface."""

    associate_vrf: Maybe[bool] = None
    """A layer 3 VNI: it belongs to a VRF."""
    mcast_group: Maybe[IPv4Address] = None
    """Multicast group of its flooded traffic."""
    ingress_replication: Maybe[Literal["bgp", "static"]] = None
    """Head-end replication instead."""
    suppress_arp: Maybe[bool] = None
    """Answer ARP from what EVPN knows."""


VniEntry: TypeAlias = Annotated[NveVni, AlsoWritten(or_nothing, NOTHING)]
"""``10010:`` alone is a member without settings."""


EvpnTarget: TypeAlias = Annotated[
    str, text(r"(both|import|export) (auto|[\d.]+:\d+)", 48, "a target such as `import auto`")
]
ALL_AUTO: dict[str, object] = {"rd": "auto", "route_targets": ["export auto", "import auto"]}
"""What ``auto`` is short for, as a Switch has it: what 25 of the 27 VNIs of the corpus say."""


class EvpnVni(Block):
    """One Layer 2 VNI that BGP announces."""

    rd: Maybe[RouteDistinguisher] = None
    """Route distinguisher, auto or 65000:10."""
    route_targets: Maybe[list[EvpnTarget]] = None
    """`import auto`, `export 65000:10`."""


def _evpn(value: object) -> object:
    return ALL_AUTO if value == "auto" else or_nothing(value)


EvpnEntry: TypeAlias = Annotated[EvpnVni, AlsoWritten(_evpn, NOTHING, {"const": "auto"})]
"""``10010: auto`` is short for a VNI whose distinguisher and targets are all made by the switch."""


class Nve(Block):
    """The VXLAN tunnel interface, EVPN, and the global VXLAN settings."""

    name: Maybe[NveName] = None
    """Name of the interface (nve1)."""
    description: Maybe[Description] = None
    """What stands behind `description`."""
    shutdown: Maybe[bool] = None
    """Keep it down; a declared interface is up otherwise."""
    source_interface: Maybe[InterfaceRef] = None
    """Loopback with the tunnel addresses."""
    hold_down_time: Maybe[HoldDownTime] = None
    """Seconds to wait after a start (device: 180)."""
    host_reachability: Maybe[Literal["bgp", "controller"]] = None
    """Who learns remote hosts."""
    advertise_virtual_rmac: Maybe[bool] = None
    """Announce the pair's shared router MAC."""
    global_suppress_arp: Maybe[bool] = None
    """Answer ARP in all layer 2 VNIs."""
    global_ingress_replication: Maybe[Literal["bgp"]] = None
    """Head-end replication in the layer 2 VNIs that say nothing else."""
    global_mcast_group_l2: Maybe[IPv4Address] = None
    """Multicast group of the layer 2 VNIs that say nothing else."""
    global_mcast_group_l3: Maybe[IPv4Address] = None
    """The same of layer 3 VNIs."""
    multisite_interface: Maybe[InterfaceRef] = None
    """Loopback of a border gateway (`multisite border-gateway interface`)."""
    vnis: Maybe[dict[Vni, VniEntry]] = None
    """Member VNIs by their number."""
    evpn: Maybe[dict[Vni, EvpnEntry]] = None
    """Layer 2 VNIs that BGP announces (`evpn`), by their number: `10010: auto`."""
    nv_overlay_evpn: Maybe[bool] = None
    """`nv overlay evpn`; on with `evpn`, and with host_reachability bgp."""
    anycast_gateway_mac: Maybe[Mac] = None
    """The fabric's gateway MAC address."""
    infra_vlans: Maybe[VlanList] = None
    """`system nve infra-vlans`: underlay SVIs on the peer-link."""
