"""The proof of a plan: lines that do not lead there, or an undo that does not lead back, are never shown."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.nxos.catalogue import Impact
from mlagkit.nxos.change.typed import Typed
from mlagkit.nxos.parse import parse
from mlagkit.plan import NoWay, Way, Work, way
from mlagkit.plan.invariants import Breach
from mlagkit.plan.proof import proven
from mlagkit.plan.steps import parts, undos
from mlagkit.plan.way import remaining, typed
from tests.correct_pairs import SHAPES, TRADES
from tests.plan_cases import FOLDER, Case
from tests.plan_changes import pair_data, planned
from tests.plan_journey import STRICT, SWITCH, always, work_of
from tests.plan_strategies import correct
from tests.test_plan_properties import count

CHANNELS = "interface port-channel10\ninterface port-channel20\ninterface Ethernet1/1\n  channel-group {} mode active\n"
PAIRS = [(shape, trade) for shape in SHAPES for trade in TRADES]
WORK = {SWITCH: work_of(parse(CHANNELS.format(10)), parse(CHANNELS.format(20)), STRICT)}
"""A port moves: it leaves in one part and joins in another."""
SWITCHES = st.deferred(lambda: st.sampled_from(correct()))
"""Made for the first test that asks: it takes longer than many a file of tests."""


def prove(found: Way, *, returns: bool = True) -> None:
    """The proof of lines with their way back, or without one."""
    cut = parts(found.placed, WORK)
    proven(WORK, found, cut, undos(cut, found.ends) if returns else [()] * len(cut))


def test_there_and_back() -> None:
    """The undo of the last part is typed first: the port leaves the one before it joins the other."""
    found = way(WORK, (SWITCH,), always)
    assert len(parts(found.placed, WORK)) == 2
    prove(found)


@pytest.mark.parametrize("seed", range(4))
def test_between_correct_pairs(seed: int) -> None:
    """Whatever becomes of a correct pair, there is a plan with its proof, also where ports that switched are to route.

    A routed port that is shut says nothing, and a switched one that is shut says so.
    """
    chosen = random.Random(seed)
    before, after = (pair_data(*chosen.choice(PAIRS)) for _ in range(2))
    assert planned(before, after).base


@count(60, 10_000)
@given(SWITCHES, SWITCHES)
def test_each_undo_leads_back(one: str, other: str) -> None:
    """The undo of a part, found where the switch differs, leaves no difference anywhere on it."""
    work = {SWITCH: work_of(parse(one), parse(other), STRICT)}
    try:
        found = way(work, (SWITCH,), always)
    except (NoWay, ValueError):
        return
    cut = parts(found.placed, work)
    running = Typed.of(found.ends[SWITCH])
    for part, back in zip(reversed(cut), reversed(undos(cut, found.ends)), strict=True):
        for edit in back:
            running.enter(edit.section, edit.text)
        side = running.side()
        assert not list(remaining(Work(side, part.before, STRICT), side))


def test_ports_come_to_route() -> None:
    """Two ports that were not there are routed ones, and open; taken back, they switch again, and are open."""
    before, after = (pair_data("other numbers", trade) for trade in ("tunnels", "hosts of every kind"))
    lines = [command.text for step in planned(before, after).steps for command in step.undo]
    assert lines.count("no shutdown") >= lines.count("shutdown")


def test_not_there() -> None:
    """Lines of which the last one is missing."""
    with pytest.raises(NoWay, match="channel-group 20"):
        prove(typed(way(WORK, (SWITCH,), always).placed[:-1], WORK))


def test_not_back() -> None:
    """An undo that types nothing."""
    with pytest.raises(NoWay, match="channel-group 10"):
        prove(way(WORK, (SWITCH,), always), returns=False)


def test_no_plan_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan of which the way back fails is none."""
    monkeypatch.setattr("mlagkit.plan.make.undos", lambda cut, _: [()] * len(cut))
    with pytest.raises(NoWay):
        assert Case.read(FOLDER / "change-01-add-vlan.yaml").found.steps


def test_line_that_breaks_something_is_an_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else is said of it."""
    monkeypatch.setattr(
        "mlagkit.plan.make.breaches",
        lambda placed, *_: [Breach(placed[0].switch, placed[0].edit, "VLAN 10 is gone for a while")],
    )
    first = Case.read(FOLDER / "change-01-add-vlan.yaml").found.steps[0]
    assert (first.impact, first.affected) == (Impact.OUTAGE, ("VLAN 10 is gone for a while",))
