"""The command catalogue: every NX-OS line that mlagkit understands, one row each.

Order within a mode is the order of recognition only. The keys in ``source`` are those of the
project's vPC reference (G106: Interfaces Configuration Guide 10.6, DME: object model 10.5(3),
NU: node-utils, BF: batfish, VXG: VXLAN guide, CR93: command reference 9.3, K: own knowledge).
"""

from collections.abc import Callable
from typing import TypedDict, Unpack

from mlagkit.nxos.catalogue.canonical import (
    canonical_area,
    canonical_channel_group,
    canonical_keepalive,
    canonical_level,
    canonical_preempt_delay,
    canonical_primary,
    canonical_simulate_pvst,
    canonical_virtual_peer_link,
    canonical_words,
)
from mlagkit.nxos.catalogue.row import ByContext, Default, Impact, Kind, Negation, Phase, Row
from mlagkit.values import VlanSet

_NO_VLANS = VlanSet()


class _More(TypedDict, total=False):
    """What a row may say beyond its command, source, field and default."""

    negation: Negation
    phase: Phase
    impact: Impact
    opens: str
    owner: str
    inherited: bool
    relists: bool
    takes_out: bool
    object_words: int
    neutral: int
    alias: str
    implied_by: str
    kept_by: str
    undo: str
    known_by: tuple[str, ...]
    unknown_to: tuple[str, ...]
    since: str
    canonical: Callable[[str], str]


_PLAIN: _More = {}


def _row(kind: Kind, mode: str, command: str, source: str, field: str | None, default: Default, more: _More) -> Row:
    return Row(mode=mode, command=command, kind=kind, source=source, field=field, default=default, **more)


def _flag(
    mode: str,
    command: str,
    source: str,
    field: str | None = None,
    default: Default = False,
    traits: _More = _PLAIN,
    **more: Unpack[_More],
) -> Row:
    return _row(Kind.FLAG, mode, command, source, field, default, {**traits, **more})


def _value(
    mode: str,
    command: str,
    source: str,
    field: str | None = None,
    default: Default = None,
    traits: _More = _PLAIN,
    **more: Unpack[_More],
) -> Row:
    return _row(Kind.VALUE, mode, command, source, field, default, {**traits, **more})


def _vlans(
    mode: str,
    command: str,
    source: str,
    field: str | None = None,
    default: Default = None,
    traits: _More = _PLAIN,
    **more: Unpack[_More],
) -> Row:
    return _row(Kind.VLANS, mode, command, source, field, default, {**traits, **more})


def _block(mode: str, command: str, inside: str, source: str, traits: _More = _PLAIN, **more: Unpack[_More]) -> Row:
    always: _More = {"negation": Negation.LINE, "opens": inside}
    return _row(Kind.BLOCK, mode, command, source, None, None, {**traits, **more, **always})


def _noise(command: str, source: str) -> Row:
    return Row(mode="", command=command, kind=Kind.NOISE, source=source)


# One row, one line, however long: that is how a table is read.
# fmt: off
_NOISE = (
    _noise("version <text>", "7.1: the release is no setting"),
    _noise("Building configuration...", "7.1"),
    _noise("Current configuration <text>", "7.1"),
    _noise("configure terminal", "SURPRISES: config-mode noise of scripts"),
    _noise("configure", "SURPRISES: config-mode noise of scripts"),
    _noise("end", "SURPRISES: config-mode noise of scripts"),
    _noise("exit", "SURPRISES: config-mode noise of scripts"),
    _noise("wr", "SURPRISES: config-mode noise of scripts"),
    _noise("copy running-config startup-config", "SURPRISES: config-mode noise of scripts"),
    _noise("copy run start", "SURPRISES: config-mode noise of scripts"),
)

_FEATURE: _More = {"phase": Phase.FEATURE, "owner": "features", "negation": Negation.LINE}
_SYSTEM = (
    _value("", "hostname <word>", "7.3", "name"),
    _value("", "switchname <word>", "SURPRISES: switchname in place of hostname", alias="hostname"),
    _flag("", "install feature-set <#word>", "SURPRISES: FEX", impact=Impact.OUTAGE, traits=_FEATURE),
    _flag("", "feature <#text>", "G106, BF", "features", impact=Impact.OUTAGE, traits=_FEATURE),
    _flag("", "feature-set <#word>", "SURPRISES: FEX", impact=Impact.OUTAGE, traits=_FEATURE),
    _flag("", "nv overlay evpn", "VXG", "nv_overlay_evpn", phase=Phase.FEATURE, impact=Impact.OUTAGE, owner="features"),
    _flag("", "system default switchport", "BF", "switchport_default", None, owner="system", impact=Impact.OUTAGE),
    _flag("", "system default switchport shutdown", "BF", "switchport_shutdown_default", owner="system", impact=Impact.OUTAGE),
    _flag("", "port-channel load-balance resilient", "NU portchannel_global.yaml", None, ByContext("load_balance_resilient"), owner="system"),
    _value("", "port-channel load-balance <text>", "7.12; NU portchannel_global.yaml", "load_balance", ByContext("load_balance"), owner="system"),
    _value("", "system jumbomtu <int>", "DME", "jumbo_mtu", 9216, owner="system"),
    _value("", "system vlan <int> reserve", "BF; 2.4", "vlan_reserve", 3968, negation=Negation.LINE, owner="system"),
    _value("", "fabric forwarding anycast-gateway-mac <mac>", "VXG", "anycast_gateway_mac", phase=Phase.SVI, impact=Impact.OUTAGE, owner="nve"),
    _vlans("", "system nve infra-vlans <vlans>", "VXG", "infra_vlans", _NO_VLANS, relists=True, owner="nve"),
    _value("", "banner {#motd|exec} <text>", "SURPRISES: banners"),
)

_SECRETS = (
    _value("", "username <#word> password <text>", "7.18", negation=Negation.LINE, canonical=canonical_words),
    _value("", "username <#word> passphrase <text>", "SURPRISES: passwords", negation=Negation.LINE, canonical=canonical_words),
    _flag("", "username <#word> role <#word>", "K", default=False, negation=Negation.LINE),
    _value("", "username <#word> sshkey <text>", "K", negation=Negation.LINE),
    _value("", "snmp-server user <#word> {#use-ipv4acl|use-ipv6acl|enforcepriv} [<text>]", "corpus single/batfish-snmp-server.cfg", negation=Negation.LINE),
    _value("", "snmp-server user <#word> auth <word> <word> [priv [aes-128] <word>] [localizedkey] [localizedV2key] engineID <#word>", "corpus labval-*; NU snmpuser.rb: name and engine tell one from another", negation=Negation.LINE, canonical=canonical_words),
    _value("", "snmp-server user <#word> <#word> [<text>]", "7.18; cisco.nxos: nxos_snmp_user, pull 1104: groups add up, and what is typed again replaces", canonical=canonical_words, object_words=3),
    _flag("", "snmp-server user <#word>", "cisco.nxos pull 657: its `no` form takes the user", default=False),
    _value("", "snmp-server community <#word> group <word>", "7.18: one group for each community [assumed]", negation=Negation.LINE),
    _value("", "snmp-server community <#text>", "7.18", negation=Negation.LINE),
)

_VLAN: _More = {"phase": Phase.VLAN, "owner": "vlans"}
_VLAN_ROWS = (
    _vlans("", "vlan <vlans>", "7.5", "vlans", _NO_VLANS, opens="vlan", negation=Negation.LINE, impact=Impact.OUTAGE, traits=_VLAN),
    _value("vlan", "name <text>", "DME l2BD.name", "name", traits=_VLAN),
    _value("vlan", "state {active|suspend}", "DME l2BD.BdState", "state", "active", impact=Impact.OUTAGE, traits=_VLAN),
    _flag("vlan", "shutdown", "DME l2BD.adminSt", "shutdown", impact=Impact.OUTAGE, traits=_VLAN),
    _value("vlan", "vn-segment <int>", "VXG", "vni", impact=Impact.OUTAGE, traits=_VLAN),
)

_STP: _More = {"phase": Phase.SPANNING_TREE, "owner": "spanning_tree"}
_STP_OUT: _More = {**_STP, "impact": Impact.OUTAGE}
_STP_ROWS = (
    _value("", "spanning-tree mode {rapid-pvst|mst}", "DME stpInst.mode", "spanning_tree.mode", "rapid-pvst", traits=_STP_OUT),
    _vlans("", "spanning-tree vlan <vlans> priority <#int>", "DME stpVlan.priority", "spanning_tree.priority", neutral=32768, negation=Negation.LINE, impact=Impact.BRIEF, traits=_STP),
    _vlans("", "spanning-tree vlan <vlans>", "3.2: STP Disabled", "spanning_tree.disabled_vlans", _NO_VLANS, takes_out=True, negation=Negation.LINE, traits=_STP_OUT),
    _vlans("", "spanning-tree mst <instances> priority <#int>", "DME stpMstDom.priority", "spanning_tree.mst_priority", neutral=32768, negation=Negation.LINE, impact=Impact.BRIEF, traits=_STP),
    _value("", "spanning-tree port type {edge|network} default", "OUT1", "spanning_tree.port_type", "normal", negation=Negation.LINE, traits=_STP_OUT),
    _flag("", "spanning-tree port type edge bpduguard default", "OUT1", "spanning_tree.bpduguard", traits=_STP_OUT),
    _flag("", "spanning-tree port type edge bpdufilter default", "OUT1", "spanning_tree.bpdufilter", traits=_STP_OUT),
    _flag("", "spanning-tree loopguard default", "OUT1, DME stpInst.loopguard", "spanning_tree.loopguard", traits=_STP_OUT),
    _flag("", "spanning-tree bridge assurance", "OUT1, DME stpInst.bridge", "spanning_tree.bridge_assurance", True, traits=_STP_OUT),
    _flag("", "spanning-tree mst simulate pvst global", "OUT1, DME stpMstEntity.simulate", "spanning_tree.simulate_pvst", True, traits=_STP_OUT),
    _value("", "spanning-tree pathcost method {short|long}", "DME stpInst.pathcostOp", "spanning_tree.pathcost_method", "short", impact=Impact.BRIEF, traits=_STP),
    _block("", "spanning-tree mst configuration", "mst", "2.4", traits=_STP_OUT),
    _value("mst", "name <text>", "DME stpMstEntity.regName", "name", "", traits=_STP_OUT),
    _value("mst", "revision <int>", "DME stpMstEntity.rev", "revision", 0, traits=_STP_OUT),
    _vlans("mst", "instance <#int> vlan <vlans>", "2.4", "instances", traits=_STP_OUT),
    _block("", "spanning-tree pseudo-information", "pseudo-information", "CR93", traits=_STP),
    _vlans("pseudo-information", "vlan <vlans> root priority <#int>", "CR93", "root_priority", negation=Negation.LINE, traits=_STP),
    _vlans("pseudo-information", "vlan <vlans> designated priority <#int>", "CR93", "designated_priority", negation=Negation.LINE, traits=_STP),
)

_VRF: _More = {"phase": Phase.VRF, "owner": "vrfs"}
_ROUTE: _More = {"phase": Phase.ROUTING, "owner": "routes", "negation": Negation.LINE, "impact": Impact.OUTAGE, "object_words": 3}
_VRF_ROWS = (
    _block("", "vrf context <#word>", "vrf", "BF", impact=Impact.OUTAGE, traits=_VRF),
    _value("vrf", "description <text>", "BF", "description", traits=_VRF),
    _value("vrf", "vni <int>", "VXG", "vni", negation=Negation.LINE, impact=Impact.OUTAGE, traits=_VRF),
    _value("vrf", "rd <word>", "VXG", "rd", negation=Negation.LINE, impact=Impact.OUTAGE, traits=_VRF),
    _flag("vrf", "ip route <#text>", "7.13", "routes", traits=_ROUTE),
    _flag("vrf", "ipv6 route <#text>", "7.13", "routes", traits=_ROUTE),
    _block("vrf", "address-family {#ipv4|ipv6} unicast", "address-family", "VXG", impact=Impact.OUTAGE, traits=_VRF),
    _flag("address-family", "route-target <#text>", "VXG", "route_targets", negation=Negation.LINE, impact=Impact.OUTAGE, traits=_VRF),
    _flag("", "ip route <#text>", "7.13", "routes", traits=_ROUTE),
    _flag("", "ipv6 route <#text>", "7.13", "routes", traits=_ROUTE),
)

_DOMAIN: _More = {"phase": Phase.DOMAIN, "owner": "domain"}
_TYPE1: _More = {**_DOMAIN, "impact": Impact.OUTAGE}
_N7K: _More = {**_DOMAIN, "known_by": ("n7k",)}
_DOMAIN_ROWS = (
    _block("", "vpc domain <#int>", "vpc-domain", "G106, DME vpcDom.id", impact=Impact.OUTAGE, traits=_DOMAIN),
    _flag("vpc-domain", "peer-switch", "DME vpcDom.peerSwitch", "peer_switch", impact=Impact.BRIEF, traits=_DOMAIN),
    _value("vpc-domain", "role priority <int>", "DME vpcDom.rolePrio", "role_priority", 32667, traits=_DOMAIN),
    _value("vpc-domain", "system-priority <int>", "DME vpcDom.sysPrio", "system_priority", 32667, traits=_TYPE1),
    _value("vpc-domain", "system-mac <mac>", "DME vpcDom.sysMac", "system_mac", traits=_TYPE1),
    _value("vpc-domain", "peer-keepalive <text>", "2.2; ANS pkl_dependencies", "keepalive", phase=Phase.DOMAIN, owner="keepalive", negation=Negation.NEVER, canonical=canonical_keepalive),
    _value("vpc-domain", "virtual peer-link destination <ip> source <ip> [dscp <int>]", "VXG, CR93; 7.14", "virtual_peer_link", undo="virtual peer-link", canonical=canonical_virtual_peer_link, phase=Phase.PEER_LINK, impact=Impact.OUTAGE, owner="peer_link"),
    _value("vpc-domain", "delay restore interface-vlan <int>", "DME vpcDom.delayRestoreSVI", "delay_restore.interface_vlan", 10, traits=_DOMAIN),
    _value("vpc-domain", "delay restore orphan-port <int>", "DME vpcDom.delayRestoreOrphanPort", "delay_restore.orphan_port", 0, traits=_DOMAIN),
    _value("vpc-domain", "delay restore <int>", "DME vpcDom.delayRestoreVPC", "delay_restore.vpc", 30, traits=_DOMAIN),
    _vlans("vpc-domain", "peer-gateway exclude-vlan <vlans>", "DME vpcDom.peerGWExcludeVLAN", "peer_gateway_exclude_vlans", _NO_VLANS, relists=True, traits=_DOMAIN),
    _flag("vpc-domain", "peer-gateway", "DME vpcDom.peerGw; NU vpc.yaml: the list says it, too", "peer_gateway", implied_by="peer-gateway exclude-vlan", impact=Impact.BRIEF, traits=_DOMAIN),
    _value("vpc-domain", "layer3 peer-router syslog interval <int>", "DME vpcDom.l3PeerRouterSyslogInterval", "layer3_peer_router_syslog_interval", 3600, traits=_DOMAIN),
    _flag("vpc-domain", "layer3 peer-router syslog", "2.1 [likely]", "layer3_peer_router_syslog", True, traits=_DOMAIN),
    _flag("vpc-domain", "layer3 peer-router", "DME vpcDom.l3PeerRouter", "layer3_peer_router", impact=Impact.BRIEF, traits=_DOMAIN),
    _value("vpc-domain", "auto-recovery reload-delay <int>", "DME vpcDom.autoRecoveryIntvl", "auto_recovery_reload_delay", 240, traits=_DOMAIN),
    _flag("vpc-domain", "auto-recovery", "G106, NU", "auto_recovery", ByContext("auto_recovery"), implied_by="auto-recovery reload-delay", traits=_DOMAIN),
    _flag("vpc-domain", "fast-convergence", "CR93, DME vpcDom.fastConvergence", "fast_convergence", since="7.0(3)I7(1)", traits=_DOMAIN),
    _flag("vpc-domain", "graceful consistency-check", "DME vpcDom.grcflCnstncyChck", "graceful_consistency_check", True, traits=_DOMAIN),
    _flag("vpc-domain", "ip arp synchronize", "NU", "ip_arp_synchronize", traits=_DOMAIN),
    _flag("vpc-domain", "ipv6 nd synchronize", "NU", "ipv6_nd_synchronize", traits=_DOMAIN),
    _vlans("vpc-domain", "dual-active exclude interface-vlan <vlans>", "DME vpcDom.excludeSVI; NU: N7K says interface-vlan-bridge-domain", "dual_active_exclude_vlans", _NO_VLANS, relists=True, unknown_to=("n7k",), traits=_DOMAIN),
    _flag("vpc-domain", "mac-address bpdu source version 2", "G106", "bpdu_source_mac_version_2", impact=Impact.BRIEF, traits=_DOMAIN),
    _value("vpc-domain", "track <int>", "DME vpcDom.track", "track", traits=_DOMAIN),
    _flag("vpc-domain", "shutdown", "DME vpcDom.adminSt", "shutdown", traits=_TYPE1),
    _flag("vpc-domain", "self-isolation", "NU (N7K)", "self_isolation", traits=_N7K),
    _value("vpc-domain", "fabricpath switch-id <int>", "NU (N7K)", "fabricpath_switch_id", impact=Impact.OUTAGE, traits=_N7K),
    _flag("vpc-domain", "fabricpath multicast load-balance", "NU (N7K)", "fabricpath_multicast_load_balance", traits=_N7K),
    _flag("vpc-domain", "port-channel limit", "NU (N7K)", "port_channel_limit", True, traits=_N7K),
)

_PORT: _More = {"phase": Phase.PORT_CHANNEL}
_FLAP: _More = {**_PORT, "impact": Impact.BRIEF}
_L2: _More = {**_PORT, "inherited": True}
_L2_TYPE1: _More = {**_L2, "impact": Impact.OUTAGE}
_INTERFACE_ROWS = (
    _block("", "interface <#interface>", "interface", "7.16", traits=_PORT),
    _value("interface", "description <text>", "DME l1PhysIf.descr", "description", traits=_PORT),
    _flag("interface", "switchport", "BF", None, ByContext("switchport_line"), inherited=True, impact=Impact.OUTAGE, traits=_PORT),
    _value("interface", "switchport mode {access|trunk|fex-fabric|dot1q-tunnel}", "DME l1PhysIf.mode", "mode", "access", traits=_L2_TYPE1),
    _value("interface", "switchport access vlan <int>", "DME l1PhysIf.accessVlan", "vlan", 1, traits=_L2_TYPE1),
    _value("interface", "switchport trunk native vlan <int>", "DME l1PhysIf.nativeVlan", "native_vlan", 1, traits=_L2_TYPE1),
    _vlans("interface", "switchport trunk allowed vlan <trunk>", "BF, DME l1PhysIf.trunkVlans", "vlans", ByContext("all_vlans"), traits=_L2_TYPE1),
    _value("interface", "mtu <int>", "DME l1PhysIf.mtu", "mtu", ByContext("mtu"), inherited=True, traits=_FLAP),
    _value("interface", "speed <text>", "DME l1PhysIf.speed", "speed", "auto", inherited=True, traits=_FLAP),
    _value("interface", "duplex {auto|full|half}", "DME l1PhysIf.duplex", "duplex", "auto", inherited=True, traits=_FLAP),
    _flag("interface", "negotiate auto", "DME l1PhysIf.autoNeg", "negotiate", True, inherited=True, traits=_FLAP),
    _value("interface", "channel-group <int> [force] [mode {on|active|passive}]", "BF, DME pcAggrIf.pcMode", "channel", phase=Phase.MEMBER, impact=Impact.BRIEF, canonical=canonical_channel_group),
    _value("interface", "lacp rate {normal|fast}", "DME lacpIf.txRate", "lacp_rate", "normal", traits=_PORT),
    _value("interface", "lacp port-priority <int>", "DME lacpIf.prio", "lacp_port_priority", 32768, traits=_PORT),
    _value("interface", "lacp min-links <int>", "DME pcAggrIf.minLinks", "lacp_min_links", 1, traits=_PORT),
    _value("interface", "lacp max-bundle <int>", "NU, DME pcAggrIf.maxLinks", "lacp_max_bundle", ByContext("lacp_max_bundle"), traits=_PORT),
    _flag("interface", "lacp suspend-individual pxe", "JP3", "lacp_suspend_individual_pxe", True, since="10.2(1)", traits=_FLAP),
    _flag("interface", "lacp suspend-individual", "NU, DME pcAggrIf.suspIndividual", "lacp_suspend_individual", ByContext("lacp_suspend_individual"), traits=_FLAP),
    _flag("interface", "lacp graceful-convergence", "NU, DME pcAggrIf.gracefulConv", "lacp_graceful_convergence", True, traits=_FLAP),
    _flag("interface", "lacp vpc-convergence", "VXG, DME pcAggrIf.lacpVpcConvergence", "lacp_vpc_convergence", since="7.0(3)I7(1)", traits=_PORT),
    _flag("interface", "lacp mode delay", "G106, DME pcAggrIf.lacpDelayMode", "lacp_mode_delay", traits=_FLAP),
    _value("interface", "spanning-tree port type {normal|edge|edge trunk|network}", "DME stpIf.mode", "port_type", "normal", traits=_L2_TYPE1),
    _value("interface", "spanning-tree guard {root|loop|none}", "DME stpIf.guard", "guard", "none", traits=_L2_TYPE1),
    _value("interface", "spanning-tree bpduguard {enable|disable}", "DME stpIf.bpduguard", "bpduguard", "default", traits=_L2),
    _value("interface", "spanning-tree bpdufilter {enable|disable}", "DME stpIf.bpdufilter", "bpdufilter", "default", traits=_L2),
    _value("interface", "spanning-tree cost <int>", "DME stpIf.cost", "stp_cost", impact=Impact.BRIEF, traits=_L2),
    _value("interface", "spanning-tree port-priority <int>", "DME stpIf.priority", "stp_port_priority", 128, impact=Impact.BRIEF, traits=_L2),
    _value("interface", "spanning-tree link-type {auto|point-to-point|shared}", "DME stpIf.linkType", "stp_link_type", "auto", impact=Impact.BRIEF, traits=_L2),
    _value("interface", "spanning-tree mst simulate pvst [disable]", "DME stpIf.simulatePvst; NX-OS command reference: its `no` form is the global setting", "mst_simulate_pvst", "default", canonical=canonical_simulate_pvst, traits=_L2_TYPE1),
    _value("interface", "storm-control broadcast level <word>", "BF", "storm_control.broadcast", "100.00", canonical=canonical_level, traits=_L2),
    _value("interface", "storm-control multicast level <word>", "BF", "storm_control.multicast", "100.00", canonical=canonical_level, traits=_L2),
    _value("interface", "storm-control unicast level <word>", "BF", "storm_control.unicast", "100.00", canonical=canonical_level, traits=_L2),
    _value("interface", "storm-control action {shutdown|trap}", "BF", "storm_control.action", negation=Negation.LINE, traits=_L2),
    _value("interface", "udld {enable|disable|aggressive}", "G106", "udld", "default", negation=Negation.LINE, traits=_PORT),
    _flag("interface", "vpc orphan-ports suspend", "G106, CR93; 7.16", alias="vpc orphan-port suspend", traits=_PORT),
    _flag("interface", "vpc orphan-port suspend", "G106, CR93", "orphan_suspend", traits=_PORT),
    _flag("interface", "vpc peer-link", "G106", "peer_link", phase=Phase.PEER_LINK, impact=Impact.OUTAGE),
    _value("interface", "vpc <int>", "G106, DME vpcIf.id", "vpc", phase=Phase.VPC, impact=Impact.OUTAGE),
    _flag("interface", "port-type fabric", "VXG", "fabric", traits=_PORT),
    _flag("interface", "shutdown", "BF Interface.java", "shutdown", ByContext("shutdown"), impact=Impact.OUTAGE, traits=_PORT),
    _value("interface", "encapsulation dot1q <int>", "K; corpus pairs/fz3r0-032-bgw1", "encapsulation", negation=Negation.LINE, impact=Impact.OUTAGE, traits=_PORT),
    _value("interface", "medium {broadcast|p2p}", "DME l1PhysIf.medium, sviIf.medium; corpus pairs/suzieq-leaf12", "medium", "broadcast", impact=Impact.BRIEF, traits=_PORT),
    _value("interface", "vrf member <word>", "7.15", "vrf", ByContext("vrf"), negation=Negation.LINE, impact=Impact.OUTAGE, traits=_PORT),
    _value("interface", "ip address <prefix>", "DME ipv4Addr.addr", "address", negation=Negation.LINE, impact=Impact.OUTAGE, traits=_PORT),
    _flag("interface", "ip address <#prefix> secondary", "7.13", "secondary_addresses", negation=Negation.LINE, impact=Impact.OUTAGE, traits=_PORT),
    _value("interface", "ip unnumbered <interface>", "DME ipv4If.unnumbered; corpus pairs/suzieq-leaf12", "ip_unnumbered", impact=Impact.OUTAGE, traits=_PORT),
    _flag("interface", "ipv6 address <#prefix>", "7.13", "ipv6_addresses", negation=Negation.LINE, impact=Impact.OUTAGE, traits=_PORT),
    _flag("interface", "ipv6 address use-link-local-only", "DME ipv6If.useLinkLocalAddr; corpus pairs/ales999-project-bgw12", "ipv6_link_local_only", impact=Impact.OUTAGE, traits=_PORT),
    _flag("interface", "ip redirects", "7.11", "ip_redirects", True, traits=_PORT),
    _flag("interface", "ipv6 redirects", "7.11", "ipv6_redirects", True, traits=_PORT),
    _value("interface", "ip router ospf <#word> area <word>", "DME ospfIf.area; corpus pairs/fz3r0-032-bgw1", "ospf", negation=Negation.LINE, impact=Impact.OUTAGE, canonical=canonical_area, traits=_PORT),
    _value("interface", "ip ospf cost <int>", "DME ospfIf.cost: by the bandwidth; corpus pairs/fz3r0-032-bgw1", "ospf_cost", impact=Impact.BRIEF, traits=_PORT),
    _value("interface", "ip ospf dead-interval <int>", "DME ospfIf.deadIntvl, BF: four times hello; corpus pairs/fz3r0-032-bgw1", "ospf_dead_interval", impact=Impact.OUTAGE, traits=_PORT),
    _value("interface", "ip ospf hello-interval <int>", "DME ospfIf.helloIntvl, BF; corpus pairs/fz3r0-032-bgw1", "ospf_hello_interval", 10, impact=Impact.OUTAGE, traits=_PORT),
    _value("interface", "ip ospf network {broadcast|point-to-point}", "DME ospfIf.nwT: by the kind of link; corpus pairs/fz3r0-032-bgw1", "ospf_network", negation=Negation.LINE, impact=Impact.OUTAGE, traits=_PORT),
    _flag("interface", "ip pim sparse-mode", "DME pimIf.ctrl; corpus pairs/fz3r0-032-bgw1", "ip_pim_sparse_mode", impact=Impact.OUTAGE, traits=_PORT),
    _value("interface", "load-interval <int>", "K", "load_interval", traits=_PORT),
    _value("interface", "bandwidth <int>", "DME l1PhysIf.bw", "bandwidth", traits=_PORT),
    _value("interface", "delay <int>", "DME l1PhysIf.delay", "delay", traits=_PORT),
    _value("interface", "mac-address <mac>", "DME sviIf.mac; corpus single/labval-*", "mac_address", impact=Impact.BRIEF, traits=_PORT),
)

_SVI: _More = {"phase": Phase.SVI, "owner": "svis"}
_SVI_OUT: _More = {**_SVI, "impact": Impact.OUTAGE}
_SVI_ROWS = (
    _flag("interface", "fabric forwarding mode anycast-gateway", "VXG, DME hmmFwdIf.mode", "anycast_gateway", traits=_SVI_OUT),
    _flag("interface", "ip forward", "DME ipv4If.forward", "ip_forward", traits=_SVI_OUT),
    _flag("interface", "ipv6 forward", "DME ipv6If.ipv6Forward; corpus pairs/ales999-project-bgw12", "ipv6_forward", traits=_SVI_OUT),
    _flag("interface", "autostate", "DME sviIf.autostate", "autostate", True, traits=_SVI),
    _flag("interface", "ip dhcp relay address <#text>", "7.13", "dhcp_relay", negation=Negation.LINE, traits=_SVI),
    _value("interface", "hsrp version <int>", "BF, DME hsrpIf.version", "hsrp_version", 1, traits=_SVI_OUT),
    _block("interface", "hsrp <#int> ipv6", "hsrp", "BF", traits=_SVI_OUT),
    _block("interface", "hsrp <#int> [ipv4]", "hsrp", "BF", traits=_SVI_OUT),
    _flag("hsrp", "ip <#ipv4> secondary", "BF", "secondary_addresses", negation=Negation.LINE, traits=_SVI_OUT),
    _flag("hsrp", "ip <#ipv6>", "NU interface_hsrp_group.yaml: they add up", "secondary_addresses", negation=Negation.LINE, traits=_SVI_OUT),
    _value("hsrp", "ip <ipv4>", "BF, DME hsrpGroup.ip", "address", negation=Negation.LINE, traits=_SVI_OUT),
    _value("hsrp", "priority <int> [forwarding-threshold lower <int> upper <int>]", "BF, DME hsrpGroup.prio; corpus single/labval-hsrp-nxos1.cfg", "priority", 100, impact=Impact.BRIEF, traits=_SVI),
    _value("hsrp", "preempt delay [minimum <int>] [reload <int>] [sync <int>]", "BF, DME hsrpGroup.preemptDelayMin", "preempt_delay", canonical=canonical_preempt_delay, traits=_SVI),
    _flag("hsrp", "preempt", "BF, DME hsrpGroup.ctrl", "preempt", implied_by="preempt delay minimum reload sync", kept_by="preempt delay minimum reload sync", traits=_SVI),
    _value("hsrp", "timers <text>", "BF, DME hsrpGroup.helloIntvl", "timers", "3 10", traits=_SVI),
    _value("hsrp", "authentication <text>", "BF", "authentication", impact=Impact.BRIEF, traits=_SVI),
    _value("hsrp", "mac-address <mac>", "DME hsrpGroup.mac", "mac_address", traits=_SVI_OUT),
    _value("hsrp", "name <word>", "DME hsrpGroup.name", "name", traits=_SVI),
    _value("hsrp", "track <#int> [decrement <int>]", "corpus pairs; BF", "track", traits=_SVI),
    _block("interface", "vrrp <#int>", "vrrp", "K [likely]", traits=_SVI_OUT),
    _flag("vrrp", "address <#ip> secondary", "K [likely]", "secondary_addresses", negation=Negation.LINE, traits=_SVI_OUT),
    _value("vrrp", "address <ip>", "K [likely]", "address", negation=Negation.LINE, traits=_SVI_OUT),
    _value("vrrp", "priority <int>", "K [likely]", "priority", 100, impact=Impact.BRIEF, traits=_SVI),
    _flag("vrrp", "preempt", "K [likely]", "preempt", True, traits=_SVI),
    _value("vrrp", "advertisement-interval <int>", "2.4 [likely]", "advertisement_interval", 1, traits=_SVI),
    _value("vrrp", "authentication <text>", "K [likely]", "authentication", traits=_SVI),
    _flag("vrrp", "shutdown", "2.4 [likely]: groups are shut by default", "shutdown", True, traits=_SVI_OUT),
    _value("vrrp", "track <#int> [decrement <int>]", "K [likely]", "track", traits=_SVI),
    _block("interface", "vrrpv3 <#int> address-family ipv6", "vrrpv3", "CR93, DME vrrpv3Vr.id and .af", traits=_SVI_OUT),
    _block("interface", "vrrpv3 <#int> address-family ipv4", "vrrpv3", "CR93, DME vrrpv3Vr.id and .af", traits=_SVI_OUT),
    _value("vrrpv3", "description <text>", "DME vrrpv3Vr.name", "description", traits=_SVI),
    _flag("vrrpv3", "address <#ip> secondary", "DME vrrpv3Addr.addr", "secondary_addresses", negation=Negation.LINE, traits=_SVI_OUT),
    _value("vrrpv3", "address <ip> [primary]", "DME vrrpv3Vr.ip", "address", negation=Negation.LINE, canonical=canonical_primary, traits=_SVI_OUT),
    _value("vrrpv3", "priority <int>", "DME vrrpv3Vr.priCfg; RFC 5798: 100", "priority", 100, impact=Impact.BRIEF, traits=_SVI),
    _flag("vrrpv3", "preempt", "DME vrrpv3Vr.preempt", "preempt", True, traits=_SVI),
    _value("vrrpv3", "timers advertise <int>", "DME vrrpv3Vr.advIntvl", "timers_advertise", 1000, traits=_SVI),
    _flag("vrrpv3", "vrrpv2", "CR93", "vrrpv2", impact=Impact.BRIEF, traits=_SVI),
    _flag("vrrpv3", "shutdown", "DME vrrpv3Vr.adminSt: enabled", "shutdown", traits=_SVI_OUT),
    _value("vrrpv3", "object-track <#int> [decrement <int>]", "CR93, DME vrrpv3ObjectTrack.decrPrio", "track", traits=_SVI),
)

_NVE: _More = {"phase": Phase.ROUTING, "owner": "nve"}
_NVE_OUT: _More = {**_NVE, "impact": Impact.OUTAGE}
_NVE_ROWS = (
    _block("", "interface <#nve>", "nve", "VXG", traits=_NVE),
    _value("nve", "description <text>", "VXG", "description", traits=_NVE),
    _flag("nve", "shutdown", "VXG", "shutdown", True, traits=_NVE_OUT),
    _value("nve", "source-interface hold-down-time <int>", "VXG, CSCwe61944", "hold_down_time", 180, traits=_NVE),
    _value("nve", "source-interface <interface>", "VXG", "source_interface", negation=Negation.LINE, traits=_NVE_OUT),
    _value("nve", "host-reachability protocol {bgp|controller}", "VXG", "host_reachability", negation=Negation.LINE, traits=_NVE_OUT),
    _flag("nve", "advertise virtual-rmac", "VXG", "advertise_virtual_rmac", impact=Impact.BRIEF, traits=_NVE),
    _flag("nve", "global suppress-arp", "DME nvoEp.suppressARP; corpus pairs/ales999-project-bgw12", "global_suppress_arp", impact=Impact.OUTAGE, traits=_NVE),
    _value("nve", "global ingress-replication protocol <word>", "DME nvoEp.ingressReplProtoBGP; corpus pairs/ales999-project-bgw12", "global_ingress_replication", negation=Negation.LINE, traits=_NVE_OUT),
    _value("nve", "global mcast-group <ip> L2", "DME nvoEp.mcastGroupL2; cisco.nxos: nxos_vxlan_vtep", "global_mcast_group_l2", undo="global mcast-group L2", traits=_NVE_OUT),
    _value("nve", "global mcast-group <ip> L3", "DME nvoEp.mcastGroupL3; cisco.nxos: nxos_vxlan_vtep", "global_mcast_group_l3", undo="global mcast-group L3", traits=_NVE_OUT),
    _value("nve", "multisite border-gateway interface <interface>", "DME nvoEp.multisiteBordergwInterface; corpus pairs/ales999-project-bgw12", "multisite_interface", negation=Negation.LINE, traits=_NVE_OUT),
    _block("nve", "member vni <#int> associate-vrf", "nve-vni", "VXG; corpus", traits=_NVE_OUT),
    _block("nve", "member vni <#int>", "nve-vni", "VXG", traits=_NVE_OUT),
    _value("nve-vni", "mcast-group <ip>", "VXG", "mcast_group", negation=Negation.LINE, traits=_NVE_OUT),
    _value("nve-vni", "ingress-replication protocol {bgp|static}", "VXG", "ingress_replication", negation=Negation.LINE, traits=_NVE_OUT),
    _flag("nve-vni", "suppress-arp", "VXG", "suppress_arp", traits=_NVE),
    _block("", "evpn", "evpn", "VXG; corpus pairs/divercool-lab07-leaf23", traits=_NVE_OUT),
    _block("evpn", "vni <#int> l2", "evpn-vni", "VXG; NU evpn_vni.yaml", traits=_NVE_OUT),
    _value("evpn-vni", "rd <word>", "VXG; NU evpn_vni.yaml", "rd", negation=Negation.LINE, traits=_NVE_OUT),
    _flag("evpn-vni", "route-target <#text>", "VXG; NU evpn_vni.yaml", "route_targets", negation=Negation.LINE, traits=_NVE_OUT),
)

_ENTRY: _More = {"phase": Phase.ROUTING, "negation": Negation.LINE, "impact": Impact.BRIEF}
_LIST_ROWS = (
    _block("", "ip access-list <#word>", "access-list", "7.13", phase=Phase.ROUTING),
    _block("", "ipv6 access-list <#word>", "access-list", "7.13", phase=Phase.ROUTING),
    _block("", "mac access-list <#word>", "access-list", "7.13", phase=Phase.ROUTING),
    _value("access-list", "<#int> <text>", "7.13: a sequence number holds one entry", phase=Phase.ROUTING, impact=Impact.BRIEF),
    _value("", "ip prefix-list <#word> seq <#int> <text>", "7.13", traits=_ENTRY),
    _value("", "ipv6 prefix-list <#word> seq <#int> <text>", "7.13", traits=_ENTRY),
)
# fmt: on

ROWS: tuple[Row, ...] = (
    *_NOISE,
    *_SYSTEM,
    *_SECRETS,
    *_VLAN_ROWS,
    *_STP_ROWS,
    *_VRF_ROWS,
    *_DOMAIN_ROWS,
    *_NVE_ROWS,
    *_INTERFACE_ROWS,
    *_SVI_ROWS,
    *_LIST_ROWS,
)
"""Every row; where two could read a line, the first one wins."""
