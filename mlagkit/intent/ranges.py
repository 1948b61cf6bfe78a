"""Every range of numbers in the pair file, each with its source.

``DME`` names a class and attribute of the vendor's object model, the other words are the keys of the project's vPC
reference (G106: Interfaces Configuration Guide 10.6, CR93: command reference 9.3, VXG: VXLAN guide, BF: batfish's
grammar, NU: node-utils, K: own knowledge). Where the command line is narrower than the model, it counts.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from mlagkit.intent.written import Between

DomainId: TypeAlias = Annotated[int, Between(1, 1000)]
"""DME vpcDom.id; G106."""

RolePriority: TypeAlias = Annotated[int, Between(1, 65535)]
"""DME vpcDom.rolePrio; G106 prints 65636, a slip."""

SystemPriority: TypeAlias = Annotated[int, Between(1, 65535)]
"""DME vpcDom.sysPrio."""

DelayRestoreSeconds: TypeAlias = Annotated[int, Between(1, 3600)]
"""DME vpcDom.delayRestoreVPC and vpcDom.delayRestoreSVI."""

DelayRestoreOrphanSeconds: TypeAlias = Annotated[int, Between(0, 300)]
"""DME vpcDom.delayRestoreOrphanPort."""

ReloadDelay: TypeAlias = Annotated[int, Between(60, 86400)]
"""DME vpcDom.autoRecoveryIntvl (9.3); 240-3600 in the guides (N5OPS, G106), 60-3600 in newer models."""

SyslogInterval: TypeAlias = Annotated[int, Between(1, 3600)]
"""DME vpcDom.l3PeerRouterSyslogInterval, in seconds."""

TrackObject: TypeAlias = Annotated[int, Between(1, 500)]
"""DME vpcDom.track, whose 0 means none; BF."""

Dscp: TypeAlias = Annotated[int, Between(1, 63)]
"""DME vpcDom.dscp, whose 0 means none; CR93 prints 1-63."""

FabricpathSwitchId: TypeAlias = Annotated[int, Between(1, 4094)]
"""NU (N7K); K."""

UdpPort: TypeAlias = Annotated[int, Between(1, 65535)]
"""DME vpcKeepalive.udpPort."""

KeepaliveInterval: TypeAlias = Annotated[int, Between(400, 10000)]
"""DME vpcKeepalive.interval, in milliseconds; G106."""

KeepaliveTimeout: TypeAlias = Annotated[int, Between(3, 20)]
"""DME vpcKeepalive.timeout, in seconds; G106."""

HoldTimeout: TypeAlias = Annotated[int, Between(3, 10)]
"""DME vpcKeepalive.flushTout, in seconds; G106 calls it hold-timeout."""

TosByte: TypeAlias = Annotated[int, Between(0, 255)]
"""DME vpcKeepalive.tosByte."""

VpcNumber: TypeAlias = Annotated[int, Between(1, 16384)]
"""DME vpcIf.id; G106 documents 1-4096."""

LAST_CHANNEL = 4096
ChannelNumber: TypeAlias = Annotated[int, Between(1, LAST_CHANNEL)]
"""BF."""

VlanId: TypeAlias = Annotated[int, Between(1, 4094)]
"""802.1Q; which of them a release keeps for itself is for a rule to say."""

Vni: TypeAlias = Annotated[int, Between(1, 16777214)]
"""VXG: 24 bits, the last one reserved."""

Mtu: TypeAlias = Annotated[int, Between(576, 9216)]
"""DME l1PhysIf.mtu, pcAggrIf.mtu, in bytes."""

SviMtu: TypeAlias = Annotated[int, Between(64, 9216)]
"""DME sviIf.mtu, in bytes."""

JumboMtu: TypeAlias = Annotated[int, Between(1500, 9216)]
"""K: ``system jumbomtu``, in bytes."""

ReservedVlans: TypeAlias = Annotated[int, Between(2, 3968)]
"""BF: the first of a block of 128."""

LoadInterval: TypeAlias = Annotated[int, Between(5, 600)]
"""K: seconds; 60-600 on an SVI (DME sviIf.loadIntvl1)."""

Bandwidth: TypeAlias = Annotated[int, Between(1, 3200000000)]
"""DME l1PhysIf.bw and pcAggrIf.bw (kbit/s), whose 0 means the port's own."""

Delay: TypeAlias = Annotated[int, Between(1, 16777215)]
"""DME l1PhysIf.delay, pcAggrIf.delay, sviIf.delay, in tens of microseconds."""

OspfCost: TypeAlias = Annotated[int, Between(1, 65535)]
"""DME ospfIf.cost, whose 0 means that of the bandwidth."""

OspfInterval: TypeAlias = Annotated[int, Between(1, 65535)]
"""DME ospfIf.helloIntvl and ospfIf.deadIntvl, in seconds; 0 means the usual one."""

LacpPortPriority: TypeAlias = Annotated[int, Between(1, 65535)]
"""DME lacpIf.prio."""

LacpLinks: TypeAlias = Annotated[int, Between(1, 32)]
"""DME pcAggrIf.minLinks and pcAggrIf.maxLinks."""

HostMtu: TypeAlias = Annotated[int, Between(68, 65535)]
"""RFC 791: what every link must carry, and the longest packet; in bytes."""

LinkMonitor: TypeAlias = Annotated[int, Between(0, 60000)]
"""Kernel bonding documentation, whose 0 means never; a minute is long enough (K); in milliseconds."""

PortCost: TypeAlias = Annotated[int, Between(1, 200000000)]
"""DME stpIf.cost, whose 0 means by speed."""

PortPriority: TypeAlias = Annotated[int, Between(0, 224, step=32)]
"""DME stpIf.priority; steps of 32 (K)."""

BridgePriority: TypeAlias = Annotated[int, Between(0, 61440, step=4096)]
"""DME stpVlan.priority and stpMstDom.priority: steps of 4096."""

MstRevision: TypeAlias = Annotated[int, Between(0, 65535)]
"""DME stpMstEntity.rev."""

MstInstance: TypeAlias = Annotated[int, Between(1, 4094)]
"""DME stpMstDom.id; instance 0 takes what no other has and can't be written."""

HsrpGroupNumber: TypeAlias = Annotated[int, Between(0, 4095)]
"""DME hsrpGroup.id; version 1 ends at 255 (BF)."""

HsrpPriority: TypeAlias = Annotated[int, Between(0, 255)]
"""DME hsrpGroup.prio."""

VrrpGroupNumber: TypeAlias = Annotated[int, Between(1, 255)]
"""DME vrrpv3Vr.id; 2.4 [likely] for VRRPv2."""

VrrpPriority: TypeAlias = Annotated[int, Between(1, 254)]
"""DME vrrpv3Vr.priCfg; K for VRRPv2: 255 is the address's owner, set by the device."""

AdvertisementInterval: TypeAlias = Annotated[int, Between(1, 255)]
"""K, in seconds."""

TimersAdvertise: TypeAlias = Annotated[int, Between(100, 40950)]
"""DME vrrpv3Vr.advIntvl, in milliseconds."""

Decrement: TypeAlias = Annotated[int, Between(1, 255)]
"""K: what a tracked object takes from a priority."""

SlotNumber: TypeAlias = Annotated[int, Between(1, 18)]
"""K: Nexus 7018 has the most slots; 9516 has its line cards in 1-16."""

LoopbackNumber: TypeAlias = Annotated[int, Between(0, 1023)]
"""BF."""

HoldDownTime: TypeAlias = Annotated[int, Between(1, 1500)]
"""VXG, in seconds; default 180 (CSCwe61944)."""

RouteTag: TypeAlias = Annotated[int, Between(0, 4294967295)]
"""DME ipv4Addr.tag; K for routes."""

RoutePreference: TypeAlias = Annotated[int, Between(1, 255)]
"""K."""

TcpPort: TypeAlias = Annotated[int, Between(1, 65535)]
"""Where a management session is opened."""
