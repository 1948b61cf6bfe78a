"""A drill as text: a summary, then the table of what hosts notice, the worst first."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from mlagkit.excerpt import visible
from mlagkit.report.document import Document
from mlagkit.report.drill.fate import COLORS, MEANINGS, Fate, Group, groups_of, reasons_of, seconds_words
from mlagkit.report.drill.rows import Row, Table, table_of
from mlagkit.report.drill.scenarios import by_depth, events_words, names_words, times_of
from mlagkit.report.drill.switches import Start, pair_words
from mlagkit.report.paint import Paint, counted, plain

_ROWS_SHOWN = 20
_NAMES_SHOWN = 3
_REASONS_SHOWN = 3
_HEADINGS = ("failure", "switches", "hosts")
_SHARES = (0.34, 0.28, 0.38)
NARROWEST, WIDEST = 60, 160
_GAP = "  "
NO_WORSE = "no worse than after a part of it"


def matrix_text(pair: Document, *, width: int = 80, paint: Paint = plain, every_row: bool = False) -> str:
    """The drill of one pair; ``every_row`` shows all rows, names and reasons."""
    width = min(max(width, NARROWEST), WIDEST)
    return "".join(f"{line}\n" for line in _matrix(pair, width, paint, every_row=every_row))


def _matrix(pair: Document, width: int, paint: Paint, *, every_row: bool) -> Iterator[str]:
    yield from summary_lines(pair, width, paint)
    table = table_of(pair, every_row=every_row)
    shown = table.rows if every_row else table.rows[:_ROWS_SHOWN]
    if shown:
        yield ""
        yield from _table(shown, Start.of(pair), width, paint, every_row=every_row)
    if left := len(table.rows) - len(shown):
        yield f"… {counted(left, 'more row')}, none worse than these; -v shows all"
    yield ""
    for line in counted_lines(pair, table, every_row=every_row):
        yield from paragraph(line, width)
    yield from legend((group for row in shown for group in row.groups), width, paint)
    yield from broken_lines(pair, width, paint)


def summary_lines(pair: Document, width: int, paint: Paint) -> Iterator[str]:
    """The name of the pair and what was found on it."""
    style = "bold" if pair["broken"] or any(groups_of(each["hosts"]) for each in pair["scenarios"]) else "green"
    for line in textwrap.wrap(visible(f"{pair['pair']}: {pair['summary']}"), width, break_on_hyphens=False):
        yield paint(style, line)


def _table(rows: Sequence[Row], start: Start, width: int, paint: Paint, *, every_row: bool) -> Iterator[str]:
    widths = [int((width - len(_GAP) * (len(_SHARES) - 1)) * share) for share in _SHARES]
    yield _line(_HEADINGS, widths)
    yield _line(["-" * column for column in widths], widths)
    for row in rows:
        cells = [
            _wrapped([visible(row.words)], widths[0]),
            _wrapped(pair_words(row.scenario, start.before(row.scenario)), widths[1]),
        ]
        hosts = [
            (line, COLORS[group.fate])
            for group in row.groups
            for line in _wrapped([hosts_words(group, every_row=every_row)], widths[2])
        ]
        if row.others:
            words = f"{counted(row.others, 'other')}: {NO_WORSE}"
            hosts += [(line, "dim") for line in _wrapped([words], widths[2])]
        for number in range(max(*map(len, cells), len(hosts))):
            left = _line([cell[number] if number < len(cell) else "" for cell in cells], widths[:2], strip=False)
            line, color = hosts[number] if number < len(hosts) else ("", "")
            yield f"{left}{_GAP}{paint(color, line)}" if line else left.rstrip()
        yield from reason_lines(row.groups, width, paint, every_row=every_row)


def _line(cells: Sequence[str], widths: Sequence[int], *, strip: bool = True) -> str:
    line = _GAP.join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True))
    return line.rstrip() if strip else line


def _wrapped(lines: Sequence[str], width: int) -> list[str]:
    """The lines of a cell; what goes on in the next line is indented."""
    return [
        part for line in lines for part in textwrap.wrap(line, width, subsequent_indent=" ", break_on_hyphens=False)
    ]


def hosts_words(group: Group, *, every_row: bool) -> str:
    """How hosts fare, and which."""
    return visible(f"{group.words}: {names_words(group.names, None if every_row else _NAMES_SHOWN)}")


def reason_lines(groups: Sequence[Group], width: int, paint: Paint, *, every_row: bool) -> Iterator[str]:
    """Why hosts fare so, each reason once with the names of the hosts."""
    told = reasons_of(groups)
    shown = told if every_row else told[:_REASONS_SHOWN]
    for why, names in shown:
        text = visible(f"{names_words(names, None if every_row else _NAMES_SHOWN)}: {why}")
        for line in textwrap.wrap(
            text, width, initial_indent="    ", subsequent_indent="      ", break_on_hyphens=False
        ):
            yield paint("dim", line)
    if left := len(told) - len(shown):
        yield paint("dim", f"    … {counted(left, 'more reason')}; -v shows all")


def counted_lines(pair: Document, table: Table, *, every_row: bool = False) -> Iterator[str]:
    """What is counted instead of listed: what is no worse than a part, what nobody notices, what is known without."""
    limit, times = None if every_row else _NAMES_SHOWN, times_of(pair)
    counts = {NO_WORSE: table.no_worse, "noticed by no host": table.quiet}
    for title, scenarios in counts.items():
        if scenarios:
            singles = [events_words(each["events"]) for each in scenarios if len(each["events"]) == 1]
            yield f"{title}: {by_depth(scenarios, times)}" + (f" ({names_words(singles, limit)})" if singles else "")
    numbers: Counter[str] = Counter()
    for each in pair["folded"]:
        if not each["events"]:
            numbers[each["because"]] += each["count"]
    for why, number in numbers.items():
        yield f"not listed: {counted(number, 'scenario')}: {why}"


def paragraph(text: str, width: int, indent: str = "  ") -> Iterator[str]:
    """The text in lines, ``indent`` before each but the first."""
    yield from textwrap.wrap(visible(text), width, subsequent_indent=indent, break_on_hyphens=False)


def legend(groups: Iterable[Group], width: int, paint: Paint) -> Iterator[str]:
    """What the words mean, those only that were used."""
    for text in meanings(groups):
        yield from (paint("dim", line) for line in paragraph(text, width))


def meanings(groups: Iterable[Group]) -> list[str]:
    """A line for each word that tells how some hosts fare."""
    told = list(groups)
    used = {group.fate for group in told}
    if any(group.words.endswith(Fate.DEGRADED) for group in told):
        used.add(Fate.DEGRADED)
    return [f"{fate}: {meaning}" for fate, meaning in MEANINGS.items() if fate in used]


def broken_lines(pair: Document, width: int, paint: Paint) -> Iterator[str]:
    """The objectives that are broken, each with the failures that break it."""
    for text in broken_words(pair):
        yield from (paint("red", line) for line in paragraph(text, width))


def broken_words(pair: Document) -> Iterator[str]:
    """A line for each objective that is broken."""
    found: dict[tuple[str, str, float], list[Document]] = {}
    for each in pair["broken"]:
        found.setdefault((each["host"], each["what"], each["limit"]), []).append(each)
    for (host, what, limit), rows in found.items():
        events = names_words([f"{events_words(row['events'])}: {seconds_words(row['seconds'])}" for row in rows], 2)
        yield f"objective broken: {host} bears {limit:g} s ({what}); {events}"
