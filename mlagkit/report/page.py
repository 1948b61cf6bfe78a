"""The frame of a page that needs nothing else: no script, no address, and the one style that is allowed in it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from html import escape

from mlagkit.excerpt import visible

_NAMES_SHOWN = 8


def page(title: str, style: str, parts: Iterable[str]) -> str:
    """The page; ``parts`` are HTML already, the title is text."""
    # The page may use this style and nothing else, whatever a text turned out to be.
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    told = text(title)
    head = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{told}</title>\n<style>{style}</style>\n</head>\n<body>\n<h1>{told}</h1>",
    ]
    return "\n".join([*head, *parts, "</body>\n</html>"]) + "\n"


def names_text(names: Sequence[str]) -> str:
    """Names in a row; those beyond some are folded away."""
    if len(names) <= _NAMES_SHOWN + 1:
        return text(", ".join(names))
    shown, rest = (text(", ".join(some)) for some in (names[:_NAMES_SHOWN], names[_NAMES_SHOWN:]))
    return f"{shown} <details><summary>and {len(names) - _NAMES_SHOWN:,} more</summary>{rest}</details>"


def text(words: str) -> str:
    """Text that is only text, whatever it holds."""
    return escape(visible(words))
