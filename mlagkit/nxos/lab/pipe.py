"""What stands behind ``|`` after a ``show``; other filters than these are not there.

``json-pretty``: the collection cisco.nxos asks for it first, and says that not all releases have it [likely].
``include`` takes a regular expression, ``section`` gives each line that fits with all that is indented below it: so
that collection uses both [likely].
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from mlagkit.nxos.lab import texts
from mlagkit.nxos.lab.answer import Answer, Rejected


def piped(answer: Answer, pipe: Sequence[str]) -> Answer | None:
    """The answer behind the pipe; None where there is no such filter, or no structure to print as JSON."""
    if not pipe or list(pipe) == ["no-more"]:
        return answer
    if pipe[0] in ("json", "json-pretty"):
        indent = 4 if pipe[0] == "json-pretty" else None
        return Answer(json.dumps(answer.body, indent=indent), body=answer.body) if answer.body else None
    if len(pipe) < 2:
        return None
    wanted = _pattern(" ".join(pipe[1:]))
    lines = answer.text.splitlines(keepends=True)
    if "include".startswith(pipe[0]):
        return Answer("".join(line for line in lines if wanted.search(line.rstrip("\n"))))
    if "section".startswith(pipe[0]):
        return Answer("".join(_sections(lines, wanted)))
    return None


def _pattern(typed: str) -> re.Pattern[str]:
    text = typed[1:-1] if len(typed) > 1 and typed[0] == typed[-1] and typed[0] in "'\"" else typed
    try:
        return re.compile(text)
    except re.error:
        raise Rejected(texts.INVALID, 0) from None


def _sections(lines: Iterable[str], wanted: re.Pattern[str]) -> Iterator[str]:
    inside: int | None = None
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        if inside is not None and line.strip() and indent > inside:
            yield line
            continue
        inside = indent if wanted.search(line.rstrip("\n")) else None
        if inside is not None:
            yield line
