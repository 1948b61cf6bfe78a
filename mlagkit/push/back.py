"""Both switches back to where they were: by our hand, or else by their timers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mlagkit.config import ConfigTree
from mlagkit.errors import DeviceError
from mlagkit.nxos import transaction
from mlagkit.nxos.answer import Meaning
from mlagkit.nxos.reply import Show
from mlagkit.push.arm import disarm
from mlagkit.push.run import LONG, Fault, Run, Timer
from mlagkit.push.whole import clear_file

_PAUSE = 10.0
"""Seconds between two tries to reach a switch."""
_AGAIN = 60.0
"""Seconds between two tries to take a switch back that refused the last one."""
_BEYOND = 120.0
"""Seconds beyond its timer that a switch is waited for: the rollback itself takes some."""
_RESTART = 600.0
"""Seconds that a switch is waited for at least: what does not answer may be restarting, which takes minutes."""


class Standing(StrEnum):
    """How a switch stands at the end."""

    OLD = "as before"
    NEW = "as planned"
    OTHER = "neither as before nor as planned"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Stand:
    """One switch at the end, and what a person has to know or do."""

    standing: Standing
    advice: Sequence[str] = ()


def take_back(run: Run) -> Mapping[str, Stand]:
    """Bring both back, the one that was changed last first.

    A switch that does not come back by our hand is waited for until its timer has gone off.
    """
    last = run.begun[-1].switch if run.begun else None
    order = sorted(run.wires, key=lambda name: name != last)
    found = {name: _by_hand(run, name) for name in order}
    for name in order:
        if found[name] is not Standing.OLD:
            found[name] = _by_timer(run, name)
    return {name: _left(run, name, found[name]) for name in run.wires}


def left_alone(run: Run) -> Mapping[str, Stand]:
    """Both as they are, where the operator does not want to wait: what their timers will do, and how to go on."""
    return {name: Stand(Standing.UNKNOWN, tuple(_way_out(run, name, Standing.UNKNOWN))) for name in run.wires}


def _by_hand(run: Run, name: str) -> Standing:
    """Two tries: a rollback that did not work the first time is looked at before it is repeated."""
    for _ in range(2):
        standing = _standing(run, name)
        if standing is Standing.OLD:
            return standing
        try:
            _go_back(run, name)  # also where it can't be read: that may be what the plan has done to it
        except (Fault, DeviceError) as error:
            run.note("fault", switch=name, what=str(error))
    return _standing(run, name)


def _go_back(run: Run, name: str) -> None:
    run.note("back", switch=name)
    if name not in run.kept:
        _undo(run, name)
        return
    answer = run.wires[name].act(transaction.back(run.id), LONG)
    verdict = transaction.went_back(run.id, answer)
    if verdict.meaning is not Meaning.HARMLESS:
        raise Fault(name, f"it did not go back: {verdict.words}")


def _undo(run: Run, name: str) -> None:
    """By the undo of each step, the last one first: what was never carried out can't be undone, and is passed over."""
    for move in reversed([move for move in run.begun if move.switch == name]):
        try:
            run.type(name, move.undo)
        except Fault as error:
            run.note("fault", switch=name, what=str(error))


def _standing(run: Run, name: str) -> Standing:
    """A switch that was sent no line of the plan is as before: what changed on it is not for this run to take back."""
    try:
        tree = run.running(name)
    except DeviceError as error:
        run.note("fault", switch=name, what=str(error))
        return Standing.UNKNOWN
    if name in run.touched and not run.is_as_before(name, tree):
        return Standing.OTHER
    run.note("home", switch=name)
    return Standing.OLD


def _by_timer(run: Run, name: str) -> Standing:
    """Wait until the switch can be read, and until its timer has gone off where it is armed."""
    timer = run.timers.get(name)
    until = max(_RESTART, _BEYOND + (timer.due - run.clock()).total_seconds() if timer else 0.0)
    standing = Standing.UNKNOWN
    tried = run.clock()
    for left in run.wait(until, _PAUSE):
        run.note("wait", switch=name, seconds=round(left), misses=_awaited(run, timer))
        before, standing = standing, _standing(run, name)
        is_due = (run.clock() - tried).total_seconds() >= _AGAIN
        if standing is Standing.OTHER and (before is Standing.UNKNOWN or is_due):
            standing, tried = _by_hand(run, name), run.clock()
        if standing is Standing.OLD or (standing is Standing.OTHER and timer is None):
            break
    return standing


def _awaited(run: Run, timer: Timer | None) -> str:
    if timer is None:
        return "that it can be read"
    return "its timer has not gone off yet" if timer.due > run.clock() else "its timer was due: it is not back yet"


def _left(run: Run, name: str, standing: Standing) -> Stand:
    """Clear away what the run has put on a switch that is as before; what could not be is told."""
    if standing is not Standing.OLD:
        return Stand(standing, tuple(_way_out(run, name, standing)))
    for _ in range(2):
        try:
            left = tuple(_cleared(run, name, run.running(name)))
            return Stand(standing, left)
        except (Fault, DeviceError) as error:
            run.note("fault", switch=name, what=str(error))
    return Stand(standing, (f"something of run {run.id} is still on it: mlagkit push --resume {run.id}",))


def _cleared(run: Run, name: str, tree: ConfigTree) -> Iterator[str]:
    """Each step is looked for first, so that all of this can be repeated."""
    disarm(run, name, tree)
    if name in run.replaced:
        run.replaced.discard(name)
        run.wires[name].act(transaction.COMMIT, LONG)  # else its own timer would take it back once more, later
    if name in run.files:
        run.files.discard(name)
        clear_file(run, name)
    if name in run.saved:
        run.note("save", switch=name)
        run.act(name, transaction.SAVE, LONG)
        run.saved.discard(name)
    if name in run.kept and run.id in _kept(run, name):
        run.act(name, transaction.forget(run.id))
    if name in run.kept and run.id in _kept(run, name):
        raise Fault(name, "its checkpoint is still there")
    run.kept.discard(name)
    if run.id in transaction.timers(run.running(name)):
        yield "its timer is still armed"


def _kept(run: Run, name: str) -> Sequence[str]:
    answer = run.wires[name].show(Show.CHECKPOINTS)
    names = transaction.kept(answer)
    if answer.strip() and not names:
        raise Fault(name, "it does not tell which checkpoints it keeps")
    return transaction.runs_kept(names)


def _way_out(run: Run, name: str, standing: Standing) -> Iterator[str]:
    timer = run.timers.get(name)
    if timer and timer.due > run.clock():
        yield f"its timer takes it back at {timer.at:%H:%M} of its clock"
    elif timer:
        yield f"its timer was to take it back at {timer.at:%H:%M} of its clock"
    if standing is Standing.UNKNOWN:
        yield f"make it reachable, then: mlagkit push --resume {run.id}"
    else:
        yield f"try again: mlagkit push --resume {run.id}"
    if name in run.kept:
        yield f"by hand, on its console: {transaction.back(run.id)}"
    elif standing is Standing.OTHER:
        yield "it has no checkpoint: by hand, type the undo of the plan"
