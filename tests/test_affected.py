"""Reading only what differs: the same answer as from reading everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlagkit.config import ConfigTree
from mlagkit.diff.change import Change, Item, Policy
from mlagkit.diff.walk import Walk
from mlagkit.nxos.affected import affected
from mlagkit.nxos.catalogue import Kind
from mlagkit.nxos.context import Context
from mlagkit.nxos.effective import Side
from mlagkit.nxos.facts import Facts
from mlagkit.nxos.parse import parse
from tests.conftest import CORPUS, NO_CORPUS
from tests.corpus_lines import read
from tests.nxos_lines import bundles, neighbours

POLICIES = (Policy(), Policy(strict=True), Policy(owns={"vlans": "overridden", "port_channels": "merged"}))


def found(old: ConfigTree, new: ConfigTree, policy: Policy, *, everything: bool) -> set[Item]:
    """What has to change, in no order: that of the shortcut is the order of what it reads.

    A set of VLANs that several lines state has no line number of its own.
    """
    here, there = Context.of(old), Context.of(new)
    left, right = affected(old, new, everything=everything or here != there)
    return {
        replace(item, old_line=0, new_line=0) if item.row and item.row.kind is Kind.VLANS else item
        for item in Walk(Side(left, here), Side(right, there), policy).items()
        if isinstance(item, Change)
    }


@settings(max_examples=max(300, settings.get_profile(settings.get_current_profile_name()).max_examples))
@given(neighbours(), st.sampled_from(POLICIES))
def test_the_shortcut_changes_nothing(texts: tuple[str, str], policy: Policy) -> None:
    """What has to change is the same whether blocks that are equal on both sides are read or not."""
    old, new = map(parse, texts)
    assert found(old, new, policy, everything=False) == found(old, new, policy, everything=True)


@settings(max_examples=max(300, settings.get_profile(settings.get_current_profile_name()).max_examples))
@given(bundles(), st.sampled_from(POLICIES))
def test_the_shortcut_changes_nothing_in_a_bundle(texts: tuple[str, str], policy: Policy) -> None:
    """So it is with a port-channel and its members, whether they repeat what it says or not."""
    old, new = map(parse, texts)
    assert found(old, new, policy, everything=False) == found(old, new, policy, everything=True)


STANZA = "vlan 10\n  name a\n"
CHANNEL = "interface port-channel10\n  switchport access vlan 20\n"
LEFT = f"{CHANNEL}interface Ethernet1/1\n  no channel-group 10\n"
ALIKE = {
    "a stanza makes its VLAN exist also behind a line that deletes it": (
        f"vlan 10,20\nno vlan 10-11\n{STANZA}",
        f"vlan 10,30\n{STANZA}",
    ),
    "a line below one that holds none speaks of the switch": (
        "feature lacp\nend\n",
        "feature lacp\nend\n\n feature lacp\n",
    ),
    "so it does below a setting": (
        "interface Vlan10\n  mtu 9216\nhostname a\n  interface Vlan10\n    mtu 9216\n",
        "interface Vlan10\n  mtu 9216\nhostname a\n",
    ),
    "so it does on both sides": (
        "feature lacp\nfeature vpc\n  feature lacp\n",
        "feature vpc\n  feature lacp\n",
    ),
    "an indented line at the beginning speaks of the switch": ("  hostname b\nhostname a\n", "hostname a\n"),
    "so it does at the beginning of both sides": ("  feature lacp\nversion 1\n", "  feature lacp\nno feature lacp\n"),
    "a route goes that stands beside another one to its prefix": (
        "ip route 10.0.0.0/8 192.0.2.1\nip route 10.0.0.0/8 192.0.2.2\n",
        "ip route 10.0.0.0/8 192.0.2.1\n",
    ),
    "a setting is one with a blank behind it, too": ("feature lacp \n", "feature lacp \nno feature lacp\n"),
    "so is one on both sides": ("mac access-list A \n  1 a\n", "mac access-list A \n  1 a\nmac access-list A\n  2 b\n"),
    "a setting is one with two blanks, too": ("feature lacp\n", "feature lacp\nfeature  lacp\n"),
    "a flag is one with a word cut short, too": ("nv overlay evpn\n", "nv overlay evpn\nnv ove evpn\n"),
    "a block is one in capitals, too": (
        "vrf context A\n  vni 5\n",
        "vrf context A\n  vni 5\nvrf CONTEXT A\n  vni 5\n",
    ),
    "a port that one side only names has what the other side says of it": (
        "interface Ethernet1/1\ninterface Ethernet1/2\ninterface Ethernet1/2\n  mtu 9216\n",
        "interface Ethernet1/1\n  mtu 9216\ninterface Ethernet1/2\n",
    ),
    "so it has where both sides say it": (
        "interface Ethernet1/1\n  mtu 9216\ninterface Ethernet1/1\n",
        "feature lacp\ninterface Ethernet1/1\n  mtu 9216\n",
    ),
    "so it has in a range": (
        "interface Ethernet1/1\ninterface Ethernet1/2\n",
        "interface Ethernet1/1-2\n  mtu 9216\n",
    ),
    "the later of two spellings of a port counts": (
        "interface Ethernet1/1\n  mtu 9216\ninterface Eth1/1\n  mtu 1500\n",
        "interface Eth1/1\n  mtu 1500\ninterface Ethernet1/1\n  mtu 9216\n",
    ),
    "a port that has left a port-channel inherits nothing": (LEFT, f"{LEFT}  switchport access vlan 20\n"),
}


@pytest.mark.parametrize("texts", ALIKE.values(), ids=ALIKE)
def test_the_shortcut_finds_what_there_is(texts: tuple[str, str]) -> None:
    """So it is where what is equal on both sides has a say in what differs."""
    one, other = map(parse, texts)
    for old, new in ((one, other), (other, one)):
        for policy in POLICIES:
            assert found(old, new, policy, everything=False) == found(old, new, policy, everything=True)


def _pairs() -> Iterator[tuple[Path, Path]]:
    """Configurations of the corpus that have much in common: the two of a pair, and one file with the next."""
    for folder in sorted(CORPUS.glob("nxos/pairs/*")):
        yield folder / "a.cfg", folder / "b.cfg"
    yield from pairwise(sorted(CORPUS.glob("nxos/single/*.cfg")))


@pytest.mark.corpus
@pytest.mark.parametrize(
    "pair",
    [pytest.param(pair, id=f"{pair[0].parent.name}/{pair[0].stem}-{pair[1].stem}") for pair in _pairs()]
    or [pytest.param(None, id="absent", marks=pytest.mark.skip(reason=NO_CORPUS))],
)
def test_the_shortcut_changes_nothing_in_the_corpus(pair: tuple[Path, Path]) -> None:
    """So it is with real configurations, in both directions."""
    a, b = (parse(read(path)) for path in pair)
    for old, new in ((a, b), (b, a)):
        for policy in POLICIES:
            assert found(old, new, policy, everything=False) == found(old, new, policy, everything=True)


def heads(facts: Facts) -> list[str]:
    """The blocks that were read, and the keys of the lines at the left margin."""
    return [*facts.blocks, *facts.known]


BUNDLE = """\
interface port-channel1
  switchport access vlan 10
interface Ethernet1/1
  switchport access vlan 10
  channel-group 1
"""
CASES = {
    "an equal block is not read": (
        "hostname a\ninterface Vlan10\n  mtu 9216\n",
        "hostname b\ninterface Vlan10\n  mtu 9216\n",
        ["hostname"],
    ),
    "the same stanza twice is read whole": (
        "interface Vlan10\n  mtu 9216\ninterface Vlan10\n  no shutdown\n",
        "interface Vlan10\n  mtu 9216\n",
        ["interface Vlan10"],
    ),
    "the port-channel of a member that differs is read": (
        "interface port-channel1\n  mtu 9216\ninterface Ethernet1/1\n  channel-group 1\n",
        "interface port-channel1\n  mtu 9216\ninterface Ethernet1/1\n  description x\n  channel-group 1\n",
        ["interface port-channel1", "interface Ethernet1/1"],
    ),
    "no port-channel is read for a description": (
        "interface port-channel1\n  mtu 9216\ninterface Ethernet1/1\n  description x\n  channel-group 1\n",
        "interface port-channel1\n  mtu 9216\ninterface Ethernet1/1\n  description y\n  channel-group 1\n",
        ["interface Ethernet1/1"],
    ),
    "no member is read that repeats its port-channel": (
        BUNDLE,
        BUNDLE.replace("vlan 10", "vlan 20"),
        ["interface port-channel1"],
    ),
    "no block is read that only begins like a setting which differs": (
        "spanning-tree mst 0 priority 4096\nspanning-tree mst configuration\n  revision 1\n",
        "spanning-tree mst 0 priority 8192\nspanning-tree mst configuration\n  revision 1\n",
        ["spanning-tree mst priority 4096"],
    ),
    "a range that holds a port which differs is read": (
        "interface Ethernet1/1-2\n  mtu 9216\ninterface Ethernet1/2\n  no shutdown\n",
        "interface Ethernet1/1-2\n  mtu 9216\n",
        ["interface Ethernet1/1", "interface Ethernet1/2"],
    ),
    "a port that one side only names is not read": (
        "hostname a\ninterface Ethernet1/1\ninterface Ethernet1/49/2\n",
        "hostname b\ninterface Ethernet1/2\n",
        ["hostname"],
    ),
    "nor is it beside a command that only begins like the head of a port": (
        "interface breakout module 1 port 49 map 10g-4x\ninterface Ethernet1/1\n",
        "hostname b\n",
        [],
    ),
    "a subinterface that one side only names is read": (
        "interface Ethernet1/1.10\n",
        "hostname b\n",
        ["interface Ethernet1/1.10"],
    ),
    "VLANs that both sides have alike still exist": (
        "vlan 10\n  name a\nvlan 20\n  name b\n",
        "vlan 10\n  name a\nvlan 20\n  name c\n",
        ["vlan 20", "vlan"],
    ),
    "another order of two lines for one setting is a difference": (
        "hostname a\nhostname b\n",
        "hostname b\nhostname a\n",
        ["hostname"],
    ),
    "another order of stanzas is none": (
        "interface Vlan10\n  mtu 9216\ninterface Vlan20\n  mtu 9216\n",
        "interface Vlan20\n  mtu 9216\ninterface Vlan10\n  mtu 9216\n",
        [],
    ),
    "with a word cut short at the left margin everything is read": (
        "int e1/1\n  mtu 9216\ninterface Ethernet1/2\n  mtu 9216\n",
        "int e1/1\n  mtu 9216\ninterface Ethernet1/2\n  mtu 9216\n",
        ["interface Ethernet1/1", "interface Ethernet1/2"],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_read(case: tuple[str, str, list[str]]) -> None:
    """Exactly what may differ is read, and what has a say in it."""
    old, new, expected = case
    left, _ = affected(parse(old), parse(new))
    assert sorted(heads(left)) == sorted(expected)


def test_everything_is_read_when_asked() -> None:
    """``everything`` reads the equal blocks, too."""
    tree = parse("hostname a\ninterface Vlan10\n  mtu 9216\n")
    left, right = affected(tree, tree, everything=True)
    assert heads(left) == heads(right) == ["interface Vlan10", "hostname"]


def test_the_lines_of_an_access_list_keep_their_numbers() -> None:
    """Equal entries of a list are passed over without moving the numbers of the lines behind them."""
    entries = [f"  {number} permit ip any host 192.0.2.{number}" for number in range(1, 60)]
    old = "\n".join(("ip access-list A", *entries))
    new = old.replace("host 192.0.2.59", "any")
    left, _ = affected(parse(old), parse(new))
    assert [fact.number for fact in left.blocks["ip access-list A"].known.values()] == [60]
