"""Showing a line of somebody's file: whatever it holds, a terminal only ever gets harmless characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from mlagkit.finding import Origin

WIDTH = 100
"""Columns of a source line that are shown; what is longer is cut around the place."""

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})  # controls, bidi marks, surrogates, line separators


def visible(text: str, limit: int | None = None) -> str:
    r"""The text with every control, invisible or text-reordering character as an escape (``\x1b``).

    ``limit`` is in characters; what is cut off shows as an ellipsis.
    """
    cut = text if limit is None or len(text) <= limit else text[: limit - 1] + "…"
    if cut.isascii() and cut.isprintable():
        return cut
    return "".join(_escaped(char) for char in cut)


def excerpt(origin: Origin, sources: Mapping[str, str]) -> str:
    """The source line of ``origin`` and a caret below its column; empty if the file's text isn't in ``sources``.

    ``sources`` maps the file names that origins use to texts. Lines end at a newline only, as origins count them.
    """
    text = sources.get(origin.file)
    line = None if text is None else _line(text, origin.line)
    if line is None:
        return ""
    before, after = line[: origin.column - 1], line[origin.column - 1 :]
    if len(line) > WIDTH:
        before, after = _cut(before, after)
    number = str(origin.line)
    pad = " " * _columns(visible(before))
    return f"  {number} | {visible(before)}{visible(after)}\n  {' ' * len(number)} | {pad}^"


def _line(text: str, number: int) -> str | None:
    start = 0
    for _ in range(number - 1):
        start = text.find("\n", start) + 1
        if not start:
            return None
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)].removesuffix("\r")


def _cut(before: str, after: str) -> tuple[str, str]:
    room = WIDTH // 2
    if len(after) < room:
        room = WIDTH - len(after)
    if len(before) > room:
        before = "…" + before[len(before) - room + 1 :]
    rest = WIDTH - len(before)
    return before, after if len(after) <= rest else after[: rest - 1] + "…"


def _escaped(char: str) -> str:
    if unicodedata.category(char) not in _HIDDEN:
        return char
    return char.encode("unicode_escape").decode("ascii")


def _columns(text: str) -> int:
    # Asian wide characters take two columns of a terminal, combining marks none.
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)
