"""What must hold after every line: each way to break it is seen, and the right order breaks nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from mlagkit.nxos.change.typed import Typed
from mlagkit.nxos.parse import parse
from mlagkit.plan.invariants import breaches
from tests.plan_changes import side_of, typed_line

BOTH = """\
feature lacp
feature vpc
vlan 1,10,20,30
vrf context tenant
vpc domain 10
  peer-keepalive destination 192.0.2.12 source 192.0.2.11
interface port-channel1
  switchport mode trunk
  switchport trunk allowed vlan 10,20,30
  spanning-tree port type network
  vpc peer-link
interface port-channel11
  switchport mode trunk
  switchport trunk allowed vlan 10,20
  vpc 11
interface Ethernet1/1
  switchport mode trunk
  switchport trunk allowed vlan 10,20
  channel-group 11 mode active
interface Ethernet1/5
  switchport access vlan 10
interface Ethernet1/53
  switchport mode trunk
  switchport trunk allowed vlan 10,20,30
  channel-group 1 mode active
"""
"""What each of the switches runs."""

LINK, LEG = "interface port-channel1", "interface port-channel11"


@dataclass(frozen=True, slots=True)
class Order:
    """Lines in an order, each with its switch and section, and what is broken after which of them."""

    name: str
    lines: Sequence[tuple[str, str, str]]
    broken: Sequence[tuple[int, str]]


def on_both(section: str, text: str) -> list[tuple[str, str, str]]:
    """A line on one switch, then on the other."""
    return [("b", section, text), ("a", section, text)]


WRONG = (
    Order(
        "a list of VLANs is taken back",
        [("b", "", "no vlan 10,20,30"), ("b", "", "vlan 10,20,30")],
        [(0, "VLAN 10,20,30 is gone for a while")],
    ),
    Order(
        "the list of a trunk is taken back",
        [("b", LEG, "no switchport trunk allowed vlan"), ("b", LEG, "switchport trunk allowed vlan 10,20,30")],
        [
            (0, "carries VLAN 1-9,11-19,21-29,31-4094, neither before nor after"),
            (0, "VLAN 1 is on port-channel11 and not on the peer-link for a while"),
        ],
    ),
    Order(
        "a port becomes a trunk before it gets its list",
        [
            ("b", "interface Ethernet1/5", "switchport mode trunk"),
            ("b", "interface Ethernet1/5", "switchport trunk allowed vlan 10"),
        ],
        [(0, "carries VLAN 1-9,11-4094, neither before nor after")],
    ),
    Order(
        "the list of the peer-link is replaced by none and built anew",
        [
            ("b", LINK, "switchport trunk allowed vlan none"),
            ("b", LINK, "switchport trunk allowed vlan add 10,20,30"),
        ],
        [
            (0, "VLAN 10,20,30 is missing from the peer-link for a while"),
            (0, "VLAN 10,20 is on port-channel11 and not on the peer-link for a while"),
        ],
    ),
    Order(
        "the peer-link is shut and brought up",
        [("b", LINK, "shutdown"), ("b", LINK, "no shutdown")],
        [(0, "VLAN 10,20,30 is missing from the peer-link for a while")],
    ),
    Order(
        "between lines of the peer-link a leg gets a VLAN that has left it, and is shut",
        [
            ("b", LINK, "switchport trunk allowed vlan remove 30"),
            ("b", LEG, "switchport trunk allowed vlan add 30"),
            ("b", LINK, "switchport trunk allowed vlan add 40"),
            ("b", LEG, "shutdown"),
            ("b", LINK, "switchport trunk allowed vlan add 41"),
        ],
        [
            (1, "carries VLAN 30, neither before nor after"),
            (1, "VLAN 30 is on port-channel11 and not on the peer-link for a while"),
            (2, "VLAN 30 is on port-channel11 and not on the peer-link for a while"),
        ],
    ),
    Order(
        "a VLAN leaves the peer-link before the leg",
        [
            *on_both(LINK, "switchport trunk allowed vlan remove 20"),
            *on_both(LEG, "switchport trunk allowed vlan remove 20"),
        ],
        [(at, "VLAN 20 is on port-channel11 and not on the peer-link for a while") for at in (0, 1)],
    ),
    Order(
        "a VLAN comes to the leg before the peer-link",
        [
            *on_both("", "vlan 40"),
            *on_both(LEG, "switchport trunk allowed vlan add 40"),
            *on_both(LINK, "switchport trunk allowed vlan add 40"),
        ],
        [(at, "VLAN 40 is on port-channel11 and not on the peer-link for a while") for at in (2, 3)],
    ),
    Order(
        "a keepalive is something else in between",
        [
            ("b", "vpc domain 10", "peer-keepalive destination 192.0.2.99"),
            ("b", "vpc domain 10", "peer-keepalive destination 192.0.2.12 source 192.0.2.11 interval 500 timeout 3"),
        ],
        [(0, "the keepalive is neither as before nor as intended")],
    ),
    Order(
        "both legs of a vPC are down at a time",
        [*on_both(LEG, "shutdown"), *on_both(LEG, "no shutdown")],
        [(1, "vPC 11 is down on both switches")],
    ),
    Order(
        "both legs of a vPC have another number at a time",
        [*on_both(LEG, "vpc 12"), *on_both(LEG, "vpc 11")],
        [(1, "vPC 11 is down on both switches")],
    ),
    Order(
        "a VLAN is used before it exists",
        [("b", "interface Ethernet1/5", "switchport access vlan 40"), ("b", "", "vlan 40")],
        [(0, "VLAN 40 is used before it exists")],
    ),
    Order(
        "a trunk carries a VLAN before it exists",
        [("b", LEG, "switchport trunk allowed vlan add 40"), ("b", "", "vlan 40")],
        [(0, "VLAN 40 is used before it exists")],
    ),
    Order(
        "a gateway comes before its VLAN",
        [("b", "", "interface Vlan40"), ("b", "", "vlan 40")],
        [(0, "VLAN 40 is used before it exists")],
    ),
    Order(
        "a VRF is used before it exists",
        [("b", "interface Vlan10", "vrf member blue"), ("b", "", "vrf context blue")],
        [(0, "VRF blue is used before it exists")],
    ),
)

RIGHT = (
    Order(
        "a VLAN, the peer-link, the leg",
        [
            *on_both("", "vlan 40"),
            *on_both(LINK, "switchport trunk allowed vlan add 40"),
            *on_both(LEG, "switchport trunk allowed vlan add 40"),
        ],
        [],
    ),
    Order(
        "the leg, the peer-link, the VLAN",
        [
            *on_both(LEG, "switchport trunk allowed vlan remove 20"),
            *on_both(LINK, "switchport trunk allowed vlan remove 20"),
            *on_both("", "no vlan 20"),
        ],
        [],
    ),
    Order(
        "one leg after the other",
        [
            ("b", LEG, "shutdown"),
            ("b", LEG, "no shutdown"),
            ("a", LEG, "shutdown"),
            ("a", LEG, "no shutdown"),
        ],
        [],
    ),
    Order(
        "a VLAN ends that a leg still lists",
        [*on_both(LINK, "switchport trunk allowed vlan remove 20"), *on_both("", "no vlan 20")],
        [],
    ),
    Order("a VLAN leaves the peer-link for good", on_both(LINK, "switchport trunk allowed vlan remove 20"), []),
    Order("a leg that ends", [*on_both(LEG, "shutdown"), *on_both("", "no interface port-channel11")], []),
)


@pytest.mark.parametrize("order", [*WRONG, *RIGHT], ids=lambda order: order.name)
def test_order(order: Order) -> None:
    """What is broken, and after which line."""
    assert list(_broken(order)) == list(order.broken)


def _broken(order: Order) -> Iterator[tuple[int, str]]:
    start = {name: side_of(parse(BOTH)) for name in "ba"}
    placed = [typed_line(name, (section,) if section else (), text) for name, section, text in order.lines]
    typed = {name: Typed.of(side) for name, side in start.items()}
    for each in placed:
        typed[each.switch].enter(each.edit.section, each.edit.text)
    found = list(breaches(placed, start, {name: each.side() for name, each in typed.items()}))
    for number, each in enumerate(placed):
        yield from ((number, breach.what) for breach in found if breach.edit is each.edit)
