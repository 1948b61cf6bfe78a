"""A copy of every line of a journal for syslog, as well as it can be had: no push waits or stops for it."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from logging.handlers import SYSLOG_UDP_PORT, SysLogHandler
from typing import NamedTuple
from urllib.parse import urlsplit

LENGTH = 2048
"""Bytes of a message: what every receiver should be able to take (RFC 5424, section 6.1)."""
_WAIT = 0.2
"""Seconds that one line may wait for a syslog that is busy; once one has waited in vain, no other does."""
_PRIORITY = SysLogHandler.LOG_USER << 3 | SysLogHandler.LOG_INFO


class Address(NamedTuple):
    """Where syslog listens: a host with a UDP port, or a socket of this machine, which has no port."""

    host: str
    port: int = 0

    def __str__(self) -> str:
        return f"{self.host} port {self.port}" if self.port else self.host


def parse_address(text: str) -> Address:
    """``HOST[:PORT]``, an IPv6 address in brackets, or the path of a socket; ValueError for anything else."""
    if text.startswith("/"):
        return Address(text)
    parts = urlsplit(f"//{text}")
    if not parts.hostname or parts.netloc != text or parts.username is not None:
        raise ValueError(f"{text}: expected HOST[:PORT] or the path of a socket, such as /dev/log")
    return Address(parts.hostname, parts.port or SYSLOG_UDP_PORT)


_Way = tuple[socket.AddressFamily, str | tuple[str, int]]


def _way_to(address: Address) -> _Way:
    """What a socket connects to; a name is looked up, which may take seconds, and OSError where it is not found."""
    if not address.port:
        return socket.AF_UNIX, address.host
    family, _, _, _, found = socket.getaddrinfo(*address, type=socket.SOCK_DGRAM)[0]
    return family, (str(found[0]), address.port)


@dataclass(slots=True)
class Syslog:
    """Sends lines there; ``lost`` counts those that could not be sent, and ``why`` says what stood in the way.

    By UDP nobody knows whether a line has come, and a host that does not listen may or may not say so. A host is looked
    up once, before anything is sent to a switch.
    """

    address: Address
    lost: int = 0
    why: str = ""
    _way: _Way | None = None
    _wait: float = field(default_factory=lambda: _WAIT)
    _socket: socket.socket | None = None

    def __post_init__(self) -> None:
        """Find the way; where there is none, every line is lost."""
        try:
            self._way = _way_to(self.address)
        except OSError as error:
            self.why = error.strerror or str(error)

    def __call__(self, text: str) -> None:
        """Send one line; what is longer than a message may be is cut, so what must not be missed stands in front."""
        data = f"<{_PRIORITY}>{text}".encode("utf-8", "backslashreplace")[:LENGTH]
        try:
            sent = self._way is not None and self._connected(*self._way).send(data)
        except OSError as error:
            self.close()  # syslog may have been restarted: the next line tries anew
            self.why, sent = error.strerror or str(error), 0
            self._wait = 0.0
        self.lost += not sent

    def close(self) -> None:
        """End the connection."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _connected(self, family: socket.AddressFamily, place: str | tuple[str, int]) -> socket.socket:
        """A socket that hardly waits: what syslog does not take by then is lost."""
        if self._socket is None:
            self._socket = socket.socket(family, socket.SOCK_DGRAM)
            self._socket.settimeout(self._wait)
            self._socket.connect(place)
        return self._socket
