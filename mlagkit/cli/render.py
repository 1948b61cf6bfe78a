"""``mlagkit render``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlagkit.cli.command import command
from mlagkit.cli.options import Options
from mlagkit.cli.output import emit
from mlagkit.cli.running import trees_of

if TYPE_CHECKING:
    from mlagkit.switch import Switch


@command("text", output="DIR")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--running", multiple=True, metavar="SRC", help="Render two running-configs as they are read instead.")
@click.option("--names", metavar="A,B", help="Whose the files are that have no hostname line, in their order.")
@click.option("--switch", metavar="NAME", help="Only this switch.")
@click.option("--annotate", is_flag=True, help="Show the line of the pair file and of the template for each line.")
@click.option("--templates", metavar="DIR", help="Templates of your own; those missing are the shipped ones.")
def render(options: Options, paths: tuple[str, ...], annotate: bool, **given: str) -> None:
    """Write the configurations of both switches of each pair: to stdout, or as DIR/<switch>.cfg.

    References to secrets stay references. With --running what two running-configs say is written in that form.
    """
    from mlagkit.configurations import annotated, configurations, write_configurations

    if bool(paths) == bool(given["running"]):
        raise click.UsageError("give either pair files or --running twice")
    if annotate and options.output:
        raise click.UsageError("--annotate is for reading and goes to stdout; what it writes is no configuration")
    switches = _switches(paths, given)
    own = Path(given["templates"]) if given["templates"] else None
    if annotate:
        emit(options, annotated(switches, own))
        return
    texts = configurations(switches, own)
    if options.output is None:
        emit(options, "".join(f"! ---- {name}\n{text}" for name, text in texts.items()))
        return
    for path in write_configurations(texts, options.output):
        click.echo(f"wrote {path}", err=True)


def _switches(paths: tuple[str, ...], given: Mapping[str, str]) -> list[Switch]:
    """The switches that were asked for, of pair files or of two running-configs."""
    from mlagkit.validate import load, named, one_of

    if given["running"]:
        from mlagkit.importing import read_pair

        found = read_pair(trees_of(given["running"], given["names"]))
        return [found[name] for name in one_of([*found], given["switch"])]
    from mlagkit.configurations import switches_of

    pairs = load(paths)
    return switches_of(pairs, named(pairs, given["switch"]))
