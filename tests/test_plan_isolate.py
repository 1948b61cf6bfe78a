"""Taking a switch out of service: hosts with two links keep one, the pair stays a pair, and the way back leads back."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace

import pytest

from mlagkit.diff import Policy, walk
from mlagkit.drill import State, drill
from mlagkit.nxos.catalogue import Impact
from mlagkit.nxos.context import Context
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.plan import Plan, Step, Task, Work, isolate, plan, typed_lines
from mlagkit.render import render
from mlagkit.rules.rule import Peers
from mlagkit.switch import Switch
from mlagkit.values import InterfaceName
from tests.correct_pairs import CORRECT
from tests.plan_cases import Emulated, differences

CASES = [*itertools.product(CORRECT, (0, 1))][::7]
"""Some of the correct pairs, of either kind and size, and either switch."""


def isolated(peers: Peers, at: int) -> tuple[Plan, dict[str, str]]:
    """The plan that takes one of the two out of service, and what both run."""
    texts = {switch.name: render(switch) for switch in peers}
    trees = {name: parse(text, f"{name}.cfg") for name, text in texts.items()}
    work = {}
    for switch in peers:
        tree = trees[switch.name]
        context = Context.of(tree, switch.model, switch.release)
        same = walk(tree, tree, policy=Policy(), contexts=(context, context))
        work[switch.name] = Work(same.old, same.new, same.policy)
    told = {switch.name: switch for switch in peers}
    return isolate(Task(pair="dc1", running=trees, work=work, told=told), peers[at].name), texts


def back(peers: Peers, running: Mapping[str, str], texts: Mapping[str, str]) -> Plan:
    """The ordinary plan from what both run to what they ran before."""
    trees = {name: parse(text, f"{name}.cfg") for name, text in running.items()}
    work = {}
    for switch in peers:
        new = parse(texts[switch.name], f"{switch.name}.cfg")
        contexts = tuple(Context.of(tree, switch.model, switch.release) for tree in (trees[switch.name], new))
        found = walk(trees[switch.name], new, policy=Policy(), contexts=(contexts[0], contexts[1]))
        work[switch.name] = Work(found.old, found.new, found.policy)
    return plan(Task(pair="dc1", running=trees, work=work, told={switch.name: switch for switch in peers}))


@pytest.mark.parametrize(("name", "at"), CASES)
def test_out_and_back(name: str, at: int) -> None:
    """Every leg, orphan port and uplink of that switch is shut; whoever has a link to the other keeps a path."""
    peers = CORRECT[name]
    plan, texts = isolated(peers, at)
    emulated = Emulated(texts)
    for step in plan.steps:
        emulated.type_in(step.switch, step.commands)
    assert emulated.refused == []
    one, other = (
        read(parse(text), peer=peer.peer, model=peer.model)
        for text, peer in zip(emulated.texts().values(), peers, strict=True)
    )
    outcome = drill((one, other), ())
    gone, stays = (outcome.switches[peers[each].name] for each in (at, 1 - at))
    assert State.UP not in {*gone.legs.values(), *gone.orphans.values()}
    assert not any(
        switch.domain.auto_recovery for switch in (one, other) if switch.domain
    )  # F22: nobody takes the lead
    assert gone.peer_link == stays.peer_link == State.UP
    assert gone.keepalive
    assert stays.keepalive
    before = drill((peers[0], peers[1]), ()).switches[peers[1 - at].name]
    assert (stays.legs, stays.orphans) == (before.legs, before.orphans)
    for step in reversed(plan.steps):
        emulated.type_in(step.switch, step.undo)
    assert emulated.refused == []
    assert not any(differences(emulated.texts(), texts).values())


@pytest.mark.parametrize(("name", "at"), CASES)
def test_back_by_a_plan(name: str, at: int) -> None:
    """Once that is pushed, what plans as ever is the way back: other ports, legs, auto-recovery, with gates between."""
    peers = CORRECT[name]
    out, texts = isolated(peers, at)
    emulated = Emulated(texts)
    for step in out.steps:
        emulated.type_in(step.switch, step.commands)
    found = back(peers, emulated.texts(), texts)
    kinds = [_kind(step, peers[at]) for step in found.steps]
    assert kinds == [kind for kind in ("other ports", "legs") if kind in kinds] + ["auto-recovery"] * 2
    assert all(step.gate.startswith("keepalive alive, peer-link up, consistency success") for step in found.steps)
    assert {step.switch for step in found.steps[:-2]} == {peers[at].name}
    assert (found.stops, found.passing, found.findings) == ((), (), ())
    for step in found.steps:
        emulated.type_in(step.switch, step.commands)
    assert emulated.refused == []
    assert not any(differences(emulated.texts(), texts).values())


def _kind(step: Step, switch: Switch) -> str:
    """What a step brings back, if it is one thing."""
    lines = [line.strip() for line in typed_lines(step.commands)]
    if lines[0].startswith("vpc domain "):
        assert lines[1:] == ["auto-recovery"]
        return "auto-recovery"
    assert set(lines[1::2]) == {"no shutdown"}
    legs = {switch.ports[InterfaceName(line.removeprefix("interface "))].vpc is not None for line in lines[::2]}
    return "several" if len(legs) > 1 else "legs" if legs == {True} else "other ports"


@pytest.mark.parametrize(("name", "at"), CASES)
def test_what_it_costs(name: str, at: int) -> None:
    """A leg is a moment for its host; only who hangs on that switch alone is cut off, and the plan says so."""
    peers = CORRECT[name]
    plan, _ = isolated(peers, at)
    orphans = {port.name for port in peers[at].ports.values() if port.vpc is None and port.channel is None}
    for step in plan.steps:
        lines = [line.strip() for line in typed_lines(step.commands)]
        assert set(lines[1::2]) <= {"shutdown", "no auto-recovery"}
        ports = {line.removeprefix("interface ") for line in lines[::2]}
        if step.impact is Impact.OUTAGE:
            assert ports <= orphans
        elif "shutdown" in lines:
            assert step.impact is Impact.BRIEF
            assert step.affected
        else:
            assert step.impact is Impact.NONE
    needed = {stop.permission.value for stop in plan.stops}
    assert needed <= {"outage"}


def test_order_of_the_ways_out() -> None:
    """Legs first, so that hosts have moved, then orphan ports, then uplinks, which whoever is left needs till then."""
    plan, _ = isolated(CORRECT["base, hosts of every kind"], 0)
    ports = [line for step in plan.steps for line in typed_lines(step.commands) if line.startswith("interface ")]
    assert ports[-3:] == ["interface Ethernet1/20", "interface Ethernet1/49", "interface Ethernet1/50"]
    assert all(line.startswith("interface port-channel") for line in ports[:-3])


def changed(name: str, changes: Mapping[str, str], more: str = "") -> Peers:
    """A correct pair with other words in what both run, and more lines."""
    found = []
    for peer in CORRECT[name]:
        text = render(peer)
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new)
        found.append(read(parse(f"{text}\n{more}"), peer=peer.peer, model=peer.model))
    return found[0], found[1]


KEEPALIVE = "a keepalive of its own, servers"
FABRIC = "base, tunnels, and no cables between the two"
BUNDLED = {"interface Ethernet1/50\n": "interface port-channel50\n", "  port-type fabric\n": ""}
MEMBER = "interface Ethernet1/{0}\n  no switchport\n{1}  channel-group {0} mode active\n  no shutdown\n"


def without_source(peers: Peers) -> Peers:
    """The pair with the source of its keepalive left to be found."""
    one, other = (replace(peer, keepalive=replace(peer.keepalive, source=None)) for peer in peers if peer.keepalive)
    return one, other


@pytest.mark.parametrize(
    "peers",
    [
        CORRECT[KEEPALIVE],
        without_source(CORRECT[KEEPALIVE]),
        CORRECT[FABRIC],
        changed(FABRIC, BUNDLED, MEMBER.format(50, "  port-type fabric\n")),
    ],
)
def test_what_carries_the_pair_stays_up(peers: Peers) -> None:
    """The port of the keepalive, whether it is said or found by its network, and those of a peer-link by the fabric."""
    plan, _ = isolated(peers, 0)
    ports = {line for step in plan.steps for line in typed_lines(step.commands) if line.startswith("interface ")}
    assert ports == {"interface port-channel11", "interface port-channel12"}


def test_uplink_of_several_ports_is_shut_as_one() -> None:
    """A routed port-channel is an uplink; its ports say the same of themselves, and are left as they are."""
    bundled = {"interface Ethernet1/49\n": "interface port-channel49\n"}
    plan, _ = isolated(changed("base, hosts of every kind", bundled, MEMBER.format(49, "")), 0)
    ports = [line for step in plan.steps for line in typed_lines(step.commands) if line.startswith("interface ")]
    assert "interface port-channel49" in ports
    assert "interface Ethernet1/49" not in ports


def test_who_hangs_on_that_switch_alone_is_cut_off() -> None:
    """That is an outage for whoever is behind the port, though at the end nothing of it could go on forwarding."""
    plan, _ = isolated(CORRECT["base, tunnels"], 0)
    cut = [(step.reason, step.affected) for step in plan.steps if step.impact is Impact.OUTAGE]
    assert cut == [("shutdown of port-channel2", ("sw-a port-channel2", "port-channel2"))]
