"""Drills as Markdown, for a comment on a pull request or the summary of a job."""

from __future__ import annotations

from collections.abc import Sequence

from mlagkit.report.document import Document
from mlagkit.report.drill.fate import reasons_of
from mlagkit.report.drill.rows import Row, Table, steps_of, table_of
from mlagkit.report.drill.scenarios import names_words
from mlagkit.report.drill.switches import Start, pair_words
from mlagkit.report.drill.text import NO_WORSE, broken_words, counted_lines, meanings
from mlagkit.report.markdown import LONGEST, escaped, fitting
from mlagkit.report.paint import counted

_HEAD = ["| failure | switches | hosts | why |", "|---|---|---|---|"]
_ROOM = 500  # for what stands around the rows
_NAMES_SHOWN = 5
_LONGEST_TEXT = 4_000  # of what is counted and not a row


def drill_markdown(pairs: Sequence[Document]) -> str:
    """For each pair what was found, then a table with the worst first, what is counted folded away.

    Rows that do not fit are counted, never dropped in silence.
    """
    room = LONGEST - _ROOM
    parts = []
    for number, pair in enumerate(pairs):
        head = f"**mlagkit drill: {escaped(pair['pair'])}: {escaped(pair['summary'])}**"
        if len(head) + _ROOM > room:
            parts.append(f"**{counted(len(pairs) - number, 'more pair')} did not fit here**; the log has them all.")
            break
        text = "\n\n".join([head, *_pair(pair, room - len(head))])
        room -= len(text)
        parts.append(text)
    return "\n\n".join(parts) + "\n"


def _pair(pair: Document, room: int) -> list[str]:
    table = steps_of(pair) if pair["sequence"] else table_of(pair)
    start = Start.of(pair)
    told = _told(pair, table)
    lines = [_row(row, start) for row in table.rows]
    shown, left = fitting(lines, room - sum(map(len, told)) - _ROOM)
    parts = ["\n".join([*_HEAD, *shown])] if shown else []
    if left:
        parts.append(f"**{counted(left, 'more row')} did not fit here**, none worse than these; the log has them all.")
    return [*parts, *told]


def _told(pair: Document, table: Table) -> list[str]:
    """What stands below the table: objectives that are broken, what is counted, what the words mean."""
    parts = []
    broken, left = fitting([f"- {escaped(line)}" for line in broken_words(pair)], _LONGEST_TEXT)
    if broken:
        more = [f"- {counted(left, 'more objective')} broken"] if left else []
        parts.append("\n".join([*broken, *more]))
    words = meanings(group for row in table.rows for group in row.groups)
    lines = [f"- {escaped(line)}" for line in (*counted_lines(pair, table), *words)]
    if lines:
        listed, _ = fitting(lines, _LONGEST_TEXT)
        parts.append(
            "\n".join(["<details><summary>What is not listed, and the words</summary>\n", *listed, "\n</details>"])
        )
    return parts


def _row(row: Row, start: Start) -> str:
    switches = pair_words(row.scenario, start.before(row.scenario))
    hosts = [f"{group.words}: {names_words(group.names, _NAMES_SHOWN)}" for group in row.groups]
    if row.others:
        hosts.append(f"{counted(row.others, 'other')}: {NO_WORSE}")
    reasons = [f"{names_words(names, _NAMES_SHOWN)}: {why}" for why, names in reasons_of(row.groups)]
    if len(reasons) > _NAMES_SHOWN + 1:
        reasons[_NAMES_SHOWN:] = [counted(len(reasons) - _NAMES_SHOWN, "more reason")]
    cells = ([row.words], switches, hosts or ["as before"], reasons)
    return "| " + " | ".join("<br>".join(map(escaped, cell)) for cell in cells) + " |"
