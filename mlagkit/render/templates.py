"""The templates: where they are found, which of one's own can be used, and what no value that they print may hold."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection
from os.path import isdir
from pathlib import Path
from typing import TYPE_CHECKING

from mlagkit.errors import InputError
from mlagkit.finding import Finding, Origin
from mlagkit.input_rules import input_error, input_finding
from mlagkit.shipped import shipped
from mlagkit.source import nearest

if TYPE_CHECKING:
    from jinja2 import Environment

_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_NO_TEXT = re.compile("[\udc80-\udcff]")


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


def check_own(folder: Path, names: Collection[str]) -> None:
    """InputError for a folder of templates of one's own that is none, and for a file in it that can do nothing.

    That is no text, or has the name of no section while no other template of the folder speaks of it.
    """
    if not isdir(folder):
        raise input_error("IN11", "is no folder with templates", Origin(str(folder)))
    files = sorted(folder.glob("*.j2"))
    texts = {file: file.read_text("utf-8", "surrogateescape") for file in files}
    findings = [
        _is_no_text(file, text[: byte.start()]) for file, text in texts.items() if (byte := _NO_TEXT.search(text))
    ]
    findings += [
        _does_nothing(file, names)
        for file in files
        if file.name not in names and not any(file.name in text for other, text in texts.items() if other != file)
    ]
    if findings or not files:
        empty = input_finding("IN27", f"holds no template: {', '.join(sorted(names))}", Origin(str(folder)))
        raise InputError(findings or [empty])


def _is_no_text(file: Path, before: str) -> Finding:
    return input_finding("IN27", "the template is no UTF-8", Origin(str(file), before.count("\n") + 1))


def _does_nothing(file: Path, names: Collection[str]) -> Finding:
    meant = nearest(file.name, names)
    hint = f"did you mean {meant}?" if meant else f"there are {', '.join(sorted(names))}"
    return input_finding("IN27", f"no section has a template of this name; {hint}", Origin(str(file)), fix=meant or "")


@functools.cache
def shipped_templates(platform: str) -> Environment:
    """The environment of the templates that come with mlagkit, each compiled once.

    They print with nothing but loops and conditions over views that are already text, so no
    sandbox stands between them and a value: it would cost eight times as much as the printing.
    """
    from jinja2 import FileSystemLoader, StrictUndefined

    from mlagkit.render.compiled import BesideTemplates, DirectEnvironment

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
