"""``mlagkit import``."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mlagkit.cli.command import command
from mlagkit.cli.compared import trusts
from mlagkit.cli.options import Options
from mlagkit.cli.output import emit
from mlagkit.cli.running import whose
from mlagkit.report.document import to_json
from mlagkit.report.paint import paint

if TYPE_CHECKING:
    from mlagkit.config import ConfigTree
    from mlagkit.finding import Finding
    from mlagkit.importing import Imported

_SHOWN = 20
"""Lines of the residue that are listed without ``-v``."""


@command("text", "json", heeds=("color", "verbose"))
@click.argument("files", nargs=-1, metavar="[A.cfg B.cfg]")
@click.option("--from-device", nargs=2, metavar="HOST HOST", help="Read both live switches, [nxapi|ssh:]HOST[:PORT].")
@click.option(
    "--name", metavar="PAIR", help="What the pair is called; else made of the file's or both switches' names."
)
@whose
@click.option("--secrets", metavar="FILE", help="Write the secrets there, as NAME='value', for the owner only.")
@trusts
def import_(options: Options, files: tuple[str, ...], name: str | None, secrets: str | None, **given: Any) -> None:  # noqa: ANN401
    """Write the pair file of two running switches: to stdout, or to the file of -o, which must not exist yet.

    What it renders is what both switches run. Lines that no key can say stand in `extra` and are listed. Secrets
    become references; their values go to the file of --secrets and nowhere else.
    """
    if bool(files) == bool(given["from_device"]):
        raise click.UsageError("give either two running-configs or --from-device HOST HOST")
    from mlagkit.importing import import_pair
    from mlagkit.importing.names import pair_name
    from mlagkit.write import vacant

    vacant(*filter(None, (options.output, Path(secrets) if secrets else None)))
    trees, doubts = _live(given) if given["from_device"] else _of_files(files, given["names"])
    stem = options.output.name.partition(".")[0] if options.output else ""
    found = import_pair(trees, name or stem or pair_name([*trees]), doubts)
    _write(options, found)
    if secrets:
        _write_secrets(Path(secrets), found)


def _of_files(files: tuple[str, ...], names: Sequence[str]) -> tuple[Mapping[str, ConfigTree], list[Finding]]:
    """Two files; where both name the same switch the second gets another name, and that is said."""
    from mlagkit.importing.names import another
    from mlagkit.running import either, same_name

    one, other = either([Path(file) for file in files], names)
    if one.switch != other.switch:
        return {one.switch: one.tree, other.switch: other.tree}, []
    return {one.switch: one.tree, another(one.switch): other.tree}, [same_name(one, other)]


def _live(given: Mapping[str, str]) -> tuple[Mapping[str, ConfigTree], list[Finding]]:
    from mlagkit.cli.devices import read_hosts

    return read_hosts(given["from_device"], given), []


def _write_secrets(path: Path, found: Imported) -> None:
    from mlagkit.report.paint import counted
    from mlagkit.write import write_file

    text = "".join(f"{name}={shlex.quote(value)}\n" for name, value in sorted(found.secrets.items()))
    write_file(path, text, overwrite=False)
    # A shell looks for a bare name on its PATH.
    source = shlex.quote(os.path.join(os.curdir, path))
    wrote = counted(len(found.secrets), "secret")
    click.echo(f"wrote {wrote} to {path}; before other commands: set -a; . {source}; set +a", err=True)


def _write(options: Options, found: Imported) -> None:
    """The pair file where it was asked for, and what is to be said of it where nobody mistakes it for the file."""
    from mlagkit.report.imported import import_document, import_text
    from mlagkit.write import write_file

    if options.output:
        write_file(options.output, found.text, public=True, overwrite=False)
    document = import_document(found, str(options.output) if options.output else None)
    if options.format == "json":
        sys.stdout.buffer.write(to_json(document).encode())
        return
    if not options.output:
        emit(options, found.text)
    shown = None if options.verbose else _SHOWN
    colored = paint(options.color and sys.stderr.isatty() and not os.environ.get("NO_COLOR"))
    click.echo(import_text(document, found.doubts, shown=shown, paint=colored), nl=False, err=True)
