"""Text of others inside Markdown where nothing is markup: a fence that it can't end."""

from __future__ import annotations

import re
from collections.abc import Iterable

_RUN = re.compile("`+")
_BREAK = "\u200b"  # has no width: a runner that prints the text takes no line of it for a command


def fenced(lines: Iterable[str], language: str = "text") -> str:
    """The lines as a block of code, in a fence that is longer than any run of backticks inside."""
    body = [_harmless(line) for line in lines]
    longest = max((len(run) for line in body for run in _RUN.findall(line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}{language}", *body, fence])


def _harmless(line: str) -> str:
    """The line as no workflow command of GitHub, whoever prints it into a log (``trust.md``, S13)."""
    text = line.lstrip()
    if text.startswith("::"):
        line = line.replace("::", f":{_BREAK}:", 1)
    return line.replace("##[", f"##{_BREAK}[")
