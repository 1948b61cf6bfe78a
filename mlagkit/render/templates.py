"""The templates: where they are found, and what no value that they print may hold."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mlagkit.shipped import shipped

if TYPE_CHECKING:
    from jinja2 import Environment

_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class InvisibleCharacter(ValueError):
    """A value holds a character that would begin a new line, or mean something to a terminal."""

    def __init__(self, value: str) -> None:
        super().__init__(f"{value!r} holds a control character")
        self.value = value


def visible(value: object) -> object:
    """The value as it is; InvisibleCharacter for one that could become more than its part of a line.

    Jinja calls this with every value that it prints, so the common case comes first.
    """
    if isinstance(value, str) and not (value.isascii() and value.isprintable()) and _INVISIBLE.search(value):
        raise InvisibleCharacter(value)
    return value


def folder(platform: str) -> Path:
    """Where the templates of a platform lie that come with mlagkit."""
    return shipped("templates") / platform


@functools.cache
def shipped_templates(platform: str) -> Environment:
    """The environment of the templates that come with mlagkit, each compiled once.

    They print with nothing but loops and conditions over views that are already text, so no
    sandbox stands between them and a value: it would cost eight times as much as the printing.
    """
    from jinja2 import FileSystemLoader, StrictUndefined

    from mlagkit.render.compiled import BesideTemplates
    from mlagkit.render.direct import DirectEnvironment

    return DirectEnvironment(
        loader=FileSystemLoader(folder(platform)),
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=BesideTemplates(),
    )
