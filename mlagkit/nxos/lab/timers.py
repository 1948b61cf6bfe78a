"""What a switch does by itself when its time has come: jobs of the scheduler, and an uncommitted replacement.

Nobody has to be logged in. Every command looks first whether something is due, and a thread of the lab looks while
nobody types; both serve what is due in its order and at its own time, however far the clock was advanced.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from mlagkit.nxos.lab.answer import Answer
from mlagkit.nxos.lab.chassis import Chassis
from mlagkit.nxos.lab.live import Power
from mlagkit.nxos.lab.schedule import Schedule, job_lines, next_after, schedules

Typist = Callable[[Sequence[str]], list[Answer]]
"""Carries out commands in a login of its own, each answered."""


def run_due(chassis: Chassis, typist: Typist) -> None:
    """Serve all that became due since the last look, of a switch that runs; the lock is the caller's."""
    if chassis.power is not Power.ON:
        return
    now = chassis.clock()
    while (at := _next(chassis)) is not None and at <= now:
        boots = chassis.boots
        for schedule in [each for each in schedules(chassis.store) if next_after(each.time, chassis.seen) == at]:
            if schedule in schedules(chassis.store):  # the one before may have taken it away
                _run(chassis, schedule, at, typist)
        if chassis.replacement and chassis.replacement.deadline <= at:
            _take_back(chassis, at)
        if chassis.boots == boots:
            chassis.seen = at
    chassis.seen = max(chassis.seen, now)


def _next(chassis: Chassis) -> datetime | None:
    if not (chassis.replacement or chassis.store.has_feature("scheduler")):
        return None
    times = [next_after(each.time, chassis.seen) for each in schedules(chassis.store)]
    times.append(chassis.replacement.deadline if chassis.replacement else None)
    return min((time for time in times if time), default=None)


def _run(chassis: Chassis, schedule: Schedule, at: datetime, typist: Typist) -> None:
    chassis.at = at
    try:
        for job in schedule.jobs:
            lines = job_lines(chassis.store, job)
            answers = typist(lines or [])
            # A job that asks fails: nobody answers (guide, "Guidelines and Limitations" [certain]).
            ok = lines is not None and all(answer.ok and not answer.asks for answer in answers)
            said = [f"`{line}`\n{answer.text}".rstrip() for line, answer in zip(lines or [], answers, strict=False)]
            chassis.scheduler.note(schedule, job, at, ok, "\n".join(said))
            chassis.log.append((at, f"scheduler: {schedule.name} ran {job}: {'success' if ok else 'failed'}"))
    finally:
        chassis.at = None


def _take_back(chassis: Chassis, at: datetime) -> None:
    replacement, chassis.replacement = chassis.replacement, None
    if replacement is None:
        return
    chassis.at = at
    chassis.restore(replacement.before)
    chassis.at = None
    chassis.log.append((at, "configure replace: not committed in time, the previous configuration is restored"))
