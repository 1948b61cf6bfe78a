"""What the emulated switch does by itself: the scheduler, by a clock that is advanced."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mlagkit.nxos.lab import Faults, LabClock
from mlagkit.nxos.lab.load import load
from mlagkit.nxos.lab.shell import tick
from tests.lab_logins import NOW, Login, body, switch

ARM = (
    "scheduler job name revert",
    "rollback running-config checkpoint before",
    "end-job",
    "scheduler schedule name revert",
    "job name revert",
)


def armed(time: str, clock: LabClock, faults: Faults | None = None, strict: bool = False) -> Login:
    """A login at a switch with a checkpoint, a timer that goes back to it, and a change."""
    login = Login(switch(clock=clock, faults=faults, strict=strict))
    login.says("checkpoint before")
    login.config(*ARM, time)
    login.config("vlan 30")
    return login


@pytest.mark.parametrize("strict", [False, True])
def test_one_shot(strict: bool) -> None:
    """A job that was scheduled once runs at its minute without any login, and never again."""
    clock = LabClock(NOW)
    login = armed("time start 05:10", clock, strict=strict)
    chassis = login.shell.chassis
    clock.advance(232)
    tick(chassis)
    assert "vlan 1,10,20,30" in body(chassis)
    clock.advance(1)
    tick(chassis)
    assert "vlan 1,10,20" in body(chassis)
    assert chassis.log == [(NOW + timedelta(seconds=233), "scheduler: revert ran revert: success")]
    assert chassis.store.changed == NOW + timedelta(seconds=233)
    login.config("vlan 30")
    clock.advance(10_000_000)
    tick(chassis)
    assert "vlan 1,10,20,30" in body(chassis)


def test_far_advanced_clock_serves_in_order() -> None:
    """However far the clock is advanced, what is due is done at its own time, before the next command is read."""
    clock = LabClock(NOW)
    login = armed("time start 2026:03:04:05:20", clock)
    login.config(
        "scheduler job name save",
        "copy running-config bootflash:at-10",
        "end-job",
        "scheduler schedule name early",
        "job name save",
        "time start 05:10",
    )
    clock.advance(86400)
    assert "vlan 1,10,20\n" in login.says("show running-config")
    chassis = login.shell.chassis
    assert [f"{at:%H:%M} {text.split()[1]}" for at, text in chassis.log] == ["05:10 early", "05:20 revert"]
    assert "vlan 1,10,20,30" in chassis.bootflash.read("at-10")
    assert "!Time: Wed Mar  4 05:10:00 2026" in chassis.bootflash.read("at-10")


@pytest.mark.parametrize(
    "cancel", ["no scheduler schedule name revert", "no scheduler job name revert", "no feature scheduler"]
)
def test_cancelled(cancel: str) -> None:
    """A timer that was taken away does nothing; a schedule whose job is gone fails and changes nothing."""
    clock = LabClock(NOW)
    login = armed("time start 05:10", clock)
    login.config(cancel)
    clock.advance(600)
    tick(login.shell.chassis)
    assert "vlan 1,10,20,30" in body(login.shell.chassis)
    assert [text for _, text in login.shell.chassis.log if "success" in text] == []


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("time start 23:00", "time start 2026:03:04:23:00"),
        ("time start 2026:12:31:1:05", "time start 2026:12:31:01:05"),
        ("time start 23:00 repeat 4:00:00", "time start 2026:03:04:23:00 repeat 4:0:0"),
        ("time start now repeat 5", "time start 2026:03:04:05:06 repeat 0:0:5"),
        ("time start now repeat 48:00", "time start 2026:03:04:05:06 repeat 2:0:0"),
        ("time daily 55", "time daily 05:55"),
        ("time daily 22:00", "time daily 22:00"),
    ],
)
def test_printed_time(typed: str, printed: str) -> None:
    """A start is printed as a date, as real configurations show it, and reads as the same."""
    chassis = switch()
    Login(chassis).config("scheduler schedule name s", typed)
    assert f"  {printed}" in body(chassis)
    assert load(chassis.running_config()).body() == body(chassis)


@pytest.mark.parametrize(
    "time",
    [
        *(
            "start",
            "start now",
            "start +00:10",
            "start 5",
            "start 24:00",
            "start 2026:02:30:10:00",
            "start 12:00 repeat",
        ),
        *(
            "start 12:00 repeat 0",
            "start 12:00 repeat 1:2:3:4",
            "weekly Mon:10:00",
            "monthly 1:10:00",
            "soon",
            "daily 99",
        ),
        *("start 05:06", "start 2025:03:04:23:00"),
    ],
)
def test_time_without_a_source(time: str) -> None:
    """A form that no guide shows, and a time that has passed, are refused: such a timer might never fire."""
    login = Login(switch())
    login.says("configure terminal", "scheduler schedule name s")
    assert login.refused(f"time {time}")
    assert login.refused("tyme start 23:00")
    assert "time" not in "".join(line.strip() for line in body(login.shell.chassis) if line.startswith("  t"))


def test_repeated() -> None:
    """A job that repeats runs at each of its times, and the scheduler counts them."""
    clock = LabClock(NOW)
    login = Login(switch(clock=clock))
    login.config(
        "scheduler job name mark", "checkpoint", "end-job", "scheduler schedule name s", "job name mark",
        "time start 06:00 repeat 1:00",
    )  # fmt: skip
    clock.advance(3 * 3600)
    said = login.says("show scheduler schedule")
    assert "Schedule Type       : Run every 0 Days 1 Hrs 0 Mins\n" in said
    assert "Last Execution Time : Wed Mar  4 08:00:00 2026\n" in said
    assert "Execution count     : 3\n" in said
    assert "Success (0)" in said
    assert login.shell.chassis.checkpoints.names == ("user-checkpoint-1", "user-checkpoint-2", "user-checkpoint-3")


def test_show_scheduler() -> None:
    """Jobs, schedules and the log are shown; without the feature there is nothing to ask."""
    clock = LabClock(NOW)
    login = armed("time start 05:10", clock)
    assert "rollback running-config checkpoint before" in login.says("show scheduler job name revert")
    said = login.says("show scheduler schedule name revert")
    assert "Run once on Wed Mar  4 05:10:00 2026" in said
    assert "Yet to be executed" in said
    assert "-NA-" in said
    assert login.says("show scheduler logfile") == ""
    clock.advance(300)
    log = login.says("show scheduler logfile")
    assert "Job Name       : revert" in log
    assert "Job Status: Success (0)" in log
    assert "`rollback running-config checkpoint before`" in log
    assert "Rollback completed successfully." in log
    login.says("clear scheduler logfile")
    assert login.says("show scheduler logfile") == ""
    assert "% Invalid command" in login.refused("show scheduler jobs extra words")
    login.config("no feature scheduler")
    assert "% Invalid command" in login.refused("show scheduler schedule")
    assert "% Invalid command" in login.refused("show event manager")


def test_job_is_lines() -> None:
    """Every line of a job is kept as typed, also one that would be a command at once, until the job is left."""
    chassis = switch()
    login = Login(chassis)
    lines = ["configure terminal ; vlan 77", "show version", "copy running-config startup-config", "no vlan 10"]
    login.config("scheduler job name j", *lines, "end-job", "vlan 40")
    at = body(chassis).index("scheduler job name j")
    assert body(chassis)[at + 1 : at + 7] == [*(f"  {line}" for line in lines), "", "end-job"]
    assert "vlan 1,10,20,40" in body(chassis)
    for indented in (True, False):
        text = "\n".join(line if indented else line.lstrip() for line in body(chassis)[at : at + 7])
        again = load(f"feature scheduler\n{text}\nvlan 5\n")
        assert again.body() == ["feature scheduler", "vlan 1,5", *body(chassis)[at : at + 7]]


def test_job_of_configuration() -> None:
    """Commands apart by a semicolon are carried out one after the other, configuration among them."""
    clock = LabClock(NOW)
    login = Login(switch(clock=clock))
    login.config(
        "scheduler job name j", "configure terminal ; vlan 77 ; name x ; end", "end-job",
        "scheduler schedule name s", "job name j", "time start 05:10",
    )  # fmt: skip
    clock.advance(600)
    assert "vlan 1,10,20,77" in login.says("show running-config")


def test_job_that_asks_fails() -> None:
    """Nobody answers a job: one that asks fails, and the log says so; ``terminal dont-ask`` in it helps."""
    clock = LabClock(NOW)
    login = Login(switch(clock=clock))
    login.says("checkpoint file f")
    login.config(
        "scheduler job name asks", "delete f", "end-job", "scheduler schedule name s", "job name asks",
        "time start 05:10", "scheduler job name quiet", "terminal dont-ask", "delete f", "end-job",
        "scheduler schedule name t", "job name quiet", "time start 05:20",
    )  # fmt: skip
    clock.advance(300)
    assert "Failed (1)" in login.says("show scheduler schedule name s")
    assert login.shell.chassis.bootflash.has("f")
    clock.advance(600)
    assert "Success (0)" in login.says("show scheduler schedule name t")
    assert not login.shell.chassis.bootflash.has("f")


def test_rollback_of_a_job_can_fail() -> None:
    """A fault of the command strikes when the job runs, not when it is typed."""
    clock = LabClock(NOW)
    login = armed(
        "time start 05:10", clock, Faults(refuse={"rollback running-config checkpoint before": "ERROR: disk"})
    )
    clock.advance(600)
    tick(login.shell.chassis)
    assert "vlan 1,10,20,30" in body(login.shell.chassis)
    assert login.shell.chassis.log[0][1] == "scheduler: revert ran revert: failed"
    assert "ERROR: disk" in login.says("show scheduler logfile")


@pytest.mark.parametrize("saved", [False, True])
def test_reload_while_armed(saved: bool) -> None:
    """After a restart only a timer that was saved is armed; checkpoints are there either way."""
    clock = LabClock(NOW)
    login = armed("time start 05:10", clock)
    if saved:
        login.says("copy running-config startup-config")
    login.says("reload")
    chassis = login.shell.chassis
    assert ("vlan 1,10,20,30" in body(chassis)) == saved
    Login(chassis).config("vlan 40")
    clock.advance(600)
    tick(chassis)
    assert ("vlan 1,10,20" in body(chassis)) == saved
    assert [text for _, text in chassis.log] == ["restarted", *(["scheduler: revert ran revert: success"] * saved)]


def test_restart_over_the_time() -> None:
    """What was due before a restart is not made up for after it."""
    clock = LabClock(NOW)
    login = armed("time start 05:10", clock)
    login.says("copy running-config startup-config")
    chassis = login.shell.chassis
    clock.advance(600)
    with chassis.lock:
        chassis.reload()
    tick(chassis)
    assert "vlan 1,10,20,30" in body(chassis)


def test_schedule_needs_its_feature() -> None:
    """Without ``feature scheduler`` there are no jobs."""
    login = Login(switch("hostname a\n"))
    login.says("configure terminal")
    assert "% Invalid command" in login.refused("scheduler job name x")


def test_no_timer_in_an_applet() -> None:
    """EEM on a Nexus has no timer in its guides: it is refused, other events are kept as they stand."""
    chassis = switch()
    login = Login(chassis)
    login.says(
        "configure terminal", "event manager applet revert", "action 1.0 cli rollback", "event track 1 state down"
    )
    for timer in ("countdown time 60", "absolute time 5", "watchdog time 60", "cron cron-entry x"):
        assert "% Invalid command" in login.refused(f"event timer {timer}")
    assert body(chassis)[-3:] != []
    assert "  event track 1 state down" in body(chassis)
