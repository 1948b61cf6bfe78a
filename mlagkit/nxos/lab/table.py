"""The lab's own table of commands: what a line of each mode does when it is typed.

Written from the reference (keys of its section 0), its section 7 and the corpus, never from the
program's catalogue: the two are compared by a test, so a mistake in one is seen. The order of the
rows of a mode is the order in which a switch prints them.

A mark in ``source`` says how sure a row is: [certain], [likely], [varies by release], or [assumed]
where no source says what a switch does and the lab chose the plainest behaviour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What typing a line a second time, with another value, does."""

    SINGLE = "single"  # one value for each key: the new one replaces
    FLAG = "flag"  # on or off, no value
    MANY = "many"  # every value is a line of its own
    WITHOUT = "without"  # a list of VLANs that grows with `no`, and is printed with it
    UNION = "union"  # a list of VLANs that grows, and shrinks with `no`
    PER_VLAN = "per-vlan"  # the list is part of the key; each VLAN has one value
    ALLOWED = "allowed"  # the list of a trunk: add, remove, except, all, none
    VLANS = "vlans"  # creates VLANs and opens their mode
    BLOCK = "block"  # opens a mode
    LOOSE = "loose"  # known to belong here; stands as typed, `no` takes it away


@dataclass(frozen=True, slots=True)
class Row:
    """One command of one mode.

    ``words`` are its key words; ``*`` is any word and belongs to the key. ``default`` is the value
    that the running-config hides (``on`` for a flag that is on by itself; ``@name`` asks the
    situation). ``check`` is a pattern that the words after the key must match (``$``: there are none);
    ``span`` the range of a numeric value; ``mode`` what a block opens; ``bare`` says that a value is
    not needed, ``fixed`` that no ``no`` form takes the line away, ``alone`` that it is taken without its feature.
    """

    words: tuple[str, ...]
    kind: Kind
    source: str
    default: str = ""
    mode: str = ""
    feature: str = ""
    spell: str = ""
    check: str = ""
    span: tuple[int, int] | None = None
    takes: tuple[str, ...] = ()
    member: bool = False  # ports of the channel show it, too
    layer: int = 0  # 2 or 3: lost when the port changes its layer
    bare: bool = False
    fixed: bool = False
    alone: bool = False

    def __str__(self) -> str:
        return " ".join(self.words)


def _row(words: str, kind: Kind, source: str, **more: object) -> Row:
    return Row(tuple(words.split()), kind, source, **more)  # type: ignore[arg-type] # the dataclass names them


def _single(words: str, source: str, **more: object) -> Row:
    return _row(words, Kind.SINGLE, source, **more)


def _flag(words: str, source: str, **more: object) -> Row:
    return _row(words, Kind.FLAG, source, **more)


def _many(words: str, source: str, **more: object) -> Row:
    return _row(words, Kind.MANY, source, **more)


def _block(words: str, mode: str, source: str, **more: object) -> Row:
    return _row(words, Kind.BLOCK, source, mode=mode, **more)


def _loose(source: str, *heads: str) -> tuple[Row, ...]:
    return tuple(_row(words, Kind.LOOSE, source) for words in heads)


def _forwarding(words: str, **more: object) -> Row:
    """The corpus has these lines without their feature, too (pairs/divercool-lab08-leaf23); it takes them along."""
    return _single(words, "VXG [certain]", feature="fabric forwarding", alone=True, **more)


_SHAPE = "corpus/nxos: shape seen, behaviour [assumed]"
_ROW12 = "vpc-reference 7 row 12 [certain]"
_ROW13 = "vpc-reference 7 row 13 [certain]"
_K = "vpc-reference key K [likely]"

_GUIDE = 'N9K System Management Guide, "Configuring the Scheduler"'
_TELEMETRY = 'N9K Programmability Guide, "Model-Driven Telemetry"'
_SNOOP = 'N9K Multicast Routing Guide, "Configuring IGMP Snooping"'

_GLOBAL_IP = (
    *("adjacency", "arp", "dns", "extcommunity-list", "ftp", "icmp", "load-sharing", "nat", "nd", "radius", "sla"),
    *("source-route", "ssh", "switch-packets", "tacacs", "tcp", "telnet", "tftp"),
)

_ONE_WORD = r"\S*"
"""What a switch may be called: all 118 names of the corpus are one word."""

_GLOBAL: tuple[Row, ...] = (
    *_loose(_SHAPE, "version", "power"),
    _single("hostname", "corpus/nxos/single/labval-hsrp-nxos1.cfg", default="switch", check=_ONE_WORD),
    _single("switchname", "corpus/nxos/pairs/opennxos-puppet-vxlan-leaf12", check=_ONE_WORD),
    _block("class-map", "class", _SHAPE),
    _block("policy-map", "policy", _SHAPE),
    _block("vdc *", "loose", "corpus/nxos/single/batfish-vdc.cfg", check=r"id \d+"),
    *_loose(_SHAPE, "install", "feature-set"),
    _flag("cfs eth distribute", "corpus/nxos/single/suzieq-exit01.cfg"),
    _flag("cfs ipv4 distribute", "vpc-reference 2.1 [certain]"),
    _flag("nv overlay evpn", "vpc-reference 2.1 [certain]"),
    _flag("feature *", "vpc-reference 2.1, 7 row 3 [certain]"),
    _flag("feature nv overlay", "vpc-reference 2.1 [certain]"),
    _flag("feature fabric forwarding", "vpc-reference 2.1 [certain]"),
    _block("evpn multisite border-gateway *", "loose", _SHAPE),
    _single("clock timezone", _SHAPE),
    _flag("password strength-check", "corpus/nxos: `no password strength-check` is printed", default="on"),
    _single("username * password", "corpus/nxos/single/scrapli-cfg-n9kv.cfg; replaces [assumed]"),
    _single("username * sshkey", _K),
    _single("username * passphrase", "corpus/nxos/single/napalm-n9k-checkpoint-initial.cfg"),
    *_loose(_SHAPE, "username"),
    _block("role name *", "loose", _SHAPE),
    *_loose(_SHAPE, "role feature-group", "banner", "ip domain-lookup", "ip domain-list", "ip name-server", "ip host"),
    _single("ip domain-name", _SHAPE),
    _flag("system default switchport", "vpc-reference 7 row 17; BF [varies by release]", default="@platform"),
    _flag("system default switchport shutdown", "vpc-reference 7 row 17; BF [certain]"),
    _single("system jumbomtu", "DME l2; vpc-reference 2.3", default="9216", span=(576, 9216)),
    _flag("system vlan * reserve", "vpc-reference 2.4 [certain]"),
    _block("system qos", "loose", _SHAPE, check="$"),
    *_loose(_SHAPE, "system", "interface breakout", "tacacs-server", "radius-server"),
    _block("aaa group server * *", "loose", _SHAPE),
    *_loose(_SHAPE, "aaa"),
    _single("copp profile", _SHAPE),
    _many(
        "snmp-server user * auth",
        "node-utils snmpuser.rb: name and engine tell one from another",
        check=r"(?i)(.* )?engineID \S+",
    ),
    _single("snmp-server user * *", "cisco.nxos: nxos_snmp_user, pull 1104: groups add up; replaces", bare=True),
    _flag("snmp-server user *", "cisco.nxos pull 657: its `no` form takes the user"),
    _single("snmp-server community * group", "corpus/nxos/single/batfish-snmp-server.cfg; replaces [assumed]"),
    _single("snmp-server contact", _SHAPE),
    _single("snmp-server location", _SHAPE),
    _single("snmp-server source-interface *", _SHAPE),
    *_loose(_ROW13, "snmp-server", "rmon"),
    _single("ntp server *", _ROW13, bare=True),
    _single("ntp peer *", _ROW13, bare=True),
    _single("ntp source-interface", _SHAPE),
    *_loose(_ROW13, "ntp"),
    _single("logging server *", _ROW13, bare=True),
    _single("logging level *", _SHAPE),
    *_loose(_ROW13, "logging"),
    *_loose(_SHAPE, "privilege", "ip dhcp", "ipv6 dhcp", "service dhcp", "errdisable"),
    _forwarding("fabric forwarding anycast-gateway-mac", spell="mac"),
    _block("callhome", "loose", _SHAPE, check="$"),
    _row("ip pim", Kind.LOOSE, _SHAPE, feature="pim"),
    *_loose(_SHAPE, "ip igmp", "ip multicast"),
    _many("ip route", "corpus/nxos/single/batfish-static-route.cfg"),
    _many("ipv6 route", _SHAPE),
    _row("vlan", Kind.VLANS, "vpc-reference 7 rows 5, 13 [certain]", mode="vlan", check=r"[\d,\- ]+"),
    _block("vlan configuration *", "vlan-config", f"{_SNOOP} [certain]", check="$"),
    *_loose(_SHAPE, "vlan"),
    _single("spanning-tree mode", "vpc-reference 2.4 [certain]", default="rapid-pvst", takes=("rapid-pvst", "mst")),
    _flag("spanning-tree port type edge default", "OUT1 [certain]"),
    _flag("spanning-tree port type network default", "OUT1 [certain]"),
    _flag("spanning-tree port type edge bpduguard default", "OUT1 [certain]"),
    _flag("spanning-tree port type edge bpdufilter default", "OUT1 [certain]"),
    _flag("spanning-tree loopguard default", "OUT1 [certain]"),
    _flag("spanning-tree bridge assurance", "OUT1 [certain]", default="on"),
    _flag("spanning-tree mst simulate pvst global", "OUT1 [certain]", default="on"),
    _single("spanning-tree pathcost method", "DME [certain]", default="short", takes=("short", "long")),
    _row(
        "spanning-tree vlan * priority", Kind.PER_VLAN, "vpc-reference 7 row 13; G106, DME [certain]", default="32768"
    ),
    _row("spanning-tree mst * priority", Kind.PER_VLAN, "G106, DME: a list of instances [certain]", default="32768"),
    _row("spanning-tree vlan", Kind.WITHOUT, "vpc-reference 3.2, its `no` form", check=r"[\d,\- ]+"),
    _block("spanning-tree mst configuration", "mst", "vpc-reference 2.4 [certain]"),
    _block("spanning-tree pseudo-information", "pseudo", "CR93 [certain]"),
    *_loose(_SHAPE, "spanning-tree"),
    _single("port-channel load-balance", "NU; row 12 [certain]"),
    _single("lacp system-priority", "DME [likely]", default="32768", span=(1, 65535), feature="lacp"),
    *_loose(_SHAPE, "port-channel", "udld", "cdp", "lldp", "mac", "hardware", "l2rib"),
    _many("ip prefix-list", _SHAPE),
    _many("ip as-path access-list", _SHAPE),
    _many("ip community-list", _SHAPE),
    _block("ip access-list", "loose", _SHAPE),
    _block("ipv6 access-list", "loose", _SHAPE),
    _block("mac access-list", "loose", _SHAPE),
    _block("object-group", "loose", _SHAPE),
    _block("track *", "loose", "SURPRISES; G106"),
    _block(
        "route-map",
        "routemap",
        "corpus/nxos/single/labval-bgp-redist-connected-d1-nxos.cfg: `route-map X out` belongs to a neighbour",
        check=r"\S+( (permit|deny)( \d+)?)?",
    ),
    _block("key chain *", "keychain", _SHAPE),
    _block("vrf context *", "vrf", "corpus/nxos/pairs/ales999-project-bgw12"),
    _row("system nve infra-vlans", Kind.UNION, _ROW13, feature="nv overlay"),
    _block("hardware profile tcam resource template", "loose", _SHAPE),
    _block("vpc domain *", "vpc", "G106 [certain]", feature="vpc", span=(1, 1000)),
    _block("port-profile", "loose", "SURPRISES"),
    _block("monitor session *", "loose", _SHAPE),
    _block("fex *", "loose", "corpus/nxos/single/batfish-fex.cfg", check="$"),
    _block("interface", "interface", "vpc-reference 7 rows 3, 16 [certain]"),
    *_loose(_SHAPE, "icam", "cli", "nxapi", "xml"),
    _block("line *", "line", "corpus/nxos/single/suzieq-exit01.cfg", check="$"),
    _single("boot nxos", _SHAPE),
    _single("boot kickstart", _SHAPE),
    _single("boot system", _SHAPE),
    _block("router ospf *", "router", "corpus/nxos/single/suzieq-exit01.cfg", feature="ospf", check="$"),
    _block("router ospfv3 *", "router", _SHAPE, check="$"),
    _block("router bgp *", "router", "corpus/nxos/single/suzieq-exit01.cfg", feature="bgp", check="$"),
    _block("router isis *", "router", _SHAPE, feature="isis", check="$"),
    _block("router eigrp *", "router", _SHAPE, feature="eigrp", check="$"),
    _block("evpn", "evpn", "corpus/nxos/pairs/suzieq-leaf12", check="$"),
    _block("scheduler job name *", "job", f"{_GUIDE} [certain]", feature="scheduler", check="$"),
    _block("scheduler schedule name *", "schedule", f"{_GUIDE} [certain]", feature="scheduler", check="$"),
    *_loose(f"{_GUIDE} [likely]", "scheduler"),
    _block(
        "event manager applet *", "applet", 'N9K guide, "Configuring the Embedded Event Manager" [certain]', check="$"
    ),
    _block("telemetry", "telemetry", f"{_TELEMETRY} [certain]", check="$"),
    _block("virtual-service *", "loose", _SHAPE, check="$"),
    _many("ipv6 prefix-list", _SHAPE),
    *_loose(_SHAPE, *(f"ip {word}" for word in _GLOBAL_IP), *(f"ipv6 {word}" for word in _GLOBAL_IP)),
)

_VLAN: tuple[Row, ...] = (
    _single("name", "corpus/nxos/pairs/ales999-project-bgw12"),
    _single("state", "vpc-reference 2.4 [certain]", default="active", takes=("active", "suspend")),
    _flag("shutdown", "vpc-reference 2.4 [certain]"),
    _single("vn-segment", "vpc-reference 7 row 14 [certain]", feature="vn-segment-vlan-based"),
    *_loose(_SHAPE, "mode", "fabricpath", "xconnect", "media", "remote-span"),
)

_VPC: tuple[Row, ...] = (
    _flag("peer-switch", "G106; order row 4 [certain]"),
    _single("role priority", "G106 [certain]", default="32667", span=(1, 65535)),
    _single("system-mac", "G106 [certain]", spell="mac"),
    _single("system-priority", "G106, DME [certain]", default="32667", span=(1, 65535)),
    _single("peer-keepalive", "ANS, ANS2: typed again it is replaced whole; no form removes it [certain]", fixed=True),
    _single("virtual peer-link", "VXG, CR93 [certain]"),
    _single("delay restore", "OUT1, DME [certain]", default="30", span=(1, 3600), check=r"\d*"),
    _flag("peer-gateway", "G106 [certain]"),
    _single("peer-gateway exclude-vlan", "G106 [varies by release]", spell="vlans"),
    _flag("layer3 peer-router", "G106 [varies by release]"),
    _flag("layer3 peer-router syslog", "DME: on, as operators type its `no` form [likely]", default="on"),
    _single("layer3 peer-router syslog interval", "DME, default [likely]", default="3600", span=(1, 3600)),
    _flag("auto-recovery", "G106: off on N9K [varies by release]"),
    _single("auto-recovery reload-delay", "G106 [varies by release]", span=(60, 3600)),
    _flag("fast-convergence", "CR93 [certain]"),
    _flag("graceful consistency-check", "G106, CR93 [certain]", default="on"),
    _single("delay restore interface-vlan", "OUT1, DME [certain]", default="10", span=(1, 3600)),
    _single("delay restore orphan-port", "OUT1, DME [certain]", default="0", span=(0, 300)),
    _single("dual-active exclude interface-vlan", "NU, G106; typed again it is replaced [likely]", spell="vlans"),
    _flag("ipv6 nd synchronize", "NU, G106 [certain]"),
    _flag("ip arp synchronize", "NU, G106 [certain]"),
    _flag("mac-address bpdu source version 2", "G106 [certain]"),
    _single("track", "G106, BF [certain]", span=(1, 500)),
    _flag("shutdown", "DME, NU [certain]"),
    _flag("self-isolation", "NU (N7K)"),
    _single("fabricpath switch-id", "NU (N7K)", check=r"\d*"),
    _flag("fabricpath multicast load-balance", "NU (N7K)"),
    _flag("port-channel limit", "NU (N7K): on, as operators type its `no` form", default="on"),
    *_loose("NU, N5OPS [certain]", "fabricpath", "port-channel", "reload"),
)

_L2: tuple[Row, ...] = (
    _flag("switchport", "vpc-reference 7 row 17 [varies by release]", default="@layer", member=True),
    _single(
        "switchport mode",
        "DME list [certain]; members show it: corpus/nxos/pairs/suzieq-leaf12",
        default="access",
        takes=("access", "trunk", "fex-fabric", "dot1q-tunnel", "private-vlan", "monitor"),
        member=True,
        layer=2,
    ),
    _single("switchport access vlan", "BF [certain]", default="1", span=(1, 4094), member=True, layer=2),
    _single("switchport trunk native vlan", "BF [certain]", default="1", span=(1, 4094), member=True, layer=2),
    _row("switchport trunk allowed vlan", Kind.ALLOWED, "vpc-reference 7 rows 7, 8 [certain]", member=True, layer=2),
    *_loose(_SHAPE, "switchport"),
    _single("fex associate", _SHAPE),
)

_STP: tuple[Row, ...] = (
    _single("spanning-tree link-type", "G106", default="auto", layer=2),
    _single("spanning-tree cost", "G106", default="auto", layer=2, check=r"(auto|\d+)?"),
    _single("spanning-tree port-priority", "G106", default="128", layer=2),
    _single("spanning-tree guard", "G106 [certain]", default="none", takes=("root", "loop", "none"), layer=2),
    _single("spanning-tree bpduguard", "G106", takes=("enable", "disable"), layer=2),
    _single("spanning-tree bpdufilter", "G106", takes=("enable", "disable"), layer=2),
    _single(
        "spanning-tree port type",
        "row 12 [certain]",
        default="normal",
        takes=("normal", "edge", "network"),
        check=r"\S+( trunk)?|",
        layer=2,
    ),
    _flag("spanning-tree mst simulate pvst", "DME stpIf.simulatePvst", default="on", layer=2),
    *_loose(_SHAPE, "spanning-tree"),
)

_LINK: tuple[Row, ...] = (
    _single("speed", "row 12; members show it: corpus/nxos/pairs/ales999-project-bgw12", default="auto", member=True),
    _single("duplex", "members show it: corpus/nxos/pairs/ales999-project-bgw12", default="auto", member=True),
    _single(
        "mtu", "DME, row 12 [certain]; members show it: corpus/nxos/pairs/suzieq-leaf12", default="1500", member=True
    ),
    _single("bandwidth", _SHAPE),
    _flag("bandwidth inherit", _SHAPE),
    _single("delay", _SHAPE),
    _single("medium", _SHAPE, default="broadcast"),
    _single("mac-address", _SHAPE, spell="mac"),
    _single("encapsulation dot1q", "corpus/nxos/single/batfish-interface-switchport.cfg"),
    _single("storm-control broadcast level", "BF [certain]", default="100.00"),
    _single("storm-control multicast level", "BF [certain]", default="100.00"),
    _single("storm-control unicast level", "BF [certain]", default="100.00"),
    _single("storm-control action", "BF [certain]"),
    _flag("negotiate auto", "corpus/nxos: `no negotiate auto` is printed", default="on"),
    _flag("cdp enable", "corpus/nxos: `no cdp enable` is printed", default="on"),
    _single("udld", _K, check="enable|disable|aggressive|"),
    _single("load-interval counter *", _SHAPE),
    _single("load-interval", _K, check=r"\d+|"),
    _single("priority-flow-control mode", _SHAPE),
    _flag("port-type fabric", "VXG"),
    *_loose(_SHAPE, "negotiate", "flowcontrol", "beacon", "logging", "load-interval", "link", "lldp", "snmp", "mdix"),
    *_loose(_SHAPE, "priority-flow-control", "service-policy", "udld", "evpn", "bfd", "cdp", "mac", "carrier-delay"),
)

_L3: tuple[Row, ...] = (
    _single("vrf member", "row 15, BF, K: a change erases the L3 lines [certain]", layer=0),
    _flag("ip redirects", "BF [certain]", default="on", layer=3),
    _single("ip address", "row 16 [certain]", spell="address", layer=3, check=r"(?!.* secondary).*"),
    _many("ip address", "row 13 [certain]", spell="address", layer=3, check=r".* secondary.*"),
    _flag("ip forward", "corpus/nxos/pairs/ales999-project-bgw12", layer=3),
    _flag("ipv6 forward", "corpus/nxos/pairs/ales999-project-bgw12", layer=3),
    _many("ipv6 address", _K, layer=3),
    _flag("ipv6 redirects", "BF [certain]", default="on", layer=3),
    _single("ip unnumbered", _SHAPE, layer=3),
    _single("ip ospf cost", _K, feature="ospf", layer=3),
    _single("ip ospf network", _K, feature="ospf", layer=3),
    _single("ip ospf dead-interval", _K, feature="ospf", layer=3),
    _single("ip ospf hello-interval", _K, feature="ospf", layer=3),
    _flag(
        "ip ospf passive-interface",
        "vpc-reference 2.4: the `no` idiom [certain]",
        default="@either",
        feature="ospf",
        layer=3,
    ),
    _single("ip router ospf *", _K, feature="ospf", layer=3),
    _single("ip router isis", _K, feature="isis", layer=3),
    _flag("ip pim sparse-mode", _K, feature="pim", layer=3),
    _forwarding("fabric forwarding mode", layer=3),
    _single("hsrp version", "row 12, BF [certain]", default="1", span=(1, 2), feature="hsrp", layer=3),
    _block("hsrp *", "hsrp", "BF [certain]", feature="hsrp", check="(ipv4)?", layer=3),
    _block("hsrp * ipv6", "hsrp", "vpc-reference 2.4: a group of its own", feature="hsrp", check="$", layer=3),
    _block("vrrp *", "vrrp", _K, feature="vrrp", check="$", layer=3),
    _block("vrrpv3 *", "hsrp", _K, feature="vrrpv3", check=r"address-family ipv[46]", layer=3),
    _many("ip dhcp relay address", _ROW13, layer=3),
    *(Row(row.words, row.kind, row.source, layer=3) for row in _loose(_SHAPE, "ip", "ipv6")),
    _row("isis", Kind.LOOSE, _SHAPE, feature="isis", layer=3),
    _row("ip ospf", Kind.LOOSE, _SHAPE, feature="ospf", layer=3),
)

_DESCRIPTION = _single("description", _ROW12)
_LACP = (
    _single("lacp rate", "BF, K [certain]", default="normal", takes=("normal", "fast"), feature="lacp"),
    _single("lacp port-priority", "BF [certain]", default="32768", span=(1, 65535), feature="lacp"),
)

_ETHERNET: tuple[Row, ...] = (
    _DESCRIPTION,
    *_LACP,
    *_L2,
    *_STP,
    *_LINK,
    *_L3,
    _single("channel-group", "BF, row 12 [certain]", spell="channel"),
    _flag("vpc orphan-port suspend", "G106, CR93 [certain]", feature="vpc"),
    _flag("shutdown", "vpc-reference 2.3, 7 row 17; BF [varies by release]", default="@port"),
)

_CHANNEL: tuple[Row, ...] = (
    _DESCRIPTION,
    *_L2,
    *_STP,
    *_LINK,
    _flag("lacp suspend-individual", "NU: on for N9K [varies by release]", default="on", feature="lacp"),
    _flag("lacp suspend-individual pxe", "JP3 [certain]", default="on", feature="lacp"),
    _single("lacp min-links", "NU, BF, DME [certain]", default="1", span=(1, 32), feature="lacp"),
    _single("lacp max-bundle", "NU [certain]", default="32", feature="lacp"),
    _flag("lacp graceful-convergence", "NU [certain]", default="on", feature="lacp"),
    _flag("lacp vpc-convergence", "VXG [certain]", feature="lacp"),
    _flag("lacp mode delay", "G106 [certain]", feature="lacp"),
    *_L3,
    _flag("vpc orphan-port suspend", "G106, CR93 [certain]", feature="vpc"),
    _flag("vpc peer-link", "G106 [certain]", feature="vpc", layer=2),
    _single("vpc", "G106 [certain]", check=r"\d*", span=(1, 4096), feature="vpc", layer=2),
    _flag("shutdown", "BF: up by default [certain]"),
)

_SVI: tuple[Row, ...] = (
    _DESCRIPTION,
    _flag("shutdown", "BF, K: down by default [certain]", default="on"),
    *_LINK,
    _flag("autostate", "corpus/nxos: `no autostate` is printed", default="on"),
    *_loose(_SHAPE, "management"),
    *_L3,
)

_LOOPBACK: tuple[Row, ...] = (_DESCRIPTION, *_LINK, *_L3, _flag("shutdown", "BF: up by default [certain]"))
_SUBINTERFACE: tuple[Row, ...] = (
    _DESCRIPTION,
    *_LINK,
    *_L3,
    _flag("shutdown", "BF: down by default [certain]", default="on"),
)

_NVE: tuple[Row, ...] = (
    _flag("shutdown", "corpus/nxos/pairs/suzieq-leaf12: `no shutdown` is printed", default="on"),
    _DESCRIPTION,
    _single("host-reachability protocol", "vpc-reference 2.4"),
    _flag("advertise virtual-rmac", "vpc-reference 2.4"),
    _single("source-interface hold-down-time", "CSCwe61944 [certain]", default="180"),
    _single("source-interface", "vpc-reference 2.4", check=r"lo.*|"),
    *_loose(_SHAPE, "multisite", "global"),
    _block("member vni *", "vni", _ROW13, check=r"(associate-vrf)?"),
)

_HSRP: tuple[Row, ...] = (
    _single("authentication", "BF"),
    _single("name", "DME hsrpGroup.name", check=r"\S*"),
    _single("mac-address", "DME hsrpGroup.mac", spell="mac"),
    *_loose(_SHAPE, "bfd", "follow"),
    _single("track *", "G106; replaces [assumed]", bare=True),
    _single("preempt", "BF [certain]", bare=True),
    _single("priority", "row 12, BF [certain]", default="100"),
    _single("timers", "BF [certain]", default="3 10"),
    _single("ip", "row 12, BF [certain]", check=r"[\da-fA-F.:]+(/\d+)?|autoconfig|"),
    _many("ip", "BF", check=r"[\da-fA-F.:]+(/\d+)? secondary"),
    _single("address", _K, check=r"[\d.]+.*|"),
    _flag("shutdown", "vpc-reference 2.4: `vrrp` is shut by default [likely]", default="@either"),
)

_VRRP: tuple[Row, ...] = (
    _single("authentication", _K),
    *_loose(_SHAPE, "name", "bfd"),
    _single("track *", _K, bare=True),
    _single("priority", _K, default="100"),
    _flag("preempt", _K, default="on"),
    _single("advertisement-interval", _K, default="1"),
    _single("address", _K, check=r"[\d.]+|"),
    _many("address", _K, check=r"[\d.]+ secondary"),
    _flag("shutdown", "vpc-reference 2.4: shut by default [likely]", default="on"),
)

_VRF: tuple[Row, ...] = (
    _DESCRIPTION,
    _single("vni", "corpus/nxos/pairs/ales999-project-bgw12"),
    _single("ip domain-name", _SHAPE),
    *_loose(_SHAPE, "ip domain-list", "ip name-server"),
    _many("ip route", "corpus/nxos/pairs/ales999-project-bgw12"),
    _many("ipv6 route", _SHAPE),
    _single("rd", "corpus/nxos/pairs/ales999-project-bgw12"),
    _block("address-family * *", "af", "corpus/nxos/pairs/ales999-project-bgw12", check="$"),
    *_loose(_SHAPE, "ip", "ipv6", "mdt"),
)

_ROUTER: tuple[Row, ...] = (
    _single("router-id", _SHAPE),
    *_loose(_SHAPE, "cluster-id", "bestpath", "reconnect-interval", "log-neighbor-changes", "log-adjacency-changes"),
    _block("address-family * *", "af", _SHAPE, check="$"),
    _block("template peer *", "neighbor", _SHAPE, check="$"),
    _block("template peer-policy *", "neighbor", _SHAPE, check="$"),
    _block("template peer-session *", "neighbor", _SHAPE, check="$"),
    _block("neighbor *", "neighbor", _SHAPE, check=r"(remote-as (route-map )?\S+)?"),
    _block("vrf *", "router", _SHAPE, check="$"),
    *_loose(_SHAPE, "net", "is-type", "passive-interface", "redistribute", "maximum-paths", "area", "auto-cost"),
    *_loose(_SHAPE, "authentication-type", "authentication", "default-information", "local-as", "timers", "max-metric"),
    *_loose(_SHAPE, "log-adjacency", "bfd", "autonomous-system", "network", "distance", "summary-address", "shutdown"),
)

_NEIGHBOR: tuple[Row, ...] = (
    _single("remote-as", _SHAPE),
    _DESCRIPTION,
    _single("update-source", _SHAPE),
    *_loose(_SHAPE, "inherit", "bfd", "ebgp-multihop", "timers", "password", "peer-type", "disable-connected-check"),
    *_loose(_SHAPE, "shutdown", "log-neighbor-changes", "local-as"),
    _block("address-family * *", "af", _SHAPE, check="$"),
)

_POLICY: tuple[Row, ...] = (_block("class", "loose", _SHAPE),)

_TELEMETRY_BLOCKS = tuple(
    _block(words, "loose", f"{_TELEMETRY} [certain]", check="$")
    for words in ("destination-profile", "destination-group *", "sensor-group *", "subscription *")
)

_APPLET = ("description", "event", "action")

_EVPN: tuple[Row, ...] = (_block("vni * l2", "af", "corpus/nxos/pairs/suzieq-leaf12"),)

MODES: Mapping[str, tuple[Row, ...]] = {
    "global": _GLOBAL,
    "vlan": _VLAN,
    "vpc": _VPC,
    "if-Ethernet": _ETHERNET,
    "if-port-channel": _CHANNEL,
    "if-Vlan": _SVI,
    "if-loopback": _LOOPBACK,
    "if-mgmt": _LOOPBACK,
    "if-tunnel": _LOOPBACK,
    "if-sub": _SUBINTERFACE,
    "if-nve": _NVE,
    "hsrp": _HSRP,
    "vrrp": _VRRP,
    "vrf": _VRF,
    "router": _ROUTER,
    "neighbor": _NEIGHBOR,
    "policy": _POLICY,
    "evpn": _EVPN,
    "class": (_DESCRIPTION, *_loose(_SHAPE, "match")),
    "routemap": (_DESCRIPTION, *_loose(_SHAPE, "match", "set", "continue")),
    "keychain": (_block("key *", "loose", _SHAPE, check="$"),),
    "vni": (
        _flag("suppress-arp", "corpus/nxos/pairs/suzieq-leaf12"),
        _single("ingress-replication protocol", "corpus/nxos/pairs/suzieq-leaf12"),
        _single("mcast-group", "corpus/nxos/single/jonwang-dc2-bgw01.cfg"),
        *_loose(_SHAPE, "multisite"),
    ),
    "af": (_single("router-id", "corpus/nxos/pairs/ales999-lab8-leaf12: below isis"),),
    "vlan-config": _loose(f"{_SNOOP} [likely]", "ip igmp", "ipv6 mld"),
    "mst": (
        _single("name", "vpc-reference 2.4 [certain]"),
        _single("revision", "vpc-reference 2.4 [certain]", default="0", span=(0, 65535)),
        _row("instance * vlan", Kind.UNION, _ROW13),
    ),
    "pseudo": (
        _row("vlan * root priority", Kind.PER_VLAN, "CR93 [certain]"),
        _row("vlan * designated priority", Kind.PER_VLAN, "CR93 [certain]"),
    ),
    "job": (),  # any line, kept as typed: the session does not ask the table
    "schedule": (
        _many("job name", f"{_GUIDE}: several jobs of one schedule [certain]"),
        _single("time", f"{_GUIDE}; the last one holds [assumed]"),
    ),
    "telemetry": _TELEMETRY_BLOCKS,
    "applet": _loose("N9K guide, EEM [certain]; no event happens here but those of the simulator", *_APPLET),
    "line": _loose(_SHAPE, "exec-timeout", "session-limit", "terminal", "speed", "access-class"),
    "loose": (),
}
"""Mode -> its rows, in the order in which a switch prints them; a mode without rows takes any line as it is."""

PROMPTS: Mapping[str, str] = {
    "global": "config",
    "vlan": "config-vlan",
    "vpc": "config-vpc-domain",
    "interface": "config-if",
    "vrf": "config-vrf",
    "router": "config-router",
    "neighbor": "config-router-neighbor",
    "mst": "config-mst",
    "hsrp": "config-if-hsrp",
    "line": "config-line",
    "job": "config-job",
    "schedule": "config-schedule",
    "applet": "config-applet",
}
"""What stands in the prompt: ansible#27129 shows ``(config-vpc-domain)``, scripts for the scheduler ``(config-job)``
and ``(config-schedule)``; the rest is [likely]."""
