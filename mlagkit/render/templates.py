"""The templates: where they are found, what they may do, and what no value that they print may hold."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class InvisibleCharacter(ValueError):
    """A value holds a character that would begin a new line, or reach a terminal as a command."""

    def __init__(self, value: str) -> None:
        super().__init__(f"{value!r} holds a control character")
        self.value = value


def visible(value: object) -> object:
    """The value as it is; InvisibleCharacter for one that could become more than its part of a line.

    This is what Jinja calls with every value that it prints, so the common case comes first.
    """
    if isinstance(value, str) and not (value.isascii() and value.isprintable()) and _INVISIBLE.search(value):
        raise InvisibleCharacter(value)
    return value


def shipped_folder(platform: str) -> Path:
    """The templates of a platform: inside the package where it was installed, beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "templates"
    return (inside if inside.is_dir() else package.parent / "templates") / platform


@functools.cache
def shipped(platform: str) -> Environment:
    """The environment of the templates that come with mlagkit, compiled once."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(shipped_folder(platform)),
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
