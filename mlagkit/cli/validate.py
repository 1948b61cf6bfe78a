"""``mlagkit validate``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from mlagkit.cli.command import command
from mlagkit.cli.findings import report_findings
from mlagkit.cli.options import Options
from mlagkit.cli.running import trees_of
from mlagkit.errors import InputError
from mlagkit.finding import Finding, Severity

if TYPE_CHECKING:
    from mlagkit.rules.rule import Peers
    from mlagkit.verdict import Verdict

FINDINGS = 1


@command("text", "json", "github")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--running", multiple=True, metavar="SRC", help="Judge two running-configs instead (twice, or a folder).")
@click.option("--names", metavar="A,B", help="Whose the files are that have no hostname line, in their order.")
@click.option("--consistency", is_flag=True, help="Show what both switches compare, and what each does about it.")
def validate(
    options: Options, paths: tuple[str, ...], running: tuple[str, ...], names: str | None, consistency: bool
) -> None:
    """Check pair files: syntax, keys, references, ranges, and the rules. PATH is a pair file, or a folder of some.

    Every mistake of every file is shown in one run. With --running two running-configs are judged without a pair file.
    With --consistency the parameters stand in the look of the switches' own `show vpc consistency-parameters`; they
    don't change the exit code.
    """
    if bool(paths) == bool(running):
        raise click.UsageError("give either pair files or --running twice")
    from mlagkit.rules import judge
    from mlagkit.validate import peers_of_files, peers_of_running

    try:
        if running:
            peers, checked = [peers_of_running(trees_of(running, names))], tuple[str, ...]()
        else:
            peers, checked = peers_of_files(paths)
    except InputError as error:
        report_findings(options, error.findings, ())
        sys.exit(error.exit_code)
    for file in checked:
        options.note(f"{file} is a good pair file")
    findings = judge(peers)
    report_findings(options, findings, checked, verdicts_of(peers) if consistency else None)
    sys.exit(FINDINGS if any(_counts(finding, options.fail_level) for finding in findings) else 0)


def verdicts_of(peers: Sequence[Peers]) -> list[Verdict]:
    """What the switches of each pair compare."""
    from mlagkit.verdict import verdict

    return [verdict(one, other) for one, other in peers]


def _counts(finding: Finding, level: str) -> bool:
    return level != "none" and finding.severity.rank <= Severity(level).rank
