"""VXLAN: the tunnel interface, and what BGP announces of it."""

from __future__ import annotations

from mlagkit.part import Part
from mlagkit.record import record
from mlagkit.values import InterfaceName


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
