"""What holds for the way between any two configurations: it is found, it leads there, and it leads back."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st

from mlagkit.diff import Policy
from mlagkit.nxos.catalogue import Row
from mlagkit.nxos.context import Context
from mlagkit.nxos.parse import parse
from mlagkit.plan.way import way
from tests.conftest import NO_CORPUS
from tests.plan_journey import STRICT, SWITCH, always, by_name, journey, never, work_of
from tests.plan_rows import KNOWN, journeys, table
from tests.plan_strategies import (
    corpus_texts,
    correct,
    edited,
    is_odd,
    keeps_uncertain,
    random_courses,
    respelled,
    runs,
)

PROFILE = settings.get_profile(settings.get_current_profile_name())
PROOF = PROFILE.max_examples > 1000
ONCE = (Phase.explicit, Phase.reuse, Phase.generate)


def count(reduced: int, proof: int) -> settings:
    """So many examples: a few in each run of the tests, many in a proof. What fails is made smaller by hand."""
    return settings(max_examples=proof if PROOF else reduced, phases=ONCE)


POLICIES = st.sampled_from((STRICT, STRICT, Policy()))
DISTURBS = st.sampled_from((never, always, by_name))
CHANCE = st.integers(0, 2**32).map(random.Random)
TYPED: Counter[Row] = Counter()


def gone(courses: Iterable[tuple[str, str]], policy: Policy, disturbs: object) -> None:
    """Go each of these ways."""
    for running, intended in courses:
        found = journey(running, intended, policy, disturbs)  # type: ignore[arg-type] # what is sampled has no type
        TYPED.update(found.rows)
        event("can't be taken back" if found.impossible else "there and back")
        assert not found.faults, f"{found.faults}\n--- running\n{running}\n--- intended\n{intended}"


@count(40, 10_000)
@given(random_courses(), POLICIES, DISTURBS)
def test_random_pairs(courses: list[tuple[str, str]], policy: Policy, disturbs: object) -> None:
    """Between the switches of random pairs over the whole model, and to what has objects of both."""
    gone(courses, policy, disturbs)


@count(100, 10_000)
@given(st.data(), POLICIES, DISTURBS)
def test_correct_pairs(data: st.DataObject, policy: Policy, disturbs: object) -> None:
    """Between the switches of two correct pairs."""
    one, other = data.draw(st.sampled_from(correct())), data.draw(st.sampled_from(correct()))
    gone([(one, other)], policy, disturbs)


@count(60, 10_000)
@given(st.data(), POLICIES, DISTURBS, CHANCE)
def test_other_words(data: st.DataObject, policy: Policy, disturbs: object, chance: random.Random) -> None:
    """From a configuration in other words, with lines that nobody manages."""
    one, other = data.draw(st.sampled_from(correct())), data.draw(st.sampled_from(correct()))
    gone([(respelled(one, chance), other)], policy, disturbs)


@count(100, 10_000)
@given(st.data(), POLICIES, DISTURBS, CHANCE, st.integers(1, 12))
def test_edits(data: st.DataObject, policy: Policy, disturbs: object, chance: random.Random, how_many: int) -> None:
    """From a configuration to what it is after somebody typed a few lines into the switch."""
    one = data.draw(st.sampled_from(correct()))
    other = runs(edited(one, chance, how_many))
    gone([] if other is None else [(one, other)], policy, disturbs)


@pytest.mark.corpus
@count(60, 10_000)
@given(st.data(), POLICIES, DISTURBS, CHANCE, st.integers(1, 12))
def test_corpus(data: st.DataObject, policy: Policy, disturbs: object, chance: random.Random, how_many: int) -> None:
    """The same from the real configurations."""
    if not corpus_texts():
        pytest.skip(NO_CORPUS)
    one = data.draw(st.sampled_from(corpus_texts()))
    other = edited(one, chance, how_many)
    if not is_odd(other) and keeps_uncertain(one, other) and Context.of(parse(one)) == Context.of(parse(other)):
        gone([(one, other)], policy, disturbs)


def test_every_row_is_typed() -> None:
    """Every row of the catalogue is typed in a plan, leads there, and leads back."""
    typed: Counter[Row] = Counter()
    for row in KNOWN:
        for before, after, found in journeys(row):
            typed.update(found.rows)
            assert not found.faults, f"{row.mode} {row.command}: {found.faults}\n{before}--- to\n{after}"
    missing = [row for row in KNOWN if not typed[row]]
    assert not missing, table(typed)


SWAPS = {
    "two addresses": (
        "feature interface-vlan\ninterface Vlan10\n  ip address {}/24\ninterface Vlan20\n  ip address {}/24\n",
        ("10.0.0.1", "10.0.1.1"),
        ["no ip address 10.0.1.1/24", "ip address 10.0.1.1/24", "ip address 10.0.0.1/24"],
    ),
    "two vPCs": (
        "feature vpc\ninterface port-channel10\n  vpc {}\ninterface port-channel20\n  vpc {}\n",
        ("10", "20"),
        ["no vpc", "vpc 20", "vpc 10"],
    ),
    "two segments": (
        "feature vn-segment-vlan-based\nvlan 1,10,20\nvlan 10\n  vn-segment {}\nvlan 20\n  vn-segment {}\n",
        ("10010", "10020"),
        ["no vn-segment", "vn-segment 10020", "vn-segment 10010"],
    ),
    "two segments of VRFs": (
        "feature vn-segment-vlan-based\nvrf context A\n  vni {}\nvrf context B\n  vni {}\n",
        ("10010", "10020"),
        ["no vni 10020", "vni 10020", "vni 10010"],
    ),
    "two tags": (
        "interface Ethernet1/1.1\n  encapsulation dot1q {}\ninterface Ethernet1/1.2\n  encapsulation dot1q {}\n",
        ("10", "20"),
        ["no encapsulation dot1q 20", "encapsulation dot1q 20", "encapsulation dot1q 10"],
    ),
}
"""What no two objects may have at a time."""


@pytest.mark.parametrize("name", SWAPS)
def test_two_that_change_places(name: str) -> None:
    """One of them gives up what the other one takes, before that is typed."""
    text, (one, other), lines = SWAPS[name]
    work = work_of(parse(text.format(one, other)), parse(text.format(other, one)), STRICT)
    assert [each.edit.text for each in way({SWITCH: work}, (SWITCH,), never).placed] == lines
    assert not journey(text.format(one, other), text.format(other, one), STRICT).faults
