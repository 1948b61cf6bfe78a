"""Doctor and push judge a pair alike: what a push would refuse has an item that is not ok, and nothing else has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from mlagkit.device.read import Answers, Reading
from mlagkit.device.target import Target, Transport
from mlagkit.diff import fingerprint
from mlagkit.doctor.switch import Patient, of_switch
from mlagkit.nxos import transaction
from mlagkit.nxos.lab.chassis import OpenSession
from mlagkit.nxos.reply import Show
from mlagkit.observing import ALWAYS
from mlagkit.push.errand import Errand
from mlagkit.push.look import Seen, seen_of
from mlagkit.push.proof import Proof
from mlagkit.push.refusals import refusals
from mlagkit.push.terms import Terms
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
