"""Choosing a switch's values on the tree of the file, before the model sees any data."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mlagkit.intent.select import select
from mlagkit.source import construct, locate
from tests.pair_files import flow, parse_source

NAMES = ("leaf-1", "leaf-2")
KEYS = st.sampled_from(["domain", "vlans", "mtu", "a", "b"])
VALUES = st.recursive(
    st.integers(-99, 99_999) | st.booleans() | st.sampled_from(["x", "leaf-1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def chosen(text: str, hostname: str) -> object:
    """The data that a switch sees of a clean text."""
    root, findings = select(parse_source(text.encode(), "pair.yaml").root, hostname, NAMES)
    assert not findings
    return construct(root)


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_nothing_to_choose(data: dict[str, object]) -> None:
    """A file without per-switch values is the same for both switches, and none of it is copied."""
    root = parse_source(flow(data).encode(), "pair.yaml").root
    for name in NAMES:
        tree, findings = select(root, name, NAMES)
        assert not findings
        assert construct(tree) == data
        assert all(new[1] is old[1] for new, old in zip(tree.value, root.value, strict=True))


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=3), st.dictionaries(KEYS, VALUES, min_size=1, max_size=3))
def test_one_value_each(first: dict[str, object], second: dict[str, object]) -> None:
    """Each switch sees exactly what is said for it."""
    text = flow({"domain": {"leaf-1": first, "leaf-2": second}})
    assert chosen(text, "leaf-1") == {"domain": first}
    assert chosen(text, "leaf-2") == {"domain": second}


def test_a_value_of_the_other_switch_is_absent() -> None:
    """Where only one switch has a value, the other has not even the key."""
    assert chosen("a: {mtu: {leaf-2: 9216}}", "leaf-1") == {"a": {}}


def test_what_is_chosen_is_not_chosen_again() -> None:
    """A key of a switch's own value that is the name of a switch is a key, such as a VRF's name, and no choice."""
    text = "vrfs: {leaf-1: {leaf-1: {vni: {leaf-1: 5}}, leaf-2: {}}, leaf-2: {}}"
    assert chosen(text, "leaf-1") == {"vrfs": {"leaf-1": {"vni": 5}, "leaf-2": {}}}
    assert chosen(text, "leaf-2") == {"vrfs": {}}


def test_what_is_said_once_is_left_alone() -> None:
    """Nothing is chosen inside the keys that are said once for the pair."""
    text = "switches: {leaf-1: {}, leaf-2: {}}"
    assert chosen(text, "leaf-1") == {"switches": {"leaf-1": {}, "leaf-2": {}}}


def test_a_list_is_one_value() -> None:
    """Nothing is chosen inside a list: it is given per switch as a whole."""
    assert chosen("a: [{leaf-1: 1}]", "leaf-2") == {"a": [{"leaf-1": 1}]}


def test_a_number_is_no_hostname() -> None:
    """Where switches are called by numbers, which is refused elsewhere, a VLAN is still none of them."""
    root = parse_source(b"vlans: {1: a, 10: b}\n", "pair.yaml").root
    tree, findings = select(root, "1", ("1", "2"))
    assert not findings
    assert construct(tree) == {"vlans": {1: "a", 10: "b"}}


def test_positions_survive() -> None:
    """A chosen value stands where it was written."""
    root = parse_source(b"svis:\n  10:\n    leaf-1: {mtu: 1500}\n    leaf-2: {mtu: 9216}\n", "pair.yaml").root
    tree, _ = select(root, "leaf-2", NAMES)
    assert str(locate(tree, ("svis", 10, "mtu"))) == "pair.yaml:4:14"


def test_every_stranger_is_named() -> None:
    """Each key that stands beside a hostname and is none has its own finding, with the nearest hostname."""
    root = parse_source(b"a: {leaf-1: 1, leaf-3: 2}\nb: {leaf-2: 1, mtu: 2}\n", "pair.yaml").root
    _, findings = select(root, "leaf-1", NAMES)
    assert [(finding.rule, finding.object, str(finding.origin)) for finding in findings] == [
        ("IN08", "a.leaf-3", "pair.yaml:1:16"),
        ("IN08", "b.mtu", "pair.yaml:2:16"),
    ]
    assert [finding.fix for finding in findings] == ["leaf-2", ""]
