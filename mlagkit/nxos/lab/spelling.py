"""How a switch spells what was typed: VLAN lists, interface names, addresses, MACs.

The lab has its own spelling on purpose: if it shared the values of the rest of the program,
a mistake in them would look right from both sides.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

VLANS = frozenset(range(1, 4095))
"""Every VLAN that a trunk can allow (1-4094)."""

KINDS = ("Vlan", "port-channel", "nve", "Ethernet", "mgmt", "loopback", "tunnel")
"""Kinds of interface in the order in which a switch prints them (vpc-reference 7 row 3; corpus/nxos/pairs)."""

_PART = re.compile(r"([a-z-]*?)(\d[\d/.]*)(?:-([a-z-]*?)(\d[\d/.]*))?")
_MAC = re.compile(r"[0-9a-fA-F]{12}")
LIST_WIDTH = 31
"""Characters of a VLAN list on one line of a trunk: every split list seen breaks there
(cisco-network-node-utils#423 on 7.0(3)I3, ciscoconfparse#131); newer releases may not split."""


def vlan_list(text: str, least: int = 1) -> frozenset[int]:
    """The VLANs of ``1,10-12``; ValueError for anything that is no list of 1-4094; instances begin at 0."""
    return frozenset(number for run in _ranges(text, least, 4094) for number in run)


def vni_list(text: str) -> list[int]:
    """The VNIs of ``10010-10012``; ValueError for anything that is no list of them, or one of more than VLANs."""
    found = _ranges(text, 1, 16_777_214)
    if sum(map(len, found)) > len(VLANS):
        raise ValueError(f"too many: {text}")
    return [number for run in found for number in run]


def _ranges(text: str, least: int, most: int) -> list[range]:
    found: list[range] = []
    for part in text.replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        if not first.isdecimal() or bool(dash) != last.isdecimal():
            raise ValueError(f"no list of numbers: {text}")
        low, high = int(first), int(last or first)
        if not least <= low <= high <= most:
            raise ValueError(f"outside {least}-{most}: {part}")
        found.append(range(low, high + 1))
    return found


def _runs(vlans: Iterable[int]) -> Iterator[str]:
    start = end = -1
    for vlan in [*sorted(vlans), -1]:
        if start >= 0 and vlan == end + 1:
            end = vlan
            continue
        if start >= 0:
            yield str(start) if start == end else f"{start}-{end}"
        start = end = vlan


def vlan_text(vlans: Iterable[int]) -> str:
    """``1,10-12``: ascending, neighbours as ranges."""
    return ",".join(_runs(vlans))


def vlan_rows(vlans: Iterable[int], width: int = LIST_WIDTH) -> list[str]:
    """The same list cut at ``width`` characters, as the first line and its ``add`` lines hold it."""
    rows = [""]
    for run in _runs(vlans):
        grown = f"{rows[-1]},{run}" if rows[-1] else run
        if len(grown) > width and rows[-1]:
            rows.append(run)
        else:
            rows[-1] = grown
    return rows


@dataclass(frozen=True, slots=True)
class InterfaceName:
    """One interface: its kind as a switch prints it, and its numbers as text (``1/10.5``)."""

    kind: str
    number: str

    def __str__(self) -> str:
        return f"{self.kind}{self.number}"

    @property
    def order(self) -> tuple[int, ...]:
        """Place among the interfaces: by kind, then by numbers, not by letters."""
        return (KINDS.index(self.kind), *(int(part) for part in re.findall(r"\d+", self.number)))


def _kind(typed: str) -> str:
    """The kind that an abbreviation means: ``e``, ``po``, ``lo``; the first in KINDS where several do."""
    for kind in KINDS:
        if typed and kind.lower().startswith(typed):
            return kind
    raise ValueError(f"no kind of interface: {typed}")


def interface_names(typed: str) -> list[InterfaceName]:
    """Every interface of ``e1/1-4, po10`` or ``port-channel 10``; ValueError where it names none."""
    names: list[InterfaceName] = []
    kind = ""
    for part in typed.lower().replace(" ", "").split(","):
        match = _PART.fullmatch(part)
        if not match:
            raise ValueError(f"no interface: {typed}")
        kind = _kind(match[1]) if match[1] else kind
        if not kind:
            raise ValueError(f"no interface: {typed}")
        number = match[2]
        stem = number.rstrip("0123456789")
        if stem == number or (match[4] and match[4].endswith(("/", "."))):
            raise ValueError(f"no interface: {typed}")
        low = int(number.removeprefix(stem))
        high = int(match[4].rpartition("/")[2]) if match[4] else low
        names.extend(InterfaceName(kind, f"{stem}{last}") for last in range(low, high + 1))
    return names


def address(value: str) -> str:
    """``10.0.0.1 255.255.255.0 tag 5`` as ``10.0.0.1/24 tag 5`` (vpc-reference 7 row 16)."""
    words = value.split()
    if len(words) < 2 or "/" in words[0] or words[1].count(".") != 3:
        return value
    try:
        length = ipaddress.IPv4Network(f"0.0.0.0/{words[1]}").prefixlen
    except ValueError:
        return value
    return " ".join([f"{words[0]}/{length}", *words[2:]])


def mac(value: str) -> str:
    """Any of the usual forms as ``aaaa.bbbb.cccc`` (vpc-reference 7 row 16)."""
    digits = re.sub(r"[.:-]", "", value)
    if not _MAC.fullmatch(digits):
        return value
    low = digits.lower()
    return f"{low[:4]}.{low[4:8]}.{low[8:]}"


def channel(value: str) -> str:
    """``force`` is never stored and ``mode on`` is hidden (vpc-reference 2.3, ``channel-group``)."""
    words = [word for word in value.split() if word != "force"]
    return " ".join(words[:1] if words[1:] == ["mode", "on"] else words)


def vlans(value: str) -> str:
    """A VLAN list in its canonical form; anything else unchanged."""
    try:
        return vlan_text(vlan_list(value))
    except ValueError:
        return value


SPELLINGS = {"address": address, "mac": mac, "channel": channel, "vlans": vlans}
"""What a row of the table may name as its spelling."""
