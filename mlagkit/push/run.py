"""One run of a push: what all of its parts share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from mlagkit.config import ConfigTree
from mlagkit.diff import Policy, diff, fingerprint
from mlagkit.nxos import transaction
from mlagkit.nxos.answer import Verdict, verdict_on
from mlagkit.nxos.parse import parse
from mlagkit.nxos.redact import redact
from mlagkit.push.errand import Move
from mlagkit.push.journal import Notes
from mlagkit.push.wire import Wire


class Fault(Exception):
    """Something did not go as planned; ``switch`` is where, ``""`` where it is the pair as a whole."""

    def __init__(self, switch: str, what: str) -> None:
        super().__init__(f"{switch}: {what}" if switch else what)
        self.switch = switch
        self.what = what


T = TypeVar("T")

SHORT, LONG = 60.0, 600.0
"""Seconds that a switch may take for an ordinary command, and for a rollback or a save."""


@dataclass(frozen=True, slots=True)
class Timer:
    """When a switch goes back by itself: at ``at`` of its own clock, which is ``due`` of ours.

    ``scheduler``: the run switched the scheduler on for it.
    """

    at: datetime
    due: datetime
    scheduler: bool


@dataclass(slots=True)
class Run:
    """One run.

    ``before`` are the running-configs that it started from, ``timers`` those that were set, by switch; the ``armed``
    ones took all of it. ``kept`` are the switches that were told to keep a checkpoint, ``saved`` those that were told
    to save, ``touched`` those that anything of the plan was sent to, ``begun`` the steps whose lines this controller
    sent; ``files`` are those that got a whole configuration, ``replaced`` those that run it on trial, ``committing``
    those that were told to keep it. ``halted`` tells that the operator wants no further step.
    """

    id: str
    wires: Mapping[str, Wire]
    note: Notes
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    halted: Callable[[], bool] = lambda: False
    before: Mapping[str, ConfigTree] = field(default_factory=dict)
    timers: dict[str, Timer] = field(default_factory=dict)
    armed: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    saved: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    begun: list[Move] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    replaced: set[str] = field(default_factory=set)
    committing: set[str] = field(default_factory=set)

    def both(self, work: Callable[[Wire], T]) -> dict[str, T]:
        """What is read from both switches, at the same time; the first error where there is one."""
        with ThreadPoolExecutor(len(self.wires), "push") as pool:
            return dict(zip(self.wires, pool.map(work, self.wires.values()), strict=True))

    def act(self, name: str, command: str, patience: float = SHORT) -> None:
        """Carry out one command; Fault where the answer is not known to be harmless."""
        verdict = verdict_on(command, self.wires[name].act(command, patience))
        if verdict.stops:
            raise _answered(name, command, verdict)

    def type(self, name: str, lines: Sequence[str]) -> None:
        """Type lines; Fault at the first answer that is not known to be harmless, and where one is missing.

        What became of each line is noted: ``behind`` are those that the switch went on with all the same, as it may
        where all lines are one request; what is ``unanswered`` was not sent, or nobody knows what became of it.
        """
        wire, heard = self.wires[name], list[Verdict]()
        try:
            for line, answer in wire.type(lines):
                heard.append(verdict_on(line.strip(), answer))
                if heard[-1].stops and not wire.at_once:
                    break
        finally:
            at, end = _harmless(heard), len(heard)
            self.note(
                "typed",
                switch=name,
                taken=lines[:at],
                refused=lines[at:end][:1],
                behind=lines[at + 1 : end],
                unanswered=lines[end:],
            )
        if at < len(heard):
            wire.close()  # nobody knows in which mode it stands
            raise _answered(name, lines[at].strip(), heard[at])
        if at != len(lines):
            raise Fault(name, f"{len(lines) - at} lines have no answer")

    def running(self, name: str) -> ConfigTree:
        """What a switch runs now."""
        wire = self.wires[name]
        return parse(wire.answers(()).running.text, str(wire.target))

    def apart(self, name: str, tree: ConfigTree) -> ConfigTree:
        """A configuration without what the run itself has put there."""
        timer = self.timers.get(name)
        return transaction.apart(tree, self.id, scheduler=timer is not None and timer.scheduler)

    def is_as_before(self, name: str, tree: ConfigTree) -> bool:
        """Whether a configuration is the one that the run started from, but for what the run has put there."""
        return same(self.apart(name, tree), self.before[name])

    def wait(self, seconds: float, pause: float) -> Iterator[float]:
        """The seconds that are left, now and after each pause, until they are over."""
        end = self.clock().timestamp() + seconds
        while (left := end - self.clock().timestamp()) > 0:
            yield left
            self.sleep(min(pause, left))


def _harmless(heard: Sequence[Verdict]) -> int:
    """How many answers come before the first that is not known to be harmless."""
    return next((at for at, verdict in enumerate(heard) if verdict.stops), len(heard))


def _answered(name: str, line: str, verdict: Verdict) -> Fault:
    return Fault(name, f"{redact(line)!r} was answered: {verdict.words or verdict.meaning.value}")


_STRICT = Policy(strict=True)


def same(one: ConfigTree, other: ConfigTree) -> bool:
    """Whether nothing leads from one to the other; a switch may print what it went back to in another form."""
    if fingerprint(one) == fingerprint(other):
        return True
    return not diff(one, other, policy=_STRICT).changes and not diff(other, one, policy=_STRICT).changes
