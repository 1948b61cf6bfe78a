"""Banners, scripts and ranges: where the text of a configuration is not what it looks like."""

from __future__ import annotations

import pytest

from mlagkit.config import Entry
from mlagkit.nxos.parse import parse
from mlagkit.nxos.ranges import members
from mlagkit.nxos.script import is_script


def shape(entry: Entry) -> object:
    """An entry as nested tuples."""
    return (entry.text, *map(shape, entry.children)) if entry.children else entry.text


def read(text: str) -> list[object]:
    """A text as nested tuples."""
    return [shape(entry) for entry in parse(text).entries()]


BANNERS: dict[str, tuple[str, list[object]]] = {
    "several lines": ("banner motd #\na\n#\nhostname x\n", ["banner motd #\na\n#", "hostname x"]),
    "one line": ("banner motd #a#\nhostname x\n", ["banner motd #a#", "hostname x"]),
    "two blanks": ("banner motd  ^a^\nhostname x\n", ["banner motd  ^a^", "hostname x"]),
    "a caret and C": ("banner motd ^C\na ^ b\n^C\nhostname x\n", ["banner motd ^C\na ^ b\n^C", "hostname x"]),
    "exec": ("banner exec $\na\n$\nhostname x\n", ["banner exec $\na\n$", "hostname x"]),
    "two of them": (
        "banner motd #\na\n#\nbanner exec #\nb\n#\n",
        ["banner motd #\na\n#", "banner exec #\nb\n#"],
    ),
    "a body that looks like one": (
        "banner motd #\nbanner exec x\n#\nhostname x\n",
        ["banner motd #\nbanner exec x\n#", "hostname x"],
    ),
    "an indented body": ("banner motd #\n  no shutdown\n\n!\n#\n", ["banner motd #\n  no shutdown\n\n!\n#"]),
    "an end that never comes": ("banner motd #\nhostname x\n", ["banner motd #", "hostname x"]),
    "a beginning that is missing": (
        "banner motd\nhostname x\nfeature hsrp\n",
        ["banner motd", "hostname x", "feature hsrp"],
    ),
    "a message about banners": ("description banner motd #\nhostname x\n", ["description banner motd #", "hostname x"]),
    "text behind its end": ("banner motd #\na\n# b\nhostname x\n", ["banner motd #\na\n# b", "hostname x"]),
}


@pytest.mark.parametrize(("text", "expected"), BANNERS.values(), ids=BANNERS)
def test_banners(text: str, expected: list[object]) -> None:
    """The body of a banner is never read as commands (reference 7.1, SURPRISES)."""
    assert read(text) == expected


SCRIPTS: dict[str, tuple[str, list[object]]] = {
    "lines of a port": (
        "interface Ethernet1/1\nswitchport mode trunk\nmtu 9216\nhostname x\n",
        [("interface Ethernet1/1", "switchport mode trunk", "mtu 9216"), "hostname x"],
    ),
    "blocks in blocks": (
        "interface Vlan10\nhsrp 1\nip 192.0.2.1\npreempt\nexit\nno shutdown\n",
        [("interface Vlan10", ("hsrp 1", "ip 192.0.2.1", "preempt"), "exit", "no shutdown")],
    ),
    "a line of the block around": (
        "interface Vlan10\nhsrp 1\nip 192.0.2.1\nmtu 9216\n",
        [("interface Vlan10", ("hsrp 1", "ip 192.0.2.1"), "mtu 9216")],
    ),
    "a range": (
        "interface Ethernet1/1-2\nchannel-group 10\nvpc domain 1\npeer-switch\n",
        [("interface Ethernet1/1-2", "channel-group 10"), ("vpc domain 1", "peer-switch")],
    ),
    "words of configuration": (
        "configure terminal\ninterface Ethernet1/1\nswitchport\nend\ncopy run start\n",
        ["configure terminal", ("interface Ethernet1/1", "switchport"), "end", "copy run start"],
    ),
    "comments and blank lines": (
        "interface Ethernet1/1\nswitchport\n!\n\nmtu 9216\n",
        [("interface Ethernet1/1", "switchport", "!", "mtu 9216")],
    ),
    "indented below the margin": (
        "vpc domain 1\npeer-switch\ninterface Vlan10\n  mtu 9216\n  no shutdown\n",
        [("vpc domain 1", "peer-switch"), ("interface Vlan10", "mtu 9216", "no shutdown")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), SCRIPTS.values(), ids=SCRIPTS)
def test_scripts(text: str, expected: list[object]) -> None:
    """A line at the left margin belongs to the block in whose mode a switch would take it."""
    assert read(text) == expected
    assert parse(text).text == text


NO_SCRIPTS = (
    "",
    "hostname a\nvlan 10\n  name b\n",
    "interface Ethernet1/1\n  switchport\nname\n",
    "name a\n",
    "ip route x\n",
)


@pytest.mark.parametrize("text", NO_SCRIPTS)
def test_no_script(text: str) -> None:
    """A text is a script only if a line at its margin can be meant for nothing but a block."""
    assert is_script(text.split("\n")) == (text == "name a\n")


RANGES = {
    "interface Ethernet1/1-3": ("Ethernet1/1", "Ethernet1/2", "Ethernet1/3"),
    "interface Ethernet1/1, Ethernet1/3": ("Ethernet1/1", "Ethernet1/3"),
    "interface eth1/1-2, e1/9": ("Ethernet1/1", "Ethernet1/2", "Ethernet1/9"),
    "interface Ethernet1/1-1/2": ("Ethernet1/1", "Ethernet1/2"),
    "interface Ethernet1/1 - 2": ("Ethernet1/1", "Ethernet1/2"),
    "interface Ethernet1/1.10-11": ("Ethernet1/1.10", "Ethernet1/1.11"),
    "interface port-channel10-11": ("port-channel10", "port-channel11"),
    "interface Vlan10,Vlan20": ("Vlan10", "Vlan20"),
    "INTERFACE Ethernet1/1-2": ("Ethernet1/1", "Ethernet1/2"),
    "interface Ethernet1/1": (),
    "interface port-channel10": ("port-channel10",),
    "interface Ethernet1/3-1": (),
    "interface Ethernet1/1-5000": (),
    f"interface {','.join(['Ethernet1/1-4000'] * 10_000)}": (),
    "interface breakout module 1 port 1-2": (),
    "interface Ethernet1/1,": (),
    "vlan 1-3": (),
}


@pytest.mark.parametrize(("head", "expected"), RANGES.items(), ids=(head[:40] for head in RANGES))
def test_ranges(head: str, expected: tuple[str, ...]) -> None:
    """A range at the head of a stanza stands for these interfaces; what is no range stands for none."""
    assert members("", head) == tuple(f"interface {name}" for name in expected)
    assert members("interface", head) == ()


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("member vni 10-11", ("member vni 10", "member vni 11")),
        ("member  vni 10,20-21 associate-vrf", tuple(f"member vni {vni} associate-vrf" for vni in (10, 20, 21))),
        ("member vni 11-10", ()),
        ("member vni 10-", ()),
        ("member vni 10-11 mcast-group 239.0.0.1", ()),
        ("member vni 1-16000000", ()),
        ("member vni 1-4000,5001-9000", ()),
    ],
)
def test_ranges_of_vnis(head: str, expected: tuple[str, ...]) -> None:
    """A range of VNIs stands for these; another line, or more of them than there are VLANs, for none."""
    assert members("nve", head) == expected
