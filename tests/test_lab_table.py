"""The lab's own table, how lines are found in it, and how values are spelled."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.nxos.lab.grammar import Ambiguous, find
from mlagkit.nxos.lab.row import Kind, Row
from mlagkit.nxos.lab.spelling import (
    LIST_WIDTH,
    address,
    channel,
    interface_names,
    mac,
    vlan_list,
    vlan_rows,
    vlan_text,
)
from mlagkit.nxos.lab.table import MODES, PROMPTS

ROWS = [(mode, row) for mode, rows in MODES.items() for row in rows]
VALUES = ["", "10", "x", "192.0.2.1/24", "192.0.2.1/24 secondary", "192.0.2.1 secondary", "id 1", "lo0", "remote-as 1"]
VALUES += ["address-family ipv4", "enable", "engineID 1", "10 reserve", "192.0.2.1 L2", "192.0.2.1 L3"]


@pytest.mark.parametrize(("mode", "row"), ROWS, ids=str)
def test_row(mode: str, row: Row) -> None:
    """Every row names its source, opens a mode that exists, and is what its own words mean."""
    assert row.source
    assert (row.kind in (Kind.BLOCK, Kind.VLANS)) == bool(row.mode)
    assert not row.mode or row.mode in MODES or row.mode == "interface"
    if row.check:
        re.compile(row.check)
    line = " ".join("7" if word == "*" else word for word in row.words)
    found = [find(mode, f"{line} {value}".strip()) for value in VALUES]
    assert row in [match.row for match in found if match], "another row of the mode takes its lines"


def test_prompts_are_of_modes() -> None:
    """Every prompt belongs to a mode."""
    assert set(PROMPTS) - {"interface"} <= set(MODES)


@pytest.mark.parametrize(
    ("mode", "typed", "meant"),
    [
        ("global", "int e1/1", "interface e1/1"),
        ("if-Ethernet", "sw mo tr", "switchport mode trunk"),
        ("if-Ethernet", "sw tr al vl add 10", "switchport trunk allowed vlan add 10"),
        ("if-Ethernet", "desc  two  blanks", "description two  blanks"),
        ("vpc", "delay restore interface-vlan 10", "delay restore interface-vlan 10"),
        ("if-port-channel", "vpc peer", "vpc peer-link"),
    ],
)
def test_abbreviations(mode: str, typed: str, meant: str) -> None:
    """An abbreviation is written out, and the text behind the command stays as it is."""
    match = find(mode, typed)
    assert match is not None
    assert match.text == meant


def test_ambiguous() -> None:
    """An abbreviation of two commands is refused; a whole word is not one."""
    with pytest.raises(Ambiguous):
        find("vpc", "peer")
    assert find("vpc", "peer", exact=True) is None
    assert find("vpc", "shutdown") is not None


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("e1/1-3", "Ethernet1/1 Ethernet1/2 Ethernet1/3"),
        ("Ethernet 1/1, port-channel 10", "Ethernet1/1 port-channel10"),
        ("eth1/1/1-2,1/5", "Ethernet1/1/1 Ethernet1/1/2 Ethernet1/5"),
        ("Ethernet1/1-1/2", "Ethernet1/1 Ethernet1/2"),
        ("vlan 10,20-21", "Vlan10 Vlan20 Vlan21"),
        ("Ethernet1/1.10", "Ethernet1/1.10"),
        ("Loopback0", "loopback0"),
        ("mgmt 0", "mgmt0"),
    ],
)
def test_interface_names(typed: str, names: str) -> None:
    """Names, ranges and abbreviations become the names that a switch prints."""
    assert " ".join(map(str, interface_names(typed))) == names


@pytest.mark.parametrize("typed", ["", "10", "breakout module 1", "Ethernet", "Ethernet1/", "e1/1-x", "fc1/1"])
def test_no_interface(typed: str) -> None:
    """What names no interface is refused."""
    with pytest.raises(ValueError, match="no "):
        interface_names(typed)


def test_spellings() -> None:
    """Masks become lengths, MACs get dots, force and mode on disappear; what is none of these stays."""
    assert address("192.0.2.1 255.255.255.0 secondary") == "192.0.2.1/24 secondary"
    assert address("dhcp") == "dhcp"
    assert address("192.0.2.1 1.2.3.4") == "192.0.2.1 1.2.3.4"
    assert mac("00:23:04:EE:BE:0A") == "0023.04ee.be0a"
    assert mac("auto") == "auto"
    assert channel("10 force mode active") == "10 mode active"
    assert channel("10 mode on") == "10"


VLAN_SETS = st.frozensets(st.integers(1, 4094), min_size=1, max_size=60)


@given(VLAN_SETS)
def test_vlan_lists_come_back(vlans: frozenset[int]) -> None:
    """A VLAN list that is printed, on one line or on several, reads as the same set."""
    assert vlan_list(vlan_text(vlans)) == vlans
    rows = vlan_rows(vlans)
    assert vlan_list(",".join(rows)) == vlans
    assert all(len(row) <= LIST_WIDTH for row in rows)


@pytest.mark.parametrize("text", ["", "0", "4095", "5-1", "1-", "a", "1,,2", "-5"])
def test_no_vlan_list(text: str) -> None:
    """What is no list of VLANs 1-4094 is refused."""
    with pytest.raises(ValueError, match=r"no list of numbers|outside"):
        vlan_list(text)
