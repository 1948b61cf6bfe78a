"""What a push may not do, each promise in a situation where only the line that keeps it makes the difference."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mlagkit.errors import DeviceError
from mlagkit.nxos import transaction
from mlagkit.nxos.transaction import MOST
from mlagkit.push.errand import Terms
from mlagkit.push.journal import Journal
from tests import push_pair
from tests.push_faults import scene
from tests.push_pair import JOURNAL, WHOLE, DirectConsole, Killed, Kind, Pushed, Trouble

ONE, OTHER = scene().errand.switches
FIRST = "no scheduler schedule name "
"""How the line begins that disarms a switch."""


@pytest.fixture
def pushed(tmp_path: Path) -> Pushed:
    """A pair that is about to be pushed to."""
    return Pushed.at(scene(), tmp_path)


def deaf(patch: pytest.MonkeyPatch, name: str, *beginnings: str) -> None:
    """A switch that answers lines with these beginnings as if it had carried them out, and does not."""
    typed = DirectConsole.typed

    def heard(console: DirectConsole, line: str) -> str:
        if console.name == name and line.strip().startswith(beginnings):
            return ""
        return typed(console, line)

    patch.setattr(DirectConsole, "typed", heard)


def sent_to(pushed: Pushed, name: str) -> list[str]:
    """Every line that may change that switch, in order."""
    return [each.line for each in pushed.world.sent if each.switch == name]


def test_nothing_is_sent_that_was_not_written_down(tmp_path: Path) -> None:
    """The disk is full when the first step is to be noted: no line of the plan is sent, and both are as before."""
    once = Pushed.at(scene(), tmp_path / "once")
    assert once.run().is_done
    step = next(line["number"] for line in once.record().lines if line["event"] == "step")
    assert isinstance(step, int)
    full = Pushed.at(scene(), tmp_path / "full", Trouble(JOURNAL, step, Kind.DISK_FULL))
    outcome = full.run()
    assert outcome.is_taken_back
    assert "No space left" in outcome.unrecorded
    plan = {line for move in scene().errand.moves for line in move.lines}
    assert not plan & {each.line for each in full.world.sent}


def test_a_note_is_on_the_disk_before_anything_follows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that only the memory of the machine holds is lost with it."""
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    with Journal(tmp_path / "run.jsonl", lambda: datetime(2026, 1, 2, tzinfo=UTC), str) as journal:
        for number in range(1, 4):
            journal.note("send", command="a")
            assert len(synced) == number


def test_the_checkpoint_of_another_push_is_seen(pushed: Pushed) -> None:
    """It has kept one since this push has read the switch, and has not changed anything yet."""

    def meanwhile(name: str, line: str) -> None:
        if name == ONE and line == transaction.keep(pushed.name):
            pushed.pair.ask(ONE, transaction.keep("20260101-000000-ffff"))

    pushed.world.meanwhile = meanwhile
    outcome = pushed.run()
    assert outcome.is_taken_back
    assert "another push has begun at the same time: 20260101-000000-ffff" in outcome.cause


def test_a_line_that_did_nothing_is_seen(pushed: Pushed, monkeypatch: pytest.MonkeyPatch) -> None:
    """A switch takes every line, and one of them does not do what it was to do: both are as before."""
    deaf(monkeypatch, OTHER, scene().lines(OTHER)[-1].strip())
    outcome = pushed.run()
    assert outcome.is_taken_back
    assert "is not as planned" in outcome.cause


def test_a_timer_that_does_not_go_is_no_end(pushed: Pushed, monkeypatch: pytest.MonkeyPatch) -> None:
    """A switch that still goes back by itself, though it took the lines that disarm it, is taken back."""
    deaf(monkeypatch, ONE, "no scheduler ", "no feature scheduler")
    assert pushed.run().is_taken_back


def test_the_other_timer_is_left_alone_where_one_went_back(pushed: Pushed) -> None:
    """The first switch restarts as it is disarmed: the second keeps its timer until it is as before itself."""
    gone: list[str] = []

    def meanwhile(name: str, line: str) -> None:
        if line.startswith(FIRST) and not gone:
            gone.append(name)
            pushed.pair.switches[name].reload()
            raise DeviceError(name, "the connection dropped", "try again")

    pushed.world.meanwhile = meanwhile
    assert pushed.run().is_taken_back
    (other,) = {ONE, OTHER} - {*gone}
    lines = sent_to(pushed, other)
    back = lines.index(transaction.back(pushed.name), lines.index(scene().lines(other)[-1]))
    assert not any(line.startswith(FIRST) for line in lines[:back])


def test_steps_are_undone_from_the_last_to_the_first(pushed: Pushed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a checkpoint the undo is all that there is, and each step stands on the ones before."""
    for chassis in pushed.pair.switches.values():
        for number in range(MOST - len(scene().kept)):
            chassis.checkpoints.make(chassis.store, pushed.pair.now, f"theirs-{number}", "")
    monkeypatch.setattr("mlagkit.push.engine.confirm", _not_confirmed)
    permissions = ("unproven-timer", "no-checkpoint", "no-timer")
    assert pushed.run(Terms(permissions=permissions)).is_taken_back
    for name in (ONE, OTHER):
        moves = [move for move in scene().errand.moves if move.switch == name]
        undo = [line for move in reversed(moves) for line in move.undo]
        lines = sent_to(pushed, name)
        at = lines.index(undo[0], lines.index(moves[-1].lines[-1]))
        assert lines[at : at + len(undo)] == undo


def _not_confirmed(*_: object) -> None:
    raise DeviceError(ONE, "it does not answer", "try again")


def test_a_rollback_that_died_is_gone_on_with(pushed: Pushed) -> None:
    """The controller dies before the first switch went back: both run what was verified, and are to be as before."""
    assert pushed.run().is_done

    def meanwhile(_: str, line: str) -> None:
        if line == transaction.back(pushed.name):
            pushed.world.dead = True
            raise Killed

    pushed.world.meanwhile = meanwhile
    with pytest.raises(Killed):
        pushed.rolled_back()
    pushed.world.meanwhile = lambda _name, _line: None
    assert pushed.resumed().is_taken_back


def test_a_commit_whose_answer_was_lost_counts(pushed: Pushed, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was carried out and is refused the second time: behind its time the switch runs the same, so it is done."""
    lost: list[str] = []
    act = DirectConsole.act

    def answered(console: DirectConsole, command: str, patience: float) -> str:
        answer = act(console, command, patience)
        if command == transaction.COMMIT and not lost:
            lost.append(console.name)
            raise DeviceError(console.name, "the connection dropped", "try again")
        return answer

    monkeypatch.setattr(DirectConsole, "act", answered)
    assert pushed.run(WHOLE).is_done
    assert lost
    assert not any(chassis.replacement for chassis in pushed.pair.switches.values())


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A switch that restarts answers again at once."""
    monkeypatch.setattr(push_pair, "AWAY", timedelta())
