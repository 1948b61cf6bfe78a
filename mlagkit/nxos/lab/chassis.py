"""One emulated switch without its network: configuration, startup copy, files, checkpoints, identity, clock."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mlagkit.nxos.lab import texts
from mlagkit.nxos.lab.answer import Answer, Rejected
from mlagkit.nxos.lab.bootflash import Bootflash
from mlagkit.nxos.lab.checkpoint import Checkpoints
from mlagkit.nxos.lab.clock import Clock
from mlagkit.nxos.lab.faults import Faults
from mlagkit.nxos.lab.live import Power
from mlagkit.nxos.lab.load import load
from mlagkit.nxos.lab.schedule import ScheduleLog
from mlagkit.nxos.lab.session import ConfigSession
from mlagkit.nxos.lab.store import Snapshot, Store
from mlagkit.state import SwitchState

MODEL = "Nexus9000 C9300v Chassis"  # corpus/nxos/show/show-inventory/ntc-show-inventory3.txt
PRODUCT = "N9K-C9300v"


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A configuration session that somebody has open: lines that they collect, to be carried out at once."""

    name: str
    owner: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Replacement:
    """A ``configure replace`` that waits for its commit: when it is taken back, and to what."""

    deadline: datetime
    before: Snapshot


class Chassis:
    """A switch that several logins share.

    ``lock`` is held for one command at a time, as one switch has one configuration; ``strict`` refuses
    lines that the table does not know. ``busy`` is the login that performs a checkpoint, a rollback or a copy:
    one at a time. ``sessions`` are those that somebody has open; no command here opens one. ``seen`` is until when
    timers were looked at, ``hang_up`` what drops the clients of a switch that restarts, ``log`` what it did by itself.
    ``live`` tells how the switch fares among the others of its lab, ``power`` whether it runs.
    """

    def __init__(self, name: str, config: str, clock: Clock, faults: Faults, strict: bool = False) -> None:
        self.name = name
        self.store = load(config)
        self.clock = clock
        self.store.clock = lambda: self.now
        self.faults = faults
        self.strict = strict
        self.lock = threading.Lock()
        self.at: datetime | None = None
        self.started = self.seen = clock()
        self.boots = 1
        self.power = Power.ON
        self.startup = self.store.text("show startup-config", self.started)  # it runs what it has saved
        self.live: Callable[[], SwitchState | None] = lambda: None
        self.serial = f"9LAB{zlib.crc32(name.encode()) % 10**7:07d}"
        self.bootflash = Bootflash(faults.space)
        self.checkpoints = Checkpoints()
        self.scheduler = ScheduleLog()
        self.replacement: Replacement | None = None
        self.sessions: list[OpenSession] = []
        self.busy: object = None
        self.hang_up: list[Callable[[], None]] = []
        self.log: list[tuple[datetime, str]] = []
        self._erased = False

    @property
    def now(self) -> datetime:
        """The time of day; while a timer is served, the time at which it was due."""
        return self.at or self.clock()

    def running_config(self, command: str = "show running-config") -> str:
        """The text that the command prints."""
        return self.store.text(command, self.now)

    def save(self) -> None:
        """``copy running-config startup-config``."""
        self.startup = self.store.text("show startup-config", self.now)

    @property
    def is_saved(self) -> bool:
        """Whether a restart would bring back what runs."""
        return bool(self.startup) and load(self.startup).body() == self.store.body()

    def erase(self) -> None:
        """``write erase``: the startup copy goes now, the checkpoints with the next restart (guide, p. 198)."""
        self.startup = ""
        self._erased = True

    def restore(self, snapshot: Snapshot) -> None:
        """Put a whole configuration in place of the present one."""
        self.store.restore(snapshot)
        self.store.changed = self.now

    def read(self, text: str) -> Store:
        """The configuration that a text holds, on this hardware."""
        store = load(text)
        store.default_l3 = self.store.default_l3
        store.list_width = max(store.list_width, self.store.list_width)
        return store

    def reload(self) -> None:
        """Restart: what was saved runs, every client is dropped, nothing waits for a commit any more.

        Files stay, checkpoints too unless ``write erase`` went before (guide, p. 198 [certain]; that a plain
        restart keeps them is [likely]), configuration sessions do not (N9K System Management guide 10.6(x), "Session
        Manager" [certain]). Timers are lines of the configuration: those that were saved are armed again. A real
        switch is away for minutes and, without a configuration, cannot be reached at all; this one is there at once
        [assumed].
        """
        self.store.restore(self.read(self.startup).snapshot())
        self.store.changed = None
        self.replacement = None
        self.sessions.clear()
        self.busy = None
        if self._erased:
            self.checkpoints.clear()
            self._erased = False
        self.started = self.seen = self.now
        self.boots += 1
        self.log.append((self.now, "restarted"))
        self._drop_clients()

    def become(self, power: Power) -> bool:
        """Get, lose, or hang; whether that changed anything. What is off does not hang.

        Whatever comes back starts anew, a hung one too, since nothing else wakes it.
        """
        if power is self.power or (self.power, power) == (Power.OFF, Power.HUNG):
            return False
        self.power = power
        if power is Power.ON:
            self.reload()
        elif power is Power.OFF:
            self._drop_clients()
        return True

    def _drop_clients(self) -> None:
        for drop in self.hang_up:
            drop()

    def configure(self, session: ConfigSession, line: str) -> str:
        """One configuration line of a login; Rejected where the switch refuses it."""
        fault = self.faults.refuse.get(line.strip())
        if fault and session.place.mode != "job":
            raise Rejected(fault)
        text = session.execute(line)
        if line.strip():
            self.store.changed = self.now
        return text

    def takes(self, target: Store, lines: Sequence[str]) -> bool:
        """Whether a whole configuration would be taken, and the lines that lead to it.

        Not where a fault fails every rollback or refuses one of the lines, nor, with ``strict``, where the table
        does not know all of it.
        """
        refused = any(line.strip() in self.faults.refuse for line in lines)
        return not (self.faults.rollback or refused or (self.strict and target.unmodelled))

    def claim(self, login: object) -> None:
        """One login at a time may do what changes or keeps a whole configuration (guide, p. 198 [certain])."""
        if self.busy not in (None, login):
            raise Rejected(texts.BUSY)
        self.busy = login

    def release(self, login: object) -> None:
        """The login is done, or gone."""
        if self.busy is login:
            self.busy = None

    def execute(self, lines: Sequence[str]) -> list[Answer]:
        """Configuration lines in a login of their own, each answered; a refused line does not stop the rest."""
        answers = []
        session = ConfigSession(self.store, self.strict)
        with self.lock:
            for line in lines:
                try:
                    answers.append(Answer(self.configure(session, line)))
                except Rejected as refusal:
                    answers.append(Answer(refusal.text, ok=False))
        return answers

    def changed_by_somebody(self) -> None:
        """The fault ``between``: another login changes the configuration."""
        session = ConfigSession(self.store)
        for line in self.faults.between:
            session.execute(line)
            self.store.changed = self.now

    @property
    def uptime(self) -> tuple[int, int, int, int]:
        """Days, hours, minutes, seconds since the start."""
        seconds = int((self.now - self.started).total_seconds())
        return seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60, seconds % 60
