"""What must hold between two steps, and what is known to be wrong before the first command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mlagkit.errors import Refused
from mlagkit.nxos.reply import Show
from mlagkit.push.carry import unmet
from mlagkit.push.errand import Terms
from mlagkit.push.proof import Proof
from mlagkit.state import KeepaliveStatus, LinkStatus, PeerStatus, SwitchState, Verdict, VpcState
from tests.live_pairs import LivePair, dc1
from tests.push_faults import scene
from tests.push_pair import Pushed

ONE, OTHER = scene().errand.switches
States = dict[str, SwitchState]


def changed(state: SwitchState, **facts: object) -> SwitchState:
    """The same switch, whose vPC domain says something else."""
    assert isinstance(state.vpc, VpcState)
    return replace(state, vpc=replace(state.vpc, **facts))  # type: ignore[arg-type]  # whatever a test says


@pytest.fixture
def states(tmp_path: Path) -> States:
    """A pair that is well."""
    return dict(dc1(tmp_path).states())


SPOILT: dict[str, dict[str, object]] = {
    "keepalive alive": {"keepalive": KeepaliveStatus.SUSPENDED},
    "peer-link up": {"peer": PeerStatus.LINK_DOWN},
    "consistency success": {"consistency": Verdict.FAILED},
    "vpc 11 up": {"legs": ()},
}


@pytest.mark.parametrize("gate", SPOILT)
def test_gate(gate: str, states: States) -> None:
    """It holds where both switches say so, not where one says otherwise, is silent, or says nothing of vPC."""
    assert unmet(gate, OTHER, states, states) == []
    worse = changed(states[OTHER], **SPOILT[gate])
    assert unmet(gate, OTHER, states | {OTHER: worse}, states) == [gate]
    assert unmet(gate, OTHER, states | {ONE: replace(states[ONE], vpc=None)}, states) == [gate]
    assert unmet(f"{gate}, keepalive alive", OTHER, states | {OTHER: worse}, states)[0] == gate


def test_gate_of_a_port_of_the_peer_link(states: States) -> None:
    """A peer that answers over a link that says it is down does not count."""
    vpc = states[ONE].vpc
    assert isinstance(vpc, VpcState)
    down = changed(states[ONE], peer_links=tuple(replace(link, status=LinkStatus.DOWN) for link in vpc.peer_links))
    assert unmet("peer-link up", ONE, states | {ONE: down}, states) == ["peer-link up"]


def test_gate_of_a_leg_that_was_down(states: States) -> None:
    """A leg that was not up before holds nobody up; a condition that nobody knows does not hold."""
    down = changed(states[OTHER], legs=())
    assert unmet("vpc 11 up", OTHER, states | {OTHER: down}, states | {OTHER: down}) == []
    assert unmet("vpc 99 up", OTHER, states, states) == []
    assert unmet("moon full", OTHER, states, states) == ["moon full"]
    assert unmet("", OTHER, states, states) == []


def _theirs(pair: LivePair) -> None:
    job = ("feature scheduler", "scheduler job name mlagkit-20260101-000000-ffff", "show version", "end-job")
    pair.type(ONE, *job)
    pair.switches[ONE].save()


def _noisy(pair: LivePair) -> None:
    """A line of an interface at the left margin, where no switch prints it."""
    chassis = pair.switches[ONE]
    chassis.faults = replace(chassis.faults, noise={Show.RUNNING_CONFIG.value: "mtu 9000"})


def _full(pair: LivePair) -> None:
    for number in range(9):
        pair.ask(ONE, f"checkpoint theirs-{number}")


UNSAFE: dict[str, tuple[Callable[[LivePair], object], str]] = {
    "unsaved": (lambda pair: setattr(pair.switches[ONE], "startup", "hostname dc1-a\n"), "not saved"),
    "keepalive": (
        lambda pair: pair.happen("keepalive down"),
        r"(?s)peer-keepalive: .*to do: without it ",
    ),
    "peer-link": (lambda pair: pair.happen("peer-link down"), "peer-link"),
    "theirs": (_theirs, "plan again"),
    "checkpoints": (_full, "checkpoints"),
    "read two ways": (
        _noisy,
        r"two parsers .*`mtu 9000` is below line \d+, and for ciscoconfparse2 at the left margin",
    ),
}


@pytest.mark.parametrize("kind", UNSAFE)
def test_a_pair_that_is_not_well_is_refused(kind: str, tmp_path: Path) -> None:
    """Before anything is sent, with the reason."""
    spoil, reason = UNSAFE[kind]
    pushed = Pushed.at(scene(), tmp_path)
    spoil(pushed.pair)
    with pytest.raises(Refused, match=reason):
        pushed.run()
    assert not any(each.write for each in pushed.world.sent)


LINES = {"question": "  description why?", "escape": "  description \x1b[2J", "lines": "  description a\nno vlan 10"}


@pytest.mark.parametrize("kind", [*LINES, "rename"])
def test_lines_that_are_no_lines_are_refused(kind: str, tmp_path: Path) -> None:
    """What a terminal would take for an order of its own, and a new name for the switch."""
    errand = scene().errand
    line = LINES.get(kind, "hostname dc1-c")
    moves = [*errand.moves[:-1], replace(errand.moves[-1], lines=(*errand.moves[-1].lines, line))]
    pushed = Pushed.at(scene(), tmp_path)
    with pytest.raises(Refused, match=r"can't be sent|renames"):
        pushed.run(errand=replace(errand, moves=moves))
    assert not any(each.write for each in pushed.world.sent)


def test_another_leader_is_refused(tmp_path: Path) -> None:
    """The order of a plan is for the switch that leads."""
    errand = scene().errand
    follower = OTHER if errand.leader == ONE else ONE
    pushed = Pushed.at(scene(), tmp_path)
    with pytest.raises(Refused, match="operational primary"):
        pushed.run(errand=replace(errand, leader=follower))


PROOFS: dict[str, tuple[dict[str, str] | None, str]] = {
    "none": ({}, "nobody has seen"),
    "another release": ({"release": "9.9(9)"}, "nobody has seen"),
    "another serial": ({"serial": "9XX"}, "serial number"),
    "both": (None, ""),
}


@pytest.mark.parametrize("kind", PROOFS)
def test_an_unproven_timer_is_refused(kind: str, tmp_path: Path) -> None:
    """Of this switch and this release it must be known; of another one behind the same name it is not."""
    edits, reason = PROOFS[kind]
    pushed = Pushed.at(scene(), tmp_path)
    known = {
        name: Proof(serial=chassis.serial, release="10.3(5)", time="2026-11-01T00:00:00+00:00")
        for name, chassis in pushed.pair.switches.items()
    }
    told = pushed.pair.ask(ONE, "show version")
    release = next(line.split("version")[1].split()[0] for line in told.splitlines() if "NXOS: version" in line)
    known = {name: replace(proof, release=release) for name, proof in known.items()}
    if edits is None:
        assert pushed.run(Terms(proofs=known)).is_done
        return
    proofs = {name: replace(proof, **edits) for name, proof in known.items()} if edits else {}
    with pytest.raises(Refused, match=reason):
        pushed.run(Terms(proofs=proofs))
    assert not any(each.write for each in pushed.world.sent)


def test_what_is_allowed_is_not_refused(tmp_path: Path) -> None:
    """Each reason has its own name; another one does not open it."""
    errand = replace(scene().errand, stops={"outage": ["dc1-a: who knows"]})
    for permissions in (("unproven-timer",), ("unproven-timer", "role-change")):
        with pytest.raises(Refused, match="who knows"):
            Pushed.at(scene(), tmp_path).run(Terms(permissions=permissions), errand)
    assert Pushed.at(scene(), tmp_path).run(Terms(permissions=("unproven-timer", "outage")), errand).is_done


def test_no_step_behind_a_gate_that_does_not_hold(tmp_path: Path) -> None:
    """What befalls the pair behind a step ends the push there, and both go back."""
    pushed = Pushed.at(scene(), tmp_path)
    first = next(move for move in scene().errand.moves if move.gate)

    def meanwhile(name: str, line: str) -> None:
        if (name, line) == (first.switch, first.lines[0]):
            pushed.pair.happen("keepalive down")

    pushed.world.meanwhile = meanwhile
    outcome = pushed.run()
    assert outcome.is_taken_back
    assert f"behind step {first.number} this does not hold" in outcome.cause
    assert "keepalive alive" in outcome.cause
    assert [line["step"] for line in pushed.world.noted if line["event"] == "step"][-1] == first.number
    assert any("keepalive" in each for each in outcome.amiss)
