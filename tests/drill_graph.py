"""Who reaches what, by a search through the drawn graph of a pair: a second opinion on the drill.

It knows the plan of a pair, and of an outcome the states that a switch would show: roles, peer-link, legs, SVIs,
orphan ports. It knows nothing of how the drill came to them. A frame takes these ways (reference 5.3, below the table):
in over a port that is up and carries its VLAN; over the peer-link where that is up and carries it; to the gateway of
the first switch that has one up; from there to the uplinks of that switch, or over a backup path to those of the peer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import networkx as nx

from mlagkit.drill import Event, Kind, Outcome, State, SwitchOutcome
from mlagkit.values import InterfaceName
from tests.drill_strategies import ROUTING, Guest, Plan

BOTH = (0, 1)
OUTSIDE = "outside"
Node = str | tuple[str, int] | tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Moment:
    """A pair after some events; ``unchecked`` are switches that took over alone, whose legs nobody checks (5.2)."""

    plan: Plan
    outcome: Outcome
    unchecked: frozenset[int]

    @property
    def switches(self) -> list[SwitchOutcome]:
        """Both switches in the plan's order."""
        return [self.outcome.switches[name] for name in self.plan.names]

    @property
    def is_bridged(self) -> bool:
        """Whether the peer-link is up."""
        return all(switch.peer_link is State.UP for switch in self.switches)

    def faults(self) -> set[Event]:
        """What happened and did not return."""
        found: set[Event] = set()
        for event in self.outcome.events:
            found = found - {event.cause} if event.up else found | {event}
        return found


def moments(plan: Plan, outcomes: Sequence[Outcome]) -> list[Moment]:
    """Each outcome of a sequence with what the ones before tell about it."""
    found: list[Moment] = []
    for outcome in outcomes:
        before = found[-1] if found else None
        now = Moment(plan, outcome, frozenset())
        unchecked = frozenset(at for at in BOTH if _takes_over(before, now, at)) if before else frozenset()
        found.append(Moment(plan, outcome, unchecked))
    return found


def _takes_over(before: Moment, now: Moment, at: int) -> bool:
    """Whether a switch leads without having led over a peer-link before."""
    leads = now.switches[at].role.leads and not now.is_bridged
    return leads and (at in before.unchecked or not before.switches[at].role.leads)


def is_connected(moment: Moment, guest: Guest) -> bool:
    """Whether a path leads from a host to all that it needs."""
    needs = set().union(*(_given(moment.plan, guest, at) for at in BOTH))
    links = [at for at in BOTH if _is_up(moment, guest, at)]
    return bool(links) and all(_reaches(moment, guest, vlan, links) for vlan in needs)


def works(moment: Moment, guest: Guest, at: int) -> bool:
    """Whether its link to a switch is up and leads to all that it needs of what it has there."""
    given = _given(moment.plan, guest, at)
    return _is_up(moment, guest, at) and all(_reaches(moment, guest, vlan, [at]) for vlan in given)


def _given(plan: Plan, guest: Guest, at: int) -> set[int]:
    """The VLANs that a host has on a switch."""
    return {v for v in guest.vlans[at] if plan.vlans[v].exists[at]} if guest.configured[at] else set()


def _reaches(moment: Moment, guest: Guest, vlan: int, links: Iterable[int]) -> bool:
    graph = nx.DiGraph(_edges(moment, vlan))
    graph.add_nodes_from((guest.name, OUTSIDE))
    graph.add_edges_from(
        (guest.name, ("bridge", at))
        for at in links
        if vlan in _given(moment.plan, guest, at) and _forwards(moment, guest, at, vlan)
    )
    return bool(nx.has_path(graph, guest.name, OUTSIDE))


def _is_up(moment: Moment, guest: Guest, at: int) -> bool:
    switch = moment.switches[at]
    if not guest.configured[at] or not switch.alive:
        return False
    state = switch.orphans[InterfaceName.parse(guest.ports[0])] if guest.is_orphan else switch.legs[guest.number]
    return state is State.UP


def _forwards(moment: Moment, guest: Guest, at: int, vlan: int) -> bool:
    """Whether the leg is not among those whose VLAN the check suspends: it differs, or the peer-link lacks it."""
    same = all(vlan in _given(moment.plan, guest, each) for each in BOTH) and moment.plan.vlans[vlan].crosses
    return guest.is_orphan or at in moment.unchecked or same


def _edges(moment: Moment, vlan: int) -> Iterator[tuple[Node, Node]]:
    """The ways of a frame in a VLAN, from each switch that it enters."""
    plan, known = moment.plan, moment.plan.vlans[vlan]
    gateways = [known.gateway[at] and moment.switches[at].svis[vlan] is State.UP for at in BOTH]
    for at in BOTH:
        switch, far = moment.switches[at], 1 - at
        if not switch.alive:
            continue
        if gateways[at]:
            yield ("bridge", at), ("router", at)
        elif moment.is_bridged and known.crosses:
            yield ("bridge", at), ("bridge", far)
        if not any(known.gateway) and _has_the_others(moment, at, vlan):
            yield ("bridge", at), OUTSIDE
        yield from _routes(moment, plan, at)


def _has_the_others(moment: Moment, at: int, vlan: int) -> bool:
    """Whether a frame in a VLAN without a gateway finds the others there: not on a switch that is cut off from them."""
    far = 1 - at
    apart = moment.switches[far].alive and not moment.is_bridged and moment.plan.vlans[vlan].crosses
    others = [guest for guest in moment.plan.guests if guest.open[far] and vlan in _given(moment.plan, guest, far)]
    return not apart or not others or moment.switches[at].role.leads


def _routes(moment: Moment, plan: Plan, at: int) -> Iterator[tuple[Node, Node]]:
    """The ways of a routed packet."""
    far, down = 1 - at, moment.faults()
    uplinks = [plan.uplinks[each] and Event(Kind.UPLINKS, plan.names[each]) not in down for each in BOTH]
    if uplinks[at] or not any(plan.uplinks):
        yield ("router", at), OUTSIDE
    elif uplinks[far] and moment.switches[far].alive and _has_backup(moment):
        yield ("router", at), ("router", far)


def _has_backup(moment: Moment) -> bool:
    over_svi = all(switch.svis.get(ROUTING) is State.UP for switch in moment.switches) and moment.is_bridged
    return moment.plan.backup == "link" or over_svi
