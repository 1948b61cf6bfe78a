"""What no switch holds: for each reason a configuration with its lines, to which nothing leads, or back to it."""

from __future__ import annotations

import pytest

from mlagkit.diff import Policy
from mlagkit.nxos.change.impossible import at_odds, impossible
from mlagkit.nxos.effective import Side
from mlagkit.nxos.parse import parse
from mlagkit.plan import NoWay, Work, way
from tests.plan_journey import STRICT, SWITCH, never, whole
from tests.plan_strategies import correct

PORT = "interface Ethernet1/{}\n"
CHANNEL = "interface port-channel10\n  mtu 9216\n"
MEMBER = "  channel-group 10 mode active\n"
STATIC = "  channel-group 10\n"
ROUTED = "is routed, and this line is about switching"

CASES = {
    "a value is missing": (f"{PORT.format(1)}  switchport mode\n", {2: "`switchport mode` lacks its value"}),
    "a value is missing in a block of a block": ("interface Vlan10\n  hsrp 1\n    ip\n", {3: "`ip` lacks its value"}),
    "a value is missing at the margin": ("vpc domain\n", {1: "`vpc domain` lacks its value"}),
    "a line and its opposite": ("zz\n  yy\n  no yy\nzz\n", {2: "this line stands there with and without `no`"}),
    "a line and its opposite in the same block twice": (
        "zz\n  yy\nxx\nzz\n  no yy\n",
        {2: "this line stands there with and without `no`"},
    ),
    "two domains": ("vpc domain 10\nvpc domain 20\n", {2: "this is a second vPC domain"}),
    "a gateway that switches": ("interface Vlan10\n  switchport mode trunk\n", {2: f"Vlan10 {ROUTED}"}),
    "a routed port with text about switching": (
        f"{PORT.format(1)}  no switchport\n  switchport zz\n",
        {3: f"Ethernet1/1 {ROUTED}"},
    ),
    "a peer-link that routes": (
        "interface port-channel10\n  no switchport\n  vpc peer-link\n",
        {3: f"port-channel10 {ROUTED}"},
    ),
    "no port-channel": (f"{PORT.format(1)}{MEMBER}", {2: "there is no port-channel10"}),
    "a port-channel in a port-channel": (
        f"{CHANNEL}{MEMBER}",
        {3: "port-channel10 can't be a port of a port-channel"},
    ),
    "another MTU than the port-channel": (
        f"{CHANNEL}{PORT.format(1)}  mtu 1600\n{MEMBER}",
        {4: "a port shows what its port-channel says, and port-channel10 says otherwise"},
    ),
    "one port with LACP and one without": (
        f"{CHANNEL}{PORT.format(1)}{MEMBER}{PORT.format(2)}{STATIC}",
        dict.fromkeys((4, 6), "some ports of port-channel10 speak LACP, and some do not"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_reason(name: str) -> None:
    """Those lines are named, and there is no way to them from an empty switch, or none back when they are gone."""
    text, lines = CASES[name]
    side = whole(parse(text))
    assert dict(impossible(side, side)) == lines
    rest = whole(parse("\n".join(line for number, line in enumerate(text.split("\n"), 1) if number not in lines)))
    with pytest.raises(NoWay):
        gone(whole(parse("")), side, rest, side)


BECOMES_ROUTED = f"{CHANNEL}{PORT.format(1)}  mtu 9216\n{MEMBER}", "interface port-channel10\n  no switchport\n"


@pytest.mark.parametrize(
    ("was", "will", "number", "why"),
    [
        ("", "  vpc orphan-port suspend\n  vpc port-channel10\n", 4, ROUTED),
        ("  vrf member A\n", "  ip zz\n", 3, "is switched, and this line is about routing"),
    ],
)
def test_line_of_the_other_layer(was: str, will: str, number: int, why: str) -> None:
    """A port-channel that begins to route, as its only port leaves it, has no line of the other layer."""
    before, after = BECOMES_ROUTED
    one, other = whole(parse(before.replace("9216\n", f"9216\n{was}", 1))), whole(parse(after + will))
    assert [*impossible(one, other), *impossible(other, one)] == [(number, f"port-channel10 {why}")]


def test_leg_that_becomes_an_uplink() -> None:
    """A leg that begins to route, and has text that nobody knows, is up when its vPC has ended."""
    before, after = BECOMES_ROUTED
    was = whole(parse(f"feature vpc\n{before}".replace("9216\n", "9216\n  vpc 10\n", 1)))
    will = whole(parse(f"feature vpc\n{after}  ip zz\n"))
    course = way({SWITCH: Work(was, will, STRICT)}, (SWITCH,), never)
    typed = [each.edit.text for each in course.placed if each.edit.head == "interface port-channel10"]
    assert typed.index("shutdown") < typed.index("no vpc") < typed.index("no shutdown")


def gone(*course: Side) -> Side:
    """The end of a way from each of these to the next one."""
    at, *others = course
    for there in others:
        at = way({SWITCH: Work(at, there, STRICT)}, (SWITCH,), never).ends[SWITCH]
    return at


def test_lines_below_one_that_takes_something_back() -> None:
    """The ``no`` form of a block has nothing below it; the block itself has."""
    block = "vdc sw id 1\n  limit-resource vlan minimum 16 maximum 4094\n"
    runs, denied = whole(parse(block)), whole(parse(f"no {block}"))
    why = "this line takes something back, and others stand below it"
    assert list(impossible(denied, runs)) == [(1, why)]
    assert not list(impossible(runs, denied))


def test_line_of_a_feature_that_is_off() -> None:
    """An excerpt says nothing of features; where another configuration of the same switch does, the lines are odd."""
    for line in ("interface vlan 10", "lacp system-priority 5", "no lacp system-priority 5", "router ospf 1"):
        feature = {"i": "interface-vlan", "l": "lacp", "n": "lacp", "r": "ospf"}[line[0]]
        without, other = whole(parse(f"{line}\n")), whole(parse(f"feature {feature}\n"))
        assert not list(impossible(without, without))
        why = f"this is a line of the feature {feature}, which is not switched on"
        assert list(impossible(without, other)) == [(1, why)]


@pytest.mark.parametrize(("was", "will", "does"), [(MEMBER, STATIC, "speaks"), (STATIC, MEMBER, "does not speak")])
def test_port_that_nobody_declares_keeps_another_from_its_port_channel(was: str, will: str, does: str) -> None:
    """A port that is left alone is as before, and all of a port-channel speak LACP or none does."""
    first, second = f"{CHANNEL}{PORT.format(1)}", PORT.format(2)
    running, intended = whole(parse(f"{first}{was}{second}{was}")), whole(parse(f"{first}{will}"))
    why = f"Ethernet1/2, which nobody declares, stays beside it and {does} LACP"
    assert list(at_odds(running, intended)) == [(4, why)]
    assert not list(at_odds(running, whole(parse(f"{first}{was}"))))
    assert not list(at_odds(running, whole(parse(f"{first}{will}{second}{will}"))))
    with pytest.raises(NoWay):
        way({SWITCH: Work(running, intended, Policy())}, (SWITCH,), never)


def test_nothing_against_what_a_switch_runs() -> None:
    """Of the configurations that the emulated switch takes as they are, no line is named."""
    for text in correct():
        side = whole(parse(text))
        assert not list(impossible(side, side))
