"""Ranges at the head of a stanza: ``interface Ethernet1/1-2, Ethernet1/5``, ``member vni 10010-10012``."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from mlagkit.values import InterfaceName, is_number

_HEAD = r"(?i)interface\s+(.*[,-].*)"
_VNIS = r"(?i)(member vni) (\d[\d,-]*)((?: associate-vrf)?)"
_RUN = r"(.*?)([0-9]{1,10})\s*-\s*(?:.{0,60}[/.])?([0-9]{1,10})\Z"

_LONGEST = 4096
"""No kind of interface has more under one number: that many port-channels and VLANs there are, and VLANs have VNIs."""


@functools.lru_cache(maxsize=4096)
def members(mode: str, head: str) -> tuple[str, ...]:
    """The heads that a range of that mode stands for, one each; () for a head that is no range.

    A switch prints VNIs in ranges: corpus show/show-running-config-nv-overlay/genie-go.txt.
    """
    if mode == "nve":
        return _vnis(head)
    match = re.match(_HEAD, head) if mode == "" else None
    if not match:
        return ()
    try:
        return tuple(f"interface {name}" for name in _names(match[1]))
    except ValueError:
        return ()


def _vnis(head: str) -> tuple[str, ...]:
    match = re.fullmatch(_VNIS, " ".join(head.split()))
    if not match:
        return ()
    words, numbers, what = match.groups()
    found: list[int] = []
    for part in numbers.split(","):
        first, dash, last = part.partition("-")
        last = last if dash else first
        if not (is_number(first) and is_number(last)) or not 0 <= int(last) - int(first) < _LONGEST:
            return ()
        found += range(int(first), int(last) + 1)
    return tuple(f"{words} {number}{what}" for number in found)


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
