"""The table: what the client scripts said, a row per operation."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields

RESULTS = ("ok", "refused", "failed", "not available")
"""``refused``: the emulated switch gives no answer since no source says what a real one answers."""


@dataclass(frozen=True, slots=True)
class Row:
    """One operation of one client; ``remark`` says how long it took, or why it has another result than ok."""

    client: str
    version: str
    operation: str
    result: str
    remark: str


def read(lines: Iterable[str]) -> list[Row]:
    """The rows of a script's output; ValueError for a line that is none, so that nothing is lost."""
    rows = []
    for line in lines:
        said = json.loads(line)
        if not isinstance(said, dict) or set(said) != {field.name for field in fields(Row)}:
            raise ValueError(f"no operation: {line.strip()}")
        row = Row(**said)
        if row.result not in RESULTS:
            raise ValueError(f"no result: {line.strip()}")
        rows.append(row)
    return rows


def written(rows: Sequence[Row]) -> str:
    """The table in Markdown, which can be read in a terminal, too; and the count of each result."""
    cells = [tuple(field.name for field in fields(Row)), *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    lines = [_line(line, widths) for line in cells]
    rule = "|".join(["", *("-" * (width + 2) for width in widths), ""])
    return "\n".join([lines[0], rule, *lines[1:], "", f"{summary(rows)}.", ""])


def summary(rows: Iterable[Row]) -> str:
    """``60 ok, 3 refused``: how often each result came."""
    counts = Counter(row.result for row in rows)
    return ", ".join(f"{counts[result]} {result}" for result in RESULTS if counts[result]) or "nothing was done"


def _cells(row: Row) -> tuple[str, ...]:
    return tuple(cell.replace("|", "\\|") for cell in astuple(row))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return f"| {' | '.join(map(str.ljust, cells, widths))} |"
