"""The receiving end of ``scp -t``, as netmiko and napalm send files (device-side 1.2)."""

from __future__ import annotations

import re
from collections.abc import Callable

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
