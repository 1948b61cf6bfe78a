"""What the accessors of raw lines see: each on a text as the device prints it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.nxos.gateways import (
    GatewayLines,
    gateway_lines_of,
    guarded_vlans,
    has_shared_tree_only,
    hello_and_hold,
    translates,
    verifies_source,
)
from mlagkit.nxos.nested import Line, blocks, found, has, lines_of, number
from mlagkit.nxos.parse import parse
from mlagkit.nxos.qos import policies_of, qos_of
from mlagkit.nxos.read import read
from mlagkit.nxos.routing import Igp, NextHop, RouterId, next_hop_of, routing_of
from mlagkit.nxos.services import Community, Services, TimeServer, discovers, hardening_of, services_of
from mlagkit.switch import Route, Switch
from mlagkit.values import InterfaceName


def running(text: str) -> Switch:
    """The switch that runs this text."""
    return read(parse(text))


def services(text: str) -> Services:
    """Its services."""
    return services_of(running(text))


def gateway(text: str) -> GatewayLines:
    """The raw lines of its only SVI."""
    (svi,) = running(f"interface Vlan10\n{text}").svis.values()
    return gateway_lines_of(svi)


def test_lines_nest_by_their_indent() -> None:
    """A line belongs to the one above it that is indented less; blanks inside it are one."""
    lines = lines_of(("router bgp  65001", "  vrf A", "    neighbor 192.0.2.1", "  vrf B", "ntp server 192.0.2.5"))
    assert lines == (
        Line("router bgp 65001", (Line("vrf A", (Line("neighbor 192.0.2.1"),)), Line("vrf B"))),
        Line("ntp server 192.0.2.5"),
    )
    assert list(lines[0].flat()) == [
        "router bgp 65001",
        "router bgp 65001 / vrf A",
        "router bgp 65001 / vrf A / neighbor 192.0.2.1",
        "router bgp 65001 / vrf B",
    ]


def test_a_banner_says_no_commands() -> None:
    """What stands in a banner, or behind a comment's mark, is no command."""
    texts = [
        "banner motd ^C",
        "copp profile strict",
        "^C",
        "banner exec %one line%",
        "! ntp server 192.0.2.1",
        "line vty",
    ]
    assert lines_of(tuple(texts)) == (Line("line vty"),)


def test_beginnings_are_whole_words() -> None:
    """A beginning is of whole words, and the words behind it may be none."""
    lines = lines_of(("ntp servers", "ntp server", "ntp server 192.0.2.5 prefer"))
    assert list(found(lines, "ntp server")) == [[], ["192.0.2.5", "prefer"]]
    assert has(lines, "ntp server")
    assert not has(lines, "ntp serv", "ntp peer")
    assert list(blocks(lines, "ntp servers")) == [([], ())]


def test_numbers_are_short() -> None:
    """A word that is no number, or has more digits than any number of a configuration, is none."""
    assert (number(["10", "x"]), number(["ten"]), number([]), number(["9" * 5000])) == (10, None, None, None)


@given(st.lists(st.text("ab !\t12", max_size=12)))
def test_nesting_keeps_every_command(lines: list[str]) -> None:
    """Whatever the indents, each line that is no comment is in the tree once, in its order."""

    def all_of(line: Line) -> list[str]:
        return [line.text, *(text for below in line.below for text in all_of(below))]

    kept = [" ".join(line.split()) for line in lines if line.strip() and not line.strip().startswith("!")]
    assert [text for line in lines_of(tuple(lines)) for text in all_of(line)] == kept


MANAGEMENT = """\
username admin password 5 $5$ABC$example role network-admin
username ops password 7 0822455D0A16 role network-operator
username lab password example role network-operator
username ref password env:OPS_PASSWORD role network-operator
no password strength-check
aaa group server tacacs+ ADMINS
  server 192.0.2.7
aaa authentication login default group ADMINS local
no aaa authentication login default fallback error local
snmp-server user admin network-admin auth md5 0x12 priv 0x34 localizedkey
snmp-server community example group network-operator
snmp-server community example use-ipv4acl NMS
snmp-server community public group network-admin
snmp-server location room 1
ntp server 192.0.2.5 prefer use-vrf management
ntp server 192.0.2.6
logging server 192.0.2.8 5 use-vrf management
logging server dns-refresh-interval 0
copp profile strict
nxapi http port 80
nxapi use-vrf management
ip access-list NMS
  10 permit ip 192.0.2.9/32 any
line console
  exec-timeout 15
line vty
  exec-timeout 0
  access-class NMS in
"""


def test_management() -> None:
    """Every line of the management of a switch is seen, and no secret is in the lines to compare."""
    found = services(MANAGEMENT)
    assert found.told
    assert found.filtered
    assert found.communities == (
        Community(name="example", writes=False, filtered=True),
        Community(name="public", writes=True, filtered=False),
    )
    assert found.time_servers == (
        TimeServer(address="192.0.2.5", vrf="management"),
        TimeServer(address="192.0.2.6", vrf=None),
    )
    assert found.log_servers == ("192.0.2.8",)
    assert found.login_groups == ("ADMINS",)
    assert not found.local_fallback
    assert found.weak_users == ("ops", "lab")
    assert not found.strength_check
    assert found.copp
    assert found.exec_timeouts == {"console": 15, "vty": 0}
    assert (found.nxapi_http, found.nxapi_vrf, found.cdp) == (True, "management", True)
    assert hardening_of(running(MANAGEMENT))["AAA"] >= {"aaa group server tacacs+ ADMINS / server 192.0.2.7"}
    assert hardening_of(running(MANAGEMENT))["SNMP"] == {
        "snmp-server community <secret> group network-operator",
        "snmp-server community <secret> use-ipv4acl NMS",
        "snmp-server community <secret> group network-admin",
    }
    assert hardening_of(running(MANAGEMENT))["ACL"] == {"ip access-list NMS"}


def test_no_management() -> None:
    """Of a switch whose raw lines name no user nothing is known, and nothing is called weak."""
    found = services("vlan 10\n")
    assert not found.told
    assert not any((found.filtered, found.communities, found.time_servers, found.weak_users, found.copp))
    assert found.local_fallback
    assert found.strength_check
    assert found.exec_timeouts == {"console": None, "vty": None}
    assert set(hardening_of(running("vlan 10\n")).values()) == {frozenset()}


def test_filter_on_mgmt0() -> None:
    """An access-group of mgmt0 is a filter, too; one of another port is not."""
    assert services("interface mgmt0\n  ip access-group NMS in\n").filtered
    assert not services("interface Ethernet1/1\n  ip access-group NMS in\n").filtered


def test_policy_of_the_control_plane() -> None:
    """A policy below control-plane protects it as a profile does."""
    assert services("control-plane\n  service-policy input copp-system-policy\n").copp


def test_discovery() -> None:
    """A port speaks CDP and LLDP until a line of its own forbids it."""
    assert discovers((), "cdp")
    assert not discovers(("no cdp enable",), "cdp")
    assert discovers(("no cdp enable",), "lldp")
    assert not discovers(("no lldp transmit",), "lldp")
    assert not services("no cdp enable\n").cdp


ROUTING = """\
vrf context A
interface Vlan10
  no shutdown
  vrf member A
  ip router ospf 1 area 0
interface Vlan20
  no shutdown
  ip router ospf 1 area 0.0.0.1
  no ip ospf passive-interface
  ip ospf mtu-ignore
interface Vlan30
  ip router eigrp 7
interface Ethernet1/1
  no switchport
  no shutdown
  ip router isis UNDERLAY
  isis passive-interface level-1-2
  ipv6 router ospfv3 6 area 0.0.1.0
interface loopback0
  ip router ospf 1 area 0.0.0.0
router ospf 1
  router-id 192.0.2.1
  passive-interface default
  vrf A
    router-id 192.0.2.2
router bgp 65001
  router-id 192.0.2.1
  neighbor 192.0.2.9
    remote-as 65002
  neighbor 198.51.100.0/24
    remote-as 65003
  vrf A
    neighbor 2001:db8::9
      remote-as 65004
    neighbor Ethernet1/2
"""


def igp(protocol: str, process: str, area: str | None, *, active: bool, ignores_mtu: bool = False) -> Igp:
    """One protocol on an interface."""
    return Igp(protocol=protocol, process=process, area=area, active=active, ignores_mtu=ignores_mtu)


def test_interior_protocols() -> None:
    """Where a protocol is active follows from the process of that VRF, from the interface, and from its state."""
    routing = routing_of(running(ROUTING))
    assert routing.igps == {
        "Ethernet1/1": (igp("isis", "UNDERLAY", None, active=False), igp("ospfv3", "6", "256", active=True)),
        "Vlan10": (igp("ospf", "1", "0", active=True),),
        "Vlan20": (igp("ospf", "1", "1", active=True, ignores_mtu=True),),
        "Vlan30": (igp("eigrp", "7", None, active=False),),
        "loopback0": (igp("ospf", "1", "0", active=False),),
    }
    assert routing.active_on(InterfaceName("Vlan10"))
    assert not routing.active_on(InterfaceName("Vlan30"))
    assert not routing.active_on(InterfaceName("Vlan99"))


def test_bgp() -> None:
    """Neighbours are addresses, by VRF; ranges and interfaces are none."""
    assert routing_of(running(ROUTING)).neighbours == {"default": {"192.0.2.9"}, "A": {"2001:db8::9"}}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("192.0.2.1", NextHop(None, "192.0.2.1")),
        ("192.0.2.1 vrf red", NextHop(None, "192.0.2.1")),
        ("Ethernet1/1", NextHop("Ethernet1/1", None)),
        ("Ethernet1/1 2001:db8::1", NextHop("Ethernet1/1", "2001:db8::1")),
        ("Null0", NextHop(None, None)),
    ],
)
def test_next_hop(words: str, expected: NextHop) -> None:
    """A static route leads through an interface, to an address, or nowhere."""
    assert next_hop_of(Route(prefix="0.0.0.0/0", next_hop=words)) == expected


@pytest.mark.parametrize(
    ("timers", "expected"),
    [("3 10", (3, 10)), ("msec 250 msec 750", (0.25, 0.75)), ("msec 500 2", (0.5, 2)), ("3", None), ("", None)],
)
def test_hello_and_hold(timers: str, expected: tuple[float, float] | None) -> None:
    """HSRP's timers are seconds, or milliseconds where a word says so."""
    assert hello_and_hold(timers) == expected


def test_router_ids() -> None:
    """A router-id counts for its process and VRF."""
    assert routing_of(running(ROUTING)).router_ids == (
        RouterId(protocol="ospf", process="1", vrf="default", text="192.0.2.1"),
        RouterId(protocol="ospf", process="1", vrf="A", text="192.0.2.2"),
        RouterId(protocol="bgp", process="65001", vrf="default", text="192.0.2.1"),
    )


def test_odd_routing_lines_say_nothing() -> None:
    """An area that is no address stays as it is, and a line cut short names no process."""
    routing = routing_of(
        running("interface Vlan10\n  ip router ospf 1 area 9.9\n  ip router ospf\nrouter ospf\nrouter bgp 1\n")
    )
    assert routing.igps == {"Vlan10": (igp("ospf", "1", "9.9", active=False),)}
    assert not routing.neighbours


def test_gateway_lines() -> None:
    """BFD, burnt-in MAC addresses and the timer of PIM of an SVI."""
    assert gateway("  ip address 192.0.2.1/24\n") == GatewayLines(use_bia=False, bfd=False, pim_hello=None)
    found = gateway("  hsrp use-bia\n  hsrp bfd\n  ip pim hello-interval 1000\n")
    assert found == GatewayLines(use_bia=True, bfd=True, pim_hello=1000)


def test_bfd_of_a_vrrp_group() -> None:
    """BFD may stand in a group as well."""
    assert gateway("  vrrp 5\n    bfd address 192.0.2.2\n").bfd


def test_multicast() -> None:
    """The shared tree alone is asked for globally or in a VRF."""
    assert has_shared_tree_only(running("ip pim spt-threshold infinity group-list ALL\n"))
    assert has_shared_tree_only(running("vrf context A\n  ip pim use-shared-tree-only group-list ALL\n"))
    assert not has_shared_tree_only(running("ip pim rp-address 192.0.2.1\n"))


def test_guards() -> None:
    """Guards on DHCP and ARP are known by their VLANs, source guard and NAT by the interface."""
    found = guarded_vlans(running("ip dhcp snooping\nip dhcp snooping vlan 10,20-21\nip arp inspection vlan 30\n"))
    assert {name: str(vlans) for name, vlans in found.items()} == {"DHCP snooping": "10,20-21", "ARP inspection": "30"}
    assert guarded_vlans(running("ip arp inspection vlan all\n"))["ARP inspection"] == frozenset()
    assert verifies_source(("ip verify source dhcp-snooping-vlan",))
    assert not verifies_source(("ip verify unicast source reachable-via rx",))
    assert translates(("ip nat outside",))
    assert not translates(("ip address 192.0.2.1/24",))


QOS = """\
class-map type qos match-any GOLD
  match dscp af11,46
  match dscp 20-21
class-map type control-plane match-any copp-system-class
policy-map type qos MARK
  class GOLD
    set qos-group 1
  class class-default
    set dscp ef
system qos
  service-policy type network-qos jumbo
interface Ethernet1/1
  service-policy type qos input MARK
"""


def test_qos() -> None:
    """Classes, policies and the system's, without the control plane's; values by number, name and range."""
    switch = running(QOS)
    qos = qos_of(switch)
    assert qos.blocks == {
        "class-map type qos match-any GOLD": ("match dscp 20-21", "match dscp af11,46"),
        "policy-map type qos MARK": (
            "class GOLD",
            "class GOLD / set qos-group 1",
            "class class-default",
            "class class-default / set dscp ef",
        ),
        "system qos": ("service-policy type network-qos jumbo",),
    }
    assert qos.matched == {10, 20, 21, 46}
    assert qos.marked == {46}
    assert policies_of(switch.ports[InterfaceName("Ethernet1/1")]) == {"service-policy type qos input MARK"}


def test_no_endless_range_of_dscp() -> None:
    """A range ends at the highest value there is, and a word that is no value matches nothing."""
    assert qos_of(running("class-map type qos A\n  match dscp 60-999999999\n  match dscp none\n")).matched == {
        60,
        61,
        62,
        63,
    }
