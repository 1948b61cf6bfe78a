"""Scenarios of a drill: what they are called, how many there are, which are parts of which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations

from mlagkit.drill.event import parse_event
from mlagkit.report.document import Document
from mlagkit.report.paint import counted

_DEPTHS = {1: "single", 2: "double", 3: "triple"}

Times = Mapping[tuple[str, ...], int]
"""Events -> how many scenarios they stand for: their own, and those that are not listed since they are alike."""


def times_of(pair: Document) -> Times:
    """How many scenarios each that is listed stands for."""
    times: Counter[tuple[str, ...]] = Counter({tuple(scenario["events"]): 1 for scenario in pair["scenarios"]})
    for each in pair["folded"]:
        if each["events"]:
            times[tuple(each["events"])] += each["count"]
    return times


def number_of(scenarios: Iterable[Document], times: Times) -> int:
    """How many scenarios these stand for; one that is there for either leader is one."""
    return sum(times[events] for events in {tuple(scenario["events"]) for scenario in scenarios})


def failures(scenarios: Iterable[Document], depth: int) -> list[Document]:
    """The scenarios of so many failures, and no return."""
    return [each for each in scenarios if len(each["events"]) == depth and all(map(_is_failure, each["events"]))]


@cache
def _is_failure(words: str) -> bool:
    return not parse_event(words).up


def parts_of(events: Sequence[str]) -> Iterator[frozenset[str]]:
    """What of some events may happen alone."""
    for depth in range(1, len(events)):
        yield from map(frozenset, combinations(events, depth))


def events_words(events: Sequence[str]) -> str:
    """Events in their order."""
    return " then ".join(events) or "no event"


def depth_words(number: int, depth: int) -> str:
    """So many failures of that depth: ``34 double failures``."""
    return counted(number, f"{depth_name(depth)} failure")


def depth_name(depth: int) -> str:
    """What scenarios of so many failures are called."""
    return _DEPTHS.get(depth, f"{depth}-fold")


def by_depth(scenarios: Sequence[Document], times: Times) -> str:
    """How many scenarios there are of each depth."""
    depths = sorted({len(scenario["events"]) for scenario in scenarios})
    found = {depth: [scenario for scenario in scenarios if len(scenario["events"]) == depth] for depth in depths}
    return ", ".join(depth_words(number_of(some, times), depth) for depth, some in found.items())


def names_words(names: Sequence[str], limit: int | None) -> str:
    """Names in a row; those beyond ``limit`` are counted."""
    if limit is None or len(names) <= limit + 1:  # "and 1 more" is no shorter than a name
        return ", ".join(names)
    return f"{', '.join(names[:limit])} and {len(names) - limit:,} more"
