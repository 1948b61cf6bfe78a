"""What a pair's change is in detail, in blocks that can be left out one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mlagkit.report.diff import diff_text
from mlagkit.report.document import Document
from mlagkit.report.drill.scenarios import names_words
from mlagkit.report.findings import origin_of
from mlagkit.report.markdown import escaped, fenced, fitting, item
from mlagkit.report.paint import counted, plain
from mlagkit.report.plan.cells import Turn, implied_words, parted, turns_of
from mlagkit.report.plan.steps import Page, rows_of, step_lines, undo_lines
from mlagkit.report.plan.summary import IMPACTS, UNCOMPARED, UNPROVEN, impact_words, uncompared_words
from mlagkit.report.review.mermaid import diagram
from mlagkit.report.review.words import error_words, start_words, stop_words

_WIDTH = 110
"""Columns of both switches side by side; what is wider is scrolled by few readers."""
_NAMED = 5
_STEPS_SHOWN = 30
_TURNS_SHOWN = 12
_STOPS_SHOWN = 12
_FOLDED = 6_000
"""Characters of findings that count no more."""
_TOLD = ("changes", "uncompared", "error")
"""What is told of a switch that was read, or was not."""


class Part(StrEnum):
    """What may be left out, in the order in which it is."""

    DIAGRAM = "diagram"
    UNDO = "undo"
    COMMANDS = "commands"
    DIFFERENCES = "differences"
    NAMES = "names of unchanged pairs"
    RESOLVED = "resolved findings"
    DRILL = "drill"
    DRIFT = "drift"
    INTENT = "intent"
    WAIVED = "waived findings"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of Markdown about one pair, or about none."""

    part: Part
    text: str
    pair: str = ""


def blocks_of(row: Document) -> Iterator[Block]:
    """All that is to be said of a pair beside its verdict, in the order in which it is read."""
    plan = row["plan"]
    steps = plan["steps"] if plan else []
    for part, text in (
        (Part.INTENT, "\n\n".join(_intent(row))),
        (Part.DRIFT, _drift(row["drift"], row["pair"]) if row["drift"] else ""),
        (Part.DIAGRAM, _diagram(row)),
        (Part.DRILL, "\n".join(_drill(row["drill"]))),
        (Part.DIFFERENCES, _differences(row)),
        (Part.COMMANDS, _commands(row, plan) if steps else ""),
        (Part.UNDO, _undo(plan) if steps else ""),
    ):
        if text:
            yield Block(part, text, row["pair"])


def _intent(row: Document) -> Iterator[str]:
    """What it is for, step by step, what it costs, and what must be allowed for it."""
    plan = row["plan"]
    if plan is None:
        return
    asked = f"{escaped(str(row['file']))} asks for, {start_words(row)}"
    yield f"What {asked}; plan `{plan['hash']}`:" if plan["steps"] else f"Nothing has to be typed for what {asked}."
    if plan["steps"]:
        yield "\n".join(_listed([_step(each) for each in rows_of(plan["steps"])], _STEPS_SHOWN, "more step"))
    if plan["stops"]:
        yield "\n".join(["**Needs permission**", "", *_listed(stop_words(plan), _STOPS_SHOWN, "more stop")])
    if plan["reloads"]:
        yield "\n".join(item(f"reload of {name}: {why}") for name, why in plan["reloads"].items())
    if plan["asks"]:
        lines = [f"{each['switch']}: {each['command']}" for each in plan["asks"]]
        yield "\n".join(["**The switch may ask back**", "", *_listed(lines, _STOPS_SHOWN, "more line")])
    if plan["unproven"]:
        lines = [f"{each['switch']}: {each['command']}" for each in plan["unproven"]]
        yield "\n".join([f"**{UNPROVEN.capitalize()}**", "", *_listed(lines, _STOPS_SHOWN, "more line")])
    if plan["uncompared"]:
        lines = [uncompared_words(each) for each in plan["uncompared"]]
        yield "\n".join([f"**{UNCOMPARED.capitalize()}**", "", *_listed(lines, _STOPS_SHOWN, "more line")])
    for title, found in (
        ("new errors at its end", plan["findings"]),
        ("waived errors at its end", plan["accepted"]),
        ("between two steps only", plan["passing"]),
    ):
        if found:
            lines = [f"{error_words(each)}{_place(each)}" for each in found]
            yield "\n".join([f"**Rules: {title}**", "", *_listed(lines, _STOPS_SHOWN, "more error")])


def _step(row: Sequence[Document]) -> str:
    costs = dict.fromkeys(
        impact_words(step["impact"], step["affected"], _NAMED) for step in row if step["impact"] in IMPACTS
    )
    by_reason: dict[str, list[str]] = {}
    for step in row:
        by_reason.setdefault(step["reason"], []).append(step["switch"])
    return "; ".join([*(f"on {' and '.join(names)}: {why}" for why, names in by_reason.items()), *costs])


def _listed(lines: Sequence[str], most: int, noun: str) -> list[str]:
    """Lines of a list, those beyond some counted."""
    shown = [item(line) for line in lines[:most]]
    left = len(lines) - len(shown)
    return [*shown, f"- … {counted(left, noun)}"] if left else shown


def _place(row: Document) -> str:
    return f" ({origin_of(row)})" if row["file"] else ""


def _drill(cells: Sequence[Document]) -> Iterator[str]:
    told, implied = parted(cells)
    turns = turns_of(told)
    if not turns:
        return
    yield from ("**What changes in the drill**", "", *_listed([*map(_turn, turns)], _TURNS_SHOWN, "more row"))
    if implied:
        yield f"- … {implied_words(implied)}"


def _turn(turn: Turn) -> str:
    why = turn.reasons[0] if turn.kind == "worse" and turn.reasons else ""
    hosts, events = names_words(turn.hosts, _NAMED), names_words(turn.events, _NAMED)
    return f"{turn.kind}: {hosts}: {turn.words}, after {events}" + (f": {why}" if why else "")


def _diagram(row: Document) -> str:
    """What is touched, as a diagram that is folded away."""
    text = diagram(row) if row["touched"] else ""
    return f"<details><summary>What is touched</summary>\n\n{text}\n\n</details>" if text else ""


def _differences(row: Document) -> str:
    """Both configurations side by side, as far as they differ."""
    if not any(switch["changes"] for switch in row["switches"].values()):
        return ""
    title = "**Both configurations, as they differ** (`<` and `>` mark what is on one side only)"
    return f"{title}\n\n{fenced(_compared(row['pair'], row['switches']), 'diff')}"


def _drift(found: Document, pair: str) -> str:
    """What would bring the switches back to the base; nothing where that is where they are."""
    if not any(key in switch and switch[key] for switch in found["switches"].values() for key in _TOLD):
        return ""
    title = "**Drift before this change**: what the switches need to be as the base says (`+` they lack, `-` they have)"
    switches = {name: switch | {"unmanaged": []} for name, switch in found["switches"].items()}
    return f"{title}\n\n{fenced(_compared(pair, switches), 'diff')}"


def _compared(pair: str, switches: Document) -> list[str]:
    """Both switches side by side, without the name of the pair, what the signs mean, and the counts."""
    lines = diff_text({"pairs": [{"pair": pair, "switches": switches}]}, width=_WIDTH).split("\n")
    signs = 1 if any(switch["changes"] for switch in switches.values()) else 0
    return [line for line in lines[1 : -2 - signs] if line]


def _page(plan: Document) -> Page:
    return Page.of(plan, _WIDTH, plain, annotate=False, every_row=False)


def _commands(row: Document, plan: Document) -> str:
    title = f"Commands, {' | '.join(row['switches'])}"
    return f"**{escaped(title)}**\n\n{fenced(step_lines(plan['steps'], _page(plan)))}"


def _undo(plan: Document) -> str:
    return f"**Undo**, from the last step to the first\n\n{fenced(undo_lines(plan['steps'], _page(plan)))}"


def names_block(names: Sequence[str]) -> Block:
    """The pairs that did not change, in one line."""
    return Block(Part.NAMES, f"{unchanged_words(names)}: {', '.join(map(escaped, names))}")


def unchanged_words(names: Sequence[str]) -> str:
    """The same without the names."""
    return f"{counted(len(names), 'pair')} unchanged"


def findings_block(part: Part, title: str, lines: Sequence[str]) -> Block:
    """Findings that count no more, folded away; as many of them as have room."""
    shown, left = fitting(lines, _FOLDED)
    more = [f"- … {left:,} more"] if left else []
    text = "\n".join([f"<details><summary>{len(lines):,} {title}</summary>\n", *shown, *more, "\n</details>"])
    return Block(part, text)
