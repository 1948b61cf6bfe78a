"""A lab: several emulated switches on loopback, from the moment it is entered until it is left."""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Self

from mlagkit.finding import Origin
from mlagkit.input_rules import input_error
from mlagkit.nxos.lab.address import free_address
from mlagkit.nxos.lab.answer import Answer
from mlagkit.nxos.lab.chassis import Chassis
from mlagkit.nxos.lab.clock import Clock, wall_clock
from mlagkit.nxos.lab.door import Door, Serve
from mlagkit.nxos.lab.faults import Faults
from mlagkit.nxos.lab.live import (
    Happened,
    LabEvent,
    Live,
    Power,
    Understand,
    nobody_knows,
    taken_as_said,
)
from mlagkit.nxos.lab.login import Login
from mlagkit.nxos.lab.nxapi import NxapiServer, self_signed
from mlagkit.nxos.lab.shell import tick

if TYPE_CHECKING:
    import asyncssh

    from mlagkit.nxos.lab.ssh import SshServers
    from mlagkit.state import SwitchState

Ports = Literal["system", "default"]
"""Ports given by the system, or those of a switch: 22, 80, 443."""

_DEFAULT = (22, 80, 443)
_LOOK = 0.2
"""Seconds between two looks at the timers."""


@dataclass(frozen=True, slots=True)
class LabSwitch:
    """One emulated switch: where clients reach it, what they must trust, and a way past them for tests.

    ``ssh``, ``nxapi`` (HTTPS) and ``nxapi_http`` are (address, port); ``host_key`` is an OpenSSH public key,
    ``certificate`` PEM.
    """

    name: str
    ssh: tuple[str, int]
    nxapi: tuple[str, int]
    nxapi_http: tuple[str, int]
    host_key: str
    certificate: str
    chassis: Chassis

    def running_config(self) -> str:
        """What ``show running-config`` would print now."""
        tick(self.chassis)
        with self.chassis.lock:
            return self.chassis.running_config()

    def startup_config(self) -> str:
        """What the switch would start with."""
        return self.chassis.startup

    def execute(self, lines: Sequence[str]) -> list[Answer]:
        """Configuration lines, as somebody at the console would type them; nothing is asked back."""
        tick(self.chassis)
        return self.chassis.execute(lines)

    def reload(self) -> None:
        """Restart the switch, as if somebody had pulled its power: what was not saved is gone."""
        tick(self.chassis)
        with self.chassis.lock:
            self.chassis.reload()

    @property
    def power(self) -> Power:
        """Whether it runs."""
        return self.chassis.power

    @property
    def files(self) -> Mapping[str, str]:
        """The files on bootflash."""
        with self.chassis.lock:
            return {name: file.content for name, file in self.chassis.bootflash.files.items()}

    @property
    def checkpoints(self) -> tuple[str, ...]:
        """The names of the checkpoints, oldest first."""
        with self.chassis.lock:
            return self.chassis.checkpoints.names

    @property
    def log(self) -> tuple[tuple[datetime, str], ...]:
        """What the switch did by itself, and when."""
        tick(self.chassis)
        with self.chassis.lock:
            return tuple(self.chassis.log)

    @property
    def unmodelled(self) -> tuple[str, ...]:
        """The lines that were taken without knowing what a switch does with them."""
        return tuple(self.chassis.store.unmodelled)


class Lab:
    """Emulated switches, one for each (name, start text) of ``configs``, while its ``with`` block runs.

    ``addresses`` gives a switch its loopback address; the others get a free one of 127.77.0.0/16, so that several
    labs fit in one process and on one machine. ``echo`` is when the terminal shows what is typed; ``host_keys``
    are private keys (OpenSSH text) where a new one for each switch will not do. With ``strict`` a line that the
    lab's table does not know is refused. ``clock`` is the time of day of every switch (`LabClock` can be advanced): by
    it the timers of a switch fire, whether anybody is logged in or not. ``live`` says how the switches fare as a pair;
    without it the lab does not answer what is between them. ``understand`` says what the words of an event mean.
    InputError is raised where an address or port can't be had.
    """

    def __init__(
        self,
        configs: Mapping[str, str],
        *,
        username: str = "admin",
        password: str = "admin",
        addresses: Mapping[str, str] | None = None,
        ports: Ports = "system",
        clock: Clock = wall_clock,
        strict: bool = False,
        echo: Literal["early", "late"] = "early",
        faults: Mapping[str, Faults] | None = None,
        host_keys: Mapping[str, str] | None = None,
        live: Live = nobody_knows,
        understand: Understand = taken_as_said,
    ) -> None:
        self.username = username
        self.password = password
        self.switches: Mapping[str, LabSwitch] = {}
        self._configs = configs
        self._addresses = addresses or {}
        self._ports = _DEFAULT if ports == "default" else (0, 0, 0)
        self._clock = clock
        self._strict = strict
        self._echo = echo
        self._faults = faults or {}
        self._host_keys = host_keys or {}
        self._live = live
        self._understand = understand
        self._doors: dict[str, list[Door]] = {}
        self._happened: list[tuple[str, datetime]] = []
        self._lock = threading.Lock()
        self._befalling = threading.Lock()  # one event after the other, whoever tells them
        self._exit = contextlib.ExitStack()

    def __enter__(self) -> Self:
        from mlagkit.nxos.lab.ssh import SshServers

        with contextlib.ExitStack() as stack:
            servers = SshServers()
            stack.callback(servers.close)
            self.switches = {name: self._start(stack, servers, name) for name in self._configs}
            stack.enter_context(_looking([switch.chassis for switch in self.switches.values()]))
            self._exit = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._exit.close()

    def happen(self, words: str) -> tuple[str, ...]:
        """Let an event in the words of a drill (``peer-link down``) befall the pair and its switches as devices.

        What has happened is given back, in its order; ValueError where the words mean nothing that can happen.
        """
        with self._befalling:
            with self._lock:
                configs = {name: self._config(name) for name in self.switches}
                events = self._understand(words, configs, self._so_far())
            for event in events:
                self._befall(event)
        return tuple(event.words for event in events)

    def _befall(self, event: LabEvent) -> None:
        with self._lock:
            self._happened.append((event.words, self._clock()))
            changed = [name for name, power in event.power.items() if self.switches[name].chassis.become(power)]
        for name in changed:  # without the lock: a door waits for the clients that are being answered
            for door in self._doors[name]:
                door.become(event.power[name])

    @property
    def happened(self) -> tuple[tuple[str, datetime], ...]:
        """What befell the pair so far, and when."""
        with self._lock:
            return tuple(self._happened)

    @property
    def now(self) -> datetime:
        """The time of day on the switches."""
        return self._clock()

    def states(self) -> Mapping[str, SwitchState]:
        """How the switches fare, from where they take what they answer; empty where nobody knows."""
        with self._lock:
            return self._live({name: self._config(name) for name in self.switches}, self._so_far())

    def look(self) -> None:
        """Let the switches do now what their time has come for."""
        for switch in self.switches.values():
            tick(switch.chassis)

    def _config(self, name: str) -> str:
        chassis = self.switches[name].chassis
        return chassis.running_config()

    def _so_far(self) -> list[Happened]:
        now = self._clock()
        return [Happened(words, (now - at).total_seconds()) for words, at in self._happened]

    def _state(self, name: str) -> SwitchState | None:
        """How a switch fares; called with the lock held, since it looks at all of them."""
        return self._live({name: self._config(name) for name in self.switches}, self._so_far()).get(name)

    def connect_options(self, transport: Literal["ssh", "nxapi"] = "ssh") -> list[str]:
        """The ``--connect`` options that lead the other commands to these switches."""
        options: list[str] = []
        for switch in self.switches.values():
            host, port = switch.ssh if transport == "ssh" else switch.nxapi
            options += ["--connect", f"{switch.name}={transport}:{host}:{port}"]
        return options

    def _start(self, stack: contextlib.ExitStack, servers: SshServers, name: str) -> LabSwitch:
        import asyncssh

        from mlagkit.nxos.lab.ssh import Echo

        chassis = Chassis(name, self._configs[name], self._clock, self._faults.get(name, Faults()), self._strict)
        chassis.lock = self._lock  # one for all: what one answers of the pair follows from what the others run
        chassis.live = lambda: self._state(name)
        given = self._host_keys.get(name)
        key = asyncssh.import_private_key(given) if given else asyncssh.generate_private_key("ecdsa-sha2-nistp256")
        with _reported(name):
            address = self._addresses.get(name) or stack.enter_context(free_address())
            certificate, context = self_signed(name, address)
            login = Login(self.username, self.password)
            doors = self._doors[name] = []
            serves = (servers.of(chassis, login, Echo(self._echo), key), *_agents(chassis, login, context))
            for port, serve in zip(self._ports, serves, strict=True):
                door = Door((address, port), serve)
                stack.callback(door.close)
                doors.append(door)
        ssh, plain, secure = (door.at for door in doors)
        return LabSwitch(
            name=name,
            ssh=ssh,
            nxapi=secure,
            nxapi_http=plain,
            host_key=_public(key),
            certificate=certificate,
            chassis=chassis,
        )


def _agents(chassis: Chassis, login: Login, context: ssl.SSLContext) -> tuple[Serve, Serve]:
    """NX-API over HTTP, and over HTTPS."""
    return (
        lambda listening: NxapiServer(chassis, login, listening).close,
        lambda listening: NxapiServer(chassis, login, listening, context).close,
    )


@contextlib.contextmanager
def _looking(switches: Sequence[Chassis]) -> Iterator[None]:
    """A thread that looks whether a timer of a switch is due, while nobody types."""
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(_LOOK):
            for chassis in switches:
                tick(chassis)

    thread = threading.Thread(target=look, name="lab-timers", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _public(key: asyncssh.SSHKey) -> str:
    return key.export_public_key().decode().strip()


@contextlib.contextmanager
def _reported(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"the emulated switch cannot listen: {error}; ports below 1024 need the right to open them"
        raise input_error("LB01", message, Origin(name)) from error
