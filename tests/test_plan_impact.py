"""Who notices a change: what must be called harmless in every pair, and what must not be in any."""

from __future__ import annotations

import random

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from mlagkit.nxos.catalogue import Impact
from mlagkit.plan import Permission, Plan
from tests.correct_pairs import SHAPES, TRADES
from tests.plan_changes import GUARDED, HARM, QUIET, Data, Harm, broken, pair_data, planned, shuffled, with_
from tests.rule_examples import BASE

PROOF = settings.get_profile(settings.get_current_profile_name()).max_examples > 1000
FEW = settings(max_examples=200 if PROOF else 4, phases=(Phase.explicit, Phase.reuse, Phase.generate))
"""Of each kind of change: a plan takes a while, and `make proof` looks at more of them."""

ALONE = {"remove_vlan", "narrow_trunk", "narrow_shut_trunk", "widen_trunk", "add_gateway"}
"""Changes that say what the pair was before, so that they can't follow another one."""

PAIRS = st.builds(pair_data, st.sampled_from(sorted(SHAPES)), st.sampled_from(sorted(TRADES)))
CHANCE = st.integers(0, 2**32).map(random.Random)


@pytest.mark.parametrize("name", sorted(QUIET))
@FEW
@given(data=PAIRS, dice=CHANCE)
def test_nobody_notices(name: str, data: Data, dice: random.Random) -> None:
    """What comes disturbs nobody, and neither does the end of what nobody uses; no line breaks anything on the way."""
    before, after = QUIET[name](data, dice)
    found = planned(before, after)
    assert found.steps
    assert not _noticed(found)
    assert {stop.permission for stop in found.stops} <= {Permission.NEW_ERRORS}  # the pair may be wrong, as intended
    assert not broken(before, found)


@FEW
@given(data=PAIRS, dice=CHANCE)
def test_many_at_once(data: Data, dice: random.Random) -> None:
    """Several such changes in one plan are still noticed by nobody."""
    after = data
    for name in dice.sample(sorted(QUIET.keys() - ALONE), 4):
        after = QUIET[name](after, dice)[1]
    found = planned(data, after)
    assert not _noticed(found)
    assert not broken(data, found)


@FEW
@given(data=PAIRS, dice=CHANCE)
def test_another_order_is_no_change(data: Data, dice: random.Random) -> None:
    """The keys of a pair file mean the same in any order."""
    again = shuffled(data, dice)
    assert isinstance(again, dict)
    assert not planned(data, again).steps


def _noticed(found: Plan) -> list[tuple[str, Impact, tuple[str, ...]]]:
    return [(step.reason, step.impact, step.affected) for step in found.steps if step.impact is not Impact.NONE]


def _change(harm: Harm) -> tuple[Data, Data]:
    before = with_(yaml.safe_load(BASE), yaml.safe_load(harm.before))
    return before, with_(before, yaml.safe_load(harm.after))


@pytest.mark.parametrize("harm", HARM, ids=lambda harm: harm.name)
def test_somebody_notices(harm: Harm) -> None:
    """What hurts is said to, needs its permissions and no others, and breaks nothing in a step that nobody notices."""
    before, after = _change(harm)
    found = planned(before, after)
    assert _noticed(found)
    assert {stop.permission for stop in found.stops} == harm.permissions
    quiet = {number for number, step in enumerate(found.steps) if step.impact is Impact.NONE}
    assert not [what for number, what in broken(before, found) if number in quiet]


@pytest.mark.parametrize("harm", GUARDED, ids=lambda harm: harm.name)
def test_permission_without_impact(harm: Harm) -> None:
    """What takes the pair its protection, and no host its path, needs a permission all the same."""
    found = planned(*_change(harm))
    assert not _noticed(found)
    assert {stop.permission for stop in found.stops} == harm.permissions


def test_users_of_a_vlan_that_goes() -> None:
    """The first three are named, and how many more there are; four are named in full."""
    base = with_(yaml.safe_load(BASE), {"vlans": {777: "shared"}})
    for numbers, said in ((range(41, 43), "Ethernet1/42 of sw-b"), (range(41, 44), "Ethernet1/43 of sw-a, 3 more")):
        ports = {f"Ethernet1/{number}": {"mode": "access", "vlan": 777} for number in numbers}
        found = planned(with_(base, {"interfaces": ports}), yaml.safe_load(BASE))
        users = [stop.message for stop in found.stops if stop.permission is Permission.VLAN_REMOVAL]
        assert users
        assert all(message.endswith(said) for message in users), users
