"""``mlagkit validate``."""

from __future__ import annotations

import sys

import click

from mlagkit.cli.command import command
from mlagkit.cli.findings import report_findings
from mlagkit.cli.options import Options
from mlagkit.cli.running import trees_of
from mlagkit.errors import InputError
from mlagkit.finding import Finding, Severity

FINDINGS = 1


@command("text", "json", "github")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--running", multiple=True, metavar="SRC", help="Judge two running-configs instead (twice, or a folder).")
@click.option("--names", metavar="A,B", help="Whose the files are that have no hostname line, in their order.")
def validate(options: Options, paths: tuple[str, ...], running: tuple[str, ...], names: str | None) -> None:
    """Check pair files: syntax, keys, references, ranges, and the rules. PATH is a pair file, or a folder of some.

    Every mistake of every file is shown in one run. With --running two running-configs are judged without a pair file.
    """
    if bool(paths) == bool(running):
        raise click.UsageError("give either pair files or --running twice")
    from mlagkit.validate import judge_files, judge_running

    try:
        if running:
            findings, checked = judge_running(trees_of(running, names)), tuple[str, ...]()
        else:
            findings, checked = judge_files(paths)
    except InputError as error:
        report_findings(options, error.findings, ())
        sys.exit(error.exit_code)
    for file in checked:
        options.note(f"{file} is a good pair file")
    report_findings(options, findings, checked)
    sys.exit(FINDINGS if any(_counts(finding, options.fail_level) for finding in findings) else 0)


def _counts(finding: Finding, level: str) -> bool:
    return level != "none" and finding.severity.rank <= Severity(level).rank
