"""A push on a bad night: no room, no folder, a clock that is set, somebody who presses Ctrl-C, a run taken up twice."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mlagkit.cli.office import steady
from mlagkit.errors import InputError, Refused
from mlagkit.push.back import Standing
from mlagkit.push.journal import Journal, read
from mlagkit.push.lock import Held, locked
from mlagkit.push.resume import how_it_ended
from mlagkit.pushing import Office, resume_run, roll_back_run
from tests.command import Run
from tests.push_faults import scene
from tests.push_lab import connect, emulated
from tests.push_pair import Killed, Pushed, World

ONE, OTHER = scene().errand.switches
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("off_disk")


@pytest.fixture
def pushed(tmp_path: Path) -> Pushed:
    """A pair that is about to be pushed to."""
    return Pushed.at(scene(), tmp_path)


def journal(folder: Path) -> Journal:
    """One that is not open yet."""
    return Journal(folder / "run.jsonl", lambda: NOW, str)


# No room.


def test_half_a_line_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full in the middle of a line: what is written behind it, once there is room, follows."""
    write = os.write
    room = [7]

    def short(handle: int, data: bytes) -> int:
        if not room[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        count = write(handle, data[: room[0]])
        room[0] -= count
        return count

    with journal(tmp_path) as noted:
        noted.note("begin")
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", short)
            with pytest.raises(OSError, match="No space"):
                noted.note("send", command="vlan 10")
        noted.note("end")
    assert [line["event"] for line in read(tmp_path / "run.jsonl").lines] == ["begin", "end"]


def test_a_line_that_is_written_bit_by_bit_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system may take less of a line at once than it was given."""
    write = os.write
    with journal(tmp_path) as noted, monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda handle, data: write(handle, data[:7]))
        noted.note("begin")
        noted.note("end")
    assert [line["event"] for line in read(tmp_path / "run.jsonl").lines] == ["begin", "end"]


def test_stopped_while_a_line_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C comes while the disk is waited for: what is noted behind it follows what is there."""

    def stopped(_: int) -> None:
        raise KeyboardInterrupt

    with journal(tmp_path) as noted:
        noted.note("begin")
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", stopped)
            with pytest.raises(KeyboardInterrupt):
                noted.note("send", command="vlan 10")
        noted.note("fault", what="stopped by the operator")
    assert [line["event"] for line in read(tmp_path / "run.jsonl").lines] == ["begin", "fault"]


def test_no_room_for_a_line_of_the_plan(pushed: Pushed) -> None:
    """Both are as before, and the reason is one that a person can read."""

    def full(name: str, line: str) -> None:
        pushed.world.disk_full = pushed.world.disk_full or (name, line) == (OTHER, scene().lines(OTHER)[0])

    pushed.world.meanwhile = full
    outcome = pushed.run()
    assert outcome.is_taken_back
    assert outcome.cause == "what is done can't be written down: No space left on device"
    assert not pushed.left(done=False)
    assert pushed.record().lines


def test_no_room_for_the_copies_nor_for_the_journal(pushed: Pushed, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said is why nothing was begun, not that this could not be written down, either."""

    def full(*_: object) -> None:
        pushed.world.disk_full = True
        raise InputError([])

    monkeypatch.setattr("mlagkit.pushing.write_file", full)
    with pytest.raises(InputError):
        pushed.run()
    assert not any(each.write for each in pushed.world.sent)


def test_a_lock_that_can_not_be_released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that can only be read any more hides nothing of how the push ended."""
    with monkeypatch.context() as patch, locked(tmp_path, "dc1", "", "ann", "h", NOW):
        patch.setattr(Path, "unlink", _read_only)
    assert (tmp_path / "dc1.lock").exists()


def _read_only(*_: object, **__: object) -> None:
    raise OSError(errno.EROFS, os.strerror(errno.EROFS))


@pytest.mark.interop
@pytest.mark.parametrize("which", ["state", "state/mlagkit/runs", "state/mlagkit/locks"])
def test_no_folder(which: str, run: Run, home: Path) -> None:
    """Where journals and locks can't be kept nothing is sent, and it is said why."""
    (home / which).parent.mkdir(parents=True, exist_ok=True)
    (home / which).write_text("a file where a folder belongs", "utf-8")
    with emulated(home) as lab:
        ended = run("push", "new.yaml", *connect(lab, "nxapi"), "--allow", "unproven-timer")
        assert ended.code in (2, 4), ended
        assert "can't be written" in ended.err or "no lock can be kept" in ended.err
        assert not any(switch.checkpoints for switch in lab.switches.values())
        assert not any("name www" in switch.running_config() for switch in lab.switches.values())


# A clock that is set.


def test_a_clock_that_is_set_moves_nothing() -> None:
    """The time of a push goes on evenly from where it began, whatever becomes of that of the machine."""
    wall, passed = [NOW], [100.0]
    clock = steady(lambda: wall[0], lambda: passed[0])
    wall[0] += timedelta(hours=5)
    passed[0] += 30
    assert clock() == NOW + timedelta(seconds=30)
    wall[0] -= timedelta(days=1)
    passed[0] += 30
    assert clock() == NOW + timedelta(seconds=60)


def test_a_lock_of_tomorrow(tmp_path: Path) -> None:
    """Where the clock was set back the holder is no less than 0 s old."""
    with (
        locked(tmp_path, "dc1", "r", "ann", "h", NOW + timedelta(days=1)),
        pytest.raises(Held, match=r" 0 s ago"),
        locked(tmp_path, "dc1", "r", "bob", "h", NOW),
    ):
        pass


# Somebody who presses Ctrl-C.


def stopping(pushed: Pushed, *beginnings: str) -> None:
    """Ctrl-C as a line that begins so is to be carried out; for each in turn."""
    left = [*beginnings]

    def meanwhile(_: str, line: str) -> None:
        if left and line.startswith(left[0]):
            left.pop(0)
            raise KeyboardInterrupt

    pushed.world.meanwhile = meanwhile


def test_stopped_before_anything_was_sent(pushed: Pushed) -> None:
    """While both are read: nothing was sent, which is what the journal says, and the lock is free."""
    stopping(pushed, "show ")
    with pytest.raises(Refused, match="stopped by the operator"):
        pushed.run()
    assert not any(each.write for each in pushed.world.sent)
    assert how_it_ended(pushed.record().lines) == "refused"
    assert not list((pushed.folder / "locks").iterdir())


BEGINNINGS = (
    *("feature scheduler", "checkpoint mlagkit-", "scheduler job", "time start", "vlan ", "interface "),
    *("no scheduler schedule", "no scheduler job", "no feature scheduler", "copy running-config"),
)


@pytest.mark.parametrize("line", BEGINNINGS)
def test_stopped_at_every_line(line: str, pushed: Pushed) -> None:
    """Once: both as before, or as planned where that is what was verified; nothing is left, the journal is whole."""
    stopping(pushed, line)
    outcome = pushed.run()
    assert outcome.is_done or outcome.is_taken_back, outcome
    assert set(pushed.standings().values()) == {Standing.NEW if outcome.is_done else Standing.OLD}
    assert not pushed.left(done=outcome.is_done)
    assert pushed.record().lines[-1]["event"] == "end"


def test_stopped_again_while_going_back(pushed: Pushed) -> None:
    """Twice: how each stands is not known, its timer does it, and the way out is said; `--resume` clears up."""
    stopping(pushed, "interface ", "rollback ")
    outcome = pushed.run()
    assert {stand.standing for stand in outcome.stands.values()} == {Standing.UNKNOWN}
    assert all(any("--resume" in word for word in stand.advice) for stand in outcome.stands.values())
    assert pushed.resumed().is_taken_back
    assert not pushed.left(done=False)


def test_stopped_at_a_gate(pushed: Pushed, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a gate is waited for, and once more where the pair, which is back, is to settle: both are as before."""
    first = next(move for move in scene().errand.moves if move.gate)
    presses = [True, True]

    def meanwhile(name: str, line: str) -> None:
        if (name, line) == (first.switch, first.lines[0]):
            pushed.pair.happen("keepalive down")

    def sleep(world: World, seconds: float) -> None:
        if presses:
            presses.pop()
            raise KeyboardInterrupt
        slept(world, seconds)

    slept = World.sleep
    monkeypatch.setattr(World, "sleep", sleep)
    pushed.world.meanwhile = meanwhile
    outcome = pushed.run()
    assert not presses
    assert outcome.is_taken_back
    assert outcome.cause == "stopped by the operator"
    assert outcome.amiss == ("nobody knows how the pair is: the operator did not wait until it has settled",)
    assert set(pushed.standings().values()) == {Standing.OLD}
    assert not pushed.left(done=False)


def test_stopped_where_both_are_looked_at(pushed: Pushed) -> None:
    """As the first switch is disarmed, and again while it is looked how both are: the way out is said, and works."""
    stopping(pushed, "no scheduler schedule", "show running-config")
    outcome = pushed.run()
    assert {stand.standing for stand in outcome.stands.values()} == {Standing.UNKNOWN}
    assert all(f"--resume {pushed.name}" in stand.advice[0] for stand in outcome.stands.values())
    assert how_it_ended(pushed.record().lines) == "unfinished"
    assert pushed.resumed().is_done
    assert not pushed.left(done=True)


# A run that is taken up twice.


def again(pushed: Pushed, work: Callable[[Office, str], object]) -> object:
    """What a second controller comes to, with a journal of its own."""
    return work(pushed.office(pushed.world), pushed.name)


def test_rolled_back_twice(pushed: Pushed) -> None:
    """The second time says that it is done, and sends nothing; nor can such a run be resumed."""
    assert pushed.run().is_done
    assert pushed.rolled_back().is_taken_back
    pushed.world.sent.clear()
    with pytest.raises(Refused, match="has been taken back"):
        again(pushed, roll_back_run)
    with pytest.raises(Refused, match="has ended: taken back"):
        again(pushed, resume_run)
    assert not any(each.write for each in pushed.world.sent)


def test_rolled_back_before_it_is_finished(pushed: Pushed) -> None:
    """A run whose controller died is resumed, not rolled back."""

    def dies(_: str, line: str) -> None:
        if line == scene().lines(OTHER)[0]:
            pushed.world.dead = True
            raise Killed

    pushed.world.meanwhile = dies
    with pytest.raises(Killed):
        pushed.run()
    pushed.world.dead = False
    pushed.world.meanwhile = lambda _name, _line: None
    with pytest.raises(Refused, match=f"before it is finished: mlagkit push --resume {pushed.name}"):
        again(pushed, roll_back_run)
    assert pushed.resumed().is_taken_back
    with pytest.raises(Refused, match="has ended: taken back"):
        again(pushed, resume_run)
    assert not pushed.left(done=False)


def test_a_lock_whose_process_number_is_another_one_by_now(pushed: Pushed) -> None:
    """Behind a restart of the controller's machine: the refusal says how to go on, and so it goes on."""

    def dies(_: str, line: str) -> None:
        if line == scene().lines(OTHER)[0]:
            lock = next((pushed.folder / "locks").iterdir())
            left.append(lock.read_text("utf-8"))
            pushed.world.dead = True
            raise Killed

    left: list[str] = []
    pushed.world.meanwhile = dies
    with pytest.raises(Killed):
        pushed.run()
    pushed.world.dead = False
    pushed.world.meanwhile = lambda _name, _line: None
    (pushed.folder / "locks" / f"{pushed.errand.pair}.lock").write_text(left[0], "utf-8")
    with pytest.raises(Held) as held:
        again(pushed, resume_run)
    assert f"--resume {pushed.name} ends it, with --break-lock {held.value.holder.id}" in str(held.value)
    office = replace(pushed.office(pushed.world), broken=held.value.holder.id)
    assert resume_run(office, pushed.name).is_taken_back
    assert not pushed.left(done=False)


def test_rolled_back_where_nothing_was_done(pushed: Pushed) -> None:
    """A push that had nothing to do, or was refused, has nothing that could be taken back."""
    with pytest.raises(Refused):
        pushed.run(errand=replace(scene().errand, base=dict.fromkeys(scene().errand.base, "x")))
    with pytest.raises(Refused, match="has sent nothing"):
        again(pushed, roll_back_run)
    assert pushed.run(errand=replace(scene().errand, moves=())).idle
    with pytest.raises(Refused, match="has changed nothing"):
        again(pushed, roll_back_run)


ODD = ("", " ", "a" * 300, "a\x00b", "ä", "x\n", "-x", "*", "%00", "20260101-000000-0000.jsonl", "~", "$(id)", "../x")


@pytest.mark.parametrize("name", ODD)
def test_names_that_no_run_has(name: str, pushed: Pushed) -> None:
    """Whatever letters, and however many: there is no such run, and no other file is read for it."""
    (pushed.folder / "runs").mkdir()
    for path in (pushed.folder / "x.jsonl", pushed.folder / "runs" / "-x.jsonl"):
        path.write_text("{}\n", "utf-8")
    pushed.name = name
    for work in (resume_run, roll_back_run):
        with pytest.raises(Refused, match="there is no journal of a run"):
            again(pushed, work)
