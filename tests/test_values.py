"""Small values: what NX-OS prints is read, what is read is printed back, and nothing else is taken."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.intent.forms import read_members, read_vlans
from mlagkit.intent.misfit import Misfit
from mlagkit.values import VLAN_MAX, InterfaceName, VlanSet, in_order, parse_mac, parse_prefix

VLANS = st.frozensets(st.integers(1, VLAN_MAX), min_size=1)
SLOTS = st.lists(st.integers(0, 512), min_size=1, max_size=3)


@given(VLANS)
def test_vlan_set_round_trip(ids: frozenset[int]) -> None:
    """A VLAN set is the same after it was printed and read."""
    assert VlanSet.parse(str(VlanSet(ids))) == ids


@given(VLANS)
def test_vlan_set_is_shortest(ids: frozenset[int]) -> None:
    """A printed VLAN set has no two ranges that could be one."""
    ranges = list(VlanSet(ids).ranges())
    assert all(later[0] > earlier[1] + 1 for earlier, later in pairwise(ranges))


@given(VLANS, st.randoms(use_true_random=False))
def test_vlan_list_order(ids: frozenset[int], random: object) -> None:
    """Order, blanks and repetition in a VLAN list mean nothing, and a YAML list means the same as the text."""
    shuffled = sorted(ids, key=lambda number: hash((number, str(random))))
    assert read_vlans(" , ".join(map(str, shuffled + shuffled[:3]))) == ids
    assert read_vlans([*shuffled, *map(str, shuffled)]) == ids


@given(st.lists(st.tuples(st.integers(1, VLAN_MAX), st.integers(0, 30)), min_size=1))
def test_vlan_list_with_runs(runs: list[tuple[int, int]]) -> None:
    """A list is all of its parts, in whatever order they stand and however far they reach into each other."""
    parts = [range(first, min(first + more, VLAN_MAX) + 1) for first, more in runs]
    text = ",".join(f"{part[0]}-{part[-1]}" if part[1:] else str(part[0]) for part in parts)
    assert VlanSet.parse(text) == VlanSet(vlan for part in parts for vlan in part)


@given(st.text())
def test_vlan_list_never_guesses(text: str) -> None:
    """Any text is a VLAN list in ASCII digits, or refused."""
    try:
        vlans = read_vlans(text)
    except Misfit:
        return
    assert text.isascii()
    assert vlans
    assert all(1 <= vlan <= VLAN_MAX for vlan in vlans)


@pytest.mark.parametrize(
    "value",
    [
        *("", "0", "4095", "10-", "-10", "20-10", "10,,20", "1_0", "+5", "\uff11\uff10", "10;20", "a"),
        *("1-2-3", "1-2,5-4", "7,1-99999", "0-5", "4090-4095"),
    ],
)
def test_vlan_list_refused(value: str) -> None:
    """What is no VLAN list is refused, also where Python would take it for a number."""
    with pytest.raises(Misfit):
        read_vlans(value)


@pytest.mark.parametrize("value", [True, None, 1.5, {}, [[10]], [None], [True]])
def test_vlan_list_types(value: object) -> None:
    """A VLAN list is a number, a text or a list of both; all else is of the wrong type."""
    with pytest.raises(Misfit) as caught:
        read_vlans(value)
    assert caught.value.rule == "IN05"


@given(SLOTS)
def test_ethernet_round_trip(slots: list[int]) -> None:
    """An Ethernet port is the same after it was printed and read, also from an abbreviation."""
    number = "/".join(map(str, slots))
    for form in ("Ethernet", "ethernet", "Eth", "e", "eth "):
        assert InterfaceName.parse(f"{form}{number}") == f"Ethernet{number}"
    assert InterfaceName.parse(f"Ethernet{number}").number == number


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("po10", "port-channel10"),
        ("port-channel 10", "port-channel10"),
        ("Po10.100", "port-channel10.100"),
        ("vlan 10", "Vlan10"),
        ("lo0", "loopback0"),
        ("mgmt0", "mgmt0"),
        ("nve1", "nve1"),
        ("e1/1.10", "Ethernet1/1.10"),
    ],
)
def test_interface_abbreviations(text: str, name: str) -> None:
    """Every form that NX-OS accepts names one interface."""
    assert InterfaceName.parse(text) == name


@pytest.mark.parametrize(
    "text",
    [
        *("", "Ethernet", "1/1", "Gi0/1", "Ethernet1/", "Ethernet1/1.", "Eth 1/1 x", "e1/1\n2", "mgmt1"),
        *("Vlan\u0663", "Ethernet1/\uff11", f"Vlan{'1' * 5000}", f"Ethernet1/1.{'1' * 5000}"),
    ],
)
def test_interface_names_refused(text: str) -> None:
    """What names no interface of NX-OS is refused."""
    with pytest.raises(ValueError, match="no interface name"):
        InterfaceName.parse(text)


@given(st.lists(st.integers(1, 64), min_size=1, unique=True))
def test_members_of_a_range(ports: list[int]) -> None:
    """Ports as the device abbreviates them are the same as each by its name."""
    text = str(VlanSet(ports))
    assert set(read_members(", ".join(f"Ethernet1/{part}" for part in text.split(",")))) == {
        f"Ethernet1/{port}" for port in ports
    }


@given(st.sets(st.tuples(st.integers(1, 9), st.integers(1, 99)), min_size=1))
def test_chassis_order(ports: set[tuple[int, int]]) -> None:
    """Ports are ordered by number, not by letters."""
    assert in_order(f"Ethernet{slot}/{port}" for slot, port in ports) == [
        f"Ethernet{slot}/{port}" for slot, port in sorted(ports)
    ]


@given(st.binary(min_size=6, max_size=6))
def test_mac_forms(octets: bytes) -> None:
    """A MAC address means the same with dots, colons, dashes or in capitals, and is its own printed form."""
    dotted = parse_mac(octets.hex())
    assert parse_mac(dotted) == dotted
    assert parse_mac(octets.hex(":")) == parse_mac(octets.hex("-").upper()) == dotted


@given(st.ip_addresses(v=4), st.integers(0, 32))
def test_prefix_forms(address: object, length: int) -> None:
    """A prefix is its own printed form."""
    assert parse_prefix(f"{address}/{length}") == f"{address}/{length}"


def test_prefix_with_a_mask() -> None:
    """A mask means its length."""
    assert parse_prefix("192.0.2.1 255.255.255.128") == "192.0.2.1/25"
