"""Ranges of interfaces at the head of a stanza: ``interface Ethernet1/1-2, Ethernet1/5``."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from mlagkit.values import InterfaceName

_RUN = r"(.*?)([0-9]{1,10})\s*-\s*(?:.{0,60}[/.])?([0-9]{1,10})\Z"

_LONGEST = 4096
"""No kind of interface has more under one number: that many port-channels and VLANs there are."""


@functools.lru_cache(maxsize=4096)
def members(head: str) -> tuple[str, ...]:
    """The heads that a range stands for, one each; () for a head that is no range."""
    first, _, names = " ".join(head.split()).partition(" ")
    if first.lower() != "interface" or not ("," in names or "-" in names):
        return ()
    try:
        return tuple(f"interface {name}" for name in _names(names))
    except ValueError:
        return ()


def _names(text: str) -> Iterator[InterfaceName]:
    for part in text.split(","):
        run = re.match(_RUN, part.strip())
        if not run:
            yield InterfaceName.parse(part)
            continue
        first, last = int(run[2]), int(run[3])
        if last - first >= _LONGEST:
            raise ValueError(f"{part.strip()!r} names more interfaces than a switch has")
        for number in range(first, last + 1):
            yield InterfaceName.parse(f"{run[1]}{number}")
