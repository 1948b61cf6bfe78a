"""Why a push is not begun: everything that is known to be wrong before the first command, by what would allow it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mlagkit.diff import fingerprint
from mlagkit.nxos import transaction
from mlagkit.nxos.reply import Show
from mlagkit.nxos.second_reader import unexplained
from mlagkit.push.errand import Errand, Terms
from mlagkit.push.look import Seen, checked, must_of
from mlagkit.push.owners import at_work
from mlagkit.push.planned import Planned
from mlagkit.push.proof import Proof
from mlagkit.push.run import SHORT
from mlagkit.state import VpcState
from mlagkit.verify import MARGIN, Check, Implied, Result

_NAMED = 3
NO_TIMER, NO_CHECKPOINT, UNPROVEN = "no-timer", "no-checkpoint", "unproven-timer"
UNHEALTHY, COMPETING = "unhealthy-pair", "competing-owner"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason; ``permission`` is the name that allows it all the same, None where nothing does.

    ``advice`` is what would end it, where that can be told.
    """

    message: str
    permission: str | None = None
    advice: str = ""


def refusals(errand: Errand, seen: Mapping[str, Seen], terms: Terms) -> Iterator[Refusal]:
    """Every reason that is known before the first command; one that replaces configurations has a timer of its own."""
    yield from _stale(errand, seen)
    yield from _untypeable(errand)
    for permission, messages in errand.stops.items():
        yield from (Refusal(message, permission) for message in messages)
    for name, each in seen.items():
        yield from _misread(name, each)
        yield from _of_switch(name, each)
        yield from _wrong_serial(name, each, terms.proofs.get(name))
        yield from _replaced(errand, name, each) if terms.replace else _timed(errand, name, each, terms)
    must = must_of(seen)
    yield from _hasty(must, terms)
    yield from _unhealthy(must, seen)


def _stale(errand: Errand, seen: Mapping[str, Seen]) -> Iterator[Refusal]:
    for name, each in seen.items():
        if fingerprint(each.tree) != errand.base[name]:
            message = f"{name} does not run what the plan was made for: plan again"
            yield Refusal(message)
    leaders = [
        name for name, each in seen.items() if isinstance(each.state.vpc, VpcState) and each.state.vpc.role.leads
    ]
    if errand.leader and leaders and leaders != [errand.leader] and errand.moves:
        message = f"the plan was made for {errand.leader} as the operational primary, which is {' and '.join(leaders)}"
        yield Refusal(f"{message}: plan again with --device")


def _untypeable(errand: Errand) -> Iterator[Refusal]:
    for move in errand.moves:
        for line in move.lines:
            if transaction.renames(line):
                yield Refusal(
                    f"{move.switch}: step {move.number} renames it, and by its name it is known: do it by hand"
                )
            if why := transaction.cannot_be_typed(line):
                yield Refusal(f"{move.switch}: a line of step {move.number} can't be sent: {why}")


def _misread(name: str, seen: Seen) -> Iterator[Refusal]:
    """A plan rests on which line holds which: where a second parser says otherwise, one of both is wrong."""
    for line in unexplained(seen.tree)[:_NAMED]:
        yield Refusal(f"{name}: two parsers read what it runs differently: {line}; report it, please")


def _of_switch(name: str, seen: Seen) -> Iterator[Refusal]:
    if others := transaction.timers(seen.tree):
        yield Refusal(f"{name} has the timer of another push: {', '.join(sorted(others))}", COMPETING)
    if transaction.has_profile(seen.tree):
        yield Refusal(f"{name} has a switch-profile, which owns a part of its configuration", COMPETING)
    yield from (Refusal(f"{name}: {message}", COMPETING) for message in at_work(seen.sessions))
    if transaction.is_full(seen.checkpoints):
        yield Refusal(f"{name} keeps as many checkpoints as it can: delete one", NO_CHECKPOINT)
    if seen.unsaved != 0:
        lost = "it is not known whether" if seen.unsaved is None else f"{seen.unsaved} lines of it are not saved:"
        yield Refusal(f"{name}: {lost} a reload in the middle would bring back another configuration", UNHEALTHY)


def _replaced(errand: Errand, name: str, seen: Seen) -> Iterator[Refusal]:
    """What takes a switch back then is no job of the scheduler, and no proof is kept of it."""
    if not seen.takes_files:
        yield Refusal(f"{name} takes no whole configuration over NX-API: reach it over SSH, or push the lines")
    if Planned.of(seen.tree, name, errand.moves).text() is None:
        yield Refusal(f"{name}: its whole configuration behind the plan can't be written: push the lines")
    yield Refusal(f"nobody has seen {name} go back by itself after a configure replace", UNPROVEN)


def _timed(errand: Errand, name: str, seen: Seen, terms: Terms) -> Iterator[Refusal]:
    proof = terms.proofs.get(name)
    lines = [line.strip() for move in errand.moves if move.switch == name for line in move.lines]
    if transaction.turns_scheduler(lines):
        yield Refusal(f"{name}: the plan switches the scheduler, which the timer needs: do that by hand", NO_TIMER)
    if seen.ahead is None:
        yield Refusal(f"{name} does not tell the time of its clock, which the timer needs", NO_TIMER)
    software = seen.state.software
    if software is None:
        yield Refusal(f"{name} does not tell its serial number and release", UNPROVEN)
    elif proof is None or (proof.release != software.release and proof.serial == software.serial):
        when = f" of {software.release}" if proof else ""
        message = f"nobody has seen the timer{when} take {name} back; mlagkit doctor --prove-revert shows it"
        yield Refusal(message, UNPROVEN)


def _wrong_serial(name: str, seen: Seen, proof: Proof | None) -> Iterator[Refusal]:
    software = seen.state.software
    if proof and software and proof.serial != software.serial:
        yield Refusal(
            f"{name} has the serial number {software.serial}, and had {proof.serial} when its timer was proven; if it "
            "was replaced, prove it again: mlagkit doctor --prove-revert"
        )


def _hasty(must: Implied, terms: Terms) -> Iterator[Refusal]:
    """A timer, set to the whole minute, that goes off before the first step may be begun."""
    patience = must.delay + MARGIN
    if not terms.replace and terms.seconds is not None and terms.seconds < patience:
        yield Refusal(
            f"a timer of {terms.seconds:.0f} s is too soon for any step, which may take {patience + SHORT:.0f} s: "
            "give --timer more minutes"
        )


def _unhealthy(must: Implied, seen: Mapping[str, Seen]) -> Iterator[Refusal]:
    for each in seen.values():
        if why := each.unread.get(Show.VPC):
            yield Refusal(f"{why}, so nobody knows whether the pair is well", UNHEALTHY)
    amiss = [check for check in checked(must, seen) if check.result is Result.NOT_OK]
    for check in amiss[:_NAMED]:
        yield Refusal(told(check), UNHEALTHY, check.advice)
    if len(amiss) > _NAMED:
        yield Refusal(f"and {len(amiss) - _NAMED} more: mlagkit verify shows them", UNHEALTHY)


def told(check: Check) -> str:
    """A check that is not ok, in one line."""
    where = f"{check.switch}: " if check.switch else ""
    why = f" ({check.why})" if check.why else ""
    return f"{where}{check.object}: {check.seen}, expected {check.expected}{why}"


def allowed(found: Sequence[Refusal], permissions: Collection[str]) -> Sequence[Refusal]:
    """Those of the reasons that stand, whatever was allowed."""
    return [each for each in found if each.permission is None or each.permission not in permissions]


def worded(found: Sequence[Refusal]) -> Iterator[str]:
    """The reasons, a line each; behind those that one permission allows what to do, and the option that gives it."""
    yield from (each.message for each in found if each.permission is None)
    for permission in dict.fromkeys(each.permission for each in found if each.permission):
        own = [each for each in found if each.permission == permission]
        yield from (each.message for each in own)
        yield from (f"  to do: {advice}" for advice in dict.fromkeys(each.advice for each in own if each.advice))
        yield f"  to go on all the same: --allow {permission}"
