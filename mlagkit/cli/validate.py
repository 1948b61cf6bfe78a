"""``mlagkit validate``."""

from __future__ import annotations

import sys

import click

from mlagkit.cli.command import command
from mlagkit.cli.findings import report_findings
from mlagkit.cli.options import Options
from mlagkit.errors import InputError


@command("text", "json", "github")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
def validate(options: Options, paths: tuple[str, ...]) -> None:
    """Check pair files: syntax, keys, references and ranges. PATH is a pair file, or a folder that holds some.

    Every mistake of every file is shown in one run.
    """
    from mlagkit.validate import load

    try:
        checked = [pair.file for pair in load(paths)]
    except InputError as error:
        report_findings(options, error.findings, ())
        sys.exit(error.exit_code)
    for file in checked:
        options.note(f"{file} is a good pair file")
    report_findings(options, (), checked)
