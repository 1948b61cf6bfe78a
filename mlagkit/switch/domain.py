"""The ``vpc domain`` block and its keepalive."""

from __future__ import annotations

from mlagkit.part import Part
from mlagkit.record import record
from mlagkit.values import VlanSet


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
