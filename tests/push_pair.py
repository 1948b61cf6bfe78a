"""A pair to push to, without a network: emulated switches behind sessions that can fail at every boundary."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Self
from unittest import mock

from mlagkit.config import ConfigTree
from mlagkit.emulated import Emulated
from mlagkit.errands import errand_of
from mlagkit.errors import BrokenReply, DeviceError
from mlagkit.intent import load_pair
from mlagkit.intent.pair import Pair
from mlagkit.nxos import transaction
from mlagkit.nxos.lab.chassis import Chassis
from mlagkit.nxos.lab.faults import Faults
from mlagkit.nxos.lab.live import Happened, Live
from mlagkit.nxos.lab.shell import tick
from mlagkit.nxos.parse import parse
from mlagkit.nxos.reply import without_stamps
from mlagkit.plan import Plan
from mlagkit.planning import plan_pair
from mlagkit.push.back import Standing
from mlagkit.push.consent import Ask
from mlagkit.push.engine import Outcome
from mlagkit.push.errand import Errand, Terms
from mlagkit.push.journal import Journal, Line, Record, read
from mlagkit.push.look import Seen
from mlagkit.push.run import same
from mlagkit.pushing import Office, push_pair, resume_run, roll_back_run
from mlagkit.state import SwitchState
from tests.emulated_console import EmulatedConsole
from tests.live_pairs import START, LivePair

JOURNAL = "journal"
"""The third party of a push, beside both switches: its boundaries are the lines of the journal."""
AWAY = timedelta(minutes=4)
"""How long a switch that restarts can't be reached."""
TIMER = Terms(permissions=("unproven-timer",))
WHOLE = Terms(permissions=("unproven-timer",), replace=True)


class Kind(StrEnum):
    """What can go wrong at a boundary between the controller and a switch."""

    DROP_BEFORE = "dropped before it was sent"
    DROP_AFTER = "dropped after it was sent"
    HANG = "no answer in time"
    ERROR = "error line"
    CUT = "answer cut"
    GARBAGE = "answer garbage"
    RELOAD = "switch restarts"
    KILL = "controller killed"
    DISK_FULL = "journal can't be written"


class Killed(BaseException):
    """The controller is dead: nothing that it would do happens any more."""


@dataclass(slots=True)
class Trouble:
    """One fault: at the so-many-th boundary of a switch, or line of the journal; ``hit``: it came to that.

    ``lasting``: from then on the switch can't be reached; ``both`` of them can't.
    """

    switch: str
    at: int
    kind: Kind
    lasting: bool = False
    both: bool = False
    hit: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """One line that was put on the wire, ``write``: one that may change the switch; ``noted`` lines were written."""

    switch: str
    line: str
    write: bool
    noted: int


@dataclass(slots=True)
class World:
    """What the sessions share: the trouble, how many boundaries were passed, what was sent, whether all is dead.

    ``typed`` are lines of configuration mode that a switch has heard, ``away`` until when one can't be reached.
    ``meanwhile`` happens before a line is carried out.
    """

    pair: LivePair
    trouble: Trouble | None = None
    passed: dict[str, int] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    typed: dict[str, list[str]] = field(default_factory=dict)
    away: dict[str, datetime] = field(default_factory=dict)
    dead: bool = False
    disk_full: bool = False
    noted: list[Line] = field(default_factory=list)
    meanwhile: Callable[[str, str], None] = lambda _name, _line: None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def sleep(self, seconds: float) -> None:
        """Time passes, for everybody."""
        if self.dead:
            raise Killed
        with self._lock:
            self.pair.now += timedelta(seconds=seconds)
            for chassis in self.pair.switches.values():
                tick(chassis)

    def in_reach(self, name: str) -> bool:
        """Whether the switch answers now."""
        return self.pair.now >= self.away.get(name, self.pair.now)

    def boundary(self, name: str, line: str, carry_out: Callable[[], str], *, write: bool = False) -> str:
        """One exchange with a switch, as the trouble lets it be."""
        if self.dead:
            raise Killed
        if write:
            self.sent.append(Sent(name, line, write, len(self.noted)))
        if self._comes(name):
            return self._hit(name, carry_out)
        self._reach(name)
        self.meanwhile(name, line)
        return carry_out()

    def _reach(self, name: str) -> None:
        if not self.in_reach(name):
            raise DeviceError(name, "no answer", "see whether it is on")

    def _comes(self, name: str) -> bool:
        self.passed[name] = at = self.passed.get(name, 0) + 1
        trouble = self.trouble
        if trouble is None or trouble.hit or trouble.switch != name or trouble.at != at:
            return False
        trouble.hit = True
        return True

    def _hit(self, name: str, carry_out: Callable[[], str]) -> str:
        trouble = self.trouble
        assert trouble is not None
        if trouble.kind is Kind.KILL:
            self.dead = True
            raise Killed
        self._reach(name)
        if trouble.lasting:
            gone = self.pair.switches if trouble.both else (name,)
            self.away.update(dict.fromkeys(gone, datetime.max.replace(tzinfo=self.pair.now.tzinfo)))
        match trouble.kind:
            case Kind.DROP_BEFORE:
                raise DeviceError(name, "the connection dropped", "try again")
            case Kind.ERROR:
                return "ERROR: Operation failed: internal error\n"
            case Kind.RELOAD:
                self.pair.switches[name].reload()
                self.away[name] = self.pair.now + AWAY
                raise DeviceError(name, "the connection dropped", "try again")
        answer = carry_out()
        match trouble.kind:
            case Kind.DROP_AFTER:
                raise DeviceError(name, "the connection dropped", "try again")
            case Kind.HANG:
                self.sleep(60)
                raise DeviceError(name, "no answer came within 60 s", "try again")
            case Kind.CUT:
                raise BrokenReply(name, "the answer broke off", "try again")
            case Kind.GARBAGE:
                return "\x1b[2J@@@ \x00 %%%\n"
        self.disk_full = True
        return answer

    def write(self, put: Callable[[], Line]) -> Line:
        """One line of the journal."""
        if self.dead:
            raise Killed
        if self._comes(JOURNAL) and self.trouble is not None:
            self.dead, self.disk_full = self.trouble.kind is Kind.KILL, self.trouble.kind is Kind.DISK_FULL
            if self.dead:
                raise Killed
        if self.disk_full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        line = put()
        self.noted.append(line)
        return line


class DirectConsole(EmulatedConsole):
    """A login at whose boundaries there may be trouble."""

    def __init__(self, world: World, name: str) -> None:
        super().__init__(world.pair.switches[name])
        self._world = world

    def __enter__(self) -> Self:
        self._world.boundary(self.name, "", lambda: "")
        return super().__enter__()

    def exchange(self, line: str, carry_out: Callable[[], str], *, write: bool) -> str:
        """As the trouble lets it be."""
        return self._world.boundary(self.name, line, carry_out, write=write)

    def typed(self, line: str) -> str:
        """A line of configuration mode, which the world remembers."""
        self._world.typed.setdefault(self.name, []).append(line)
        return super().typed(line)


class FullJournal(Journal):
    """A journal on a disk that may be full, and of a controller that may be dead."""

    world: World

    def note(self, event: str, **facts: object) -> Line:
        """As `Journal.note`."""
        return self.world.write(lambda: Journal.note(self, event, **facts))


class Remembered:
    """How a pair fares, asked once for each pair of configurations: the drill is most of what a push costs here."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._known: dict[object, Mapping[str, SwitchState]] = {}

    def __call__(self, configs: Mapping[str, str], happened: Sequence[Happened]) -> Mapping[str, SwitchState]:
        """As `Live`."""
        texts = tuple((name, without_stamps(text)) for name, text in configs.items())
        key = texts, tuple((each.words, int(each.ago)) for each in happened)
        if key not in self._known:
            self._known[key] = dict(self._live(configs, happened))
        return self._known[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A pair and what it is to become: what many pushes have in common.

    ``old`` are the texts that both run, ``kept`` the checkpoints that both have.
    """

    pair: Pair
    plan: Plan
    errand: Errand
    old: Mapping[str, str]
    planned: Mapping[str, ConfigTree]
    live: Live
    kept: Sequence[str] = ()

    @classmethod
    def of(cls, before: str, after: str, folder: Path, kept: Sequence[str] = ()) -> Scene:
        """From the texts of two pair files: both switches run the first."""
        paths = folder / "before.yaml", folder / "after.yaml"
        for path, text in zip(paths, (before, after), strict=True):
            path.write_text(text, "utf-8")
        return cls.between(load_pair(paths[0]), load_pair(paths[1]), kept=kept)

    @classmethod
    def between(cls, before: Pair, after: Pair, base: Pair | None = None, kept: Sequence[str] = ()) -> Scene:
        """From two pair files; what the ``base`` declared is taken away."""
        live = LivePair(before)
        old = {name: chassis.running_config() for name, chassis in live.switches.items()}
        plan = plan_pair(
            after, {name: parse(text, name) for name, text in old.items()}, secrets=lambda _: None, base=base
        )
        errand = errand_of(plan)
        ends = {name: switch.ends for name, switch in live.must.led[before.hostnames[0]].items()}
        return cls(
            pair=before,
            plan=plan,
            errand=errand,
            old=old,
            planned=_planned(old, errand),
            live=Remembered(Emulated(ends)),
            kept=kept,
        )

    def lines(self, name: str) -> list[str]:
        """The lines of the plan for one switch."""
        return [line for move in self.errand.moves if move.switch == name for line in move.lines]


@dataclass(slots=True)
class Pushed:
    """One push of a scene, with everything that is needed for it; ``run`` is its name once it has begun."""

    folder: Path
    scene: Scene
    pair: LivePair
    world: World
    name: str = ""
    last: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def at(cls, scene: Scene, folder: Path, trouble: Trouble | None = None) -> Pushed:
        """A pair as the scene begins."""
        live = LivePair(scene.pair, scene.live, scene.old)
        for chassis in live.switches.values():
            for name in scene.kept:
                chassis.checkpoints.make(chassis.store, live.now, name, "")
        return cls(folder, scene, live, World(live, trouble))

    @classmethod
    def of(cls, before: str, after: str, folder: Path, trouble: Trouble | None = None) -> Pushed:
        """From the texts of two pair files."""
        return cls.at(Scene.of(before, after, folder), folder, trouble)

    @property
    def errand(self) -> Errand:
        """What is asked for."""
        return self.scene.errand

    @property
    def path(self) -> Path:
        """The journal."""
        return self.folder / "runs" / f"{self.name}.jsonl"

    def office(self, world: World, folder: Path | None = None) -> Office:
        """Where a controller records what it does."""
        return self.pair.office(folder or self.folder, lambda target: DirectConsole(world, target.name), world.sleep)

    def run(self, terms: Terms = TIMER, errand: Errand | None = None, ask: Ask | None = None) -> Outcome:
        """One push; Killed where the controller dies."""
        asked = errand or self.errand

        def make(_: Mapping[str, Seen]) -> tuple[Errand, Ask | None]:
            return asked, ask

        return self._done(lambda: push_pair(self.office(self.world), asked.pair, self.pair.targets, make, terms))

    def resumed(self) -> Outcome:
        """What is left of the run is finished or taken back, by a controller that is alive."""
        self.world.dead = self.world.disk_full = False
        return self._done(lambda: resume_run(self.office(self.world), self.name))

    def rolled_back(self) -> Outcome:
        """The run is taken back, by a controller that is alive."""
        return self._done(lambda: roll_back_run(self.office(self.world), self.name))

    def _done(self, work: Callable[[], Outcome]) -> Outcome:
        def journal(path: Path, clock: Callable[[], datetime], mask: Callable[[str], str]) -> FullJournal:
            made = FullJournal(path, clock, mask)
            made.world = self.world
            self.name = path.stem
            return made

        with mock.patch("mlagkit.pushing.Journal", journal):
            return work()

    def record(self) -> Record:
        """The journal, held against itself."""
        return read(self.path)

    def standing(self, name: str) -> Standing:
        """How a switch really stands."""
        now = transaction.apart(parse(self.pair.switches[name].running_config()), self.name, scheduler=True)
        if same(now, parse(self.scene.old[name])):
            return Standing.OLD
        return Standing.NEW if same(now, self.scene.planned[name]) else Standing.OTHER

    def standings(self) -> dict[str, Standing]:
        """How both really stand."""
        return {name: self.standing(name) for name in self.pair.switches}

    def armed(self) -> set[str]:
        """The switches that go back by themselves."""
        found = set()
        for name, chassis in self.pair.switches.items():
            text = chassis.running_config()
            if chassis.replacement or (
                f"scheduler schedule name {transaction.label(self.name)}\n" in text and "  time start " in text
            ):
                found.add(name)
        return found

    def left(self, *, done: bool) -> list[str]:
        """What the push has left behind on the switches that a pair at rest does not have."""
        found = []
        for name, chassis in self.pair.switches.items():
            text = chassis.running_config()
            found += [f"{name}: timer"] * ("scheduler job" in text or "scheduler schedule" in text)
            found += [f"{name}: scheduler"] * (
                "feature scheduler" in text and "feature scheduler" not in self.wanted(name)
            )
            ours = transaction.label(self.name) in chassis.checkpoints.names
            found += [f"{name}: checkpoint {'missing' if done else 'left'}"] * (ours != done)
            found += [f"{name}: not saved"] * (not chassis.is_saved)
            found += [f"{name}: {file}" for file in chassis.bootflash.files]
            found += [f"{name}: on trial"] * (chassis.replacement is not None)
        locks = self.folder / "locks"
        return found + [f"lock {path.name}" for path in (locks.iterdir() if locks.is_dir() else ())]

    def wanted(self, name: str) -> str:
        """What may be on a switch at rest: what it ran before, what it was to become."""
        return self.scene.old[name] + self.scene.planned[name].text


def _planned(old: Mapping[str, str], errand: Errand) -> dict[str, ConfigTree]:
    """What both run where every line is typed, by switches of their own."""
    found = {}
    for name, text in old.items():
        chassis = Chassis(name, text, lambda: START, Faults())
        lines = [line for move in errand.moves if move.switch == name for line in move.lines]
        answers = chassis.execute(lines)
        assert all(answer.ok for answer in answers), answers
        found[name] = parse(chassis.running_config())
    return found
