"""``mlagkit demo``."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import click

from mlagkit.cli.command import command
from mlagkit.cli.options import Options
from mlagkit.demo import demo as story

NARROW = 120
"""Columns where nobody says how wide the terminal is: enough for both switches side by side."""

NEEDED = ("asyncssh", "paramiko")
"""A library of each extra, without which the story would break off in its middle."""


@command("text", output="", heeds=("color",))
def demo(options: Options) -> None:
    """Show the whole story on an emulated pair, in under a minute; needs the extras device and lab."""
    for library in NEEDED:
        if find_spec(library) is None:
            raise ModuleNotFoundError(f"no module {library}", name=library)
    width = options.width if sys.stdout.isatty() else NARROW
    for piece in story(color=options.color, width=width):
        click.echo(piece, nl=False, color=options.color)
