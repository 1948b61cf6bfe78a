"""The ``vpc domain`` block."""

from mlagkit.intent.forms import Mac, VlanList
from mlagkit.intent.model import Block, Maybe, Model
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

    vpc: Maybe[DelayRestoreSeconds] = None
    """Seconds before vPC legs come up (device: 30)."""
    interface_vlan: Maybe[DelayRestoreSeconds] = None
    """Seconds before SVIs come up (device: 10)."""
    orphan_port: Maybe[DelayRestoreOrphanSeconds] = None
    """Seconds before orphan ports come up (device: 0)."""


class Domain(Block):
    """The vPC domain; both switches must agree on most of it."""

    id: DomainId
    """Number of the domain, unique among Layer 2 neighbours."""
    role_priority: Maybe[RolePriority] = None
    """The lower one becomes primary; usually said per switch in `switches`."""
    system_priority: Maybe[SystemPriority] = None
    """LACP system priority of the pair."""
    system_mac: Maybe[Mac] = None
    """LACP system address of the pair instead of the derived one."""
    peer_switch: Maybe[bool] = None
    """Both switches speak spanning tree as one bridge."""
    peer_gateway: Maybe[bool] = None
    """Route frames that are addressed to the peer's router MAC."""
    peer_gateway_exclude_vlans: Maybe[VlanList] = None
    """VLANs without peer-gateway (N5K, N7K; not on N9K)."""
    layer3_peer_router: Maybe[bool] = None
    """Routing protocols may peer across a vPC."""
    layer3_peer_router_syslog: Maybe[bool] = None
    """Log unequal routes of layer3 peer-router."""
    layer3_peer_router_syslog_interval: Maybe[SyslogInterval] = None
    """Seconds between such logs."""
    auto_recovery: Maybe[bool] = None
    """Bring vPCs up when the peer does not return."""
    auto_recovery_reload_delay: Maybe[ReloadDelay] = None
    """Seconds to wait for the peer."""
    delay_restore: Maybe[DelayRestore] = None
    """How long a returning switch keeps ports down."""
    dual_active_exclude_vlans: Maybe[VlanList] = None
    """SVIs that stay up on the secondary when the peer-link is down."""
    fast_convergence: Maybe[bool] = None
    """Suspend legs and SVIs together on peer-link loss."""
    graceful_consistency_check: Maybe[bool] = None
    """On a type-1 mismatch suspend only the secondary's legs (device: on)."""
    ip_arp_synchronize: Maybe[bool] = None
    """Hand the ARP table to a returning peer."""
    ipv6_nd_synchronize: Maybe[bool] = None
    """Hand the neighbour table to a returning peer."""
    bpdu_source_mac_version_2: Maybe[bool] = None
    """BPDUs of vPC ports use the newer MAC address."""
    track: Maybe[TrackObject] = None
    """Object whose failure takes this switch's legs down."""
    shutdown: Maybe[bool] = None
    """Suspend vPC on this switch."""
    self_isolation: Maybe[bool] = None
    """N7K only."""
    fabricpath_switch_id: Maybe[FabricpathSwitchId] = None
    """N7K only."""
    fabricpath_multicast_load_balance: Maybe[bool] = None
    """N7K only."""
    port_channel_limit: Maybe[bool] = None
    """N7K only (device: on)."""
