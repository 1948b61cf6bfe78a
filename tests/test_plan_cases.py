"""What a plan is: each file of fixtures/plans is one change of a pair with its steps."""

from __future__ import annotations

import pytest

from tests.conftest import Golden
from tests.plan_cases import Case, Emulated, cases, differences, rewritten, told

CASES = cases()
NAMES = [case.name for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_case(case: Case, golden: Golden) -> None:
    """The steps, what they cost and what must be allowed are exactly those that the file names."""
    lab = _carried_out(case)
    left = differences(lab.texts(), case.intended)
    golden(case.path, rewritten(case.path, told(case.found, left)))


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_typed_into_the_switches(case: Case) -> None:
    """The emulated pair takes every line, and every line of the way back, which leads to where it was."""
    lab = _carried_out(case)
    for step in reversed(case.found.steps):
        lab.type_in(step.switch, step.undo)
    assert not lab.refused
    assert not any(differences(lab.texts(), Emulated(case.running).texts()).values())


def _carried_out(case: Case) -> Emulated:
    lab = Emulated(case.running)
    for step in case.found.steps:
        lab.type_in(step.switch, step.commands)
    assert not lab.refused
    return lab
