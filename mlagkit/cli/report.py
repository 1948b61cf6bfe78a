"""``mlagkit report``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from mlagkit.cli.command import command
from mlagkit.cli.options import Options
from mlagkit.cli.output import emit
from mlagkit.errors import Refused
from mlagkit.excerpt import visible
from mlagkit.report.document import to_json

UNLIKE = 1
_ASIDE = ("rules", "strict", "templates")
"""The options that change an answer, and that nobody is asked with: what they name is somebody's."""


@command("text", "json", output="FILE.zip")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--running", multiple=True, metavar="SRC", help="A running-config (twice), or a folder of <switch>.cfg.")
@click.option("--yes", is_flag=True, help="Do not ask: somebody has read what is in it.")
def report(options: Options, paths: tuple[str, ...], running: Sequence[str], yes: bool) -> None:
    """Make what you may send where mlagkit is wrong: the inputs with other names, and what it says of them.

    Names, descriptions, addresses, MAC addresses, numbers of AS, users and secrets become others of the same form, each
    the same throughout, so that what is wrong stays wrong; the exit code is 1 where the answers are not those on the
    real inputs. Everything is shown; a file is written, of -o, once you have said yes.
    """
    from mlagkit.bundle.make import archive, bundle
    from mlagkit.report.bundle import bundle_document, bundle_text
    from mlagkit.write import write_bytes

    if not (paths or running):
        raise click.UsageError("give pair files, or --running with two running-configs, or both")
    aside = _aside()
    if aside:
        warning = f"warning: asked without your {', '.join(aside)}: what only shows with them is not in the answers"
        click.echo(warning, err=True)
    made = bundle(paths, running, aside)
    shown = to_json(bundle_document(made)) if options.format == "json" else bundle_text(made)
    emit(replace(options, output=None), shown)
    if options.output:
        if not yes and not _confirmed(options.output):
            raise Refused("nothing was written: --yes says that somebody has read what would be")
        write_bytes(options.output, archive(made.files))
        click.echo(f"wrote {visible(str(options.output))}", err=True)
    sys.exit(UNLIKE if made.unlike else 0)


def _aside() -> list[str]:
    """The options that a settings file or the environment sets for other commands."""
    tables = (click.get_current_context().find_root().default_map or {}).values()
    set_here = {name for table in tables for name, value in table.items() if value}
    return [name for name in _ASIDE if name in set_here or os.environ.get(f"MLAGKIT_{name.upper()}")]


def _confirmed(file: Path) -> bool:
    """Whether whoever sits there wants it written."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    return click.confirm(
        f"Is all of that fit to be sent? It is written to {visible(str(file))}", default=False, err=True
    )
