"""``mlagkit validate``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from mlagkit.cli.command import command
from mlagkit.cli.findings import report_findings
from mlagkit.cli.options import Options
from mlagkit.cli.running import trees_of
from mlagkit.errors import InputError
from mlagkit.finding import Finding, Severity

if TYPE_CHECKING:
    from mlagkit.rules.rule import Rule

FINDINGS = 1


@command("text", "json", "github", "gitlab", "sarif", "junit", "markdown", "html")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--running", multiple=True, metavar="SRC", help="Judge two running-configs instead (twice, or a folder).")
@click.option("--names", metavar="A,B", help="Whose the files are that have no hostname line, in their order.")
@click.option("--rules", multiple=True, type=click.Path(), metavar="FILE", help="Judge by the rules in it, too.")
def validate(
    options: Options, paths: tuple[str, ...], running: tuple[str, ...], names: str | None, rules: tuple[str, ...]
) -> None:
    """Check pair files: syntax, keys, references, ranges, and the rules. PATH is a pair file, or a folder of some.

    Every mistake of every file is shown in one run. With --running two running-configs are judged without a pair file.
    What a waiver or a comment accepts counts for nothing; -v shows it.
    """
    if bool(paths) == bool(running):
        raise click.UsageError("give either pair files or --running twice")
    from mlagkit.validate import judge_files, judge_running, rules_with

    asked: tuple[Rule, ...] = ()
    try:
        asked = rules_with(rules)
        if running:
            findings, checked = judge_running(trees_of(running, names), asked), tuple[str, ...]()
        else:
            findings, checked = judge_files(paths, asked, options.date)
    except InputError as error:
        report_findings(options, error.findings, (), asked)
        sys.exit(error.exit_code)
    for file in checked:
        options.note(f"{file} is a good pair file")
    report_findings(options, findings, checked, asked)
    sys.exit(FINDINGS if any(_counts(finding, options.fail_level) for finding in findings) else 0)


def _counts(finding: Finding, level: str) -> bool:
    return level != "none" and not finding.waived and finding.severity.rank <= Severity(level).rank
