"""When the scheduler of a switch runs its jobs, and what it prints of them.

Forms of ``time`` that have a source; every other is refused, as a timer that never fires is worse than none:
``start HH:MM`` is today (N7K System Management Guide 8.x, "Defining a Timetable") and
``start YYYY:MM:DD:HH:MM`` a date (ciscoconfparse's test_nxos_blank_line_02, a script of Cisco's for N9K) [certain];
without ``repeat`` the jobs run once (the guides' one-time mode) [likely]; ``start now repeat D`` with D as
``[[DD:]HH:]MM`` (guide and many scripts) and ``daily [HH:]MM`` (guide) [certain]. The guides name a delta from now
without showing it: not taken here. Schedules are lines of the configuration: they survive a reload where they were
saved (guide, "High Availability": they remain after a reload [certain]).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from mlagkit.nxos.lab import texts
from mlagkit.nxos.lab.answer import Rejected
from mlagkit.nxos.lab.store import Store
from mlagkit.nxos.lab.tree import Line

_START = re.compile(r"start (?:(\d{4}):(\d\d?):(\d\d?):)?(\d\d?):(\d\d)(?: repeat ([\d:]+))?")
_NOW = re.compile(r"start now repeat ([\d:]+)")
_DAILY = re.compile(r"daily (?:(\d\d?):)?(\d\d?)")
_DATE = "%Y:%m:%d:%H:%M"  # as printed
_EARLIEST = datetime(1, 1, 1, tzinfo=UTC)
_STAMP = "%a %b %e %H:%M:%S %Y"


def _interval(text: str) -> timedelta:
    """``[[DD:]HH:]MM``; Rejected for anything else and for no time at all."""
    parts = text.split(":")
    if not 1 <= len(parts) <= 3 or not all(part.isdecimal() for part in parts):
        raise Rejected(texts.INVALID, len("time start "))
    days, hours, minutes = [0] * (3 - len(parts)) + [int(part) for part in parts]
    interval = timedelta(days=days, hours=hours, minutes=minutes)
    if not interval:
        raise Rejected(texts.INVALID, len("time start "))
    return interval


def _repeat(text: str | None) -> str:
    """The interval as a switch prints it: ``0:8:0``."""
    if not text:
        return ""
    minutes = int(_interval(text).total_seconds()) // 60
    return f" repeat {minutes // 1440}:{minutes // 60 % 24}:{minutes % 60}"


def as_printed(value: str, now: datetime) -> str:
    """A value of ``time`` as the running-config holds it.

    Rejected for a form without a source, for a date that does not exist and for one that has passed.
    """
    started, at_once, daily = _START.fullmatch(value), _NOW.fullmatch(value), _DAILY.fullmatch(value)
    try:
        if at_once:
            return f"start {now:{_DATE}}{_repeat(at_once[1])}"
        if daily:
            return f"daily {now.replace(hour=int(daily[1] or now.hour), minute=int(daily[2])):%H:%M}"
        if started is None:
            raise Rejected(texts.INVALID, len("time "))
        year, month, day, hour, minute, repeat = started.groups()
        date = (int(year), int(month), int(day)) if year else (now.year, now.month, now.day)
        start = datetime(*date, int(hour), int(minute), tzinfo=now.tzinfo)
    except ValueError:
        raise Rejected(texts.INVALID, len("time ")) from None
    if start <= now:
        raise Rejected(texts.IN_THE_PAST)
    return f"start {start:{_DATE}}{_repeat(repeat)}"


def next_after(value: str, after: datetime) -> datetime | None:
    """The first time after a moment at which a printed value of ``time`` runs its jobs; None where there is none."""
    daily, started = _DAILY.fullmatch(value), _START.fullmatch(value)
    if daily:
        today = after.replace(hour=int(daily[1] or 0), minute=int(daily[2]), second=0, microsecond=0)
        return today if today > after else today + timedelta(days=1)
    if not started or not started[1]:
        return None  # a start text may say what no switch prints
    try:
        start = datetime(*(int(part) for part in started.groups()[:5]), tzinfo=after.tzinfo)  # type: ignore[misc, arg-type] # five parts
        repeat = _interval(started[6]) if started[6] else None
    except (ValueError, Rejected):
        return None
    if start > after:
        return start
    return start + ((after - start) // repeat + 1) * repeat if repeat else None


@dataclass(frozen=True, slots=True)
class Schedule:
    """One schedule of the configuration: its jobs in order, and its time as printed."""

    name: str
    time: str
    jobs: tuple[str, ...]


@dataclass(slots=True)
class _Run:
    """What came of the runs of one schedule."""

    count: int = 0
    started: datetime | None = None
    statuses: dict[str, str] = field(default_factory=dict)


def _blocks(store: Store, kind: str) -> Iterator[tuple[str, Line]]:
    for line in store.root.children:
        if line.key[:3] == ("scheduler", kind, "name"):
            yield line.key[3], line


def schedules(store: Store) -> list[Schedule]:
    """The schedules that have a time."""
    found = []
    for name, block in _blocks(store, "schedule") if store.has_feature("scheduler") else ():
        times = [line.text.removeprefix("time ") for line in block.children if line.text.startswith("time ")]
        jobs = tuple(line.text.removeprefix("job name ") for line in block.children if line.text.startswith("job "))
        found += [Schedule(name, times[0], jobs)] if times else []
    return found


def job_lines(store: Store, name: str) -> list[str] | None:
    """The commands of a job; several may stand on one line, apart by a semicolon. None where it does not exist."""
    block = dict(_blocks(store, "job")).get(name)
    if block is None:
        return None
    return [part.strip() for line in block.children for part in line.text.split(" ; ") if part.strip()]


def job_texts(store: Store, name: str | None) -> Iterator[str]:
    """What ``show scheduler job [name X]`` prints of each job: the form of an MDS 9710 [certain]."""
    for own, block in _blocks(store, "job"):
        if name in (None, own):
            head = f"Job Name: {own}"
            yield "\n".join([head, "-" * 23, *(line.text for line in block.children), "", "=" * 78, ""])


class ScheduleLog:
    """What the scheduler did: kept apart from the configuration, so a rollback does not take it away."""

    def __init__(self) -> None:
        self.text = ""
        self._runs: dict[str, _Run] = {}

    def note(self, schedule: Schedule, job: str, now: datetime, ok: bool, output: str) -> None:
        """Add one job: the form of a Cisco sample repository's `show scheduler logfile` [certain]."""
        status = "Success (0)" if ok else "Failed (1)"
        run = self._runs.setdefault(schedule.name, _Run())
        run.count += job == schedule.jobs[0]
        run.started = now
        run.statuses[job] = status
        rule = "=" * 78
        self.text += (
            f"{rule}\nJob Name       : {job:<33} Job Status: {status}\n"
            f"Schedule Name  : {schedule.name:<33} User Name : admin\n"
            f"Completion time: {now:{_STAMP}}\n{' Job Output ':-^78}\n{output}\n{rule}\n"
        )

    def schedule_text(self, schedule: Schedule) -> str:
        """One schedule: `show scheduler schedule` of the same repository, before its first run that of an MDS 9710."""
        run = self._runs.get(schedule.name, _Run())
        done = [f"Last Execution Time : {run.started:{_STAMP}}"] if run.started else []
        done += [f"Last Completion Time: {run.started:{_STAMP}}", f"Execution count     : {run.count}"] if done else []
        return "\n".join(
            [
                f"Schedule Name       : {schedule.name}",
                "-" * 26,
                "User Name           : admin",
                f"Schedule Type       : {_kind(schedule.time)}",
                *(done or ["Last Execution Time : Yet to be executed"]),
                "-" * 47,
                "     Job Name            Last Execution Status",
                "-" * 47,
                *(f"{job:<34}{run.statuses.get(job, '-NA-'):>12}" for job in schedule.jobs),
                "=" * 78,
                "",
            ]
        )


def _kind(value: str) -> str:
    """``Run every 0 Days 0 Hrs 5 Mins``, ``Run every day at 22 Hrs 0 Mins`` [certain], ``Run once on ...`` [likely]."""
    daily, started = _DAILY.fullmatch(value), _START.fullmatch(value)
    if daily:
        return f"Run every day at {int(daily[1] or 0)} Hrs {int(daily[2])} Mins"
    if started and started[6]:
        days, hours, minutes = started[6].split(":")
        return f"Run every {days} Days {hours} Hrs {minutes} Mins"
    start = next_after(value, _EARLIEST)
    return f"Run once on {start:{_STAMP}}" if start else value
