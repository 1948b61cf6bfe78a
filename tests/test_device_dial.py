"""Reaching a switch through a jump host, with the user's own ``ssh`` doing the jump."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import asyncssh
import pytest

from mlagkit.device import trust
from mlagkit.device.connect import Means
from mlagkit.device.credentials import Credentials, Password
from mlagkit.device.read import Reading, read_running
from mlagkit.device.store import Store
from mlagkit.device.target import Options, Target, Transport
from mlagkit.errors import DeviceError
from mlagkit.nxos.lab import Lab

pytestmark = [
    pytest.mark.interop,
    pytest.mark.skipif(not shutil.which("ssh"), reason="OpenSSH's client is not installed"),
]

LOGIN = Credentials("ops", Password("s3cret-Pass"))
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CONFIG = "hostname leaf-101\nvlan 10\n  name web\nline vty\n"


@dataclass
class Bastion:
    """A jump host that forwards whoever has the key, and notes where to; it has host keys of two kinds."""

    user: asyncssh.SSHKey = field(default_factory=lambda: asyncssh.generate_private_key("ssh-ed25519"))
    own: asyncssh.SSHKey = field(default_factory=lambda: asyncssh.generate_private_key("ssh-ed25519"))
    other: asyncssh.SSHKey = field(default_factory=lambda: asyncssh.generate_private_key("ecdsa-sha2-nistp256"))
    port: int = 0
    forwarded: list[tuple[str, int]] = field(default_factory=list)
    served: list[asyncssh.SSHServerConnection] = field(default_factory=list)

    def server(self) -> asyncssh.SSHServer:
        """What answers one connection."""
        noted, served = self.forwarded, self.served

        class Server(asyncssh.SSHServer):
            def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
                served.append(conn)

            def connection_requested(self, dest_host: str, dest_port: int, orig_host: str, orig_port: int) -> bool:
                noted.append((dest_host, dest_port))
                return True

        return Server()

    async def listen(self) -> asyncssh.SSHAcceptor:
        """Begin to listen on loopback."""
        allowed = asyncssh.import_authorized_keys(self.user.export_public_key().decode())
        listener = await asyncssh.create_server(
            self.server, "127.0.0.1", 0, server_host_keys=[self.own, self.other], authorized_client_keys=allowed
        )
        self.port = listener.get_port()
        return listener


@pytest.fixture
def bastion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bastion]:
    """A running jump host, and an ``ssh`` that knows it as its user's configuration would."""
    jump = Bastion()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    listener = asyncio.run_coroutine_threadsafe(jump.listen(), loop).result(30)
    _write_ssh(tmp_path, jump)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    yield jump

    async def stop() -> None:
        listener.close()
        await listener.wait_closed()
        for connection in jump.served:  # a client may have left without its end being heard of yet
            connection.abort()
            await connection.wait_closed()
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    asyncio.run_coroutine_threadsafe(stop(), loop).result(30)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def _write_ssh(folder: Path, jump: Bastion) -> None:
    key, hosts, config, program = (folder / name for name in ("id", "hosts", "config", "ssh"))
    key.touch(0o600)
    key.write_bytes(jump.user.export_private_key())
    hosts.write_bytes(f"[127.0.0.1]:{jump.port} ".encode() + jump.own.export_public_key())
    config.write_text(f"Host *\nIdentityFile {key}\nIdentitiesOnly yes\nUserKnownHostsFile {hosts}\n")
    program.write_text(f'#!/bin/sh\nexec {shutil.which("ssh")} -F {config} "$@"\n')
    program.chmod(0o700)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / "store", tmp_path / "known_hosts")


def options(bastion: Bastion) -> Options:
    """Through that jump host."""
    return Options(connect_timeout=20, read_timeout=20, jump=f"ops@127.0.0.1:{bastion.port}")


@pytest.mark.parametrize("transport", Transport)
def test_jump(bastion: Bastion, store: Store, transport: Transport) -> None:
    """Every transport reads through a jump host, after the switch's identity was fetched and confirmed through it."""
    through = options(bastion)
    with Lab({"leaf-101": CONFIG}, username="ops", password="s3cret-Pass") as lab:
        place = lab.switches["leaf-101"].nxapi if transport is Transport.NXAPI else lab.switches["leaf-101"].ssh
        target = Target("leaf-101", place[0], transport, place[1])
        first = read_running([target], Means(lambda _: LOGIN, through, store, lambda: NOW))["leaf-101"]
        assert isinstance(first, DeviceError)
        assert f"--jump {through.jump}" in first.advice
        fetch = trust.fetch_host_key if transport.is_ssh else trust.fetch_certificate
        store.pin(fetch(target.name, target.host, target.port, through))
        result = read_running([target], Means(lambda _: LOGIN, through, store, lambda: NOW))["leaf-101"]
        assert isinstance(result, Reading), result
        assert "name web" in result.text
        assert set(bastion.forwarded) == {place}
        assert len(bastion.forwarded) >= 4


@pytest.mark.parametrize("kind", ["ssh-ed25519", "ecdsa-sha2-nistp256"])
def test_kinds(bastion: Bastion, kind: str) -> None:
    """Of several host keys the one is fetched whose kind is known, whichever else is known for the host."""
    found = trust.fetch_host_key("jump", "127.0.0.1", bastion.port, Options(connect_timeout=20), ["ssh-rsa", kind])
    assert found.kind == kind


def test_jump_that_fails(bastion: Bastion, store: Store) -> None:
    """A jump host that does not let us through is named, with what must work first."""
    target = Target("leaf-101", "192.0.2.101", Transport.SSH, 22)
    through = replace(options(bastion), jump="127.0.0.1:1", connect_timeout=5)
    error = read_running([target], Means(lambda _: LOGIN, through, store, lambda: NOW))["leaf-101"]
    assert isinstance(error, DeviceError)
    assert "ssh 127.0.0.1:1` works without asking" in error.advice


def test_no_ssh(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the program ``ssh`` there is no jump, and the message says so."""
    monkeypatch.setenv("PATH", str(tmp_path))
    target = Target("leaf-101", "192.0.2.101", Transport.SSH, 22)
    error = read_running([target], Means(lambda _: LOGIN, Options(jump="bastion"), store, lambda: NOW))["leaf-101"]
    assert isinstance(error, DeviceError)
    assert "the program ssh could not be started" in error.tried
