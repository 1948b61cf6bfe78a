"""What one switch is told, with nothing implied: the pivot that rules, drill and templates work on.

A Switch comes from a pair file (``expand``) or from a running-config (``read``). Every knob
holds its effective value: what the device would use, defaults included. A field has the same
name as its key in the pair file; a value that does not exist is ``None``, an empty set or an
empty tuple. Nothing is checked here: a Switch holds whatever was written or read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from mlagkit.host import Host
from mlagkit.part import Part, Source, asked_once
from mlagkit.record import record
from mlagkit.values import InterfaceName, VlanSet


@record
class DelayRestore:
    """How long a returning switch keeps its ports down, in seconds."""

    vpc: int
    interface_vlan: int
    orphan_port: int


@record
class VirtualPeerLink:
    """A peer-link without ports (fabric peering): the two loopback addresses and the DSCP of its packets."""

    destination: str
    source: str
    dscp: int


@record
class Domain(Part):
    """The ``vpc domain`` block without its keepalive."""

    id: int
    role_priority: int
    system_priority: int
    system_mac: str | None
    peer_switch: bool
    peer_gateway: bool
    peer_gateway_exclude_vlans: VlanSet
    layer3_peer_router: bool
    layer3_peer_router_syslog: bool
    layer3_peer_router_syslog_interval: int
    auto_recovery: bool
    auto_recovery_reload_delay: int
    delay_restore: DelayRestore
    dual_active_exclude_vlans: VlanSet
    fast_convergence: bool
    graceful_consistency_check: bool
    ip_arp_synchronize: bool
    ipv6_nd_synchronize: bool
    bpdu_source_mac_version_2: bool
    virtual_peer_link: VirtualPeerLink | None
    track: int | None
    shutdown: bool
    self_isolation: bool
    fabricpath_switch_id: int | None
    fabricpath_multicast_load_balance: bool
    port_channel_limit: bool


@record
class Keepalive(Part):
    """The ``peer-keepalive`` line; interval in milliseconds, timeout and hold_timeout in seconds."""

    destination: str
    source: str | None
    vrf: str
    udp_port: int
    interval: int
    timeout: int
    hold_timeout: int
    precedence: str | None
    tos: str | None
    tos_byte: int | None


@record
class Vlan(Part):
    """One VLAN; ``name`` is None where the switch makes its own (VLAN0010)."""

    id: int
    name: str | None
    state: str
    shutdown: bool
    vni: int | None


@record
class StormControl:
    """Storm-control levels in percent of the port's speed as the device prints them; ``100.00`` is off."""

    broadcast: str
    multicast: str
    unicast: str
    action: str | None


@record
class Interface(Part):
    """What every interface can have, whatever its kind."""

    name: InterfaceName
    description: str | None
    shutdown: bool
    mtu: int
    vrf: str
    address: str | None
    secondary_addresses: tuple[str, ...]
    ipv6_addresses: tuple[str, ...]
    ip_redirects: bool
    ipv6_redirects: bool
    load_interval: int | None
    bandwidth: int | None
    delay: int | None
    mac_address: str | None


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
class Svi(Interface):
    """The routed interface of a VLAN with its first-hop redundancy."""

    vlan: int
    hsrp_version: int
    hsrp: tuple[Hsrp, ...]
    vrrp: tuple[Vrrp, ...]
    anycast_gateway: bool
    ip_forward: bool
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
class Nve(Part):
    """The VXLAN tunnel interface; ``hold_down_time`` in seconds."""

    name: InterfaceName
    description: str | None
    shutdown: bool
    source_interface: str | None
    hold_down_time: int
    host_reachability: str | None
    advertise_virtual_rmac: bool
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


@record
class Mst(Part):
    """The MST region: name, revision, and the VLANs of each instance but 0."""

    name: str
    revision: int
    instances: Mapping[int, VlanSet]


@record
class PseudoInformation(Part):
    """Bridge priorities used while peer-switch speaks for the pair, by VLAN: root and designated."""

    root_priority: Mapping[int, VlanSet]
    designated_priority: Mapping[int, VlanSet]


@record
class SpanningTree(Part):
    """Spanning tree of the whole switch; ``priority`` maps a bridge priority to the VLANs that have it."""

    mode: str
    priority: Mapping[int, VlanSet]
    mst_priority: Mapping[int, VlanSet]
    disabled_vlans: VlanSet
    port_type: str
    bpduguard: bool
    bpdufilter: bool
    loopguard: bool
    bridge_assurance: bool
    simulate_pvst: bool
    pathcost_method: str
    mst: Mst
    pseudo_information: PseudoInformation


@record
class Switch(Part):
    """One switch of a pair, completely: the unit that a template renders and a rule looks at.

    ``platform`` names the folder that knows its operating system, ``family`` the product line
    whose defaults hold (``n9k``), ``release`` its numbers, ``()`` where unknown.
    ``hosts`` are those of the pair, ``cabling`` the far ends of ports (``web-01 eno1``) and ``line_cards`` the models
    of cards by slot: only a pair file has them.
    ``switchport_default`` is whether ports are Layer 2 without a line, None where that is as the platform has it.
    """

    name: str
    peer: str
    pair: str
    platform: str
    model: str | None
    release: str | None
    switchport_default: bool | None
    switchport_shutdown_default: bool
    jumbo_mtu: int
    features: frozenset[str]
    nv_overlay_evpn: bool
    anycast_gateway_mac: str | None
    infra_vlans: VlanSet
    vlans: Mapping[int, Vlan]
    spanning_tree: SpanningTree
    vrfs: Mapping[str, Vrf]
    routes: tuple[Route, ...]
    domain: Domain | None
    keepalive: Keepalive | None
    ports: Mapping[InterfaceName, Port]
    svis: Mapping[int, Svi]
    loopbacks: Mapping[int, Loopback]
    nve: Nve | None
    hosts: Mapping[str, Host] = field(default_factory=dict, compare=False)
    cabling: Mapping[InterfaceName, str] = field(default_factory=dict, compare=False)
    line_cards: Mapping[int, str] = field(default_factory=dict, compare=False)
    source: Source = field(compare=False, repr=False)

    @property
    def interfaces(self) -> Iterator[Interface]:
        """Every interface that may have an address: ports, SVIs, loopbacks."""
        yield from self.ports.values()
        yield from self.svis.values()
        yield from self.loopbacks.values()

    @property
    @asked_once
    def port_channels(self) -> tuple[Port, ...]:
        """The port-channels, by number."""
        return tuple(port for name, port in self.ports.items() if name.kind == "port-channel")

    @property
    @asked_once
    def vpcs(self) -> Mapping[int, Port]:
        """The vPC legs of this switch by vPC number."""
        return {port.vpc: port for port in self.ports.values() if port.vpc is not None}

    @property
    @asked_once
    def peer_link(self) -> Port | None:
        """The port-channel between the peers."""
        return next((port for port in self.ports.values() if port.peer_link), None)
