"""What makes a function a command: its name, the options that every command has, the way its input errors are shown."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click
from click.core import ParameterSource

from mlagkit.cli.findings import report_input_error
from mlagkit.cli.options import take_options
from mlagkit.errors import InputError
from mlagkit.finding import Severity

FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit", "markdown", "html")
FAIL_LEVELS = (*(severity.value for severity in Severity), "none")
CONTEXT = {"auto_envvar_prefix": "MLAGKIT", "help_option_names": ["-h", "--help"]}

Command = Callable[..., None]
Heeds = Sequence[str]
"""The shared options that change something about a command."""

READING = "Read the switches of N pairs at once (one for each core)."


def command(
    *formats: str, output: str = "FILE", heeds: Heeds = (), jobs: str = "Work on N pairs at once (one for each core)."
) -> Callable[[Command], click.Command]:
    """Make a function ``f(options, **own)`` a command of its name that can write these formats.

    ``output`` is what ``-o`` names, in the help; ``""`` where nothing is written that a file could hold, so that one
    is refused. Of the others the help lists those that the command ``heeds``, with what ``jobs`` do there; the rest
    is taken and changes nothing, so that a job may give every command the same.
    """

    def decorate(function: Command) -> click.Command:
        @functools.wraps(function)
        def call(**given: Any) -> None:  # noqa: ANN401  # whatever options the command has
            options = take_options(given)
            try:
                function(options, **given)
            except InputError as error:
                report_input_error(options, error.findings)
                sys.exit(error.exit_code)

        optioned: Command = call
        for option in reversed(_shared(formats, output, heeds, jobs)):
            optioned = option(optioned)
        return click.command(function.__name__.rstrip("_"), context_settings=CONTEXT)(optioned)

    return decorate


def _shared(formats: tuple[str, ...], output: str, heeds: Heeds, jobs: str) -> list[Callable[[Command], Command]]:
    return [*_written(formats, output), *_heeded(heeds, jobs)]


def _written(formats: tuple[str, ...], output: str) -> list[Callable[[Command], Command]]:
    return [
        click.option(
            "--format",
            type=click.Choice(FORMATS),
            metavar=f"[{'|'.join(formats)}]",
            default="text",
            show_default=True,
            callback=functools.partial(_check_format, formats),
            help="The form of the output.",
        ),
        click.option(
            "-o",
            "--output",
            metavar=output,
            hidden=not output,
            callback=None if output else _check_output,
            help="Write there instead of to stdout.",
        ),
    ]


def _heeded(heeds: Heeds, jobs: str) -> list[Callable[[Command], Command]]:
    return [
        click.option(
            "--color",
            type=click.Choice(("auto", "always", "never")),
            default="auto",
            show_default=True,
            hidden="color" not in heeds,
            help="Color the text; auto: on a terminal, unless NO_COLOR is set.",
        ),
        click.option(
            "-v",
            "--verbose",
            count=True,
            hidden="verbose" not in heeds,
            help="Say on stderr what is being done, and show all lines.",
        ),
        click.option("--jobs", type=click.IntRange(min=1), metavar="N", hidden="jobs" not in heeds, help=jobs),
        click.option(
            "--fail-level",
            type=click.Choice(FAIL_LEVELS),
            default="error",
            show_default=True,
            hidden="fail_level" not in heeds,
            help="The mildest finding that makes the exit code 1.",
        ),
        click.option(
            "--date",
            type=click.DateTime(("%Y-%m-%d",)),
            metavar="DAY",
            hidden="date" not in heeds,
            help="Judge as of this day.",
        ),
    ]


def _check_output(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A file that was asked for in vain; one that is meant for all commands is meant for others."""
    if value not in (None, "-") and ctx.get_parameter_source("output") is ParameterSource.COMMANDLINE:
        raise click.BadParameter(f"{ctx.info_name} writes no file", ctx, param)
    return value


def _check_format(formats: tuple[str, ...], ctx: click.Context, param: click.Parameter, value: str) -> str:
    if value not in formats:
        raise click.BadParameter(f"{value}: not yet; this command writes {', '.join(formats)}", ctx, param)
    return value
