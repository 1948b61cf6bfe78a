"""Verify: whether a pair is in the state that its intent implies, from what both switches say.

Pure: `implied` is told from two Switches alone, `checks` holds it against what was observed, `worse` against an
earlier time, `settled` waits with a clock that is handed in.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.state import VpcState
from mlagkit.verify.channels import leg, peer_link
from mlagkit.verify.check import Check, Result, worse
from mlagkit.verify.configuration import configuration
from mlagkit.verify.domain import absent, domain, leaders, roles
from mlagkit.verify.implied import Implied, implied
from mlagkit.verify.observed import Observed, Side, Standing
from mlagkit.verify.parameters import suspects
from mlagkit.verify.ports import neighbours, orphan_ports, routed, uplinks
from mlagkit.verify.waiting import MARGIN, settled

__all__ = [
    "MARGIN",
    "Check",
    "Implied",
    "Observed",
    "Result",
    "Standing",
    "checks",
    "implied",
    "settled",
    "suspects",
    "worse",
]


def checks(implied: Implied, observed: Observed) -> tuple[Check, ...]:
    """Everything that the intent implies, held against what was observed; of a switch that was not read, nothing."""
    lead = leaders(observed.state)
    leader = lead[0] if len(lead) == 1 else implied.primary or implied.hostnames[0]
    found = [roles(implied, observed.state)]
    for name, must in implied.led[leader].items():
        state = observed.state.switches.get(name)
        if state is not None:
            side = Side(must=must, state=state, unread=observed.unread.get(name, {}))
            found += _of_switch(side, observed.standing.get(name))
    return tuple(found)


def _of_switch(side: Side, standing: Standing | None) -> Iterator[Check]:
    vpc = side.state.vpc
    if isinstance(vpc, VpcState):
        yield from domain(side, vpc)
        yield from peer_link(side, vpc)
        for number, must in side.must.legs.items():
            yield from leg(side, number, must, vpc)
        yield orphan_ports(side)
    else:
        yield absent(side)
    yield from routed(side)
    yield from uplinks(side)
    yield from neighbours(side)
    yield from configuration(side, standing)
