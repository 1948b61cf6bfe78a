"""Ranges at the head of a stanza: ``interface Ethernet1/1-2, Ethernet1/5``, ``member vni 10010-10012``."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from itertools import islice

from mlagkit.values import InterfaceName, is_number

_VNIS = r"(?i)(member vni) (\d[\d,-]*)((?: associate-vrf)?)"
_RUN = r"(.*?)([0-9]{1,10})\s*-\s*(?:.{0,60}[/.])?([0-9]{1,10})\Z"

_LONGEST = 4096
"""No kind of interface has more under one number: that many port-channels and VLANs there are, and VLANs have VNIs.
Nor is a list longer that a switch takes in one line."""


@functools.lru_cache(maxsize=4096)
def members(mode: str, head: str) -> tuple[str, ...]:
    """The heads that a range of that mode stands for, one each; () for a head that is no range.

    A switch prints VNIs in ranges: corpus show/show-running-config-nv-overlay/genie-go.txt.
    """
    text = " ".join(head.split())
    try:
        found = (*islice(_vnis(text) if mode == "nve" else _interfaces(text) if mode == "" else (), _LONGEST + 1),)
    except ValueError:
        return ()
    return found if len(found) <= _LONGEST else ()


def _vnis(head: str) -> Iterator[str]:
    match = re.fullmatch(_VNIS, head)
    words, numbers, what = match.groups() if match else ("", "", "")
    for part in numbers.split(","):
        first, dash, last = part.partition("-")
        last = last if dash else first
        if not (is_number(first) and is_number(last) and int(first) <= int(last)):
            raise ValueError(f"{part!r} is no VNI and no range of VNIs")
        for number in range(int(first), int(last) + 1):
            yield f"{words} {number}{what}"


def _interfaces(head: str) -> Iterator[str]:
    first, _, names = head.partition(" ")
    if first.lower() == "interface" and ("," in names or "-" in names):
        for name in _names(names):
            yield f"interface {name}"


def _names(text: str) -> Iterator[InterfaceName]:
    for part in text.split(","):
        run = re.match(_RUN, part.strip())
        if not run:
            yield InterfaceName.parse(part)
            continue
        for number in range(int(run[2]), int(run[3]) + 1):
            yield InterfaceName.parse(f"{run[1]}{number}")
