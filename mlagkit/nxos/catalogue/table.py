"""The command catalogue: every NX-OS line that mlagkit understands, one row each.

Order within a mode is the order of recognition only. The keys in ``source`` are those of the
project's vPC reference (G106: Interfaces Configuration Guide 10.6, DME: object model 10.5(3),
NU: node-utils, BF: batfish, VXG: VXLAN guide, CR93: command reference 9.3, K: own knowledge).
"""

from __future__ import annotations

from mlagkit.nxos.catalogue.row import ByContext, Default, Impact, Kind, Negation, Phase, Row
from mlagkit.nxos.catalogue.canonical import canonical_channel_group, canonical_keepalive, canonical_level
from mlagkit.values import VlanSet

_NO_VLANS = VlanSet()


def _flag(mode: str, command: str, source: str, field: str | None = None, default: Default = False, **more) -> Row:  # type: ignore[no-untyped-def]
    return Row(mode=mode, command=command, kind=Kind.FLAG, source=source, field=field, default=default, **more)


def _value(mode: str, command: str, source: str, field: str | None = None, default: Default = None, **more) -> Row:  # type: ignore[no-untyped-def]
    return Row(mode=mode, command=command, kind=Kind.VALUE, source=source, field=field, default=default, **more)


def _vlans(mode: str, command: str, source: str, field: str | None = None, default: Default = None, **more) -> Row:  # type: ignore[no-untyped-def]
    return Row(mode=mode, command=command, kind=Kind.VLANS, source=source, field=field, default=default, **more)


def _block(mode: str, command: str, opens: str, source: str, **more) -> Row:  # type: ignore[no-untyped-def]
    return Row(mode=mode, command=command, kind=Kind.BLOCK, opens=opens, source=source, negation=Negation.LINE, **more)


def _noise(command: str, source: str) -> Row:
    return Row(mode="", command=command, kind=Kind.NOISE, source=source)


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

_FEATURE = {"phase": Phase.FEATURE, "owner": "features", "negation": Negation.LINE}
_SYSTEM = (
    _value("", "hostname <word>", "7.3", "name"),
    _value("", "switchname <word>", "SURPRISES: switchname in place of hostname", alias="hostname"),
    _flag("", "install feature-set <#word>", "SURPRISES: FEX", **_FEATURE),
    _flag("", "feature <#text>", "G106, BF", "features", impact=Impact.OUTAGE, **_FEATURE),
    _flag("", "feature-set <#word>", "SURPRISES: FEX", **_FEATURE),
    _flag("", "nv overlay evpn", "VXG", "nv_overlay_evpn", phase=Phase.FEATURE),
    _flag("", "system default switchport", "BF", "switchport_default", None, impact=Impact.OUTAGE),
    _flag("", "system default switchport shutdown", "BF", "switchport_shutdown_default", impact=Impact.OUTAGE),
    _value("", "system jumbomtu <int>", "DME", "jumbo_mtu", 9216),
    _value("", "fabric forwarding anycast-gateway-mac <mac>", "VXG", "anycast_gateway_mac", phase=Phase.SVI),
    _vlans("", "system nve infra-vlans <vlans>", "VXG", "infra_vlans", _NO_VLANS, relists=True),
    _value("", "banner {#motd|exec} <text>", "SURPRISES: banners"),
)

_SECRETS = (
    _value("", "username <#word> password <text>", "7.18", secret=True),
    _value("", "username <#word> passphrase <text>", "SURPRISES: passwords"),
    _flag("", "username <#word> role <#word>", "K", default=False, negation=Negation.LINE),
    _value("", "username <#word> sshkey <text>", "K"),
    _value("", "snmp-server user <#text>", "7.18", secret=True, negation=Negation.LINE),
    _value("", "snmp-server community <#text>", "7.18", secret=True, negation=Negation.LINE),
)

_VLAN = {"phase": Phase.VLAN, "owner": "vlans"}
_VLAN_ROWS = (
    _vlans("", "vlan <vlans>", "7.5", "vlans", _NO_VLANS, opens="vlan", negation=Negation.LINE, impact=Impact.OUTAGE, **_VLAN),
    _value("vlan", "name <text>", "DME l2BD.name", "name", **_VLAN),
    _value("vlan", "state {active|suspend}", "DME l2BD.BdState", "state", "active", impact=Impact.OUTAGE, **_VLAN),
    _flag("vlan", "shutdown", "DME l2BD.adminSt", "shutdown", impact=Impact.OUTAGE, **_VLAN),
    _value("vlan", "vn-segment <int>", "VXG", "vni", impact=Impact.OUTAGE, **_VLAN),
)

_STP = {"phase": Phase.SPANNING_TREE, "owner": "spanning_tree"}
_STP_OUT = {**_STP, "impact": Impact.OUTAGE}
_STP_ROWS = (
    _value("", "spanning-tree mode {rapid-pvst|mst}", "DME stpInst.mode", "spanning_tree.mode", "rapid-pvst", **_STP_OUT),
    _vlans("", "spanning-tree vlan <vlans> priority <#int>", "DME stpVlan.priority", "spanning_tree.priority", negation=Negation.LINE, impact=Impact.BRIEF, **_STP),
    _vlans("", "spanning-tree vlan <vlans>", "3.2: STP Disabled", "spanning_tree.disabled_vlans", _NO_VLANS, negation=Negation.LINE, **_STP_OUT),
    _vlans("", "spanning-tree mst <vlans> priority <#int>", "DME stpMstDom.priority", "spanning_tree.mst_priority", negation=Negation.LINE, impact=Impact.BRIEF, **_STP),
    _value("", "spanning-tree port type {edge|network} default", "OUT1", "spanning_tree.port_type", "normal", **_STP_OUT),
    _flag("", "spanning-tree port type edge bpduguard default", "OUT1", "spanning_tree.bpduguard", **_STP_OUT),
    _flag("", "spanning-tree port type edge bpdufilter default", "OUT1", "spanning_tree.bpdufilter", **_STP_OUT),
    _flag("", "spanning-tree loopguard default", "OUT1, DME stpInst.loopguard", "spanning_tree.loopguard", **_STP_OUT),
    _flag("", "spanning-tree bridge assurance", "OUT1, DME stpInst.bridge", "spanning_tree.bridge_assurance", True, **_STP_OUT),
    _flag("", "spanning-tree mst simulate pvst global", "OUT1, DME stpMstEntity.simulate", "spanning_tree.simulate_pvst", True, **_STP_OUT),
    _value("", "spanning-tree pathcost method {short|long}", "DME stpInst.pathcostOp", "spanning_tree.pathcost_method", "short", impact=Impact.BRIEF, **_STP),
    _block("", "spanning-tree mst configuration", "mst", "2.4", **_STP_OUT),
    _value("mst", "name <text>", "DME stpMstEntity.regName", "name", "", **_STP_OUT),
    _value("mst", "revision <int>", "DME stpMstEntity.rev", "revision", 0, **_STP_OUT),
    _vlans("mst", "instance <#int> vlan <vlans>", "2.4", "instances", **_STP_OUT),
    _block("", "spanning-tree pseudo-information", "pseudo-information", "CR93", **_STP),
    _vlans("pseudo-information", "vlan <vlans> root priority <#int>", "CR93", "root_priority", negation=Negation.LINE, **_STP),
    _vlans("pseudo-information", "vlan <vlans> designated priority <#int>", "CR93", "designated_priority", negation=Negation.LINE, **_STP),
)

_VRF = {"phase": Phase.VRF, "owner": "vrfs"}
_ROUTE = {"phase": Phase.ROUTING, "owner": "routes", "negation": Negation.LINE, "impact": Impact.OUTAGE}
_VRF_ROWS = (
    _block("", "vrf context <#word>", "vrf", "BF", impact=Impact.OUTAGE, **_VRF),
    _value("vrf", "description <text>", "BF", "description", **_VRF),
    _value("vrf", "vni <int>", "VXG", "vni", **_VRF),
    _value("vrf", "rd <word>", "VXG", "rd", **_VRF),
    _flag("vrf", "ip route <#text>", "7.13", "routes", **_ROUTE),
    _block("vrf", "address-family {#ipv4|ipv6} unicast", "address-family", "VXG", **_VRF),
    _flag("address-family", "route-target <#text>", "VXG", "route_targets", **{**_VRF, "negation": Negation.LINE}),
    _flag("", "ip route <#text>", "7.13", "routes", **_ROUTE),
)

_DOMAIN = {"phase": Phase.DOMAIN, "owner": "domain"}
_TYPE1 = {**_DOMAIN, "impact": Impact.OUTAGE}
_DOMAIN_ROWS = (
    _block("", "vpc domain <#int>", "vpc-domain", "G106, DME vpcDom.id", impact=Impact.OUTAGE, **_DOMAIN),
    _flag("vpc-domain", "peer-switch", "DME vpcDom.peerSwitch", "peer_switch", impact=Impact.BRIEF, **_DOMAIN),
    _value("vpc-domain", "role priority <int>", "DME vpcDom.rolePrio", "role_priority", 32667, **_DOMAIN),
    _value("vpc-domain", "system-priority <int>", "DME vpcDom.sysPrio", "system_priority", 32667, **_TYPE1),
    _value("vpc-domain", "system-mac <mac>", "DME vpcDom.sysMac", "system_mac", **_TYPE1),
    _value("vpc-domain", "peer-keepalive <text>", "2.2; ANS pkl_dependencies", "keepalive", phase=Phase.DOMAIN, owner="keepalive", negation=Negation.NEVER, canonical=canonical_keepalive),
    _value("vpc-domain", "virtual peer-link destination <ip> source <ip> [dscp <int>]", "VXG, CR93", "virtual_peer_link", phase=Phase.PEER_LINK, impact=Impact.OUTAGE, owner="peer_link"),
    _value("vpc-domain", "delay restore interface-vlan <int>", "DME vpcDom.delayRestoreSVI", "delay_restore.interface_vlan", 10, **_DOMAIN),
    _value("vpc-domain", "delay restore orphan-port <int>", "DME vpcDom.delayRestoreOrphanPort", "delay_restore.orphan_port", 0, **_DOMAIN),
    _value("vpc-domain", "delay restore <int>", "DME vpcDom.delayRestoreVPC", "delay_restore.vpc", 30, **_DOMAIN),
    _vlans("vpc-domain", "peer-gateway exclude-vlan <vlans>", "DME vpcDom.peerGWExcludeVLAN", "peer_gateway_exclude_vlans", _NO_VLANS, relists=True, **_DOMAIN),
    _flag("vpc-domain", "peer-gateway", "DME vpcDom.peerGw", "peer_gateway", impact=Impact.BRIEF, **_DOMAIN),
    _value("vpc-domain", "layer3 peer-router syslog interval <int>", "DME vpcDom.l3PeerRouterSyslogInterval", "layer3_peer_router_syslog_interval", 3600, **_DOMAIN),
    _flag("vpc-domain", "layer3 peer-router syslog", "2.1 [likely]", "layer3_peer_router_syslog", True, **_DOMAIN),
    _flag("vpc-domain", "layer3 peer-router", "DME vpcDom.l3PeerRouter", "layer3_peer_router", impact=Impact.BRIEF, **_DOMAIN),
    _value("vpc-domain", "auto-recovery reload-delay <int>", "DME vpcDom.autoRecoveryIntvl", "auto_recovery_reload_delay", 240, **_DOMAIN),
    _flag("vpc-domain", "auto-recovery", "G106, NU", "auto_recovery", ByContext("auto_recovery"), implied_by="auto-recovery reload-delay", **_DOMAIN),
    _flag("vpc-domain", "fast-convergence", "CR93, DME vpcDom.fastConvergence", "fast_convergence", **_DOMAIN),
    _flag("vpc-domain", "graceful consistency-check", "DME vpcDom.grcflCnstncyChck", "graceful_consistency_check", True, **_DOMAIN),
    _flag("vpc-domain", "ip arp synchronize", "NU", "ip_arp_synchronize", **_DOMAIN),
    _flag("vpc-domain", "ipv6 nd synchronize", "NU", "ipv6_nd_synchronize", **_DOMAIN),
    _vlans("vpc-domain", "dual-active exclude interface-vlan <vlans>", "DME vpcDom.excludeSVI", "dual_active_exclude_vlans", _NO_VLANS, relists=True, **_DOMAIN),
    _flag("vpc-domain", "mac-address bpdu source version 2", "G106", "bpdu_source_mac_version_2", impact=Impact.BRIEF, **_DOMAIN),
    _value("vpc-domain", "track <int>", "DME vpcDom.track", "track", **_DOMAIN),
    _flag("vpc-domain", "shutdown", "DME vpcDom.adminSt", "shutdown", **_TYPE1),
    _flag("vpc-domain", "self-isolation", "NU (N7K)", "self_isolation", **_DOMAIN),
    _value("vpc-domain", "fabricpath switch-id <int>", "NU (N7K)", "fabricpath_switch_id", **_TYPE1),
    _flag("vpc-domain", "fabricpath multicast load-balance", "NU (N7K)", "fabricpath_multicast_load_balance", **_DOMAIN),
    _flag("vpc-domain", "port-channel limit", "NU (N7K)", "port_channel_limit", True, **_DOMAIN),
)

_PORT = {"phase": Phase.PORT_CHANNEL}
_FLAP = {**_PORT, "impact": Impact.BRIEF}
_L2 = {**_PORT, "inherited": True}
_L2_TYPE1 = {**_L2, "impact": Impact.OUTAGE}
_INTERFACE_ROWS = (
    _block("", "interface <#interface>", "interface", "7.16", **_PORT),
    _value("interface", "description <text>", "DME l1PhysIf.descr", "description", **_PORT),
    _flag("interface", "switchport", "BF", None, ByContext("switchport_line"), inherited=True, impact=Impact.OUTAGE, **_PORT),
    _value("interface", "switchport mode {access|trunk|fex-fabric|dot1q-tunnel}", "DME l1PhysIf.mode", "mode", "access", **_L2_TYPE1),
    _value("interface", "switchport access vlan <int>", "DME l1PhysIf.accessVlan", "vlan", 1, **_L2_TYPE1),
    _value("interface", "switchport trunk native vlan <int>", "DME l1PhysIf.nativeVlan", "native_vlan", 1, **_L2_TYPE1),
    _vlans("interface", "switchport trunk allowed vlan <trunk>", "BF, DME l1PhysIf.trunkVlans", "vlans", ByContext("all_vlans"), **_L2_TYPE1),
    _value("interface", "mtu <int>", "DME l1PhysIf.mtu", "mtu", ByContext("mtu"), inherited=True, **_FLAP),
    _value("interface", "speed <text>", "DME l1PhysIf.speed", "speed", "auto", inherited=True, **_FLAP),
    _value("interface", "duplex {auto|full|half}", "DME l1PhysIf.duplex", "duplex", "auto", inherited=True, **_FLAP),
    _flag("interface", "negotiate auto", "DME l1PhysIf.autoNeg", "negotiate", True, inherited=True, **_FLAP),
    _value("interface", "channel-group <int> [force] [mode {on|active|passive}]", "BF, DME pcAggrIf.pcMode", "channel", phase=Phase.MEMBER, impact=Impact.BRIEF, canonical=canonical_channel_group),
    _value("interface", "lacp rate {normal|fast}", "DME lacpIf.txRate", "lacp_rate", "normal", **_PORT),
    _value("interface", "lacp port-priority <int>", "DME lacpIf.prio", "lacp_port_priority", 32768, **_PORT),
    _value("interface", "lacp min-links <int>", "DME pcAggrIf.minLinks", "lacp_min_links", 1, **_PORT),
    _value("interface", "lacp max-bundle <int>", "NU, DME pcAggrIf.maxLinks", "lacp_max_bundle", ByContext("lacp_max_bundle"), **_PORT),
    _flag("interface", "lacp suspend-individual pxe", "JP3", "lacp_suspend_individual_pxe", True, **_FLAP),
    _flag("interface", "lacp suspend-individual", "NU, DME pcAggrIf.suspIndividual", "lacp_suspend_individual", ByContext("lacp_suspend_individual"), **_FLAP),
    _flag("interface", "lacp graceful-convergence", "NU, DME pcAggrIf.gracefulConv", "lacp_graceful_convergence", True, **_FLAP),
    _flag("interface", "lacp vpc-convergence", "VXG, DME pcAggrIf.lacpVpcConvergence", "lacp_vpc_convergence", **_PORT),
    _flag("interface", "lacp mode delay", "G106, DME pcAggrIf.lacpDelayMode", "lacp_mode_delay", **_FLAP),
    _value("interface", "spanning-tree port type {normal|edge|edge trunk|network}", "DME stpIf.mode", "port_type", "normal", **_L2_TYPE1),
    _value("interface", "spanning-tree guard {root|loop|none}", "DME stpIf.guard", "guard", "none", **_L2_TYPE1),
    _value("interface", "spanning-tree bpduguard {enable|disable}", "DME stpIf.bpduguard", "bpduguard", "default", **_L2),
    _value("interface", "spanning-tree bpdufilter {enable|disable}", "DME stpIf.bpdufilter", "bpdufilter", "default", **_L2),
    _value("interface", "spanning-tree cost <int>", "DME stpIf.cost", "stp_cost", impact=Impact.BRIEF, **_L2),
    _value("interface", "spanning-tree port-priority <int>", "DME stpIf.priority", "stp_port_priority", 128, impact=Impact.BRIEF, **_L2),
    _value("interface", "spanning-tree link-type {auto|point-to-point|shared}", "DME stpIf.linkType", "stp_link_type", "auto", impact=Impact.BRIEF, **_L2),
    _flag("interface", "spanning-tree mst simulate pvst", "DME stpIf.simulatePvst", "mst_simulate_pvst", True, **_L2_TYPE1),
    _value("interface", "storm-control broadcast level <word>", "BF", "storm_control.broadcast", "100.00", canonical=canonical_level, **_L2),
    _value("interface", "storm-control multicast level <word>", "BF", "storm_control.multicast", "100.00", canonical=canonical_level, **_L2),
    _value("interface", "storm-control unicast level <word>", "BF", "storm_control.unicast", "100.00", canonical=canonical_level, **_L2),
    _value("interface", "storm-control action {shutdown|trap}", "BF", "storm_control.action", **_L2),
    _value("interface", "udld {enable|disable|aggressive}", "G106", "udld", "default", **_PORT),
    _flag("interface", "vpc orphan-ports suspend", "G106, CR93; 7.16", alias="vpc orphan-port suspend", **_PORT),
    _flag("interface", "vpc orphan-port suspend", "G106, CR93", "orphan_suspend", **_PORT),
    _flag("interface", "vpc peer-link", "G106", "peer_link", phase=Phase.PEER_LINK, impact=Impact.OUTAGE),
    _value("interface", "vpc <int>", "G106, DME vpcIf.id", "vpc", phase=Phase.VPC, impact=Impact.OUTAGE),
    _flag("interface", "port-type fabric", "VXG", "fabric", **_PORT),
    _flag("interface", "shutdown", "BF Interface.java", "shutdown", ByContext("shutdown"), impact=Impact.OUTAGE, **_PORT),
    _value("interface", "vrf member <word>", "7.15", "vrf", "default", impact=Impact.OUTAGE, **_PORT),
    _value("interface", "ip address <prefix>", "DME ipv4Addr.addr", "address", impact=Impact.OUTAGE, **_PORT),
    _flag("interface", "ip address <#prefix> secondary", "7.13", "secondary_addresses", negation=Negation.LINE, impact=Impact.OUTAGE, **_PORT),
    _flag("interface", "ipv6 address <#prefix>", "7.13", "ipv6_addresses", negation=Negation.LINE, impact=Impact.OUTAGE, **_PORT),
    _flag("interface", "ip redirects", "7.11", "ip_redirects", True, **_PORT),
    _flag("interface", "ipv6 redirects", "7.11", "ipv6_redirects", True, **_PORT),
    _value("interface", "load-interval <int>", "K", "load_interval", **_PORT),
    _value("interface", "bandwidth <int>", "DME l1PhysIf.bw", "bandwidth", **_PORT),
    _value("interface", "delay <int>", "DME l1PhysIf.delay", "delay", **_PORT),
    _value("interface", "mac-address <mac>", "DME sviIf.mac; corpus single/labval-*", "mac_address", impact=Impact.BRIEF, **_PORT),
)

_SVI = {"phase": Phase.SVI, "owner": "svis"}
_SVI_OUT = {**_SVI, "impact": Impact.OUTAGE}
_SVI_ROWS = (
    _flag("interface", "fabric forwarding mode anycast-gateway", "VXG, DME hmmFwdIf.mode", "anycast_gateway", **_SVI_OUT),
    _flag("interface", "ip forward", "DME ipv4If.forward", "ip_forward", **_SVI_OUT),
    _flag("interface", "autostate", "DME sviIf.autostate", "autostate", True, **_SVI),
    _flag("interface", "ip dhcp relay address <#text>", "7.13", "dhcp_relay", negation=Negation.LINE, **_SVI),
    _value("interface", "hsrp version <int>", "BF, DME hsrpIf.version", "hsrp_version", 1, **_SVI_OUT),
    _block("interface", "hsrp <#int> ipv6", "hsrp", "BF", **_SVI_OUT),
    _block("interface", "hsrp <#int> [ipv4]", "hsrp", "BF", **_SVI_OUT),
    _flag("hsrp", "ip <#ip> secondary", "BF", "secondary_addresses", negation=Negation.LINE, **_SVI_OUT),
    _value("hsrp", "ip <ip>", "BF, DME hsrpGroup.ip", "address", **_SVI_OUT),
    _value("hsrp", "priority <int> [forwarding-threshold lower <int> upper <int>]", "BF, DME hsrpGroup.prio; corpus single/labval-hsrp-nxos1.cfg", "priority", 100, impact=Impact.BRIEF, **_SVI),
    _value("hsrp", "preempt delay [minimum <int>] [reload <int>] [sync <int>]", "BF, DME hsrpGroup.preemptDelayMin", "preempt_delay", **_SVI),
    _flag("hsrp", "preempt", "BF, DME hsrpGroup.ctrl", "preempt", **_SVI),
    _value("hsrp", "timers <text>", "BF, DME hsrpGroup.helloIntvl", "timers", "3 10", **_SVI),
    _value("hsrp", "authentication <text>", "BF", "authentication", secret=True, impact=Impact.BRIEF, **_SVI),
    _value("hsrp", "mac-address <mac>", "DME hsrpGroup.mac", "mac_address", **_SVI_OUT),
    _value("hsrp", "name <word>", "DME hsrpGroup.name", "name", **_SVI),
    _value("hsrp", "track <#int> [decrement <int>]", "corpus pairs; BF", "track", **_SVI),
    _block("interface", "vrrpv3 <#text>", "vrrpv3", "K [likely]", **_SVI_OUT),
    _block("interface", "vrrp <#int>", "vrrp", "K [likely]", **_SVI_OUT),
    _flag("vrrp", "address <#ip> secondary", "K [likely]", "secondary_addresses", negation=Negation.LINE, **_SVI_OUT),
    _value("vrrp", "address <ip>", "K [likely]", "address", **_SVI_OUT),
    _value("vrrp", "priority <int>", "K [likely]", "priority", 100, impact=Impact.BRIEF, **_SVI),
    _flag("vrrp", "preempt", "K [likely]", "preempt", True, **_SVI),
    _value("vrrp", "advertisement-interval <int>", "2.4 [likely]", "advertisement_interval", 1, **_SVI),
    _value("vrrp", "authentication <text>", "K [likely]", "authentication", secret=True, **_SVI),
    _flag("vrrp", "shutdown", "2.4 [likely]: groups are shut by default", "shutdown", True, **_SVI_OUT),
    _value("vrrp", "track <#int> [decrement <int>]", "K [likely]", "track", **_SVI),
)

_NVE = {"phase": Phase.ROUTING, "owner": "nve"}
_NVE_OUT = {**_NVE, "impact": Impact.OUTAGE}
_NVE_ROWS = (
    _block("", "interface <#nve>", "nve", "VXG", **_NVE),
    _value("nve", "description <text>", "VXG", "description", **_NVE),
    _flag("nve", "shutdown", "VXG", "shutdown", True, **_NVE_OUT),
    _value("nve", "source-interface hold-down-time <int>", "VXG, CSCwe61944", "hold_down_time", 180, **_NVE),
    _value("nve", "source-interface <interface>", "VXG", "source_interface", **_NVE_OUT),
    _value("nve", "host-reachability protocol {bgp|controller}", "VXG", "host_reachability", **_NVE_OUT),
    _flag("nve", "advertise virtual-rmac", "VXG", "advertise_virtual_rmac", impact=Impact.BRIEF, **_NVE),
    _block("nve", "member vni <#int> associate-vrf", "nve-vni", "VXG; corpus", **_NVE_OUT),
    _block("nve", "member vni <#int>", "nve-vni", "VXG", **_NVE_OUT),
    _value("nve-vni", "mcast-group <ip>", "VXG", "mcast_group", **_NVE_OUT),
    _value("nve-vni", "ingress-replication protocol {bgp|static}", "VXG", "ingress_replication", **_NVE_OUT),
    _flag("nve-vni", "suppress-arp", "VXG", "suppress_arp", **_NVE),
)

_ENTRY = {"phase": Phase.ROUTING, "negation": Negation.LINE}
_LIST_ROWS = (
    _block("", "ip access-list <#word>", "access-list", "7.13", **{"phase": Phase.ROUTING}),
    _block("", "ipv6 access-list <#word>", "access-list", "7.13", **{"phase": Phase.ROUTING}),
    _block("", "mac access-list <#word>", "access-list", "7.13", **{"phase": Phase.ROUTING}),
    _value("access-list", "<#int> <text>", "7.13: a sequence number holds one entry", **_ENTRY),
    _value("", "ip prefix-list <#word> seq <#int> <text>", "7.13", **_ENTRY),
    _value("", "ipv6 prefix-list <#word> seq <#int> <text>", "7.13", **_ENTRY),
)

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
