"""Every failure at once: what the factored matrix says is what playing each scenario by itself says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from math import perm
from textwrap import dedent

import pytest

from mlagkit.drill import Drill, Event, Kind, Outcome, count_courses, difference, drill, is_leader_unknown, matrix
from mlagkit.drill.courses import GONE, INDEPENDENT, Table, courses, tables_of
from mlagkit.drill.outcome import HostOutcome
from mlagkit.rules.rule import Peers
from tests.correct_pairs import CORRECT
from tests.judged import laid_over

EXTRAS: Mapping[str, str] = {
    "no auto-recovery": "domain: {auto_recovery: false}",
    "nobody knows who leads": "switches: {sw-a: {role_priority: 100}, sw-b: {role_priority: 100}}",
    "not graceful": "domain: {graceful_consistency_check: {sw-b: false}}",
    "one VLAN off the peer-link": "peer_link: {vlans: 10}",
    "a type-1 mismatch of a leg": "vpcs: {11: {mtu: {sw-a: 9216, sw-b: 1500}}}",
    "a leg on one switch": """
        vpcs: {13: {sw-a: {host: nas-01, mode: access, vlan: 20, lacp: active, members: Ethernet1/3}}}
    """,
    "orphan ports": """
        interfaces:
          sw-a:
            Ethernet1/40: {host: nas-01, mode: access, vlan: 10, port_type: edge}
            Ethernet1/41: {mode: access, vlan: 20, port_type: edge, orphan_suspend: true}
          sw-b:
            Ethernet1/40: {host: nas-01, mode: access, vlan: 10, port_type: edge}
    """,
    "hosts that need each other": """
        hosts:
          web-01: {bond: 802.3ad, lacp_rate: fast, needs: 10, reaches: [db-01]}
          db-01: {bond: 802.3ad, lacp_rate: fast, needs: 20}
    """,
    "wide legs": """
        vpcs: {11: {members: [Ethernet1/1, Ethernet1/11]}, 12: {members: [Ethernet1/2, Ethernet1/12]}}
    """,
    "uplinks": """
        features: [ospf]
        interfaces:
          Ethernet1/49:
            {mtu: 9216, address: {sw-a: 198.51.100.1/31, sw-b: 198.51.100.3/31}, extra: ip router ospf 1 area 0.0.0.0}
        extra: router ospf 1
    """,
}
PAIRS: Mapping[str, Peers] = {**CORRECT, **{name: laid_over(dedent(text)) for name, text in EXTRAS.items()}}
SMALL = [name for name in PAIRS if name in EXTRAS or len(PAIRS[name][0].vpcs) <= 4]

each_pair = pytest.mark.parametrize("peers", [PAIRS[name] for name in SMALL], ids=SMALL)


@each_pair
@pytest.mark.parametrize("depth", range(3))
def test_as_many_courses_as_are_told_before(peers: Peers, depth: int) -> None:
    """What is counted before anything is played is what is gone through."""
    assert count_courses(peers, depth) == sum(1 for _ in courses(tables_of(peers)[0], depth))


def test_no_failure_happens_more_often_than_it_can() -> None:
    """Three in a row are counted right where some failures can happen twice; with all gone nothing more can fail."""
    peers = PAIRS["wide legs"]
    assert count_courses(peers, 3) == sum(1 for _ in courses(tables_of(peers)[0], 3))
    assert count_courses(peers, 10**9) == count_courses(peers, 10**9 + 1)


def cells(outcome: Outcome) -> tuple[dict[str, object], dict[str, HostOutcome]]:
    """A scenario with everything worked out."""
    return dict(outcome.switches), dict(outcome.hosts)


@each_pair
def test_each_scenario_played_alone(peers: Peers) -> None:
    """Each scenario that is listed comes out as if nothing else was ever played."""
    listed = matrix(peers, 1 if len(peers[0].vpcs) > 2 else 2).scenarios
    for outcome in listed[:: max(1, len(listed) // 150)]:
        assert cells(outcome) == cells(drill(peers, outcome.events, outcome.primary)), list(map(str, outcome.events))


def every_event(peers: Peers) -> list[Event]:
    """All failures of a pair, of each host and each VLAN, none of them left out for being like another."""
    found = tables_of(peers)[0].failures.values()
    return [event for failures in found for failure in failures for event in failure.events]


def worst(peers: Peers, events: tuple[Event, ...]) -> dict[str, HostOutcome]:
    """What each host has left, whoever leads."""
    leaders = [switch.name for switch in peers] if is_leader_unknown(peers) else [None]
    played = [drill(peers, events, leader).hosts for leader in leaders]
    return {name: max((hosts[name] for hosts in played), key=lambda host: host.rank) for name in played[0]}


def marks(hosts: Mapping[str, HostOutcome]) -> Sequence[object]:
    """How hosts fare, whoever they are."""
    return sorted(host.rank for host in hosts.values())


@pytest.mark.parametrize("name", EXTRAS)
def test_what_is_not_listed(name: str) -> None:
    """Every scenario that is folded comes out as one that is listed, or each host as after its own failure alone."""
    peers = PAIRS[name]
    found = matrix(peers)
    listed = [marks(outcome.hosts) for outcome in found.scenarios]
    table = tables_of(peers)[0]
    by_events = {outcome.events for outcome in found.scenarios}
    for events in list(permutations(every_event(peers), 2))[::7]:
        if events not in by_events:
            hosts = worst(peers, events)
            assert marks(hosts) in listed or _is_product(peers, table, events, hosts), list(map(str, events))


def _is_product(peers: Peers, table: Table, events: tuple[Event, ...], hosts: Mapping[str, HostOutcome]) -> bool:
    """Whether two failures of links of two hosts leave each host as its own does, once both have happened."""
    owners = [table.owners.get(event) for event in events]
    alone = [worst(peers, (event,)) for event in events]
    fares = {name: (host.connected, host.partial, host.degraded) for name, host in hosts.items()}
    expected = {name: alone[owners.index(name)][name] if name in owners else alone[0][name] for name in hosts}
    apart = None not in owners and owners[0] != owners[1]
    return apart and fares == {name: (host.connected, host.partial, host.degraded) for name, host in expected.items()}


@each_pair
def test_every_scenario_is_counted(peers: Peers) -> None:
    """What is listed and what is folded is everything that can happen, once."""
    found = matrix(peers)
    events = len(every_event(peers))
    listed = len({outcome.events for outcome in found.scenarios})
    assert listed + sum(each.count for each in found.folded) == 1 + events + perm(events, 2)


def counts(found: Drill) -> dict[str, int]:
    """How much is folded for a reason that concerns no scenario that is listed."""
    return {each.because: each.count for each in found.folded if not each.events}


def test_reasons_to_fold() -> None:
    """Links of two hosts are not played together; what a dead switch takes along is not played again."""
    assert counts(matrix(laid_over(""))) == {GONE: 32, INDEPENDENT: 18}


def test_leader_unknown() -> None:
    """Where it matters who leads a scenario is there for each of the two, elsewhere once."""
    found = matrix(PAIRS["nobody knows who leads"], 1)
    leaders: dict[tuple[Event, ...], list[str | None]] = {}
    for outcome in found.scenarios:
        leaders.setdefault(outcome.events, []).append(outcome.primary)
    assert leaders[(Event(Kind.PEER_LINK),)] == ["sw-a", "sw-b"]
    assert leaders[(Event(Kind.KEEPALIVE),)] == ["sw-a"]


def names(found: Drill) -> Iterator[str]:
    """The objectives that are broken."""
    return (
        f"{each.host} {each.what} {each.seconds.worst:g} {' '.join(map(str, each.events))}" for each in found.broken
    )


def test_objectives() -> None:
    """A host that bears less than the worst single failure costs it, and only that one, is named with that failure."""
    over = "hosts: {web-01: {bond: 802.3ad, lacp_rate: fast, needs: 10, max_interruption: 60s}}"
    assert list(names(matrix(laid_over(over)))) == ["web-01 max_interruption 240 reload sw-a"]
    assert list(names(matrix(laid_over(over.replace("60s", "240s"))))) == []


def test_no_difference() -> None:
    """A pair is to itself as it was."""
    assert difference(laid_over(""), laid_over("")) == ()


def test_difference() -> None:
    """Taking auto-recovery away changes the scenarios that need it, and no single failure but the reload."""
    cells_changed = difference(laid_over(""), laid_over("domain: {auto_recovery: false}"))
    single = {str(cell.events[0]) for cell in cells_changed if len(cell.events) == 1}
    assert single == {"reload sw-a"}
    double = {" / ".join(map(str, cell.events)) for cell in cells_changed if len(cell.events) > 1}
    assert "peer-link down / power-off sw-a" in double
    assert "keepalive down / peer-link down" not in double


def test_difference_of_hosts() -> None:
    """A host that is new or gone is said once."""
    more = laid_over("interfaces: {sw-a: {Ethernet1/40: {host: nas-01, mode: access, vlan: 10}}}")
    (cell,) = (each for each in difference(laid_over(""), more) if each.host == "nas-01")
    assert (cell.events, cell.before) == ((), None)
    (cell,) = (each for each in difference(more, laid_over("")) if each.host == "nas-01")
    assert cell.after is None


NO_TIMER = "domain: {delay_restore: {vpc: 150, interface_vlan: 100, orphan_port: 151}}"
DECIDING = (
    *("domain: {auto_recovery: false}", NO_TIMER, "domain: {track: 1}", "keepalive: {hold_timeout: 5}"),
    *("domain: {graceful_consistency_check: false}", "peer_link: {members: [Ethernet1/53]}"),
    *(
        "vpcs: {11: {shutdown: {sw-a: true}}}",
        "vpcs: {11: {mtu: {sw-a: 9000}}}",
        "svis: {10: {shutdown: {sw-a: true}}}",
    ),
    *("vpcs: {13: {host: web-02, mode: access, vlan: 20}}", "hosts: {web-01: {lacp_rate: slow}}"),
    dedent(EXTRAS["uplinks"]),
)
NOT_DECIDING = (
    *("", "vlans: {30: new}", "vlans: {10: {name: www}}", "vpcs: {11: {description: www}}", "svis: {10: {mtu: 9000}}"),
    *(
        "vlans: {30: new}\nsvis: {30: {address: {sw-a: 192.0.2.129/30, sw-b: 192.0.2.130/30}}}",
        "features: [bash-shell]",
    ),
    "spanning_tree: {priority: {1-3967: 8192}}",
)


@pytest.mark.parametrize("text", DECIDING + NOT_DECIDING)
def test_what_decides(text: str) -> None:
    """What how a host fares depends on is told from what it does not, such as a VLAN that no host needs."""
    one, other = (tables_of(laid_over(each))[0].play.wiring for each in ("", text))
    assert one.plays_like(other) is (text in NOT_DECIDING)
