"""``mlagkit render``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from mlagkit.cli.command import command
from mlagkit.cli.effort import cached, effort_of
from mlagkit.cli.options import Options
from mlagkit.cli.output import emit
from mlagkit.cli.running import trees_of, whose
from mlagkit.cli.templates import templated, templates_now


@command("text", output="DIR", heeds=("verbose", "jobs"))
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--running", multiple=True, metavar="SRC", help="Render two running-configs as they are read instead.")
@whose
@click.option("--switch", metavar="NAME", help="Only this switch.")
@click.option("--annotate", is_flag=True, help="Show the line of the pair file and of the template for each line.")
@templated
@cached
def render(options: Options, paths: tuple[str, ...], annotate: bool, **given: str) -> None:
    """Write the configurations of both switches of each pair: to stdout, or as DIR/<switch>.cfg.

    Of more than eight pair files, what DIR holds already is not worked out again where nothing changed.
    References to secrets stay references. With --running what two running-configs say is written in that form.
    """
    from mlagkit.configurations import write_configurations

    if bool(paths) == bool(given["running"]):
        raise click.UsageError("give either pair files or --running twice")
    if annotate and options.output:
        raise click.UsageError("--annotate is for reading and goes to stdout; what it writes is no configuration")
    own = templates_now(given)
    if paths:
        texts = _rendered(options, paths, own, given, annotate=annotate)
    else:
        texts = _of_running(own, given, annotate=annotate)
    if options.output is None:
        emit(options, "".join(f"! ---- {name}\n{text}" for name, text in texts))
        return
    for path in write_configurations(texts, options.output):
        click.echo(f"wrote {path}", err=True)


def _rendered(
    options: Options, paths: tuple[str, ...], own: Path | None, given: Mapping[str, str], *, annotate: bool
) -> Iterable[tuple[str, str]]:
    """Name and text of each switch of the pair files that has to be written."""
    from mlagkit.fleet.render import render_fleet

    found = render_fleet(
        paths,
        effort_of(options, given),
        switch=given["switch"],
        templates=own,
        annotate=annotate,
        folder=options.output,
    )
    for name in found.kept:
        options.note(f"{name}.cfg is as it would be written")
    return found.texts


def _of_running(own: Path | None, given: Mapping[str, str], *, annotate: bool) -> Iterable[tuple[str, str]]:
    """The same of two running-configs."""
    from mlagkit.configurations import annotated, configurations
    from mlagkit.importing import read_pair
    from mlagkit.validate import one_of

    found = read_pair(trees_of(given["running"], given["names"]))
    switches = [found[name] for name in one_of([*found], given["switch"])]
    return (annotated if annotate else configurations)(switches, own).items()
