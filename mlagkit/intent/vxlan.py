"""VXLAN: the NVE interface, EVPN, and what the switch needs around them."""

from typing import Annotated, Literal, TypeAlias

from mlagkit.intent.forms import InterfaceRef, IPv4Address, Mac, VlanList
from mlagkit.intent.model import Block
from mlagkit.intent.ranges import HoldDownTime, Vni
from mlagkit.intent.routing import RouteDistinguisher
from mlagkit.intent.text import Description, text
from mlagkit.intent.written import NOTHING, AlsoWritten, or_nothing

NveName: TypeAlias = Literal["nve1", "nve2", "nve3", "nve4"]
"""VXG: N9K has nve1 only; K: others up to 4."""


class NveVni(Block):
    """One VNI of the NVE interface."""

    associate_vrf: bool | None = None
    """A layer 3 VNI: it belongs to a VRF."""
    mcast_group: IPv4Address | None = None
    """Multicast group of its flooded traffic."""
    ingress_replication: Literal["bgp", "static"] | None = None
    """Head-end replication instead."""
    suppress_arp: bool | None = None
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

    rd: RouteDistinguisher | None = None
    """Route distinguisher, auto or 65000:10."""
    route_targets: list[EvpnTarget] | None = None
    """`import auto`, `export 65000:10`."""


def _evpn(value: object) -> object:
    return ALL_AUTO if value == "auto" else or_nothing(value)


EvpnEntry: TypeAlias = Annotated[EvpnVni, AlsoWritten(_evpn, NOTHING, {"const": "auto"})]
"""``10010: auto`` is short for a VNI whose distinguisher and targets are all made by the switch."""


class Nve(Block):
    """The VXLAN tunnel interface, EVPN, and the global VXLAN settings."""

    name: NveName | None = None
    """Name of the interface (nve1)."""
    description: Description | None = None
    """What stands behind `description`."""
    shutdown: bool | None = None
    """Keep it down; a declared interface is up otherwise."""
    source_interface: InterfaceRef | None = None
    """Loopback with the tunnel addresses."""
    hold_down_time: HoldDownTime | None = None
    """Seconds to wait after a start (device: 180)."""
    host_reachability: Literal["bgp", "controller"] | None = None
    """Who learns remote hosts."""
    advertise_virtual_rmac: bool | None = None
    """Announce the pair's shared router MAC."""
    global_suppress_arp: bool | None = None
    """Answer ARP in all layer 2 VNIs."""
    global_ingress_replication: Literal["bgp"] | None = None
    """Head-end replication in the layer 2 VNIs that say nothing else."""
    global_mcast_group_l2: IPv4Address | None = None
    """Multicast group of the layer 2 VNIs that say nothing else."""
    global_mcast_group_l3: IPv4Address | None = None
    """The same of layer 3 VNIs."""
    multisite_interface: InterfaceRef | None = None
    """Loopback of a border gateway (`multisite border-gateway interface`)."""
    vnis: dict[Vni, VniEntry] | None = None
    """Member VNIs by their number."""
    evpn: dict[Vni, EvpnEntry] | None = None
    """Layer 2 VNIs that BGP announces (`evpn`), by their number: `10010: auto`."""
    nv_overlay_evpn: bool | None = None
    """`nv overlay evpn`; on with `evpn`, and with host_reachability bgp."""
    anycast_gateway_mac: Mac | None = None
    """The fabric's gateway MAC address."""
    infra_vlans: VlanList | None = None
    """`system nve infra-vlans`: underlay SVIs on the peer-link."""
