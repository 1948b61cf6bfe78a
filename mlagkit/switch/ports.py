"""Interfaces of every kind, and ports."""

from __future__ import annotations

from collections.abc import Mapping

from mlagkit.part import Part
from mlagkit.record import record
from mlagkit.values import InterfaceName, VlanSet


@record
class StormControl:
    """Storm-control levels in percent of the port's speed as the device prints them; ``100.00`` is off."""

    broadcast: str
    multicast: str
    unicast: str
    action: str | None


@record
class Interface(Part):
    """What every interface can have, whatever its kind.

    ``ospf`` is the area by the name of the process. Its intervals are in seconds; one is dead after four times hello
    where nothing is said. ``ip_unnumbered`` is the interface whose address it borrows.
    """

    name: InterfaceName
    description: str | None
    shutdown: bool
    mtu: int
    medium: str
    vrf: str
    address: str | None
    secondary_addresses: tuple[str, ...]
    ip_unnumbered: str | None
    ipv6_addresses: tuple[str, ...]
    ipv6_link_local_only: bool
    ip_redirects: bool
    ipv6_redirects: bool
    load_interval: int | None
    bandwidth: int | None
    delay: int | None
    mac_address: str | None
    ospf: Mapping[str, str]
    ospf_cost: int | None
    ospf_dead_interval: int | None
    ospf_hello_interval: int
    ospf_network: str | None
    ip_pim_sparse_mode: bool


@record
class Port(Interface):
    """An Ethernet port, a port-channel or mgmt0; ``mode`` is ``routed`` for ``no switchport``.

    ``channel`` is the number of the port-channel that the port is a member of and ``lacp`` its
    mode there (``on``, ``active``, ``passive``). On a port-channel ``members`` are its ports,
    ``vpc`` its vPC number and ``peer_link`` whether it is the peer-link. ``host`` names what is
    attached. A member's Layer 2 settings are those of its port-channel. ``encapsulation`` is the
    802.1Q tag of a subinterface.
    """

    mode: str
    vlan: int
    native_vlan: int
    vlans: VlanSet
    speed: str
    duplex: str
    negotiate: bool
    channel: int | None
    lacp: str | None
    lacp_rate: str
    lacp_port_priority: int
    lacp_min_links: int
    lacp_max_bundle: int
    lacp_suspend_individual: bool
    lacp_suspend_individual_pxe: bool
    lacp_graceful_convergence: bool
    lacp_vpc_convergence: bool
    lacp_mode_delay: bool
    port_type: str
    guard: str
    bpduguard: str
    bpdufilter: str
    stp_cost: int | None
    stp_port_priority: int
    stp_link_type: str
    mst_simulate_pvst: str
    storm_control: StormControl
    udld: str
    orphan_suspend: bool
    vpc: int | None
    peer_link: bool
    fabric: bool
    encapsulation: int | None
    members: tuple[InterfaceName, ...]
    host: str | None

    @property
    def allowed(self) -> VlanSet:
        """The VLANs that the port lets through by its configuration, whether it is shut or not; none where routed."""
        if self.mode not in ("access", "trunk", "dot1q-tunnel"):
            return VlanSet()
        return self.vlans if self.mode == "trunk" else VlanSet((self.vlan,))
