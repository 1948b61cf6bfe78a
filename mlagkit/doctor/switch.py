"""One switch: whether it is the right one, and what a push will find on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mlagkit.doctor.item import Item, unknown, wrong
from mlagkit.doctor.roles import role
from mlagkit.nxos import transaction
from mlagkit.nxos.second_reader import unexplained
from mlagkit.nxos.sessions import Untold
from mlagkit.push.arm import Level
from mlagkit.push.look import Seen
from mlagkit.push.owners import at_work
from mlagkit.push.proof import Proof
from mlagkit.state import Software, VpcState

_PROVE = "mlagkit doctor --prove-revert"
_ZONE = 15 * 60
"""Seconds: every time zone is a multiple of them away from every other."""
_DRIFT = 60
"""Seconds that two clocks may differ beside their zones: more, and their logs can't be laid side by side."""
_ROOM = 8 * 2**20
"""Bytes on bootflash: a guess, many times a configuration; how much a release needs for a rollback is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """A switch that was read, and what is known of it.

    ``domain`` is the vPC domain that it must have; ``user`` who logs in; ``refused`` what it says where it does not
    list its checkpoints, else ``""``; ``free`` the bytes on bootflash. ``proof`` is when it went back by itself.
    """

    name: str
    domain: int | None
    user: str
    seen: Seen
    free: int | None
    refused: str
    proof: Proof | None


def of_switch(patient: Patient) -> Iterator[Item]:
    """Every item of a switch that was read."""
    yield _device(patient)
    yield role(patient.seen.state)
    yield _software(patient)
    yield _reading(patient.seen)
    yield _clock(patient.seen)
    yield _checkpoints(patient)
    yield _space(patient.free)
    yield _startup(patient.seen)
    yield _owners(patient.seen)
    yield _scheduler(patient)
    yield _proven(patient)
    yield _level(patient)


def level(patient: Patient) -> tuple[Level, str]:
    """What would take the switch back after a push, and why no better, or why so."""
    if transaction.is_full(patient.seen.checkpoints):
        return Level.NONE, "it keeps as many checkpoints as it can"
    if patient.seen.ahead is None:
        return Level.CHECKPOINT, "it does not tell the time of its clock, by which the timer is set"
    is_on = transaction.has_scheduler(patient.seen.tree)
    return Level.TIMER, "a job of its scheduler" + ("" if is_on else ", which a push switches on and off again")


def _device(patient: Patient) -> Item:
    vpc = patient.seen.state.vpc
    if not isinstance(vpc, VpcState):
        return wrong("device", f"hostname {patient.name}, no vPC", "see whether the address is that of this switch")
    seen = f"hostname {patient.name}, vPC domain {vpc.domain or 'none'}"
    if vpc.domain == patient.domain:
        return Item("device", seen)
    advice = "see whether the address is that of this switch, or the pair file that of this pair"
    return wrong("device", f"{seen}, expected {patient.domain or 'none'}", advice)


def _software(patient: Patient) -> Item:
    software = patient.seen.state.software
    if not isinstance(software, Software):
        return unknown("software", "it does not tell its model, release and serial number", "report it, please")
    return Item("software", f"{software.model}, NX-OS {software.release}, serial number {software.serial}")


def _reading(seen: Seen) -> Item:
    if doubts := unexplained(seen.tree):
        more = f" and {len(doubts) - 1} more" if len(doubts) > 1 else ""
        return wrong(
            "reading", f"{doubts[0]}{more}", "report it, please: a push sends nothing to what is read two ways"
        )
    return Item("reading", "a second parser agrees on every line")


def _clock(seen: Seen) -> Item:
    if seen.ahead is None:
        return unknown("clock", "it does not tell the time, by which the timer is set", "set its clock")
    zones = round(seen.ahead / _ZONE)
    drift = seen.ahead - zones * _ZONE
    away = f"{_ahead(drift)} ours" + (f", in a time zone {zones * _ZONE / 3600:+g} h from UTC" if zones else "")
    if abs(drift) <= _DRIFT:
        return Item("clock", away)
    return wrong("clock", away, "give it an NTP server: a push is not harmed, but logs can't be laid side by side")


def _ahead(drift: float) -> str:
    if abs(drift) < 1:
        return "the same as"
    return f"{abs(drift):.0f} s {'ahead of' if drift > 0 else 'behind'}"


def _checkpoints(patient: Patient) -> Item:
    if patient.refused:
        return unknown("checkpoints", f"it says: {patient.refused}", "check the role of the account")
    names = transaction.of_people(patient.seen.checkpoints)
    ours = transaction.runs_kept(names)
    kept = f"{len(names)} of {transaction.MOST} in use"
    seen = f"{kept}, of ours: {', '.join(ours)}" if ours else kept
    if not transaction.is_full(names):
        return Item("checkpoints", seen)
    return wrong("checkpoints", seen, "delete one, or a push can't keep what it would go back to")


def _space(free: int | None) -> Item:
    if free is None:
        return unknown("bootflash", "it does not tell how much is free", "see that the account may list files")
    seen = f"{free / 2**20:,.0f} MiB free"
    if free >= _ROOM:
        return Item("bootflash", seen)
    return wrong("bootflash", seen, f"make room: {_ROOM // 2**20} MiB are enough for a checkpoint and its rollback")


def _startup(seen: Seen) -> Item:
    if seen.unsaved is None:
        return unknown("startup", "it does not tell what it would start with", f"`{transaction.SAVE}`, if all is well")
    if not seen.unsaved:
        return Item("startup", "it would start with what it runs")
    advice = f"see whose they are, then `{transaction.SAVE}`: a reload in a push would bring back another configuration"
    count = "1 line is" if seen.unsaved == 1 else f"{seen.unsaved} lines are"
    return wrong("startup", f"{count} not saved", advice)


def _owners(seen: Seen) -> Item:
    if others := sorted(transaction.timers(seen.tree)):
        seen_of = f"the timer of {', '.join(others)} is armed"
        return wrong("owners", seen_of, f"see who pushes; if nobody does: mlagkit push --resume {others[0]}")
    if transaction.has_profile(seen.tree):
        advice = "a switch-profile owns a part of the configuration: take it away, or push with --allow competing-owner"
        return wrong("owners", "config-sync", advice)
    if others := list(at_work(seen.sessions)):
        return wrong("owners", "; ".join(others), "see whose they are; a push needs --allow competing-owner")
    if isinstance(seen.sessions, Untold):
        return Item("owners", "nobody else's timer, no switch-profile; it knows no configuration sessions")
    return Item("owners", "nobody else's timer, no switch-profile, no configuration session")


def _scheduler(patient: Patient) -> Item:
    tree = patient.seen.tree
    seen = "on" if transaction.has_scheduler(tree) else "off: a push switches it on and off again"
    if not transaction.asks_a_server(tree):
        return Item("scheduler", seen)
    if transaction.jobs_run_as(tree, patient.user):
        return Item("scheduler", f"{seen}; a server is asked about logins, and it keeps the password of {patient.user}")
    seen = f"{seen}; a server is asked about logins, and it keeps no password of {patient.user}"
    if _is_proven(patient):
        return Item("scheduler", f"{seen}: its jobs were seen to run all the same")
    line = transaction.password_for_jobs(patient.user)
    advice = f"leave the scheduler on with `{line}`, else it may not run jobs of {patient.user}: {_PROVE} tells"
    return wrong("scheduler", seen, advice)


def _proven(patient: Patient) -> Item:
    proof, software = patient.proof, patient.seen.state.software
    if proof is None:
        return wrong("proof", "nobody has seen it go back by itself", _PROVE)
    on = f"{proof.time[:16].replace('T', ' ')}"
    seen = f"it went back by itself on {on}, as {proof.serial} with {proof.release}"
    if not isinstance(software, Software):
        return unknown("proof", f"{seen}; what it is now it does not tell", _PROVE)
    if proof.serial != software.serial:
        return wrong("proof", f"{seen}; it is {software.serial} now", f"see who replaced it, then {_PROVE}")
    if proof.release != software.release:
        return wrong("proof", f"{seen}; it has {software.release} now", _PROVE)
    return Item("proof", seen)


def _is_proven(patient: Patient) -> bool:
    proof, software = patient.proof, patient.seen.state.software
    return bool(
        proof
        and isinstance(software, Software)
        and (proof.serial, proof.release) == (software.serial, software.release)
    )


def _level(patient: Patient) -> Item:
    found, why = level(patient)
    seen = f"{found.value}: {why}"
    if found is not Level.TIMER:
        permission = "no-timer" if found is Level.CHECKPOINT else "no-checkpoint"
        return wrong("safety level", seen, f"mend it, or push with --allow {permission}")
    return Item("safety level", seen if _is_proven(patient) else f"{seen}; not proven on it")
