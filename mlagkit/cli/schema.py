"""``mlagkit schema``."""

from __future__ import annotations

from mlagkit.cli.command import command
from mlagkit.cli.options import Options
from mlagkit.cli.output import emit
from mlagkit.shipped import shipped


@command("text", "json")
def schema(options: Options) -> None:
    """Print the JSON Schema of the pair file, from which editors complete and check."""
    emit(options, (shipped("schemas") / "pair.json").read_text("utf-8"), public=True)
