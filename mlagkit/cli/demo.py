"""``mlagkit demo``."""

from __future__ import annotations

import sys

import click

from mlagkit.cli.command import command
from mlagkit.cli.options import Options
from mlagkit.demo import demo as story

NARROW = 120
"""Columns where nobody says how wide the terminal is: enough for both switches side by side."""


@command("text")
def demo(options: Options) -> None:
    """Show the whole story on an emulated pair, in under a minute; needs the extras device and lab."""
    width = options.width if sys.stdout.isatty() else NARROW
    for piece in story(color=options.color, width=width):
        click.echo(piece, nl=False, color=options.color)
