"""Changes to commands: the line that a switch takes."""

from __future__ import annotations

import pytest

from mlagkit.nxos.catalogue import recognise
from mlagkit.nxos.commands import command, list_line, said
from mlagkit.values import ALL_VLANS, VlanSet

CASES: dict[str, tuple[str, str | None, str | None, str | None]] = {
    "a line that comes": ("interface", None, "mtu 9216", "mtu 9216"),
    "a line that is replaced": ("interface", "mtu 9216", "mtu 9000", "mtu 9000"),
    "a line that goes": ("interface", "mtu 9216", None, "no mtu"),
    "a no form that goes": ("interface", "no shutdown", None, "shutdown"),
    "a no form that comes": ("interface", None, "no shutdown", "no shutdown"),
    "VLANs that join a trunk": (
        "interface",
        None,
        "switchport trunk allowed vlan 10,20",
        "switchport trunk allowed vlan add 10,20",
    ),
    "VLANs that leave a trunk": (
        "interface",
        "switchport trunk allowed vlan 10",
        None,
        "switchport trunk allowed vlan remove 10",
    ),
    "a trunk's whole list": (
        "interface",
        "switchport trunk allowed vlan 1-4094",
        "switchport trunk allowed vlan 10",
        "switchport trunk allowed vlan 10",
    ),
    "VLANs that go": ("", "vlan 10,20", None, "no vlan 10,20"),
    "VLANs that come": ("", None, "vlan 10,20", "vlan 10,20"),
    "spanning tree comes back": ("", "no spanning-tree vlan 10", None, "spanning-tree vlan 10"),
    "a keepalive never goes": ("vpc-domain", "peer-keepalive destination 192.0.2.1", None, None),
    "a banner goes by its name": ("", "banner motd #\nno shutdown\n#", None, "no banner motd"),
    "an entry goes by its number": ("access-list", "10 permit ip any any", None, "no 10"),
    "an address goes whole": ("interface", "ip address 192.0.2.1/24", None, "no ip address 192.0.2.1/24"),
    "words cut short are written out": ("interface", "desc server", None, "no description"),
    "a tracked object keeps its number": ("hsrp", "track 5 decrement 20", None, "no track 5"),
    "a virtual peer-link": (
        "vpc-domain",
        "virtual peer-link destination 192.0.2.1 source 192.0.2.2",
        None,
        "no virtual peer-link",
    ),
    "a global port type": ("", "spanning-tree port type edge default", None, "no spanning-tree port type edge default"),
    "a block": ("", "interface Vlan10", None, "no interface Vlan10"),
    "an unknown line": ("", "ntp server 192.0.2.1", None, "no ntp server 192.0.2.1"),
    "an unknown no form": ("", "no ip domain-lookup", None, "ip domain-lookup"),
}


@pytest.mark.parametrize(("mode", "old", "new", "expected"), CASES.values(), ids=CASES)
def test_command(mode: str, old: str | None, new: str | None, expected: str | None) -> None:
    """The command for a change is this one, or there is none."""
    line = recognise(mode, new or old or "")
    row = line.row if line else None
    if expected is None:
        with pytest.raises(ValueError, match="can't be taken back"):
            command(row, old, new)
    else:
        assert command(row, old, new) == expected


def test_no_change_has_no_command() -> None:
    """A change without an old and a new line is a mistake."""
    with pytest.raises(ValueError, match="without"):
        command(None, None, None)


SETS = {
    ("interface", "switchport trunk allowed vlan 1"): "switchport trunk allowed vlan 10-12,20",
    ("", "vlan 1"): "vlan 10-12,20",
    ("", "spanning-tree vlan 1 priority 4096"): "spanning-tree vlan 10-12,20 priority 4096",
    ("", "no spanning-tree vlan 1"): "no spanning-tree vlan 10-12,20",
    ("mst", "instance 3 vlan 1"): "instance 3 vlan 10-12,20",
    ("vpc-domain", "dual-active exclude interface-vlan 1"): "dual-active exclude interface-vlan 10-12,20",
    ("pseudo-information", "vlan 1 root priority 4096"): "vlan 10-12,20 root priority 4096",
}


@pytest.mark.parametrize(("line", "expected"), SETS.items(), ids=str)
def test_lines_of_sets(line: tuple[str, str], expected: str) -> None:
    """The line for a set of VLANs names the set where the command has it, and the key's own values."""
    found = recognise(*line)
    assert found is not None
    assert list_line(found.row, found.key, VlanSet.parse("10-12,20")) == expected


def test_all_and_none() -> None:
    """A trunk's list has a word for nothing, and a range for everything."""
    found = recognise("interface", "switchport trunk allowed vlan 1")
    assert found is not None
    words = "switchport trunk allowed vlan"
    assert list_line(found.row, words, VlanSet()) == f"{words} none"
    assert list_line(found.row, words, ALL_VLANS) == f"{words} 1-4094"


DEFAULTS = {
    ("interface", "shutdown", True): "shutdown",
    ("interface", "shutdown", False): "no shutdown",
    ("interface", "mtu", 1500): "mtu 1500",
    ("interface", "description", None): "no description",
}


@pytest.mark.parametrize(("default", "expected"), DEFAULTS.items(), ids=str)
def test_defaults_in_full(default: tuple[str, str, object], expected: str) -> None:
    """A default that has to be said is said in full."""
    mode, key, value = default
    found = recognise(mode, f"no {key}")
    assert found is not None
    assert said(found.row, key, value) == expected
