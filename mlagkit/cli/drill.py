"""``mlagkit drill``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from os.path import isdir
from typing import TYPE_CHECKING

import click

from mlagkit.cli.command import command
from mlagkit.cli.options import Options
from mlagkit.cli.output import emit
from mlagkit.cli.running import trees_of, whose
from mlagkit.report.document import Document, to_json
from mlagkit.report.paint import paint

if TYPE_CHECKING:
    from mlagkit.rules.rule import Peers

BROKEN = 1
DEPTH = 2


class EventWords(click.types.StringParamType):
    """The words of an event; in MLAGKIT_EVENT commas stand between events."""

    name = "event"
    envvar_list_splitter = ","


@command("text", "json", "markdown", "html", heeds=("color", "verbose", "jobs"))
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--running", multiple=True, metavar="SRC", help="Drill two running-configs instead (twice, or a folder).")
@whose
@click.option("--event", multiple=True, type=EventWords(), metavar="E", help="Only this, then the next one given.")
@click.option("--depth", type=click.IntRange(min=1), metavar="N", help=f"Up to N failures in a row (default {DEPTH}).")
def drill(
    options: Options,
    paths: tuple[str, ...],
    running: tuple[str, ...],
    names: tuple[str, ...],
    event: tuple[str, ...],
    depth: int | None,
) -> None:
    """Show what every failure does to every host, from configuration alone: the worst first, and for how long.

    With --event one sequence is shown step by step, such as --event "peer-link down" --event "keepalive down"; an
    event with ` up` behind it is the return of what was lost. The exit code is 1 where an objective of the pair file
    (max_interruption of a host) is broken.
    """
    if bool(paths) == bool(running):
        raise click.UsageError("give either pair files or --running twice")
    if event and depth:
        raise click.UsageError("give either --event or --depth: a sequence has a depth of its own")
    from mlagkit.peers import peers_of, peers_of_running
    from mlagkit.validate import load

    peers = [peers_of_running(trees_of(running, names))] if running else [peers_of(pair) for pair in load(paths)]
    if not event:
        _forecast(options, peers, depth or DEPTH)
    pairs = [_sequence(each, event) for each in peers] if event else _matrices(peers, depth or DEPTH, options.jobs)
    _show(options, pairs, listed=len(paths) > 1 or any(map(isdir, paths)))
    sys.exit(BROKEN if any(pair["broken"] for pair in pairs) else 0)


def _sequence(peers: Peers, words: Sequence[str]) -> Document:
    from mlagkit.drill import sequence
    from mlagkit.drill.asked import asked_events
    from mlagkit.report.drill.document import pair_document

    try:
        events = asked_events(words, peers)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    return pair_document(sequence(peers, events), in_sequence=True)


def _forecast(options: Options, peers: Sequence[Peers], depth: int) -> None:
    """Say on stderr how much there is to play: with -v, and on a terminal where somebody will wait for it."""
    if options.verbose or (depth > DEPTH and sys.stderr.isatty()):
        from mlagkit.drill import count_courses

        count = sum(count_courses(each, depth) for each in peers)
        click.echo(f"mlagkit: {count:,} sequences of up to {depth} failures to play; Ctrl-C ends it", err=True)


def _matrices(peers: Sequence[Peers], depth: int, jobs: int) -> list[Document]:
    from mlagkit.workers import each

    return each(partial(_matrix, depth), peers, jobs)


def _matrix(depth: int, peers: Peers) -> Document:
    from mlagkit.drill import matrix
    from mlagkit.report.drill.document import pair_document

    return pair_document(matrix(peers, depth=depth))


def _show(options: Options, pairs: Sequence[Document], *, listed: bool) -> None:
    match options.format:
        case "json":
            from mlagkit.report.drill.document import drill_document

            emit(options, to_json(drill_document(pairs, listed=listed)))
        case "markdown":
            from mlagkit.report.drill.markdown import drill_markdown

            emit(options, drill_markdown(pairs))
        case "html":
            from mlagkit.report.drill.html import drill_html

            emit(options, drill_html(pairs))
        case _:
            emit(options, "\n".join(_text(options, pair) for pair in pairs))


def _text(options: Options, pair: Document) -> str:
    from mlagkit.report.drill.steps import steps_text
    from mlagkit.report.drill.text import matrix_text

    write = steps_text if pair["sequence"] else matrix_text
    return write(pair, width=options.width, paint=paint(options.color), every_row=options.verbose > 0)
