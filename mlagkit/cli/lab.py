"""``mlagkit lab``."""

from __future__ import annotations

import logging
import signal
import threading
from pathlib import Path
from types import FrameType

import click

from mlagkit.cli.command import command
from mlagkit.cli.options import Options
from mlagkit.cli.output import emit


@command("text")
@click.argument("path", metavar="PATH")
@click.option("--running", multiple=True, metavar="SRC", help="A running-config (twice), or a folder of <switch>.cfg.")
@click.option("--names", metavar="A,B", help="Whose the files are that have no hostname line, in their order.")
def lab(options: Options, path: str, running: tuple[str, ...], names: str | None) -> None:
    """Run an emulated pair on loopback that SSH and NX-API clients can talk to, until Ctrl-C.

    It starts from the given running-configs, or from what the pair file says. What is printed are the lines that
    a shell needs to reach it.
    """
    from mlagkit.emulate import how_to_reach, lab_of
    from mlagkit.validate import load

    pairs = load([path])
    if len(pairs) != 1:
        raise click.UsageError(f"{path} holds {len(pairs)} pairs; the lab runs one")
    given = tuple(names.split(",")) if names else ()
    # A client that hangs up is no news, but asyncio warns of each answer that comes too late for it.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    with lab_of(pairs[0], [Path(source) for source in running], given) as switches:
        emit(options, how_to_reach(switches, path))
        _wait()


def _wait() -> None:
    """Until somebody asks for the end: by Ctrl-C, or as a system does."""
    done = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # what signal calls
        done.set()

    # First the handlers, then the word: whoever reads it may ask for the end at once.
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    click.echo("running until Ctrl-C", err=True)
    done.wait()
    for number, handler in before.items():
        signal.signal(number, handler)
