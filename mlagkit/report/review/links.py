"""The touched links of a pair as they are drawn: those that change alike once, each with the worst that they suffer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mlagkit.nxos.catalogue import Impact
from mlagkit.plan.impact import EVERYBODY
from mlagkit.report.document import Document
from mlagkit.report.drill.scenarios import names_words
from mlagkit.report.paint import counted
from mlagkit.values import VlanSet

BETWEEN = ("peer-link", "keepalive")
"""What joins the switches; the other links lead away from them."""

IMPACT_ORDER = [Impact.OUTAGE.value, Impact.BRIEF.value, Impact.NONE.value]
"""From the worst on."""

_LINES_SHOWN = 6
_SIGNS = {"new": "+", "gone": "-", "changed": "~"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """Links that are drawn as one: their names, what becomes of their ends by hostname, and the worst impact."""

    kind: str
    names: tuple[str, ...]
    ends: Mapping[str, Document]
    impact: str

    @property
    def name(self) -> str:
        """The name, or how many there are."""
        if len(self.names) == 1:
            return self.names[0]
        return counted(len(self.names), "vPC" if self.kind == "vpc" else "link")

    @property
    def words(self) -> str:
        """What becomes of them, once where both ends do alike."""
        told: dict[str, list[str]] = {}
        for switch, end in self.ends.items():
            if words := end_words(end):
                told.setdefault(words, []).append(switch)
        alike = len(told) == 1 and len(next(iter(told.values()))) == len(self.ends)
        return "; ".join(words if alike else f"{words} on {' and '.join(names)}" for words, names in told.items())


def end_words(end: Document) -> str:
    """What becomes of one end: nothing is said of one that stays as it is."""
    if end["what"] in ("new", "gone", "same"):
        return "" if end["what"] == "same" else str(end["what"])
    vlans = [f"{sign} {_vlans(end[key])}" for sign, key in (("+", "gains"), ("-", "loses")) if end[key]]
    return ", ".join(vlans) or "changed"


def _vlans(text: str) -> str:
    return f"VLAN{'s' if ',' in text or '-' in text else ''} {text}"


def sign_lines(switch: Document) -> list[str]:
    """What changes on a switch beside its links: VLANs with their sign, then other settings by their heading."""
    vlans = [f"{sign} {_vlans(switch['vlans'][what])}" for what, sign in _SIGNS.items() if switch["vlans"][what]]
    return [*vlans, *(f"~ {other}" for other in switch["others"])]


def head_lines(switch: Document) -> list[str]:
    """The same where there is little room: the first few, and how many more there are."""
    lines = sign_lines(switch)
    if len(lines) <= _LINES_SHOWN:
        return lines
    return [*lines[: _LINES_SHOWN - 1], f"and {len(lines) - _LINES_SHOWN + 1:,} more"]


def drawn_links(row: Document, most: int) -> list[Drawn]:
    """The links of a pair; of more than ``most`` those that change alike are drawn as one.

    Every vPC is there besides where a step disturbs them all and none of them changes.
    """
    touched, steps = row["touched"], row["plan"]["steps"] if row["plan"] else []
    found: dict[tuple[object, ...], list[tuple[str, Document, str]]] = {}
    for link in touched["links"]:
        impact = _impact(link, steps)
        ends = tuple((switch, end["what"], end["gains"], end["loses"]) for switch, end in link["ends"].items())
        own = None if len(touched["links"]) > most else _name(link)
        found.setdefault((link["kind"], impact, ends, own), []).append((_name(link), link, impact))
    drawn = [
        Drawn(group[0][1]["kind"], tuple(name for name, _, _ in group), group[0][1]["ends"], group[0][2])
        for group in found.values()
    ]
    return [*drawn, *_every_vpc(row, drawn, steps)]


def _every_vpc(row: Document, drawn: Sequence[Drawn], steps: Sequence[Document]) -> Iterator[Drawn]:
    worst = _worst(step["impact"] for step in steps if EVERYBODY in step["affected"])
    if worst != Impact.NONE.value and not any(each.kind == "vpc" for each in drawn):
        same = {"interface": "", "what": "same", "members": [], "gains": "", "loses": ""}
        yield Drawn("vpc", (EVERYBODY,), dict.fromkeys(row["touched"]["switches"], same), worst)


def _name(link: Document) -> str:
    """The host behind it, else what it is itself."""
    if link["kind"] in BETWEEN:
        return str(link["kind"])
    own = (
        f"vPC {link['vpc']}"
        if link["vpc"] is not None
        else next(str(end["interface"]) for end in link["ends"].values())
    )
    return f"{link['host']}, {own}" if link["host"] else own


def _impact(link: Document, steps: Sequence[Document]) -> str:
    """The worst impact of the steps that disturb the link, its host or a VLAN that comes or goes on it.

    What its host bears until a link is there is borne on another one.
    """
    if link["kind"] in BETWEEN:
        return Impact.NONE.value
    names = {end["interface"] for end in link["ends"].values()}
    if any(end["what"] != "new" for end in link["ends"].values()):
        names.add(link["host"])
    if link["vpc"] is not None:
        names |= {f"vPC {link['vpc']}", EVERYBODY}
    vlans = VlanSet().union(*(_set(end[key]) for end in link["ends"].values() for key in ("gains", "loses")))
    return _worst(
        step["impact"] for step in steps if any(who in names or vlans & _named(who) for who in step["affected"])
    )


def _named(who: str) -> VlanSet:
    """The VLANs that are named as those who notice a step."""
    return _set(who.removeprefix("VLAN ")) if who.startswith("VLAN ") else VlanSet()


def _set(text: str) -> VlanSet:
    try:
        return VlanSet.parse(text) if text else VlanSet()
    except ValueError:  # somebody edited the document
        return VlanSet()


def _worst(impacts: Iterator[str]) -> str:
    return min(impacts, key=IMPACT_ORDER.index, default=Impact.NONE.value)


def what_of(drawn: Drawn) -> str:
    """What becomes of the end of which most is to be said."""
    whats = {end["what"] for end in drawn.ends.values()}
    return next((what for what in ("gone", "new", "changed") if what in whats), "same")


def told(drawn: Drawn) -> str:
    """All of it in words."""
    costs = "" if drawn.impact == Impact.NONE.value else f" ({drawn.impact})"
    return f"{names_words(drawn.names, None)}: {drawn.words or 'as before'}{costs}"
