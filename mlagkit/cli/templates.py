"""``--templates``: what a site lays over the shipped templates, now and at the revision of ``--base``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from mlagkit.compare import OwnTemplates
    from mlagkit.intent import Pair

templated = click.option(
    "--templates", metavar="DIR", help="Templates of your own; those missing are the shipped ones."
)
"""Gives a command the option that names them."""


def templates_now(given: Mapping[str, Any]) -> Path | None:
    """The folder; InputError for one that can't be used, before anything is rendered or asked of a switch."""
    if not given["templates"]:
        return None
    from mlagkit.render import check_templates

    folder = Path(given["templates"])
    check_templates(folder)
    return folder


def own_templates(pairs: Sequence[Pair], given: Mapping[str, Any]) -> Mapping[str, OwnTemplates]:
    """The templates of each pair, by file; with ``--base`` also those that it was rendered with then."""
    from mlagkit.compare import OwnTemplates

    now = templates_now(given)
    if not given["base"]:
        return {pair.file: OwnTemplates(now) for pair in pairs}
    from mlagkit.cli.set_by_file import file_settings
    from mlagkit.review.own import templates_at

    context, settings = click.get_current_context(), file_settings()
    then: dict[Path, Path | None] = {}
    for file in (Path(pair.file) for pair in pairs):
        if file.parent not in then:
            folder = context.with_resource(TemporaryDirectory(prefix="mlagkit-"))  # until the command ends
            then[file.parent] = templates_at(given["base"], file, now, settings, Path(folder).resolve())
    return {pair.file: OwnTemplates(now, then[Path(pair.file).parent]) for pair in pairs}
