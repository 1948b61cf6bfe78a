"""Configurations put together at random from small pools of lines, for properties of parsing and comparing."""

from __future__ import annotations

from hypothesis import strategies as st

GLOBAL = (
    "hostname leaf-1",
    "hostname leaf-2",
    "switchname leaf-2",
    "feature vpc",
    "feature lacp",
    "no feature lacp",
    "vlan 1,10,20",
    "vlan 10-12",
    "vlan 20,  30",
    "no vlan 20",
    "spanning-tree mode mst",
    "spanning-tree mst 0-1 priority 4096",
    "spanning-tree mst 1 priority 32768",
    "spanning-tree port type edge default",
    "spanning-tree port type edge bpduguard default",
    "no spanning-tree bridge assurance",
    "spanning-tree pathcost method long",
    "spanning-tree pathcost method short",
    "no spanning-tree mst simulate pvst global",
    "spanning-tree domain 5",
    "spanning-tree vlan 10-12 priority 4096",
    "spanning-tree vlan 12,20 priority 8192",
    "no spanning-tree vlan 30",
    "system default switchport shutdown",
    "no system default switchport",
    "system nve infra-vlans 10,20",
    "system nve infra-vlans 10,30",
    "system jumbomtu 9000",
    "system jumbomtu 9216",
    "system vlan 2000 reserve",
    "system vlan 3968 reserve",
    "no system vlan 3000 reserve",
    "feature nv overlay",
    "nv overlay evpn",
    "no nv overlay evpn",
    "feature-set fex",
    "install feature-set fex",
    "fabric forwarding anycast-gateway-mac 0200.0000.aaaa",
    "fabric forwarding anycast-gateway-mac 02:00:00:00:aa:aa",
    "port-channel load-balance src-dst ip-l4port",
    "ntp server 192.0.2.1",
    "logging server 192.0.2.2",
    "ip route 192.0.2.0/24 198.51.100.1",
    "ip route 192.0.2.0/24 198.51.100.1 name out tag 5 10",
    "no ip route 192.0.2.0/24 198.51.100.1",
    "ip route 192.0.2.0/24 Null0",
    "ip route 192.0.2.0 255.255.255.0 198.51.100.1",
    "ip route 192.0.2.0/24 198.51.100.1 track 1",
    "ipv6 route 2001:db8::/32 2001:db8::1 vrf A 200",
    "ip prefix-list P seq 5 permit 192.0.2.0/24",
    "ip prefix-list P seq 5 deny 192.0.2.0/24",
    "username admin password 5 $5$a  role network-admin",
    "username admin password 5 $5$b  role network-admin",
    "snmp-server community alpha group network-operator",
    "snmp-server community alpha group network-admin",
    "!",
    "! a note",
    "banner motd #\nhostname evil\n#",
    "banner motd ^one line^",
)

PORT = (
    "description one",
    "description two",
    "desc three",
    "no shutdown",
    "shutdown",
    "switchport",
    "no switchport",
    "switchport mode trunk",
    "sw mo tr",
    "switchport mode access",
    "switchport access vlan 10",
    "switchport trunk native vlan 10",
    "switchport trunk allowed vlan 10,20",
    "switchport trunk allowed vlan 10",
    "switchport trunk allowed vlan add 30",
    "switchport trunk allowed vlan remove 20",
    "switchport trunk allowed vlan except 5",
    "switchport trunk allowed vlan none",
    "mtu 9216",
    "mtu 1500",
    "spanning-tree port type edge trunk",
    "spanning-tree port type network",
    "storm-control broadcast level 5",
    "storm-control broadcast level 5.00",
    "vrf member A",
    "ip address 192.0.2.1/24",
    "ip address 192.0.2.1 255.255.255.0",
    "ip address 192.0.2.9/24 secondary",
    "ipv6 address use-link-local-only",
    "no ipv6 address use-link-local-only",
    "medium p2p",
    "medium broadcast",
    "ip unnumbered loopback0",
    "ip unnumbered lo1",
    "ip router ospf UNDERLAY area 0.0.0.0",
    "ip router ospf UNDERLAY area 1",
    "ip router ospf UNDERLAY area 0.0.0.0 secondaries none",
    "ip ospf cost 10",
    "ip ospf hello-interval 1",
    "ip ospf hello-interval 10",
    "ip ospf dead-interval 4",
    "no ip ospf dead-interval",
    "ip ospf network point-to-point",
    "ip pim sparse-mode",
    "no ip pim sparse-mode",
    "no ip redirects",
    "lacp rate fast",
    "snmp trap link-status",
    "! inside",
    "",
)
MEMBER = (*PORT, "channel-group 10 mode active", "channel-group 10", "channel-group 20 force mode active")
CHANNEL = (*PORT, "vpc 10", "vpc peer-link", "lacp suspend-individual", "no lacp suspend-individual")
SVI = (
    *(line for line in PORT if line.startswith(("desc", "ip", "no ", "shut", "mtu", "vrf"))),
    "hsrp version 2",
    "hsrp 1\n    preempt\n    ip 192.0.2.254",
    "hsrp 1 ipv4\n    preempt delay minimum 60\n    priority 110",
    "hsrp 1 ipv6\n    ip 2001:db8::1",
    "hsrp 1\n    priority 110 forwarding-threshold lower 1 upper 110",
    "hsrp 1\n    track 1 decrement 20\n    track 2",
    "hsrp 1\n    timers msec 250 msec 750\n    authentication text one",
    "hsrp 1\n    ip 192.0.2.253 secondary\n    name gateway\n    mac-address 0200.0000.0001",
    "no hsrp 1",
    "vrrp 1\n    address 192.0.2.254\n    no shutdown",
    "vrrp 1\n    priority 120\n    no preempt\n    advertisement-interval 3",
    "vrrp 1\n    address 192.0.2.253 secondary\n    shutdown",
    "vrrp 1\n    bfd address 192.0.2.9",
    "vrrpv3 1 address-family ipv4\n    address 192.0.2.254 primary",
    "vrrpv3 1 address-family ipv4\n    timers advertise 500\n    priority 120\n    no preempt\n    vrrpv2",
    "vrrpv3 1 address-family ipv6\n    address fe80::1 primary\n    address 2001:db8::1 secondary\n    shutdown",
    "vrrpv3 2 address-family ipv4\n    description x\n    object-track 3 decrement 20\n    match-address",
    "fabric forwarding mode anycast-gateway",
    "no autostate",
    "ip forward",
    "ipv6 forward",
    "ip dhcp relay address 192.0.2.5",
    "ip dhcp relay address 192.0.2.5 use-vrf A",
)
DOMAIN = (
    "role priority 100",
    "role priority 32667",
    "peer-switch",
    "auto-recovery",
    "auto-recovery reload-delay 360",
    "auto-recovery reload-delay 240",
    "peer-keepalive destination 192.0.2.1 source 192.0.2.2",
    "peer-keepalive destination 192.0.2.1 source 192.0.2.2 vrf management interval 1000 timeout 5",
    "peer-keepalive source 192.0.2.2 destination 192.0.2.1 vrf KA",
    "dual-active exclude interface-vlan 10,20",
    "dual-active exclude interface-vlan 30",
    "delay restore 120",
    "no graceful consistency-check",
    "some new knob",
    "virtual peer-link destination 198.51.100.2 source 198.51.100.1",
    "virtual peer-link destination 198.51.100.2 source 198.51.100.1 dscp 48",
    "no virtual peer-link",
    "peer-gateway",
    "peer-gateway exclude-vlan 10,20",
    "layer3 peer-router",
    "no layer3 peer-router syslog",
    "layer3 peer-router syslog interval 60",
    "system-mac 0200.0000.0101",
    "system-priority 2000",
    "delay restore interface-vlan 100",
    "delay restore orphan-port 0",
    "track 10",
    "shutdown",
    "no port-channel limit",
)
SUBINTERFACE = (
    *(line for line in PORT if line.startswith(("desc", "ip", "no ", "shut", "mtu", "vrf"))),
    "encapsulation dot1q 10",
    "encapsulation dot1q 20",
)
LOOPBACK = (
    *(line for line in PORT if line.startswith(("desc", "ip", "no ", "shut", "vrf"))),
    "ipv6 address 2001:db8::1/128",
    "ipv6 address 2001:DB8:0::1/128",
)
NVE = (
    "no shutdown",
    "shutdown",
    "description overlay",
    "host-reachability protocol bgp",
    "source-interface loopback1",
    "source-interface lo1",
    "source-interface hold-down-time 180",
    "source-interface hold-down-time 300",
    "advertise virtual-rmac",
    "no advertise virtual-rmac",
    "multisite border-gateway interface loopback100",
    "multisite border-gateway interface lo101",
    "global suppress-arp",
    "no global suppress-arp",
    "global ingress-replication protocol bgp",
    "global mcast-group 239.0.0.9 L2",
    "global mcast-group 239.0.0.8 L2",
    "global mcast-group 239.0.0.9 L3",
    "no global mcast-group L2",
    "member vni 10010\n    mcast-group 239.0.0.1",
    "member vni 10010\n    suppress-arp",
    "member vni 10010\n    no suppress-arp",
    "member vni 10020\n    ingress-replication protocol bgp",
    "member vni 10020\n    multisite ingress-replication",
    "member vni 10900 associate-vrf",
    "member vni 10899-10901,10905 associate-vrf",
    "member vni 10020-10021\n    mcast-group 239.0.0.2",
    "member vni 10020 associate-vrf",
    "no member vni 10010",
)
VRF = (
    "description one",
    "vni 10900",
    "rd auto",
    "rd 65000:10",
    "ip route 0.0.0.0/0 198.51.100.1",
    "ip route 0.0.0.0/0 198.51.100.1 name out",
    "ipv6 route ::/0 2001:db8::1",
    "ip domain-name example.net",
    "address-family ipv4 unicast",
    "address-family ipv4 unicast\n    route-target both auto",
    "address-family ipv4 unicast\n    route-target both auto evpn\n    route-target import 65000:10",
    "address-family ipv4 unicast\n    no route-target both auto",
    "address-family ipv6 unicast\n    export map LEAK",
)
PSEUDO = (
    "vlan 1-10 root priority 4096",
    "vlan 5 root priority 8192",
    "vlan 1-10 designated priority 4096",
    "no vlan 5 root priority 4096",
    "mst 1 root priority 4096",
)
VLAN = ("name servers", "name users", "state suspend", "state active", "vn-segment 10010")
MST = ("name region", "revision 1", "instance 1 vlan 1-50", "instance 1 vlan 10,20", "instance 2 vlan 20-30")
LIST = ("10 permit ip any any", "10 deny ip any any", "20 permit tcp any any", "remark no number", "no 10")
MAP = ("match ip address A", "set metric 5", "set tag 7", "match tag 5")

BLOCKS = (
    (
        ("interface Ethernet1/1", "interface Ethernet1/2", "interface Ethernet1/1-2", "int e1/1", "Interface eth 1/2"),
        MEMBER,
    ),
    (("interface port-channel10", "interface port-channel20", "interface port-channel 10"), CHANNEL),
    (("interface Vlan10", "interface Vlan20"), SVI),
    (("interface mgmt0", "interface loopback0", "interface Ethernet1/3.10"), PORT),
    (("interface Ethernet1/3.10", "interface Ethernet1/3.20", "interface port-channel10.10"), SUBINTERFACE),
    (("interface loopback0", "interface loopback1", "interface lo1", "no interface loopback0"), LOOPBACK),
    (("interface nve1", "interface nve1", "interface nve2"), NVE),
    (("vrf context A", "vrf context B", "vrf context management", "vrf context default"), VRF),
    (("spanning-tree pseudo-information",), PSEUDO),
    (("vpc domain 1", "vpc domain 2"), DOMAIN),
    (("vlan 10", "vlan 20", "vlan 10,30"), VLAN),
    (("spanning-tree mst configuration",), MST),
    (("ip access-list A", "ip access-list B"), LIST),
    (("route-map R permit 10",), MAP),
)


def blocks(heads: tuple[str, ...], lines: tuple[str, ...]) -> st.SearchStrategy[str]:
    """A head with some lines below it, indented as a device or as a hurried hand does it."""
    inner = st.lists(st.sampled_from(lines), max_size=5)
    margins = st.sampled_from(("  ", "  ", "  ", "  ", " ", "\t"))
    return st.builds(_block, st.sampled_from(heads), margins, inner)


def _block(head: str, margin: str, below: list[str]) -> str:
    return "\n".join((head, *(margin + line for line in below)))


ANY = tuple(line for _, lines in BLOCKS for line in lines)
CHUNKS = st.one_of(st.sampled_from(GLOBAL), *(blocks(*of) for of in BLOCKS))


@st.composite
def texts(draw: st.DrawFn) -> str:
    """One configuration."""
    return "\n".join(draw(st.lists(CHUNKS, max_size=8))) + "\n"


@st.composite
def neighbours(draw: st.DrawFn) -> tuple[str, str]:
    """Two configurations that have much in common: the second is the first with a few chunks or lines changed."""
    chunks = draw(st.lists(CHUNKS, min_size=1, max_size=8))
    changed = list(chunks)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(changed) - 1))
        how = draw(st.sampled_from(("new", "gone", "line", "other line", "twice", "moved")))
        if how == "new":
            changed[at] = draw(CHUNKS)
        elif how == "gone":
            changed[at] = "!"
        elif how == "line":
            changed[at] = _without_a_line(changed[at], draw(st.integers(0, 5)))
        elif how == "other line":
            changed[at] = _with_another_line(changed[at], draw(st.integers(0, 5)), draw(st.sampled_from(ANY)))
        elif how == "twice":
            changed.append(changed[at])
        else:
            changed.append(changed.pop(at))
    return "\n".join(chunks) + "\n", "\n".join(changed) + "\n"


def _without_a_line(chunk: str, at: int) -> str:
    head, *lines = chunk.split("\n")
    if head.startswith("banner"):
        return chunk
    return "\n".join((head, *(line for number, line in enumerate(lines) if number != at % max(len(lines), 1))))


def _with_another_line(chunk: str, at: int, line: str) -> str:
    head, *lines = chunk.split("\n")
    if head.startswith("banner") or not lines:
        return chunk
    lines[at % len(lines)] = f"  {line}"
    return "\n".join((head, *lines))


SWITCHING = tuple(line for line in PORT if line.startswith("sw") or "switchport" in line)
OTHER = tuple(line for line in PORT if line not in SWITCHING)


@st.composite
def bundles(draw: st.DrawFn) -> tuple[str, str]:
    """Two versions of a port-channel and its members, which mostly repeat what it says about switching."""
    versions = [draw(st.lists(st.sampled_from(SWITCHING), max_size=4)) for _ in range(2)]
    rest = {port: draw(st.lists(st.sampled_from(OTHER), max_size=2)) for port in range(3)}
    texts: list[list[str]] = []
    for switching in versions:
        chunks = [_block("interface port-channel10", "  ", [*switching, *rest[0], "vpc 10"])]
        for port in (1, 2):
            mine = draw(st.sampled_from((switching, switching, switching[:-1], versions[0])))
            other = draw(st.sampled_from((rest[port], rest[port], rest[0])))
            group = draw(st.sampled_from(("channel-group 10", "channel-group 10", "channel-group 20", "no chan 10")))
            chunks.append(_block(f"interface Ethernet1/{port}", "  ", [*mine, *other, group]))
        texts.append(chunks)
    # A member that stays as it is while its port-channel changes is not read, even if it no longer repeats it.
    texts[1] = [f"{new}\n  mtu 1500" if new == old else new for old, new in zip(*texts, strict=True)]
    return "\n".join(texts[0]) + "\n", "\n".join(texts[1]) + "\n"
