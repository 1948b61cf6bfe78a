"""The proof of a plan: lines that do not lead there, or an undo that does not lead back, are never shown."""

from __future__ import annotations

import pytest

from mlagkit.nxos.catalogue import Impact
from mlagkit.nxos.parse import parse
from mlagkit.plan import NoWay, Way, way
from mlagkit.plan.invariants import Breach
from mlagkit.plan.proof import proven
from mlagkit.plan.steps import parts, undo
from mlagkit.plan.way import typed
from tests.plan_cases import FOLDER, Case
from tests.plan_journey import STRICT, SWITCH, always, work_of

CHANNELS = "interface port-channel10\ninterface port-channel20\ninterface Ethernet1/1\n  channel-group {} mode active\n"
WORK = {SWITCH: work_of(parse(CHANNELS.format(10)), parse(CHANNELS.format(20)), STRICT)}
"""A port moves: it leaves in one part and joins in another."""


def prove(found: Way, *, returns: bool = True) -> None:
    """The proof of lines with their way back, or without one."""
    cut = parts(found.placed, WORK)
    proven(WORK, found, cut, [undo(part) if returns else () for part in cut])


def test_there_and_back() -> None:
    """The undo of the last part is typed first: the port leaves the one before it joins the other."""
    found = way(WORK, (SWITCH,), always)
    assert len(parts(found.placed, WORK)) == 2
    prove(found)


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
    monkeypatch.setattr("mlagkit.plan.make.undo", lambda _: ())
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
