"""NX-OS text to ConfigTree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress, count, repeat

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
    tree = ConfigTree(tuple(_with_banners(_MARGIN.split(text))), file)
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


def _with_banners(raws: Sequence[str]) -> Sequence[str]:
    """The blocks with each banner in one, its line breaks marked: none of its lines is a block or a command."""
    parts: list[str] = []
    done = 0
    for first in compress(count(), map(str.startswith, raws, repeat("banner "))):
        match = BANNER.match(raws[first]) if first >= done else None  # else it stands in another one
        if match is None:
            continue
        text = "\n".join(raws[first:])
        end = text.find(match[1], match.end())
        if end < 0:
            continue
        parts += raws[done:first]
        done, size = first + 1, len(raws[first])
        while size <= end:
            size += 1 + len(raws[done])
            done += 1
        parts.append(text[:end].replace("\n", VERBATIM) + text[end:size])
    return [*parts, *raws[done:]] if done else raws
