"""Findings as Markdown, for a comment on a pull request or the summary of a job."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mlagkit.excerpt import visible
from mlagkit.report.document import Document
from mlagkit.report.findings import by_severity, origin_of, parted, remedy, summary, waived_words, worst_first
from mlagkit.report.paint import counted

LONGEST = 60_000
"""Characters of a report: GitHub takes 65,536 in a comment, GitLab 1,000,000, and a job's summary 1 MiB.

What is left of GitHub's is for whoever puts something around it. Azure takes 150,000, and Bitbucket 32,768, which
nothing here is made for (runatlantis/atlantis: server/events/vcs/common/common.go).
"""

_MARKUP = re.compile(r"([\\`*_{}\[\]|~$])")
# A person, an address, an emoji (of which some are numbers, as lines are), an issue, a merge request, an epic, a
# snippet, a label, a milestone (GitHub's and GitLab's), and what the runner of a job takes for a command.
_CALLS = re.compile(r'(@|:(?=//|(?:100|1234|[a-z+-][\w+-]*):)|\bwww\.|\bGH-(?=\d)|[#!&$~%](?=[\w"])|#(?=\[))')
_BREAK = "\u200b"  # has no width: nothing before it is a name, a number or an address any more
HEAD = ["| | place | rule | finding |", "|---|---|---|---|"]
_ROOM = 500  # for what stands around the rows


def markdown_report(document: Document, checked: Sequence[str]) -> str:
    """A verdict, then a table with the worst first, what is waived folded away.

    What does not fit is counted, never dropped in silence.
    """
    rows, waived = parted(document)
    room = LONGEST - _ROOM
    shown, left = fitting([row_text(row) for row in worst_first(rows)], room)
    parts = [f"**mlagkit: {escaped(summary(document, checked))}**"]
    if shown:
        parts.append("\n".join([*HEAD, *shown]))
    if left:
        rest = by_severity(worst_first(rows)[len(shown) :])
        parts.append(f"**{counted(left, 'more finding')} ({rest}) did not fit here**; the log of the run has them all.")
    if waived:
        parts.append(_folded(waived, room - sum(len(line) + 1 for line in shown)))
    return "\n\n".join(parts) + "\n"


def _folded(waived: Sequence[Document], room: int) -> str:
    shown, left = fitting([row_text(row) for row in waived], room)
    more = [f"\n{counted(left, 'more waived finding')} did not fit here."] if left else []
    table = [*HEAD, *shown] if shown else []
    head = f"<details><summary>{counted(len(waived), 'waived finding')}</summary>\n"
    return "\n".join([head, *table, *more, "\n</details>"])


def fitting(lines: Sequence[str], room: int) -> tuple[list[str], int]:
    """As many of the lines as have room, and how many have not."""
    shown: list[str] = []
    for line in lines:
        room -= size(line) + 1
        if room < 0:
            break
        shown.append(line)
    return shown, len(lines) - len(shown)


def size(text: str) -> int:
    """Characters as hosts count them, whose languages take one beyond the first 65,536 for two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def row_text(row: Document) -> str:
    """A finding as a row of the table."""
    place = escaped(str(origin_of(row)))
    rule = escaped(f"{row['rule']} {row['name']}")
    text = "<br>".join(escaped(text) for text in (row["message"], remedy(row), waived_words(row)) if text)
    return f"| {row['severity']} | {place} | {rule} | {text} |"


def escaped(text: str) -> str:
    """Text that is only text: no markup, no element, no link, nobody called and no issue mentioned."""
    return _MARKUP.sub(r"\\\1", in_html(text))


def in_html(text: str) -> str:
    """The same inside of an element, where a backslash would be one."""
    broken = _CALLS.sub(rf"\1{_BREAK}", visible(text))
    return broken.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def item(text: str) -> str:
    """The text as an item of a list, which begins no list and no heading inside of it."""
    return f"- {'' if text[:1].isalpha() else _BREAK}{escaped(text)}"


_RUN = re.compile("`+")


def fenced(lines: Iterable[str], language: str = "text") -> str:
    """The lines as a block of code, in a fence that is longer than any run of backticks inside."""
    body = [_harmless(line) for line in lines]
    longest = max((len(run) for line in body for run in _RUN.findall(line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}{language}", *body, fence])


def _harmless(line: str) -> str:
    """The line as no workflow command of GitHub, whoever prints it into a log (``trust.md``, S13)."""
    text = line.lstrip()
    if text.startswith("::"):
        line = line.replace("::", f":{_BREAK}:", 1)
    return line.replace("##[", f"##{_BREAK}[")
