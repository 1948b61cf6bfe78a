"""Lines to facts: each setting once, in one spelling, whatever was typed."""

from __future__ import annotations

import pytest

from mlagkit.nxos.catalogue import ROWS, recognise
from mlagkit.nxos.facts import Facts, facts, heads, is_flat
from mlagkit.nxos.noise import is_noise
from mlagkit.nxos.parse import parse


def read(text: str) -> Facts:
    """The facts of a text."""
    return facts(parse(text).blocks())


def stated(of: Facts) -> dict[str, object]:
    """What a block states: the values of its lines, what it opens, and its unknown lines."""
    known = {key: None if fact.line.negated else str(fact.line.value) for key, fact in of.known.items()}
    inner = {head: stated(block) for head, block in of.blocks.items()}
    unknown = {"?": [text.text for text in of.unknown]} if of.unknown else {}
    return {**known, **inner, **unknown}


CASES: dict[str, tuple[str, dict[str, object]]] = {
    "one value, said twice": ("hostname a\nhostname b\n", {"hostname": "b"}),
    "another spelling of a command": ("hostname a\nswitchname b\n", {"hostname": "b"}),
    "a negated line": ("no feature vpc\n", {"feature vpc": None}),
    "VLANs add up": ("vlan 10\nvlan 20-22\nvlan 11\n", {"vlan": "10-11,20-22"}),
    "VLANs are taken back": ("vlan 10-20\nno vlan 15\n", {"vlan": "10-14,16-20"}),
    "VLANs are taken back before they are there": ("no vlan 15\nvlan 15\n", {"vlan": "15"}),
    "a list opens a stanza for each VLAN": (
        "vlan 10,20\n  state suspend\n",
        {"vlan": "10,20", "vlan 10": {"state": "suspend"}, "vlan 20": {"state": "suspend"}},
    ),
    "a list that is broken over several lines": (
        "interface Ethernet1/1\n  switchport trunk allowed vlan 10\n  switchport trunk allowed vlan add 20-21,5\n",
        {"interface Ethernet1/1": {"switchport trunk allowed vlan": "5,10,20-21"}},
    ),
    "a part of a broken list that is none": (
        "interface Ethernet1/1\n  switchport trunk allowed vlan 10\n  switchport trunk allowed vlan add 5000\n",
        {
            "interface Ethernet1/1": {
                "switchport trunk allowed vlan": "10",
                "?": ["switchport trunk allowed vlan add 5000"],
            }
        },
    ),
    "a broken list where it is unknown": (
        "port-profile p\n  switchport trunk allowed vlan 10\n  switchport trunk allowed vlan add 20\n",
        {"?": ["port-profile p"]},
    ),
    "lines below none": ("\n  description x\n", {"?": ["description x"]}),
    "comments and words of scripts among the lines of a port": (
        "interface Ethernet1/1\n  # note\n  mtu 9216\n  exit\n",
        {"interface Ethernet1/1": {"mtu": "9216"}},
    ),
    "a list without lines opens none": ("vlan 10,20\n", {"vlan": "10,20"}),
    "a list that is typed again": (
        "system nve infra-vlans 10\nsystem nve infra-vlans 20\n",
        {"system nve infra-vlans": "20"},
    ),
    "VLANs without spanning tree": (
        "no spanning-tree vlan 10-12\nspanning-tree vlan 11\n",
        {"spanning-tree vlan": "10,12"},
    ),
    "a VLAN has one priority": (
        "spanning-tree vlan 10,20 priority 4096\nspanning-tree vlan 20 priority 8192\n",
        {"spanning-tree vlan priority 4096": "10", "spanning-tree vlan priority 8192": "20"},
    ),
    "a VLAN is in one instance": (
        "spanning-tree mst configuration\n  instance 1 vlan 1-50\n  instance 2 vlan 50-60\n",
        {"spanning-tree mst configuration": {"instance vlan 1": "1-49", "instance vlan 2": "50-60"}},
    ),
    "a priority is taken back": (
        "spanning-tree vlan 10,20 priority 4096\nno spanning-tree vlan 20 priority 4096\n",
        {"spanning-tree vlan priority 4096": "10"},
    ),
    "a range of ports": (
        "interface Ethernet1/1-2\n  mtu 9216\ninterface Ethernet1/2\n  shutdown\n",
        {"interface Ethernet1/1": {"mtu": "9216"}, "interface Ethernet1/2": {"mtu": "9216", "shutdown": "True"}},
    ),
    "an unknown line of a range": (
        "interface Ethernet1/1-2\n  new knob\n    deeper\n",
        {"interface Ethernet1/1": {"?": ["new knob"]}, "interface Ethernet1/2": {"?": ["new knob"]}},
    ),
    "a range of VNIs": (
        "interface nve1\n  member vni 11,20-21 associate-vrf\n  member vni 20\n    suppress-arp\n",
        {
            "interface nve1": {
                "member vni associate-vrf 11": {},
                "member vni associate-vrf 20": {},
                "member vni associate-vrf 21": {},
                "member vni 20": {"suppress-arp": "True"},
            }
        },
    ),
    "lines of a range of VNIs": (
        "interface nve1\n  member vni 20-21\n    suppress-arp\n  member vni 21\n    new knob\n",
        {
            "interface nve1": {
                "member vni 20": {"suppress-arp": "True"},
                "member vni 21": {"suppress-arp": "True", "?": ["new knob"]},
            }
        },
    ),
    "a range of more VNIs than there are VLANs": (
        "interface nve1\n  member vni 1-16000000\n",
        {"interface nve1": {"?": ["member vni 1-16000000"]}},
    ),
    "the same stanza in other words": (
        "interface port-channel 10\n  mtu 9216\nint po10\n  vpc 10\n",
        {"interface port-channel10": {"mtu": "9216", "vpc": "10"}},
    ),
    "blocks in blocks": (
        "vrf context RED\n  address-family ipv4 unicast\n    route-target both auto\n  rd auto\n",
        {"vrf context RED": {"rd": "auto", "address-family unicast ipv4": {"route-target both auto": "True"}}},
    ),
    "an unknown block keeps its lines": ("router bgp 1\n  vlan 10\nvlan 20\n", {"vlan": "20", "?": ["router bgp 1"]}),
    "a negated block is a line": ("no interface Vlan10\n", {"interface Vlan10": None}),
    "comments, prompts and words of scripts": ("! a\n!#feature ssh\n# b\nleaf-1# show run\nexit\nend\n", {}),
    "a comment inside a block": ("interface Vlan10\n  ! a\n  mtu 9216\n", {"interface Vlan10": {"mtu": "9216"}}),
    "a version is no setting": ("version 9.3(5)\nBuilding configuration...\n", {}),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_facts(text: str, expected: dict[str, object]) -> None:
    """What a configuration states is this, and nothing else."""
    assert stated(read(text)) == expected


LISTS = {
    "10,20": "10,20",
    "10-12\n{}add 20": "10-12,20",
    "10\n{}add 20\n{}add 21": "10,20-21",
    "10-20\n{}remove 11-19": "10,20",
    "except 5-4094": "1-4",
    "none": "",
    "none\n{}add 5": "5",
    "add 5": "1-4094",
    "remove 5-4094": "1-4",
    "10\n{}all": "1-4094",
    "10\n{}20": "20",
}


@pytest.mark.parametrize(("lines", "expected"), LISTS.items(), ids=lambda value: value.replace("\n{}", "; "))
def test_forms_of_a_trunk_list(lines: str, expected: str) -> None:
    """The five forms of a trunk's list give the set that they say, one after the other (reference 7.8)."""
    words = "  switchport trunk allowed vlan "
    port = read(f"interface Ethernet1/1\n{words}{lines.replace('{}', words)}\n").blocks["interface Ethernet1/1"]
    assert str(port.vlans("switchport trunk allowed vlan")) == expected


def test_a_trunk_list_that_is_taken_back_is_none() -> None:
    """Without its list a trunk has no line, which means all VLANs; so with every ``no`` form."""
    for line in ("no switchport trunk allowed vlan", "no switchport trunk allowed vlan 10"):
        port = read(f"interface Ethernet1/1\n  switchport trunk allowed vlan 10\n  {line}\n").blocks[
            "interface Ethernet1/1"
        ]
        assert port.vlans("switchport trunk allowed vlan") is None


def test_questions() -> None:
    """A block answers whether a line is there, is negated, or is not there, and what its value is."""
    port = read("interface Ethernet1/1\n  no shutdown\n  mtu 9216\n  description a  b\n").blocks[
        "interface Ethernet1/1"
    ]
    assert (port.has("shutdown"), port.has("mtu"), port.has("speed")) == (False, True, None)
    assert (port.value("mtu"), port.value("description"), port.value("speed")) == (9216, "a  b", None)
    assert port.vlans("mtu") is None
    assert not port.empty
    assert read("").empty


def test_line_numbers() -> None:
    """Each fact has the number of its last line, a set that of its first, a block that of its head."""
    root = read("hostname a\nvlan 10\n\nhostname b\nvlan 20\ninterface Vlan10\n  mtu 9216\nrouter bgp 1\n  x\n")
    assert {key: fact.number for key, fact in root.known.items()} == {"hostname": 4, "vlan": 2}
    svi = root.blocks["interface Vlan10"]
    assert (svi.number, svi.known["mtu"].number) == (6, 7)
    assert (root.unknown[0].number, root.unknown[0].children[0].number) == (8, 9)


NOISE = {
    "! a": True,
    "!#feature ssh": True,
    "# a": True,
    "exit": True,
    "end": True,
    "leaf-1#": True,
    "leaf-1# show run": True,
    "leaf-1#sh run": True,
    "leaf-1#shutdown": False,
    "leaf-1(config-if)# mtu 9216": True,
    "description a#b": False,
    "description server# 1": False,
    "banner motd #": False,
    "feature vpc": False,
}


@pytest.mark.parametrize(("line", "expected"), NOISE.items())
def test_noise(line: str, expected: bool) -> None:
    """Comments, prompts and words of scripts say nothing; a number sign in a value does."""
    assert is_noise(line) is expected


HEADS = {
    "interface Ethernet1/1": ("interface Ethernet1/1",),
    "interface eth 1/1": ("interface Ethernet1/1",),
    "interface port-channel 10": ("interface port-channel10",),
    "interface Ethernet1/1-2,e1/9": ("interface Ethernet1/1", "interface Ethernet1/2", "interface Ethernet1/9"),
    "interface Ethernet1/2-1": ("interface Ethernet1/2-1",),
    "interface breakout module 1": ("interface breakout module 1",),
    "vpc domain 1": ("vpc domain 1",),
    "router bgp 1": ("router bgp 1",),
    "vlan 10,20": ("vlan",),
}


@pytest.mark.parametrize(("head", "expected"), HEADS.items())
def test_heads(head: str, expected: tuple[str, ...]) -> None:
    """A head opens these blocks; one that opens none is its own."""
    assert heads(head) == expected


def test_a_broken_list_has_the_number_of_its_first_line() -> None:
    """A list in several lines begins where its first line stands, and moves none behind it."""
    lines = ("interface Ethernet1/1", "  switchport trunk allowed vlan 10", "  switchport trunk allowed vlan add 20")
    known = read("\n".join((*lines, "  mtu 9216\n"))).blocks["interface Ethernet1/1"].known
    assert {key: fact.number for key, fact in known.items()} == {"switchport trunk allowed vlan": 2, "mtu": 4}


FLAT = {
    "a\n  b\n  c": True,
    "a": True,
    "a\n\n  b\n": True,
    "a\n  b\n    c": False,
    "a\n b": False,
    "a\n\tb": False,
    "a\nb": False,
    "a\n  \tb": False,
    "banner motd #\x02x#\n  b": False,
}


@pytest.mark.parametrize(("raw", "flat"), FLAT.items(), ids=map(repr, FLAT))
def test_flat(raw: str, flat: bool) -> None:
    """A block is flat if each line below its head is empty or stands two blanks further in, and it is no banner."""
    assert is_flat(raw) is flat


def test_words_of_scripts_are_no_commands() -> None:
    """Nothing takes the words that end a block in a script for a command of the block."""
    modes = {row.mode for row in ROWS if row.mode}
    assert not any(recognise(mode, word) for mode in modes for word in ("exit", "end"))
