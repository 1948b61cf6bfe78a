"""Gateways that become others of another kind together fare as each would alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from mlagkit.plan import Plan
from tests.plan_cases import FOLDER, Case, Emulated

TURNED = {"hsrp-becomes-anycast-gateways": (10, 20, 30), "anycast-gateways-become-hsrp": (10, 20)}
"""The VLANs whose gateway becomes another one, by the case."""


def gateway(text: str, vlan: int) -> str:
    """What a configuration says of an SVI."""
    found = re.search(rf"(?m)^interface Vlan{vlan}\n((?: .*\n)*)", text)
    return found[1] if found else ""


def steps_of(found: Plan, vlan: int) -> list[tuple[object, ...]]:
    """What becomes of an SVI: the steps that speak of it with the lines for it alone, what they cost, and the gate."""
    head = f"interface Vlan{vlan}"
    lines = [
        [(each.section, each.text) for each in step.commands if head in (*each.section, each.text)]
        for step in found.steps
    ]
    steps = zip(found.steps, lines, strict=True)
    return [(step.switch, said, step.impact, step.gate) for step, said in steps if said]


@pytest.mark.parametrize("name", TURNED)
def test_each_fares_as_alone(name: str) -> None:
    """Each VLAN has the same steps with the same lines and gates, and what needs a permission needs the same."""
    case = Case.read(FOLDER / f"{name}.yaml")
    assert isinstance(case.after, Mapping)
    alone = {
        vlan: replace(case, after={"svis": {vlan: case.after["svis"][vlan]}})  # type: ignore[index]
        for vlan in TURNED[name]
    }
    for vlan, of_one in alone.items():
        assert steps_of(case.found, vlan) == steps_of(of_one.found, vlan)
    assert {stop.permission for stop in case.found.stops} == {
        stop.permission for of_one in alone.values() for stop in of_one.found.stops
    }
    assert not case.found.passing


@pytest.mark.parametrize("name", TURNED)
def test_one_switch_has_a_whole_gateway(name: str) -> None:
    """After every single line each VLAN has on one switch the gateway of before, or the intended one."""
    case = Case.read(FOLDER / f"{name}.yaml")
    lab = Emulated(case.running)
    ends = [lab.texts(), Emulated(case.intended).texts()]
    whole = {(each, vlan): {gateway(end[each], vlan) for end in ends} for each in ends[0] for vlan in TURNED[name]}
    halves = 0
    for step in case.found.steps:
        for at in range(len(step.commands)):
            lab.type_in(step.switch, step.commands[at : at + 1])
            texts = lab.texts()
            for vlan in TURNED[name]:
                said = [gateway(texts[each], vlan) in whole[each, vlan] for each in texts]
                assert any(said), (step.switch, step.commands[at].text, vlan)
                halves += not all(said)
    assert halves, "no line was looked at in between"
    assert not lab.refused
