"""The lab's own table of commands, as far as they are for interfaces and for what they hold."""

from __future__ import annotations

from mlagkit.nxos.lab.row import ROW12, ROW13, SHAPE, K, Kind, Row, block, flag, forwarding, loose, many, row, single

_L2: tuple[Row, ...] = (
    flag("switchport", "vpc-reference 7 row 17 [varies by release]", default="@layer", member=True),
    single(
        "switchport mode",
        "DME list [certain]; members show it: corpus/nxos/pairs/suzieq-leaf12",
        default="access",
        takes=("access", "trunk", "fex-fabric", "dot1q-tunnel", "private-vlan", "monitor"),
        member=True,
        layer=2,
    ),
    single("switchport access vlan", "BF [certain]", default="1", span=(1, 4094), member=True, layer=2),
    single("switchport trunk native vlan", "BF [certain]", default="1", span=(1, 4094), member=True, layer=2),
    row("switchport trunk allowed vlan", Kind.ALLOWED, "vpc-reference 7 rows 7, 8 [certain]", member=True, layer=2),
    *loose(SHAPE, "switchport"),
    single("fex associate", SHAPE),
)

_STP: tuple[Row, ...] = (
    single("spanning-tree link-type", "G106", default="auto", layer=2),
    single("spanning-tree cost", "G106", default="auto", layer=2, check=r"(auto|\d+)?"),
    single("spanning-tree port-priority", "G106", default="128", layer=2),
    single("spanning-tree guard", "G106 [certain]", default="none", takes=("root", "loop", "none"), layer=2),
    single("spanning-tree bpduguard", "G106", takes=("enable", "disable"), layer=2),
    single("spanning-tree bpdufilter", "G106", takes=("enable", "disable"), layer=2),
    single(
        "spanning-tree port type",
        "row 12 [certain]",
        default="normal",
        takes=("normal", "edge", "network"),
        check=r"\S+( trunk)?|",
        layer=2,
    ),
    single("spanning-tree mst simulate pvst", "NX-OS command reference", takes=("disable",), bare=True, layer=2),
    *loose(SHAPE, "spanning-tree"),
)

_LINK: tuple[Row, ...] = (
    single("speed", "row 12; members show it: corpus/nxos/pairs/ales999-project-bgw12", default="auto", member=True),
    single("duplex", "members show it: corpus/nxos/pairs/ales999-project-bgw12", default="auto", member=True),
    single(
        "mtu", "DME, row 12 [certain]; members show it: corpus/nxos/pairs/suzieq-leaf12", default="1500", member=True
    ),
    single("bandwidth", SHAPE),
    flag("bandwidth inherit", SHAPE),
    single("delay", SHAPE),
    single("medium", SHAPE, default="broadcast"),
    single("mac-address", SHAPE, spell="mac"),
    single("encapsulation dot1q", "corpus/nxos/single/batfish-interface-switchport.cfg"),
    single("storm-control broadcast level", "BF [certain]", default="100.00"),
    single("storm-control multicast level", "BF [certain]", default="100.00"),
    single("storm-control unicast level", "BF [certain]", default="100.00"),
    single("storm-control action", "BF [certain]"),
    flag("negotiate auto", "corpus/nxos: `no negotiate auto` is printed", default="on"),
    flag("cdp enable", "corpus/nxos: `no cdp enable` is printed", default="on"),
    single("udld", K, check="enable|disable|aggressive|"),
    single("load-interval counter *", SHAPE),
    single("load-interval", K, check=r"\d+|"),
    single("priority-flow-control mode", SHAPE),
    flag("port-type fabric", "VXG"),
    *loose(SHAPE, "negotiate", "flowcontrol", "beacon", "logging", "load-interval", "link", "lldp", "snmp", "mdix"),
    *loose(SHAPE, "priority-flow-control", "service-policy", "udld", "evpn", "bfd", "cdp", "mac", "carrier-delay"),
)

_L3: tuple[Row, ...] = (
    single("vrf member", "row 15, BF, K: a change erases the L3 lines [certain]", layer=0),
    flag("ip redirects", "BF [certain]", default="on", layer=3),
    single("ip address", "row 16 [certain]", spell="address", layer=3, check=r"(?!.* secondary).*"),
    many("ip address", "row 13 [certain]", spell="address", layer=3, check=r".* secondary.*"),
    flag("ip forward", "corpus/nxos/pairs/ales999-project-bgw12", layer=3),
    flag("ipv6 forward", "corpus/nxos/pairs/ales999-project-bgw12", layer=3),
    flag("ipv6 address use-link-local-only", "corpus/nxos/pairs/ales999-project-bgw12", layer=3),
    many("ipv6 address", K, layer=3),
    flag("ipv6 redirects", "BF [certain]", default="on", layer=3),
    single("ip unnumbered", SHAPE, layer=3),
    single("ip ospf cost", K, feature="ospf", layer=3),
    single("ip ospf network", K, feature="ospf", layer=3),
    single("ip ospf dead-interval", K, feature="ospf", layer=3),
    single("ip ospf hello-interval", "NU interface_ospf.yaml", default="10", feature="ospf", layer=3),
    flag(
        "ip ospf passive-interface",
        "vpc-reference 2.4: the `no` idiom [certain]",
        default="@either",
        feature="ospf",
        layer=3,
    ),
    single("ip router ospf *", K, feature="ospf", layer=3),
    single("ip router isis", K, feature="isis", layer=3),
    flag("ip pim sparse-mode", K, feature="pim", layer=3),
    forwarding("fabric forwarding mode", layer=3),
    single("hsrp version", "row 12, BF [certain]", default="1", span=(1, 2), feature="hsrp", layer=3),
    block("hsrp *", "hsrp", "BF [certain]", feature="hsrp", check="(ipv4)?", layer=3),
    block("hsrp * ipv6", "hsrp", "vpc-reference 2.4: a group of its own", feature="hsrp", check="$", layer=3),
    block("vrrp *", "vrrp", K, feature="vrrp", check="$", layer=3),
    block("vrrpv3 * address-family ipv4", "vrrpv3", "CR93 [certain]", feature="vrrpv3", check="$", layer=3),
    block("vrrpv3 * address-family ipv6", "vrrpv3", "CR93 [certain]", feature="vrrpv3", check="$", layer=3),
    many("ip dhcp relay address", ROW13, layer=3),
    *(Row(row.words, row.kind, row.source, layer=3) for row in loose(SHAPE, "ip", "ipv6")),
    row("isis", Kind.LOOSE, SHAPE, feature="isis", layer=3),
    row("ip ospf", Kind.LOOSE, SHAPE, feature="ospf", layer=3),
)

DESCRIPTION = single("description", ROW12)
_LACP = (
    single("lacp rate", "BF, K [certain]", default="normal", takes=("normal", "fast"), feature="lacp"),
    single("lacp port-priority", "BF [certain]", default="32768", span=(1, 65535), feature="lacp"),
)

ETHERNET: tuple[Row, ...] = (
    DESCRIPTION,
    *_LACP,
    *_L2,
    *_STP,
    *_LINK,
    *_L3,
    single("channel-group", "BF, row 12 [certain]", spell="channel"),
    flag("vpc orphan-port suspend", "G106, CR93 [certain]", feature="vpc"),
    flag("shutdown", "vpc-reference 2.3, 7 row 17; BF [varies by release]", default="@port"),
)

CHANNEL: tuple[Row, ...] = (
    DESCRIPTION,
    *_L2,
    *_STP,
    *_LINK,
    flag("lacp suspend-individual", "NU: on for N9K [varies by release]", default="on", feature="lacp"),
    flag("lacp suspend-individual pxe", "JP3 [certain]", default="on", feature="lacp"),
    single("lacp min-links", "NU, BF, DME [certain]", default="1", span=(1, 32), feature="lacp"),
    single("lacp max-bundle", "NU [certain]", default="32", feature="lacp"),
    flag("lacp graceful-convergence", "NU [certain]", default="on", feature="lacp"),
    flag("lacp vpc-convergence", "VXG [certain]", feature="lacp"),
    flag("lacp mode delay", "G106 [certain]", feature="lacp"),
    *_L3,
    flag("vpc orphan-port suspend", "G106, CR93 [certain]", feature="vpc"),
    flag("vpc peer-link", "G106 [certain]", feature="vpc", layer=2),
    single("vpc", "G106 [certain]", check=r"\d*", span=(1, 4096), feature="vpc", layer=2),
    flag("shutdown", "BF: up by default [certain]"),
)

SVI: tuple[Row, ...] = (
    DESCRIPTION,
    flag("shutdown", "BF, K: down by default [certain]", default="on"),
    *_LINK,
    flag("autostate", "corpus/nxos: `no autostate` is printed", default="on"),
    *loose(SHAPE, "management"),
    *_L3,
)

LOOPBACK: tuple[Row, ...] = (DESCRIPTION, *_LINK, *_L3, flag("shutdown", "BF: up by default [certain]"))
SUBINTERFACE: tuple[Row, ...] = (
    DESCRIPTION,
    *_LINK,
    *_L3,
    flag("shutdown", "BF: down by default [certain]", default="on"),
)

NVE: tuple[Row, ...] = (
    flag("shutdown", "corpus/nxos/pairs/suzieq-leaf12: `no shutdown` is printed", default="on"),
    DESCRIPTION,
    single("host-reachability protocol", "vpc-reference 2.4"),
    flag("advertise virtual-rmac", "vpc-reference 2.4"),
    single("source-interface hold-down-time", "CSCwe61944 [certain]", default="180"),
    single("source-interface", "vpc-reference 2.4", check=r"lo.*|"),
    flag("global suppress-arp", "corpus/nxos/pairs/ales999-project-bgw12"),
    single("global ingress-replication protocol", "corpus/nxos/pairs/ales999-project-bgw12", takes=("bgp",)),
    single("global mcast-group", "cisco.nxos: nxos_vxlan_vtep", check=r"([\d.]+ )?L2"),
    single("global mcast-group", "cisco.nxos: nxos_vxlan_vtep", check=r"([\d.]+ )?L3"),
    single("multisite border-gateway interface", "corpus/nxos/pairs/ales999-project-bgw12", check=r"lo.*|"),
    *loose(SHAPE, "multisite", "global"),
    block("member vni *", "vni", ROW13, check=r"(associate-vrf)?"),
)

HSRP: tuple[Row, ...] = (
    single("authentication", "BF"),
    single("name", "DME hsrpGroup.name", check=r"\S*"),
    single("mac-address", "DME hsrpGroup.mac", spell="mac"),
    *loose(SHAPE, "bfd", "follow"),
    single("track *", "G106; replaces [assumed]", bare=True),
    single("preempt", "BF [certain]", bare=True),
    single("priority", "row 12, BF [certain]", default="100"),
    single("timers", "BF [certain]", default="3 10"),
    single("ip", "row 12, BF [certain]", check=r"[\d.]+(/\d+)?|autoconfig|"),
    many("ip", "BF; NU interface_hsrp_group.yaml: those of IPv6 add up", check=r"[\d.]+(/\d+)? secondary|\S*:\S*"),
    single("address", K, check=r"[\d.]+.*|"),
    flag("shutdown", "vpc-reference 2.4: `vrrp` is shut by default [likely]", default="@either"),
)

VRRP: tuple[Row, ...] = (
    single("authentication", K),
    *loose(SHAPE, "name", "bfd"),
    single("track *", K, bare=True),
    single("priority", K, default="100"),
    flag("preempt", K, default="on"),
    single("advertisement-interval", K, default="1"),
    single("address", K, check=r"[\d.]+|"),
    many("address", K, check=r"[\d.]+ secondary"),
    flag("shutdown", "vpc-reference 2.4: shut by default [likely]", default="on"),
)

_MODEL = "NX-OS data model 9.3(1), vrrpv3_Vr [certain]"
VRRPV3: tuple[Row, ...] = (
    single("timers advertise", _MODEL, default="1000", span=(100, 40950)),
    single("priority", f"{_MODEL}; RFC 5798: 100", default="100", span=(1, 254)),
    *loose(SHAPE, "preempt delay", "match-address", "vrrs"),
    flag("preempt", _MODEL, default="on"),
    DESCRIPTION,
    flag("vrrpv2", "CR93 [certain]"),
    single("address", _MODEL, check=r"\S+( primary)?|"),
    many("address", _MODEL, check=r"\S+ secondary"),
    single("object-track *", "CR93 [certain]", check=r"(decrement \d+)?", bare=True),
    flag("shutdown", f"{_MODEL}: groups are up"),
)
