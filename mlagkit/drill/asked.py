"""Events that somebody asks about in words: read, and looked for among those that can happen to a pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mlagkit.drill.event import Event, Kind, parse_event
from mlagkit.drill.wiring import Peers
from mlagkit.source.nearest import nearest

_OF_PAIR = (
    *(Kind.PEER_LINK, Kind.PEER_LINK_SHUTDOWN, Kind.PEER_LINK_LOSSY, Kind.KEEPALIVE),
    *(Kind.POWER_OFF_BOTH, Kind.TYPE_1, Kind.ROLE_PREEMPT),
)
_OF_SWITCH = (Kind.POWER_OFF, Kind.RELOAD, Kind.HANG, Kind.UPLINKS, Kind.TRACK, Kind.SHUTDOWN_DOMAIN)
_NAMED = 3


def asked_events(texts: Iterable[str], peers: Peers) -> tuple[Event, ...]:
    """The events of these words; ValueError for one that can't happen to the pair, with what was probably meant."""
    possible = frozenset(_possible(peers))
    return tuple(_asked(text, possible, peers[0].pair) for text in texts)


def _asked(text: str, possible: frozenset[Event], pair: str) -> Event:
    try:
        event = parse_event(text)
    except ValueError as error:
        likely = nearest(" ".join(text.split()), _words(possible))
        raise (_strange(text, pair, [likely]) if likely else error) from None
    if event.cause in possible:
        return event
    of_kind = [each for each in possible if each.kind is event.kind]
    of_switch = [each for each in of_kind if each.switch == event.switch]
    likely = nearest(str(event), _words(of_switch)) or nearest(str(event), _words(possible))
    raise _strange(text, pair, [likely] if likely else sorted(map(str, of_kind))[:_NAMED])


def _words(events: Iterable[Event]) -> list[str]:
    """The words of events and of their returns."""
    return sorted(str(each) for event in events for each in _with_return(event))


def _strange(text: str, pair: str, meant: Sequence[str]) -> ValueError:
    hint = f"; did you mean {' or '.join(f'`{words}`' for words in meant)}?" if meant else ""
    return ValueError(f"{text!r} can't happen to {pair}{hint}")


def _with_return(event: Event) -> Iterator[Event]:
    yield event
    if event.kind is not Kind.ROLE_PREEMPT:
        yield Event(event.kind, event.switch, event.interface, event.number, up=True)


def _possible(peers: Peers) -> Iterator[Event]:
    """Everything that can be lost on the pair."""
    yield from (Event(kind) for kind in _OF_PAIR)
    for switch in peers:
        yield from (Event(kind, switch.name) for kind in _OF_SWITCH)
        yield from (Event(Kind.LINK, switch.name, interface=name) for name in switch.ports)
        yield from (Event(Kind.SVI, switch.name, number=vlan) for vlan in switch.svis)
        for vpc in switch.vpcs:
            yield Event(Kind.VPC, switch.name, number=vpc)
            yield Event(Kind.TYPE_1_VPC, number=vpc)
        link = switch.peer_link
        yield from (Event(Kind.PEER_LINK_MEMBER, interface=name) for name in (link.members if link else ()))
