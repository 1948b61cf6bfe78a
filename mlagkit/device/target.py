"""Whom to ask and how: the address of one switch, and what holds for the whole run."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Transport(StrEnum):
    """The ways to a switch: NX-API over HTTPS, SSH by netmiko, and SSH by napalm's driver."""

    NXAPI = "nxapi"
    SSH = "ssh"
    NXOS_SSH = "nxos_ssh"

    @property
    def port(self) -> int:
        """Where a switch listens unless it is told otherwise (device-side.md 1.1; IANA)."""
        return 443 if self is Transport.NXAPI else 22

    @property
    def is_ssh(self) -> bool:
        """Whether host keys and not certificates say who answers."""
        return self is not Transport.NXAPI


@dataclass(frozen=True, slots=True)
class Address:
    """Where something listens: a name or an IP address (IPv6 without brackets), None for what was not said."""

    host: str
    transport: Transport | None = None
    port: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """One switch to be read: the hostname that it must have, and how to reach it.

    ``username`` and ``password`` are references (``env:``, ``file:``, ``cmd:``) or None. ``known`` False means that
    nobody knows the hostname yet: ``name`` is then only what messages call the switch.
    """

    name: str
    host: str
    transport: Transport = Transport.NXAPI
    port: int = Transport.NXAPI.port
    username: str | None = None
    password: str | None = None
    known: bool = True

    def __str__(self) -> str:
        return f"{self.transport} {place(self.host, self.port)}"


@dataclass(frozen=True, slots=True)
class Options:
    """What holds for every switch of a run; both timeouts are seconds, ``limit`` is bytes.

    ``connect_timeout`` is for each of: the TCP connection, its handshake, the login. ``read_timeout``
    and ``limit`` are for one answer (trust.md, S20). ``insecure`` takes any certificate. ``jump``
    is a host that ``ssh`` reaches without asking.
    """

    connect_timeout: float = 10
    read_timeout: float = 60
    limit: int = 20 * 2**20
    ca_file: Path | None = None
    insecure: bool = False
    jump: str | None = None


_WORDS = frozenset(transport.value for transport in Transport)
_ADDRESS = re.compile(
    r"(?:(?P<transport>[a-z][a-z_]*):(?!:))?(?:\[(?P<v6>[^\[\]]*)\]|(?P<host>[^\[\]:]*))(?::(?P<port>[^:]*))?\Z"
)
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})\Z")
_JUMP = re.compile(r"(?:[\w.][\w.-]*@)?(?:[A-Za-z0-9][A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?\Z", re.A)


def parse_address(text: str) -> Address:
    """Read ``[nxapi|ssh|nxos_ssh:]HOST[:PORT]``, an IPv6 address in brackets; ValueError says what is wrong."""
    match = _ADDRESS.match(text)
    if not match:
        raise ValueError(f"{text!r} is not [nxapi|ssh:]HOST[:PORT]; an IPv6 address needs brackets, [2001:db8::1]")
    word, host = match["transport"], match["v6"] if match["host"] is None else match["host"]
    if word and word not in _WORDS and match["port"] is None and match["v6"] is None:
        word, host, port = None, word, host  # HOST:PORT, not TRANSPORT:HOST
    else:
        port = match["port"]
    return Address(_host(host, bracketed=match["v6"] is not None), _transport(word), _port(port))


def parse_connect(text: str) -> tuple[str, Address]:
    """Read ``NAME=[nxapi|ssh|nxos_ssh:]HOST[:PORT]`` as ``--connect`` takes it; ValueError says what is wrong."""
    name, equals, address = text.partition("=")
    if not (name and equals):
        raise ValueError(f"{text!r} names no switch; write NAME=[nxapi|ssh:]HOST[:PORT]")
    return name, parse_address(address)


def parse_jump(text: str) -> str:
    """Read ``[USER@]HOST[:PORT]`` as ``--jump`` takes it; ValueError for anything that ``ssh`` could misread."""
    if not _JUMP.match(text):
        raise ValueError(f"{text!r} is not [USER@]HOST[:PORT]")
    return text


def place(host: str, port: int) -> str:
    """``HOST:PORT`` for people and URLs, IPv6 in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _host(text: str, *, bracketed: bool) -> str:
    if bracketed:
        return str(ipaddress.IPv6Address(text))
    if not _HOST.match(text):
        raise ValueError(f"{text!r} is no host name and no address")
    return text


def _transport(word: str | None) -> Transport | None:
    if word and word not in _WORDS:
        raise ValueError(f"{word!r} is no transport; there are {', '.join(Transport)}")
    return Transport(word) if word else None


def _port(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise ValueError(f"{text!r} is no port; a port is 1-65535")
    return int(text)
