"""What stands on stderr, and in a report file, when a command could not do its work."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

import click

from mlagkit import __version__
from mlagkit.errors import MlagkitError
from mlagkit.excerpt import visible
from mlagkit.extras import EXTRAS

USAGE = 2
INTERNAL = 70
_SECRET_WORDS = ("password", "passwd", "secret", "token", "key", "credential")


def tell(error: BaseException) -> int:
    """Say what went wrong, and give the exit code for it."""
    if isinstance(error, MlagkitError):
        click.echo(f"mlagkit: {visible(str(error))}", err=True)
        return error.exit_code
    if isinstance(error, ModuleNotFoundError) and (extra := _extra(error.name or "")):
        click.echo(f"mlagkit: {error.name} is not installed; this needs the extra {extra}: mlagkit[{extra}]", err=True)
        return USAGE
    path = _write_report(error)
    click.echo(f"mlagkit: internal error: {visible(describe(error), 200)}", err=True)
    click.echo(f"mlagkit: this is a bug in mlagkit; what is needed to find it is in {path}", err=True)
    return INTERNAL


def _extra(module: str) -> str | None:
    """The extra that brings a library."""
    return next((extra for extra, libraries in EXTRAS.items() if module.partition(".")[0] in libraries), None)


def describe(error: BaseException) -> str:
    """The class of an error with its message, known secrets hidden."""
    return redacted(f"{type(error).__name__}: {error}")


def redacted(text: str) -> str:
    """The text without secrets: those of lines of configuration, and of variables whose names speak of them."""
    from mlagkit.nxos.redact import MASK, redact_prose

    for value in sorted(_secrets(), key=len, reverse=True):
        text = text.replace(value, MASK)
    return redact_prose(text)


def _secrets() -> Iterator[str]:
    for name, value in os.environ.items():
        # Short values would blot out half of the text and hide nothing.
        if len(value) >= 4 and any(word in name.lower() for word in _SECRET_WORDS):
            yield value


def _write_report(error: BaseException) -> Path:
    """A file that only its owner can read: versions and the traceback, without the values of variables."""
    python = f"{platform.python_implementation()} {platform.python_version()} on {platform.platform()}"
    command = redacted(" ".join(sys.argv[1:2]))  # the command's name; its arguments may name customers
    trace = redacted("".join(traceback.format_exception(error)))
    text = f"mlagkit {__version__}\n{python}\ncommand: {command}\n\n{trace}"
    handle, name = tempfile.mkstemp(prefix="mlagkit-report-", suffix=".txt")
    with open(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
    return Path(name)
