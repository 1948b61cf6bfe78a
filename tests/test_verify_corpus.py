"""Real pairs: what their switches answered, against what their own running-configs imply."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlagkit.nxos.reply import Question, Show
from mlagkit.nxos.state import read_apart
from mlagkit.peers import peers_of_running
from mlagkit.running import both
from mlagkit.state import PairState
from mlagkit.verify import Check, Observed, Result, checks, implied
from tests.live_pairs import found
from tests.state_answers import COMMANDS, text_of

# A VLAN of both peer-links that the recorded answers of both switches do not list as active; the four switches of
# suzieq are virtual ones, and nothing in their configurations tells why.
UNEXPLAINED = "VLANs of peer-link port-channel1"

# Pair -> the recorded answers of each switch, and what of it is not as its configuration implies.
PAIRS: dict[str, tuple[dict[str, str], set[str]]] = {
    "suzieq-leaf12": (
        {"leaf01": "suzieq-leaf01", "leaf02": "suzieq-leaf02"},
        {f"leaf01 {UNEXPLAINED}", f"leaf02 {UNEXPLAINED}"},
    ),
    "suzieq-leaf34": (
        {"leaf03": "suzieq-leaf03", "leaf04": "suzieq-leaf04"},
        {f"leaf03 {UNEXPLAINED}", f"leaf04 {UNEXPLAINED}"},
    ),
    "nickelface-07-nx57": ({"NX5": "nickelface-07-nx5", "NX7": "nickelface-07-nx7"}, set()),
    # Recorded before the switch behind the vPC was configured.
    "markovd-lab01-n7k": (
        {"N7K-1": "markovd-lab01-n7k-1", "N7K-2": "markovd-lab01-n7k-2"},
        {"N7K-1 vPC 10 port-channel10", "N7K-2 vPC 10 port-channel10"},
    ),
}


def judged(corpus: Path, name: str) -> tuple[Check, ...]:
    """The checks of a real pair."""
    folder = corpus / "nxos" / "pairs" / name
    trees = both([folder / "a.cfg", folder / "b.cfg"], ("a", "b"))
    states = {}
    for switch, stem in PAIRS[name][0].items():
        replies: dict[Question, str] = {}
        for title, command in COMMANDS.items():
            for path in (corpus / "nxos" / "show" / title).glob(f"{stem}.*"):
                replies[command] = text_of(path)
        assert Show.VPC in replies
        states[switch], unread = read_apart(switch, replies)
        assert not unread
    assert list(states) == list(trees)
    return checks(implied(peers_of_running(trees)), Observed(state=PairState(switches=states)))


@pytest.mark.parametrize("name", PAIRS)
def test_real_pair(name: str, corpus: Path) -> None:
    """What real switches answered is what their configurations imply, but for what is known."""
    assert found(judged(corpus, name)) == PAIRS[name][1]


@pytest.mark.parametrize("name", PAIRS)
def test_not_known_is_what_was_not_recorded(name: str, corpus: Path) -> None:
    """What is not known is what nobody recorded, never what was answered."""
    unknown = [each for each in judged(corpus, name) if each.result is Result.NOT_KNOWN]
    assert {each.why for each in unknown} == {"the switch was not asked"}
    known = {each.name for each in judged(corpus, name)} - {each.name for each in unknown}
    assert {"roles", "domain", "adjacency", "keepalive", "peer-link", "vpc"} <= known


def test_what_happened_to_the_vlan(corpus: Path) -> None:
    """It is one VLAN that the answers lack, and all else of the peer-link is as intended."""
    for name in ("suzieq-leaf12", "suzieq-leaf34"):
        gaps = {each.gaps for each in judged(corpus, name) if each.result is Result.NOT_OK}
        assert gaps == {frozenset({"3960"})}
