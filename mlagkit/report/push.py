"""What a push does, line by line as it happens, and how it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from mlagkit.excerpt import visible
from mlagkit.push.engine import Outcome
from mlagkit.push.journal import Line
from mlagkit.report.paint import Paint

_SAYS: Mapping[str, Callable[[Line], str]] = {
    "begin": lambda line: f"run {line['run']}",
    "resumed": lambda line: f"run {line['run']} again",
    "read": lambda _: "reading both switches",
    "plan": lambda line: f"plan {str(line['hash'])[:12]}, {line['steps']} steps",
    "checkpoint": lambda _: "checkpoint",
    "arm": lambda line: f"timer: it goes back by itself at {str(line['at'])[11:16]} of its clock",
    "level": lambda line: f"safety level: {line['level']}",
    "step": lambda line: f"step {line['step']}: {line['reason']}",
    "gate": lambda line: f"{line['holds']}",
    "wait": lambda line: f"waiting up to {line['seconds']} s for: {line['misses']}",
    "put": lambda line: f"whole configuration to {line['file']}",
    "replace": lambda line: f"replaced; without a commit it goes back at {str(line['due'])[11:16]} UTC",
    "commit": lambda _: "commit",
    "verified": lambda _: "as planned, and no worse than before",
    "beside": lambda line: f"changed beside the plan: {line['what']}",
    "disarm": lambda _: "timer off",
    "save": lambda _: "saving",
    "fault": lambda line: f"{line['what']}",
    "back": lambda _: "going back",
    "left": lambda line: f"left behind: {line['what']}",
}
"""What a reader is told of an event; the others are for the journal."""
_COLORS = {"fault": "red", "back": "yellow", "wait": "yellow", "verified": "green", "beside": "yellow"}
_ROOM = 12


def push_line(line: Line, paint: Paint, *, many: bool = False) -> str | None:
    """One line for a reader, None for what only the journal is for; of ``many`` pairs each line names its own."""
    event = str(line["event"])
    if event not in _SAYS:
        return None
    time, switch = str(line.get("time", ""))[11:19], str(line.get("switch", ""))
    text = visible(_SAYS[event](line))
    if switch and text.startswith(f"{switch}: "):
        text = text.removeprefix(f"{switch}: ")
    color = _COLORS.get(event)
    pair = f"{visible(str(line.get('pair', ''))):<{_ROOM}}  " if many else ""
    return f"{time:<8}  {pair}{visible(switch):<{_ROOM}}  {paint(color, text) if color else text}\n"


def outcome_text(pair: str, outcome: Outcome, paint: Paint) -> str:
    """How it ended, and what a person has to do."""
    return "\n".join(_lines(pair, outcome, paint)) + "\n"


def _lines(pair: str, outcome: Outcome, paint: Paint) -> Iterator[str]:
    because = f": {visible(outcome.cause)}" if outcome.cause else ""
    if outcome.idle:
        yield f"{pair}: nothing has to change on either switch"
    elif outcome.is_done:
        yield paint("green", f"{pair}: done: both switches are as planned, and have saved it")
    elif outcome.is_taken_back:
        yield paint("yellow", f"{pair}: taken back: both switches are as before{because}")
    else:
        yield paint("red", f"{pair}: NOT as planned{because}")
    for name, stand in outcome.stands.items():
        if stand.advice or not (outcome.is_done or outcome.is_taken_back):
            yield f"  {visible(name)} is {stand.standing.value}"
            yield from (f"    {visible(advice)}" for advice in stand.advice)
    yield from (f"  not well: {visible(each)}" for each in outcome.amiss)
    if outcome.unrecorded:
        yield f"  a part of it is not in the journal: {visible(outcome.unrecorded)}"
