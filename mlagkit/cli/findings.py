"""Findings on their way to the one who asked: the source lines they point at are read again from their files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from mlagkit.cli.options import Options
from mlagkit.cli.output import emit, emit_unguarded, in_github_actions
from mlagkit.errors import MlagkitError
from mlagkit.finding import Finding
from mlagkit.report.document import Document, to_json
from mlagkit.report.findings import ANNOTATIONS_SHOWN, findings_document, findings_text, github_commands
from mlagkit.report.paint import paint

if TYPE_CHECKING:
    from mlagkit.verdict import Verdict


def report_findings(
    options: Options,
    findings: Iterable[Finding],
    checked: Sequence[str],
    verdicts: Sequence[Verdict] | None = None,
) -> None:
    """Write findings as the result of a command, in the form that was asked for, and verdicts above them."""
    document = findings_document(findings)
    if verdicts is not None:
        from mlagkit.report.consistency import consistency_rows

        document |= {"consistency": consistency_rows(verdicts)}
    match options.format:
        case "json":
            emit(options, to_json(document))
        case "github":
            emit_unguarded(options, github_commands(document))
        case _:
            text = findings_text(document, texts_of(document), paint=paint(options.color), checked=checked)
            emit(options, _consistency(options, document) + text)
            _annotate(document)


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
        click.echo(github_commands(document, ANNOTATIONS_SHOWN), nl=False, err=True)


def _masked(text: str) -> str:
    """A running-config, fit to be shown; a pair file only has references to secrets."""
    from mlagkit.nxos.redact import redact

    return "\n".join(map(redact, text.split("\n")))


def texts_of(document: Document) -> dict[str, str]:
    """The text of every file that a finding points at, as far as it can be read."""
    from mlagkit.source import read_bytes

    texts = {}
    for file in {row["file"] for row in document["findings"]}:
        try:
            text = read_bytes(file).decode("utf-8-sig", "replace")
        except MlagkitError:
            continue  # the finding says so itself
        texts[file] = text if file.endswith((".yaml", ".yml")) else _masked(text)
    return texts
