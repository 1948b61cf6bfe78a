"""SVIs with their first-hop redundancy, loopbacks, VXLAN, VRFs and static routes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mlagkit.part import Part
from mlagkit.record import record
from mlagkit.switch.ports import Interface
from mlagkit.values import InterfaceName


@record
class Hsrp(Part):
    """One HSRP group of an SVI.

    ``timers`` (``3 10``, ``msec 250 msec 750``), ``preempt_delay`` (``minimum 60 reload 120``) and
    ``forwarding_threshold`` (``lower 1 upper 110``) stand in the device's own words, in seconds.
    """

    group: int
    family: str
    address: str | None
    secondary_addresses: tuple[str, ...]
    priority: int
    forwarding_threshold: str | None
    preempt: bool
    preempt_delay: str | None
    timers: str
    authentication: str | None
    mac_address: str | None
    name: str | None
    track: Mapping[int, int | None]


@record
class Vrrp(Part):
    """One VRRP group of an SVI (VRRPv2); ``advertisement_interval`` in seconds."""

    group: int
    address: str | None
    secondary_addresses: tuple[str, ...]
    priority: int
    preempt: bool
    advertisement_interval: int
    authentication: str | None
    shutdown: bool
    track: Mapping[int, int | None]


@record
class Vrrpv3(Part):
    """One VRRPv3 group of an SVI; ``timers_advertise`` in milliseconds.

    ``vrrpv2`` says that it speaks version 2 as well.
    """

    group: int
    family: str
    description: str | None
    address: str | None
    secondary_addresses: tuple[str, ...]
    priority: int
    preempt: bool
    timers_advertise: int
    vrrpv2: bool
    shutdown: bool
    track: Mapping[int, int | None]


@record
class Svi(Interface):
    """The routed interface of a VLAN with its first-hop redundancy."""

    vlan: int
    hsrp_version: int
    hsrp: tuple[Hsrp, ...]
    vrrp: tuple[Vrrp, ...]
    vrrpv3: tuple[Vrrpv3, ...]
    anycast_gateway: bool
    ip_forward: bool
    ipv6_forward: bool
    autostate: bool
    dhcp_relay: tuple[str, ...]


@record
class Loopback(Interface):
    """A loopback; its secondary address is the pair's shared address where NVE uses it."""


@record
class Vni(Part):
    """One ``member vni`` of the NVE interface."""

    vni: int
    associate_vrf: bool
    mcast_group: str | None
    ingress_replication: str | None
    suppress_arp: bool


@record
class EvpnVni(Part):
    """One ``vni N l2`` of the ``evpn`` block, which BGP announces (``import auto`` as the device prints it)."""

    vni: int
    rd: str | None
    route_targets: tuple[str, ...]


@record
class Nve(Part):
    """The VXLAN tunnel interface; ``hold_down_time`` in seconds.

    What is ``global`` holds for every Layer 2 VNI that says nothing else, ``global_mcast_group_l3`` for those of
    Layer 3.
    """

    name: InterfaceName
    description: str | None
    shutdown: bool
    source_interface: str | None
    hold_down_time: int
    host_reachability: str | None
    advertise_virtual_rmac: bool
    global_suppress_arp: bool
    global_ingress_replication: str | None
    global_mcast_group_l2: str | None
    global_mcast_group_l3: str | None
    multisite_interface: str | None
    vnis: tuple[Vni, ...]


@record
class Route:
    """One static route in the words of the line behind ``ip route``: prefix, next hop and its options."""

    prefix: str
    next_hop: str
    name: str | None = None
    tag: int | None = None
    preference: int | None = None


def in_one_order(routes: Iterable[Route]) -> tuple[Route, ...]:
    """Routes by prefix and next hop, since the order of their lines means nothing."""
    return tuple(sorted(routes, key=lambda route: (route.prefix, route.next_hop)))


@record
class AddressFamily(Part):
    """``address-family`` of a VRF with its route targets (``both auto evpn`` as the device prints them)."""

    name: str
    route_targets: tuple[str, ...]


@record
class Vrf(Part):
    """One ``vrf context``; the default VRF and ``management`` exist without being written."""

    name: str
    description: str | None
    vni: int | None
    rd: str | None
    routes: tuple[Route, ...]
    families: tuple[AddressFamily, ...]
