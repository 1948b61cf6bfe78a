"""Passing over lines that both versions of a block have, without changing what the rest means."""

from __future__ import annotations

import pytest

from mlagkit.nxos.catalogue import ROWS
from mlagkit.nxos.pared import pared


def port(*lines: str, head: str = "interface Ethernet1/1") -> str:
    """A block as a device prints it."""
    return "\n".join((head, *(f"  {line}" for line in lines)))


def access_list(*lines: str) -> str:
    """An access list as a device prints it."""
    return port(*lines, head="ip access-list A")


def channel(*lines: str) -> str:
    """A port-channel as a device prints it."""
    return port(*lines, head="interface port-channel1")


DESCRIBED = port("description a", "mtu 9216", "channel-group 1")
PARED: dict[str, tuple[str, str, str, str]] = {
    "a description": (
        DESCRIBED,
        port("description b", "mtu 9216", "channel-group 1"),
        port("description a") + "\n\n",
        port("description b") + "\n\n",
    ),
    "an address behind other lines": (
        port("no switchport", "ip address 192.0.2.1/24"),
        port("no switchport", "ip address 192.0.2.2/24"),
        "interface Ethernet1/1\n\n  ip address 192.0.2.1/24",
        "interface Ethernet1/1\n\n  ip address 192.0.2.2/24",
    ),
    "an entry of an access list": (
        access_list("10 permit ip any any", "20 deny ip any any", "30 permit tcp any any"),
        access_list("10 permit ip any any", "30 permit tcp any any"),
        "ip access-list A\n\n  20 deny ip any any\n",
        "ip access-list A\n\n",
    ),
}


@pytest.mark.parametrize("case", PARED.values(), ids=PARED)
def test_what_is_left(case: tuple[str, str, str, str]) -> None:
    """What differs is left, on the line where it stood."""
    old, new, left, right = case
    assert pared([old], [new], []) == {old: left, new: right}


WHOLE: dict[str, tuple[str, str]] = {
    "a setting whose default depends on another": (port("switchport", "shutdown"), port("switchport", "no shutdown")),
    "a setting that is inherited": (port("description a", "mtu 9216"), port("description a", "mtu 1500")),
    "a second line for what differs": (
        port("description a", "mtu 9216", "description c"),
        port("description b", "mtu 9216", "description c"),
    ),
    "a second line for what differs, cut short": (
        port("description a", "desc c"),
        port("description b", "desc c"),
    ),
    "a second line for what differs, with no and two blanks": (
        port("description a", "no  description"),
        port("description b", "no  description"),
    ),
    "lines that hold others": (
        port("description a", "hsrp 1", "  ip 192.0.2.1"),
        port("description b", "hsrp 1", "  ip 192.0.2.1"),
    ),
    "entries in another order": (
        access_list("10 permit ip any any", "10 deny ip any any", "20 deny ip any any"),
        access_list("10 deny ip any any", "10 permit ip any any", "20 permit ip any any"),
    ),
    "a number on two lines": (
        access_list("10 permit ip any any", "10 deny ip any any"),
        access_list("10 permit ip any any"),
    ),
    "a number on two lines, and a line without any": (
        access_list("10 permit ip any any", "10 deny ip any any", "remark a"),
        access_list("10 permit ip any any", "remark b"),
    ),
    "an entry that is taken back on one side": (
        access_list("10 permit ip any any", "20 deny ip any any"),
        access_list("10 permit ip any any", "20 deny ip any any", "no 10"),
    ),
    "an entry that is taken back": (
        access_list("10 permit ip any any", "20 deny ip any any", "no 10"),
        access_list("10 permit ip any any", "20 permit ip any any", "no 10"),
    ),
    "another kind of block": (
        port("description a", head="vrf context A"),
        port("description b", head="vrf context A"),
    ),
}


@pytest.mark.parametrize("case", WHOLE.values(), ids=WHOLE)
def test_what_is_read_whole(case: tuple[str, str]) -> None:
    """Nothing is passed over where a line that both versions have may bear on what differs."""
    old, new = case
    assert pared([old], [new], []) == {}


def test_a_block_that_others_speak_of_is_read_whole() -> None:
    """A block is whole where a second one has its head, on one side or on both."""
    new = port("description b", "mtu 9216", "channel-group 1")
    again = port("mtu 1500")
    assert pared([DESCRIBED], [new], [again]) == {}
    assert pared([DESCRIBED, again], [new], []) == {}


def test_a_port_is_read_whole_whose_port_channel_differs() -> None:
    """The port-channel of a port may change what all its lines mean."""
    new = port("description b", "mtu 9216", "channel-group 1")
    assert pared([DESCRIBED, channel("mtu 9216")], [new, channel("mtu 1500")], []) == {}


OLD, NEW = "switchport access vlan 10", "switchport access vlan 20"
TO_OLD, TO_NEW = channel(OLD, "vpc 1"), channel(NEW, "vpc 1")


def test_a_port_that_repeats_its_port_channel_is_not_read() -> None:
    """Nothing is left to read of a member whose lines about switching are those of its port-channel on both sides."""
    old, new = port(OLD, "channel-group 1 mode active"), port(NEW, "channel-group 1 mode active")
    assert pared([old, TO_OLD], [new, TO_NEW], []) == {old: "", new: ""}


DEVIATING: dict[str, tuple[str, str]] = {
    "it says something else": (port(OLD, "channel-group 1"), port("switchport access vlan 30", "channel-group 1")),
    "it says less": (port(OLD, "channel-group 1"), port("channel-group 1")),
    "it says more": (port(OLD, "switchport", "channel-group 1"), port(NEW, "switchport", "channel-group 1")),
    "it differs in more": (port(OLD, "mtu 9216", "channel-group 1"), port(NEW, "channel-group 1")),
    "it changes the port-channel": (port(OLD, "channel-group 1"), port(NEW, "channel-group 2")),
    "it leaves the port-channel again": (
        port(OLD, "channel-group 1", "no channel-group"),
        port(NEW, "channel-group 1", "no channel-group"),
    ),
    "it is in two": (
        port(OLD, "channel-group 1", "channel-group 2"),
        port(NEW, "channel-group 1", "channel-group 2"),
    ),
    "it is in none": (port(OLD), port(NEW)),
    "it is in one that is not there": (port(OLD, "channel-group 3"), port(NEW, "channel-group 3")),
}


@pytest.mark.parametrize("case", DEVIATING.values(), ids=DEVIATING)
def test_a_port_that_deviates_is_read_whole(case: tuple[str, str]) -> None:
    """A member is read whole as soon as it says anything else than its port-channel, or may not be in it."""
    old, new = case
    assert pared([old, TO_OLD], [new, TO_NEW], []) == {}


def test_commands_with_one_key_begin_alike() -> None:
    """The two letters that commands of a port begin with tell their settings apart, whatever key they come under."""
    rows = [row for row in ROWS if row.mode == "interface"]
    other = {row.command: (row.alias, row.implied_by, row.kept_by) for row in rows}
    assert all(key[:2] == command[:2] for command, keys in other.items() for key in keys if key)
