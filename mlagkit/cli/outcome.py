"""How a run ends: every way out of a command becomes an exit code and, if it went wrong, words on stderr."""

from __future__ import annotations

import errno
import os
import sys
from types import TracebackType

import click

USAGE = 2
INTERRUPTED = 130
BROKEN_PIPE = 141
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


class Outcome:
    """The exit code of a run; as a context manager it takes whatever exception ended it."""

    code: int = 0

    def __enter__(self) -> Outcome:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, SystemExit):
            self.code = _given(error)
        elif error is not None:
            self.code = _code_of(error)
        self._flush(told=isinstance(error, OSError))
        return True

    def _flush(self, *, told: bool) -> None:
        """Write what is buffered while it can still be said that nobody takes it; ``told``: that was said already."""
        is_lost = self.code == BROKEN_PIPE
        try:
            sys.stdout.flush()
        except OSError as error:
            is_lost = True
            if not told:
                self.code = _code_of(error)
        if is_lost and sys.__stdout__ is not None:
            # The interpreter flushes once more at exit and would complain about the same stream.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno())


def _given(error: SystemExit) -> int:
    """The code that a command ended itself with."""
    return error.code if isinstance(error.code, int) else USAGE if error.code else 0


def _code_of(error: BaseException) -> int:
    match error:
        case click.exceptions.Exit():
            return error.exit_code
        case click.ClickException():
            error.show()
            return USAGE
        case KeyboardInterrupt() | click.Abort():
            click.echo("stopped", err=True)
            return INTERRUPTED
        case BrokenPipeError():
            return BROKEN_PIPE
        case OSError() if error.errno in _FULL:
            click.echo(f"Error: the result can't be written: {error.strerror}", err=True)
            return USAGE
    from mlagkit.cli.trouble import tell

    return tell(error)
