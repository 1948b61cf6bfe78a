"""What a push does, line by line as it happens, and how it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from mlagkit.excerpt import visible
from mlagkit.push.engine import Outcome
from mlagkit.push.journal import Line
from mlagkit.push.refusals import Refusal
from mlagkit.report.paint import Paint, counted
from mlagkit.report.plan.summary import UNCOMPARED

_LEVELS = {
    "timer": "each switch goes back by itself unless the push takes its timer away",
    "checkpoint": "a switch has NO TIMER: it goes back only as long as it can be reached from here",
    "none": "a switch has NO TIMER AND NO CHECKPOINT: it goes back only line by line, by the undo of the plan",
}


def _time(seconds: object) -> str:
    number = int(str(seconds))
    return f"{number} s" if number < 120 else f"{number // 60} min"


_SAYS: Mapping[str, Callable[[Line], str]] = {
    "begin": lambda line: f"run {line['run']}; times are UTC",
    "resumed": lambda line: f"run {line['run']} again; times are UTC",
    "read": lambda _: "reading both switches",
    "untold": lambda line: f"whether somebody has a configuration session open is not known: {line['what']}",
    "agreed": lambda _: "the plan was confirmed",
    "plan": lambda line: f"plan {str(line['hash'])[:12]}: {line['steps']} steps",
    "uncompared": lambda line: f"{UNCOMPARED}: {line['what']}",
    "scheduler": lambda _: "switching the scheduler on, for the timer",
    "checkpoint": lambda _: "keeping a checkpoint",
    "arm": lambda line: f"setting its timer: it goes back by itself at {str(line['at'])[11:16]} of its clock",
    "level": lambda line: f"safety level {line['level']}: {_LEVELS[str(line['level'])]}",
    "step": lambda line: f"step {line['step']}: {line['reason']}",
    "gate": lambda line: f"holds: {line['holds']}",
    "wait": lambda line: f"waiting, at most {_time(line['seconds'])} more: {line['misses']}",
    "put": lambda line: f"sending its whole configuration, as {line['file']}",
    "replace": lambda line: f"it runs that on trial: it goes back by itself at {str(line['due'])[11:16]} of our clock",
    "commit": lambda _: "ending its trial: it keeps what it runs",
    "verified": lambda _: "both run what was planned, and the pair is no worse than before",
    "beside": lambda line: f"changed meanwhile, not by this plan: {line['what']}",
    "disarm": lambda _: "taking its timer away",
    "save": lambda _: "saving",
    "fault": lambda line: f"fault: {line['what']}",
    "back": lambda _: "going back",
    "reverted": lambda _: "it went back by itself",
    "home": lambda _: "is as before",
    "dropped": lambda line: f"deleting the copies that older runs have kept here: {line['what']}",
    "left": lambda line: f"left behind: {line['what']}",
}
"""What a reader is told of an event; the others are for the journal."""
_COLORS = {
    "fault": "red",
    "back": "yellow",
    "wait": "yellow",
    "verified": "green",
    "reverted": "green",
    "home": "green",
    "beside": "yellow",
    "untold": "yellow",
    "uncompared": "yellow",
}
_QUIET = {"wait": timedelta(minutes=1), "back": timedelta(minutes=5), "fault": timedelta(minutes=5)}
"""For how long a reader is not told again that the same is waited for, tried or fails."""
_ROOM = 12


def words_of(line: Line) -> str | None:
    """What a reader is told of a line of a journal; None for what only the journal is for.

    KeyError or ValueError for one that no push of this version has written.
    """
    event = str(line["event"])
    return _SAYS[event](line) if event in _SAYS else None


class Teller:
    """What a reader is told while it happens; of ``many`` pairs each line names its own."""

    def __init__(self, paint: Paint, *, many: bool = False) -> None:
        self._paint = paint
        self._many = many
        self._told: dict[tuple[object, ...], datetime] = {}

    def line(self, line: Line) -> str | None:
        """One line for a reader; None for what only the journal is for, and for what was said a moment ago."""
        event = str(line["event"])
        if event not in _SAYS or self._is_known(event, line):
            return None
        time, switch = str(line.get("time", ""))[11:19], str(line.get("switch", ""))
        text = visible(_SAYS[event](line).replace(f"fault: {switch}: ", "fault: "))
        color = _COLORS.get(event)
        pair = f"{visible(str(line.get('pair', ''))):<{_ROOM}}  " if self._many else ""
        return f"{time:<8}  {pair}{visible(switch):<{_ROOM}}  {self._paint(color, text) if color else text}\n"

    def _is_known(self, event: str, line: Line) -> bool:
        """Whether the same was told a moment ago."""
        if event not in _QUIET or "time" not in line:
            return False
        now = datetime.fromisoformat(str(line["time"]))
        same = (event, line.get("pair"), line.get("switch"), line.get("what"), line.get("misses"))
        if same in self._told and now - self._told[same] < _QUIET[event]:
            return True
        self._told[same] = now
        return False


def outcome_text(pair: str, outcome: Outcome, paint: Paint) -> str:
    """How it ended, and what a person has to do."""
    return "\n".join(_lines(pair, outcome, paint)) + "\n"


def _lines(pair: str, outcome: Outcome, paint: Paint) -> Iterator[str]:
    pair = visible(pair)
    if outcome.idle:
        yield f"{pair}: nothing has to change on either switch"
    elif outcome.is_done:
        yield paint("green", f"{pair}: done: both switches are as planned, and have saved it")
        yield f"  the way back: mlagkit push --rollback {outcome.run}"
    elif outcome.is_taken_back:
        yield paint("yellow", f"{pair}: taken back: both switches are as before")
    else:
        yield paint("red", f"{pair}: NOT FINISHED: see how each switch stands")
    if outcome.is_done and outcome.uncompared:
        yield f"  {counted(len(outcome.uncompared), 'line')} {UNCOMPARED}"
    if outcome.cause and not outcome.is_done:
        yield f"  why: {visible(outcome.cause)}"
    for name, stand in outcome.stands.items():
        if not (outcome.is_done or outcome.is_taken_back):
            yield f"  {visible(name)}: {stand.standing.value}"
            yield from (f"    {visible(advice)}" for advice in stand.advice)
    yield from (f"  the pair is not as well as before: {visible(each)}" for each in outcome.amiss)
    if outcome.unrecorded:
        yield f"  a part of it is not in the journal: {visible(outcome.unrecorded)}"
    if not (outcome.is_done or outcome.is_taken_back):
        yield f"  journal: {visible(outcome.journal)}"
        yield "  what both ran before: in the folder of that name beside it"


def accepted_text(accepted: Sequence[Refusal]) -> str:
    """What stands against a push and was allowed, for whoever is asked whether it is carried out."""
    lines = "".join(f"  {each.permission}: {visible(each.message)}\n" for each in accepted)
    return f"\nallowed all the same:\n{lines}" if lines else ""


def refused_text(pair: str, why: str) -> str:
    """That nothing was begun, and why: for a pair, or for a run that was to be gone on with."""
    reasons = "".join(f"  {visible(line)}\n" for line in why.split("\n"))
    return f"mlagkit: {visible(pair)}: nothing was sent to either switch:\n{reasons}"
