"""What a pair is in between two events, and how an event changes it: the rules of the game (reference 5.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from mlagkit.drill.event import DEAD, Event, Kind
from mlagkit.drill.outcome import Seconds
from mlagkit.drill.timers import FAILOVER, STILL, Shift, recovery, restored, start_alone, suspends_by, takeover
from mlagkit.drill.wiring import BOTH, Wiring
from mlagkit.state import Role
from mlagkit.switch import Switch
from mlagkit.values import InterfaceName


class Power(Enum):
    """Whether a switch runs; a hung one keeps its ports up and forwards nothing."""

    ON = "on"
    OFF = "off"
    HUNG = "hung"


class Legs(Enum):
    """What a switch does with all its legs."""

    FORWARDING = "forwarding"
    SUSPENDED = "suspended"
    """It lost the peer-link while it heard its peer."""
    WAITING = "waiting"
    """It came up and has no role yet."""
    SHUT = "shut"
    """Its domain is shut, or what it tracks is down."""


@dataclass(frozen=True, slots=True)
class SwitchCondition:
    """One switch: ``sticky`` once it took over, ``bypass`` while nobody checks its consistency because of that.

    ``heard`` is whether it heard its peer since it came up: without that no peer-link forms.
    """

    power: Power = Power.ON
    role: Role = Role.NONE
    sticky: bool = False
    legs: Legs = Legs.FORWARDING
    bypass: bool = False
    heard: bool = True

    @property
    def runs(self) -> bool:
        """Whether its vPC process works."""
        return self.power is Power.ON and self.legs is not Legs.SHUT


@dataclass(frozen=True, slots=True)
class Condition:
    """Both switches settled after some events.

    ``faults`` are what happened and did not return. ``adjacent`` is whether the two talk over the peer-link.
    ``leader`` was the operational primary when they last did, ``mismatches`` the type-1 faults that they saw then.
    ``held`` are legs that came back when nobody could check them (F38). ``assumed`` is the primary by system MAC.
    """

    switches: tuple[SwitchCondition, SwitchCondition]
    faults: frozenset[Event]
    adjacent: bool
    leader: int | None
    assumed: int
    mismatches: frozenset[Event] = frozenset()
    held: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """What an event leads to, and when the links of each switch change."""

    after: Condition
    shifts: tuple[Shift, Shift] = (STILL, STILL)
    rejoins: bool = False


def start(wiring: Wiring, primary: int) -> Condition:
    """The pair as it runs before any event, with that switch as the one of two equal ones that leads."""
    alone = Condition((SwitchCondition(), SwitchCondition()), frozenset(), adjacent=False, leader=None, assumed=primary)
    if not wiring.has_peer_link:
        waiting = SwitchCondition(legs=Legs.WAITING)
        return replace(alone, switches=(waiting, waiting))
    running = _formed(wiring, alone, priority_primary(wiring, alone)).after
    for at in BOTH:
        domain = wiring.peers[at].domain
        if domain and domain.shutdown:
            running = play(wiring, running, Event(Kind.SHUTDOWN_DOMAIN, wiring.peers[at].name)).after
    return running if peer_link_up(wiring, running) else _settled(wiring, running, running, Kind.PEER_LINK).after


def priority_primary(wiring: Wiring, condition: Condition) -> int:
    """Who leads by priority; of equal ones who is assumed to."""
    one, other = (switch.domain.role_priority if switch.domain else 0 for switch in wiring.peers)
    return condition.assumed if one == other else int(other < one)


def peer_link_up(wiring: Wiring, condition: Condition) -> bool:
    """Whether both ends of the peer-link have carrier."""
    if not wiring.has_peer_link or not all(own.runs for own in condition.switches) or _is_cut(condition):
        return False
    if wiring.virtual:
        return not any(uplinks_down(wiring, condition, at) for at in BOTH)
    failed = {fault.interface for fault in condition.faults if fault.kind is Kind.PEER_LINK_MEMBER}
    return all(any(name not in failed for name in members) for members in wiring.members)


def _is_cut(condition: Condition) -> bool:
    return any(fault.kind in (Kind.PEER_LINK, Kind.PEER_LINK_SHUTDOWN) for fault in condition.faults)


def keepalive_up(wiring: Wiring, condition: Condition) -> bool:
    """Whether both hear each other on the keepalive's path."""
    if not wiring.keepalive or not all(own.runs for own in condition.switches):
        return False
    if any(fault.kind is Kind.KEEPALIVE for fault in condition.faults):
        return False
    if wiring.keepalive_over_peer_link and not peer_link_up(wiring, condition):
        return False
    return not any(wiring.keepalive_over_uplinks[at] and uplinks_down(wiring, condition, at) for at in BOTH)


def uplinks_down(wiring: Wiring, condition: Condition, at: int) -> bool:
    """Whether all routed uplinks of a switch are gone."""
    return Event(Kind.UPLINKS, wiring.peers[at].name) in condition.faults


def play(wiring: Wiring, before: Condition, event: Event) -> Step:
    """What an event leads to once every timer has run out."""
    if event.switch not in (None, *(switch.name for switch in wiring.peers)):
        return Step(before)
    begun = _begun(wiring, before, event)
    if event.is_local:
        return Step(_held(wiring, before, begun, event))
    return _settled(wiring, before, begun, event.kind, returns=event.up)


def _begun(wiring: Wiring, before: Condition, event: Event) -> Condition:
    """The event itself, with nobody having reacted."""
    hit = BOTH if event.kind is Kind.POWER_OFF_BOTH else (wiring.index(event.switch),)
    if event.kind in DEAD or event.kind is Kind.POWER_OFF_BOTH:
        power = Power.ON if event.up else Power.HUNG if event.kind is Kind.HANG else Power.OFF
        changed = [at for at in hit if _can_become(before.switches[at].power, power)]
        return _with(before, {at: _fresh(wiring, before, at, power) for at in changed})
    faults = before.faults - {event.cause} if event.up else before.faults | {event}
    begun = replace(before, faults=faults)
    fresh = [_fresh(wiring, begun, at, Power.ON) for at in BOTH]
    return _with(
        begun,
        {
            at: fresh[at]
            for at, own in enumerate(begun.switches)
            if own.power is Power.ON and (fresh[at].legs is Legs.SHUT) != (own.legs is Legs.SHUT)
        },
    )


def _can_become(power: Power, other: Power) -> bool:
    """What is on already does not start, and what is off does not hang."""
    return power is not other and (power, other) != (Power.OFF, Power.HUNG)


def _fresh(wiring: Wiring, condition: Condition, at: int, power: Power) -> SwitchCondition:
    """A switch that knows of no peer yet; what shuts its vPCs does so after a start, too."""
    return SwitchCondition(
        power=power, legs=Legs.SHUT if _is_shut(wiring, condition, at) else Legs.WAITING, heard=False
    )


def _is_shut(wiring: Wiring, condition: Condition, at: int) -> bool:
    """Whether the domain of a switch is shut, or what it tracks is down (F33, F37)."""
    name, track = wiring.peers[at].name, wiring.tracks[at]
    if {Event(Kind.SHUTDOWN_DOMAIN, name), Event(Kind.TRACK, name)} & condition.faults:
        return True
    return track is not None and not track.is_up(_down(wiring, condition, at))


def _down(wiring: Wiring, condition: Condition, at: int) -> set[InterfaceName]:
    """The interfaces of a switch that events took down and that tracking may watch."""
    name, found = wiring.peers[at].name, set[InterfaceName]()
    for fault in condition.faults:
        if fault.kind is Kind.UPLINKS and fault.switch == name:
            found.update(*(exits.uplinks[at] for exits in wiring.exits.values()))
        elif fault.interface is not None and fault.switch in (name, None):
            found.add(fault.interface)
    link = wiring.peers[at].peer_link
    if link is not None and (_is_cut(condition) or found.issuperset(wiring.members[at])):
        found |= {link.name, *wiring.members[at]}
    return found


def _with(condition: Condition, switches: dict[int, SwitchCondition]) -> Condition:
    one, other = (switches.get(at, condition.switches[at]) for at in BOTH)
    return replace(condition, switches=(one, other))


def _held(wiring: Wiring, before: Condition, begun: Condition, event: Event) -> Condition:
    """A leg that comes back while the peer-link is down can't be checked; auto-recovery lifts that (F38) [likely]."""
    at = wiring.index(event.switch)
    vpc = _vpc_of(wiring, event)
    if not event.up or vpc is None or before.adjacent or before.leader is None or recovers(wiring.peers[at]):
        return begun
    was_down = not leg_has_links(wiring, before, at, vpc)
    return replace(begun, held=begun.held | {(at, vpc)}) if was_down else begun


def _vpc_of(wiring: Wiring, event: Event) -> int | None:
    if event.kind is Kind.VPC:
        return event.number
    at = wiring.index(event.switch)
    return next((vpc for vpc, cables in wiring.legs[at].items() if event.interface in cables), None)


def leg_has_links(wiring: Wiring, condition: Condition, at: int, vpc: int) -> bool:
    """Whether a leg has a link that no fault took down."""
    name = wiring.peers[at].name
    if Event(Kind.VPC, name, number=vpc) in condition.faults:
        return False
    return any(Event(Kind.LINK, name, cable) not in condition.faults for cable in wiring.legs[at].get(vpc, ()))


def _settled(wiring: Wiring, before: Condition, begun: Condition, kind: Kind, *, returns: bool = False) -> Step:
    """What the two switches make of it."""
    heard = keepalive_up(wiring, begun)
    condition = _with(begun, {at: replace(own, heard=True) for at, own in enumerate(begun.switches) if heard})
    has_carrier = peer_link_up(wiring, condition)
    if before.adjacent and has_carrier:
        return _checked(wiring, condition, kind)
    if before.adjacent:
        late = keepalive_up(wiring, before) and not wiring.keepalive_over_peer_link
        return _parted(wiring, replace(condition, adjacent=False), kind, heard=heard, late=late)
    if has_carrier and all(own.heard for own in condition.switches):
        return _formed(wiring, condition, priority_primary(wiring, condition), rejoins=returns and kind in DEAD)
    return _apart(wiring, condition, heard=heard)


def _checked(wiring: Wiring, condition: Condition, kind: Kind) -> Step:
    """Adjacent before and after: the consistency check and the roles are all that can change."""
    leader = condition.leader
    if kind is Kind.ROLE_PREEMPT and all(switch.domain and switch.domain.peer_switch for switch in wiring.peers):
        by_priority = priority_primary(wiring, condition)
        condition = _led(replace(condition, leader=by_priority), by_priority, sticky=False)
    mismatches = _mismatches(condition)
    lost = Shift(lost=FAILOVER, back=FAILOVER)
    changed = mismatches != condition.mismatches or leader != condition.leader
    return Step(replace(condition, mismatches=mismatches), (lost, lost) if changed else (STILL, STILL))


def _mismatches(condition: Condition) -> frozenset[Event]:
    """The type-1 faults that both see while they talk."""
    return frozenset(fault for fault in condition.faults if fault.kind in (Kind.TYPE_1, Kind.TYPE_1_VPC))


def _parted(wiring: Wiring, condition: Condition, kind: Kind, *, heard: bool, late: bool) -> Step:
    """The peer-link is lost: the operational secondary acts, the primary changes nothing (reference 5.2).

    ``heard`` is whether the keepalive goes on, ``late`` whether it could go on for a moment longer than the peer-link.
    """
    leader = condition.leader or 0
    second = 1 - leader
    own, switch = condition.switches[second], wiring.peers[second]
    if not own.runs:
        return Step(condition)
    suspended = replace(own, legs=Legs.SUSPENDED)
    if heard:
        worst = FAILOVER.worst if kind is Kind.PEER_LINK_SHUTDOWN else suspends_by(switch)
        return _step(_with(condition, {second: suspended}), second, Shift(lost=Seconds(FAILOVER.best, worst)))
    is_tracked = condition.switches[leader].legs is Legs.SHUT and kind is not Kind.SHUTDOWN_DOMAIN
    if late and (kind is Kind.RELOAD or is_tracked):  # its peer-link ports drop before its keepalive (F14b, F33)
        if not recovers(switch):
            return _step(_with(condition, {second: suspended}), second, Shift(lost=Seconds(0, None), maybe=True))
        taken = _with(condition, {second: _promoted(wiring, condition, second)})
        return _step(taken, second, Shift.promotion(recovery(switch), flap=True, maybe=kind is Kind.RELOAD))
    taken = _with(condition, {second: _promoted(wiring, condition, second)})
    return _step(taken, second, Shift.promotion(takeover(switch)))


def _apart(wiring: Wiring, condition: Condition, *, heard: bool) -> Step:
    """No peer-link before and after: auto-recovery is all that can change something."""
    switches: dict[int, SwitchCondition] = {}
    shifts = [STILL, STILL]
    for at, own in enumerate(condition.switches):
        switch = wiring.peers[at]
        if own.power is not Power.ON or heard or not recovers(switch) or not wiring.has_peer_link:
            continue
        if own.legs is Legs.SUSPENDED:
            switches[at] = _promoted(wiring, condition, at)
            shifts[at] = Shift.promotion(recovery(switch))
        elif own.legs is Legs.WAITING:
            switches[at] = replace(own, role=Role.PRIMARY, sticky=True, legs=Legs.FORWARDING, bypass=True)
            shifts[at] = Shift.promotion(start_alone(switch))
    return Step(_with(condition, switches), (shifts[0], shifts[1]))


def _formed(wiring: Wiring, condition: Condition, by_priority: int, *, rejoins: bool = False) -> Step:
    """Both meet over the peer-link: a sticky one leads, else the better priority; the other starts anew."""
    sticky = [at for at, own in enumerate(condition.switches) if own.sticky]
    leader = sticky[0] if len(sticky) == 1 else by_priority
    is_new = all(own.legs is not Legs.FORWARDING for own in condition.switches)
    shifts = [STILL, STILL]
    for at, own in enumerate(condition.switches):
        flaps = own.legs is Legs.FORWARDING and at != leader
        shifts[at] = restored(wiring.peers[at], flap=flaps, is_new=is_new)
    met = replace(condition, adjacent=True, leader=leader, mismatches=_mismatches(condition), held=frozenset())
    return Step(_led(met, by_priority, sticky=bool(sticky)), (shifts[0], shifts[1]), rejoins=rejoins)


def _led(condition: Condition, by_priority: int, *, sticky: bool) -> Condition:
    """Both with their roles in the words of a switch, legs up, checked."""
    leader = condition.leader
    roles = {at: _ROLES[at == by_priority, at == leader] for at in BOTH}
    return _with(condition, {at: SwitchCondition(role=roles[at], sticky=sticky and at == leader) for at in BOTH})


_ROLES = {
    (True, True): Role.PRIMARY,
    (True, False): Role.PRIMARY_OPERATIONAL_SECONDARY,
    (False, True): Role.SECONDARY_OPERATIONAL_PRIMARY,
    (False, False): Role.SECONDARY,
}
"""By who should lead and who does."""


def _promoted(wiring: Wiring, condition: Condition, at: int) -> SwitchCondition:
    """A switch that takes over: sticky, and nobody checks its consistency."""
    role = _ROLES[at == priority_primary(wiring, condition), True]
    return replace(condition.switches[at], role=role, sticky=True, legs=Legs.FORWARDING, bypass=True)


def _step(condition: Condition, at: int, shift: Shift) -> Step:
    return Step(condition, (shift, STILL) if at == 0 else (STILL, shift))


def recovers(switch: Switch) -> bool:
    """Whether the switch takes over by auto-recovery."""
    return bool(switch.domain and switch.domain.auto_recovery)
