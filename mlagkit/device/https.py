"""One POST to a switch's NX-API: to nobody but the proven switch, and never more or longer than allowed."""

from __future__ import annotations

import base64
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, IncompleteRead

from mlagkit.device.credentials import Credentials
from mlagkit.device.store import Store
from mlagkit.device.target import Options, Target
from mlagkit.device.trust import secured
from mlagkit.errors import BrokenReply, DeviceError

_PATH = "/ins"  # device-side.md 1.1


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply that arrived whole."""

    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8, with bytes that are none kept as surrogates."""
        return self.body.decode("utf-8", "surrogateescape")


def post(
    target: Target, credentials: Credentials, options: Options, store: Store, headers: Mapping[str, str], body: str
) -> Reply:
    """Send the body with the login, and return what comes back.

    No proxy, no redirect, no cookie. DeviceError where the switch can't be reached or trusted or
    refuses the login, BrokenReply where the reply is cut, too large or too late.
    """
    words = {**headers, "authorization": _basic(credentials), "connection": "close"}
    with secured(target, options, store) as session, _limited(session, options.read_timeout) as late:
        connection = HTTPConnection(target.host, target.port)
        connection.sock = session
        try:
            connection.request("POST", _PATH, body.encode(), words)
            with closing(connection.getresponse()) as response:
                _check_status(target, response.status)
                received = response.read(options.limit + 1)
                missing = response.length
        except (HTTPException, OSError, ValueError) as error:
            raise _unanswered(target, options, error, late=late.is_set()) from error
        if len(received) > options.limit:
            advice = "nothing was taken from it"
            raise BrokenReply(target.name, f"the reply of {target} is larger than {options.limit} bytes", advice)
        if missing or late.is_set() or not received:
            raise _cut(target)
    return Reply(received)


@contextmanager
def _limited(session: ssl.SSLSocket, seconds: float) -> Iterator[threading.Event]:
    """Hang up after so many seconds, however slowly bytes keep coming; the event tells that this happened."""
    late = threading.Event()

    def hang_up() -> None:
        late.set()
        with suppress(OSError):
            socket.socket.shutdown(session, socket.SHUT_RDWR)

    session.settimeout(seconds)
    timer = threading.Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        timer.join()


def _basic(credentials: Credentials) -> str:
    password = credentials.password.reveal() if credentials.password else ""
    return "Basic " + base64.b64encode(f"{credentials.username}:{password}".encode()).decode()


def _check_status(target: Target, status: int) -> None:
    """A refused command has status 500 and a reply to be read (napalm#1461); what has none is told apart here."""
    if status in (401, 403):
        advice = "check user name and password; NX-API needs a privileged role even to read (napalm#2275)"
        raise DeviceError(target.name, f"{target} refused the login", advice)
    if status not in (200, 400, 500):
        tried = f"{target} answered with HTTP status {status}"
        raise DeviceError(target.name, tried, "check that NX-API listens on this port and is not overloaded")


def _unanswered(target: Target, options: Options, error: Exception, *, late: bool) -> DeviceError:
    if late or isinstance(error, TimeoutError):
        tried = f"{target} did not answer within {options.read_timeout:g} s"
        return DeviceError(target.name, tried, "see whether the switch is busy")
    if isinstance(error, IncompleteRead):
        return _cut(target)
    said = str(error) or type(error).__name__
    return DeviceError(target.name, f"{target} hung up ({said})", "see whether the switch is busy; try again")


def _cut(target: Target) -> BrokenReply:
    return BrokenReply(target.name, f"the reply of {target} broke off", "nothing was taken from it; try again")
