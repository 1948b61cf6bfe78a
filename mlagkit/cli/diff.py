"""``mlagkit diff``."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from mlagkit.cli.command import READING, command
from mlagkit.cli.compared import compared, compares, loaded, secret_mask
from mlagkit.cli.options import Options
from mlagkit.cli.output import emit
from mlagkit.report.document import to_json
from mlagkit.report.paint import paint

if TYPE_CHECKING:
    from mlagkit.compare import PairDiff

DIFFERS = 1


@command("text", "json", heeds=("color", "verbose", "jobs"), jobs=READING)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@compares
@click.option("--strict", is_flag=True, help="Whatever the intent does not declare counts as a difference.")
def diff(options: Options, paths: tuple[str, ...], **given: str) -> None:
    """Show what differs between intent and running-config, both switches side by side, and what is left alone.

    A file's hostname line says whose it is. The exit code is 1 where differences exist.
    """
    pairs = loaded(paths, given)
    from mlagkit.compare import compare
    from mlagkit.secrets import resolver
    from mlagkit.validate import named

    shown = named(pairs, given["switch"])
    secrets, strict = resolver(os.environ), bool(given["strict"])
    found = [
        compare(each.pair, each.running, secrets=secrets, base=each.base, strict=strict, templates=each.templates)
        for each in compared(options, pairs, given)
    ]
    _show(options, [_narrowed(pair, shown) for pair in found])
    sys.exit(_code(found, shown))


def _narrowed(pair: PairDiff, shown: tuple[str, ...]) -> PairDiff:
    """The pair with the switches that are shown, and every one that could not be read."""
    kept = {name: result for name, result in pair.switches.items() if name in shown or result.error}
    return replace(pair, switches=kept)


def _show(options: Options, pairs: list[PairDiff]) -> None:
    from mlagkit.report.diff import diff_document, diff_text

    document = diff_document([pair for pair in pairs if pair.switches], secret_mask())
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
