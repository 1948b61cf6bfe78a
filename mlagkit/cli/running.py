"""Running-configs from files: whose they are, and their reading where no pair file says that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from mlagkit.config import ConfigTree


def _listed(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:  # noqa: ARG001
    return tuple(value.split(",")) if value else ()


whose = click.option(
    "--names",
    metavar="A,B",
    callback=_listed,
    help="Whose the files are that have no hostname line, in their order.",
)
"""Gives a command the option that names the switches of running-configs."""


def trees_of(running: Sequence[str], names: Sequence[str]) -> Mapping[str, ConfigTree]:
    """Both configurations by hostname; InputError where they can't be used."""
    from mlagkit.running import both

    return both([Path(source) for source in running], names)
