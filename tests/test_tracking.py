"""What an object of `track` watches, and what a drill makes of it."""

from __future__ import annotations

from textwrap import dedent

import pytest

from mlagkit.drill import State, drill, parse_event
from mlagkit.nxos.tracking import tracked
from mlagkit.state import Role
from mlagkit.values import InterfaceName
from tests.judged import laid_over

OBJECTS = """
extra: |
  track 1 list boolean or
    object 2
    object 3
  track 2 interface port-channel1 line-protocol
  track 3 interface Ethernet1/49 line-protocol
  track 4 list boolean and
    object 2
    object 3
  track 5 list boolean or
    object 3 not
  track 6 ip route 198.51.100.0/24 reachability
  track 7 list boolean and
    object 7
    object 6
"""
UPLINK, LINK = InterfaceName("Ethernet1/49"), InterfaceName("port-channel1")


@pytest.mark.parametrize(
    ("number", "down", "up"),
    [
        (1, {UPLINK}, True),
        (1, {UPLINK, LINK}, False),
        (2, {LINK}, False),
        (2, {UPLINK}, True),
        (4, {UPLINK}, False),
        (4, set(), True),
        (5, set(), False),
        (5, {UPLINK}, True),
        (6, {UPLINK, LINK}, True),
        (7, {UPLINK, LINK}, True),
    ],
)
def test_is_up(number: int, down: set[InterfaceName], up: bool) -> None:
    """An interface, a list by or, by and, an object taken the other way, an unknown kind, a list that holds itself."""
    track = tracked(laid_over(OBJECTS)[0], number)
    assert track is not None
    assert track.is_up(down) is up


def test_no_object() -> None:
    """A number that no line defines watches nothing."""
    assert tracked(laid_over("")[0], 1) is None


TRACKING = dedent("""
    features: [ospf]
    domain: {track: 1}
    interfaces:
      Ethernet1/49:
        {mtu: 9216, address: {sw-a: 198.51.100.1/31, sw-b: 198.51.100.3/31}, extra: ip router ospf 1 area 0.0.0.0}
    extra: |
      router ospf 1
      track 1 list boolean or
        object 2
        object 3
      track 2 interface port-channel1 line-protocol
      track 3 interface Ethernet1/49 line-protocol
""")


@pytest.mark.parametrize("events", [("uplinks down sw-a", "peer-link down"), ("peer-link down", "uplinks down sw-a")])
def test_drill(events: tuple[str, str]) -> None:
    """A primary that loses all that it tracks takes its legs down, and the other takes over (F33)."""
    outcome = drill(laid_over(TRACKING), [*map(parse_event, events)])
    assert {*outcome.switches["sw-a"].legs.values()} == {State.DOWN}
    assert outcome.switches["sw-b"].role is Role.SECONDARY_OPERATIONAL_PRIMARY
    assert all(host.connected for host in outcome.hosts.values())


def test_drill_of_less() -> None:
    """The uplinks alone are less than what it tracks: its legs stay up, and what comes over them is lost."""
    outcome = drill(laid_over(TRACKING), [parse_event("uplinks down sw-a")])
    assert {*outcome.switches["sw-a"].legs.values()} == {State.UP}
    assert outcome.hosts["web-01"].partial
