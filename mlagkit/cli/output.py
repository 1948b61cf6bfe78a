"""Where a command's result goes: stdout, or a file that is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import sys

import click

from mlagkit.cli.options import Options
from mlagkit.cli.outcome import BROKEN_PIPE


def emit(options: Options, text: str, *, public: bool = False) -> None:
    """Write a result where ``-o`` says, as UTF-8; bytes that were no UTF-8 when read go out as they came in.

    A file is its owner's only, unless the text is ``public``.
    """
    emit_unguarded(options, text if options.output else _guarded(text), public=public)


def emit_unguarded(options: Options, text: str, *, public: bool = False) -> None:
    """The same for text that GitHub's runner is meant to take commands from."""
    if options.output is not None:
        from mlagkit.write import write_file

        write_file(options.output, text, public=public)
        return
    sys.stdout.flush()
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        # Before click sees it: it would end with 1, which says that there is something to report.
        raise click.exceptions.Exit(BROKEN_PIPE) from error


def tell(options: Options, text: str) -> bool:
    """Say what is happening, whoever listens; whether there is still anybody to say more to.

    What happens on a switch goes on without them: a reader that left, a terminal that was closed or a full disk must
    not end it halfway.
    """
    try:
        emit(options, text)
    except (click.exceptions.Exit, OSError):
        with contextlib.suppress(OSError), open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())  # what is buffered would fail once more at the end
        return False
    return True


def _guarded(text: str) -> str:
    """The text, fenced off where GitHub's runner would take one of its lines for a command."""
    if not in_github_actions() or not ("::" in text or "##[" in text) or _redirected():
        return text
    if not any(line.lstrip().startswith("::") or "##[" in line for line in text.splitlines()):
        return text
    token = os.urandom(16).hex()
    return f"::stop-commands::{token}\n{text}" + ("" if text.endswith("\n") else "\n") + f"::{token}::\n"


def in_github_actions() -> bool:
    """Whether what is printed ends in the log of a GitHub job."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def in_gitlab_ci() -> bool:
    """Whether this is a job of GitLab, which sets the variable in each (docs.gitlab.com: ci/variables)."""
    return os.environ.get("GITLAB_CI") == "true"


def _redirected() -> bool:
    """Whether stdout is a file: nobody reads commands from it, and it must hold nothing but the result."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except OSError:
        return False
