"""What the words of an event mean to an emulated pair: what happens, in its order, and which switch runs after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mlagkit.drill import Event, Kind
from mlagkit.drill.asked import asked_events
from mlagkit.drill.event import DEAD
from mlagkit.drill.wiring import Peers
from mlagkit.nxos.lab.live import LabEvent, Power

_POWER = {
    Kind.POWER_OFF: Power.OFF,
    Kind.POWER_OFF_BOTH: Power.OFF,
    Kind.RELOAD: Power.OFF,
    Kind.HANG: Power.HUNG,
}


def events_of(words: str, peers: Peers, happened: Sequence[Event]) -> Sequence[LabEvent]:
    """The events that somebody asks for in words; ValueError where they can't happen, or not now.

    A restart is the loss of a switch and its return at once: it takes no time here.
    """
    (event,) = asked_events([words], peers)
    _refuse_idle(event, peers, happened)
    events = [event]
    if event.kind is Kind.RELOAD and not event.up:
        events.append(Event(Kind.RELOAD, event.switch, up=True))
    return [LabEvent(str(each), _becomes(each, peers)) for each in events]


def _becomes(event: Event, peers: Peers) -> Mapping[str, Power]:
    """What an event makes of switches as devices."""
    if event.kind not in _POWER:
        return {}
    power = Power.ON if event.up else _POWER[event.kind]
    names = [switch.name for switch in peers] if event.switch is None else [event.switch]
    return dict.fromkeys(names, power)


def _refuse_idle(event: Event, peers: Peers, happened: Sequence[Event]) -> None:
    """A ValueError where an event would change nothing: whoever waits for its effect would wait for ever."""
    power = powers(peers, happened)
    if event.kind in _POWER:
        now = {power[name] for name in _becomes(event, peers)}
        runs = now == {Power.ON}
        if event.up and runs:
            raise ValueError(f"{str(event)!r}: it runs already")
        if not event.up and (now == {Power.OFF} or (event.kind in (Kind.HANG, Kind.RELOAD) and not runs)):
            raise ValueError(f"{str(event)!r}: it does not run; `power-on {event.switch or '<switch>'}` brings it back")
        return
    lost = lost_by(happened)
    if event.up and event.cause not in lost:
        there = ", ".join(f"`{each}`" for each in sorted(map(str, lost))) or "nothing"
        raise ValueError(f"{str(event)!r}: that is not lost; what is: {there}")
    if not event.up and event in lost:
        raise ValueError(f"{str(event)!r} has happened already")


def powers(peers: Peers, happened: Iterable[Event]) -> Mapping[str, Power]:
    """Which switches run after some events."""
    power = {switch.name: Power.ON for switch in peers}
    for event in happened:
        for name, becomes in _becomes(event, peers).items():
            if (power[name], becomes) != (Power.OFF, Power.HUNG):
                power[name] = becomes
    return power


def lost_by(happened: Iterable[Event]) -> frozenset[Event]:
    """The events that did not return, without those of whole switches."""
    lost: set[Event] = set()
    for event in happened:
        if event.kind not in (*DEAD, Kind.POWER_OFF_BOTH, Kind.ROLE_PREEMPT):
            lost = lost - {event.cause} if event.up else lost | {event}
    return frozenset(lost)
