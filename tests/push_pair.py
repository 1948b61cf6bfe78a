"""A pair to push to, without a network: emulated switches behind sessions that can fail at every boundary."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from mlagkit.config import ConfigTree
from mlagkit.device.target import Target, Transport
from mlagkit.errands import errand_of
from mlagkit.errors import BrokenReply, CommandRefused, DeviceError
from mlagkit.intent import load_pair
from mlagkit.nxos import transaction
from mlagkit.nxos.lab.chassis import Chassis
from mlagkit.nxos.lab.faults import Faults
from mlagkit.nxos.lab.shell import Shell, tick
from mlagkit.nxos.parse import parse
from mlagkit.nxos.redact import redact
from mlagkit.nxos.reply import Show, refusal
from mlagkit.planning import plan_pair
from mlagkit.push.back import Standing
from mlagkit.push.engine import Outcome, Terms, push
from mlagkit.push.errand import Errand
from mlagkit.push.journal import Journal, read
from mlagkit.push.look import look
from mlagkit.push.notes import Notes
from mlagkit.push.resume import Wires, resume
from mlagkit.push.run import Run
from mlagkit.push.same import same
from mlagkit.push.wire import Wire
from tests.live_pairs import LivePair

RUN = "20261123-120000-abcd"


class Kind(StrEnum):
    """What can go wrong at a boundary between the controller and a switch."""

    DROP_BEFORE = "the connection drops before the line is carried out"
    DROP_AFTER = "the connection drops after the line is carried out"
    HANG = "the answer does not come in time"
    ERROR = "the switch refuses"
    CUT = "the answer breaks off"
    GARBAGE = "the answer is garbage"
    RELOAD = "the switch restarts"
    KILL = "the controller dies"
    DISK_FULL = "the journal can't be written"


class Killed(BaseException):
    """The controller is dead: nothing that it would do happens any more."""


@dataclass(slots=True)
class Trouble:
    """One fault: at the so-many-th boundary of a switch; ``hit`` tells whether it came to that."""

    switch: str
    at: int
    kind: Kind
    hit: bool = False


@dataclass(slots=True)
class World:
    """What the sessions share: the trouble, how many boundaries were passed, what was sent, whether all is dead."""

    pair: LivePair
    trouble: Trouble | None = None
    passed: dict[str, int] = field(default_factory=dict)
    typed: dict[str, list[str]] = field(default_factory=dict)
    dead: bool = False
    disk_full: bool = False

    def sleep(self, seconds: float) -> None:
        """Time passes, for everybody."""
        if self.dead:
            raise Killed
        self.pair.now += timedelta(seconds=seconds)
        for chassis in self.pair.switches.values():
            tick(chassis)

    def boundary(self, name: str, carry_out: Callable[[], str]) -> str:
        """One exchange with a switch, as the trouble lets it be."""
        if self.dead:
            raise Killed
        self.passed[name] = at = self.passed.get(name, 0) + 1
        trouble = self.trouble
        if trouble is None or trouble.hit or trouble.switch != name or trouble.at != at:
            return carry_out()
        trouble.hit = True
        match trouble.kind:
            case Kind.DROP_BEFORE:
                raise DeviceError(name, "the connection dropped", "try again")
            case Kind.DROP_AFTER:
                carry_out()
                raise DeviceError(name, "the connection dropped", "try again")
            case Kind.HANG:
                carry_out()
                self.sleep(60)
                raise DeviceError(name, "no answer came within 60 s", "try again")
            case Kind.ERROR:
                return "ERROR: Operation failed: internal error\n"
            case Kind.CUT:
                carry_out()
                raise BrokenReply(name, "the answer broke off", "try again")
            case Kind.GARBAGE:
                carry_out()
                return "\x1b[2J@@@ \x00 %%%\n"
            case Kind.RELOAD:
                self.pair.switches[name].reload()
                raise DeviceError(name, "the connection dropped", "try again")
            case Kind.DISK_FULL:
                self.disk_full = True
                return carry_out()
        self.dead = True
        raise Killed


class DirectConsole:
    """A `Console` that is a login of an emulated switch."""

    def __init__(self, world: World, name: str) -> None:
        self.name = name
        self._world = world
        self._chassis: Chassis = world.pair.switches[name]
        self._shell = Shell(self._chassis)

    def __enter__(self) -> Self:
        self._world.boundary(self.name, lambda: "")
        self._shell = Shell(self._chassis)
        self._shell.feed("terminal dont-ask")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._shell.close()

    def show(self, command: Show) -> str:
        """As `Device.show`."""
        answer = self._world.boundary(self.name, lambda: self._shell.feed(command.value).text)
        if said := refusal(answer):
            raise CommandRefused(self.name, f"{command.value!r} was refused", "check the role", said)
        return answer

    def act(self, command: str, patience: float) -> str:  # as `Console` has it
        """As `Console.act`."""
        return self._world.boundary(self.name, lambda: self._shell.feed(command).text)

    def put(self, name: str, text: str) -> None:
        """As `Console.put`."""

        def write() -> str:
            self._chassis.bootflash.write(name, text, self._chassis.now)
            return ""

        self._world.boundary(self.name, write)

    def type(self, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
        """As `Console.type`."""
        self._shell.feed("configure terminal")
        for line in lines:
            answer = self._world.boundary(self.name, lambda line=line: self._typed(line))  # type: ignore[misc]
            yield line, answer
        self._shell.feed("end")

    def _typed(self, line: str) -> str:
        self._world.typed.setdefault(self.name, []).append(line)
        return self._shell.feed(line).text


class FullJournal(Journal):
    """A journal on a disk that may be full, and of a controller that may be dead."""

    world: World

    def note(self, event: str, **facts: object) -> Mapping[str, object]:
        """As `Journal.note`."""
        if self.world.dead:
            raise Killed
        if self.world.disk_full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().note(event, **facts)


@dataclass(slots=True)
class Pushed:
    """A pair with what it is to become, and everything that is needed to push it there."""

    folder: Path
    pair: LivePair
    errand: Errand
    world: World
    old: dict[str, str]
    planned: dict[str, ConfigTree]

    @classmethod
    def of(cls, before: str, after: str, folder: Path, trouble: Trouble | None = None) -> Pushed:
        """From the texts of two pair files: both switches run the first."""
        live = LivePair.of(before, folder)
        (folder / "after.yaml").write_text(after, "utf-8")
        intended = load_pair(folder / "after.yaml")
        running = {name: parse(chassis.running_config(), name) for name, chassis in live.switches.items()}
        plan = plan_pair(intended, running, secrets=lambda _: None)
        old = {name: chassis.running_config() for name, chassis in live.switches.items()}
        errand = errand_of(plan)
        return cls(folder, live, errand, World(live, trouble), old, _planned(live, old, errand))

    @property
    def path(self) -> Path:
        """The journal."""
        return self.folder / "runs" / f"{RUN}.jsonl"

    def wires(self, notes: Notes) -> dict[str, Wire]:
        """The way to both switches."""
        return {name: self._wire(name, notes) for name in self.pair.switches}

    def _wire(self, name: str, notes: Notes) -> Wire:
        target = Target(name, "192.0.2.1", Transport.SSH, 22, None, None)
        return Wire(target, lambda: DirectConsole(self.world, name), notes, lambda: self.pair.now, self.world.sleep)

    def run(self, terms: Terms) -> Outcome:
        """One push; Killed where the controller dies."""
        journal = FullJournal(self.path, lambda: self.pair.now, redact)
        journal.world = self.world
        with journal:
            notes = Notes(journal, lambda _: None)
            run = Run(RUN, self.wires(notes), notes, lambda: self.pair.now, self.world.sleep)
            return push(run, self.errand, look(run), terms)

    def resumed(self) -> Outcome:
        """What is left of the run is finished or taken back, by a controller that is alive."""
        self.world.dead = self.world.disk_full = False
        record = read(self.path)
        with Journal(self.path, lambda: self.pair.now, redact) as journal:
            notes = Notes(journal, lambda _: None)
            found = Wires(self.wires(notes), notes, lambda: self.pair.now, self.world.sleep)
            return resume(RUN, record, found, {name: parse(text) for name, text in self.old.items()})

    def standing(self, name: str) -> Standing:
        """How a switch really stands."""
        chassis = self.pair.switches[name]
        now = transaction.apart(parse(chassis.running_config()), RUN, scheduler=True)
        if same(now, parse(self.old[name])):
            return Standing.OLD
        return Standing.NEW if same(now, self.planned[name]) else Standing.OTHER


def _planned(live: LivePair, old: Mapping[str, str], errand: Errand) -> dict[str, ConfigTree]:
    """What both run where every line is typed, by switches of their own."""
    found = {}
    for name, text in old.items():
        chassis = Chassis(name, text, lambda: live.now, Faults())
        lines = [line for move in errand.moves if move.switch == name for line in move.lines]
        assert all(answer.ok for answer in chassis.execute(lines))
        found[name] = parse(chassis.running_config())
    return found
