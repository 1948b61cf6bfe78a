"""Behind the last line: is the pair as planned and healthy; then disarm both, save both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mlagkit.config import ConfigTree
from mlagkit.diff import fingerprint
from mlagkit.errors import DeviceError
from mlagkit.nxos import transaction
from mlagkit.push.arm import disarm
from mlagkit.push.errand import Errand, Move
from mlagkit.push.look import Seen, checked, look, must_of
from mlagkit.push.planned import Planned, said
from mlagkit.push.refusals import told
from mlagkit.push.run import LONG, Fault, Run, same
from mlagkit.push.whole import clear_file, commit
from mlagkit.verify import MARGIN, Result, worse

_PAUSE = 5.0
"""Seconds between two looks at a pair that is still settling."""


def confirm(run: Run, errand: Errand, start: Mapping[str, Seen], patience: float) -> Mapping[str, ConfigTree]:
    """What both run behind the plan, once the pair is no worse than before; Fault where it does not get there.

    Every line of the plan must have done what it was to do. What changed beside it is noted: it may be somebody else's,
    and going back would take that away, too.
    """
    seen = look(run)
    for name, each in seen.items():
        if others := transaction.timers(each.tree) - {run.id}:
            raise Fault(name, f"another push has armed its timer meanwhile: {', '.join(sorted(others))}")
        _as_planned(run, name, run.apart(name, each.tree), errand.moves)
    seen, lost = _settled(run, seen, start, patience)
    if lost:
        raise Fault("", f"the pair is worse than before: {'; '.join(lost)}")
    trees = {name: run.apart(name, each.tree) for name, each in seen.items()}
    run.note("verified", after={name: fingerprint(tree) for name, tree in trees.items()})
    return trees


def still_worse(run: Run, start: Mapping[str, Seen]) -> Sequence[str]:
    """What is worse than at the ``start`` once the pair has settled; without one, all that is not as it must be."""
    seen = look(run)
    return _settled(run, seen, start, must_of(seen).delay + MARGIN)[1]


def _settled(
    run: Run, seen: Mapping[str, Seen], start: Mapping[str, Seen], patience: float
) -> tuple[Mapping[str, Seen], list[str]]:
    """The pair once nothing is worse any more, or after that many seconds, and what is worse then."""
    lost = _worse(start, seen)
    for left in run.wait(patience, _PAUSE):
        if not lost:
            break
        run.note("wait", seconds=round(left), misses=lost[0])
        seen = look(run)
        lost = _worse(start, seen)
    return seen, lost


def _worse(start: Mapping[str, Seen], seen: Mapping[str, Seen]) -> list[str]:
    """What is not as it must be by what both run now, and was better before."""
    must = must_of(seen)
    now = checked(must, seen)
    amiss = worse(checked(must, start), now) if start else [each for each in now if each.result is Result.NOT_OK]
    return [told(check) for check in amiss]


def _as_planned(run: Run, name: str, tree: ConfigTree, moves: Sequence[Move]) -> None:
    plan = Planned.of(run.before[name], name, moves)
    missing, beside = plan.unlike(tree)
    if missing:
        raise Fault(name, f"it took every line, and {said(missing[0])} is not as planned")
    for each in beside:
        run.note("beside", switch=name, what=said(each))


def conclude(run: Run, after: Mapping[str, ConfigTree], start: Mapping[str, Seen]) -> None:
    """Disarm both, see that both are as they were verified, save both; Fault where that does not work.

    All of it can be repeated. From the first line that disarms on, a switch that is lost does not come back by itself.
    """
    for name, tree in run.both(lambda wire: run.running(wire.name)).items():
        disarm(run, name, tree)
    commit(run)
    for name, tree in run.both(lambda wire: run.running(wire.name)).items():
        if run.id in transaction.timers(tree):
            raise Fault(name, "its timer is still armed")
        if not same(run.apart(name, tree), after[name]):
            raise Fault(name, "it is not any more what was verified")
    for name in run.wires:
        run.note("save", switch=name)
        run.saved.add(name)
        run.act(name, transaction.SAVE, LONG)
    for name, each in look(run).items():
        at_most = (start[name].unsaved or 0) if name in start else 0  # lines that a switch may never save alike
        if each.unsaved is None or each.unsaved > at_most:
            raise Fault(name, "it says that it has saved, and what it would start with is not what it runs")


def tidy(run: Run, seen: Mapping[str, Seen]) -> None:
    """Drop the files, and the checkpoints of earlier runs; what is left behind costs some room, and is only noted."""
    for name in run.wires:
        try:
            if name in run.files:
                clear_file(run, name)
            for old in transaction.runs_kept(seen[name].checkpoints) if name in seen else ():
                run.act(name, transaction.forget(old))
        except (Fault, DeviceError, KeyboardInterrupt) as error:
            run.note("left", switch=name, what=str(error))
