"""The options of commands that work on many pair files."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mlagkit.cli.options import Options, with_options

if TYPE_CHECKING:
    from mlagkit.fleet.effort import Effort

F = TypeVar("F", bound=Callable[..., None])


def cached(function: F) -> F:
    """Give a command the options that say where results of earlier runs lie."""
    return with_options(function, _OPTIONS)


_OPTIONS = (
    click.option("--cache-dir", metavar="DIR", help="Where results of earlier runs lie (~/.cache/mlagkit)."),
    click.option("--no-cache", is_flag=True, help="Neither take nor leave results of earlier runs."),
)


def effort_of(options: Options, given: Mapping[str, Any]) -> Effort:
    """How the work is to be done."""
    from mlagkit.fleet.effort import Effort, cache_folder

    named, none = given["cache_dir"], given["no_cache"]
    folder = Path(named) if named else cache_folder(os.environ, Path.home())
    return Effort(jobs=options.jobs, cache=None if none else folder)
