"""``mlagkit validate``."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from mlagkit.cli.command import command
from mlagkit.cli.effort import cached, effort_of
from mlagkit.cli.findings import report_findings
from mlagkit.cli.options import Options
from mlagkit.cli.own_rules import ruled
from mlagkit.cli.running import trees_of, whose
from mlagkit.errors import InputError
from mlagkit.excerpt import visible

FINDINGS = 1


@command(
    "text",
    "json",
    "github",
    "gitlab",
    "sarif",
    "junit",
    "markdown",
    "html",
    heeds=("color", "verbose", "jobs", "fail_level", "date"),
)
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--stdin-filename", metavar="FILE", help="Judge the text from stdin as that of this pair file.")
@click.option("--running", multiple=True, metavar="SRC", help="Judge two running-configs instead (twice, or a folder).")
@whose
@click.option("--consistency", is_flag=True, help="Show what both switches compare, and what each does about it.")
@ruled
@cached
def validate(options: Options, paths: tuple[str, ...], stdin_filename: str | None, **given: Any) -> None:  # noqa: ANN401
    """Check pair files: syntax, keys, references, ranges, and the rules. PATH is a pair file, or a folder of some.

    Every mistake of every file is shown in one run. With --running two running-configs are judged without a pair file.
    With --consistency the parameters stand in the look of the switches' own `show vpc consistency-parameters`; they
    don't change the exit code. What a waiver or a comment accepts counts for nothing; -v shows it.
    With --stdin-filename FILE an editor has its text judged before it is saved; a site.yaml beside FILE counts.
    Of more than eight files, what was found is kept in a folder of yours, and taken again where nothing changed.
    """
    if [bool(paths), bool(given["running"]), stdin_filename is not None].count(True) != 1:
        raise click.UsageError("give either pair files, --running twice or --stdin-filename")
    if "-" in paths:
        raise click.UsageError("a text from stdin is judged as that of a file: --stdin-filename FILE")
    if stdin_filename is None:
        _judge(options, paths, **given)
        return
    from mlagkit.source import instead

    with instead(stdin_filename, _typed(stdin_filename)):
        _judge(options, (stdin_filename,), **given)


def _judge(options: Options, paths: tuple[str, ...], running: tuple[str, ...], **given: Any) -> None:  # noqa: ANN401
    from mlagkit.fleet.judge import judge_fleet
    from mlagkit.validate import Rules, judge_running

    asked, consistency = Rules(rules=()), bool(given["consistency"])
    try:
        asked = Rules.of(given["rules"])
        if running:
            judged = judge_running(trees_of(running, given["names"]), asked.rules, consistency=consistency)
        else:
            judged = judge_fleet(paths, asked, options.date, effort_of(options, given), consistency=consistency)
    except InputError as error:
        report_findings(options, error.findings, (), asked.rules)
        sys.exit(error.exit_code)
    for file in judged.files:
        options.note(f"{file} is a good pair file")
    verdicts = judged.verdicts if consistency else None
    if verdicts and options.format not in ("text", "json"):
        click.echo(f"warning: --consistency shows in text and json only, not in {options.format}", err=True)
    report_findings(options, judged.findings, judged.files, asked.rules, verdicts)
    counting = (finding for finding in judged.findings if not finding.waived)
    sys.exit(FINDINGS if any(finding.severity.reaches(options.fail_level) for finding in counting) else 0)


def _typed(file: str) -> bytes:
    """What stdin has for a file; no more than what shows that it is too much."""
    from mlagkit.source import MAX_BYTES

    if os.path.isdir(file):
        raise click.UsageError(f"--stdin-filename takes the name of a pair file; {visible(file)} is a folder")
    if sys.stdin is None:  # the shell closed it
        raise click.UsageError("--stdin-filename reads stdin, and there is none")
    return sys.stdin.buffer.read(MAX_BYTES + 1)
