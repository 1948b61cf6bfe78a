"""One POST and its reply: whatever a web server does, the reply is whole or it is refused, and in time."""

from __future__ import annotations

import base64
import json
import random
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from mlagkit.device import napalm
from mlagkit.device.credentials import Credentials, Password
from mlagkit.device.https import Reply, post
from mlagkit.device.napalm import NxapiDevice
from mlagkit.device.store import Certificate, Store
from mlagkit.device.target import Options, Target
from mlagkit.errors import BrokenReply, DeviceError
from mlagkit.nxos.reply import Show
from tests.tls import self_signed

LOGIN = Credentials("ops", Password("pä:ss"))
OPTIONS = Options(connect_timeout=20, read_timeout=20, limit=100_000)
HEADERS = {"content-type": "application/json-rpc"}
TEXT = "hostname leaf-101\n" + "".join(f"vlan {vlan}\n  name v{vlan}\n" for vlan in range(1, 150))
NAME = json.dumps({"jsonrpc": "2.0", "result": {"msg": "leaf-101 \n"}, "id": 1}).encode()

Serve = Callable[..., Target]


@pytest.fixture
def requests() -> list[bytes]:
    """What the server was asked."""
    return []


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / "store", tmp_path / "known_hosts")


@pytest.fixture
def serve(tmp_path: Path, store: Store, requests: list[bytes]) -> Iterator[Serve]:
    """Answer one trusted connection with these pieces, a pause before each."""
    threads = []

    def serve(*pieces: bytes, pause: float = 0) -> Target:
        der, pem = self_signed("leaf-101")
        path = tmp_path / "server.pem"
        path.write_text(pem)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        listener = socket.create_server(("127.0.0.1", 0))
        listener.settimeout(60)
        thread = threading.Thread(target=_answer, args=(listener, context, pieces, pause, requests))
        thread.start()
        threads.append(thread)
        port = listener.getsockname()[1]
        store.pin(Certificate("127.0.0.1", port, der))
        return Target("leaf-101", "127.0.0.1", port=port)

    yield serve
    for thread in threads:
        thread.join()


def _answer(
    listener: socket.socket, context: ssl.SSLContext, pieces: Sequence[bytes], pause: float, requests: list[bytes]
) -> None:
    try:
        with listener, listener.accept()[0] as stream, context.wrap_socket(stream, server_side=True) as session:
            request = b""
            while not request.endswith(b"{}"):
                request += session.recv(65536)
            requests.append(request)
            for piece in pieces:
                time.sleep(pause)
                session.sendall(piece)
    except OSError:
        return  # the client has hung up, as some tests want


def reply(body: bytes, *more: str, status: str = "200 OK") -> bytes:
    """A reply with its length."""
    head = [f"HTTP/1.1 {status}", f"content-length: {len(body)}", *more]
    return "\r\n".join([*head, "", ""]).encode() + body


def ask(target: Target, store: Store, options: Options = OPTIONS) -> Reply:
    """One request to it."""
    return post(target, LOGIN, options, store, HEADERS, "{}")


def test_request(serve: Serve, store: Store, requests: list[bytes]) -> None:
    """The request goes to NX-API's path, once, with the login, and asks for no compression."""
    assert ask(serve(reply(b"x\xffy")), store).text == "x\udcffy"
    head, _, body = requests[0].partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == "POST /ins HTTP/1.1"
    token = base64.b64encode("ops:pä:ss".encode()).decode()
    assert {"Accept-Encoding: identity", f"authorization: Basic {token}", "connection: close"} <= set(lines)
    assert (body, len(requests)) == (b"{}", 1)


def test_chunked(serve: Serve, store: Store) -> None:
    """A reply in chunks, or ended by the connection, is the same reply."""
    chunks = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    assert ask(serve(chunks), store).text == "abcde"
    assert ask(serve(b"HTTP/1.0 200 OK\r\n\r\nabc"), store).text == "abc"


@pytest.mark.parametrize(
    "cut",
    [
        b"",
        b"HTTP/1.1 200 OK\r\n",
        reply(b"abcdef")[:-1],
        reply(b"abcdef")[:-6],
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabc",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n",
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"\x00" * 200,
    ],
)
def test_cut(serve: Serve, store: Store, cut: bytes) -> None:
    """A reply that breaks off, or is none, is refused."""
    with pytest.raises(DeviceError, match=r"broke off|hung up"):
        ask(serve(cut), store)


@pytest.mark.parametrize("length", [True, False])
def test_too_large(serve: Serve, store: Store, length: bool) -> None:
    """A reply beyond the limit is refused, whether or not it says how large it is."""
    body = b"x" * 300_000
    with pytest.raises(BrokenReply, match="larger than 100000 bytes"):
        ask(serve(reply(body) if length else b"HTTP/1.0 200 OK\r\n\r\n" + body), store)


@pytest.mark.parametrize("in_head", [True, False])
def test_drip(serve: Serve, store: Store, in_head: bool) -> None:
    """A server that sends a byte now and then does not hold the run beyond its timeout."""
    whole = reply(b"x" * 100, "x-padding: " + "y" * 200)
    start = 10 if in_head else len(whole) - 80
    pieces = [whole[:start], *(whole[at : at + 1] for at in range(start, len(whole)))]
    target = serve(*pieces, pause=0.05)
    begun = time.monotonic()
    with pytest.raises(DeviceError, match=r"did not answer within 1 s|broke off"):
        ask(target, store, Options(connect_timeout=20, read_timeout=1, limit=100_000))
    assert time.monotonic() - begun < 3


def test_drip_without_a_length(serve: Serve, store: Store) -> None:
    """Where only the end of the stream ends a reply, what came until this side hung up is no whole one."""
    target = serve(b"HTTP/1.0 200 OK\r\n\r\n", *[b"x"] * 60, pause=0.05)
    with pytest.raises(DeviceError, match=r"did not answer within 1 s|broke off"):
        ask(target, store, Options(connect_timeout=20, read_timeout=1, limit=100_000))


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("301 Moved", "HTTP status 301"),
        ("302 Found", "HTTP status 302"),
        ("401 Unauthorized", "refused the login"),
        ("403 Forbidden", "refused the login"),
        ("404 Not Found", "HTTP status 404"),
        ("503 Service Unavailable", "HTTP status 503"),
    ],
)
def test_status(serve: Serve, store: Store, requests: list[bytes], status: str, says: str) -> None:
    """A redirect is not followed, and a status that has no reply behind it is named."""
    with pytest.raises(DeviceError, match=says):
        ask(serve(reply(b"<html>", "location: https://127.0.0.1:9/ins", status=status)), store)
    assert len(requests) == 1


@pytest.fixture
def answered(store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], NxapiDevice]:
    """A device whose every request has this reply."""

    def answered(body: bytes) -> NxapiDevice:
        monkeypatch.setattr(napalm, "post", lambda *_: Reply(body))
        return NxapiDevice(Target("leaf-101", "192.0.2.101"), LOGIN, OPTIONS, store)

    return answered


def test_cut_json(answered: Callable[[bytes], NxapiDevice]) -> None:
    """Of 2,000 places to cut the JSON, none gives a running-config."""
    whole = json.dumps({"jsonrpc": "2.0", "result": {"msg": TEXT}, "id": 1}).encode()
    assert answered(whole).show(Show.RUNNING_CONFIG) == TEXT
    for end in random.Random(1).sample(range(len(whole)), 2_000):
        with pytest.raises(BrokenReply):
            answered(whole[:end]).show(Show.RUNNING_CONFIG)


def test_nothing_to_show(answered: Callable[[bytes], NxapiDevice]) -> None:
    """``null`` is an answer: a terminal would show nothing."""
    assert answered(b'{"jsonrpc": "2.0", "result": null, "id": 1}').show(Show.CHECKPOINTS) == ""


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Service Unavailable</html>",
        b"",
        b"null",
        b"[]",
        b"7",
        b'"text"',
        b"[1]",
        b"{}",
        b'{"result": "text"}',
        b'{"result": {"body": {"hostname": "leaf-101"}}}',
        b'{"result": {"msg": 7}}',
        b'{"error": {"code": -32602, "data": {}}}',
        b'{"error": "no"}',
        b"[" + NAME + b"," + NAME + b"]",
        b"[" * 100_000,
    ],
)
def test_no_reply(answered: Callable[[bytes], NxapiDevice], body: bytes) -> None:
    """What is no NX-API reply, however it is built, is an error of that switch."""
    with pytest.raises(DeviceError) as caught:
        answered(body).show(Show.HOSTNAME)
    assert caught.value.switch == "leaf-101"


def test_refused_command(answered: Callable[[bytes], NxapiDevice]) -> None:
    """A command that the switch refuses is named with the switch's own words."""
    error = {"code": -32602, "message": "Invalid params", "data": {"msg": "% Permission denied\n"}}
    device = answered(json.dumps({"jsonrpc": "2.0", "error": error, "id": 1}).encode())
    with pytest.raises(DeviceError, match="'show running-config' was refused: % Permission denied"):
        device.show(Show.RUNNING_CONFIG)


def test_only_shows(answered: Callable[[bytes], NxapiDevice]) -> None:
    """A command that is not on the list is not sent, even if the caller cheats with its type."""
    with pytest.raises(ValueError, match="is not a valid Show"):
        answered(NAME).show("reload")  # type: ignore[arg-type]
