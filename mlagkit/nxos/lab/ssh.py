"""The SSH side: one event loop in one thread for every switch of a lab."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Callable, Coroutine
from enum import StrEnum
from typing import Any, TypeVar

import asyncssh

from mlagkit.nxos.lab.answer import Answer, Rejected
from mlagkit.nxos.lab.chassis import Chassis
from mlagkit.nxos.lab.door import Close, Serve
from mlagkit.nxos.lab.live import Power
from mlagkit.nxos.lab.login import Login
from mlagkit.nxos.lab.shell import Shell

_T = TypeVar("_T")
_LOOK = 0.1
"""Seconds between two looks whether a hung switch was restarted."""

_GIVEN_UP = "\x03"
"""What Ctrl-C sends, in the place of a line."""


class Echo(StrEnum):
    """When a terminal shows what is typed; which of the two a given NX-OS does is not known (device-side 1.5, 4.4)."""

    EARLY = "early"  # at once, also while a command runs
    LATE = "late"  # when the shell reads the line


class _Terminal(asyncssh.SSHServerSession[str]):
    """One channel: characters in, echo and answers out. Lines wait in a queue, so that echo does not.

    A line that was typed and shown before the prompt that it answers is ended behind that prompt once more, as line
    editors do: no transcript of the corpus has two prompts in one line [likely].
    """

    def __init__(self, chassis: Chassis, echo: Echo) -> None:
        self._chassis = chassis
        self._echo = echo
        self._typed = ""
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._worker: asyncio.Task[None] | None = None
        self._terminal = False
        self._at_prompt = False  # nothing stands behind it yet
        self._single = False  # one command and no prompt: `ssh HOST show version`
        self._sink: ScpSink | None = None

    def connection_made(self, chan: asyncssh.SSHServerChannel[str]) -> None:
        self._channel = chan

    def pty_requested(self, *_: object) -> bool:
        self._terminal = True
        return True

    def shell_requested(self) -> bool:
        return True

    def exec_requested(self, command: str) -> bool:
        path = target_of(command)
        if path is not None:
            return self._receive(path)
        self._lines.put_nowait(command)
        self._lines.put_nowait(None)
        self._single = True
        return True

    def _receive(self, path: str) -> bool:
        """A file for bootflash, where ``feature scp-server`` lets it in (napalm's documentation of nxos [certain])."""
        chassis = self._chassis

        def write(name: str, content: str) -> None:
            with chassis.lock:
                chassis.bootflash.write(f"{path}{name}" if path.endswith((":", "/")) else path, content, chassis.now)

        with chassis.lock:
            if not chassis.store.has_feature("scp-server"):
                return False
        self._sink = ScpSink(write)
        return True

    def session_started(self) -> None:
        if self._sink:
            self._write(self._sink.greeting())
            return
        self._worker = asyncio.get_running_loop().create_task(self._work())

    def data_received(self, data: str, *_: object) -> None:
        if self._chassis.power is Power.HUNG:
            return
        if self._sink:
            try:
                self._write(self._sink.feed(data))
            except Rejected as refusal:
                self._write(f"\1scp: {refusal.text}\n")
                self._channel.exit(1)
            return
        for letter in data.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", ""):
            if letter == "\n":
                if self._echo is Echo.EARLY:
                    self._write("\n")
                self._lines.put_nowait(self._typed)
                self._typed = ""
            elif letter in "\x7f\x08":
                self._typed = self._typed[:-1]
            elif letter == "\x03":
                self._typed = ""
                self._lines.put_nowait(_GIVEN_UP)
            elif letter == "\x04":
                self._lines.put_nowait(None)
            else:
                self._typed += letter
                if self._echo is Echo.EARLY:
                    self._write(letter)

    def eof_received(self) -> bool:
        if self._sink:
            self._channel.exit(0)
            return False
        self._lines.put_nowait(None)
        return True

    def connection_lost(self, *_: object) -> None:
        if self._worker:
            self._worker.cancel()

    def _write(self, text: str, prompt: str = "") -> None:
        if not self._channel.is_closing():
            shown = text + prompt
            self._channel.write(shown.replace("\n", "\r\n") if self._terminal else shown)
            self._at_prompt = bool(prompt)

    async def _work(self) -> None:
        shell = Shell(self._chassis)
        try:
            await self._serve(shell)
        finally:
            shell.close()

    async def _serve(self, shell: Shell) -> None:
        if not self._single:
            self._write("\n", shell.prompt)
        while (line := await self._lines.get()) is not None:
            if line == _GIVEN_UP:
                self._write("^C\n", shell.give_up())
                continue
            if self._echo is Echo.LATE and not self._single:
                self._write(f"{line}\n")
            await asyncio.sleep(shell.start(line))
            while self._chassis.power is Power.HUNG:
                await asyncio.sleep(_LOOK)
            if shell.drops(line):
                self._channel.get_extra_info("connection").abort()
                return
            answer = shell.feed(line)
            if not await self._send(shell, line, answer):
                return
            if answer.closes:
                break
        if not self._channel.is_closing():
            self._channel.exit(0)

    async def _send(self, shell: Shell, line: str, answer: Answer) -> bool:
        """Answer and prompt; False where a fault dropped the connection in the middle of it."""
        if self._at_prompt:
            self._write("\n")
        text = answer.text if answer.asks or not answer.text or answer.text.endswith("\n") else f"{answer.text}\n"
        command = shell.command(line)
        cut = self._chassis.faults.cut.get(command)
        if cut is not None:
            self._write(text[:cut])
            self._channel.get_extra_info("connection").abort()
            return False
        if command in self._chassis.faults.trickle:
            *early, text = text.splitlines(keepends=True) or [""]
            for row in early:
                self._write(row)
                await asyncio.sleep(self._chassis.faults.trickle[command])
        self._write(text, "" if answer.asks or answer.closes or self._single else shell.prompt)
        return True


class _Server(asyncssh.SSHServer):
    def __init__(
        self, chassis: Chassis, login: Login, echo: Echo, open_now: dict[asyncssh.SSHServerConnection, Chassis]
    ) -> None:
        self._chassis = chassis
        self._login = login
        self._echo = echo
        self._open = open_now

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn
        self._open[conn] = self._chassis

    def connection_lost(self, *_: object) -> None:
        self._open.pop(self._connection, None)

    def begin_auth(self, *_: object) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return self._login.accepts(username, password)

    def session_requested(self) -> asyncssh.SSHServerSession[str]:
        return _Terminal(self._chassis, self._echo)


class SshServers:
    """The event loop thread of every listener. ``close`` ends it with all its clients; nothing is left running."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._open: dict[asyncssh.SSHServerConnection, Chassis] = {}
        self._thread = threading.Thread(target=self._loop.run_forever, name="lab-ssh", daemon=True)
        self._thread.start()

    def _await(self, work: Coroutine[Any, Any, _T]) -> _T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=30)

    def of(self, chassis: Chassis, login: Login, echo: Echo, key: asyncssh.SSHKey) -> Serve:
        """What serves a switch at a listening socket.

        Clients stay when that ends: a switch that hangs is silent to them, one that restarts drops them.
        """

        async def start(listening: socket.socket) -> asyncssh.SSHAcceptor:
            return await asyncssh.create_server(
                lambda: _Server(chassis, login, echo, self._open),
                sock=listening,
                server_host_keys=[key],
                line_editor=False,
                encoding="utf-8",
                errors="surrogateescape",
                login_timeout=30,
            )

        async def stop(listener: asyncssh.SSHAcceptor) -> None:
            listener.close()

        def serve(listening: socket.socket) -> Close:
            listener = self._await(start(listening))
            return lambda: self._await(stop(listener))

        chassis.hang_up.append(lambda: self._hang_up(chassis))
        return serve

    def _hang_up(self, chassis: Chassis) -> None:
        """Drop the clients of a switch that restarts; whoever asks may be another thread."""

        def abort() -> None:
            for connection in [each for each, of in self._open.items() if of is chassis]:
                connection.abort()

        self._loop.call_soon_threadsafe(abort)

    def close(self) -> None:
        """Drop every client, then end the loop and its thread."""

        async def stop() -> None:
            for connection in list(self._open):
                connection.abort()
                await connection.wait_closed()
            others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            await asyncio.get_running_loop().shutdown_default_executor()

        self._await(stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


_OK = "\0"
_FILE = re.compile(r"C[0-7]{4} (\d+) (.+)")
_SINK = re.compile(r"scp( -[a-z]+)* -t( --)? (.+)")


def target_of(command: str) -> str | None:
    """The path that a client wants to write; None where the command is no ``scp -t``."""
    found = _SINK.fullmatch(command.strip())
    return found[3].strip("'\"") if found else None


class ScpSink:
    """One file after the other: what arrives goes in, what has to be answered comes out.

    ``write`` is called with the name that the client gives a file, and its content.
    """

    def __init__(self, write: Callable[[str, str], None]) -> None:
        self._write = write
        self._read = ""
        self._name = ""
        self._left: int | None = None

    def greeting(self) -> str:
        """What the sink says first: it is ready."""
        return _OK

    def feed(self, text: str) -> str:
        """Take what arrived; the answers to all that is complete. What ``write`` raises passes."""
        self._read += text
        said = ""
        while True:
            if self._left is None:
                line, newline, rest = self._read.partition("\n")
                if not newline:
                    return said
                self._read = rest
                found = _FILE.fullmatch(line)
                self._left, self._name = (int(found[1]), found[2]) if found else (None, "")
                said += _OK  # a line of times is only acknowledged
                continue
            data = self._read.encode("utf-8", "surrogateescape")
            if len(data) <= self._left:  # the byte behind the file says that it is whole
                return said
            self._write(self._name, data[: self._left].decode("utf-8", "surrogateescape"))
            self._read = data[self._left + 1 :].decode("utf-8", "surrogateescape")
            self._left = None
            said += _OK
