"""The lab's own table of commands: what a line of each mode does when it is typed.

Written from the reference (keys of its section 0), its section 7 and the corpus, never from the
program's catalogue: the two are compared by a test, so a mistake in one is seen. The order of the
rows of a mode is the order in which a switch prints them.
"""

from __future__ import annotations

from collections.abc import Mapping

from mlagkit.nxos.lab.interfaces import (
    CHANNEL,
    DESCRIPTION,
    ETHERNET,
    HSRP,
    LOOPBACK,
    NVE,
    SUBINTERFACE,
    SVI,
    VRRP,
    VRRPV3,
)
from mlagkit.nxos.lab.row import ROW13, SHAPE, K, Kind, Row, block, flag, forwarding, loose, many, row, single

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
    *loose(SHAPE, "version", "power"),
    single("hostname", "corpus/nxos/single/labval-hsrp-nxos1.cfg", default="switch", check=_ONE_WORD),
    single("switchname", "corpus/nxos/pairs/opennxos-puppet-vxlan-leaf12", check=_ONE_WORD),
    block("class-map", "class", SHAPE),
    block("policy-map", "policy", SHAPE),
    block("vdc *", "loose", "corpus/nxos/single/batfish-vdc.cfg", check=r"id \d+"),
    *loose(SHAPE, "install", "feature-set"),
    flag("cfs eth distribute", "corpus/nxos/single/suzieq-exit01.cfg"),
    flag("cfs ipv4 distribute", "vpc-reference 2.1 [certain]"),
    flag("nv overlay evpn", "vpc-reference 2.1 [certain]"),
    flag("feature *", "vpc-reference 2.1, 7 row 3 [certain]"),
    flag("feature nv overlay", "vpc-reference 2.1 [certain]"),
    flag("feature fabric forwarding", "vpc-reference 2.1 [certain]"),
    block("evpn multisite border-gateway *", "loose", SHAPE),
    single("clock timezone", SHAPE),
    flag("password strength-check", "corpus/nxos: `no password strength-check` is printed", default="on"),
    single("username * password", "corpus/nxos/single/scrapli-cfg-n9kv.cfg; replaces [assumed]"),
    single("username * sshkey", K),
    single("username * passphrase", "corpus/nxos/single/napalm-n9k-checkpoint-initial.cfg"),
    *loose(SHAPE, "username"),
    block("role name *", "loose", SHAPE),
    *loose(SHAPE, "role feature-group", "banner", "ip domain-lookup", "ip domain-list", "ip name-server", "ip host"),
    single("ip domain-name", SHAPE),
    flag("system default switchport", "vpc-reference 7 row 17; BF [varies by release]", default="@platform"),
    flag("system default switchport shutdown", "vpc-reference 7 row 17; BF [certain]"),
    single("system jumbomtu", "DME l2; vpc-reference 2.3", default="9216", span=(576, 9216)),
    single("system vlan", "vpc-reference 2.4 [certain]", default="3968 reserve", check=r"\d+ reserve"),
    block("system qos", "loose", SHAPE, check="$"),
    *loose(SHAPE, "system", "interface breakout", "tacacs-server", "radius-server"),
    block("aaa group server * *", "loose", SHAPE),
    *loose(SHAPE, "aaa"),
    single("copp profile", SHAPE),
    many(
        "snmp-server user * auth",
        "node-utils snmpuser.rb: name and engine tell one from another",
        check=r"(?i)(.* )?engineID \S+",
    ),
    single("snmp-server user * *", "cisco.nxos: nxos_snmp_user, pull 1104: groups add up; replaces", bare=True),
    flag("snmp-server user *", "cisco.nxos pull 657: its `no` form takes the user"),
    single("snmp-server community * group", "corpus/nxos/single/batfish-snmp-server.cfg; replaces [assumed]"),
    single("snmp-server contact", SHAPE),
    single("snmp-server location", SHAPE),
    single("snmp-server source-interface *", SHAPE),
    *loose(ROW13, "snmp-server", "rmon"),
    single("ntp server *", ROW13, bare=True),
    single("ntp peer *", ROW13, bare=True),
    single("ntp source-interface", SHAPE),
    *loose(ROW13, "ntp"),
    single("logging server *", ROW13, bare=True),
    single("logging level *", SHAPE),
    *loose(ROW13, "logging"),
    *loose(SHAPE, "privilege", "ip dhcp", "ipv6 dhcp", "service dhcp", "errdisable"),
    forwarding("fabric forwarding anycast-gateway-mac", spell="mac"),
    block("callhome", "loose", SHAPE, check="$"),
    row("ip pim", Kind.LOOSE, SHAPE, feature="pim"),
    *loose(SHAPE, "ip igmp", "ip multicast"),
    many("ip route", "corpus/nxos/single/batfish-static-route.cfg"),
    many("ipv6 route", SHAPE),
    row("vlan", Kind.VLANS, "vpc-reference 7 rows 5, 13 [certain]", mode="vlan", check=r"[\d,\- ]+"),
    block("vlan configuration *", "vlan-config", f"{_SNOOP} [certain]", check="$"),
    *loose(SHAPE, "vlan"),
    single("spanning-tree mode", "vpc-reference 2.4 [certain]", default="rapid-pvst", takes=("rapid-pvst", "mst")),
    flag("spanning-tree port type edge default", "OUT1 [certain]"),
    flag("spanning-tree port type network default", "OUT1 [certain]"),
    flag("spanning-tree port type edge bpduguard default", "OUT1 [certain]"),
    flag("spanning-tree port type edge bpdufilter default", "OUT1 [certain]"),
    flag("spanning-tree loopguard default", "OUT1 [certain]"),
    flag("spanning-tree bridge assurance", "OUT1 [certain]", default="on"),
    flag("spanning-tree mst simulate pvst global", "OUT1 [certain]", default="on"),
    single("spanning-tree pathcost method", "DME [certain]", default="short", takes=("short", "long")),
    row("spanning-tree vlan * priority", Kind.PER_VLAN, "vpc-reference 7 row 13; G106, DME [certain]", default="32768"),
    row("spanning-tree mst * priority", Kind.PER_VLAN, "G106, DME: a list of instances [certain]", default="32768"),
    row("spanning-tree vlan", Kind.WITHOUT, "vpc-reference 3.2, its `no` form", check=r"[\d,\- ]+"),
    block("spanning-tree mst configuration", "mst", "vpc-reference 2.4 [certain]"),
    block("spanning-tree pseudo-information", "pseudo", "CR93 [certain]"),
    *loose(SHAPE, "spanning-tree"),
    flag("port-channel load-balance resilient", "NU portchannel_global.yaml"),
    single("port-channel load-balance", "NU; row 12 [certain]", default="src-dst ip-l4port"),
    single("lacp system-priority", "DME [likely]", default="32768", span=(1, 65535), feature="lacp"),
    *loose(SHAPE, "port-channel", "udld", "cdp", "lldp", "mac", "hardware", "l2rib"),
    many("ip prefix-list", SHAPE),
    many("ip as-path access-list", SHAPE),
    many("ip community-list", SHAPE),
    block("ip access-list", "loose", SHAPE),
    block("ipv6 access-list", "loose", SHAPE),
    block("mac access-list", "loose", SHAPE),
    block("object-group", "loose", SHAPE),
    block("track *", "loose", "SURPRISES; G106"),
    block(
        "route-map",
        "routemap",
        "corpus/nxos/single/labval-bgp-redist-connected-d1-nxos.cfg: `route-map X out` belongs to a neighbour",
        check=r"\S+( (permit|deny)( \d+)?)?",
    ),
    block("key chain *", "keychain", SHAPE),
    block("vrf context *", "vrf", "corpus/nxos/pairs/ales999-project-bgw12"),
    row("system nve infra-vlans", Kind.UNION, ROW13, feature="nv overlay"),
    block("hardware profile tcam resource template", "loose", SHAPE),
    block("vpc domain *", "vpc", "G106 [certain]", feature="vpc", span=(1, 1000)),
    block("port-profile", "loose", "SURPRISES"),
    block("monitor session *", "loose", SHAPE),
    block("fex *", "loose", "corpus/nxos/single/batfish-fex.cfg", check="$"),
    block("interface", "interface", "vpc-reference 7 rows 3, 16 [certain]"),
    *loose(SHAPE, "icam", "cli", "nxapi", "xml"),
    block("line *", "line", "corpus/nxos/single/suzieq-exit01.cfg", check="$"),
    single("boot nxos", SHAPE),
    single("boot kickstart", SHAPE),
    single("boot system", SHAPE),
    block("router ospf *", "router", "corpus/nxos/single/suzieq-exit01.cfg", feature="ospf", check="$"),
    block("router ospfv3 *", "router", SHAPE, check="$"),
    block("router bgp *", "router", "corpus/nxos/single/suzieq-exit01.cfg", feature="bgp", check="$"),
    block("router isis *", "router", SHAPE, feature="isis", check="$"),
    block("router eigrp *", "router", SHAPE, feature="eigrp", check="$"),
    block("evpn", "evpn", "corpus/nxos/pairs/suzieq-leaf12", check="$"),
    block("scheduler job name *", "job", f"{_GUIDE} [certain]", feature="scheduler", check="$"),
    block("scheduler schedule name *", "schedule", f"{_GUIDE} [certain]", feature="scheduler", check="$"),
    *loose(f"{_GUIDE} [likely]", "scheduler"),
    block(
        "event manager applet *", "applet", 'N9K guide, "Configuring the Embedded Event Manager" [certain]', check="$"
    ),
    block("telemetry", "telemetry", f"{_TELEMETRY} [certain]", check="$"),
    block("virtual-service *", "loose", SHAPE, check="$"),
    many("ipv6 prefix-list", SHAPE),
    *loose(SHAPE, *(f"ip {word}" for word in _GLOBAL_IP), *(f"ipv6 {word}" for word in _GLOBAL_IP)),
)

_VLAN: tuple[Row, ...] = (
    single("name", "corpus/nxos/pairs/ales999-project-bgw12"),
    single("state", "vpc-reference 2.4 [certain]", default="active", takes=("active", "suspend")),
    flag("shutdown", "vpc-reference 2.4 [certain]"),
    single("vn-segment", "vpc-reference 7 row 14 [certain]", feature="vn-segment-vlan-based"),
    *loose(SHAPE, "mode", "fabricpath", "xconnect", "media", "remote-span"),
)

_VPC: tuple[Row, ...] = (
    flag("peer-switch", "G106; order row 4 [certain]"),
    single("role priority", "G106 [certain]", default="32667", span=(1, 65535)),
    single("system-mac", "G106 [certain]", spell="mac"),
    single("system-priority", "G106, DME [certain]", default="32667", span=(1, 65535)),
    single("peer-keepalive", "ANS, ANS2: typed again it is replaced whole; no form removes it [certain]", fixed=True),
    single("virtual peer-link", "VXG, CR93 [certain]"),
    single("delay restore", "OUT1, DME [certain]", default="30", span=(1, 3600), check=r"\d*"),
    flag("peer-gateway", "G106 [certain]"),
    single("peer-gateway exclude-vlan", "G106 [varies by release]", spell="vlans"),
    flag("layer3 peer-router", "G106 [varies by release]"),
    flag("layer3 peer-router syslog", "DME: on, as operators type its `no` form [likely]", default="on"),
    single("layer3 peer-router syslog interval", "DME, default [likely]", default="3600", span=(1, 3600)),
    flag("auto-recovery", "G106: off on N9K [varies by release]"),
    single("auto-recovery reload-delay", "G106 [varies by release]", span=(60, 3600)),
    flag("fast-convergence", "CR93 [certain]"),
    flag("graceful consistency-check", "G106, CR93 [certain]", default="on"),
    single("delay restore interface-vlan", "OUT1, DME [certain]", default="10", span=(1, 3600)),
    single("delay restore orphan-port", "OUT1, DME [certain]", default="0", span=(0, 300)),
    single("dual-active exclude interface-vlan", "NU, G106; typed again it is replaced [likely]", spell="vlans"),
    flag("ipv6 nd synchronize", "NU, G106 [certain]"),
    flag("ip arp synchronize", "NU, G106 [certain]"),
    flag("mac-address bpdu source version 2", "G106 [certain]"),
    single("track", "G106, BF [certain]", span=(1, 500)),
    flag("shutdown", "DME, NU [certain]"),
    flag("self-isolation", "NU (N7K)"),
    single("fabricpath switch-id", "NU (N7K)", check=r"\d*"),
    flag("fabricpath multicast load-balance", "NU (N7K)"),
    flag("port-channel limit", "NU (N7K): on, as operators type its `no` form", default="on"),
    *loose("NU, N5OPS [certain]", "fabricpath", "port-channel", "reload"),
)

_VRF: tuple[Row, ...] = (
    DESCRIPTION,
    single("vni", "corpus/nxos/pairs/ales999-project-bgw12"),
    single("ip domain-name", SHAPE),
    *loose(SHAPE, "ip domain-list", "ip name-server"),
    many("ip route", "corpus/nxos/pairs/ales999-project-bgw12"),
    many("ipv6 route", SHAPE),
    single("rd", "corpus/nxos/pairs/ales999-project-bgw12"),
    block("address-family * *", "af", "corpus/nxos/pairs/ales999-project-bgw12", check="$"),
    *loose(SHAPE, "ip", "ipv6", "mdt"),
)

_ROUTER: tuple[Row, ...] = (
    single("router-id", SHAPE),
    *loose(SHAPE, "cluster-id", "bestpath", "reconnect-interval", "log-neighbor-changes", "log-adjacency-changes"),
    block("address-family * *", "af", SHAPE, check="$"),
    block("template peer *", "neighbor", SHAPE, check="$"),
    block("template peer-policy *", "neighbor", SHAPE, check="$"),
    block("template peer-session *", "neighbor", SHAPE, check="$"),
    block("neighbor *", "neighbor", SHAPE, check=r"(remote-as (route-map )?\S+)?"),
    block("vrf *", "router", SHAPE, check="$"),
    *loose(SHAPE, "net", "is-type", "passive-interface", "redistribute", "maximum-paths", "area", "auto-cost"),
    *loose(SHAPE, "authentication-type", "authentication", "default-information", "local-as", "timers", "max-metric"),
    *loose(SHAPE, "log-adjacency", "bfd", "autonomous-system", "network", "distance", "summary-address", "shutdown"),
)

_NEIGHBOR: tuple[Row, ...] = (
    single("remote-as", SHAPE),
    DESCRIPTION,
    single("update-source", SHAPE),
    *loose(SHAPE, "inherit", "bfd", "ebgp-multihop", "timers", "password", "peer-type", "disable-connected-check"),
    *loose(SHAPE, "shutdown", "log-neighbor-changes", "local-as"),
    block("address-family * *", "af", SHAPE, check="$"),
)

_POLICY: tuple[Row, ...] = (block("class", "loose", SHAPE),)

_TELEMETRY_BLOCKS = tuple(
    block(words, "loose", f"{_TELEMETRY} [certain]", check="$")
    for words in ("destination-profile", "destination-group *", "sensor-group *", "subscription *")
)

_APPLET = ("description", "event", "action")

_EVPN: tuple[Row, ...] = (block("vni * l2", "evpn-vni", "corpus/nxos/pairs/suzieq-leaf12"),)

MODES: Mapping[str, tuple[Row, ...]] = {
    "global": _GLOBAL,
    "vlan": _VLAN,
    "vpc": _VPC,
    "if-Ethernet": ETHERNET,
    "if-port-channel": CHANNEL,
    "if-Vlan": SVI,
    "if-loopback": LOOPBACK,
    "if-mgmt": LOOPBACK,
    "if-tunnel": LOOPBACK,
    "if-sub": SUBINTERFACE,
    "if-nve": NVE,
    "hsrp": HSRP,
    "vrrp": VRRP,
    "vrrpv3": VRRPV3,
    "vrf": _VRF,
    "router": _ROUTER,
    "neighbor": _NEIGHBOR,
    "policy": _POLICY,
    "evpn": _EVPN,
    "class": (DESCRIPTION, *loose(SHAPE, "match")),
    "routemap": (DESCRIPTION, *loose(SHAPE, "match", "set", "continue")),
    "keychain": (block("key *", "loose", SHAPE, check="$"),),
    "vni": (
        flag("suppress-arp", "corpus/nxos/pairs/suzieq-leaf12"),
        single("ingress-replication protocol", "corpus/nxos/pairs/suzieq-leaf12"),
        single("mcast-group", "corpus/nxos/single/jonwang-dc2-bgw01.cfg"),
        *loose(SHAPE, "multisite"),
    ),
    "evpn-vni": (
        single("rd", "corpus/nxos/pairs/suzieq-leaf12"),
        many("route-target", "corpus/nxos/pairs/nickelface-09-nx57-overlay"),
    ),
    "af": (single("router-id", "corpus/nxos/pairs/ales999-lab8-leaf12: below isis"),),
    "vlan-config": loose(f"{_SNOOP} [likely]", "ip igmp", "ipv6 mld"),
    "mst": (
        single("name", "vpc-reference 2.4 [certain]"),
        single("revision", "vpc-reference 2.4 [certain]", default="0", span=(0, 65535)),
        row("instance * vlan", Kind.UNION, ROW13),
    ),
    "pseudo": (
        row("vlan * root priority", Kind.PER_VLAN, "CR93 [certain]"),
        row("vlan * designated priority", Kind.PER_VLAN, "CR93 [certain]"),
    ),
    "job": (),  # any line, kept as typed: the session does not ask the table
    "schedule": (
        many("job name", f"{_GUIDE}: several jobs of one schedule [certain]"),
        single("time", f"{_GUIDE}; the last one holds [assumed]"),
    ),
    "telemetry": _TELEMETRY_BLOCKS,
    "applet": loose("N9K guide, EEM [certain]; no event happens here but those of the simulator", *_APPLET),
    "line": loose(SHAPE, "exec-timeout", "session-limit", "terminal", "speed", "access-class"),
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
