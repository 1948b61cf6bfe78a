"""Verifications: ``mlagkit.verify/1``, and text with what is not as intended first."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mlagkit.errors import DeviceError
from mlagkit.excerpt import visible
from mlagkit.report.document import Document
from mlagkit.report.paint import Paint, counted, plain
from mlagkit.verify import Check, Result

_COLORS = {"not ok": "red", "not known": "yellow", "note": "blue", "ok": "green"}
_VITAL = ("roles", "domain")
"""What a pair can't be called as intended without."""
_ROOM = 10
"""Columns for the result in front of a check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """One pair: its checks, and by switch why it could not be read.

    ``worse`` are those that count where an earlier state was given, else None. ``unproven`` are by switch the commands
    whose answer came in a form that no sample of a real switch stands behind.
    """

    pair: str
    hostnames: Sequence[str]
    checks: Sequence[Check]
    errors: Mapping[str, DeviceError]
    unproven: Mapping[str, Sequence[str]]
    worse: Sequence[Check] | None = None

    @property
    def failing(self) -> Sequence[Check]:
        """What makes the exit code 1."""
        if self.worse is not None:
            return self.worse
        return [check for check in self.checks if check.result is Result.NOT_OK]


def verify_document(pairs: Iterable[Verified], shown: Sequence[str]) -> Document:
    """The verifications as ``mlagkit.verify/1``, without the checks of switches that are not shown."""
    return {"format": "mlagkit.verify/1", "pairs": [_pair(pair, shown) for pair in pairs]}


def _pair(pair: Verified, shown: Sequence[str]) -> Document:
    failing = {check.identity for check in pair.failing}
    checks = [check for check in pair.checks if check.switch is None or check.switch in shown]
    return {
        "pair": pair.pair,
        "result": _result(pair),
        "switches": {
            name: {"error": error.words if error else None, "unproven": list(pair.unproven.get(name, ()))}
            for name, error in ((name, pair.errors.get(name)) for name in pair.hostnames)
            if name in shown or error
        },
        "checks": [
            {
                "name": check.name,
                "switch": check.switch,
                "object": check.object,
                "expected": check.expected,
                "seen": check.seen,
                "result": check.result.value,
                "why": check.why,
                "advice": check.advice,
                "worse": None if pair.worse is None else check.identity in failing,
            }
            for check in checks
        ],
    }


def _result(pair: Verified) -> str:
    if pair.failing:
        return Result.NOT_OK.value
    unknown = any(check.result is Result.NOT_KNOWN and check.name in _VITAL for check in pair.checks)
    return Result.NOT_KNOWN.value if pair.errors or unknown else Result.OK.value


def verify_text(document: Document, *, width: int = 80, paint: Paint = plain, every_check: bool = False) -> str:
    """What is not as intended, what is not known, notes, and in one line what is all right; counts at the end.

    ``every_check`` lists what is all right one by one.
    """
    parts: list[str] = []
    for pair in document["pairs"]:
        for style, head, text in _rows(pair, every_check=every_check):
            parts += _wrapped(style, head, text, width, paint)
        parts.append("")
    return "\n".join([*parts, _counts(document, paint)]) + "\n"


Row = tuple[str, str, str]
"""The style of a head, the head, and the text behind it."""


def _wrapped(style: str, head: str, text: str, width: int, paint: Paint) -> Iterator[str]:
    """A row in lines of that width, the text in a column of its own."""
    indent = " " * (len(text) - len(text.lstrip()))
    lines = textwrap.wrap(text, max(width - _ROOM, 20), break_on_hyphens=False, subsequent_indent=indent)
    if not text:
        yield paint(style, head) if style else head
        return
    for number, line in enumerate(lines):
        shown = f"{head:<{_ROOM}}" if number == 0 else " " * _ROOM
        yield f"{paint(style, shown) if style and number == 0 else shown}{line}"


def _rows(pair: Document, *, every_check: bool) -> Iterator[Row]:
    yield "bold", f"{visible(pair['pair'])}: {_WORDS[pair['result']]}", ""
    for name, switch in pair["switches"].items():
        if switch["error"]:
            yield "red", "not read", f"{visible(name)}: {visible(switch['error'])}"
    fine: Counter[str] = Counter()
    told = _together(pair["checks"])
    for word in ("not ok", "not known", "note", "ok"):
        for switches, check in told:
            if _word(check) != word:
                continue
            if word == "ok" and not every_check:
                fine[check["name"]] += 1
                continue
            yield from _check(word, switches, check)
    if fine:
        yield "green", "ok", ", ".join(_times(name, number) for name, number in fine.items())
    commands = dict.fromkeys(each for switch in pair["switches"].values() for each in switch["unproven"])
    if commands:
        said = ", ".join(f"`{visible(command)}`" for command in commands)
        yield "dim", "unproven", f"no sample of a real switch stands behind the form in which this was read: {said}"


_WORDS = {"ok": "as intended", "not ok": "not as intended", "not known": "not known whether as intended"}


def _word(check: Document) -> str:
    """Under which word a check is shown: what was no better before is a note, too."""
    if check["result"] == "not ok":
        return "note" if check["worse"] is False else "not ok"
    return "note" if check["result"] == "ok" and check["why"] else str(check["result"])


def _together(checks: Sequence[Document]) -> list[tuple[list[str], Document]]:
    """The checks with the switches that they are of: what is the same on both is shown once."""
    found: dict[str, tuple[list[str], Document]] = {}
    for check in checks:
        same = repr(sorted((key, value) for key, value in check.items() if key != "switch"))
        switches, _ = found.setdefault(same, ([], check))
        if check["switch"] is not None:
            switches.append(check["switch"])
    return list(found.values())


def _check(word: str, switches: Sequence[str], check: Document) -> Iterator[Row]:
    where = f"{' and '.join(map(visible, switches))}: " if switches else ""
    seen, expected = visible(check["seen"]), visible(check["expected"])
    state = seen if check["result"] == "ok" else f"{seen}, expected {expected}" if seen else f"expected {expected}"
    yield _COLORS.get(word, ""), word, f"{where}{visible(check['object'])}: {state}"
    before = "it was no better before" if check["worse"] is False and check["result"] == "not ok" else ""
    for text in (check["why"], before, check["advice"] and f"to do: {check['advice']}"):
        if text:
            yield "", "", f"  {visible(text)}"


def _times(name: str, number: int) -> str:
    return visible(name) if number == 1 else f"{visible(name)} ({number})"


def _counts(document: Document, paint: Paint) -> str:
    checks = [check for pair in document["pairs"] for check in pair["checks"]]
    results = Counter(check["result"] for check in checks)
    unread = sum(bool(switch["error"]) for pair in document["pairs"] for switch in pair["switches"].values())
    worse = [check for check in checks if check["worse"]]
    compared = any(check["worse"] is not None for check in checks)
    is_failing = bool(worse) if compared else bool(results["not ok"])
    parts = [f"{results[word]} {word}" for word in ("ok", "not ok", "not known")]
    missing = f"; {counted(unread, 'switch')} not read" if unread else ""
    change = f"; {len(worse)} worse than before" if compared else ""
    style = "red" if is_failing or unread else "yellow" if results["not known"] else "green"
    return paint(style, f"{counted(len(checks), 'check')}: {', '.join(parts)}{change}{missing}")
