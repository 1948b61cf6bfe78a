"""Two running-configs to one pair file: whatever they hold, the file renders what both switches run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from mlagkit.compare import compare
from mlagkit.config import ConfigTree
from mlagkit.errors import InputError
from mlagkit.importing import Imported, import_pair
from mlagkit.importing.names import another, pair_name
from mlagkit.importing.pair import read_pair
from mlagkit.intent import Pair, pair_of
from mlagkit.nxos.parse import parse
from mlagkit.nxos.redact import redact
from mlagkit.nxos.running import hostname
from tests.conftest import CORPUS, NO_CORPUS, ROOT, Golden
from tests.corpus_lines import read

FIXTURES = ROOT / "tests" / "fixtures" / "importing"
_KEEPALIVE = re.compile(r"(peer-keepalive destination )(\S+)( source )(\S+)")
_BANNER = re.compile(r"^banner motd \S(.*?)^\S*\$", re.M | re.S)
_NAME = re.compile(r"^((?:hostname|switchname) +\S+)", re.M)

PAIRS = sorted(CORPUS.glob("nxos/pairs/*"))
SINGLES = sorted(CORPUS.glob("nxos/single/*.cfg"))


def trees(texts: Mapping[str, str]) -> dict[str, ConfigTree]:
    """The configurations by the names that they say, or else the given ones."""
    found = {}
    for name, text in texts.items():
        tree = parse(text, f"{name}.cfg")
        found[(hostname(tree) or (name, 1))[0]] = tree
    return found


def differences(pair: Pair, running: Mapping[str, ConfigTree], secrets: Mapping[str, str]) -> dict[str, list[str]]:
    """Everything that differs, under strict, between a pair file and what runs."""
    told = {f"env:{name}": value for name, value in secrets.items()}
    found = compare(pair, running, secrets=told.get, strict=True)
    return {
        name: [f"{change.section} {change.old} -> {change.new}" for change, _ in result.changes]
        for name, result in found.switches.items()
        if result.changes
    }


def assert_round_trip(running: Mapping[str, ConfigTree]) -> Imported:
    """The imported file has no difference from what it was made of, with its secrets and without."""
    found = import_pair(running, "imported")
    pair = pair_of(found.text, "imported.yaml")
    assert differences(pair, running, found.secrets) == {}
    assert differences(pair, running, {}) == {}
    return found


@pytest.mark.corpus
@pytest.mark.parametrize(
    "folder", PAIRS or [pytest.param(None, marks=pytest.mark.skip(NO_CORPUS))], ids=lambda p: p and p.name
)
def test_real_pairs(folder: Path) -> None:
    """A real pair is imported into a file that renders both of its configurations."""
    running = trees({name: read(folder / f"{name}.cfg") for name in "ab"})
    found = assert_round_trip(running)
    assert found.doubts == ()
    assert found.text == import_pair(running, "imported").text, "the same input gives the same file"


@pytest.mark.corpus
@pytest.mark.parametrize(
    "path", SINGLES or [pytest.param(None, marks=pytest.mark.skip(NO_CORPUS))], ids=lambda p: p and p.stem
)
def test_real_switches_with_a_twin(path: Path) -> None:
    """So is a single switch paired with itself under another name and keepalive address."""
    text = read(path)
    twin = _KEEPALIVE.sub(r"\g<1>\g<4>\g<3>\g<2>", _NAME.sub(r"\1-b", text))
    assert_round_trip(trees({"a": text, "b": twin}))


@pytest.mark.corpus
@pytest.mark.parametrize(
    "folder", PAIRS or [pytest.param(None, marks=pytest.mark.skip(NO_CORPUS))], ids=lambda p: p and p.name
)
def test_no_secret_in_the_file(folder: Path) -> None:
    """No line of an imported file holds a secret, and none is anywhere in it but where a banner tells it to all."""
    texts = {name: read(folder / f"{name}.cfg") for name in "ab"}
    found = import_pair(trees(texts), "imported")
    assert [line for line in found.text.splitlines() if redact(line) != line] == []
    public = {word for text in texts.values() for banner in _BANNER.findall(text) for word in banner.split()}
    words = _letters(found.text + "".join(found.secrets)).split()
    long = {_letters(value) for value in found.secrets.values() if len(value) > 8 and value not in public}
    assert [value for value in long if any(value in word for word in words)] == []
    assert [each.text for each in found.residue if redact(each.text) != each.text] == []


def _letters(text: str) -> str:
    """Without what a name of a variable can't hold, in one case: a secret might hide in one."""
    return re.sub(r"[^A-Z0-9\s]", "", text.upper())


CASES = sorted(path for path in FIXTURES.glob("*") if path.is_dir())


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_case(folder: Path, golden: Golden) -> None:
    """Each folder of fixtures/importing is two configurations and the file that a person would have written."""
    running = trees({name: read(folder / f"{name}.cfg") for name in "ab"})
    found = assert_round_trip(running)
    golden(folder / "pair.yaml", found.text)


def test_no_pair() -> None:
    """Two switches that are no pair are imported all the same, and what speaks against it is said."""
    folder = FIXTURES / "servers"
    one, other = (read(folder / f"{name}.cfg") for name in "ab")
    other = other.replace("vpc domain 7", "vpc domain 8").replace("destination 192.0.2.101", "destination 192.0.2.103")
    running = trees({"a": one, "b": other})
    found = assert_round_trip(running)
    assert {doubt.rule for doubt in found.doubts} == {"DO02", "KA02"}
    assert "# DO02 domain-id-mismatch: " in found.text


@pytest.mark.parametrize("names", [("leaf-1", "leaf_1"), ("a", "A"), ("imported", "leaf-2"), ("leaf.1", "leaf-1")])
def test_secrets_of_names_alike(names: tuple[str, str]) -> None:
    """Names that an environment variable can't tell apart lead each to the switch's own secrets, in either order."""
    folder = FIXTURES / "servers"
    texts = {}
    for name, file, own in zip(names, "ab", ("$5$one", "$5$other"), strict=True):
        text = _NAME.sub(f"hostname {name}", read(folder / f"{file}.cfg"))
        texts[name] = f"{text}username ops password 5 $5$both  role network-admin\n"
        texts[name] += f"username night password 5 {own}  role network-operator\n"
    running = trees(texts)
    found = assert_round_trip(running)
    assert {"$5$one", "$5$other", "$5$both"} <= {*found.secrets.values()}
    assert found.text.count("username night") == len(names)
    swapped = import_pair(dict(reversed(running.items())), "imported")
    assert swapped.secrets == found.secrets


def test_no_reference_comes_from_a_switch() -> None:
    """What looks like a reference to a secret in a running-config is a secret: it reads no file and runs no command."""
    secrets = {"cmd:reboot", "file:/etc/shadow", "env:HOME"}
    lines = "username x password 0 cmd:reboot  role network-admin\nsnmp-server community file:/etc/shadow group y\n"
    lines += "interface Vlan10\n  hsrp 1\n    authentication env:HOME\n"
    found = assert_round_trip(trees({name: f"hostname {name}\n{lines}" for name in "ab"}))
    assert {*found.secrets.values()} == secrets
    assert not any(secret in found.text for secret in secrets)


LEFT_OVER = "interface port-channel12\n  switchport\n  switchport mode trunk\n"


@pytest.mark.parametrize(
    "lines",
    [
        f"{LEFT_OVER}  vpc peer-link\n",
        f"{LEFT_OVER}  vpc 12\ninterface Ethernet1/1\n  switchport\n  channel-group 12 mode active\n",
        "interface mgmt 1\n  ip address 192.0.2.1/24\n",
        f"vpc domain 1\n{LEFT_OVER.replace('12', '5000')}  vpc 5000\n",
        "feature hsrp\ninterface Vlan5000\n  hsrp 1\n    ip 192.0.2.1\n",
    ],
    ids=[
        *("a peer-link without a domain", "a leg without a domain", "a second management port", "no channel's number"),
        "a gateway's group of no VLAN",
    ],
)
def test_what_a_pair_file_has_no_key_for(lines: str) -> None:
    """An object that a pair file does not take is carried as it stands."""
    found = assert_round_trip(trees({name: f"hostname {name}\n{lines}" for name in "ab"}))
    assert "extra:" in found.text


VRF_OF_A = "vrf context a\n  description x\n  vni 5\n"


@pytest.mark.parametrize(
    "own",
    [
        (VRF_OF_A, VRF_OF_A),
        (VRF_OF_A, VRF_OF_A.replace("vni 5", "vni 6")),
        (VRF_OF_A, f"{VRF_OF_A}vrf context b\n  ip route 0.0.0.0/0 192.0.2.1\nvrf context c\n"),
        ("vrf context a\n", "vrf context b\n"),
        ("vrf context a\n", "hostname b\n"),
    ],
    ids=["alike", "one value differs", "others beside it", "each its own", "on one switch only"],
)
def test_a_vrf_called_like_a_switch(own: tuple[str, str]) -> None:
    """A VRF may have the name of a switch: it is no value of that switch alone, and no raw line."""
    found = assert_round_trip(trees({name: f"hostname {name}\n{text}" for name, text in zip("ab", own, strict=True)}))
    assert found.residue == ()


def test_a_family_called_like_a_switch() -> None:
    """An address family is no value of a switch of that name, wherever it stands."""
    family = "vrf context blue\n  rd auto\n  address-family ipv4 unicast\n    route-target both auto evpn\n"
    for other in (family, family.replace(" evpn", ""), ""):
        texts = {"ipv4": f"hostname ipv4\n{family}", "b": f"hostname b\n{other}"}
        assert "ipv4: {ipv4: {route_targets: [both auto evpn]}}" in assert_round_trip(trees(texts)).text


def test_a_profile_is_not_called_like_a_switch() -> None:
    """A profile has a name that no switch has."""
    leg = "interface port-channel{0}\n  switchport\n  switchport mode trunk\n  spanning-tree guard root\n  vpc {0}\n"
    text = f"feature vpc\nvpc domain 1\n{leg.format(1)}{leg.format(2)}"
    found = assert_round_trip(trees({name: f"hostname {name}\n{text}" for name in ("trunk", "b")}))
    assert "  trunk-2: " in found.text


@pytest.mark.parametrize("line", ["spanning-tree vlan {} priority 4096", "spanning-tree mst {} priority 4096"])
def test_a_long_list_as_keys(line: str) -> None:
    """A list of VLANs or instances that is longer than YAML reads a key stands in several keys."""
    text = line.format(",".join(map(str, range(0 if "mst" in line else 1, 1600, 2))))
    found = assert_round_trip(trees({name: f"hostname {name}\n{text}\n" for name in "ab"}))
    assert found.residue == ()


GATEWAYS = "feature hsrp\ninterface Vlan10\n  hsrp version 2\n  hsrp 10 ipv6\n{}"
TARGETS = "    rd auto\n    route-target import auto\n    route-target export auto\n"
BGP = "feature nv overlay\ninterface nve1\n  host-reachability protocol bgp\n"
TWO_LEGS = "".join(
    f"interface port-channel{number}\n  description leg {number}\n  switchport\n  switchport mode trunk\n  vpc 5\n"
    for number in (1, 2)
)
MEMBERS = "".join(
    f"interface Ethernet1/{number}\n  switchport\n  udld aggressive\n  channel-group 5 mode active\n"
    for number in (1, 2)
)
TRUNK = "  switchport\n  switchport mode trunk\n  switchport trunk allowed vlan {}\n"
ODD_MEMBER = f"interface port-channel5\n{TRUNK.format(10)}" + "".join(
    f"interface Ethernet1/{number}\n{TRUNK.format(vlan)}  channel-group 5 mode active\n"
    for number, vlan in ((1, 11), (2, 10))
)
LONG = (
    "interface Ethernet1/1\n  description rack 7, web\n"
    "  ip address 192.0.2.1/24\n  ip access-group {0} in\n  ip access-group {0} out\n"
).format("A" * 60)
GROUP = "feature hsrp\ninterface Vlan10\n  hsrp 300\n    authentication topsecret\n    ip 192.0.2.1\n"
NO_CHANNEL = "interface port-channel5000\n  description x\n  mtu 9216\n"
WRITTEN: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]] = {
    "numbers stand in their order": ("vlan 10,30\n", "vlan 10,20,30\n", ("  10:\n  20: {b: }\n  30:\n",), ()),
    "VLAN 1 is there when it says something": ("vlan 1\n  name users\n", "", ("  a: {1: users}\n",), ()),
    "VLAN 1 is not there otherwise": ("vlan 1,10\n", "vlan 10\n", (), ("  1:",)),
    "the first of two legs is the vPC": (
        f"feature vpc\nvpc domain 1\n{TWO_LEGS}",
        f"feature vpc\nvpc domain 1\n{TWO_LEGS}",
        ("vpcs:\n  5: {port_channel: 1, description: leg 1", "port_channels:\n  2:\n    description: leg 2\n"),
        (),
    ),
    "a gateway with several IPv6 addresses": (
        GATEWAYS.format("    ip fe80::10\n    ip 2001:db8::10\n    ip 2001:db8::11\n"),
        GATEWAYS.format("    ip 2001:db8::11\n    ip fe80::10\n    ip 2001:db8::10\n"),
        ('address: "2001:db8::10"', 'secondary_addresses: ["2001:db8::11", "fe80::10"]'),
        (),
    ),
    "what all members of a port-channel say alike is said once": (
        f"feature udld\ninterface port-channel5\n  switchport\n{MEMBERS}",
        f"feature udld\ninterface port-channel5\n  switchport\n{MEMBERS}",
        ("members: [Ethernet1/1, Ethernet1/2], mode: access, lacp: active, udld: aggressive",),
        (),
    ),
    "where a member differs from its port-channel the line stands with it": (
        ODD_MEMBER,
        ODD_MEMBER,
        ("      Ethernet1/1:\n        extra: |\n          switchport trunk allowed vlan 11\n      Ethernet1/2: {}\n",),
        ("channel-group",),
    ),
    "a comma takes quotes only where it would divide": (
        LONG,
        LONG,
        ("    description: rack 7, web\n",),
        (),
    ),
    "what a pair file refuses of an object stands with it": (
        "vrf context blue\n  description x\n  vni 99999999\n",
        "vrf context blue\n  description x\n  vni 99999999\n",
        ("  blue:\n    description: x\n    extra: |\n      vni 99999999\n",),
        (),
    ),
    "three mappings inside each other are no line, though the last be empty": (
        "vrf context blue\n  rd auto\n  address-family ipv4 unicast\n",
        "vrf context blue\n  rd auto\n  address-family ipv4 unicast\n",
        ("  blue:\n    rd: auto\n    families: {ipv4: {}}\n",),
        (),
    ),
    "what one switch alone has is remarked on a line of its own": (
        "feature vpc\nvpc domain 1\n  peer-switch\n",
        "feature vpc\nvpc domain 1\n",
        ("domain:\n  id: 1\n  peer_switch: {a: true}  # on a only\n",),
        (),
    ),
    "a keepalive with words that nobody knows is a raw line": (
        "feature vpc\nvpc domain 1\n  peer-keepalive destination 192.0.2.9 colour green\n",
        "feature vpc\nvpc domain 1\n  peer-keepalive destination 192.0.2.9 colour green\n",
        ("    peer-keepalive destination 192.0.2.9 colour green\n",),
        ("keepalive:",),
    ),
    "EVPN follows from BGP": (f"nv overlay evpn\n{BGP}", f"nv overlay evpn\n{BGP}", ("reachability: bgp",), ("evpn",)),
    "EVPN follows from a VNI that BGP announces": (
        f"nv overlay evpn\nevpn\n  vni 10 l2\n{TARGETS}",
        f"nv overlay evpn\nevpn\n  vni 10 l2\n{TARGETS}  vni 20 l2\n    rd auto\n  vni 30 l2\n",
        ("nve:\n  evpn:\n    10: auto\n    20: {b: {rd: auto}}\n    30: {b: }\n",),
        ("nv_overlay",),
    ),
    "an EVPN block with other lines": (
        "evpn\n  zz\n  vni 10 l2\n",
        "evpn\n  zz\n",
        ("    extra: |\n      evpn\n        zz\n",),
        ("nve:",),
    ),
    "EVPN that does not follow": (BGP, BGP, ("nv_overlay_evpn: false",), ()),
    "the settings of VXLAN without its interface": (
        "fabric forwarding anycast-gateway-mac 0200.0000.0001\n",
        "fabric forwarding anycast-gateway-mac 0200.0000.0001\n",
        ("nve: {anycast_gateway_mac: 0200.0000.0001}",),
        (),
    ),
    "the settings of VXLAN with a bare interface": (
        "fabric forwarding anycast-gateway-mac 0200.0000.0001\nfeature nv overlay\ninterface nve1\n  no shutdown\n",
        "fabric forwarding anycast-gateway-mac 0200.0000.0001\nfeature nv overlay\ninterface nve1\n  no shutdown\n",
        ("name: nve1",),
        (),
    ),
    "a banner is one piece": (
        "banner motd #\none\nsame\n#\n",
        "banner motd #\nother\nsame\n#\n",
        ("banner motd #\n      one\n      same\n      #\n", "banner motd #\n      other\n      same\n      #\n"),
        (),
    ),
    "so is one that ends with control-C": (
        "banner motd ^C\none ^ two\nsame\n^C\n",
        "banner motd ^C\nother ^ two\nsame\n^C\n",
        ("banner motd ^C\n      one ^ two\n      same\n      ^C\n",),
        (),
    ),
    "lines may end like those of Windows": ("banner motd #\r\nhi\r\n#\r\n", "", ("banner motd #",), ()),
    "a raw line that stands twice is one": (
        "interface Ethernet1/1\n  odd line\n  even line\n  odd line\n",
        "",
        ("odd line\n        even line\n",),
        ("even line\n        odd line",),
    ),
    "an address of mgmt0 that both have is no value of a pair file": (
        "interface mgmt0\n  ip address 192.0.2.1/24\n",
        "interface mgmt0\n  ip address 192.0.2.1/24\n",
        ("management:\n  extra: |\n    ip address 192.0.2.1/24\n",),
        ("interface mgmt0",),
    ),
    "lines of one block that the differ finds stand below one head": (
        f"{NO_CHANNEL}{GROUP}",
        f"{NO_CHANNEL}{GROUP}",
        (
            "extra: |\n  interface port-channel5000\n    description x\n    mtu 9216\n",
            "    extra: |\n      hsrp 300\n        authentication env:",
        ),
        ("topsecret",),
    ),
    "a head within a banner is none": (
        f"banner motd #\n{NO_CHANNEL}#\n{NO_CHANNEL}",
        "",
        ("description x\n        mtu 9216\n      #\n      interface port-channel5000\n        description x\n",),
        (),
    ),
    "what only the differ finds hides its secret": (GROUP, GROUP, ("authentication env:",), ("topsecret",)),
}


@pytest.mark.parametrize("case", WRITTEN.values(), ids=WRITTEN)
def test_what_is_written(case: tuple[str, str, tuple[str, ...], tuple[str, ...]]) -> None:
    """The file says it in the words of a person, at the place where a person would look."""
    one, other, wanted, unwanted = case
    found = assert_round_trip(trees({"a": f"hostname a\n{one}", "b": f"hostname b\n{other}"}))
    for text in wanted:
        assert text in found.text
    for text in unwanted:
        assert text not in found.text


def test_nameless_parts() -> None:
    """Parts of a configuration need not name their switch, and no line for it is made up."""
    found = assert_round_trip({"a": parse("vlan 10\n", "a.cfg"), "b": parse("vlan 10\n", "b.cfg")})
    assert found.residue == ()


def test_a_line_in_no_block() -> None:
    """A command of a block that stands in none is refused at its place: rendered, it would fall into another block."""
    running = trees({"a": "hostname a\n", "b": "hostname b\nno vlan 100\n  name DATA\n"})
    with pytest.raises(InputError) as error:
        import_pair(running, "imported")
    assert [(each.rule, str(each.origin.file), each.origin.line) for each in error.value.findings] == [
        ("IN20", "b.cfg", 3)
    ]


def test_what_is_counted() -> None:
    """Modelled lines and raw ones are all lines that say something; raw ones are listed with switch and line."""
    found = import_pair(trees({name: read(FIXTURES / "servers" / f"{name}.cfg") for name in "ab"}), "imported")
    texts = {name: read(FIXTURES / "servers" / f"{name}.cfg").splitlines() for name in "ab"}
    said = sum(bool(line.strip()) and line[0] not in "!" for text in texts.values() for line in text)
    assert found.modelled + len(found.residue) == said
    for each in found.residue:
        line = texts[each.switch.removeprefix("leaf-10").translate({49: "a", 50: "b"})][each.line - 1]
        assert redact(line.strip()) == each.text


@pytest.mark.parametrize(
    ("names", "pair"),
    [
        (("leaf-101", "leaf-102"), "leaf-101-102"),
        (("dc1-leaf-a", "dc1-leaf-b"), "dc1-leaf-a-b"),
        (("N7K-1", "N7K-2"), "N7K-1-2"),
        (("tor", "spine"), "tor-spine"),
        (("rack(1)a", "rack(1)b"), "rack-1-a-rack-1-b"),
    ],
)
def test_name_of_a_pair(names: tuple[str, str], pair: str) -> None:
    """A pair is called after both switches, with what they have in common once."""
    assert pair_name(names) == pair


def test_name_that_is_none() -> None:
    """A name for the pair that no pair file may have is refused as such."""
    with pytest.raises(InputError) as caught:
        import_pair(trees({name: f"hostname {name}\n" for name in "ab"}), "a/b")
    assert [str(each.origin.file) for each in caught.value.findings] == ["a/b"]


def test_names_are_those_given() -> None:
    """Who two configurations are is for the caller to say, whatever their hostname lines say."""
    found = read_pair({name: parse("hostname leaf\n", f"{name}.cfg") for name in ("one", "other")})
    assert [switch.name for switch in found.values()] == ["one", "other"]


def test_name_of_a_twin() -> None:
    """The second switch of one name is called otherwise, and no longer than a hostname can be."""
    assert another("leaf") == "leaf-b"
    assert len(another("x" * 63)) == 63
