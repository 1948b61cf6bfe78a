"""Real pairs drill: each event that they have, each two of them in both orders, and what there is before any."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from mlagkit.drill import Outcome, State, parse_event
from mlagkit.drill.outcome import LinkState
from mlagkit.drill.play import Play
from mlagkit.drill.wire import wiring_of
from tests.conftest import NO_CORPUS
from tests.drill_corpus import PAIRS, SINGLES, events_of, pair_of_corpus

each_pair = pytest.mark.parametrize(
    "path",
    [*PAIRS, *SINGLES] or [pytest.param(None, marks=pytest.mark.skip(NO_CORPUS))],
    ids=lambda path: path and path.stem,
)


@pytest.mark.corpus
@each_pair
def test_every_two_events(path: Path) -> None:
    """Every event, and every two of them in both orders, lead to a state of each part of both switches."""
    peers = pair_of_corpus(path)
    events = [parse_event(words) for words in events_of(peers)]
    play = Play.of(wiring_of(peers), None)
    first = play.outcome(())
    assert_whole(first, first)
    for each in [*((event,) for event in events), *permutations(events, 2)]:
        assert_whole(play.outcome(each), first)


def assert_whole(outcome: Outcome, first: Outcome) -> None:
    """No part is missing, what is off has nothing that is up, one leads over a peer-link, a host is told why."""
    for name, switch in outcome.switches.items():
        was = first.switches[name]
        for states, known in ((switch.legs, was.legs), (switch.svis, was.svis), (switch.orphans, was.orphans)):
            assert states.keys() == known.keys()
            assert switch.alive or State.UP not in states.values()
        assert not switch.role.leads or switch.alive
    if {switch.peer_link for switch in outcome.switches.values()} == {State.UP}:
        assert sorted(switch.role.leads for switch in outcome.switches.values()) == [False, True]
    assert outcome.hosts.keys() == first.hosts.keys()
    for host in outcome.hosts.values():
        assert not host.connected or host.partial or LinkState.WORKS in {link.state for link in host.links}
        assert host.connected or host.why


def test_thirty_pairs(corpus: Path) -> None:
    """The corpus has as many pairs as are told of, and each of them can form a peer-link."""
    assert len(PAIRS) == 30
    for path in PAIRS:
        play = Play.of(wiring_of(pair_of_corpus(path)), None)
        assert {switch.peer_link for switch in play.outcome(()).switches.values()} == {State.UP}, path.name
