"""The text behind a secret reference of the pair file: ``env:NAME``, ``file:PATH``, ``cmd:COMMAND``.

Nothing here keeps, prints or logs what it finds, and no message holds any of it.
"""

from __future__ import annotations

import os
import shlex
import stat
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

_SECONDS = 60  # for a command: long enough to touch a security key
_LIMIT = 64 * 1024  # bytes; a secret is a line, not a disk image


class SecretMissing(LookupError):
    """A secret can't be had; the message says why and what to do."""


def resolve(reference: str) -> str | None:
    """The secret behind a reference, None where it can't be had."""
    try:
        return fetch(reference)
    except SecretMissing:
        return None


def resolver(environ: Mapping[str, str]) -> Callable[[str], str | None]:
    """What resolves references here: in CI (``CI`` set) all but ``cmd:``.

    The pair file of a pull request may be anybody's, and a command in it would run with what the job may do.
    """
    return _without_commands if environ.get("CI") else resolve


def _without_commands(reference: str) -> str | None:
    return None if reference.startswith("cmd:") else resolve(reference)


def fetch(reference: str) -> str:
    """The secret behind a reference, without the line break at its end; SecretMissing says why there is none.

    A file must be readable by its owner only. A command runs without a shell, its errors go to the
    user's own, and it may ask nothing.
    """
    kind, _, rest = reference.partition(":")
    look = {"env": _from_environment, "file": _from_file, "cmd": _from_command}.get(kind)
    if look is None or not rest:
        raise SecretMissing("a secret is given as env:NAME, file:PATH or cmd:COMMAND")
    found = look(rest)
    if len(found) > _LIMIT:
        raise SecretMissing(f"{reference} gives more than {_LIMIT // 1024} KiB: a secret is a line")
    try:
        text = found.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        raise SecretMissing(f"{reference} gives bytes that are no text") from None
    if not text:
        raise SecretMissing(f"{reference} gives nothing")
    if "\n" in text or not text.isprintable():
        raise SecretMissing(f"{reference} gives more than one line, or invisible characters")
    return text


def _from_environment(name: str) -> bytes:
    text = os.environ.get(name)
    if text is None:
        raise SecretMissing(f"the environment variable {name} is not set")
    return text.encode("utf-8", "surrogateescape")


def _from_file(name: str) -> bytes:
    path = Path(name).expanduser()
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
                raise SecretMissing(f"{path} can be read by others; run: chmod 600 {shlex.quote(str(path))}")
            return file.read(_LIMIT + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise SecretMissing(f"{path} can't be read: {reason}") from error


def _from_command(command: str) -> bytes:
    try:
        words = shlex.split(command)
        done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise SecretMissing(f"the command {words[0]!r} gave nothing within {_SECONDS} s") from None
    except (OSError, ValueError, IndexError) as error:
        raise SecretMissing(f"cmd:{command} can't be run: {error}") from error
    if done.returncode:
        raise SecretMissing(f"the command {words[0]!r} ended with status {done.returncode}")
    return done.stdout
