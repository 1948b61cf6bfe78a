"""A push that something goes wrong with ends with both switches as before, both as planned, or says how they stand.

A sample of the points of `tests.push_faults`, which tries all of them in `make proof`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mlagkit.errors import Refused
from mlagkit.nxos.lab.faults import RollbackFault
from mlagkit.push.back import Standing
from mlagkit.push.resume import UNFINISHED
from mlagkit.pushing import result
from tests.push_faults import ALL_DAY, CLEAN, Point, carried_out, points, scene, table
from tests.push_pair import JOURNAL, Killed, Kind, Pushed, Trouble

pytestmark = pytest.mark.usefixtures("off_disk")
EVERY = 13
"""Of the points of one kind; no divisor of how many there are at a boundary."""
ONE, OTHER = scene().errand.switches


def test_there_are_enough_points() -> None:
    """Every kind of fault at every boundary with both switches, and at every line of the journal."""
    every = list(points())
    assert len(every) >= 500
    assert {(point.switch, point.kind) for point in every} >= {(name, kind) for name in (ONE, OTHER) for kind in Kind}
    assert {point.kind for point in every if point.switch == JOURNAL} == {Kind.KILL, Kind.DISK_FULL}


@pytest.mark.parametrize("kind", Kind)
def test_no_fault_leaves_a_mixed_pair(kind: Kind) -> None:
    """What is said is so, nothing is left behind, the journal is whole, and what is unfinished says the way out."""
    rows = [carried_out(point) for point in [point for point in points() if point.kind is kind][::EVERY]]
    assert rows
    assert not [row for row in rows if row.wrong], table(rows)
    once = [row for row in rows if not row.point.lasting]
    assert sum(row.clean for row in once) >= CLEAN * len(once) - 1, table(rows)  # of so few, one may be unfinished


def test_a_switch_that_never_goes_back_is_told(tmp_path: Path) -> None:
    """Neither by hand nor by its timer: it is unfinished, said so with the way out, and goes back once it can."""
    pushed = Pushed.at(scene(), tmp_path)
    broken = pushed.pair.switches[OTHER]
    broken.faults = replace(broken.faults, rollback=RollbackFault.TEXT)
    last = scene().lines(OTHER)[-1]
    broken.faults = replace(broken.faults, refuse={last.strip(): "ERROR: no memory"})
    outcome = pushed.run()
    assert result(outcome) == UNFINISHED
    assert outcome.stands[ONE].standing is pushed.standing(ONE) is Standing.OLD
    assert outcome.stands[OTHER].standing is pushed.standing(OTHER) is Standing.OTHER
    assert pushed.name in " ".join(outcome.stands[OTHER].advice)
    broken.faults = replace(broken.faults, rollback=None, refuse={})
    assert result(pushed.resumed()) == "taken back"
    assert not pushed.left(done=False)


def test_a_switch_that_does_not_save_is_not_as_planned(tmp_path: Path) -> None:
    """It would start with something else. The other one has saved, and does so again: nothing of it is left."""
    pushed = Pushed.at(scene(), tmp_path)
    refusing = pushed.pair.switches[OTHER]
    refusing.faults = replace(refusing.faults, refuse={"copy running-config startup-config": "ERROR: no space left"})
    outcome = pushed.run()
    assert set(pushed.standings().values()) == {Standing.OLD}
    assert result(outcome) == UNFINISHED  # that one was told to save, and nobody knows what came of it
    assert pushed.pair.switches[ONE].is_saved
    assert pushed.name in " ".join(outcome.stands[OTHER].advice)
    refusing.faults = replace(refusing.faults, refuse={})
    assert result(pushed.resumed()) == "taken back"
    assert not pushed.left(done=False)
    with pytest.raises(Refused, match="has ended: taken back"):
        pushed.resumed()


def test_what_a_second_controller_could_not_do_is_tried_again(tmp_path: Path) -> None:
    """A `--resume` or `--rollback` that came too early does not end a run."""
    pushed = Pushed.at(scene(), tmp_path, Trouble(ONE, 64, Kind.DROP_AFTER, lasting=True))
    assert result(pushed.run()) == UNFINISHED
    for again in (pushed.rolled_back, pushed.resumed):
        with pytest.raises(Exception, match=r"no answer|taken back"):
            again()
    pushed.world.away.clear()
    assert result(pushed.resumed()) in ("done", "taken back")
    assert len(set(pushed.standings().values())) == 1


def test_a_run_is_taken_back_later(tmp_path: Path) -> None:
    """Both as before, saved, nothing left; not where anything else was typed since."""
    pushed = Pushed.at(scene(), tmp_path)
    assert pushed.run().is_done
    pushed.pair.wait(ALL_DAY)
    pushed.pair.type(ONE, "vlan 777")
    with pytest.raises(Refused, match="what came later"):
        pushed.rolled_back()
    with pytest.raises(Refused, match="has ended: done"):
        pushed.resumed()
    pushed.pair.type(ONE, "no vlan 777")
    assert pushed.rolled_back().is_taken_back
    assert set(pushed.standings().values()) == {Standing.OLD}
    assert not pushed.left(done=False)


@pytest.mark.parametrize("at", range(1, 30, 4))
def test_a_run_that_is_taken_back_later_may_be_killed(tmp_path: Path, at: int) -> None:
    """Half of the way back is not the end: `--resume` goes on with it."""
    pushed = Pushed.at(scene(), tmp_path)
    assert pushed.run().is_done
    pushed.world.trouble = Trouble(OTHER, pushed.world.passed[OTHER] + at, Kind.KILL)
    try:
        assert pushed.rolled_back().is_taken_back
    except Killed:
        begun = any(line["event"] == "undo" for line in pushed.world.noted)
        pushed.world.dead = False
        again = pushed.resumed if begun else pushed.rolled_back
        assert again().is_taken_back
    assert set(pushed.standings().values()) == {Standing.OLD}
    assert not pushed.left(done=False)


def test_a_point_is_carried_out_alike_each_time() -> None:
    """What a table names can be looked at again."""
    point = Point(ONE, 40, Kind.HANG)
    assert carried_out(point) == carried_out(point)
