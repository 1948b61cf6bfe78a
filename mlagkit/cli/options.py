"""The options that every command has, handed to it as one value."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from mlagkit.excerpt import visible
from mlagkit.record import record

F = TypeVar("F", bound=Callable[..., None])


def with_options(function: F, options: Sequence[Callable[[F], F]]) -> F:
    """Give a command options, in the order in which its help lists them."""
    for option in reversed(options):
        function = option(function)
    return function


@record
class Options:
    """What was asked for beside a command's own arguments; ``output`` None is stdout.

    ``to_stdout`` is set where ``-o -`` asked for it, ``format_chosen`` where the format is not just the default.
    """

    format: str
    format_chosen: bool
    output: Path | None
    to_stdout: bool
    color: bool
    verbose: int
    jobs: int
    fail_level: str
    date: date

    @property
    def width(self) -> int:
        """Columns of the terminal, or of what COLUMNS says; 80 where the output is no terminal."""
        import shutil

        return shutil.get_terminal_size().columns

    def note(self, text: str) -> None:
        """Say on stderr what is being done, if that was asked for."""
        if self.verbose:
            click.echo(f"mlagkit: {visible(text)}", err=True)


def take_options(given: dict[str, Any]) -> Options:
    """Take the shared options out of what click gives."""
    output = given.pop("output")
    day = given.pop("date")
    path = None if output in (None, "-") else Path(output)
    return Options(
        format=given.pop("format"),
        format_chosen=_is_chosen("format"),
        output=path,
        to_stdout=output == "-",
        color=_colored(given.pop("color"), path),
        verbose=given.pop("verbose"),
        jobs=given.pop("jobs") or os.cpu_count() or 1,
        fail_level=given.pop("fail_level"),
        date=day.date() if day else datetime.now(UTC).date(),
    )


def _is_chosen(option: str) -> bool:
    return click.get_current_context().get_parameter_source(option) is not ParameterSource.DEFAULT


def _colored(wish: str, output: Path | None) -> bool:
    if wish != "auto":
        return wish == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and output is None and sys.stdout.isatty()
