"""``push --replace``: whole configurations in place of lines, each on trial until both were committed.

The order of the plan within a switch, and its gates, are lost: a switch takes everything at once, and goes back by
itself if nobody commits in time. So it is done only on request, and only where the switch itself would type what comes
to the same as the plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from mlagkit.errors import DeviceError
from mlagkit.nxos import transaction
from mlagkit.push.carry import at_gate
from mlagkit.push.errand import Errand
from mlagkit.push.look import Seen
from mlagkit.push.owners import nobody_came
from mlagkit.push.planned import Planned
from mlagkit.push.run import LONG, Fault, Run, Timer, same
from mlagkit.state import SwitchState

_BEHIND, _PAUSE = 60.0, 10.0
"""Seconds behind the time of a switch until it must have gone back, and between two notes meanwhile."""


def stage(run: Run, errand: Errand, seen: Mapping[str, Seen]) -> None:
    """Keep what both run, and put the whole configurations beside it; Fault where a switch makes another patch of it.

    Nothing of what both run is changed.
    """
    for name in run.wires:
        run.kept.add(name)
        run.note("checkpoint", switch=name)
        run.act(name, transaction.keep(run.id))
    for name in _order(errand):
        plan = Planned.of(run.before[name], name, errand.moves)
        text = plan.text()
        assert text is not None, "a push that can't be written is refused before"
        run.files.add(name)
        run.wires[name].put(transaction.file_of(run.id), text)
        lines = transaction.patch_lines(run.wires[name].act(transaction.patch_of(run.id), LONG))
        if lines is None:
            raise Fault(name, "it shows no patch that is understood")
        if not plan.leads_there(lines):
            raise Fault(name, "what it would type itself does not come to what was planned")
    for name, tree in run.both(lambda wire: run.running(wire.name)).items():
        if not same(tree, run.before[name]):
            raise Fault(name, "somebody else has changed it since it was read")
    nobody_came(run, seen)


def replace_both(run: Run, errand: Errand, before: Mapping[str, SwitchState], seconds: float, patience: float) -> None:
    """Replace one after the other, in the order in which the plan comes to them, then wait at its last gates."""
    whole = min(max(round(seconds), transaction.SECONDS.start), transaction.SECONDS.stop - 1)
    for name in _order(errand):
        due = run.clock() + timedelta(seconds=whole)
        run.timers[name] = Timer(due, due, scheduler=False)
        run.replaced.add(name)
        run.touched.add(name)
        run.note("replace", switch=name, due=due.isoformat())
        verdict = transaction.replaced(run.wires[name].act(transaction.replace(run.id, whole), LONG))
        if verdict.stops:
            raise Fault(name, f"it did not take its new configuration: {verdict.words}")
    for name in _order(errand):
        last = [move for move in errand.moves if move.switch == name and move.gate][-1:]
        for move in last:
            at_gate(run, move, before, patience)


def _order(errand: Errand) -> list[str]:
    return list(dict.fromkeys(move.switch for move in errand.moves))


def commit(run: Run) -> None:
    """Have every switch keep what it was replaced with; Fault where one does not say that it does.

    One that was asked before may have done so, and its answer was lost. Once the others have committed its time is
    waited for, behind which whoever looks sees whether it has.
    """
    doubtful = [name for name in sorted(run.replaced) if not _is_committed(run, name)]
    for name in doubtful:
        for left in run.wait((run.timers[name].due - run.clock()).total_seconds() + _BEHIND, _PAUSE):
            run.note("wait", switch=name, seconds=round(left), misses="that it would have gone back by itself")
        run.replaced.discard(name)


def _is_committed(run: Run, name: str) -> bool:
    """Whether it says that it keeps what it runs; False where it was asked before."""
    again = name in run.committing
    run.committing.add(name)
    run.note("commit", switch=name)
    verdict = transaction.committed(run.wires[name].act(transaction.COMMIT, LONG))
    if verdict.stops and not again:
        raise Fault(name, f"it did not commit: {verdict.words}")
    if not verdict.stops:
        run.replaced.discard(name)
    return not verdict.stops


def clear_file(run: Run, name: str) -> None:
    """Take the file away again; one that stays costs space, and is only noted."""
    for _ in range(2):
        try:
            run.act(name, transaction.delete(run.id))
        except (Fault, DeviceError) as error:
            run.note("left", switch=name, what=str(error))
        else:
            break
