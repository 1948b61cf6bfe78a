"""The lines of a plan, in its order over both switches, with its gates."""

from __future__ import annotations

from collections.abc import Mapping

from mlagkit.nxos.reply import Show
from mlagkit.nxos.state import read_apart
from mlagkit.push.errand import Errand, Move
from mlagkit.push.run import SHORT, Fault, Run
from mlagkit.push.wire import Wire
from mlagkit.state import KeepaliveStatus, LinkStatus, PeerStatus, SwitchState, Verdict, VpcState

_PAUSE = 2.0
"""Seconds between two looks at a gate."""


def carry_out(run: Run, errand: Errand, before: Mapping[str, SwitchState], patience: float) -> None:
    """Send every step, and wait at its gate for ``patience`` seconds at most; Fault at the first thing amiss."""
    for move in errand.moves:
        _stop(run)
        _in_time(run, patience)
        run.note("step", switch=move.switch, step=move.number, reason=move.reason, gate=move.gate)
        run.touched.add(move.switch)
        run.begun.append(move)
        run.type(move.switch, move.lines)
        if move.gate:
            at_gate(run, move, before, patience)


def _stop(run: Run) -> None:
    if run.halted():
        raise Fault("", "stopped by the operator")


def _in_time(run: Run, patience: float) -> None:
    """No step is begun that the timer might run into."""
    for name in run.armed:
        left = (run.timers[name].due - run.clock()).total_seconds()
        if left < patience + SHORT:
            raise Fault(name, f"its timer goes off in {max(0, left):.0f} s, which is too soon for the next step")


def at_gate(run: Run, move: Move, before: Mapping[str, SwitchState], patience: float) -> None:
    """Wait until what must hold behind a step does; Fault where it does not within ``patience`` seconds."""
    missing = [move.gate]
    for left in run.wait(patience, _PAUSE):
        _stop(run)
        missing = unmet(move.gate, move.switch, run.both(_vpc), before)
        if not missing:
            run.note("gate", step=move.number, holds=move.gate)
            return
        misses = f"{', '.join(missing)} does not hold yet"
        run.note("wait", step=move.number, seconds=round(left), misses=misses)
    raise Fault("", f"behind step {move.number} this does not hold within {patience:.0f} s: {', '.join(missing)}")


def _vpc(wire: Wire) -> SwitchState:
    state, _ = read_apart(wire.name, {Show.VPC: wire.show(Show.VPC)})
    return state


def unmet(gate: str, switch: str, now: Mapping[str, SwitchState], before: Mapping[str, SwitchState]) -> list[str]:
    """The conditions of a gate behind a step on ``switch`` that do not hold.

    A vPC that was not up before the push, and one that is new, holds nobody up: its device may not be there yet.
    """
    return [condition for condition in filter(None, gate.split(", ")) if not _holds(condition, switch, now, before)]


def _holds(condition: str, switch: str, now: Mapping[str, SwitchState], before: Mapping[str, SwitchState]) -> bool:
    every = [state.vpc for state in now.values()]
    told = [vpc for vpc in every if isinstance(vpc, VpcState)]
    if len(told) < len(every):
        return False
    match condition.split():
        case ["keepalive", "alive"]:
            return all(vpc.keepalive is KeepaliveStatus.ALIVE for vpc in told)
        case ["peer-link", "up"]:
            return all(vpc.peer is PeerStatus.OK and _links_up(vpc) for vpc in told)
        case ["consistency", "success"]:
            return all(vpc.consistency is Verdict.SUCCESS for vpc in told)
        case ["vpc", number, "up"]:
            return int(number) not in _up(before[switch]) or int(number) in _up(now[switch])
    return False  # a condition that this version does not know is not taken for one that holds


def _links_up(vpc: VpcState) -> bool:
    return all(link.status is LinkStatus.UP for link in vpc.peer_links)


def _up(state: SwitchState) -> set[int]:
    """The vPCs that are up."""
    legs = state.vpc.legs if isinstance(state.vpc, VpcState) else ()
    return {leg.vpc for leg in legs if leg.status is LinkStatus.UP}
