"""``mlagkit init``."""

from __future__ import annotations

from pathlib import Path

import click

from mlagkit.cli.command import command
from mlagkit.cli.options import Options
from mlagkit.starter import starter
from mlagkit.write import write_file


@command("text")
@click.argument("name")
def init(options: Options, name: str) -> None:
    """Write a commented pair file to start from: NAME.yaml, or the file of -o.

    Nothing is overwritten. `-o -` prints it instead.
    """
    try:
        text = starter(name)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="NAME") from error
    if options.to_stdout:
        click.echo(text, nl=False)
        return
    path = options.output or Path(f"{name}.yaml")
    write_file(path, text, public=True, overwrite=False)
    click.echo(f"wrote {path}; next: mlagkit validate {path}")
