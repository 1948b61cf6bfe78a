"""Examinations: ``mlagkit.doctor/1``, and text with a line for each item, and what to do below it."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mlagkit.doctor.examine import Examined, Switch
from mlagkit.doctor.item import Item
from mlagkit.errors import MlagkitError
from mlagkit.excerpt import visible
from mlagkit.push.engine import Outcome
from mlagkit.pushing import result
from mlagkit.report.document import Document
from mlagkit.report.paint import Paint, counted, plain

_COLORS = {"ok": "green", "not ok": "red", "not known": "yellow"}
_ROOM = 10
"""Columns for the result in front of an item."""


@dataclass(frozen=True, slots=True)
class Proven:
    """How the proof of a pair ended, or why it was not begun."""

    ended: Outcome | MlagkitError

    @property
    def is_good(self) -> bool:
        """Whether both switches went back by themselves, and nothing is left."""
        return (
            isinstance(self.ended, Outcome)
            and self.ended.is_taken_back
            and not self.ended.cause
            and not self.ended.amiss
            and not any(stand.advice for stand in self.ended.stands.values())
        )


def doctor_document(machine: Sequence[Item], pairs: Sequence[Examined], proven: Mapping[str, Proven]) -> Document:
    """What was found as ``mlagkit.doctor/1``; ``proven`` has the pairs whose timers were to be proven."""
    return {
        "format": "mlagkit.doctor/1",
        "host": {"items": _items(machine)},
        "pairs": [_pair(pair, proven.get(pair.pair)) for pair in pairs],
    }


def _pair(pair: Examined, proven: Proven | None) -> Document:
    return {
        "pair": pair.pair,
        "items": _items(pair.items),
        "proof": _proof(proven) if proven else None,
        "switches": {name: _switch(switch) for name, switch in pair.switches.items()},
    }


def _switch(switch: Switch) -> Document:
    return {
        "error": switch.error.words if switch.error else None,
        "items": _items(switch.items),
        "level": switch.level.value if switch.level else None,
    }


def _items(items: Sequence[Item]) -> list[Document]:
    return [
        {"name": item.name, "seen": item.seen, "result": item.result.value, "advice": item.advice} for item in items
    ]


def _proof(proven: Proven) -> Document:
    ended = proven.ended
    if isinstance(ended, MlagkitError):
        return {"result": "refused", "cause": str(ended), "switches": {}}
    stands = {
        name: {"standing": stand.standing.value, "advice": list(stand.advice)} for name, stand in ended.stands.items()
    }
    cause = "; ".join([*filter(None, [ended.cause]), *ended.amiss])
    return {"result": "proven" if proven.is_good else result(ended), "cause": cause, "switches": stands}


def doctor_text(document: Document, *, width: int = 80, paint: Paint = plain) -> str:
    """This host, then each pair and its switches; counts at the end."""
    parts = [*_group("this host", document["host"]["items"], width, paint)]
    for pair in document["pairs"]:
        for name, switch in pair["switches"].items():
            parts += _group(name, switch["items"], width, paint)
        parts += _group(f"{pair['pair']}, both switches", [*pair["items"], *_proof_items(pair)], width, paint)
    return "\n".join([*parts, _counts(document, paint)]) + "\n"


def _group(title: str, items: Sequence[Document], width: int, paint: Paint) -> Iterator[str]:
    yield paint("bold", visible(title))
    for item in items:
        word = item["result"]
        head = paint(_COLORS[word], f"{word:<{_ROOM}}")
        for line in _wrapped(f"{item['name']}: {item['seen']}", width, "  "):
            yield f"{head}{line}"
            head = " " * _ROOM
        if item["advice"]:
            yield from (f"{head}{line}" for line in _wrapped(f"  to do: {item['advice']}", width, "    "))
    yield ""


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(
        visible(text), max(width - _ROOM, 20), break_on_hyphens=False, break_long_words=False, subsequent_indent=indent
    )


def _proof_items(pair: Document) -> Iterator[Document]:
    """The proof as an item of both switches."""
    proof = pair["proof"]
    if not proof:
        return
    if proof["result"] == "proven":
        yield {"name": "proof", "seen": "both went back by themselves", "result": "ok", "advice": ""}
        return
    advice = [f"{name}: {each}" for name, switch in proof["switches"].items() for each in switch["advice"]]
    seen = f"{_SAID[proof['result']]}{': ' if proof['cause'] else ''}{proof['cause']}"
    yield {"name": "proof", "seen": seen, "result": "not ok", "advice": "; ".join(advice)}


_SAID = {
    "refused": "not begun",
    "taken back": "none; both switches are as before",
    "unfinished": "none, and NOT as before",
}


def _counts(document: Document, paint: Paint) -> str:
    items = [*document["host"]["items"]]
    for pair in document["pairs"]:
        items += [*pair["items"], *_proof_items(pair)]
        items += [item for switch in pair["switches"].values() for item in switch["items"]]
    results = Counter(item["result"] for item in items)
    unread = sum(bool(switch["error"]) for pair in document["pairs"] for switch in pair["switches"].values())
    style = "red" if results["not ok"] or unread else "yellow" if results["not known"] else "green"
    missing = f"; {counted(unread, 'switch')} not read" if unread else ""
    parts = [f"{results[word]} {word}" for word in ("ok", "not ok", "not known")]
    return paint(style, f"{counted(len(items), 'item')}: {', '.join(parts)}{missing}")
