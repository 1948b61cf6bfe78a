"""The ``ssh`` program as a person uses it: through a terminal, with typing mistakes, Ctrl-C and ``exit``."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from operations import Operations, Switch, switch, want, want_none

_PATIENCE = 10
"""Seconds until a text must have come."""


class Terminal:
    """A person before a terminal of 24 lines: reads until a text comes, types."""

    def __init__(self, descriptor: int) -> None:
        self._at = descriptor
        self._read = ""

    def until(self, pattern: str) -> str:
        """What came up to and with the pattern; AssertionError where it does not come."""
        end = time.monotonic() + _PATIENCE
        while not (found := re.search(pattern, self._read)):
            ready, _, _ = select.select([self._at], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                raise AssertionError(f"{pattern!r} did not come, but: {self._read[-160:]!r}")
            try:
                piece = os.read(self._at, 65536)
            except OSError:  # the other end of the terminal is closed
                piece = b""
            if not piece:
                raise AssertionError(f"closed, {pattern!r} did not come")
            self._read += piece.decode(errors="replace").replace("\r\n", "\n")
        before, self._read = self._read[: found.end()], self._read[found.end() :]
        return before

    def types(self, text: str, pattern: str) -> str:
        """Type, and read until the pattern."""
        os.write(self._at, text.encode())
        return self.until(pattern)


def main() -> None:
    """One command without a terminal, then a session in one."""
    at = switch()
    said = subprocess.run(["ssh", "-V"], capture_output=True, text=True, check=True).stderr
    done = Operations("ssh by hand", version_text=said.split(",")[0].removeprefix("OpenSSH_"))
    with tempfile.TemporaryDirectory() as folder:
        command = _command(at, Path(folder))
        with _session(command) as terminal:
            done.run("log in, the host key is known", lambda: _log_in(terminal, at))
            _session_of(done, terminal, f"{re.escape(at.name)}# ")
        with _session([*command, "show hostname"]) as terminal:
            done.run("ssh HOST show hostname", lambda: want(_log_in(terminal, at, at.name), at.name))


def _command(at: Switch, folder: Path) -> list[str]:
    known = folder / "known_hosts"
    place = at.host if at.ssh == 22 else f"[{at.host}]:{at.ssh}"
    known.write_text(f"{place} {at.host_key}\n", encoding="ascii")
    options = ["-F", "none", "-o", f"UserKnownHostsFile={known}", "-o", "StrictHostKeyChecking=yes"]
    return ["ssh", *options, "-p", str(at.ssh), f"{at.username}@{at.host}"]


@contextlib.contextmanager
def _session(command: list[str]) -> Iterator[Terminal]:
    """The program with a terminal of its own; it is ended if it does not end by itself."""
    process, descriptor = pty.fork()
    if process == 0:
        os.execvp(command[0], command)
    try:
        yield Terminal(descriptor)
    finally:
        os.close(descriptor)
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _log_in(terminal: Terminal, at: Switch, pattern: str = "") -> str:
    terminal.until(r"[Pp]assword: ?")
    return terminal.types(f"{at.password}\n", pattern or f"{re.escape(at.name)}# ")


def _session_of(done: Operations, terminal: Terminal, prompt: str) -> None:
    def types(operation: str, text: str, check: Callable[[str], None], pattern: str = prompt) -> None:
        done.run(operation, lambda: check(terminal.types(text, pattern)))

    types("show version", "show version\n", lambda text: want(text, "NXOS: version"))
    types("abbreviations: sh ver", "sh ver\n", lambda text: want(text, "NXOS: version"))
    types("a typing mistake, taken back", "show vsr\x7f\x7fersion\n", lambda text: want(text, "NXOS: version"))
    types("a line given up with Ctrl-C", "reload\x03", lambda text: want_none(text, "y/n"))
    types("a wrong command", "show mystery\n", lambda text: want(text, "^", "% Invalid command at '^' marker."))
    types("the long configuration, terminal length 0", "term len 0\n", lambda _: None)
    types("show running-config", "show running-config\n", lambda text: want(text, "feature vpc", "interface mgmt0"))
    types("| include", "show running-config | include feature\n", _features)
    in_config = prompt.replace("# ", r"\(config[-a-z]*\)# ")
    types("configure terminal", "conf t\n", lambda _: None, in_config)
    types("vlan 3901", "vlan 3901\n", lambda _: None, in_config)
    types("do show hostname", "do show hostname\n", lambda text: want(text, prompt[:3]), in_config)
    types("exit, one mode at a time", "exit\n", lambda _: None, in_config)
    types("no vlan 3901", "no vlan 3901\n", lambda _: None, in_config)
    types("a question: reload", "end\n", lambda _: None)
    types("a question, answered no", "reload\n", lambda _: None, r"\(y/n\)\?  \[n\] ")
    types("and the prompt after it", "n\n", lambda _: None)
    types("exit closes the session", "exit\n", lambda _: None, r"Connection to .* closed|closed by remote host")


def _features(text: str) -> None:
    want(text, "feature vpc")
    want_none(text, "interface mgmt0")


if __name__ == "__main__":
    main()
