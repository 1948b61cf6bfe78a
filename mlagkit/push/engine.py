"""A plan carried out on both switches, or on neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mlagkit.config import ConfigTree
from mlagkit.errors import DeviceError
from mlagkit.push.arm import Want, prepare
from mlagkit.push.back import Stand, Standing, left_alone, take_back
from mlagkit.push.carry import carry_out
from mlagkit.push.errand import Errand, Terms
from mlagkit.push.finish import conclude, confirm, still_worse, tidy
from mlagkit.push.look import Seen, must_of
from mlagkit.push.run import Fault, Run, same
from mlagkit.push.whole import replace_both, stage
from mlagkit.verify import MARGIN


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a push ended: how each switch stands, and what went wrong, ``""`` where nothing did.

    ``unrecorded`` is why a part of it is not in the journal. ``amiss`` is what is not well with a pair that was taken
    back; ``idle``: nothing had to be done. ``uncompared`` are lines that stayed as they were, and nobody knows whether
    they are as intended. ``run`` is its name, and ``journal`` where it is recorded.
    """

    stands: Mapping[str, Stand]
    cause: str = ""
    unrecorded: str = ""
    amiss: Sequence[str] = ()
    idle: bool = False
    uncompared: Sequence[str] = ()
    run: str = ""
    journal: str = ""

    @property
    def is_done(self) -> bool:
        """Whether both are as planned, and nothing is left to do."""
        return self._are(Standing.NEW)

    @property
    def is_taken_back(self) -> bool:
        """Whether both are as before, and nothing is left to do."""
        return self._are(Standing.OLD)

    def _are(self, standing: Standing) -> bool:
        return all(stand == Stand(standing) for stand in self.stands.values())


def push(run: Run, errand: Errand, seen: Mapping[str, Seen], terms: Terms) -> Outcome:
    """Carry a plan out on the pair that was ``seen``, and against whose push nothing stands (`consent`).

    Whatever goes wrong ends in both switches as before, if they can be reached, or by their timers; what can't be known
    is said.
    """
    run.before = {name: each.tree for name, each in seen.items()}
    patience = float(must_of(seen).delay + MARGIN)
    want = Want(terms.timer(len(errand.moves), patience), terms.permissions)
    try:
        states = {name: each.state for name, each in seen.items()}
        if terms.replace:
            stage(run, errand, seen)
            replace_both(run, errand, states, want.seconds, patience)
        else:
            prepare(run, errand, seen, want)
            carry_out(run, errand, states, patience)
        after = confirm(run, errand, seen, patience)
    except BaseException as error:
        outcome = failed(run, error, seen)
        if isinstance(error, (Fault, DeviceError, OSError, KeyboardInterrupt)):
            return outcome
        raise
    return concluded(run, after, seen)


def failed(run: Run, error: BaseException, start: Mapping[str, Seen]) -> Outcome:
    """Take both back, whatever went wrong, and see whether the pair is as well as it was at the ``start``."""
    cause = _why(error)
    run.note.must = False
    run.note("fault", switch=getattr(error, "switch", ""), what=cause)
    return taken_back(run, cause, start)


def _why(error: BaseException) -> str:
    """What went wrong, for a reader; an OSError is that of the journal."""
    if isinstance(error, KeyboardInterrupt):
        return "stopped by the operator"
    if isinstance(error, OSError):
        return f"what is done can't be written down: {error.strerror or error}"
    return str(error) or type(error).__name__


def concluded(run: Run, after: Mapping[str, ConfigTree], start: Mapping[str, Seen]) -> Outcome:
    """Both disarmed and saved; else, where both are still as planned, once more; else both as before.

    A switch that does not let itself be disarmed, or does not save, would not stay as planned.
    """
    cause = ""
    for _ in range(2):
        try:
            conclude(run, after, start)
        except (Fault, DeviceError, OSError, KeyboardInterrupt) as error:
            cause = _why(error)
            run.note.must = False
            run.note("fault", what=cause)
            if not _all_new(run, after):
                break
        else:
            run.note.must = False  # all is done; that something could not be cleared away must not look as if not
            tidy(run, start)
            return Outcome(dict.fromkeys(run.wires, Stand(Standing.NEW)), cause)
    return taken_back(run, cause, start)


def taken_back(run: Run, cause: str, start: Mapping[str, Seen]) -> Outcome:
    """Both as before, and what is worse all the same; nothing is known to be where nobody saw the ``start``."""
    try:
        outcome = Outcome(take_back(run), cause)
    except KeyboardInterrupt:
        return Outcome(left_alone(run), "; ".join(filter(None, (cause, "going back was stopped by the operator"))))
    return replace(outcome, amiss=_still_amiss(run, start)) if outcome.is_taken_back else outcome


def _still_amiss(run: Run, start: Mapping[str, Seen]) -> Sequence[str]:
    """What is worse than at the ``start``, of a pair that is back: whoever does not wait for it is told so."""
    try:
        return still_worse(run, start)
    except KeyboardInterrupt:
        return ("nobody knows how the pair is: the operator did not wait until it has settled",)
    except DeviceError as error:
        return (f"nobody knows how the pair is: {error}",)


def _all_new(run: Run, after: Mapping[str, ConfigTree]) -> bool:
    """Whether both can be read, and run what was verified."""
    try:
        trees = run.both(lambda wire: run.apart(wire.name, run.running(wire.name)))
    except DeviceError:
        return False
    return all(same(tree, after[name]) for name, tree in trees.items())
