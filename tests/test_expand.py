"""From a pair to its two switches: what is derived, what can be said instead, and where each part stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from mlagkit.expand import expand
from mlagkit.intent import load_pair
from mlagkit.nxos.catalogue import defaults
from mlagkit.nxos.context import Context
from mlagkit.part import Part
from mlagkit.source import find
from mlagkit.switch import Port, Route, Switch
from mlagkit.values import ALL_VLANS, InterfaceName, VlanSet
from tests.conftest import ROOT
from tests.pair_files import EVERYTHING, PAIRS, written

HEAD = """\
pair: dc1
switches:
  leaf-1: {management: 192.0.2.1/24, role_priority: 10}
  leaf-2: {management: 192.0.2.2/24}
domain: {id: 1}
"""
PEER_LINK = "peer_link: {port_channel: 1, members: [Ethernet1/53]}\n"


def told(text: str, folder: Path, name: str = "leaf-1") -> Switch:
    """What one switch is told by the beginning of a pair file and this rest of it."""
    return expand(load_pair(written(HEAD + text, folder)))[name]


def port(switch: Switch, name: str) -> Port:
    """One port of a switch."""
    return switch.ports[InterfaceName(name)]


def parts(value: object) -> list[Part]:
    """Every part of a switch."""
    found = [value] if isinstance(value, Part) else []
    inside = [getattr(value, field.name) for field in fields(value)] if is_dataclass(value) else []
    inside += list(value.values()) if isinstance(value, Mapping) else []
    inside += list(value) if isinstance(value, tuple) else []
    return found + [part for item in inside for part in parts(item)]


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.parent.name)
def test_nothing_is_implied(path: Path) -> None:
    """Both switches come in the order of the file, and every field has a value of its own kind."""
    pair = load_pair(path)
    switches = expand(pair)
    assert tuple(switches) == pair.hostnames
    for switch in switches.values():
        for part in parts(switch):
            for field in fields(part):
                kind, value = str(field.type), getattr(part, field.name)
                assert value is not None or kind.endswith("None"), f"{type(part).__name__}.{field.name}"
                assert not isinstance(value, bool) or "bool" in kind, f"{type(part).__name__}.{field.name}"


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.parent.name)
def test_every_part_has_a_place(path: Path) -> None:
    """The place of every part is inside the pair file or its site's, and below its section."""
    pair = load_pair(path)
    for name, switch in expand(pair).items():
        for part in parts(switch):
            origin = switch.source.origin(part.path)
            assert Path(origin.file).parent == path.parent
            assert origin.line > 1 or find(pair.sources[name].root, part.path[:1]) in (None, pair.sources[name].root)


def test_the_pair_file_of_the_design(tmp_path: Path) -> None:
    """The first example of the examples' folder expands to what one would type."""
    switch = expand(load_pair(ROOT / "examples" / "server-pair" / "pair.yaml"))["leaf-102"]
    assert switch.domain is not None
    assert switch.keepalive is not None
    assert (switch.name, switch.peer, switch.domain.role_priority) == ("leaf-102", "leaf-101", 16384)
    assert (switch.keepalive.destination, switch.keepalive.source) == ("192.0.2.101", "192.0.2.102")
    assert port(switch, "Ethernet1/7").channel == 22
    assert InterfaceName("Ethernet1/4") not in switch.ports


def test_keepalive_ends_can_be_said(tmp_path: Path) -> None:
    """A destination that is said leaves the source to the device; without the section there is no keepalive."""
    keepalive = told("keepalive: {destination: 192.0.2.99, vrf: ka}\n", tmp_path).keepalive
    assert keepalive is not None
    assert (keepalive.destination, keepalive.source, keepalive.vrf) == ("192.0.2.99", None, "ka")
    assert told("", tmp_path).keepalive is None


def test_keepalive_defaults_are_the_devices(tmp_path: Path) -> None:
    """What is not said of the keepalive is what the device uses; a type of service replaces the precedence."""
    keepalive = told("keepalive: {}\n", tmp_path).keepalive
    assert keepalive is not None
    assert (keepalive.udp_port, keepalive.interval, keepalive.timeout, keepalive.hold_timeout) == (3200, 1000, 5, 3)
    assert keepalive.precedence == "6"
    marked = told("keepalive: {tos_byte: 0}\n", tmp_path).keepalive
    assert marked is not None
    assert (marked.precedence, marked.tos_byte) == (None, 0)


def test_peer_link(tmp_path: Path) -> None:
    """The peer-link is a trunk of type network with the VLANs of every vPC and orphan of both switches."""
    text = PEER_LINK + (
        "vpcs: {11: {vlans: 10-11}, 12: {vlan: 12}}\n"
        "interfaces: {leaf-2: {Ethernet1/1: {vlan: 20}, Ethernet1/2: {address: 10.0.0.1/31}, Ethernet1/3: {}}}\n"
    )
    switch = told(text, tmp_path)
    assert switch.peer_link is not None
    assert (switch.peer_link.mode, switch.peer_link.port_type) == ("trunk", "network")
    assert switch.peer_link.vlans == VlanSet.parse("10-12,20")
    assert port(switch, "Ethernet1/53").vlans == switch.peer_link.vlans
    assert switch.peer_link.mtu == switch.jumbo_mtu


def test_peer_link_carries_everything_without_a_word(tmp_path: Path) -> None:
    """Where no VLAN is named, or a vPC carries all, the peer-link carries all; a list that is said wins."""
    assert told(PEER_LINK, tmp_path).ports[InterfaceName("port-channel1")].vlans == ALL_VLANS
    every = PEER_LINK + "vpcs: {11: {mode: trunk}, 12: {vlans: 5}}\n"
    assert told(every, tmp_path).ports[InterfaceName("port-channel1")].vlans == ALL_VLANS
    said = "peer_link: {port_channel: 1, vlans: 7, port_type: normal}\nvpcs: {11: {vlans: 5}}\n"
    peer_link = told(said, tmp_path).peer_link
    assert peer_link is not None
    assert (str(peer_link.vlans), peer_link.port_type) == ("7", "normal")


def test_peer_link_of_a_pair_without_users(tmp_path: Path) -> None:
    """Where no port names a VLAN, the peer-link carries those that either switch declares, and no other."""
    text = PEER_LINK + "vlans: {10: web, 20: {name: {leaf-1: db, leaf-2: data}}}\n"
    for more in ("", "interfaces: {leaf-2: {Ethernet1/2: {address: 10.0.0.1/31}, Ethernet1/3: {}}}\n"):
        peer_link = told(text + more, tmp_path).peer_link
        assert peer_link is not None
        assert str(peer_link.vlans) == "10,20"


def test_numbers_of_port_channels(tmp_path: Path) -> None:
    """A vPC's port-channel has its number unless another is said, per switch too."""
    switch = told("vpcs: {11: {vlan: 1}, 12: {port_channel: {leaf-1: 112}}}\n", tmp_path)
    assert [(leg.name, number) for number, leg in switch.vpcs.items()] == [
        ("port-channel11", 11),
        ("port-channel112", 12),
    ]


def test_members_inherit(tmp_path: Path) -> None:
    """A member has the Layer 2 settings of its channel and its own of the link; LACP words of ports reach all."""
    text = (
        "vpcs: {11: {vlans: 10, mtu: 9216, lacp: active, lacp_rate: fast, lacp_min_links: 2, host: web, description: x,"
        " members: {Ethernet1/1: {description: left}, Ethernet1/2: {lacp_rate: normal, lacp: passive}}}}\n"
    )
    switch = told(text, tmp_path)
    left, right, channel = port(switch, "Ethernet1/1"), port(switch, "Ethernet1/2"), port(switch, "port-channel11")
    assert (left.mode, str(left.vlans), left.mtu, left.channel) == ("trunk", "10", 9216, 11)
    assert (left.description, right.description, channel.description) == ("left", None, "x")
    assert (left.lacp, right.lacp, channel.lacp) == ("active", "passive", None)
    assert (left.lacp_rate, right.lacp_rate, channel.lacp_rate) == ("fast", "normal", "normal")
    assert (left.lacp_min_links, channel.lacp_min_links) == (1, 2)
    assert (left.host, channel.members) == ("web", ("Ethernet1/1", "Ethernet1/2"))
    assert left.path == channel.path == ("vpcs", 11)


def test_modes(tmp_path: Path) -> None:
    """A port with an address is routed, with a VLAN list a trunk; what is said wins over both."""
    text = (
        "interfaces: {e1/1: {address: 10.0.0.1/31}, e1/2: {vlans: 10}, e1/3: {vlan: 10}, e1/4: {}, e1/5.9: {},"
        " e1/6: {mode: access, vlans: 10}}\n"
    )
    switch = told(text, tmp_path)
    modes = [switch.ports[name].mode for name in switch.ports if name.kind == "Ethernet"]
    assert modes == ["routed", "trunk", "access", "access", "routed", "access"]
    routed = told(text + "system: {switchport_default: false}\n", tmp_path)
    assert port(routed, "Ethernet1/4").mode == "routed"


def test_what_is_declared_is_up(tmp_path: Path) -> None:
    """A declared interface is up, also where the device's default is down; `shutdown` keeps it down."""
    text = (
        "system: {switchport_shutdown_default: true}\n"
        "interfaces: {e1/1: {address: 10.0.0.1/31}, e1/2: {}, e1/3: {shutdown: true}}\n"
        "svis: {10: {vrrp: {group: 1}}, 20: {shutdown: true, vrrpv3: {group: 1}}}\nnve: {source_interface: lo0}\n"
    )
    switch = told(text, tmp_path)
    assert [switch.ports[InterfaceName(f"Ethernet1/{number}")].shutdown for number in (1, 2, 3)] == [False, False, True]
    assert (switch.svis[10].shutdown, switch.svis[20].shutdown) == (False, True)
    assert switch.nve is not None
    assert not switch.nve.shutdown
    assert (switch.svis[10].vrrp[0].shutdown, switch.svis[20].vrrpv3[0].shutdown) == (False, False)


def test_redirects(tmp_path: Path) -> None:
    """With peer-gateway the device turns redirects off on SVIs; said otherwise, they stay on."""
    text = "svis: {10: {}, 20: {ip_redirects: true}}\n"
    gateway = HEAD.replace("id: 1", "id: 1, peer_gateway: true") + text
    svis = expand(load_pair(written(gateway, tmp_path)))["leaf-1"].svis
    assert (svis[10].ip_redirects, svis[10].ipv6_redirects, svis[20].ip_redirects) == (False, False, True)
    assert told(text, tmp_path).svis[10].ip_redirects


def test_management(tmp_path: Path) -> None:
    """mgmt0 has the address of the switches section; the gateway is the default route of its VRF."""
    switch = told("management: {gateway: 192.0.2.254, description: oob}\n", tmp_path)
    management = port(switch, "mgmt0")
    assert (management.address, management.vrf, management.description) == ("192.0.2.1/24", "management", "oob")
    assert switch.vrfs["management"].routes == (Route(prefix="0.0.0.0/0", next_hop="192.0.2.254"),)
    assert str(switch.source.origin(management.path)) == f"{tmp_path / 'pair.yaml'}:6:1"


def test_management_has_both_kinds_of_addresses(tmp_path: Path) -> None:
    """An IPv6 address of the switch alone does not hide those that stand beside mgmt0's other settings."""
    text = "pair: dc1\nswitches: {a: {management: 2001:db8::1/64}, b: {}}\nmanagement: {ipv6_addresses: fe80::1/64}\n"
    switches = expand(load_pair(written(text, tmp_path)))
    assert port(switches["a"], "mgmt0").ipv6_addresses == ("2001:db8::1/64", "fe80::1/64")
    assert port(switches["b"], "mgmt0").ipv6_addresses == ("fe80::1/64",)


def test_vlan_1_always_exists(tmp_path: Path) -> None:
    """VLAN 1 is there without being written."""
    assert set(told("vlans: {10: web}\n", tmp_path).vlans) == {1, 10}


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("", "vpc"),
        ("vpcs: {11: {lacp: passive, members: [e1/1]}}", "lacp"),
        ("svis: {10: {}}", "interface-vlan"),
        ("svis: {10: {hsrp: {group: 1}}}", "hsrp"),
        ("svis: {10: {vrrp: {group: 1}}}", "vrrp"),
        ("svis: {10: {vrrpv3: {group: 1}}}", "vrrpv3"),
        ("svis: {10: {dhcp_relay: 192.0.2.5}}", "dhcp"),
        ("svis: {10: {ip_pim_sparse_mode: true}}", "pim"),
        ("svis: {10: {ospf: {1: 0}}}", "ospf"),
        ("interfaces: {e1/1: {mode: routed, ospf: {UNDERLAY: 0.0.0.0}}}", "ospf"),
        ("loopbacks: {1: {ip_pim_sparse_mode: true}}", "pim"),
        ("interfaces: {e1/1: {mode: routed, ip_pim_sparse_mode: true}}", "pim"),
        ("svis: {10: {anycast_gateway: true}}", "fabric forwarding"),
        ("nve: {anycast_gateway_mac: 0200.0000.0001}", "fabric forwarding"),
        ("nve: {source_interface: lo0}", "nv overlay"),
        ("vlans: {10: {vni: 10010}}", "vn-segment-vlan-based"),
        ("interfaces: {e1/1: {udld: aggressive}}", "udld"),
        ("features: [ospf]", "ospf"),
    ],
)
def test_features(text: str, feature: str, tmp_path: Path) -> None:
    """What is used implies its feature, unless the file says that the feature is off."""
    assert told(text + "\n", tmp_path).features == {"vpc", feature} | ({"interface-vlan"} if "svis" in text else set())
    if "features" not in text:
        assert feature not in told(f"{text}\nfeatures: {{{feature}: false}}\n", tmp_path).features


def test_role_priority(tmp_path: Path) -> None:
    """The role priority of the switches section is that of the domain; its place is where it is said."""
    switch = told("", tmp_path)
    assert switch.domain is not None
    assert switch.domain.role_priority == 10
    assert switch.source.origin(("domain", "role_priority")).line == 3
    peer = told("", tmp_path, "leaf-2")
    assert peer.domain is not None
    assert peer.domain.role_priority == 32667


def test_addresses_of_a_gateway_that_speaks_ipv6(tmp_path: Path) -> None:
    """None of them comes before the others, whichever a person calls the address."""
    said = "address: 'fe80::10', secondary_addresses: ['2001:db8::11', '2001:db8::10']"
    switch = told(f"svis: {{10: {{hsrp: {{version: 2, group: 10, family: ipv6, {said}}}}}}}\n", tmp_path)
    group = switch.svis[10].hsrp[0]
    assert (group.address, group.secondary_addresses) == ("2001:db8::10", ("2001:db8::11", "fe80::10"))


def test_excluded_vlans_imply_peer_gateway(tmp_path: Path) -> None:
    """VLANs that are excluded from peer-gateway switch it on, also for SVIs; where it is off there are none."""
    for rest, expected in (("", (True, "10", False)), (", peer_gateway: false", (False, "", True))):
        text = HEAD.replace("id: 1", f"id: 1, peer_gateway_exclude_vlans: 10{rest}") + "svis: {20: {}}\n"
        switch = expand(load_pair(written(text, tmp_path)))["leaf-1"]
        assert switch.domain is not None
        found = switch.domain.peer_gateway, str(switch.domain.peer_gateway_exclude_vlans), switch.svis[20].ip_redirects
        assert found == expected


def test_reload_delay_implies_auto_recovery(tmp_path: Path) -> None:
    """A reload delay turns auto-recovery on, unless it is said to be off."""
    for rest, on in (("", True), (", auto_recovery: false", False)):
        text = HEAD.replace("id: 1", f"id: 1, auto_recovery_reload_delay: 300{rest}")
        domain = expand(load_pair(written(text, tmp_path)))["leaf-1"].domain
        assert domain is not None
        assert domain.auto_recovery == on


def test_lines_without_order_are_told_once_in_one_order(tmp_path: Path) -> None:
    """What takes a line for each item, in whatever order, is the same however a person wrote it."""
    switch = told(
        "vrfs: {a: {families: {ipv4: {route_targets: [import 1:2, both auto, import 1:2]}}}}\n"
        "svis: {10: {ipv6_addresses: [2001:db8::2/64, 2001:db8::1/64, '2001:DB8::2/64']}}\n",
        tmp_path,
    )
    assert switch.vrfs["a"].families[0].route_targets == ("both auto", "import 1:2")
    assert switch.svis[10].ipv6_addresses == ("2001:db8::1/64", "2001:db8::2/64")


def test_no_delay_of_what_is_off(tmp_path: Path) -> None:
    """Auto-recovery or preemption that is said to be off has no delay, whose line would switch it on."""
    text = HEAD.replace("{id: 1}", "{id: 1, auto_recovery: false, auto_recovery_reload_delay: 360}")
    text += "svis: {10: {hsrp: {group: 1, preempt: false, preempt_delay: minimum 60}}}\n"
    switch = expand(load_pair(written(text, tmp_path)))["leaf-1"]
    assert switch.domain
    assert (switch.domain.auto_recovery, switch.domain.auto_recovery_reload_delay) == (False, 240)
    assert (switch.svis[10].hsrp[0].preempt, switch.svis[10].hsrp[0].preempt_delay) == (False, None)


@pytest.mark.parametrize(
    ("nve", "there"),
    [("infra_vlans: 10", False), ("extra: knob", True), ("extra: '', infra_vlans: 10", False), ("name: nve1", True)],
)
def test_nve_interface(nve: str, there: bool, tmp_path: Path) -> None:  # what is expected
    """Global VXLAN settings alone make no interface; a raw line that stands in it does."""
    assert (told(f"nve: {{{nve}}}\n", tmp_path).nve is not None) == there


def test_numbers_of_a_group_are_as_the_device_prints_them(tmp_path: Path) -> None:
    """Zeros in front of a number say nothing."""
    hsrp = (
        "{group: 1, timers: msec 0250 msec 750, preempt_delay: minimum 060, forwarding_threshold: lower 01 upper 110}"
    )
    (group,) = told(f"svis: {{10: {{hsrp: {hsrp}}}}}\n", tmp_path).svis[10].hsrp
    assert (group.timers, group.preempt_delay) == ("msec 250 msec 750", "minimum 60")
    assert group.forwarding_threshold == "lower 1 upper 110"


def test_defaults_of_the_platform() -> None:
    """What is not said is the device's default for its product line."""
    switch = expand(load_pair(ROOT / "tests" / "fixtures" / "pairs" / "n5k" / "pair.yaml"))["old-a"]
    assert switch.domain is not None
    assert switch.domain.auto_recovery
    assert switch.vpcs[11].lacp_max_bundle == 16


def test_spanning_tree(tmp_path: Path) -> None:
    """Priorities are turned round: from VLANs and their priority to priorities and their VLANs."""
    tree = told("spanning_tree: {priority: {10: 4096, 20-21: 8192, 30: 4096}}\n", tmp_path).spanning_tree
    assert tree.priority == {4096: VlanSet.parse("10,30"), 8192: VlanSet.parse("20-21")}
    assert (tree.mode, tree.bridge_assurance, tree.mst.name) == ("rapid-pvst", True, "")


def test_unsaid_is_the_default() -> None:
    """A port of which nothing is said has exactly the catalogue's defaults, but is up."""
    switch = expand(load_pair(ROOT / "tests" / "fixtures" / "pairs" / "small" / "pair.yaml"))["small-a"]
    member = port(switch, "Ethernet1/1")
    inherited = {"mode", "vlans"}
    for name, value in defaults("interface", Context().at("Ethernet1/1")).items():
        if hasattr(member, name) and name not in inherited and not isinstance(getattr(member, name), tuple):
            found = getattr(member, name)
            assert found == value, name


def test_everything_reaches_the_switch() -> None:
    """Lines that nothing models come along with the object that they belong to."""
    switch = expand(load_pair(EVERYTHING))["ev-a"]
    lines = {line for part in parts(switch) for line in part.extra}
    assert {
        "snmp-server location row 1",
        "reload restore",
        "mode fabricpath",
        "follow other",
        "export map LEAK",
    } <= lines
    assert list(switch.vpcs[11].extra) == [
        "lldp transmit",
        "service-policy type qos input marking",
        "  no-stats",
    ]


def test_host_says_what_it_tolerates(tmp_path: Path) -> None:
    """The shortest of what a host and the timers of its cluster bear counts, in seconds; VRRP misses three packets."""
    hosts = told(
        "hosts:\n"
        "  web-01: {max_interruption: 5s, timers: {corosync_token: 3s, vrrp_advertisement: 900ms}}\n"
        "  db-01: {max_interruption: 300ms, timers: {drbd_ping_timeout: 500ms}}\n"
        "  nas-01: {timers: {drbd_ping_timeout: 500ms, vrrp_advertisement: 1s}}\n"
        "  ups-01: {timers: {}}\n",
        tmp_path,
    ).hosts
    found = {name: min(host.tolerances, default=None) for name, host in hosts.items()}
    assert found == {
        "web-01": pytest.approx((2.7, "timers.vrrp_advertisement")),
        "db-01": pytest.approx((0.3, "max_interruption")),
        "nas-01": (0.5, "timers.drbd_ping_timeout"),
        "ups-01": None,
    }


def test_host_that_says_little(tmp_path: Path) -> None:
    """What nobody told of a host is None, or empty; one name needs no list."""
    host = told("hosts: {web-01: {reaches: db-01}, db-01: {}}\n", tmp_path).hosts["web-01"]
    assert host.reaches == ("db-01",)
    assert (host.mtu, host.miimon, host.system, host.teaming, host.pxe) == (None, None, None, None, False)
    assert not host.iscsi
    assert not host.heartbeats
    assert host.timers.tolerances == ()
