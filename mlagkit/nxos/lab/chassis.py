"""One emulated switch without its network: configuration, startup copy, identity, clock."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Sequence
from datetime import datetime

from mlagkit.nxos.lab.answer import Answer, Rejected
from mlagkit.nxos.lab.faults import Faults
from mlagkit.nxos.lab.load import load
from mlagkit.nxos.lab.session import ConfigSession
from mlagkit.state import SwitchState

Clock = Callable[[], datetime]
"""What the switch takes for the time of day."""

MODEL = "Nexus9000 C9300v Chassis"  # corpus/nxos/show/show-inventory/ntc-show-inventory3.txt
PRODUCT = "N9K-C9300v"


class Chassis:
    """A switch that several logins share.

    ``lock`` is held for one command at a time, as one switch has one configuration; ``strict`` refuses
    lines that the table does not know. ``live`` tells how the switch fares among the others of its lab.
    """

    def __init__(self, name: str, config: str, clock: Clock, faults: Faults, strict: bool = False) -> None:
        self.name = name
        self.store = load(config)
        self.clock = clock
        self.faults = faults
        self.strict = strict
        self.started = clock()
        self.lock = threading.Lock()
        self.startup = self.store.text("show startup-config", self.started)  # it runs what it has saved
        self.live: Callable[[], SwitchState | None] = lambda: None
        self.serial = f"9LAB{zlib.crc32(name.encode()) % 10**7:07d}"

    def running_config(self, command: str = "show running-config") -> str:
        """The text that the command prints."""
        return self.store.text(command, self.clock())

    def save(self) -> None:
        """``copy running-config startup-config``."""
        self.startup = self.store.text("show startup-config", self.clock())

    def configure(self, session: ConfigSession, line: str) -> str:
        """One configuration line of a login; Rejected where the switch refuses it."""
        fault = self.faults.refuse.get(line.strip())
        if fault:
            raise Rejected(fault)
        text = session.execute(line)
        if line.strip():
            self.store.changed = self.clock()
        return text

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
            self.store.changed = self.clock()

    @property
    def uptime(self) -> tuple[int, int, int, int]:
        """Days, hours, minutes, seconds since the start."""
        seconds = int((self.clock() - self.started).total_seconds())
        return seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60, seconds % 60
