"""Drills written by hand, for whatever shows one: a pair of two leaf switches, five hosts, and what happens to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from mlagkit.drill.event import parse_event
from mlagkit.drill.outcome import (
    NOT_AT_ALL,
    UNTIL_REPAIRED,
    Drill,
    Folded,
    HostOutcome,
    Link,
    LinkState,
    Objective,
    Outcome,
    Seconds,
    State,
    SwitchOutcome,
    Tally,
)
from mlagkit.state import Role
from mlagkit.values import InterfaceName

NAMES = ("leaf-101", "leaf-102")
VPCS = {11: "web-01", 12: "web-02", 13: "db-01", 14: "db-02"}
ORPHAN = InterfaceName("Ethernet1/40")
W, L, D = LinkState.WORKS, LinkState.LOST, LinkState.DOWN
UP, DOWN, OFF = State.UP, State.DOWN, State.SUSPENDED

FIRST = SwitchOutcome(
    role=Role.PRIMARY,
    alive=True,
    peer_link=UP,
    keepalive=True,
    legs=dict.fromkeys(VPCS, UP),
    svis={10: UP, 20: UP},
    orphans={},
    tunnel=None,
)
SECOND = replace(FIRST, role=Role.SECONDARY, orphans={ORPHAN: UP})
BOTH = (FIRST, SECOND)


def switch(now: SwitchOutcome, *, legs: State = UP, svis: State = UP, orphans: State = UP) -> SwitchOutcome:
    """A switch on which all legs, SVIs and orphan ports are in one state."""
    return replace(
        now,
        legs=dict.fromkeys(now.legs, legs),
        svis=dict.fromkeys(now.svis, svis),
        orphans=dict.fromkeys(now.orphans, orphans),
    )


def dead(now: SwitchOutcome) -> SwitchOutcome:
    """A switch without power."""
    gone = switch(now, legs=DOWN, svis=DOWN, orphans=DOWN)
    return replace(gone, role=Role.NONE, alive=False, peer_link=DOWN, keepalive=False)


def dual(vpc: int, one: LinkState, other: LinkState, seconds: Seconds = NOT_AT_ALL, why: str = "") -> HostOutcome:
    """A host with a link to each switch."""
    states = (one, other)
    name = InterfaceName(f"port-channel{vpc}")
    return HostOutcome(
        connected=W in states,
        degraded=states != (W, W),
        partial=W in states and L in states,
        seconds=seconds,
        why=why,
        links=tuple(Link(where, name, state) for where, state in zip(NAMES, states, strict=True)),
    )


def single(state: LinkState, seconds: Seconds = NOT_AT_ALL, why: str = "") -> HostOutcome:
    """The host that is on the second switch only."""
    up = state is W
    links = (Link(NAMES[1], ORPHAN, state),)
    return HostOutcome(connected=up, degraded=not up, partial=False, seconds=seconds, why=why, links=links)


WELL: Mapping[str, HostOutcome] = {name: dual(vpc, W, W) for vpc, name in VPCS.items()} | {"backup-01": single(W)}


def each(
    one: LinkState, other: LinkState, seconds: Seconds = NOT_AT_ALL, why: str = "", **more: HostOutcome
) -> dict[str, HostOutcome]:
    """All dual-homed hosts fare alike; ``more`` by name, with ``_`` for ``-``, instead."""
    fared = {name: dual(vpc, one, other, seconds, why) for vpc, name in VPCS.items()}
    return dict(WELL) | fared | {name.replace("_", "-"): host for name, host in more.items()}


def outcome(
    events: Sequence[str],
    one: SwitchOutcome = FIRST,
    other: SwitchOutcome = SECOND,
    hosts: Mapping[str, HostOutcome] = WELL,
) -> Outcome:
    """What there is after the events."""
    switches = dict(zip(NAMES, (one, other), strict=True))
    told = tuple(map(parse_event, events))
    return Outcome(events=told, primary=NAMES[0], tally=tally(hosts), switches=switches, hosts=hosts)


def tally(hosts: Mapping[str, HostOutcome]) -> Tally:
    """How many hosts fare how."""
    cut_off = sum(not each.connected for each in hosts.values())
    partial = sum(each.partial for each in hosts.values())
    degraded = sum(each.degraded and not each.partial for each in hosts.values())
    return Tally(cut_off, partial, degraded, max((each.seconds for each in hosts.values()), key=attrgetter("rank")))


PEER_LINK, KEEPALIVE = "peer-link down", "keepalive down"
NO_PEER_LINK = replace(FIRST, peer_link=DOWN)
SECONDARY_WITHOUT = replace(switch(SECOND, legs=OFF, svis=OFF), peer_link=DOWN)
BOTH_LEAD = replace(SECOND, role=Role.SECONDARY_OPERATIONAL_PRIMARY, peer_link=DOWN, keepalive=False)
ALONE = replace(FIRST, peer_link=DOWN, keepalive=False)
NOW_PRIMARY = replace(SECOND, role=Role.SECONDARY_OPERATIONAL_PRIMARY, peer_link=DOWN, keepalive=False)

SUSPENDED = "leaf-102, the secondary, suspends its vPCs when the peer-link is lost and the keepalive still answers"
ORPHANED = "Ethernet1/40 on leaf-102 stays up while VLAN 20 has no way out: the SVIs are suspended with the vPCs"
FORWARDS = "leaf-101 takes back its MAC addresses from the dead peer after the LACP timeout"
SPLIT = "both switches lead, so that what leaves through one is not answered through the other"
NO_POWER = "leaf-102 is the only switch that it is attached to"

AFTER_PEER_LINK = outcome(
    [PEER_LINK],
    NO_PEER_LINK,
    SECONDARY_WITHOUT,
    each(W, D, Seconds(0.05, 1), SUSPENDED, backup_01=single(L, UNTIL_REPAIRED, ORPHANED)),
)
DUAL_ACTIVE = outcome(
    [KEEPALIVE, PEER_LINK],
    replace(NO_PEER_LINK, keepalive=False),
    BOTH_LEAD,
    each(W, L, NOT_AT_ALL, SPLIT, backup_01=single(L, UNTIL_REPAIRED, SPLIT)),
)


def leg_down(vpc: int, where: int) -> Outcome:
    """One leg of a vPC is down."""
    name = NAMES[where]
    one, other = (replace(now, legs={**now.legs, vpc: DOWN}) if at == where else now for at, now in enumerate(BOTH))
    states = (D, W) if where == 0 else (W, D)
    why = f"port-channel{vpc} on {name} is down, the links to the other switch carry on"
    fared = dual(vpc, *states, Seconds(0, 0.2), why)
    return outcome([f"vpc {vpc} down on {name}"], one, other, {**WELL, VPCS[vpc]: fared})


def both_legs_down(vpc: int) -> list[Outcome]:
    """Both legs of a vPC are down, in either order."""
    fared = dual(vpc, D, D, UNTIL_REPAIRED, f"port-channel{vpc} is down on both switches")
    legs = {**FIRST.legs, vpc: DOWN}
    events = [f"vpc {vpc} down on {name}" for name in NAMES]
    switches = (replace(FIRST, legs=legs), replace(SECOND, legs=legs))
    return [outcome(order, *switches, {**WELL, VPCS[vpc]: fared}) for order in (events, events[::-1])]


NO_EVENT = outcome([])
MATRIX = Drill(
    pair="dc1",
    switches=NAMES,
    depth=2,
    hosts=tuple(sorted(WELL)),
    scenarios=(
        NO_EVENT,
        outcome([KEEPALIVE], replace(FIRST, keepalive=False), replace(SECOND, keepalive=False)),
        AFTER_PEER_LINK,
        outcome(
            ["power-off leaf-101"],
            dead(FIRST),
            NOW_PRIMARY,
            each(D, W, Seconds(1, 8), "leaf-101 is dead; leaf-102 takes over when the keepalive has timed out"),
        ),
        outcome(
            ["power-off leaf-102"],
            ALONE,
            dead(SECOND),
            each(W, D, Seconds(0.05, 1), FORWARDS, backup_01=single(D, UNTIL_REPAIRED, NO_POWER)),
        ),
        *(leg_down(vpc, where) for vpc in VPCS for where in (0, 1)),
        DUAL_ACTIVE,
        replace(AFTER_PEER_LINK, events=(*AFTER_PEER_LINK.events, parse_event(KEEPALIVE))),
        *(each_order for vpc in VPCS for each_order in both_legs_down(vpc)),
    ),
    folded=(
        Folded(events=(parse_event("vpc 11 down on leaf-101"),), count=2, because="alike but for names"),
        Folded(events=(), count=48, because="events on the links of different hosts do not touch each other"),
    ),
    broken=(
        Objective(
            host="db-01",
            what="max_interruption",
            limit=3,
            events=(parse_event("power-off leaf-101"),),
            seconds=Seconds(1, 8),
        ),
    ),
)
SEQUENCE = Drill(
    pair="dc1",
    switches=NAMES,
    depth=3,
    hosts=MATRIX.hosts,
    scenarios=(
        NO_EVENT,
        AFTER_PEER_LINK,
        replace(
            AFTER_PEER_LINK,
            events=(*AFTER_PEER_LINK.events, parse_event(KEEPALIVE)),
            hosts={
                name: replace(host, seconds=NOT_AT_ALL) if host.connected else host
                for name, host in AFTER_PEER_LINK.hosts.items()
            },
        ),
        outcome(
            [PEER_LINK, KEEPALIVE, "peer-link up"],
            replace(FIRST, keepalive=False),
            replace(SECOND, keepalive=False),
        ),
    ),
    folded=(),
    broken=(),
)
QUIET = replace(MATRIX, scenarios=(NO_EVENT, MATRIX.scenarios[1]), depth=1, folded=(), broken=())


def many(number: int) -> Drill:
    """A pair with so many hosts, each with failures of its own."""
    names = {vpc: f"host-{vpc:04}" for vpc in range(1, number + 1)}
    well = {name: dual(vpc, W, W) for vpc, name in names.items()}
    found = [outcome([], hosts=well)]
    for vpc, name in names.items():
        cut = dual(vpc, D, D, UNTIL_REPAIRED, f"its bond takes {vpc} s to notice")
        found.append(outcome([f"vpc {vpc} down on leaf-101", "peer-link down"], hosts=well | {name: cut}))
        slow = dual(vpc, D, W, Seconds(vpc, vpc), f"its bond takes {vpc} s to notice")
        found.append(outcome([f"vpc {vpc} down on leaf-101"], hosts=well | {name: slow}))
    return replace(MATRIX, hosts=tuple(well), scenarios=tuple(found), folded=(), broken=())
