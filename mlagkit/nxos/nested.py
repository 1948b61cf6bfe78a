"""Raw lines with what stands below each: what the accessors of unmodelled lines read."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mlagkit.nxos.noise import is_noise
from mlagkit.values import is_number

_BANNER = r"banner \S+\s+(\^C|\S)(.*)"


class Line(NamedTuple):
    """One line without its indent and with single blanks, and the lines below it in their order."""

    text: str
    below: tuple[Line, ...] = ()

    def behind(self, beginning: str) -> list[str] | None:
        """The words behind a beginning such as ``ntp server``; None for another line."""
        if self.text != beginning and not self.text.startswith(f"{beginning} "):
            return None
        return self.text[len(beginning) :].split()

    def flat(self) -> Iterator[str]:
        """The line, and those below it with the line in front of them."""
        yield self.text
        for line in self.below:
            yield from (f"{self.text} / {text}" for text in line.flat())


_Open = tuple[int, str, list[Line]]
"""A line that deeper ones still belong to: its indent, its text, what stands below it so far."""


@functools.lru_cache(maxsize=1024)  # many rules ask for the lines of one switch, one after the other
def lines_of(texts: tuple[str, ...]) -> tuple[Line, ...]:
    """The lines as a tree by their indent; without comments, and without the body of a banner."""
    top: list[Line] = []
    stack: list[_Open] = [(-1, "", top)]
    for text in _commands(texts):
        indent = len(text) - len(text.lstrip())
        _close(stack, indent)
        stack.append((indent, " ".join(text.split()), []))
    _close(stack, 0)
    return tuple(top)


def found(lines: Iterable[Line], beginning: str) -> Iterator[list[str]]:
    """The words behind a beginning, of every line that has it."""
    for line in lines:
        words = line.behind(beginning)
        if words is not None:
            yield words


def has(lines: Iterable[Line], *beginnings: str) -> bool:
    """Whether some line has one of the beginnings."""
    return any(line.behind(beginning) is not None for line in lines for beginning in beginnings)


def number(words: Sequence[str]) -> int | None:
    """The first word as a number, None where it is none."""
    return int(words[0]) if words and is_number(words[0]) else None


def blocks(lines: Iterable[Line], beginning: str) -> Iterator[tuple[list[str], tuple[Line, ...]]]:
    """The words behind a beginning and the lines below, of every line that has it."""
    for line in lines:
        words = line.behind(beginning)
        if words is not None:
            yield words, line.below


def _close(stack: list[_Open], indent: int) -> None:
    """Finish every open line that is indented as far, or further."""
    while stack[-1][0] >= indent:
        _, text, below = stack.pop()
        stack[-1][2].append(Line(text, tuple(below)))


def _commands(lines: Iterable[str]) -> Iterator[str]:
    """The lines that are commands: what stands inside a banner only looks like some."""
    end = ""
    for line in lines:
        text = line.strip()
        banner = re.match(_BANNER, text) if text.startswith("banner ") else None
        if end:
            end = "" if end in text else end
        elif banner:
            end = "" if banner[1] in banner[2] else banner[1]
        elif text and not is_noise(text):
            yield line
