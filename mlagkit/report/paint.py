"""Colors for a terminal, and counts in words."""

from __future__ import annotations

from collections.abc import Callable

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34"}

Paint = Callable[[str, str], str]
"""``paint("red", text)``: the text as a terminal shows it in that color."""


def colored(style: str, text: str) -> str:
    """The text in that color."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if text else text


def plain(style: str, text: str) -> str:  # noqa: ARG001  # the same shape as `colored`
    """The text as it is."""
    return text


def paint(color: bool) -> Paint:
    """The one of the two that was asked for."""
    return colored if color else plain


def counted(number: int, noun: str) -> str:
    """The number with its noun in the right form: ``1 line``, ``2 switches``."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun}{'es' if noun.endswith(('ch', 's', 'x')) else 's'}"
