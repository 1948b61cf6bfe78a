"""NX-OS text to ConfigTree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlagkit.config import COMMENT, DEEPER, VERBATIM, ConfigTree, first_line
from mlagkit.finding import Origin
from mlagkit.input_rules import input_error
from mlagkit.nxos.script import is_script, nested

_MARGIN = re.compile(r"\n(?! )(?!\t)")  # found faster than behind one test for both
_REFUSED = ("\x01", VERBATIM, "\x04", "\x05", DEEPER)
"""Control characters that stand in no configuration; two of them are the tree's own marks."""

BANNER = re.compile(r"banner (?:motd|exec)[ \t]+(\^C|\S)")
"""How a banner begins, with its delimiter: its text goes on until that comes again."""


def parse(text: str, file: str = "") -> ConfigTree:
    """Cut a configuration into its blocks, with banners kept whole.

    Raises InputError for a text with a control character that no command can hold; NX-OS accepts none of them.
    """
    for mark in _REFUSED:
        if mark in text:
            line = text[: text.index(mark)].count("\n") + 1
            raise input_error("IN07", f"the text holds {mark!r}", Origin(file, line))
    tree = ConfigTree(tuple(_MARGIN.split(_with_banners(text))), file)
    if is_script(tree.raws, tree.words):
        return ConfigTree(nested(tree.raws), file)
    return ConfigTree(_rejoined(tree), file) if _is_torn(tree) else tree


def _is_torn(tree: ConfigTree) -> bool:
    """Whether indented lines stand below a line at the left margin that opens no block."""
    return any(
        "\n" in raw and _is_loose(first_line(raw)) for start in ("\n", "\r", *COMMENT) for raw in tree.beginning(start)
    )


def _is_loose(head: str) -> bool:
    """Whether a line at the left margin is none that opens a block."""
    return head in ("", "\r") or head[0] in COMMENT


def _rejoined(tree: ConfigTree) -> tuple[str, ...]:
    """The blocks with those put together that a blank line or a comment at the left margin tore apart.

    The device stays in its mode over both, so what is indented behind them belongs to the block before.
    """
    whole: list[str] = []
    loose = 0
    for raw, head in zip(tree.raws, tree.heads, strict=True):
        whole.append(raw)
        loose = loose + 1 if _is_loose(head) else 0
        if loose and raw != head and len(whole) > loose:
            whole[-loose - 1 :] = ["\n".join(whole[-loose - 1 :])]
            loose = 0
    return tuple(whole)


def _with_banners(text: str) -> str:
    """The text with the line breaks in banners marked, so that none stands in two blocks or is read as commands."""
    parts: list[str] = []
    done = 0
    for start, end in _banners(text):
        parts += (text[done:start], text[start:end].replace("\n", VERBATIM))
        done = end
    return "".join((*parts, text[done:])) if parts else text


def _banners(text: str) -> Iterator[tuple[int, int]]:
    """Where each banner begins, and where its delimiter ends it."""
    at = 0 if text.startswith("banner ") else text.find("\nbanner ")
    while at >= 0:
        match = BANNER.match(text, at + (text[at] == "\n"))
        end = text.find(match[1], match.end()) if match else -1
        if match and end >= 0:
            yield match.start(), end
        at = text.find("\nbanner ", max(end, at + 1))
