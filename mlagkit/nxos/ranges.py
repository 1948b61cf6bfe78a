"""Ranges of interfaces at the head of a stanza: ``interface Ethernet1/1-2, Ethernet1/5``."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from mlagkit.values import InterfaceName

_HEAD = re.compile(r"(?i)interface\s+(.*[,-].*)")
_RUN = re.compile(r"(.*?)(\d+)\s*-\s*(?:.*[/.])?(\d+)\Z")


@functools.lru_cache(maxsize=4096)
def members(head: str) -> tuple[str, ...]:
    """The heads that a range stands for, one each; () for a head that is no range."""
    match = _HEAD.match(head)
    if not match:
        return ()
    try:
        return tuple(f"interface {name}" for name in _names(match[1]))
    except ValueError:
        return ()


def _names(text: str) -> Iterator[InterfaceName]:
    for part in text.split(","):
        run = _RUN.match(part.strip())
        if not run:
            yield InterfaceName.parse(part)
            continue
        for number in range(int(run[2]), int(run[3]) + 1):
            yield InterfaceName.parse(f"{run[1]}{number}")
