"""How a host fares in a scenario, in one word and in a few."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

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
    if not host["connected"]:
        return Fate.CUT_OFF
    if host["partial"]:
        return Fate.PARTLY
    if any(second != 0 for second in host["seconds"]):
        return Fate.INTERRUPTED
    return Fate.DEGRADED if host["degraded"] else Fate.UNAFFECTED


def fate_words(host: Document) -> str:
    """How a host fares and for how long."""
    fate = fate_of(host)
    lasting = _lasting(host["seconds"])
    match fate:
        case Fate.CUT_OFF:
            return f"{fate} {lasting or 'until repaired'}"
        case Fate.PARTLY:
            return f"{fate} until repaired" if host["seconds"][1] is None else f"{fate} {lasting}".rstrip()
        case Fate.INTERRUPTED:
            return f"{fate} {lasting}" + (f", then {Fate.DEGRADED}" if host["degraded"] else "")
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
