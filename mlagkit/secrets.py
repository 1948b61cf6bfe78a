"""Secrets by reference (``env:NAME``, ``file:PATH``, ``cmd:COMMAND``), read when asked for and never written."""

from __future__ import annotations

import hashlib
import hmac
import os
import shlex
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

SECONDS = 10.0
"""How long the command of a ``cmd:`` reference may take."""

_KINDS = ("env:", "file:", "cmd:")
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Secret:
    """What a reference gave: the value, or why there is none. Its text shows neither."""

    reference: str
    value: str | None
    problem: str = ""

    def __repr__(self) -> str:
        return f"Secret({self.reference!r}, {'***' if self.value is not None else self.problem!r})"


def is_reference(text: str) -> bool:
    """Whether a text says where a secret is to be had."""
    return text.startswith(_KINDS)


def look_up(reference: str, *, seconds: float = SECONDS) -> Secret:
    """The secret that a reference names; one line, without the line break at its end.

    A file that others may read is refused, a command runs without a shell and without our
    standard input. Nothing here raises: what can't be had is a problem to report.
    """
    kind, _, rest = reference.partition(":")
    try:
        value = _read(kind, rest, seconds)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        return Secret(reference, None, _reason(error))
    return _checked(reference, value)


def resolve(reference: str) -> str | None:
    """The value that a reference names, None where it can't be had."""
    return look_up(reference).value


def fingerprint(value: str, key: str) -> str:
    """Sixteen digits that are equal for equal secrets and tell nothing about them to whoever lacks the key."""
    return hmac.new(key.encode(), value.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()[:16]


def _checked(reference: str, value: str) -> Secret:
    text = value.removesuffix("\n").removesuffix("\r")
    if not text or not text.isprintable() or len(text) > _LONGEST:
        return Secret(reference, None, f"is not one line of 1 to {_LONGEST} printable characters")
    return Secret(reference, text)


def _reason(error: Exception) -> str:
    """What went wrong, without what a command printed or was given."""
    if isinstance(error, subprocess.TimeoutExpired):
        return f"took longer than {error.timeout:.0f} seconds"
    if isinstance(error, subprocess.CalledProcessError):
        return f"ended with exit code {error.returncode}"
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def _read(kind: str, rest: str, seconds: float) -> str:
    match kind:
        case "env":
            return _from_environment(rest)
        case "file":
            return _from_file(rest)
        case "cmd":
            return _from_command(rest, seconds)
    raise ValueError("is no reference; write env:NAME, file:PATH or cmd:COMMAND")


def _from_environment(name: str) -> str:
    if name not in os.environ:
        raise ValueError(f"{name} is not set")
    return os.environ[name]


def _from_file(name: str) -> str:
    with open(Path(name).expanduser(), encoding="utf-8") as file:
        mode = os.fstat(file.fileno()).st_mode
        if os.name == "posix" and stat.S_ISREG(mode) and mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise ValueError(f"others may read or write {name}; chmod 600 it")
        return file.read(_LONGEST + 2)


def _from_command(words: str, seconds: float) -> str:
    command = shlex.split(words)
    if not command:
        raise ValueError("names no command")
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=seconds, check=True
    )
    return done.stdout
