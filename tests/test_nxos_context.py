"""What a default depends on, and what a setting is in effect."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from mlagkit.nxos.catalogue import recognise
from mlagkit.nxos.context import Context, family, release_numbers
from mlagkit.nxos.effective import Side
from mlagkit.nxos.facts import facts
from mlagkit.nxos.objects import always_there, interface_name, owner_of, vlan_of
from mlagkit.nxos.parse import parse
from mlagkit.values import ALL_VLANS, VlanSet

MODELS = {
    None: "n9k",
    "": "n9k",
    "N9K-C93180YC-FX": "n9k",
    "n7k-c7010": "n7k",
    "N5K-C5672UP": "n5k",
    "Nexus 6001": "n6k",
    "Nexus3000 C3132Q": "n3k",
    "C9300": "n9k",
}


@pytest.mark.parametrize(("model", "expected"), MODELS.items())
def test_family(model: str | None, expected: str) -> None:
    """The product line is told by the model's first letters, and is the 9000 where nothing else is known."""
    assert family(model) == expected


EXTENDED = {
    "Ethernet1/1": "routed",
    "Ethernet1/49/1": "routed",
    "Ethernet101/1/1": "access",
    "Ethernet199/1/48": "access",
}


@pytest.mark.parametrize(("name", "mode"), EXTENDED.items())
def test_ports_of_a_fabric_extender(name: str, mode: str) -> None:
    """Where ports route without a line, those of a fabric extender switch all the same; a breakout is none."""
    assert Context(switchport=False).at(name).mode == mode


RELEASES = {None: (), "": (), "10.3(5)": (10, 3, 5), "7.0(3)I7(4)": (7, 0, 3, 7, 4), "9.3(10)": (9, 3, 10)}


@pytest.mark.parametrize(("release", "expected"), RELEASES.items())
def test_release(release: str | None, expected: tuple[int, ...]) -> None:
    """A release is its numbers, so that 9.3(10) comes behind 9.3(5)."""
    assert release_numbers(release) == expected


TEXTS: dict[str, tuple[str, Context]] = {
    "nothing said": ("hostname a\n", Context()),
    "shut by default": ("system default switchport shutdown\n", Context(switchport_shutdown=True)),
    "not shut by default": ("no system default switchport shutdown\n", Context()),
    "Layer 2 said": ("system default switchport\ninterface Ethernet1/1\n  switchport\n", Context()),
    "Layer 3 said": ("no system default switchport\n", Context(switchport=False)),
    "Layer 3 told by a bare switchport": (
        "interface Ethernet1/1\n  switchport\n  mtu 9216\n",
        Context(switchport=False),
    ),
    "Layer 2 told by no switchport": (
        "interface Ethernet1/1\n  switchport\ninterface Ethernet1/2\n  no switchport\n",
        Context(),
    ),
    "with CRLF": ("interface Ethernet1/1\r\n  switchport\r\n", Context(switchport=False)),
    "no bare line": ("interface Ethernet1/1\n  switchport mode trunk\n", Context()),
    "jumbo frames": ("system jumbomtu 9000\n", Context(jumbo_mtu=9000)),
    "jumbo frames said twice": ("system jumbomtu 9000\nsystem jumbomtu 8000\n", Context(jumbo_mtu=8000)),
    "jumbo frames of a thousand digits": (f"system jumbomtu {'1' * 5000}\n", Context()),
    "jumbo frames that are no number": ("system jumbomtu big\n", Context()),
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
def test_switch_wide_defaults(text: str, expected: Context) -> None:
    """The switch-wide defaults are read from their lines or, as NX-OS prints no default, from what ports show."""
    assert Context.of(parse(text)) == expected


def test_model_and_release() -> None:
    """Model and release come from outside the text."""
    context = Context.of(parse(""), "N7K-C7010", "8.4(1)")
    assert (context.family, context.release) == ("n7k", (8, 4, 1))


NAMES = {
    "interface Ethernet1/1": "Ethernet1/1",
    "interface eth 1/1": "Ethernet1/1",
    "Interface Ethernet1/1": "Ethernet1/1",
    "int e1/1": "Ethernet1/1",
    "int po 10": "port-channel10",
    "interface Ethernet1/1-2": None,
    "interface breakout module 1": None,
    "install feature-set fex": None,
    "vlan 10": None,
    "in": None,
}


@pytest.mark.parametrize(("head", "expected"), NAMES.items())
def test_interface_of_a_head(head: str, expected: str | None) -> None:
    """A head names its interface in any spelling; other heads name none."""
    assert interface_name(head) == expected


SECTIONS: dict[tuple[str, ...], tuple[str | None, bool, int | None]] = {
    (): (None, False, None),
    ("interface Ethernet1/1",): ("interfaces", True, None),
    ("interface Ethernet1/1.10",): ("interfaces", False, None),
    ("interface port-channel10",): ("port_channels", False, None),
    ("interface Vlan10",): ("svis", False, None),
    ("interface Vlan10", "hsrp 1"): ("svis", False, None),
    ("interface loopback0",): ("loopbacks", False, None),
    ("interface nve1",): ("nve", False, None),
    ("interface mgmt0",): ("management", True, None),
    ("vrf context RED",): ("vrfs", False, None),
    ("vrf context management",): ("management", True, None),
    ("vlan 10",): ("vlans", True, 10),
    ("vpc domain 1",): ("domain", False, None),
    ("spanning-tree mst configuration",): ("spanning_tree", False, None),
    ("router bgp 1",): (None, False, None),
}


@pytest.mark.parametrize(("section", "expected"), SECTIONS.items(), ids=lambda value: str(value)[:40])
def test_objects(section: Sequence[str], expected: tuple[str | None, bool, int | None]) -> None:
    """An object has its word of ``owns``, and is there without a line or not."""
    assert (owner_of(section), bool(section) and always_there(section), vlan_of(section)) == expected


OWNERS = {
    "  vpc peer-link\n": "peer_link",
    "  vpc 10\n": "vpcs",
    "  no vpc 10\n": "port_channels",
    "  mtu 9216\n": "port_channels",
}


@pytest.mark.parametrize(("lines", "expected"), OWNERS.items())
def test_port_channels_by_what_they_are(lines: str, expected: str) -> None:
    """A port-channel is a peer-link, the leg of a vPC, or neither; one that is not here is nobody's."""
    side = Side(facts(parse(f"interface port-channel10\n{lines}").blocks()), Context())
    assert side.owner(("interface port-channel10",)) == expected
    assert side.owner(("interface port-channel11",)) is None


VALUES: dict[str, tuple[str, str, str, object]] = {
    "a line": ("interface Vlan10\n  mtu 9216\n", "interface Vlan10", "mtu", 9216),
    "no line": ("interface Vlan10\n", "interface Vlan10", "mtu", 1500),
    "a negated line": ("interface Vlan10\n  no mtu 9216\n", "interface Vlan10", "mtu", 1500),
    "a negated line without its value": ("interface Vlan10\n  no mtu\n", "interface Vlan10", "mtu", 1500),
    "a flag": ("interface Vlan10\n  no shutdown\n", "interface Vlan10", "shutdown", False),
    "a flag by default": ("interface Vlan10\n", "interface Vlan10", "shutdown", True),
    "a trunk without a list": (
        "interface Ethernet1/1\n",
        "interface Ethernet1/1",
        "switchport trunk allowed vlan",
        ALL_VLANS,
    ),
    "a list without a default": (
        "spanning-tree mst configuration\n",
        "spanning-tree mst configuration",
        "instance vlan 1",
        VlanSet(),
    ),
    "the MTU of a peer-link": (
        "interface port-channel1\n  vpc peer-link\n",
        "interface port-channel1",
        "mtu",
        9216,
    ),
    "a routed port": ("interface Ethernet1/1\n  no switchport\n", "interface Ethernet1/1", "shutdown", True),
    "said by the delay": ("vpc domain 1\n  auto-recovery reload-delay 300\n", "vpc domain 1", "auto-recovery", True),
    "said by the list of those without it": (
        "vpc domain 1\n  peer-gateway exclude-vlan 10\n",
        "vpc domain 1",
        "peer-gateway",
        True,
    ),
    "not said by a negated delay": (
        "vpc domain 1\n  no auto-recovery reload-delay\n",
        "vpc domain 1",
        "auto-recovery",
        False,
    ),
    "said otherwise beside the delay": (
        "vpc domain 1\n  no auto-recovery\n  auto-recovery reload-delay 300\n",
        "vpc domain 1",
        "auto-recovery",
        False,
    ),
}
LINES = {
    "mtu": ("interface", "mtu 9216"),
    "shutdown": ("interface", "shutdown"),
    "switchport trunk allowed vlan": ("interface", "switchport trunk allowed vlan 1"),
    "switchport mode": ("interface", "switchport mode trunk"),
    "instance vlan 1": ("mst", "instance 1 vlan 1"),
    "auto-recovery": ("vpc-domain", "auto-recovery"),
    "peer-gateway": ("vpc-domain", "peer-gateway"),
}


@pytest.mark.parametrize(("text", "block", "key", "expected"), VALUES.values(), ids=VALUES)
def test_effective_values(text: str, block: str, key: str, expected: object) -> None:
    """A setting is what its line says, else what another line implies, else the default where it stands."""
    side = Side(facts(parse(text).blocks()), Context())
    line = recognise(*LINES[key])
    assert line is not None
    assert side.values(side.root.blocks[block]).of(key, line.row) == expected


def test_members_inherit() -> None:
    """A member that says nothing, or the same again, has its port-channel's setting; one that deviates has its own."""
    text = "interface port-channel10\n  switchport mode trunk\n"
    for lines, inherits in (("", True), ("  switchport mode trunk\n", True), ("  switchport mode access\n", False)):
        port = f"interface Ethernet1/1\n  channel-group 10 mode active\n{lines}"
        side = Side(facts(parse(text + port).blocks()), Context())
        values = side.values(side.root.blocks["interface Ethernet1/1"])
        line = recognise("interface", "switchport mode trunk")
        assert line is not None
        assert (values.of("switchport mode", line.row) not in ("trunk", "access")) is inherits


def test_a_member_of_a_port_channel_that_is_not_there() -> None:
    """Without its port-channel a member has its own settings alone."""
    side = Side(facts(parse("interface Ethernet1/1\n  channel-group 10\n").blocks()), Context())
    assert side.values(side.root.blocks["interface Ethernet1/1"]).channel is None
