"""Doctor and push judge a pair alike: what a push would refuse has an item that is not ok, and nothing else has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from mlagkit.device.read import Answers, Reading
from mlagkit.device.target import Target, Transport
from mlagkit.diff import fingerprint
from mlagkit.doctor.roles import role, roles
from mlagkit.doctor.switch import Patient, of_switch
from mlagkit.nxos import transaction
from mlagkit.nxos.lab.chassis import OpenSession
from mlagkit.nxos.reply import Show
from mlagkit.observing import ALWAYS
from mlagkit.push.errand import Errand, Terms
from mlagkit.push.look import Seen, seen_of
from mlagkit.push.proof import Proof
from mlagkit.push.refusals import refusals
from mlagkit.state import Absent, Role, RoleState, SwitchState
from mlagkit.verify import Result
from tests.live_pairs import LivePair, dc1

ASKED = (*ALWAYS, Show.CLOCK, Show.CHECKPOINTS, Show.BOOTFLASH, Show.SESSIONS)


def seen(pair: LivePair) -> Mapping[str, Seen]:
    """Both switches as a push and as the doctor see them."""
    return {name: seen_of(answers(pair, name), pair.now) for name in pair.switches}


def answers(pair: LivePair, name: str) -> Answers:
    """What a switch answers."""
    target = Target(name, "192.0.2.1", Transport.SSH, 22, None, None)
    running = Reading(pair.ask(name, Show.RUNNING_CONFIG), target, pair.now)
    return Answers(running, {command: pair.ask(name, command) for command in ASKED})


def not_ok(name: str, one: Seen, proof: Proof | None) -> set[str]:
    """The items of a switch that are not ok."""
    patient = Patient(name=name, domain=1, user="admin", seen=one, free=2**30, refused="", proof=proof)
    return {item.name for item in of_switch(patient) if item.result is not Result.OK}


def proof_of(pair: LivePair, name: str, **other: str) -> Proof:
    """A proof of a switch as it is, but for what is said."""
    chassis = pair.switches[name]
    facts = {"serial": chassis.serial, "release": chassis.store.version, "time": "2026-11-23T12:00:00+00:00"}
    return Proof(**{**facts, **other})


def _prints_a_line_too_many(pair: LivePair) -> None:
    """In the middle of an interface, at the left margin, where no switch prints it."""
    chassis = pair.switches["dc1-a"]
    commands = (Show.RUNNING_CONFIG, Show.STARTUP_CONFIG)
    chassis.faults = replace(chassis.faults, noise={command.value: "mtu 9000" for command in commands})


def _refuses(pair: LivePair, command: Show, text: str) -> None:
    chassis = pair.switches["dc1-a"]
    chassis.faults = replace(chassis.faults, refuse={command.value: text})


@pytest.mark.parametrize(
    ("spoil", "proof", "items"),
    [
        (lambda _: None, {}, set()),
        (lambda _: None, None, {"proof"}),
        (lambda _: None, {"serial": "other"}, {"proof"}),
        (lambda _: None, {"release": "9.3(8)"}, {"proof"}),
        (lambda pair: _refuses(pair, Show.VERSION, "% Invalid command at '^' marker."), {}, {"software", "proof"}),
        (lambda pair: pair.type("dc1-a", "vlan 77"), {}, {"startup"}),
        (_prints_a_line_too_many, {}, {"reading"}),
        (
            lambda pair: [pair.ask("dc1-a", f"checkpoint c{number}") for number in range(10)],
            {},
            {"checkpoints", "safety level"},
        ),
        (lambda pair: pair.ask("dc1-a", "checkpoint c"), {}, set()),
        (
            lambda pair: [
                pair.type("dc1-a", "feature scheduler", "scheduler job name mlagkit-x", "show clock", "end-job"),
                pair.switches["dc1-a"].save(),
            ],
            {},
            {"owners"},
        ),
        (lambda pair: pair.switches["dc1-a"].sessions.append(OpenSession("acl", "ann", pair.now)), {}, {"owners"}),
        (lambda pair: _refuses(pair, Show.SESSIONS, "hello"), {}, {"owners"}),
        (lambda pair: _refuses(pair, Show.SESSIONS, "% Invalid command at '^' marker."), {}, set()),
    ],
)
def test_as_a_push(
    tmp_path: Path, spoil: Callable[[LivePair], object], proof: Mapping[str, str] | None, items: set[str]
) -> None:
    """A switch has an item that is not ok exactly where a push of nothing would be refused for its sake."""
    pair = dc1(tmp_path)
    for chassis in pair.switches.values():
        chassis.save()
    spoil(pair)
    found = seen(pair)
    proofs = {name: proof_of(pair, name, **(proof or {})) for name in found} if proof is not None else {}
    base = {name: fingerprint(each.tree) for name, each in found.items()}
    nothing = Errand(pair="dc1", hash="", switches=[*found], base=base, leader=None, moves=(), stops={})
    refused = [each.message for each in refusals(nothing, found, Terms(proofs=proofs))]
    assert not_ok("dc1-a", found["dc1-a"], proofs.get("dc1-a")) == items
    assert any("dc1-a" in message for message in refused) == bool(items), refused


@pytest.mark.parametrize(
    ("answer", "free"),
    [
        # ntc-templates, cisco_nxos_dir_01.raw, cut; genie, golden output of Dir for N9K, cut.
        ("Usage for bootflash://sup-local\n 4507103232 bytes used\n49079222272 bytes free\n", 49079222272),
        ("       4096    Feb 06 14:44:44 2009  vdc_2/\n\n  528846848 bytes used\n 1122058240 bytes free\n", 1122058240),
        ("No such file or directory\n", None),
        ("  12    Feb 06 14:44:44 2009  9 bytes free of it\n", None),
        ("", None),
    ],
)
def test_free_space(answer: str, free: int | None) -> None:
    """How much is free is read from the form of a switch, and from nothing else."""
    assert transaction.free_space(answer) == free


def of_pair(tmp_path: Path, *events: str) -> dict[str, SwitchState]:
    """What both say of themselves after that."""
    pair = dc1(tmp_path)
    pair.happen(*events)
    pair.wait(1000)
    return {name: each.state for name, each in seen(pair).items()}


ROLES: dict[str, tuple[tuple[str, ...], tuple[str, str], tuple[Result, str]]] = {
    "as configured": (
        (),
        ("primary, as by priority 8192 against 16384", "secondary, as by priority 16384 against 8192"),
        (Result.OK, "dc1-a leads"),
    ),
    "after a takeover": (
        ("power-off dc1-a", "power-on dc1-a"),
        ("primary, operational secondary, though primary by", "secondary, operational primary, though secondary by"),
        (Result.OK, "dc1-b leads"),
    ),
    "no peer-link": (
        ("peer-link down",),
        ("primary, as by priority", "secondary, and it has shut its vPCs"),
        (Result.OK, "dc1-a leads"),
    ),
    "split": (
        ("keepalive down", "peer-link down"),
        ("primary, as by priority", "secondary, operational primary, though secondary"),
        (Result.NOT_OK, "both act as primary: the pair is split"),
    ),
}


@pytest.mark.parametrize("case", ROLES)
def test_roles(case: str, tmp_path: Path) -> None:
    """Each switch tells what it is, and whether its priority implies that; a split is not ok."""
    events, told, both = ROLES[case]
    states = of_pair(tmp_path, *events)
    items = [role(state) for state in states.values()]
    assert all(item.seen.startswith(words) for item, words in zip(items, told, strict=True)), items
    shut = ["shut its vPCs" in item.seen for item in items]
    assert [item.result is Result.NOT_OK for item in items] == shut
    found = roles(states)
    assert (found.result, found.seen) == both
    assert all(bool(item.advice) is (item.result is Result.NOT_OK) for item in (*items, found))


def test_equal_priorities(tmp_path: Path) -> None:
    """Between equal priorities the lower system MAC leads; the configured ones count, which the next election uses."""
    one, other = of_pair(tmp_path).values()
    assert isinstance(one.role, RoleState)
    told = replace(one.role, local_configured_role_priority=100, peer_configured_role_priority=100)
    said = role(replace(one, role=told)).seen
    assert said == "primary, as by the system MACs, both having priority 100"
    assert (
        ", though secondary by the system MACs"
        in role(replace(one, role=replace(told, local_mac="ffff.0000.0000"))).seen
    )
    unset = replace(told, local_configured_role_priority=None, peer_configured_role_priority=None)
    assert role(replace(one, role=unset)).seen == "primary, as by priority 8192 against 16384"
    assert role(replace(other, role=None)).seen == "secondary; it does not tell the priorities"


def test_no_role(tmp_path: Path) -> None:
    """A switch that has none has not met its peer; of one that tells nothing nobody knows."""
    states = of_pair(tmp_path)
    vpcs = {name: replace(state, vpc=replace(state.vpc, role=Role.NONE)) for name, state in states.items()}  # type: ignore[type-var]
    item = role(vpcs["dc1-a"])
    assert (item.result, item.seen.partition(":")[0]) == (Result.NOT_OK, "none established")
    assert item.advice.startswith("look at the keepalive first")
    assert (roles(vpcs).result, roles(vpcs).seen) == (Result.NOT_OK, "nobody leads")
    silent = {**states, "dc1-b": replace(states["dc1-b"], vpc=Absent.UNKNOWN_COMMAND)}
    assert role(silent["dc1-b"]).result is roles(silent).result is Result.NOT_KNOWN
