"""The proof that a switch goes back by itself: a harmless change, a timer, and nobody who does anything but wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from mlagkit.diff import fingerprint
from mlagkit.errors import DeviceError, InputError, Refused
from mlagkit.nxos import transaction
from mlagkit.push.arm import Want, prepare
from mlagkit.push.back import Stand, Standing, take_back
from mlagkit.push.engine import Outcome, failed
from mlagkit.push.errand import Errand, Move, Terms
from mlagkit.push.finish import still_worse
from mlagkit.push.look import Seen
from mlagkit.push.proof import Proof
from mlagkit.push.refusals import UNPROVEN, refusals
from mlagkit.push.run import Fault, Run
from mlagkit.state import Software

_AHEAD = 60.0
"""Seconds that the timer is away at least."""
_BEYOND = 120.0
"""Seconds beyond it that a switch is waited for: the rollback itself takes some."""
_PAUSE = 10.0


def prove(run: Run, seen: Mapping[str, Seen], remember: Callable[[str, Proof], None]) -> Outcome:
    """See both switches of the pair that was ``seen`` go back by themselves, never both at once.

    ``remember`` gets the proof of each that did. One that did not is taken back by hand, and the outcome says why.
    Raises Refused, before the first command, where a push would not be safe either.
    """
    errand = _nothing(seen)
    left = [each.message for each in refusals(errand, seen, Terms()) if each.permission != UNPROVEN]
    left += [
        f"{name} does not tell its serial number and release, by which a proof is kept"
        for name, each in seen.items()
        if not isinstance(each.state.software, Software)
    ]
    if left:
        raise Refused("\n".join(left))
    run.before = {name: each.tree for name, each in seen.items()}
    stands: dict[str, Stand] = {}
    try:
        for name in seen:
            stands[name] = _proven(run, errand, name, seen)
            remember(name, _proof(run, seen[name]))
    except BaseException as error:
        _undo(run)
        outcome = failed(run, error, seen)
        if isinstance(error, (Fault, DeviceError, InputError, OSError, KeyboardInterrupt)):
            return outcome
        raise
    return Outcome(stands)


def _nothing(seen: Mapping[str, Seen]) -> Errand:
    """A push that has nothing to do."""
    base = {name: fingerprint(each.tree) for name, each in seen.items()}
    return Errand(pair="", hash="", switches=[*seen], base=base, leader=None, moves=(), stops={})


def _proven(run: Run, errand: Errand, name: str, seen: Mapping[str, Seen]) -> Stand:
    """What is left of a proof on one switch that came back by itself; Fault where it did not."""
    alone = replace(run, wires={name: run.wires[name]}, before={name: run.before[name]})
    prepare(alone, errand, {name: seen[name]}, Want(_AHEAD, ()))
    _change(run, name)
    _wait(run, name)
    run.note("reverted", switch=name)
    stand = take_back(alone)[name]  # it is back: what is done here is to clear up
    if stand.standing is not Standing.OLD:
        raise Fault(name, f"it went back by itself, and is {stand.standing.value} now")
    del run.timers[name]
    if lost := still_worse(run, seen):
        raise Fault("", f"the pair is worse than before: {'; '.join(lost)}")
    return stand


def _change(run: Run, name: str) -> None:
    number = transaction.unused_loopback(run.before[name])
    if number is None:
        raise Fault(name, "it has every loopback interface that there is, so there is nothing harmless to change")
    lines, undo = transaction.trace(run.id, number), transaction.without_trace(number)
    move = Move(number=1, switch=name, lines=lines, undo=undo, reason=f"a harmless change: {lines[0]}", gate="")
    run.note("step", switch=name, step=move.number, reason=move.reason, gate=move.gate)
    run.touched.add(name)
    run.begun.append(move)
    run.type(name, move.lines)
    if run.is_as_before(name, run.running(name)):
        raise Fault(name, "it took the harmless change, and does not have it")


def _wait(run: Run, name: str) -> None:
    """Until the switch is as before; nothing is sent but what reads, and that only behind the time of the timer."""
    due = run.timers[name].due
    for left in run.wait((due - run.clock()).total_seconds() + _BEYOND, _PAUSE):
        until = (due - run.clock()).total_seconds()
        if until > 0:
            run.note("wait", switch=name, seconds=round(until), misses="its timer is to take it back")
            continue
        run.note("wait", switch=name, seconds=round(left), misses="it is to be as before by now")
        try:
            if run.is_as_before(name, run.running(name)):
                return
        except DeviceError as error:  # a rollback may close the door for a while
            run.note("fault", switch=name, what=str(error))
    raise Fault(name, f"its timer was due {_BEYOND:.0f} s ago, and it has not gone back by itself")


def _undo(run: Run) -> None:
    """Take the harmless change away by its own undo: where the rollback does not work, this still may."""
    for move in run.begun[-1:]:
        try:
            if not run.is_as_before(move.switch, run.running(move.switch)):
                run.type(move.switch, move.undo)
        except (Fault, DeviceError, OSError) as error:
            run.note.must = False
            run.note("fault", switch=move.switch, what=str(error))


def _proof(run: Run, seen: Seen) -> Proof:
    software = seen.state.software
    assert isinstance(software, Software)
    return Proof(serial=software.serial, release=software.release, time=run.clock().isoformat(timespec="seconds"))
