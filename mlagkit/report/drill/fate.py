"""How hosts fare in a scenario, in one word or in a few, each by itself or with those that fare alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from mlagkit.report.document import Document


class Fate(StrEnum):
    """What becomes of a host, the worst first."""

    CUT_OFF = "cut off"
    PARTLY = "partly cut off"
    INTERRUPTED = "interrupted"
    DEGRADED = "degraded"
    UNAFFECTED = "unaffected"

    @property
    def rank(self) -> int:
        """Its place in the order, from the worst."""
        return _ORDER[self]


_ORDER = {fate: place for place, fate in enumerate(Fate)}
MEANINGS = {
    Fate.CUT_OFF: "no path is left",
    Fate.PARTLY: "some of its links are up and lead nowhere, so that a part of its flows is lost",
    Fate.INTERRUPTED: "no path for as long as it says",
    Fate.DEGRADED: "connected, but not all of its links work",
}
COLORS = {Fate.CUT_OFF: "red", Fate.PARTLY: "red", Fate.INTERRUPTED: "yellow", Fate.DEGRADED: "blue"}

Seconds = Sequence[float | None]
"""Best and worst, as in ``mlagkit.drill/1``: None for as long as nobody repairs it."""


def fate_of(host: Document) -> Fate:
    """The one word for how a host fares."""
    return _fate(*_said(host))


def fate_words(host: Document) -> str:
    """How a host fares and for how long."""
    return _fate_words(*_said(host))


def _said(host: Document) -> _Said:
    best, worst = host["seconds"]
    return host["connected"], host["partial"], best, worst, host["degraded"]


_Said = tuple[bool, bool, float | None, float | None, bool]
"""What decides how a host fares: few of these are different, and many hosts are asked about."""


@cache
def _fate(connected: bool, partial: bool, best: float | None, worst: float | None, degraded: bool) -> Fate:
    if not connected:
        return Fate.CUT_OFF
    if partial:
        return Fate.PARTLY
    if best != 0 or worst != 0:
        return Fate.INTERRUPTED
    return Fate.DEGRADED if degraded else Fate.UNAFFECTED


@cache
def _fate_words(connected: bool, partial: bool, best: float | None, worst: float | None, degraded: bool) -> str:
    fate = _fate(connected, partial, best, worst, degraded)
    lasting = _lasting((best, worst))
    match fate:
        case Fate.CUT_OFF:
            return f"{fate} {lasting or 'until repaired'}"
        case Fate.PARTLY:
            return f"{fate} until repaired" if worst is None else f"{fate} {lasting}".rstrip()
        case Fate.INTERRUPTED:
            return f"{fate} {lasting}" + (f", then {Fate.DEGRADED}" if degraded else "")
        case _:
            return fate


def badness(host: Document) -> tuple[int, tuple[float, float]]:
    """Sorts a host that fares worse behind one that fares better."""
    return -fate_of(host).rank, seconds_rank(host["seconds"])


def seconds_words(seconds: Seconds) -> str:
    """A time: ``1-8 s``, ``until repaired``; ``0 s`` where there is none."""
    best, worst = seconds
    if best is None:
        return "until repaired"
    if worst is None:
        return f"{best:g} s, at worst until repaired" if best else "at worst until repaired"
    return f"{best:g} s" if best == worst else f"{best:g}-{worst:g} s"


def seconds_rank(seconds: Seconds) -> tuple[float, float]:
    """Sorts the longer time behind the shorter one."""
    best, worst = (float("inf") if second is None else second for second in seconds)
    return worst, best


def _lasting(seconds: Seconds) -> str:
    """How long, behind what it is that lasts; empty where it does not."""
    if not any(second != 0 for second in seconds):
        return ""
    words = seconds_words(seconds)
    return words if seconds[1] is None and not seconds[0] else f"for {words}"


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
