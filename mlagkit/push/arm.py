"""Before the first line of a plan: a checkpoint on both switches, and a timer on each that goes back to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from mlagkit.config import ConfigTree
from mlagkit.nxos import transaction
from mlagkit.nxos.reply import Show
from mlagkit.push.errand import Errand
from mlagkit.push.look import Seen
from mlagkit.push.owners import nobody_came
from mlagkit.push.refusals import NO_CHECKPOINT, NO_TIMER
from mlagkit.push.run import Fault, Run, Timer


class Level(StrEnum):
    """What takes a switch back (trust.md, the ladder): by itself, by our hand, or only line by line."""

    TIMER = "timer"
    CHECKPOINT = "checkpoint"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Want:
    """For how many seconds the timer is set, and what may be done without."""

    seconds: float
    permissions: Collection[str]


def prepare(run: Run, errand: Errand, seen: Mapping[str, Seen], want: Want) -> Level:
    """Keep what both run, and arm both; Fault where that does not work and is not to be done without.

    What both run is read once more behind it: whatever somebody else did since the first reading ends the push here.
    Of two pushes that knew nothing of each other one sees what the other has armed, or kept.
    """
    level = max((_prepared(run, errand, name, each, want) for name, each in seen.items()), key=[*Level].index)
    run.note("level", level=level.value)
    kept = run.both(lambda wire: transaction.runs_kept(transaction.kept(wire.show(Show.CHECKPOINTS))))
    for name, tree in run.both(lambda wire: run.running(wire.name)).items():
        known = {run.id, *transaction.runs_kept(seen[name].checkpoints)}
        if others := (transaction.timers(tree) | set(kept[name])) - known:
            raise Fault(name, f"another push has begun at the same time: {', '.join(sorted(others))}")
        if name in run.kept and run.id not in kept[name]:
            if NO_CHECKPOINT not in want.permissions:
                raise Fault(name, "it took the checkpoint, and does not have it")
            run.kept.discard(name)  # so that it is taken back by the undo of the plan
        if not run.is_as_before(name, tree):
            raise Fault(name, "somebody else has changed it since it was read")
        if level is Level.TIMER and not transaction.is_armed(tree, run.id, run.timers[name].at):
            raise Fault(name, "it took the timer, and does not have it")
    nobody_came(run, seen)
    return level


def _prepared(run: Run, errand: Errand, name: str, seen: Seen, want: Want) -> Level:
    lines = [line.strip() for move in errand.moves if move.switch == name for line in move.lines]
    timed = seen.ahead is not None and not transaction.turns_scheduler(lines)
    scheduler = timed and not transaction.has_scheduler(seen.tree)
    if scheduler:
        timed = _tried(lambda: _switched_on(run, name), want, NO_TIMER)
    if not _tried(lambda: _kept(run, name), want, NO_CHECKPOINT):
        return Level.NONE
    if timed and _tried(lambda: _armed(run, name, seen.ahead or 0, want.seconds), want, NO_TIMER):
        return Level.TIMER
    return Level.CHECKPOINT


def _tried(work: Callable[[], None], want: Want, permission: str) -> bool:
    """Whether it worked; the Fault, unless it may be done without."""
    try:
        work()
    except Fault:
        if permission not in want.permissions:
            raise
        return False
    return True


def _switched_on(run: Run, name: str) -> None:
    run.timers[name] = Timer(run.clock(), run.clock(), scheduler=True)
    run.note("scheduler", switch=name)
    run.type(name, (transaction.SCHEDULER,))


def _kept(run: Run, name: str) -> None:
    run.kept.add(name)
    run.note("checkpoint", switch=name)
    run.act(name, transaction.keep(run.id))


def _armed(run: Run, name: str, ahead: float, seconds: float) -> None:
    """Set the timer: in whole minutes of the clock of the switch."""
    at = transaction.minute_after(run.clock() + timedelta(seconds=ahead), seconds)
    scheduler = name in run.timers
    run.timers[name] = Timer(at, at - timedelta(seconds=ahead), scheduler)
    run.note("arm", switch=name, at=at.isoformat(), due=run.timers[name].due.isoformat(), scheduler=scheduler)
    run.type(name, transaction.arm(run.id, at))
    run.armed.add(name)


def disarm(run: Run, name: str, tree: ConfigTree) -> None:
    """Take away what a switch has of the timer, and the scheduler where the run switched it on."""
    timer = run.timers.get(name)
    lines = transaction.disarm(run.id) if run.id in transaction.timers(tree) else ()
    if timer and timer.scheduler and transaction.has_scheduler(tree):
        lines = (*lines, transaction.NO_SCHEDULER)
    if lines:
        run.note("disarm", switch=name)
        run.type(name, lines)
