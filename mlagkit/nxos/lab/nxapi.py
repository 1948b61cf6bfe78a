"""The NX-API side: JSON-RPC over HTTP and HTTPS, as napalm's ``nxos`` driver and curl use it (device-side 1.1).

Each request is a login of its own; lines that are no exec command are configuration; the first error ends the
request with status 500 [assumed]; a single result is an object, not a list.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import ipaddress
import json
import socket
import ssl
import tempfile
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from mlagkit.nxos.lab import texts
from mlagkit.nxos.lab.answer import Answer
from mlagkit.nxos.lab.chassis import Chassis
from mlagkit.nxos.lab.clock import wall_clock
from mlagkit.nxos.lab.faults import HttpFault
from mlagkit.nxos.lab.login import Login
from mlagkit.nxos.lab.shell import Shell

_UNAVAILABLE = b"<html><head><title>503</title></head><body>Service Unavailable</body></html>"
_SILENCE = 10
"""Seconds that a connection may say nothing."""

_PATIENCE = 0.05
"""Seconds between two looks whether the lab ends, while a fault makes a request wait."""


class _Agent(ThreadingHTTPServer):
    """One listener; its handlers are threads that end with it."""

    daemon_threads = False
    block_on_close = True

    def __init__(self, chassis: Chassis, login: Login, listening: socket.socket, tls: ssl.SSLContext | None) -> None:
        super().__init__(listening.getsockname(), _Exchange, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self.chassis = chassis
        self.login = login
        self.tls = tls
        self.ended = threading.Event()
        self.open: set[socket.socket] = set()
        chassis.hang_up.append(self.drop_all)

    def finish_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Serve one connection; the TLS handshake belongs to its own thread.

        So a client that says nothing does not stop the others.
        """
        assert isinstance(request, socket.socket)  # the other form is UDP's
        request.settimeout(_SILENCE)
        try:
            with self._secured(request) as connection:
                self.open.add(connection)
                if isinstance(connection, ssl.SSLSocket):
                    connection.do_handshake()
                super().finish_request(connection, client_address)
                self.open.discard(connection)
        except OSError:
            return  # the client did not like the certificate, or went away

    def _secured(self, request: socket.socket) -> socket.socket:
        return self.tls.wrap_socket(request, server_side=True, do_handshake_on_connect=False) if self.tls else request

    def handle_error(self, *_: object) -> None:
        """A client that goes away in the middle is no error of the lab."""

    def hang_up(self) -> None:
        """End the connections that are still open, so that their threads end."""
        self.ended.set()
        self.drop_all()

    def drop_all(self) -> None:
        """End every connection, as a switch does that restarts."""
        for connection in list(self.open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Exchange(BaseHTTPRequestHandler):
    """One request and its reply."""

    server: _Agent
    server_version = "nginx"  # what NX-API stands behind
    sys_version = ""

    def log_message(self, *_: object) -> None:
        """Requests are not logged: they carry the password."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        fault = self.server.chassis.faults.http
        if fault is HttpFault.HANG:
            self.server.ended.wait()
        elif fault is HttpFault.UNAVAILABLE:
            self._send(503, _UNAVAILABLE, "text/html")
        elif fault is HttpFault.UNAUTHORIZED or not self._is_known():
            self._send(401, b"", "text/html")
        elif self.path.split("?")[0] != "/ins":
            self._send(404, b"", "text/html")
        else:
            self._run(body)

    def _is_known(self) -> bool:
        scheme, _, token = (self.headers.get("authorization") or "").partition(" ")
        try:
            name, _, password = base64.b64decode(token, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return False
        return scheme.lower() == "basic" and self.server.login.accepts(name, password)

    def _run(self, body: bytes) -> None:
        try:
            asked = json.loads(body)
            if isinstance(asked, dict) and "ins_api" in asked:
                self._run_message(asked["ins_api"])
                return
            calls = [_Call.of(one) for one in (asked if isinstance(asked, list) else [asked])]
        except (ValueError, KeyError, TypeError):
            error = {"code": -32700, "message": "Parse error"}
            self._send(500, json.dumps({"jsonrpc": "2.0", "error": error, "id": None}).encode())
            return
        shell = Shell(self.server.chassis, direct=True)
        replies = self._replies(shell, calls)
        shell.close()
        if replies is None:
            self.close_connection = True
            return
        status = 500 if "error" in replies[-1] else 200
        text = json.dumps(replies if len(replies) > 1 else replies[0]).encode()
        self._send(status, text, cut=self._cut([shell.command(call.line) for call in calls]))

    def _run_message(self, asked: dict[str, Any]) -> None:
        """The older form of a request: one message with several commands, each with a code of its own.

        An answer: Cisco's NX-API CLI reference for N9K, ``show nxapi`` [likely]; a refusal: see `_output`. That the
        first one ends it, and that the status stays 200, is [likely]: the collection cisco.nxos reads only the codes.
        """
        if asked["type"] not in _TYPES or asked.get("output_format") != "json":
            raise ValueError(asked["type"])
        lines = [line.strip() for line in asked["input"].split(" ;")]
        shell = Shell(self.server.chassis, direct=asked["type"] == "cli_conf")
        outputs: list[dict[str, Any]] = []
        for line in lines:
            self._wait(shell.start(line))
            if shell.drops(line):
                self.close_connection = True
                return
            outputs.append(_output(shell.feed(line), line, asked["type"]))
            if outputs[-1]["code"] != "200":
                break
        shell.close()
        found = outputs if len(outputs) > 1 else outputs[0]
        reply = {"type": asked["type"], "version": "1.0", "sid": "eoc", "outputs": {"output": found}}
        self._send(200, json.dumps({"ins_api": reply}).encode(), "application/json")

    def _replies(self, shell: Shell, calls: list[_Call]) -> list[dict[str, Any]] | None:
        """What the calls are answered with, up to the first error; None where a fault drops the connection."""
        replies: list[dict[str, Any]] = []
        for call in calls:
            self._wait(shell.start(call.line))
            if shell.drops(call.line):
                return None
            replies.append(call.reply(shell))
            if "error" in replies[-1]:
                break
        return replies

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.server.ended.wait(_PATIENCE):
            pass

    def _cut(self, commands: list[str]) -> int | None:
        cuts = self.server.chassis.faults.cut
        return next((cuts[command] for command in commands if command in cuts), None)

    def _send(self, status: int, body: bytes, kind: str = "application/json-rpc", cut: int | None = None) -> None:
        self.send_response(status)
        self.send_header("content-type", f"{kind}; charset=UTF-8")
        self.send_header("content-length", str(len(body)))
        if status == 401:
            self.send_header("www-authenticate", 'Basic realm="Secure Zone"')
        self.end_headers()
        self.wfile.write(body if cut is None else body[:cut])
        self.close_connection = True


class _Call:
    """One object of a request."""

    def __init__(self, method: str, line: str, number: object) -> None:
        self.method = method
        self.line = line
        self.number = number

    @classmethod
    def of(cls, asked: dict[str, Any]) -> _Call:
        """Read it; KeyError or TypeError where it is no JSON-RPC call, ValueError for an unknown method."""
        method = asked["method"]
        if method not in ("cli", "cli_ascii"):
            raise ValueError(method)
        return cls(method, str(asked["params"]["cmd"]), asked.get("id"))

    def reply(self, shell: Shell) -> dict[str, Any]:
        """What NX-API answers to it."""
        answer = shell.feed(self.line)
        head: dict[str, Any] = {"jsonrpc": "2.0"}
        if not answer.ok or answer.asks:
            return {**head, "error": _error(answer), "id": self.number}
        return {**head, "result": self._result(answer), "id": self.number}

    def _result(self, answer: Answer) -> dict[str, Any] | None:
        if self.method == "cli_ascii":
            return {"msg": answer.text} if answer.text else None
        if answer.body is not None:
            return {"body": answer.body}
        return {"msg": answer.text} if answer.text else None


_TYPES = ("cli_show", "cli_show_ascii", "cli_conf")


def _output(answer: Answer, line: str, kind: str) -> dict[str, Any]:
    """One command of an older message, answered.

    Code, msg and clierror of a refusal, the first two by platform and kind: the tests of cisco-network-node-utils
    [certain]; 501: Cisco on NX-API for N5K, "Command Types", and scripts that look for just these words [likely].
    """
    if not answer.ok or answer.asks:
        why = "CLI execution error" if kind == "cli_conf" else "Input CLI command error"
        return {"input": line, "msg": why, "code": "400", "clierror": _error(answer)["data"]["msg"]}
    if kind == "cli_show" and answer.body is None:
        return {"input": line, "msg": "Structured output unsupported", "code": "501"}
    body = answer.body if kind == "cli_show" else answer.text or {} if kind == "cli_conf" else answer.text
    return {"input": line, "msg": "Success", "code": "200", "body": body}


def _error(answer: Answer) -> dict[str, Any]:
    """The form of corpus/nxos/show/error-output/nxapi-plumbing-jsonrpc-bogus-command.json.

    A question that nobody can answer ends the request, too (ansible#27562; how it looks is [assumed]).
    """
    text = texts.INVALID_NXAPI if answer.text.endswith(texts.INVALID) else f"{answer.text.strip()}\n"
    return {"code": -32602, "message": "Invalid params", "data": {"msg": text}}


class NxapiServer:
    """One switch over HTTP or, with a TLS context, HTTPS, in a thread of its own."""

    def __init__(
        self, chassis: Chassis, login: Login, listening: socket.socket, tls: ssl.SSLContext | None = None
    ) -> None:
        self._agent = _Agent(chassis, login, listening, tls)
        self._thread = threading.Thread(
            target=self._agent.serve_forever,
            kwargs={"poll_interval": 0.05},
            name=f"lab-nxapi-{chassis.name}",
            daemon=True,
        )
        self._thread.start()

    def close(self) -> None:
        """Stop listening, let waiting requests go, and end the threads."""
        self._agent.shutdown()
        self._agent.chassis.hang_up.remove(self._agent.drop_all)
        self._agent.hang_up()
        self._agent.server_close()
        self._thread.join()


def self_signed(name: str, address: str) -> tuple[str, ssl.SSLContext]:
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
