"""Hosts that fare alike in a scenario."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mlagkit.report.document import Document
from mlagkit.report.drill.fate import Fate, fate_of, fate_words, seconds_rank


@dataclass(frozen=True, slots=True)
class Group:
    """Hosts that fare alike: ``reasons`` are their names by why it is so."""

    fate: Fate
    words: str
    reasons: Mapping[str, Sequence[str]]
    longest: tuple[float, float]

    @property
    def names(self) -> list[str]:
        """All of them, in order."""
        return sorted(name for names in self.reasons.values() for name in names)


def groups_of(hosts: Mapping[str, Document]) -> tuple[Group, ...]:
    """The hosts that notice something, those together that fare alike, the worst first."""
    found: dict[tuple[Fate, str], dict[str, list[str]]] = {}
    longest: dict[tuple[Fate, str], tuple[float, float]] = {}
    for name, host in hosts.items():
        key = fate_of(host), fate_words(host)
        found.setdefault(key, {}).setdefault(host["why"], []).append(name)
        longest[key] = seconds_rank(host["seconds"])
    groups = [
        Group(fate, words, reasons, longest[fate, words])
        for (fate, words), reasons in found.items()
        if fate is not Fate.UNAFFECTED
    ]
    return tuple(sorted(groups, key=lambda group: (group.fate.rank, *(-each for each in group.longest), group.words)))


def reasons_of(groups: Iterable[Group]) -> list[tuple[str, list[str]]]:
    """Why hosts of some groups fare so: each reason once with the names of its hosts."""
    found: dict[str, list[str]] = {}
    for group in groups:
        for why, names in group.reasons.items():
            found.setdefault(why, []).extend(names)
    return [(why, sorted(names)) for why, names in found.items() if why]
