"""What the pictures of a pair share: their measures, words at a place, and names that are short enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlagkit.report.page import text

WIDTH = 360
EDGES = (76, 284)  # of the two switches, where ports are
LINE = 14  # between two lines of words
_SHORT = {"port-channel": "Po", "Ethernet": "Eth"}


def heads(lines_of: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines above each of the two switches, its name first."""
    for at, anchor, lines in zip((4, WIDTH - 4), ("start", "end"), lines_of, strict=True):
        for number, line in enumerate(lines):
            yield label(line, at, LINE * (number + 1), "word" if number else "name", anchor)


def label(words: str, x: int, y: int, style: str, anchor: str) -> str:
    """Words at a place."""
    return f'<text class="{style}" x="{x}" y="{y}" text-anchor="{anchor}">{text(words)}</text>'


def short(interface: str) -> str:
    """The name of an interface as people write it where there is little room."""
    for long, brief in _SHORT.items():
        interface = interface.replace(long, brief)
    return interface
