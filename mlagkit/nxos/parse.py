"""NX-OS text to ConfigTree."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mlagkit.config import COMMENT, DEEPER, VERBATIM, ConfigTree, first_line
from mlagkit.finding import Origin
from mlagkit.input_rules import input_error
from mlagkit.nxos.script import is_script, nested

_MARGIN = re.compile(r"\n(?! )(?!\t)")  # found faster than behind one test for both
_ODD = "!#\n\rb"
"""What those blocks begin with that need not end where the next line stands at the left margin."""

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
    raws = _MARGIN.split(text)
    odd = [raw for raw in filter(None, raws) if raw[0] in _ODD]
    torn = any("\n" in raw and _is_loose(first_line(raw)) for raw in odd)
    banners = [raw for raw in odd if raw.startswith("banner ")]
    tree = ConfigTree(tuple(_with_banners(text, raws, banners) if banners else raws), file)
    if is_script(tree.raws, tree.words):
        return ConfigTree(nested(tree.raws), file)
    return ConfigTree(_rejoined(tree), file) if torn else tree


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


def _with_banners(text: str, raws: list[str], banners: Iterable[str]) -> list[str]:
    """The blocks with each banner in one, its line breaks marked so that its body is never read as commands.

    ``banners`` are the blocks that begin like one, in their order.
    """
    whole: list[str] = []
    done = start = 0  # how many blocks are done with, and where in the text the next one begins
    at = -1
    for banner in banners:
        at = raws.index(banner, at + 1)
        if at < done:
            continue  # a line of the banner before
        whole += raws[done:at]
        start += sum(map(len, raws[done:at])) + at - done
        done = at
        match = BANNER.match(text, start)
        end = text.find(match[1], match.end()) if match else -1
        if end < 0:
            continue
        stop = start - 1
        while stop <= end:
            stop += 1 + len(raws[done])
            done += 1
        whole.append(text[start:end].replace("\n", VERBATIM) + text[end:stop])
        start = stop + 1
    return whole + raws[done:]
