"""One sequence of events as text, step by step."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.excerpt import visible
from mlagkit.report.document import Document
from mlagkit.report.drill.fate import COLORS, Fate, fate_of, groups_of
from mlagkit.report.drill.scenarios import names_words
from mlagkit.report.drill.switches import both_lead, changes, stand_words, whole
from mlagkit.report.drill.text import (
    NARROWEST,
    WIDEST,
    broken_lines,
    hosts_words,
    legend,
    paragraph,
    reason_lines,
    summary_lines,
)
from mlagkit.report.paint import Paint, plain

_NAMES_SHOWN = 3


def steps_text(pair: Document, *, width: int = 80, paint: Paint = plain, every_row: bool = False) -> str:
    """What changes with each event, and how each host fares then."""
    return "".join(f"{line}\n" for line in _steps(pair, width, paint, every_row=every_row))


def _steps(pair: Document, width: int, paint: Paint, *, every_row: bool) -> Iterator[str]:
    yield from summary_lines(pair, width, paint)
    first, *later = pair["scenarios"]
    width = min(max(width, NARROWEST), WIDEST)
    assumed = f" ({visible(first['primary'])} is assumed to be the primary)" if first["primary"] else ""
    yield from ("", paint("bold", f"before any event{assumed}"))
    yield from _switches(first, first, width)
    yield from _hosts(first["hosts"], width, paint, every_row=every_row)
    before = first
    groups = [*groups_of(first["hosts"])]
    for number, scenario in enumerate(later, 1):
        now = _whole(scenario, first)
        yield from ("", paint("bold", visible(f"{number}. {scenario['events'][-1]}")))
        yield from _switches(before, now, width)
        yield from _hosts(now["hosts"], width, paint, every_row=every_row)
        yield from _back(before, now, width, every_row=every_row)
        groups += groups_of(now["hosts"])
        before = now
    yield ""
    yield from legend(groups, width, paint)
    yield from broken_lines(pair, width, paint)


def _whole(scenario: Document, first: Document) -> Document:
    switches = {name: whole(switch, first["switches"][name]) for name, switch in scenario["switches"].items()}
    return scenario | {"switches": switches, "hosts": first["hosts"] | scenario["hosts"]}


def _switches(before: Document, now: Document, width: int) -> Iterator[str]:
    for name, switch in now["switches"].items():
        yield from paragraph(f"  {name}: {stand_words(switch)}", width, "    ")
        for change in changes(before["switches"][name], switch):
            yield from paragraph(f"    {change}", width, "      ")
    if both_lead(now):
        yield "  both lead (dual-active)"


def _hosts(hosts: Document, width: int, paint: Paint, *, every_row: bool) -> Iterator[str]:
    for group in groups_of(hosts):
        lines = paragraph(f"  {hosts_words(group, every_row=every_row)}", width, "    ")
        yield from (paint(COLORS[group.fate], line) for line in lines)
        yield from reason_lines([group], width, paint, every_row=every_row)


def _back(before: Document, now: Document, width: int, *, every_row: bool) -> Iterator[str]:
    names = sorted(
        name
        for name, host in now["hosts"].items()
        if fate_of(host) is Fate.UNAFFECTED and fate_of(before["hosts"][name]) is not Fate.UNAFFECTED
    )
    if names:
        text = f"  as before again: {names_words(names, None if every_row else _NAMES_SHOWN)}"
        yield from paragraph(text, width, "    ")
