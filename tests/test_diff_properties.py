"""What holds for any two configurations."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mlagkit.diff import Action, Change, Policy, diff
from mlagkit.nxos.facts import heads
from mlagkit.nxos.parse import parse
from tests.diff_cases import FEATURES, applied, shown
from tests.nxos_lines import blocks, neighbours, texts

STRICT = Policy(strict=True)
MANY = settings(max_examples=max(200, settings.get_profile(settings.get_current_profile_name()).max_examples))


@given(texts(), st.sampled_from((Policy(), STRICT, Policy(owns={"vlans": "overridden"}))))
def test_nothing_differs_from_itself(text: str, policy: Policy) -> None:
    """A configuration has no difference from itself, and nothing of it is unclaimed."""
    found = diff(parse(text), parse(text), policy=policy)
    assert not found.changes
    assert not found.unmanaged


@given(texts())
def test_nothing_differs_when_everything_is_read(text: str) -> None:
    """So it is when a line more on one side has the whole block read."""
    tree = parse(text)
    longer = parse(f"{text}logging server 192.0.2.99\n")
    assert [change.new for change in diff(tree, longer, policy=STRICT).changes] == ["logging server 192.0.2.99"]


@MANY
@given(neighbours())
def test_both_ways_or_neither(pair: tuple[str, str]) -> None:
    """Under strict one configuration differs from another if and only if that differs from it."""
    a, b = map(parse, pair)
    assert bool(diff(a, b, policy=STRICT).changes) == bool(diff(b, a, policy=STRICT).changes)


@MANY
@given(neighbours(), st.sampled_from(["", "vlans", "port_channels", "interfaces", "svis", "domain"]))
def test_strict_sees_all(pair: tuple[str, str], kind: str) -> None:
    """What another policy changes, strict changes; what it leaves alone, strict does not."""
    a, b = map(parse, pair)
    strict = diff(a, b, policy=STRICT)
    other = diff(a, b, policy=Policy(owns={kind: "overridden"}))
    added = [change for change in other.changes if change.action is not Action.REMOVE and change.new_line]
    assert not strict.unmanaged
    assert set(added) <= set(strict.changes) | {change for change in added if change.key == "shutdown"}


def place(section: tuple[str, ...]) -> tuple[str, ...]:
    """A section in one spelling."""
    return (*heads(section[0]), *section[1:]) if section else ()


MIRRORED = {Action.ADD: Action.REMOVE, Action.REMOVE: Action.ADD, Action.REPLACE: Action.REPLACE}
ONE_WAY = ("preempt", "auto-recovery")
"""Flags that another line switches on: they stay when that line comes, and are said when it goes."""


def settings_of(changes: tuple[Change, ...], common: set[str]) -> set[tuple[Action, tuple[str, ...], str]]:
    """The settings that change in what both sides have; a set whose members move between values by its command.

    Not those of what goes or comes as a whole: the stanza of a VLAN, a group inside an interface.
    """
    return {
        (change.action, place(change.section), change.row.command if "<#" in change.row.command else change.key)
        for change in changes
        if change.row
        and len(change.section) < 2
        and change.key not in ONE_WAY
        and set(place(change.section)[:1]) <= common - {"vlan"}
    }


@MANY
@given(neighbours())
def test_both_ways_mirror_each_other(pair: tuple[str, str]) -> None:
    """Under strict what is added one way is removed the other way, and what is replaced is replaced."""
    a, b = map(parse, pair)
    common = {head for text in a.heads for head in heads(text)} & {head for text in b.heads for head in heads(text)}
    there = settings_of(diff(a, b, policy=STRICT).changes, common)
    back = settings_of(diff(b, a, policy=STRICT).changes, common)
    assert {(MIRRORED[action], section, key) for action, section, key in there} == back


ORDERLESS = (
    (("vlan 10", "vlan 20"), ("name servers", "name users", "state suspend", "vn-segment 10010")),
    (
        ("vpc domain 1",),
        (
            *("role priority 100", "role priority 200", "peer-switch", "auto-recovery", "delay restore 120"),
            *("dual-active exclude interface-vlan 10,20", "delay restore 150"),
            *("dual-active exclude interface-vlan 30", "no graceful consistency-check", "some new knob"),
        ),
    ),
    (
        ("interface port-channel10", "interface port-channel20"),
        (
            *("description one", "description two", "mtu 9216", "switchport trunk allowed vlan 10,20-30", "shutdown"),
            *("switchport trunk allowed vlan 10,40", "switchport trunk allowed vlan none", "vpc 10", "vpc 20"),
            *("spanning-tree port type network", "storm-control broadcast level 5.00", "switchport mode trunk"),
            *("spanning-tree port type edge trunk", "lacp min-links 2", "no lacp suspend-individual"),
        ),
    ),
    (
        ("interface Vlan10", "interface Vlan20"),
        (
            *("no shutdown", "description one", "mtu 9216", "no ip redirects", "ip dhcp relay address 192.0.2.50"),
            *("ip address 192.0.2.1/24", "ip address 192.0.2.2/24", "ip address 198.51.100.1/24 secondary"),
            *("hsrp 1\n    priority 110", "hsrp 1\n    priority 90", "hsrp 1 ipv6\n    ip 2001:db8::1"),
        ),
    ),
    (
        ("spanning-tree mst configuration",),
        ("name region", "revision 1", "instance 1 vlan 10", "instance 2 vlan 10-20"),
    ),
)
ROOT = (
    *("hostname leaf-1", "hostname leaf-2", "vlan 10,20", "vlan 20-25", "spanning-tree mode mst"),
    *("spanning-tree vlan 10-12 priority 4096", "spanning-tree vlan 12,20 priority 8192"),
    *("ip route 192.0.2.0/24 198.51.100.1", "system jumbomtu 9000", "system default switchport shutdown"),
    *("logging server 192.0.2.2", "ip prefix-list P seq 5 permit 192.0.2.0/24", "banner motd #\nhostname evil\n#"),
)
"""Lines of which none needs, implies or erases another, so that they may be typed in any order."""

TYPED = st.lists(st.one_of(st.sampled_from(ROOT), *(blocks(*of) for of in ORDERLESS)), max_size=8)


@MANY
@given(TYPED, TYPED)
def test_typed_into_the_switch(before: list[str], after: list[str]) -> None:
    """Where no line depends on another, typing the commands in their order leaves nothing to do."""
    running, _ = applied(FEATURES + "\n".join(before) + "\n", ())
    intended = parse(FEATURES + "\n".join(after) + "\n")
    now, refused = applied(running, diff(parse(running), intended, policy=STRICT).changes)
    assert not refused
    assert [shown(change) for change in diff(parse(now), intended, policy=STRICT).changes] == []
