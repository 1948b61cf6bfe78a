"""Whether what must hold before the next step does, by what both switches say of their vPCs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mlagkit.state import KeepaliveStatus, LinkStatus, PeerStatus, SwitchState, Verdict, VpcState


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
    return set(_legs(state))


def _legs(state: SwitchState) -> Iterator[int]:
    if isinstance(state.vpc, VpcState):
        yield from (leg.vpc for leg in state.vpc.legs if leg.status is LinkStatus.UP)
