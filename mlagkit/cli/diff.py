"""``mlagkit diff``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from os.path import isdir
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlagkit.cli.command import command
from mlagkit.cli.options import Options
from mlagkit.cli.output import emit
from mlagkit.excerpt import visible
from mlagkit.report.document import to_json
from mlagkit.report.paint import paint

if TYPE_CHECKING:
    from mlagkit.compare import PairDiff, Read
    from mlagkit.intent import Pair

DIFFERS = 1


@command("text", "json")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--device", is_flag=True, help="Read both live switches.")
@click.option("--running", multiple=True, metavar="SRC", help="A running-config (twice), or a folder of <switch>.cfg.")
@click.option("--names", metavar="A,B", help="Whose the files are that have no hostname line, in their order.")
@click.option("--switch", metavar="NAME", help="Show only this switch.")
@click.option("--base", metavar="REF", help="Git revision: what it declared and the pair file does not, is removed.")
@click.option("--strict", is_flag=True, help="Whatever the intent does not declare counts as a difference.")
@click.option("--connect", multiple=True, metavar="NAME=[nxapi|ssh:]HOST[:PORT]", help="How to reach a switch.")
@click.option("--ca-file", metavar="FILE", help="Certificates that sign those of the switches.")
@click.option("--insecure", is_flag=True, help="Take any certificate: somebody may be listening in.")
@click.option("--jump", metavar="HOST", help="Reach the switches through this SSH host.")
def diff(options: Options, paths: tuple[str, ...], **given: str) -> None:
    """Show what differs between intent and running-config, both switches side by side, and what is left alone.

    A file's hostname line says whose it is. The exit code is 1 where differences exist.
    """
    if bool(given["device"]) == bool(given["running"]):
        raise click.UsageError("give either --device or --running")
    from mlagkit.compare import compare
    from mlagkit.revision import pair_at
    from mlagkit.secrets import resolver
    from mlagkit.validate import load, named

    pairs = load(paths)
    shown = named(pairs, given["switch"])
    read = _reader(options, pairs, given)
    found = []
    for pair in pairs:
        base = pair_at(given["base"], pair.file) if given["base"] else None
        if given["base"] and base is None:
            warning = f"warning: {pair.file} is new since {given['base']}, so nothing is removed for its sake"
            click.echo(visible(warning), err=True)
        running = read(pair)
        for name, tree in running.items():
            options.note(f"{name} is compared with {getattr(tree, 'file', 'nothing')}")
        found.append(compare(pair, running, secrets=resolver(os.environ), base=base, strict=bool(given["strict"])))
    _show(options, [_narrowed(pair, shown) for pair in found])
    sys.exit(_code(found, shown))


def _reader(options: Options, pairs: list[Pair], given: Mapping[str, str]) -> Callable[[Pair], Mapping[str, Read]]:
    """What gives the running-configs of a pair."""
    if given["device"]:
        from mlagkit.cli.devices import device_reader

        return device_reader(options, pairs, given)
    from mlagkit.running import assign

    sources = [Path(source) for source in given["running"]]
    names = tuple(given["names"].split(",")) if given["names"] else ()
    if len(pairs) > 1 and not all(map(isdir, sources)):
        raise click.UsageError(f"{len(pairs)} pairs need a folder of running-configs, not single files")
    return lambda pair: {name: running.tree for name, running in assign(pair.hostnames, sources, names).items()}


def _narrowed(pair: PairDiff, shown: tuple[str, ...]) -> PairDiff:
    """The pair with the switches that are shown, and every one that could not be read."""
    kept = {name: result for name, result in pair.switches.items() if name in shown or result.error}
    return replace(pair, switches=kept)


def _show(options: Options, pairs: list[PairDiff]) -> None:
    from mlagkit.nxos.redact import redact
    from mlagkit.report.diff import diff_document, diff_text

    mask = partial(redact, key=os.environ.get("MLAGKIT_FINGERPRINT_KEY"))
    document = diff_document([pair for pair in pairs if pair.switches], mask)
    if options.format == "json":
        emit(options, to_json(document))
        return
    text = diff_text(document, width=options.width, paint=paint(options.color), every_line=options.verbose > 0)
    emit(options, text)


def _code(pairs: list[PairDiff], shown: tuple[str, ...]) -> int:
    results = [(name, result) for pair in pairs for name, result in pair.switches.items()]
    errors = [result.error.exit_code for _, result in results if result.error]
    if errors:
        return max(errors)
    return DIFFERS if any(result.changes for name, result in results if name in shown) else 0
