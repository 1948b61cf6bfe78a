"""Findings on their way to the one who asked, in the form that was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from mlagkit.cli.options import Options
from mlagkit.cli.output import emit, emit_unguarded, in_github_actions, in_gitlab_ci
from mlagkit.cli.texts import texts_of
from mlagkit.finding import Finding
from mlagkit.report.document import Document, to_json
from mlagkit.report.findings import findings_document, findings_text
from mlagkit.report.github import github_commands, github_log
from mlagkit.report.paint import paint

if TYPE_CHECKING:
    from mlagkit.rules.rule import Rule
    from mlagkit.verdict import Verdict


def report_findings(
    options: Options,
    findings: Iterable[Finding],
    checked: Sequence[str],
    rules: Sequence[Rule] = (),
    verdicts: Sequence[Verdict] | None = None,
) -> None:
    """Write findings as the result of a command, in the form that was asked for, and verdicts above them.

    ``checked`` are the files that were looked at, ``rules`` those that were asked. In a job of GitLab, a file that
    nobody chose a form for is a code quality report, and the text goes to the job's log.
    """
    document = findings_document(findings)
    if verdicts is not None:
        from mlagkit.report.consistency import consistency_rows

        document |= {"consistency": consistency_rows(verdicts)}
    if in_gitlab_ci() and options.output and not options.format_chosen:
        emit(replace(options, format="gitlab"), _written("gitlab", document, options, checked, rules))
        options = replace(options, output=None)
    match options.format:
        case "github":
            emit_unguarded(options, github_commands(document) + github_log(document))
        case "text":
            emit(options, _consistency(options, document) + _text(options, document, checked))
            _annotate(document)
        case form:
            emit(options, _written(form, document, options, checked, rules))


def _text(options: Options, document: Document, checked: Sequence[str]) -> str:
    color, every_row = paint(options.color), options.verbose > 0
    return findings_text(document, texts_of(document), paint=color, checked=checked, every_row=every_row)


def _written(form: str, document: Document, options: Options, checked: Sequence[str], rules: Sequence[Rule]) -> str:
    """The findings in a form for programs or browsers; each writer is loaded when it is asked for."""
    match form:
        case "gitlab":
            from mlagkit.report.gitlab import gitlab_report

            return gitlab_report(document)
        case "sarif":
            from mlagkit.explanation import explanations
            from mlagkit.report.sarif import sarif_report
            from mlagkit.rules import RULES

            return to_json(sarif_report(document, explanations(rules or RULES)))
        case "junit":
            from mlagkit.report.junit import junit_report

            return junit_report(document, checked, options.fail_level)
        case "markdown":
            from mlagkit.report.markdown import markdown_report

            return markdown_report(document, checked)
        case "html":
            from mlagkit.explanation import explanations
            from mlagkit.report.html import html_report
            from mlagkit.rules import RULES

            return html_report(document, texts_of(document), checked, explanations(rules or RULES))
        case _:
            return to_json(document)


def _consistency(options: Options, document: Document) -> str:
    if "consistency" not in document:
        return ""
    from mlagkit.report.consistency import consistency_text

    return consistency_text(document["consistency"], paint=paint(options.color), every_row=options.verbose > 0)


def report_input_error(options: Options, findings: Iterable[Finding]) -> None:
    """Say why a command could not do its work: as its result where a program reads it, else on stderr."""
    document = findings_document(findings)
    if options.format == "json":
        emit(options, to_json(document))
        return
    click.echo(findings_text(document, texts_of(document), paint=paint(options.color)), nl=False, err=True)
    _annotate(document)


def _annotate(document: Document) -> None:
    if in_github_actions():
        click.echo(github_commands(document), nl=False, err=True)
