"""A run that nobody finished: its controller died, or gave up. Both switches as planned, or both as before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from mlagkit.config import ConfigTree
from mlagkit.diff import fingerprint
from mlagkit.errors import DeviceError, Refused
from mlagkit.nxos import transaction
from mlagkit.nxos.reply import Show
from mlagkit.push.engine import Outcome, concluded, taken_back
from mlagkit.push.journal import Line, Notes, Record
from mlagkit.push.run import Run, Timer
from mlagkit.push.wire import Wire

END = "end"
"""The event of a run's last line, with its ``result``."""
UNDO = "undo"
"""The event from which on a run that had ended is taken back."""
DONE, TAKEN_BACK, REFUSED = "done", "taken back", "refused"
"""The results of a run that nobody has to go on with."""
UNFINISHED = "unfinished"
"""The result of a run that somebody has to go on with."""
OFF = {"disarm", "commit"}
"""The events from which on a switch does not go back by itself any more."""


@dataclass(frozen=True, slots=True)
class Wires:
    """The way to both switches, and what time it is."""

    wires: Mapping[str, Wire]
    note: Notes
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]


def how_it_ended(lines: Iterable[Line]) -> str:
    """The result of a run, ``""`` where nobody has finished it.

    What was refused to a second controller does not count: it has done nothing.
    """
    result, again = "", False
    for line in lines:
        again = again or line["event"] == "resumed"
        if line["event"] == UNDO:
            result = ""
        elif line["event"] == END and not (again and line["result"] == REFUSED):
            result = str(line["result"])
    return result


def resume(name: str, record: Record, way: Wires, before: Mapping[str, ConfigTree]) -> Outcome:
    """Finish a run whose result was verified and still runs on both switches; take any other back.

    ``before`` is what both ran when it began. Lines of the plan are never sent again: what a switch has carried out
    before the controller died is not known. Once a timer was switched off both must be read before anything is decided:
    DeviceError where one can't be, and nothing is done.
    """
    run = restored(name, record, way, before)
    events = {line["event"] for line in record.lines}
    if UNDO not in events and (after := _verified(run, record, must=bool(OFF & events))) is not None:
        return concluded(run, after, {})
    run.note.must = False
    return taken_back(run, "the run was not finished", {})


def go_back(name: str, record: Record, way: Wires, before: Mapping[str, ConfigTree]) -> Outcome:
    """Take a run back that was finished, and save that; Refused where a switch runs anything else since."""
    run = restored(name, record, way, before)
    run.timers = {switch: replace(timer, due=way.clock()) for switch, timer in run.timers.items()}
    if _verified(run, record, must=True) is None:
        raise Refused(
            f"run {name} can't be taken back: what both switches run is not any more what it left behind, so that "
            "going back would take away what came later; plan the way back instead"
        )
    for switch, names in run.both(lambda wire: transaction.kept(wire.show(Show.CHECKPOINTS))).items():
        if name not in transaction.runs_kept(names):
            raise Refused(f"run {name} can't be taken back: {switch} does not have its checkpoint any more")
    run.note(UNDO)
    run.note.must = False
    return taken_back(run, "", {})


def restored(name: str, record: Record, way: Wires, before: Mapping[str, ConfigTree]) -> Run:
    """The run as its journal tells of it."""
    run = Run(name, way.wires, way.note, way.clock, way.sleep, before=before)
    for line in record.lines:
        switch = str(line.get("switch", ""))
        match line["event"]:
            case "scheduler":
                run.timers[switch] = Timer(way.clock(), way.clock(), scheduler=True)
            case "checkpoint":
                run.kept.add(switch)
            case "arm":
                run.timers[switch] = _timer(line)
            case "put":
                run.files.add(switch)
            case "replace":
                due = datetime.fromisoformat(str(line["due"]))
                run.timers[switch] = Timer(due, due, scheduler=False)
                run.replaced.add(switch)
                run.touched.add(switch)
            case "commit":
                run.committing.add(switch)
            case "answer" if line["command"] == transaction.COMMIT:
                if not transaction.committed(str(line["answer"])).stops:
                    run.replaced.discard(switch)
            case "save":
                run.saved.add(switch)
            case "step":
                run.touched.add(switch)
    return run


def _timer(line: Line) -> Timer:
    at, due = (datetime.fromisoformat(str(line[key])) for key in ("at", "due"))
    return Timer(at, due, bool(line["scheduler"]))


def _verified(run: Run, record: Record, *, must: bool) -> Mapping[str, ConfigTree] | None:
    """What both run, if that is what was verified at the end of the run; None where it is not.

    DeviceError where they can't be read, and ``must`` be.
    """
    said = next((line["after"] for line in reversed(record.lines) if line["event"] == "verified"), None)
    if not isinstance(said, dict):
        return None
    try:
        trees = run.both(lambda wire: run.apart(wire.name, run.running(wire.name)))
    except DeviceError:
        if must:
            raise
        return None
    return trees if {name: fingerprint(tree) for name, tree in trees.items()} == said else None
