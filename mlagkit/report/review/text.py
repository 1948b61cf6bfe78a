"""A review as a few lines: the verdict on each pair, the findings, the verdict on all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mlagkit.excerpt import visible
from mlagkit.report.document import Document
from mlagkit.report.drill.scenarios import names_words
from mlagkit.report.drill.text import NARROWEST, paragraph
from mlagkit.report.findings import findings_text
from mlagkit.report.paint import Paint, counted, plain
from mlagkit.report.plan.text import plan_text
from mlagkit.report.review.words import because, setting_words

_NAMED = 8


def review_text(
    document: Document,
    sources: Mapping[str, str],
    *,
    width: int = 80,
    paint: Paint = plain,
    every_row: bool = False,
) -> str:
    """The review for a terminal; ``sources`` are texts by file.

    ``every_row`` shows the whole plan of each pair, and names all pairs that did not change.
    """
    lines = _lines(document, sources, max(width, NARROWEST), paint, every_row=every_row)
    return "".join(f"{line}\n" for line in lines)


def _lines(
    document: Document, sources: Mapping[str, str], width: int, paint: Paint, *, every_row: bool
) -> Iterator[str]:
    for row in document["pairs"]:
        yield from (
            paint(_color(row), line) for line in paragraph(f"{row['pair']}{because(row)}: {row['verdict']}", width)
        )
    for row in document["settings"]:
        yield from (paint("yellow", line) for line in paragraph(setting_words(row), width))
    if document["unchanged"]:
        names = names_words(document["unchanged"], None if every_row else _NAMED)
        yield from paragraph(f"{counted(len(document['unchanged']), 'pair')} unchanged: {names}", width)
    if every_row:
        for plan in (row["plan"] for row in document["pairs"] if row["plan"]):
            yield from ("", *plan_text(plan, width=width, paint=paint, every_row=True).splitlines())
    found = document["findings"]
    for key, title in (("new", "new findings"), ("waived", "newly waived"), ("resolved", "resolved")):
        if found[key]:
            yield from ("", paint("bold", f"{title}:"))
            told = findings_text({"findings": found[key]}, sources, paint=paint, every_row=True)
            yield from told.split("\n")[:-2]
    yield ""
    base = document["base"]
    made = f"base: {base['commit'][:12]}, the merge base of {base['revision']} and {document['head'][:12]}"
    for note in (made, *document["notes"]):
        yield from (paint("dim", line) for line in paragraph(note, width))
    yield from (paint("bold", line) for line in paragraph(visible(document["verdict"]), width))


def _color(row: Document) -> str:
    plan = row["plan"]
    if row["effect"] in ("none", "cosmetic"):
        return "dim"
    if plan is None or plan["impact"] == "outage" or plan["stops"]:
        return "yellow" if row["effect"] in ("new", "deleted", "mended") else "red"
    return "yellow" if plan["impact"] == "brief" else "green"
