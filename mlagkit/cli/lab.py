"""``mlagkit lab``."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from mlagkit.cli.command import command
from mlagkit.cli.options import Options
from mlagkit.cli.output import emit
from mlagkit.cli.running import whose
from mlagkit.cli.templates import templated, templates_now


@command("text")
@click.argument("path", metavar="PATH")
@click.option("--running", multiple=True, metavar="SRC", help="A running-config (twice), or a folder of <switch>.cfg.")
@whose
@templated
def lab(options: Options, path: str, running: tuple[str, ...], names: tuple[str, ...], **given: str) -> None:
    """Run an emulated pair on loopback that SSH and NX-API clients can talk to, until Ctrl-C.

    It starts from the given running-configs, or from what the pair file says. What is printed are the lines that
    a shell needs to reach it. What is typed then (`peer-link down`, `help`) happens to it.
    """
    from mlagkit.emulate import how_to_reach, lab_of
    from mlagkit.nxos.lab import LabClock
    from mlagkit.nxos.lab.address import free_address
    from mlagkit.rehearsal import Listener, Rehearsal, prompt
    from mlagkit.validate import load

    pairs = load([path])
    if len(pairs) != 1:
        raise click.UsageError(f"{path} holds {len(pairs)} pairs; the lab runs one")
    # A client that hangs up is no news, but asyncio warns of each answer that comes too late for it.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    clock, sources = LabClock(), [Path(source) for source in running]
    emulated = lab_of(pairs[0], sources, names, clock, templates_now(given))
    with emulated as switches, free_address() as address:
        rehearsal = Rehearsal(switches, clock)
        with Listener(rehearsal, address).serving() as listener:
            emit(options, how_to_reach(switches, path) + listener.how_to_reach())
            with _woken() as woken:
                click.echo("running until Ctrl-C", err=True)
                prompt(rehearsal, _typed(), woken, lambda text: click.echo(text, nl=False))


def _typed() -> int:
    """Where lines come from."""
    return sys.stdin.fileno() if sys.stdin else os.open(os.devnull, os.O_RDONLY)


@contextmanager
def _woken() -> Iterator[socket.socket]:
    """What can be read as soon as somebody asks for the end: by Ctrl-C, or as a system does."""
    here, there = socket.socketpair()
    with here, there:

        def stop(*_: object) -> None:
            there.send(b"\0")

        # First the handlers, then the word: whoever reads it may ask for the end at once.
        before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield here
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
