"""Every rule that holds a switch against its peer has faults that it was seen to find, or a reason why it has none."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

import pytest

from mlagkit.rules import RULES, judge
from mlagkit.rules.rule import Peers
from tests import test_rules_seeded as lines
from tests import test_seeded_domain, test_seeded_faults, test_seeded_hosts, test_seeded_legs
from tests.correct_pairs import CORRECT
from tests.seeded import ENOUGH

FAULTS = (
    *test_seeded_domain.FAULTS,
    *test_seeded_faults.FAULTS,
    *test_seeded_hosts.FAULTS,
    *test_seeded_legs.FAULTS,
)
SEEDED = {fault.rule for fault in FAULTS} | {fault.rule for fault in lines.FAULTS}
"""The rules that faults are put into pairs for; how many pairs each has at least, its own test says."""

UNSEEDED: Mapping[str, tuple[str, str]] = {
    "DO10": ("DO11", "auto-recovery is off on both"),
    "HO04": ("MB10", "no port of the host carries the VLAN on either switch"),
    "KA07": ("KA02", "both ends of the keepalive are in a VLAN of the peer-link"),
    "KA08": ("KA02", "both ends of the keepalive are in a VLAN"),
    "L313": ("DO20", "neither has peer-gateway"),
    "MB06": ("MB05", "both legs do without LACP"),
    "OR01": ("OR05", "neither port is suspended"),
    "PL08": ("PL09", "both ends of the peer-link do without LACP"),
    "ST10": ("ST09", "both have the default priority"),
    "VL10": ("PL12", "both ends of the peer-link carry the VLAN"),
}
"""Rules that a fault in one switch alone does not concern: the rule of that fault, and what is with both."""


def test_every_comparing_rule_is_seeded() -> None:
    """A rule on a switch and its peer has a fault, or stands among those that take both, never in both places."""
    comparing = {rule.id for rule in RULES if rule.scope == "pair"}
    assert comparing - SEEDED - UNSEEDED.keys() == set()
    assert UNSEEDED.keys() - comparing == set()
    assert UNSEEDED.keys() & SEEDED == set()
    assert {instead for instead, _ in UNSEEDED.values()} <= SEEDED


@pytest.mark.parametrize("peers", CORRECT.values(), ids=CORRECT)
def test_correct_pairs_are_correct(peers: Peers) -> None:
    """Nothing is found in a pair that faults are put into."""
    assert [(each.rule, each.message) for each in judge([peers])] == []


def test_pairs_are_enough() -> None:
    """The pairs differ, and there are enough for faults that come as lines, too."""
    texts = [repr(peers) for peers in chain(CORRECT.values(), lines.USABLE)]
    assert len(set(texts)) == len(texts)
    assert len(lines.USABLE) >= ENOUGH
