"""``mlagkit drill``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
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
    from mlagkit.drill.outcome import Drill
    from mlagkit.rules.rule import Peers

BROKEN = 1
DEPTH = 2


class EventWords(click.types.StringParamType):
    """The words of an event; in MLAGKIT_EVENT commas stand between events."""

    name = "event"
    envvar_list_splitter = ","


@command("text", "json", "markdown", "html")
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
    drills = [_sequence(each, event) if event else _matrix(each, depth or DEPTH) for each in peers]
    _show(options, drills, in_sequence=bool(event), listed=len(paths) > 1 or any(map(isdir, paths)))
    sys.exit(BROKEN if any(each.broken for each in drills) else 0)


def _sequence(peers: Peers, words: Sequence[str]) -> Drill:
    from mlagkit.drill import sequence
    from mlagkit.drill.asked import asked_events

    try:
        events = asked_events(words, peers)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    return sequence(peers, events)


def _matrix(peers: Peers, depth: int) -> Drill:
    from mlagkit.drill import matrix

    return matrix(peers, depth=depth)


def _show(options: Options, drills: Sequence[Drill], *, in_sequence: bool, listed: bool) -> None:
    from mlagkit.report.drill.document import drill_document, pair_document

    pairs = [pair_document(each, in_sequence=in_sequence) for each in drills]
    match options.format:
        case "json":
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
