"""How long an event cuts a host off, from when its links change."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.drill.condition import Power, Step
from mlagkit.drill.outcome import NOT_AT_ALL, UNTIL_REPAIRED, Seconds
from mlagkit.drill.reach import Fare, Way
from mlagkit.drill.timers import CARRIER, REJOIN, Shift
from mlagkit.drill.wiring import Attached, Bond

_LACP_TIMEOUTS = {"fast": Seconds(2, 3), "slow": Seconds(60, 90)}
"""Three periods of 1 s or 30 s from the last frame that came (IEEE 802.1AX), so one period less at best."""
_LACP_RATE_UNKNOWN = Seconds(2, 90)
REROUTE = Seconds(0, 3)
"""Another gateway or another way out (F32: less than a second to seconds) [likely]."""


def interruption(host: Attached, before: Fare, after: Fare, step: Step, *, is_local: bool) -> Seconds:
    """What a step costs the host: nothing, a range, or all the time until somebody repairs it.

    ``is_local`` is whether the event concerns the links of one host only.
    """
    if before is after and after.connected and not after.partial and not any(shift.flap for shift in step.shifts):
        return NOT_AT_ALL
    shifts = [step.shifts[port.at] for port in host.attachments]
    if not after.connected:
        may_stay = before.connected and any(shift.maybe and shift.lost.worst is None for shift in shifts)
        return Seconds(0, None) if may_stay else UNTIL_REPAIRED
    if after.partial:
        return Seconds(0, None)
    kept = [index for index in range(len(shifts)) if _is_kept(host, before, after, shifts, index)]
    if not kept:
        back = list(_backs(host, before, after, shifts, is_local=is_local))
        return _earliest(back) if back else NOT_AT_ALL
    costs = list(_costs(host, before, after, step, shifts))
    if costs:
        return Seconds(min(each.best or 0 for each in costs), max(each.worst or 0 for each in costs))
    if step.rejoins and any(after.carrier[at] and before.ways[at] is not after.ways[at] for at in range(len(shifts))):
        return REJOIN
    moved = any(_moved(before.ways[index], after.ways[index]) for index in kept)
    return REROUTE if moved else NOT_AT_ALL


def _is_kept(host: Attached, before: Fare, after: Fare, shifts: list[Shift], index: int) -> bool:
    """Whether a link works all the time."""
    return before.works[index] and after.works[index] and not _flaps(host, shifts, index)


def _flaps(host: Attached, shifts: list[Shift], index: int) -> bool:
    """Whether a link goes down in between, or what it leads to."""
    port, shift = host.attachments[index], shifts[index]
    suspended = shift.suspends and (port.orphan_suspend or host.is_routed)
    return shift.flap and (port.vpc is not None or suspended)


def _backs(host: Attached, before: Fare, after: Fare, shifts: list[Shift], *, is_local: bool) -> Iterator[Seconds]:
    """When each link works again that did not, or that went down in between."""
    for index, shift in enumerate(shifts):
        if not after.works[index]:
            continue
        if before.works[index]:
            yield Seconds(0, shift.back.worst) if shift.maybe else shift.back
        elif is_local:
            yield CARRIER
        elif host.attachments[index].vpc is not None:
            yield shift.back
        else:
            yield _orphan_back(host, before, shift, index)


def _orphan_back(host: Attached, before: Fare, shift: Shift, index: int) -> Seconds:
    """When an orphan port is up and leads to a gateway."""
    waits = [shift.svis] if host.is_routed else []
    if host.attachments[index].orphan_suspend and not before.carrier[index]:
        waits.append(shift.orphans)
    return max(waits, key=lambda each: each.rank, default=CARRIER)


def _earliest(backs: list[Seconds]) -> Seconds:
    return Seconds(min(each.best or 0 for each in backs), min(each.worst or 0 for each in backs))


def _costs(host: Attached, before: Fare, after: Fare, step: Step, shifts: list[Shift]) -> Iterator[Seconds]:
    """What the loss of each link costs that worked, in time until the host uses another."""
    for index, shift in enumerate(shifts):
        if not before.works[index]:
            continue
        if after.works[index]:
            if _flaps(host, shifts, index):
                yield Seconds(0, shift.lost.worst) if shift.maybe else shift.lost
            elif after.cables[index] < before.cables[index]:
                yield CARRIER
        elif step.after.switches[host.attachments[index].at].power is Power.HUNG:
            yield _noticed(host)
        else:
            yield shift.lost


def _noticed(host: Attached) -> Seconds:
    """When a host notices that a switch hangs whose ports have carrier."""
    rate = host.host.lacp_rate if host.host else None
    return _LACP_TIMEOUTS.get(rate or "", _LACP_RATE_UNKNOWN) if host.bond is Bond.LACP else UNTIL_REPAIRED


def _moved(before: Way, after: Way) -> bool:
    return before.leads and after.leads and Way.BY_PEER in (before, after) and before is not after
