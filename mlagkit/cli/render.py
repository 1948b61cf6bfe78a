"""``mlagkit render``."""

from __future__ import annotations

from pathlib import Path

import click

from mlagkit.cli.command import command
from mlagkit.cli.options import Options
from mlagkit.cli.output import emit


@command("text", output="DIR")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--switch", metavar="NAME", help="Only this switch.")
@click.option("--annotate", is_flag=True, help="Show the line of the pair file and of the template for each line.")
@click.option("--templates", metavar="DIR", help="Templates of your own; those missing are the shipped ones.")
def render(options: Options, paths: tuple[str, ...], switch: str | None, annotate: bool, templates: str | None) -> None:
    """Write the configurations of both switches of each pair: to stdout, or as DIR/<switch>.cfg.

    References to secrets stay references.
    """
    from mlagkit.configurations import annotated, configurations, write_configurations
    from mlagkit.validate import load, named

    if annotate and options.output:
        raise click.UsageError("--annotate is for reading and goes to stdout; what it writes is no configuration")
    pairs = load(paths)
    names = named(pairs, switch)
    own = Path(templates) if templates else None
    if annotate:
        emit(options, annotated(pairs, names, own))
        return
    texts = configurations(pairs, names, own)
    if options.output is None:
        emit(options, "".join(f"! ---- {name}\n{text}" for name, text in texts.items()))
        return
    for path in write_configurations(texts, options.output):
        click.echo(f"wrote {path}", err=True)
