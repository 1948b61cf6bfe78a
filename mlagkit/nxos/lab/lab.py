"""A lab: several emulated switches on loopback, from the moment it is entered until it is left."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import socket
import ssl
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

from mlagkit.errors import InputError
from mlagkit.finding import Origin
from mlagkit.nxos.lab.answer import Answer
from mlagkit.nxos.lab.chassis import Chassis
from mlagkit.nxos.lab.clock import Clock, wall_clock
from mlagkit.nxos.lab.faults import Faults
from mlagkit.nxos.lab.live import Happened, Live, nobody_knows
from mlagkit.nxos.lab.login import Login
from mlagkit.nxos.lab.nxapi import NxapiServer
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

_CLAIM = 50022
"""Port of the socket that holds an address for one lab; nothing listens there."""


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
    without it the lab does not answer what is between them. InputError is raised where an address or port can't be had.
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
        self._happened: list[tuple[str, datetime]] = []
        self._lock = threading.Lock()
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

    def happen(self, words: str) -> None:
        """An event in the words of a drill (``peer-link down``) befalls the pair; ValueError where there is none."""
        with self._lock:
            self._live({name: self._config(name) for name in self.switches}, [*self._so_far(), Happened(words, 0)])
            self._happened.append((words, self._clock()))

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
        login = Login(self.username, self.password)
        given = self._host_keys.get(name)
        key = asyncssh.import_private_key(given) if given else asyncssh.generate_private_key("ecdsa-sha2-nistp256")
        with _reported(name):
            address = self._addresses.get(name) or stack.enter_context(_free_address())
            certificate, context = _certificate(name, address)
            ssh_port = servers.listen(chassis, login, Echo(self._echo), key, (address, self._ports[0]))
            plain, secure = (
                _closing(stack, NxapiServer(chassis, login, (address, port), tls))
                for port, tls in zip(self._ports[1:], (None, context), strict=True)
            )
        return LabSwitch(
            name=name,
            ssh=(address, ssh_port),
            nxapi=(address, secure.port),
            nxapi_http=(address, plain.port),
            host_key=_public(key),
            certificate=certificate,
            chassis=chassis,
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


def _closing(stack: contextlib.ExitStack, server: NxapiServer) -> NxapiServer:
    stack.callback(server.close)
    return server


@contextlib.contextmanager
def _reported(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"the emulated switch cannot listen: {error}; ports below 1024 need the right to open them"
        raise InputError.at("LB01", "lab-cannot-listen", message, Origin(name)) from error


@contextlib.contextmanager
def _free_address() -> Iterator[str]:
    """An address of 127.77.0.0/16 that no other lab on this machine holds; 127.0.0.1 where the system has only that."""
    with socket.socket() as claim:
        for number in range(1, 2**16 - 1):
            address = str(ipaddress.IPv4Address("127.77.0.0") + number)
            try:
                claim.bind((address, _CLAIM))
            except OSError as error:
                if error.errno == errno.EADDRNOTAVAIL:
                    address = "127.0.0.1"
                    break
                continue
            break
        yield address


def _certificate(name: str, address: str) -> tuple[str, ssl.SSLContext]:
    """A self-signed certificate for the address and the name, and a TLS context that shows it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name[:64])])
    names: list[x509.GeneralName] = [x509.IPAddress(ipaddress.ip_address(address))]
    now = wall_clock()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM).decode()
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:  # the standard library loads a chain only from a file
        path = Path(folder) / "lab.pem"
        path.write_text(pem + secret, encoding="ascii")
        context.load_cert_chain(path)
    return pem, context
