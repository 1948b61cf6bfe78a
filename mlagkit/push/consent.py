"""Whether a push is begun: whatever stands against it is told first, and only then whoever carries it out is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from mlagkit.errors import Refused
from mlagkit.push.errand import Errand, Terms
from mlagkit.push.look import Seen, look
from mlagkit.push.owners import untold
from mlagkit.push.refusals import Refusal, allowed, refusals, worded
from mlagkit.push.run import Run

Ask = Callable[[Sequence[Refusal]], None]
"""Shows a person what is to be done, and what was allowed of all that stands against it; Refused unless they say yes.

It is told what only a push knows: the stops of the plan stand in the plan.
"""


def agreed(run: Run, errand: Errand, seen: Mapping[str, Seen], terms: Terms, ask: Ask | None) -> Mapping[str, Seen]:
    """Both switches as they are when the push begins; Refused where anything stands against it, or nobody says yes.

    Nobody is asked for what would be refused all the same. Time passes while a person reads: both are read again
    behind the answer, and what stands against the push then refuses it.
    """
    accepted = _refuse(errand, seen, terms)
    for name, why in untold(seen):
        run.note("untold", switch=name, what=why)
    if ask is None:
        return seen
    ask(accepted)
    run.note("agreed")
    run.note("read")
    now = look(run)
    _refuse(errand, now, terms)
    return now


def _refuse(errand: Errand, seen: Mapping[str, Seen], terms: Terms) -> Sequence[Refusal]:
    """Refused for what was not allowed; what was, but for the stops of the plan."""
    found = list(refusals(errand, seen, terms))
    left = allowed(found, terms.permissions)
    if left:
        raise Refused("\n".join(worded(left)))
    return [each for each in found if each.permission not in errand.stops]
