"""A plan as text: a verdict, the steps, what must be allowed, the undo, what changes in the drill, what was assumed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlagkit.excerpt import visible
from mlagkit.nxos.catalogue import Impact
from mlagkit.report.document import Document
from mlagkit.report.drill.text import NARROWEST, paragraph
from mlagkit.report.findings import origin_of, waived_words
from mlagkit.report.paint import Paint, counted, plain
from mlagkit.report.plan.cells import cell_lines
from mlagkit.report.plan.steps import Page, step_lines, undo_lines
from mlagkit.report.plan.summary import UNCOMPARED, UNPROVEN, needs, uncompared_words

_LINES_SHOWN = 8
_DIGITS = 12
"""Digits of the hash in the verdict; enough to tell it from others, and the whole of it stands in the last line."""


def plan_text(
    document: Document, *, width: int = 80, paint: Paint = plain, annotate: bool = False, every_row: bool = False
) -> str:
    """The plan of one pair for whoever has to judge it.

    ``annotate`` shows the place that each command comes from, ``every_row`` all names, and all that
    changes in the drill.
    """
    page = Page.of(document, max(width, NARROWEST), paint, annotate=annotate, every_row=every_row)
    return "".join(f"{line}\n" for line in _plan(document, page))


def _plan(document: Document, page: Page) -> Iterator[str]:
    yield from _verdict(document, page)
    steps = document["steps"]
    if steps:
        yield from ("", *step_lines(steps, page))
    yield from _permissions(document, page)
    yield from _findings("new errors of rules at the end", document["findings"], page)
    yield from _findings("waived errors of rules at the end", document["accepted"], page)
    yield from _findings("new errors of rules between two steps only", document["passing"], page)
    if steps:
        yield from _titled("undo, from the last step to the first", page)
        yield from undo_lines(steps, page)
        yield from _titled("what changes in the drill", page)
        yield from cell_lines(document["drill"], page.width, page.paint, every_row=page.every_row)
    yield from _reloads(document, page)
    yield from _unmanaged(document, page)
    yield from _uncompared(document, page)
    if steps:
        yield from _assumed(document, page)


def _verdict(document: Document, page: Page) -> Iterator[str]:
    words = f"{document['pair']}: {document['summary']}"
    digits = f"{document['hash'][:_DIGITS]}…"
    if document["steps"]:
        words += f"; plan_{digits}"  # one word, until the lines are made
    for line in paragraph(words, page.width):
        yield page.paint(_verdict_color(document), line.replace(f"plan_{digits}", f"plan {digits}"))


def _verdict_color(document: Document) -> str:
    if needs(document) or document["findings"] or document["impact"] == Impact.OUTAGE:
        return "red"
    return "yellow" if document["impact"] == Impact.BRIEF else "green"


def _titled(title: str, page: Page) -> Iterator[str]:
    yield from ("", page.paint("bold", f"{title}:"))


def _permissions(document: Document, page: Page) -> Iterator[str]:
    """What must be allowed by name, and whether it was."""
    stops: Sequence[Document] = document["stops"]
    over = document["deleted"] > document["max_delete"]
    if not stops and not over:
        return
    yield from _titled("needs permission", page)
    for name in dict.fromkeys(stop["permission"] for stop in stops):
        some = [stop for stop in stops if stop["permission"] == name]
        given = all(stop["allowed"] for stop in some)
        words = f"  {name}: allowed" if given else f"  {name}: not allowed; --allow {name} allows it"
        for line in paragraph(words, page.width, "    "):
            yield page.paint("green" if given else "red", line)
        for stop in some:
            yield from paragraph(f"    {stop['switch']}: {stop['message']}", page.width, "      ")
    if over:
        number = document["deleted"]
        words = f"  {counted(number, 'object')} deleted, more than {document['max_delete']}"
        for line in paragraph(f"{words}; --max-delete {number} allows it", page.width, "    "):
            yield page.paint("red", line)


def _findings(title: str, findings: Sequence[Document], page: Page) -> Iterator[str]:
    if not findings:
        return
    yield from _titled(title, page)
    for row in findings:
        where = f" {row['switch']}:" if row["switch"] else ""
        place = f" ({origin_of(row)})" if row["file"] else ""
        words = f"  {row['rule']} {row['name']}:{where} {row['message']}{place}"
        yield from paragraph(words, page.width, "    ")
        if row["waived"]:
            yield from paragraph(f"    {waived_words(row)}", page.width, "      ")


def _reloads(document: Document, page: Page) -> Iterator[str]:
    if document["reloads"]:
        yield from _titled("takes effect after a reload only", page)
    for switch, why in document["reloads"].items():
        yield from paragraph(f"  {switch}: {why}", page.width, "    ")
    if document["asks"]:
        yield from _titled("the switch may ask back", page)
    for row in document["asks"]:
        yield from paragraph(f"  {row['switch']}: {row['command']}", page.width, "    ")
    if document["unproven"]:
        yield from _titled(UNPROVEN, page)
    for row in document["unproven"]:
        yield from paragraph(f"  {row['switch']}: {row['command']}", page.width, "    ")


def _unmanaged(document: Document, page: Page) -> Iterator[str]:
    """How much stays that the intent does not declare: whoever took something out of a pair file looks for it here."""
    if not document["unmanaged"]:
        return
    yield from _titled("left alone, since the intent does not declare it", page)
    lines = " and ".join(f"{counted(number, 'line')} on {name}" for name, number in document["unmanaged"].items())
    words = f"  {lines} (mlagkit diff shows them; --base REF removes what the pair file declared at REF)"
    yield from paragraph(words, page.width, "    ")


def _uncompared(document: Document, page: Page) -> Iterator[str]:
    """What may differ without anybody knowing: of many lines, as right after an import, the first ones."""
    rows = document["uncompared"]
    if not rows:
        return
    yield from _titled(UNCOMPARED, page)
    shown = rows if page.every_row or len(rows) <= _LINES_SHOWN + 1 else rows[:_LINES_SHOWN]
    for row in shown:
        yield from paragraph(f"  {uncompared_words(row)}", page.width, "    ")
    if left := len(rows) - len(shown):
        yield f"  … {counted(left, 'more line')}; -v shows all"


def _assumed(document: Document, page: Page) -> Iterator[str]:
    """What must still be so when the plan is carried out, and the hash by which it is approved."""
    roles = "; ".join(f"{name} {role}" for name, role in document["roles"].items())
    yield from _titled("holds as long as", page)
    yield from paragraph(f"  the roles are: {roles}", page.width, "    ")
    yield from paragraph("  both switches run what they ran when it was made", page.width, "    ")
    commit = f" from commit {document['commit']}" if document["commit"] else ""
    until = f", good until {document['expires']}" if document["expires"] else ""
    yield from paragraph(f"  made {document['created']}{commit}{until}", page.width, "    ")
    if document["allowed"]:
        yield from paragraph(f"  allowed: {', '.join(document['allowed'])}", page.width, "    ")
    yield page.paint("dim", visible(f"plan {document['hash']}"))
