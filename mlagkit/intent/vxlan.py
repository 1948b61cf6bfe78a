"""VXLAN: the NVE interface and what the switch needs around it."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from mlagkit.intent.forms import InterfaceRef, IPv4Address, Mac, VlanList
from mlagkit.intent.model import Block
from mlagkit.intent.ranges import HoldDownTime, Vni
from mlagkit.intent.text import Description
from mlagkit.intent.written import NOTHING, AlsoWritten, or_nothing

NveName: TypeAlias = Literal["nve1", "nve2", "nve3", "nve4"]
"""VXG: N9K has nve1 only; K: others up to 4."""


class NveVni(Block):
    """One VNI of the NVE interface."""

    associate_vrf: bool | None = Field(None, description="A layer 3 VNI: it belongs to a VRF.")
    mcast_group: IPv4Address | None = Field(None, description="Multicast group of its flooded traffic.")
    ingress_replication: Literal["bgp", "static"] | None = Field(None, description="Head-end replication instead.")
    suppress_arp: bool | None = Field(None, description="Answer ARP from what EVPN knows.")


VniEntry: TypeAlias = Annotated[NveVni, AlsoWritten(or_nothing, NOTHING)]
"""``10010:`` alone is a member without settings."""


class Nve(Block):
    """The VXLAN tunnel interface, and the global VXLAN settings."""

    name: NveName | None = Field(None, description="Name of the interface (nve1).")
    description: Description | None = Field(None, description="What stands behind `description`.")
    shutdown: bool | None = Field(None, description="Keep it down; a declared interface is up otherwise.")
    source_interface: InterfaceRef | None = Field(None, description="Loopback with the tunnel addresses.")
    hold_down_time: HoldDownTime | None = Field(None, description="Seconds to wait after a start (device: 180).")
    host_reachability: Literal["bgp", "controller"] | None = Field(None, description="Who learns remote hosts.")
    advertise_virtual_rmac: bool | None = Field(None, description="Announce the pair's shared router MAC.")
    vnis: dict[Vni, VniEntry] | None = Field(None, description="Member VNIs by their number.")
    nv_overlay_evpn: bool | None = Field(None, description="`nv overlay evpn`; on with host_reachability bgp.")
    anycast_gateway_mac: Mac | None = Field(None, description="The fabric's gateway MAC address.")
    infra_vlans: VlanList | None = Field(None, description="`system nve infra-vlans`: underlay SVIs on the peer-link.")
