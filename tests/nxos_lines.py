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
    "spanning-tree vlan 10-12 priority 4096",
    "spanning-tree vlan 12,20 priority 8192",
    "no spanning-tree vlan 30",
    "system default switchport shutdown",
    "no system default switchport",
    "system nve infra-vlans 10,20",
    "system nve infra-vlans 10,30",
    "ntp server 192.0.2.1",
    "logging server 192.0.2.2",
    "ip route 192.0.2.0/24 198.51.100.1",
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
