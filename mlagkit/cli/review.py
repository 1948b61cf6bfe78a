"""``mlagkit review``."""

from __future__ import annotations

import os
import sys

import click

from mlagkit.cli.command import command
from mlagkit.cli.compared import reaches
from mlagkit.cli.effort import cached, effort_of
from mlagkit.cli.options import Options
from mlagkit.cli.output import emit, in_github_actions
from mlagkit.cli.own_rules import ruled
from mlagkit.cli.templates import templated, templates_now
from mlagkit.cli.texts import texts_of
from mlagkit.errors import DeviceError, InputError
from mlagkit.finding import Severity
from mlagkit.report.document import Document, to_json
from mlagkit.report.markdown import LONGEST
from mlagkit.report.paint import paint

FINDINGS = 1
SUMMARY_LIMIT = 250_000
"""Characters, of at most four bytes each; GitHub takes 1 MiB for the summary of a step (actions/toolkit#734)."""


@command("text", "json", "markdown", "html", heeds=("color", "verbose", "jobs", "fail_level", "date"))
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option("--base", required=True, metavar="REF", help="Git revision that the change is to go to.")
@templated
@ruled
@click.option(
    "--limit",
    type=click.IntRange(min=4_000),
    default=LONGEST,
    show_default=True,
    metavar="N",
    help="Characters of the Markdown (Bitbucket takes 32,768, GitHub 65,536); what is left out is said.",
)
@click.option("--device", is_flag=True, help="Read the live switches of the pairs that changed, too.")
@reaches
@cached
def review(
    options: Options,
    paths: tuple[str, ...],
    rules: tuple[str, ...],
    limit: int,
    device: bool,
    **given: str,
) -> None:
    """Show what changed since a git revision, for whoever reviews it: findings, both configurations, plan, drill.

    PATH is a pair file, or a folder of some (the working directory). What is compared is the working tree with the
    merge base of REF and what is checked out, so that nothing counts that others have done meanwhile. The exit code is
    1 where there are findings that were not there before. Nothing is changed, no device is asked, no secret is needed.

    As text it is a verdict on each pair; with -v each has its whole plan, as `mlagkit plan` shows it.

    With --device both live switches of each pair that changed are read as well: what has drifted from the base is
    shown, and the plan starts from what they run. The exit code is 3 where one could not be read.
    """
    from mlagkit.cli.set_by_file import file_settings
    from mlagkit.review.beside import Beside
    from mlagkit.review.run import Asked, reviewed

    reader = None
    if device:
        from mlagkit.cli.devices import live_reader

        reader = live_reader(options, given)
    try:
        asked = Asked(
            revision=given["base"],
            paths=paths or (".",),
            day=options.date,
            beside=Beside(templates_now(given), rules),
            key=os.environ.get("MLAGKIT_FINGERPRINT_KEY"),
            settings=file_settings(),
            reader=reader,
        )
        document = reviewed(asked, effort_of(options, given))
    except InputError as error:
        _show_why_not(options, error)
        raise
    _show(options, document, limit)
    sys.exit(_code(options, document))


def _code(options: Options, document: Document) -> int:
    drifts = [row["drift"]["switches"] for row in document["pairs"] if row["drift"]]
    if any("error" in switch for switches in drifts for switch in switches.values()):
        return DeviceError.exit_code
    new = document["findings"]["new"]
    return FINDINGS if any(Severity(row["severity"]).reaches(options.fail_level) for row in new) else 0


def _show(options: Options, document: Document, limit: int) -> None:
    """Write the review in the form that was asked for; a job of GitHub gets annotations and a summary besides."""
    if options.format == "json":
        emit(options, to_json(document))
        return
    emit(options, _shown(options, document, limit))
    if in_github_actions():
        from mlagkit.report.github import github_commands

        new = {"findings": document["findings"]["new"]}
        click.echo(github_commands(new), nl=False, err=True)
        _summarize(_markdown(document, SUMMARY_LIMIT))


def _shown(options: Options, document: Document, limit: int) -> str:
    if options.format == "html":
        from mlagkit.report.review.html import review_html

        return review_html(document)
    return _markdown(document, limit) if options.format == "markdown" else _text(options, document)


def _show_why_not(options: Options, error: InputError) -> None:
    """Write why there is no review where its readers look for it: an older one must not stand any longer."""
    from mlagkit.report.findings import findings_document
    from mlagkit.report.review.markdown import no_review_markdown

    document = findings_document(error.findings)
    text = no_review_markdown(document)
    if options.format == "html":
        from mlagkit.explanation import explanations
        from mlagkit.report.html import html_report
        from mlagkit.rules import RULES

        emit(options, html_report(document, texts_of(document), (), explanations(RULES)))
    if options.format == "markdown":
        emit(options, text)
    if in_github_actions() and options.format != "json":
        _summarize(text)


def _text(options: Options, document: Document) -> str:
    from mlagkit.report.review.text import review_text

    sources = texts_of({"findings": document["findings"]["new"]})
    color, every_row = paint(options.color), options.verbose > 0
    return review_text(document, sources, width=options.width, paint=color, every_row=every_row)


def _markdown(document: Document, limit: int) -> str:
    from mlagkit.report.review.markdown import review_markdown

    return review_markdown(document, limit)


def _summarize(text: str) -> None:
    """Add a text to the summary of the job, where GitHub says in which file that is."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if not file:
        return
    try:
        with open(file, "a", encoding="utf-8", errors="backslashreplace") as summary:
            summary.write(text)
    except OSError as error:
        click.echo(f"warning: the summary of the job can't be written: {error.strerror}", err=True)
