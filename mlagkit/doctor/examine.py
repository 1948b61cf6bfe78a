"""A pair, examined: the way to each switch, what it is and runs, and what a push of it would come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from mlagkit.device.connect import Means
from mlagkit.device.read import Answers, read_answers
from mlagkit.device.stages import Stage, Way, way_to
from mlagkit.device.target import Target, Transport
from mlagkit.device.trust import trust_command
from mlagkit.doctor.item import Item, unknown, wrong
from mlagkit.doctor.roles import roles
from mlagkit.doctor.switch import Patient, level, of_switch
from mlagkit.errors import DeviceError
from mlagkit.expand import expand
from mlagkit.intent import Pair
from mlagkit.nxos import transaction
from mlagkit.nxos.reply import Show, refusal
from mlagkit.observing import ALWAYS
from mlagkit.push.arm import Level
from mlagkit.push.look import Seen, checked, must_of, seen_of
from mlagkit.push.proof import Proof
from mlagkit.push.refusals import told
from mlagkit.verify import Result

_ASKED = (Show.CLOCK, Show.CHECKPOINTS, Show.BOOTFLASH, Show.SESSIONS, *ALWAYS)
"""The clock first, at once behind the running-config, whose time is known."""
_NAMED = 3
"""So many faults of a pair are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """What was found of one switch; ``error`` is why it could not be read, ``level`` then not known."""

    items: Sequence[Item]
    level: Level | None = None
    seen: Seen | None = None
    error: DeviceError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What was found of a pair: of each switch, and of both together."""

    pair: str
    switches: Mapping[str, Switch]
    items: Sequence[Item]


def examined(pair: Pair, targets: Sequence[Target], means: Means, proofs: Mapping[str, Proof]) -> Examined:
    """Look at both switches at once; nothing is changed on either."""
    domains = {name: each.domain.id if each.domain else None for name, each in expand(pair).items()}
    with ThreadPoolExecutor(len(targets), "doctor") as pool:
        found = pool.map(lambda each: _switch(each, means, domains[each.name], proofs.get(each.name)), targets)
        switches = {target.name: switch for target, switch in zip(targets, found, strict=True)}
    return Examined(pair=pair.name, switches=switches, items=[*_of_pair(switches)])


def _switch(target: Target, means: Means, domain: int | None, proof: Proof | None) -> Switch:
    way = way_to(target, means)
    if way.error is None:
        read = read_answers([target], means, _ASKED)[target.name]
        if isinstance(read, DeviceError):
            way = Way(way.found, read)
        else:
            user = means.login(target).username
            return _read(target, way, read, means, (domain, user, proof))
    return Switch(items=[*_way(target, way, means)], error=way.error)


def _read(
    target: Target, way: Way, answers: Answers, means: Means, known: tuple[int | None, str, Proof | None]
) -> Switch:
    domain, user, proof = known
    seen = seen_of(answers, answers.running.time)
    patient = Patient(
        name=target.name,
        domain=domain,
        user=user,
        seen=seen,
        free=transaction.free_space(answers.replies[Show.BOOTFLASH]),
        refused=refusal(answers.replies[Show.CHECKPOINTS]) or "",
        proof=proof,
    )
    login = Item(Stage.LOGIN.value, f"as {user}, and it was read whole")
    return Switch(items=[*_way(target, way, means), login, *of_switch(patient)], level=level(patient)[0], seen=seen)


def _way(target: Target, way: Way, means: Means) -> Iterator[Item]:
    for stage, what in way.found.items():
        if stage is Stage.IDENTITY and means.options.insecure and target.transport is Transport.NXAPI:
            yield wrong(stage.value, what, f"leave out --insecure; {trust_command(target, means.options)}")
        else:
            yield Item(stage.value, what)
    if way.error and way.failed:
        yield wrong(way.failed.value, way.error.tried, way.error.advice)


def _of_pair(switches: Mapping[str, Switch]) -> Iterator[Item]:
    seen = {name: each.seen for name, each in switches.items() if each.seen}
    if len(seen) < len(switches):
        yield unknown("health", "not both could be read")
        return
    yield roles({name: each.state for name, each in seen.items()})
    amiss = [told(check) for check in checked(must_of(seen), seen) if check.result is Result.NOT_OK]
    if amiss:
        more = f" and {len(amiss) - _NAMED} more" if len(amiss) > _NAMED else ""
        advice = "mlagkit verify shows all of it; a push needs --allow unhealthy-pair"
        yield wrong("health", f"{'; '.join(amiss[:_NAMED])}{more}", advice)
    else:
        yield Item("health", "as what both run implies")
