"""What holds of any pair and any sequence of events, as far as the reference tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from mlagkit.drill import Event, Kind, Outcome, State, drill
from mlagkit.drill.courses import Table, courses, tables_of
from mlagkit.drill.difference import changed
from mlagkit.drill.event import DEAD
from mlagkit.drill.outcome import NOT_AT_ALL, HostOutcome, LinkState
from mlagkit.drill.play import Play
from mlagkit.drill.wire import wiring_of
from mlagkit.drill.wiring import Wiring
from mlagkit.state import Role
from tests.drill_graph import is_connected, moments, works
from tests.drill_strategies import VLANS, Plan, exchanged, plans, played

Events = tuple[Event, ...]
Drawn = tuple[Plan, Events]
PEACE = Event(Kind.KEEPALIVE, up=True)
"""The return of what is up already."""


@given(played())
def test_connected_is_a_path(drawn: Drawn) -> None:
    """A host is connected, and a link works, if and only if a path leads to all that is needed, after each event."""
    plan, events = drawn
    for moment in moments(plan, [*plan.outcomes(events)]):
        for guest in plan.guests:
            said = moment.outcome.hosts[guest.name]
            assert said.connected == is_connected(moment, guest), (guest.name, moment.outcome.events, said)
            for link in said.links:
                at = plan.names.index(link.switch)
                assert (link.state is LinkState.WORKS) == works(moment, guest, at), (link, moment.outcome.events)


@given(played())
def test_one_primary(drawn: Drawn) -> None:
    """Both lead only after a time without peer-link and keepalive, both alive, since they last had a peer-link.

    Then the sources let both go on (F08, F10, F13), and none says that a keepalive that returns would end it.
    """
    plan, events = drawn
    were_apart = False
    for outcome in plan.outcomes(events):
        one, other = outcome.switches.values()
        if one.peer_link is State.UP:
            were_apart = False
        elif one.alive and other.alive and not one.keepalive:
            were_apart = True
        assert were_apart or not (one.role.leads and other.role.leads), outcome.events


@given(played())
def test_peer_link_and_roles(drawn: Drawn) -> None:
    """Over a peer-link one leads and the other follows; a switch that does not run has no role and nothing that is up.

    Whoever has no role forwards on no leg.
    """
    plan, events = drawn
    for outcome in plan.outcomes(events):
        one, other = outcome.switches.values()
        assert one.peer_link is other.peer_link
        assert one.keepalive is other.keepalive
        if one.peer_link is State.UP:
            assert {one.alive, other.alive} == {True}
            assert one.role.leads != other.role.leads
        for switch in (one, other):
            if not switch.alive:
                assert not {*switch.legs.values(), *switch.svis.values(), *switch.orphans.values()} & {State.UP}
            if not switch.role.leads and switch.peer_link is not State.UP:
                assert State.UP not in switch.legs.values()


@given(st.data())
def test_repaired(data: st.DataObject) -> None:
    """Once everything is repaired, in any order, all is as at first, but for who leads.

    Not of a pair with a type-1 mismatch in its configurations: who suspends for it depends on who leads now.
    """
    plan, events = data.draw(played())
    plan = replace(plan, mismatch=None)
    repairs = data.draw(st.permutations(_returns(events)))
    first, *_, last = plan.outcomes((*events, *repairs, PEACE))
    assert _states(first) == _states(last)
    assert sorted(each.role.leads for each in last.switches.values()) == [False, True]


def _states(outcome: Outcome) -> object:
    """Everything but roles and what the last event cost."""
    return (
        {name: replace(switch, role=Role.NONE) for name, switch in outcome.switches.items()},
        {name: replace(host, seconds=NOT_AT_ALL) for name, host in outcome.hosts.items()},
    )


def _returns(events: Events) -> list[Event]:
    """The return of all that did not return."""
    lost: dict[object, Event] = {}
    for event in events:
        what = event.switch if event.kind in DEAD else event.cause
        if event.up:
            lost.pop(what, None)
        elif event.kind is not Kind.ROLE_PREEMPT:
            lost[what] = event
    return [replace(event, up=True) for event in lost.values()]


@given(played())
def test_exchanged_names(drawn: Drawn) -> None:
    """When the switches have each other's names, the outcome has them, too, and nothing else changes."""
    plan, events = drawn
    names = dict(zip(plan.names, reversed(plan.names), strict=True))
    theirs = [replace(event, switch=names.get(event.switch or "", event.switch)) for event in events]
    for one, other in zip(plan.outcomes(events), exchanged(plan).outcomes(theirs), strict=True):
        assert {names[name]: switch for name, switch in one.switches.items()} == other.switches
        assert {name: _called(host, names) for name, host in one.hosts.items()} == {
            name: _called(host, {}) for name, host in other.hosts.items()
        }


@given(played())
def test_order_of_the_switches(drawn: Drawn) -> None:
    """Whichever switch comes first, the same follows."""
    plan, events = drawn
    primary = plan.names[plan.primary]
    one, other = drill(plan.peers, events, primary), drill(plan.peers[::-1], events, primary)
    assert one.switches == other.switches
    assert {name: _called(host, {}) for name, host in one.hosts.items()} == {
        name: _called(host, {}) for name, host in other.hosts.items()
    }


def _called(host: HostOutcome, names: Mapping[str, str]) -> HostOutcome:
    """A host with other names of switches, links and reasons in one order."""
    why = re.sub(r"\bsw-[ab]\b", lambda match: names.get(match[0], match[0]), host.why)
    links = [replace(link, switch=names.get(link.switch, link.switch)) for link in host.links]
    in_order = sorted(links, key=lambda link: (link.switch, link.interface.order))
    return replace(host, why="; ".join(sorted(why.split("; "))), links=tuple(in_order))


@given(played())
def test_hosts(drawn: Drawn) -> None:
    """A host is connected over a link that works, or in part over several; who is cut off is so until the repair."""
    plan, events = drawn
    for outcome in plan.outcomes(events):
        for host in outcome.hosts.values():
            assert not host.connected or host.partial or LinkState.WORKS in {link.state for link in host.links}
            assert host.connected or not (host.degraded or host.partial)
            assert host.connected or host.seconds.worst is None
            assert host.seconds.worst is None or 0 <= (host.seconds.best or 0) <= host.seconds.worst


@given(plans(), st.sampled_from(["nobody", ""]))
def test_what_there_is_not(plan: Plan, name: str) -> None:
    """An event of what the pair does not have changes nothing and costs nothing."""
    first, *others = plan.outcomes(
        [
            *(Event(kind, name) for kind in (Kind.POWER_OFF, Kind.UPLINKS, Kind.TRACK, Kind.SHUTDOWN_DOMAIN)),
            Event(Kind.VPC, plan.names[0], number=99),
            Event(Kind.SVI, plan.names[1], number=99),
        ]
    )
    for other in others:
        assert _states(other) == _states(first)


REPLACED = ("auto_recovery", "backup", "excluded", "graceful", "guests", "priorities", "uplinks", "vlans")


@st.composite
def changes(draw: st.DrawFn) -> tuple[Plan, Plan]:
    """A pair before and after a change of one thing, mostly of one that is to nobody's harm."""
    plan, other = draw(plans()), draw(plans())
    if draw(st.booleans()):
        number = draw(st.sampled_from(VLANS))
        return plan, replace(plan, vlans={**plan.vlans, number: other.vlans[number]})
    what = draw(st.sampled_from(REPLACED))
    kept: dict[str, Any] = {"mismatch": None, what: getattr(other, what)}
    return plan, replace(plan, **kept)


@settings(phases=(Phase.explicit, Phase.reuse, Phase.generate))  # a smaller pair shows no more, and takes minutes
@given(changes())
def test_what_plays_alike(drawn: tuple[Plan, Plan]) -> None:
    """Where nothing differs that decides how hosts fare, no cell of the matrix does."""
    one, other = (plan.peers for plan in drawn)
    if one != other and wiring_of(one).plays_like(wiring_of(other)):
        assert list(changed((tables_of(one), tables_of(other)), 2)) == []


@given(plans())
def test_nothing_else_decides(plan: Plan) -> None:
    """A pair of which nothing is left but what is held to decide fares the same after each failure."""
    (whole, *_), bare = tables_of(plan.peers), _bare(wiring_of(plan.peers))
    rest = Table.of(Play.of(bare, whole.play.primary))
    assert bare.plays_like(whole.play.wiring)
    for course in courses(whole, 1):
        for host in bare.hosts:
            assert rest.result(host, course.events) == whole.result(host, course.events)


def _bare(wiring: Wiring) -> Wiring:
    """The wiring without what no host depends on; whoever asks for that fails."""
    nothing: Any = None
    peers: Any = tuple(
        SimpleNamespace(
            name=switch.name,
            domain=switch.domain,
            keepalive=switch.keepalive,
            peer_link=switch.peer_link and SimpleNamespace(name=switch.peer_link.name),
        )
        for switch in wiring.peers
    )
    return replace(wiring, peers=peers, on_legs=nothing, on_link=nothing, beside=nothing)
