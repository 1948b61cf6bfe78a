"""The options that settings files set, also those of another time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click
from click.core import ParameterSource

from mlagkit.cli.app import COMMANDS
from mlagkit.cli.settings import default_map
from mlagkit.review.settings import Settings

_BY_FILE = (ParameterSource.DEFAULT, ParameterSource.DEFAULT_MAP)


def file_settings() -> Settings:
    """Those of the command that runs, now and in any other folder."""
    context = click.get_current_context()
    decide = frozenset(name for name in ("templates", "rules") if context.get_parameter_source(name) in _BY_FILE)
    return Settings(command=context.command.name or "", now=default_map(COMMANDS) or {}, read=_read, decide=decide)


def _read(folder: Path) -> Mapping[str, Mapping[str, object]] | None:
    """Those that hold in a folder; None where they can't be used."""
    try:
        return default_map(COMMANDS, folder) or {}
    except click.ClickException:
        return None
