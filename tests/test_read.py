"""A running-config to a Switch: the same one that made it, and one reading of NX-OS with the differ."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given, settings

from mlagkit.diff import Policy, diff
from mlagkit.expand import expand
from mlagkit.intent import load_pair
from mlagkit.nxos.change.typed import Typed
from mlagkit.nxos.context import Context
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import Known, read, read_side
from mlagkit.render import render
from mlagkit.switch import Route, Switch
from mlagkit.values import InterfaceName, VlanSet
from tests import corpus_lines
from tests.nxos_lines import neighbours
from tests.pair_files import PAIRS
from tests.plan_journey import whole
from tests.switches import differences, told

STRICT = Policy(strict=True)
MANY = settings(max_examples=max(300, settings.get_profile(settings.get_current_profile_name()).max_examples))


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.parent.name)
def test_rendered_and_read(path: Path) -> None:
    """What a pair file tells a switch is what its rendered configuration tells."""
    for switch in expand(load_pair(path)).values():
        again = read(parse(render(switch)), model=switch.model)
        assert differences(told(switch), told(again)) == []


@MANY
@given(neighbours())
def test_one_reading_of_nxos(texts: tuple[str, str]) -> None:
    """Two configurations have no difference exactly when they read as the same switch.

    Where what the ports show of the default of all ports differs, which no line says, the claim is not made.
    """
    a, b = map(parse, texts)
    assume(Context.of(a).switchport == Context.of(b).switchport)
    changes = diff(a, b, policy=STRICT).changes
    assert bool(changes) == (told(read(a)) != told(read(b))), differences(told(read(a)), told(read(b)))


@pytest.mark.parametrize(
    "text",
    [
        "spanning-tree mst configuration\n  revision 0\n  no name",
        "spanning-tree mst configuration\n  instance 1 vlan 10\n  no instance 1 vlan 10",
        "spanning-tree pseudo-information\n  no vlan 5 root priority 4096",
        "vrf context management\n  no description one",
        "interface Ethernet1/1\n  switchport access vlan 1",
        "interface Ethernet1/1\n  no channel-group 5",
        "vlan 20\n  name web\nno vlan 20",
    ],
)
def test_as_if_it_were_not_there(text: str) -> None:
    """A block that says only what is so without it makes no difference, in whichever reading."""
    a, b = parse("hostname leaf-1\n"), parse(f"hostname leaf-1\n{text}\n")
    assert (diff(a, b, policy=STRICT).changes, diff(b, a, policy=STRICT).changes) == ((), ())
    assert differences(told(read(a)), told(read(b))) == []


@pytest.mark.parametrize(
    "typed",
    [
        "system default switchport shutdown",
        "system jumbomtu 9000",
        "interface port-channel1\n  spanning-tree guard root",
    ],
)
def test_ports_are_read_again_where_others_decide(typed: str) -> None:
    """A port that was read before a line says behind it what it says to whoever reads it for the first time."""
    trunk = "  switchport\n  switchport mode trunk\n"
    ports = f"interface Ethernet1/1\n{trunk}  channel-group 1 mode active\ninterface Ethernet1/2\n{trunk}  mtu 1500\n"
    switch = Typed.of(whole(parse(f"interface port-channel1\n{trunk}  vpc peer-link\n{ports}")))
    known = Known()
    before = read_side(switch.side(), known=known)
    switch.type(typed.splitlines())
    behind = read_side(switch.side(), known=known)
    assert before.ports != behind.ports == read_side(switch.side()).ports


def test_the_corpus_is_read(corpus_config: Path) -> None:
    """Every real configuration is read, and the raw lines of what is not modelled are lines of it."""
    text = corpus_lines.read(corpus_config)
    switch = read(parse(text, str(corpus_config)))
    words = {line.strip() for line in text.splitlines()}
    assert [line for line in switch.extra if line.strip() not in words] == []


CONFIG = """\
version 10.3(5) Bios:version 05.47
hostname leaf-x
feature vpc
feature lacp
no feature telnet
system default switchport shutdown
vlan 10,20
vlan 10
  name web
  mode fabricpath
vrf context keepalive
  address-family ipv4 unicast
    route-target both auto
ip route 0.0.0.0/0 192.0.2.254 name out 10
ip route 198.51.100.0 255.255.255.0 192.0.2.253
ip route 203.0.113.0/24 192.0.2.252 10 name late
ip route 203.0.113.128/25 192.0.2.251 192.0.2.250
vpc domain 7
  role priority 100
  peer-keepalive destination 192.0.2.2 source 192.0.2.1 vrf keepalive
  reload restore
interface port-channel10
  switchport mode trunk
  switchport trunk allowed vlan 10
  switchport trunk allowed vlan add 20
  vpc 10
interface Ethernet1/1-2
  channel-group 10 mode active
interface Ethernet1/3
interface Ethernet1/4
  no switchport
  switchport mode trunk
  snmp trap link-status
interface mgmt0
  switchport
  ip address 192.0.2.1/24
router bgp 65000
  neighbor 192.0.2.9
    remote-as 65001
"""


@pytest.fixture(scope="module")
def switch() -> Switch:
    """What the configuration above tells."""
    return read(parse(CONFIG, "a.cfg"), peer="leaf-y", pair="dc1")


def test_values_are_effective(switch: Switch) -> None:
    """A value without a line is what the device uses: a default, or what the port-channel says."""
    member = switch.ports[InterfaceName("Ethernet1/2")]
    assert (switch.name, switch.peer, switch.pair, switch.release) == ("leaf-x", "leaf-y", "dc1", "10.3(5)")
    assert switch.features == {"vpc", "lacp"}
    assert (member.mode, member.vlans, member.channel, member.lacp) == ("trunk", VlanSet((10, 20)), 10, "active")
    assert member.shutdown is True, "system default switchport shutdown"
    assert switch.ports[InterfaceName("port-channel10")].members == ("Ethernet1/1", "Ethernet1/2")
    assert switch.ports[InterfaceName("mgmt0")].vrf == "management"
    assert (switch.domain and switch.domain.system_priority) == 32667
    assert (switch.keepalive and switch.keepalive.interval) == 1000


def test_what_says_nothing_is_not_there(switch: Switch) -> None:
    """A stanza of a physical port without a line is no port of the switch."""
    assert InterfaceName("Ethernet1/3") not in switch.ports


def test_the_rest_stays_in_its_place(switch: Switch) -> None:
    """What is not modelled stays raw lines of the part that it stood in, also what a part can't hold as it stands."""
    port = switch.ports[InterfaceName("Ethernet1/4")]
    assert switch.routes == (Route(prefix="0.0.0.0/0", next_hop="192.0.2.254", name="out", preference=10),)
    assert switch.extra == (
        "ip route 198.51.100.0 255.255.255.0 192.0.2.253",
        "ip route 203.0.113.0/24 192.0.2.252 10 name late",
        "ip route 203.0.113.128/25 192.0.2.251 192.0.2.250",
        "router bgp 65000",
        "  neighbor 192.0.2.9",
        "    remote-as 65001",
    )
    assert switch.vlans[10].extra == ("mode fabricpath",)
    assert (switch.domain and switch.domain.extra) == ("reload restore",)
    assert (port.mode, port.extra) == ("routed", ("switchport mode trunk", "snmp trap link-status"))
    assert switch.ports[InterfaceName("mgmt0")].extra == ("switchport",)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("name",), "hostname leaf-x"),
        (("domain", "role_priority"), "  role priority 100"),
        (("domain", "system_priority"), "vpc domain 7"),
        (("keepalive", "vrf"), "  peer-keepalive destination 192.0.2.2 source 192.0.2.1 vrf keepalive"),
        (("vpcs", 10, "vlans"), "  switchport trunk allowed vlan 10"),
        (("interfaces", "Ethernet1/2", "channel"), "interface Ethernet1/1-2"),
        (("vlans", 20), "vlan 10,20"),
        (("vrfs", "keepalive", "families", "ipv4", "route_targets"), "    route-target both auto"),
        (("vlans", 10, "name"), "  name web"),
        (("nowhere",), "version 10.3(5) Bios:version 05.47"),
    ],
)
def test_each_value_knows_its_line(switch: Switch, path: tuple[str | int, ...], line: str) -> None:
    """A value's origin is its line, or that of the nearest thing around it."""
    origin = switch.source.origin(path)
    assert (origin.file, CONFIG.splitlines()[origin.line - 1]) == ("a.cfg", line)
