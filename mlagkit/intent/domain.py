"""The ``vpc domain`` block."""

from mlagkit.intent.forms import Mac, VlanList
from mlagkit.intent.model import Block, Model
from mlagkit.intent.ranges import (
    DelayRestoreOrphanSeconds,
    DelayRestoreSeconds,
    DomainId,
    FabricpathSwitchId,
    ReloadDelay,
    RolePriority,
    SyslogInterval,
    SystemPriority,
    TrackObject,
)


class DelayRestore(Model):
    """How long a returning switch keeps its ports down, in seconds."""

    vpc: DelayRestoreSeconds | None = None
    """Seconds before vPC legs come up (device: 30)."""
    interface_vlan: DelayRestoreSeconds | None = None
    """Seconds before SVIs come up (device: 10)."""
    orphan_port: DelayRestoreOrphanSeconds | None = None
    """Seconds before orphan ports come up (device: 0)."""


class Domain(Block):
    """The vPC domain; both switches must agree on most of it."""

    id: DomainId
    """Number of the domain, unique among Layer 2 neighbours."""
    role_priority: RolePriority | None = None
    """The lower one becomes primary; usually said per switch in `switches`."""
    system_priority: SystemPriority | None = None
    """LACP system priority of the pair."""
    system_mac: Mac | None = None
    """LACP system address of the pair instead of the derived one."""
    peer_switch: bool | None = None
    """Both switches speak spanning tree as one bridge."""
    peer_gateway: bool | None = None
    """Route frames that are addressed to the peer's router MAC."""
    peer_gateway_exclude_vlans: VlanList | None = None
    """VLANs without peer-gateway (N5K, N7K; not on N9K)."""
    layer3_peer_router: bool | None = None
    """Routing protocols may peer across a vPC."""
    layer3_peer_router_syslog: bool | None = None
    """Log unequal routes of layer3 peer-router."""
    layer3_peer_router_syslog_interval: SyslogInterval | None = None
    """Seconds between such logs."""
    auto_recovery: bool | None = None
    """Bring vPCs up when the peer does not return."""
    auto_recovery_reload_delay: ReloadDelay | None = None
    """Seconds to wait for the peer."""
    delay_restore: DelayRestore | None = None
    """How long a returning switch keeps ports down."""
    dual_active_exclude_vlans: VlanList | None = None
    """SVIs that stay up on the secondary when the peer-link is down."""
    fast_convergence: bool | None = None
    """Suspend legs and SVIs together on peer-link loss."""
    graceful_consistency_check: bool | None = None
    """On a type-1 mismatch suspend only the secondary's legs (device: on)."""
    ip_arp_synchronize: bool | None = None
    """Hand the ARP table to a returning peer."""
    ipv6_nd_synchronize: bool | None = None
    """Hand the neighbour table to a returning peer."""
    bpdu_source_mac_version_2: bool | None = None
    """BPDUs of vPC ports use the newer MAC address."""
    track: TrackObject | None = None
    """Object whose failure takes this switch's legs down."""
    shutdown: bool | None = None
    """Suspend vPC on this switch."""
    self_isolation: bool | None = None
    """N7K only."""
    fabricpath_switch_id: FabricpathSwitchId | None = None
    """N7K only."""
    fabricpath_multicast_load_balance: bool | None = None
    """N7K only."""
    port_channel_limit: bool | None = None
    """N7K only (device: on)."""
