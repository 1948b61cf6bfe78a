"""The routed interfaces of VLANs with their first-hop redundancy, and loopbacks."""

from __future__ import annotations

from collections.abc import Mapping

from mlagkit.part import Part
from mlagkit.record import record
from mlagkit.switch.ports import Interface


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
