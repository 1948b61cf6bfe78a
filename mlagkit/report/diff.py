"""Differences: ``mlagkit.diff/1``, and text with both switches side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from mlagkit.compare import PairDiff, SwitchResult
from mlagkit.excerpt import visible
from mlagkit.report.document import Document
from mlagkit.report.paint import Paint, counted, plain
from mlagkit.report.tree import SYMBOLS, Line, tree_of

Mask = Callable[[str], str]
"""Takes the secrets out of a line of configuration."""

_COLORS = {"+": "green", "-": "red", "~": "yellow"}
_MEANINGS = {"+": "to add", "~": "to change", "-": "to remove", "<": "only on the left", ">": "only on the right"}
_MEANINGS["*"] = "on this switch only"
_UNPROVEN = "unproven: nobody has seen `no` take it back"
"""What stands below a line that the catalogue does not know and that goes."""
_COLUMN = 46
_REFERENCES = 3
"""Columns that one switch needs at least; with two of them and what is between, a terminal is wide enough at 98."""


def diff_document(pairs: Iterable[PairDiff], mask: Mask) -> Document:
    """The differences as ``mlagkit.diff/1``, without any secret."""
    return {
        "format": "mlagkit.diff/1",
        "pairs": [
            {
                "pair": pair.pair,
                "switches": {name: _switch(result, mask) for name, result in pair.switches.items()},
            }
            for pair in pairs
        ],
    }


def _switch(result: SwitchResult, mask: Mask) -> Document:
    if result.error is not None:
        return {"changes": [], "unmanaged": [], "uncompared": [], "fingerprint": None, "error": result.error.words}
    return {
        "changes": [
            {
                "action": change.action.value,
                "section": [mask(header) for header in change.section],
                "old": None if change.old is None else mask(change.old),
                "new": None if change.new is None else mask(change.new),
                "file": origin.file,
                "line": origin.line,
                "unproven": change.unproven,
            }
            for change, origin in result.changes
        ],
        "unmanaged": [
            {
                "section": [mask(header) for header in line.section],
                "text": mask(line.text),
                "file": result.file,
                "line": line.line,
            }
            for line in result.unmanaged
        ],
        "uncompared": list(result.uncompared),
        "fingerprint": result.fingerprint,
    }


def diff_text(document: Document, *, width: int = 80, paint: Paint = plain, every_line: bool = False) -> str:
    """Every pair's changes, what was left alone, and counts in the last line.

    Both switches stand side by side where ``width`` allows it. ``every_line`` lists what was left
    alone line by line, not only its headings.
    """
    parts: list[str] = []
    used: set[str] = set()
    for pair in document["pairs"]:
        for symbols, text in _pair(pair, width, paint):
            color = _COLORS.get(symbols[:1])
            used |= set(symbols)
            parts.append(paint(color, text) if color else text)
        parts += [*_left_alone(pair, paint, every_line=every_line), ""]
    legend = [f"{symbol} {meaning}" for symbol, meaning in _MEANINGS.items() if symbol in used]
    last = [paint("dim", "   ".join(legend))] if legend else []
    return "\n".join([*parts, *last, _counts(document, paint)]) + "\n"


Row = tuple[str, str]
"""Symbols that stand in a line, and the line."""


def _pair(pair: Document, width: int, paint: Paint) -> Iterator[Row]:
    switches: Mapping[str, Document] = pair["switches"]
    yield "", paint("bold", visible(pair["pair"]))
    for name, switch in switches.items():
        if "error" in switch:
            yield "", f"{visible(name)}: {paint('red', 'not read')}: {visible(switch['error'])}"
    read = [name for name, switch in switches.items() if "error" not in switch]
    changed = [name for name in read if switches[name]["changes"]]
    equal = [visible(name) for name in read if name not in changed]
    if equal:
        yield "", f"{' and '.join(equal)}: no differences"
    if not changed:
        return
    root = tree_of((name, change) for name in changed for change in switches[name]["changes"])
    if len(changed) == 2 and width >= 2 * (_COLUMN + 3):
        yield from _beside(root, changed, width)
    else:
        yield from _behind(root, changed, marked=len(read) == 2)


def _beside(root: Line, names: Sequence[str], width: int) -> Iterator[Row]:
    """Both switches in one line; what is on one side only is marked as `sdiff` marks it."""
    room = (width - 5) // 2
    yield "", f"{visible(names[0]):<{room}}     {visible(names[1])}"
    for depth, line in root.walk():
        sides = [name in line.switches for name in names]
        mark = " " if all(sides) or not line.action else "<" if sides[0] else ">"
        parts = (part for text in _cell(depth, line) for part in wrapped(text, room))
        for number, text in enumerate(parts):
            left, right = (text if side else "" for side in sides)
            symbols = SYMBOLS[line.action] + mark if number == 0 else "  "
            yield symbols, f"{left:<{room}}  {symbols[1]}  {right}".rstrip()


def _behind(root: Line, names: Sequence[str], *, marked: bool) -> Iterator[Row]:
    """One switch after the other; what the other one lacks is marked."""
    for name in names:
        yield "", visible(name)
        for depth, line in root.walk():
            if name not in line.switches:
                continue
            mark = "*" if marked and line.action and len(line.switches) == 1 else " "
            for number, text in enumerate(_cell(depth, line)):
                symbols = SYMBOLS[line.action] + mark if number == 0 else "  "
                yield symbols, f"{symbols[1]}{text}"


def _cell(depth: int, line: Line) -> list[str]:
    """A line as one switch shows it; what it replaces, and what nothing proves of it, stands below."""
    indent = "  " * depth
    texts = [f"{SYMBOLS[line.action]} {indent}{visible(line.text)}"]
    if line.old is not None:
        texts.append(f"  {indent}  was: {visible(line.old)}")
    if line.unproven:
        texts.append(f"  {indent}  {_UNPROVEN}")
    return texts


def wrapped(text: str, room: int) -> list[str]:
    """The text in lines of that many columns; what goes on in the next line is indented."""
    lines = [text[:room]]
    rest = text[room:]
    while rest:
        lines.append(f"      {rest[: room - 6]}")
        rest = rest[room - 6 :]
    return lines


def _left_alone(pair: Document, paint: Paint, *, every_line: bool) -> Iterator[str]:
    for name, switch in pair["switches"].items():
        if switch["uncompared"]:
            references = visible(_references(switch["uncompared"], every_line=every_line))
            yield paint("yellow", f"not compared on {visible(name)}, since the secret can't be had: {references}")
        lines = switch["unmanaged"]
        if not lines:
            continue
        yield paint("dim", f"left alone on {visible(name)}, since the intent does not declare it:")
        yield from _every(lines) if every_line else _headings(lines)


def _references(references: Sequence[str], *, every_line: bool) -> str:
    """The references to secrets; of many, as right after an import, the first ones."""
    told = references if every_line or len(references) <= _REFERENCES + 1 else references[:_REFERENCES]
    more = len(references) - len(told)
    return ", ".join(told) + (f" and {more} more; -v lists all" if more else "")


def _every(lines: Sequence[Document]) -> Iterator[str]:
    shown: tuple[str, ...] = ()
    for line in lines:
        path = (*line["section"], line["text"])
        known = 0
        while known < min(len(shown), len(path)) and shown[known] == path[known]:
            known += 1
        for depth in range(known, len(path)):
            yield f"    {'  ' * depth}{visible(path[depth])}"
        shown = path


def _headings(lines: Sequence[Document]) -> Iterator[str]:
    """The outermost line of each, with the number of the lines below it."""
    below: Counter[str] = Counter()
    for line in lines:
        head = line["section"][0] if line["section"] else line["text"]
        below[head] += bool(line["section"])
    for head, number in below.items():
        first, *more = head.split("\n")  # a banner is one line of several
        lines_below = number + len(more)
        yield f"    {visible(first)}" + (f"  (and {counted(lines_below, 'line')} below)" if lines_below else "")


def _counts(document: Document, paint: Paint) -> str:
    switches = [switch for pair in document["pairs"] for switch in pair["switches"].values()]
    actions = Counter(change["action"] for switch in switches for change in switch["changes"])
    alone = sum(len(switch["unmanaged"]) for switch in switches)
    unread = sum("error" in switch for switch in switches)
    left = f"; {counted(alone, 'line')} left alone" if alone else ""
    missing = f"; {counted(unread, 'switch')} not read" if unread else ""
    read = counted(len(switches) - unread, "switch")
    if unread == len(switches):
        return paint("red", f"{counted(unread, 'switch')} not read")
    if not actions:
        return paint("green", f"{read}: nothing differs from the intent{left}{missing}")
    parts = f"{actions['add']} to add, {actions['replace']} to change, {actions['remove']} to remove"
    return paint("bold", f"{read}: {parts}{left}{missing}")
