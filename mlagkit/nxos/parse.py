"""NX-OS text to ConfigTree."""

from __future__ import annotations

import re

from mlagkit.config import COMMENT, DEEPER, GAP, NESTED, TABBED, VERBATIM, ConfigTree
from mlagkit.errors import InputError
from mlagkit.finding import Origin
from mlagkit.nxos.script import is_script, nested

_TORN = re.compile(f"\n[{COMMENT}][^\n{NESTED}{TABBED}]*[{NESTED}{TABBED}]")
_BANNER = re.compile(r"banner (?:motd|exec)[ \t]+(\^C|\S)")


def parse(text: str, file: str = "") -> ConfigTree:
    """Cut a configuration into its blocks, with banners kept whole.

    Raises InputError for a text with one of the control characters that the tree uses as marks;
    NX-OS accepts none of them in a command.
    """
    for mark in (NESTED, TABBED, VERBATIM, GAP, DEEPER):
        if mark in text:
            line = text[: text.index(mark)].count("\n") + 1
            raise InputError.at("IN07", "control-character", f"the text holds {mark!r}", Origin(file, line))
    if "banner " in text:
        text = _joined_banners(text)
    text = text.replace("\n ", NESTED)
    if "\t" in text:
        text = text.replace("\n\t", TABBED)
    raws = text.split("\n")
    words = {raw.partition(" ")[0] for raw in raws}
    if is_script(raws, words):
        raws = nested(raws)
    elif _is_torn(text, words):
        raws = _rejoined(raws)
    return ConfigTree(tuple(raws), file)


def _is_torn(text: str, words: set[str]) -> bool:
    """Whether something is indented behind a blank line or a comment at the left margin."""
    if any(word.lstrip("\r")[:1] in (NESTED, TABBED) for word in words):
        return True
    return any(word[:1] in COMMENT for word in words if word) and bool(_TORN.search(text))


def _rejoined(raws: list[str]) -> list[str]:
    """The blocks with those put together that a blank line or a comment at the left margin tore apart.

    The device stays in its mode over both, so what is indented behind them belongs to the block before.
    """
    whole: list[str] = []
    loose = 0
    for raw in raws:
        empty = raw in ("", "\r") or raw[0] in f"{COMMENT}{NESTED}{TABBED}" or raw.startswith(f"\r{NESTED}")
        whole.append(raw)
        loose = loose + 1 if empty else 0
        if empty and (NESTED in raw or TABBED in raw) and len(whole) > loose:
            whole[-loose - 1 :] = [GAP.join(whole[-loose - 1 :])]
            loose = 0
    return whole


def _joined_banners(text: str) -> str:
    """The text with the line breaks of each banner marked, so that its body is never read as commands."""
    kept: list[str] = []
    done = 0
    start = 0 if text.startswith("banner ") else text.find("\nbanner ") + 1
    while start or not done:
        match = _BANNER.match(text, start)
        end = text.find(match[1], match.end()) if match else -1
        if match and end >= 0:
            kept += [text[done:start], text[start:end].replace("\n", VERBATIM)]
            done = end
        start = text.find("\nbanner ", max(done, start)) + 1
        if not start:
            break
    return "".join(kept) + text[done:]
