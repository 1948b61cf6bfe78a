"""The same over HTTP, on loopback: for scripts that let things happen and look what their tools make of it.

A page in a browser must not reach it, nor another account of the machine: every request shows a token that only the
lab's output has, and names the very address that was asked, so that a name which an attacker points at loopback is
refused; nothing is ever allowed to another origin.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from mlagkit.rehearsal.rehearse import Rehearsal
from mlagkit.report.document import Document

LARGEST = 1024
"""Bytes of a body: an event is a line."""
_SILENCE = 10
"""Seconds that a connection may say nothing."""


class _Refused(Exception):
    """A request that is not served."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class Listener(ThreadingHTTPServer):
    """A rehearsal at an address and a port that the system gives, while its ``with`` block runs."""

    daemon_threads = False
    block_on_close = True

    def __init__(self, rehearsal: Rehearsal, address: str) -> None:
        super().__init__((address, 0), _Exchange, bind_and_activate=False)
        self.rehearsal = rehearsal
        self.token = secrets.token_urlsafe(24)
        self.place = ""

    def server_bind(self) -> None:
        """Without the look-up of the name that the standard library makes, which may wait for a name server."""
        self.socket.bind(self.server_address[:2])
        host, port = self.socket.getsockname()[:2]
        self.place = f"{host}:{port}"

    @contextlib.contextmanager
    def serving(self) -> Iterator[Listener]:
        """Serve in threads of its own until the block is left."""
        with self:
            self.server_bind()
            self.server_activate()
            thread = threading.Thread(target=self.serve_forever, args=(0.05,), name="lab-events", daemon=True)
            thread.start()
            try:
                yield self
            finally:
                self.shutdown()
                thread.join()

    def how_to_reach(self) -> str:
        """A line of comment for a shell: how to let something happen."""
        return f"# curl -H 'Authorization: Bearer {self.token}' -d 'peer-link down' http://{self.place}/events\n"

    def handle_error(self, *_: object) -> None:
        """A client that goes away in the middle is no error of the lab."""


class _Exchange(BaseHTTPRequestHandler):
    """One request and its answer."""

    server: Listener
    server_version = "mlagkit-lab"
    sys_version = ""
    timeout = _SILENCE

    def log_message(self, *_: object) -> None:
        """Requests are not logged: they carry the token."""

    def do_GET(self) -> None:
        self._serve(_READS, has_body=False)

    def do_POST(self) -> None:
        self._serve(_WRITES, has_body=True)

    def _serve(self, routes: Mapping[str, Callable[[Rehearsal, str], Document]], *, has_body: bool) -> None:
        try:
            self._admit()
            if self.path not in routes:
                raise _Refused(405 if self.path in {**_READS, **_WRITES} else 404, f"no such path: there are {_PATHS}")
            body = self._body() if has_body else ""
            self._send(200, routes[self.path](self.server.rehearsal, body))
        except _Refused as refused:
            self._send(refused.status, {"error": str(refused)})
        except ValueError as error:  # words that mean nothing that can happen
            self._send(422, {"error": str(error)})

    def _admit(self) -> None:
        """Refuse whoever is not meant to be here; which of several reasons it is says nothing of the token."""
        if self.headers.get_all("host") != [self.server.place] or "origin" in self.headers:
            raise _Refused(403, "another host or origin")
        scheme, _, token = (self.headers.get("authorization") or "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(token.encode("utf-8"), self.server.token.encode()):
            raise _Refused(401, "the token that the lab printed is missing")

    def _body(self) -> str:
        """The words, of a length that was said before; nothing is read of a body that is too long."""
        length = self.headers.get("content-length") or ""
        if not length.isascii() or not length.isdecimal() or "transfer-encoding" in self.headers:
            raise _Refused(411, "the length of the body is missing")
        if len(length) > 9 or int(length) > LARGEST:
            raise _Refused(413, f"a body has {LARGEST} bytes at most")
        try:
            return self.rfile.read(int(length)).decode("utf-8")
        except UnicodeDecodeError:
            raise _Refused(400, "the body is no UTF-8") from None

    def _send(self, status: int, document: Document) -> None:
        data = f"{json.dumps(document, sort_keys=True)}\n".encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.send_header("cache-control", "no-store")
        self.send_header("x-content-type-options", "nosniff")
        if status == 401:
            self.send_header("www-authenticate", "Bearer")
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(data)
        self.close_connection = True


def _advanced(rehearsal: Rehearsal, text: str) -> Document:
    did = rehearsal.advance(text)
    return {**rehearsal.time(), "did": list(did)}


_READS: Mapping[str, Callable[[Rehearsal, str], Document]] = {
    "/state": lambda rehearsal, _: rehearsal.state(),
    "/events": lambda rehearsal, _: rehearsal.events(),
    "/clock": lambda rehearsal, _: rehearsal.time(),
}
_WRITES: Mapping[str, Callable[[Rehearsal, str], Document]] = {
    "/events": lambda rehearsal, words: rehearsal.happen(words),
    "/clock": _advanced,
}
_PATHS = "GET /state, GET /events, GET /clock, POST /events, POST /clock"
