"""The small values of a switch (VLAN set, interface name, MAC, address), each read from and printed in NX-OS's form."""

from __future__ import annotations

import functools
import ipaddress
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

VLAN_MAX = 4094
"""The highest VLAN id that a list may name (802.1Q keeps 4095 for itself)."""

_MAC = r"[0-9a-f]{12}\Z"
_NAME = re.compile(r"([A-Za-z][A-Za-z-]*)\s*([0-9]{1,10}(?:/[0-9]{1,10})*(?:\.[0-9]{1,10})?)?\Z")

_DIGITS = 10
"""No number of a configuration has more, and Python refuses to read those that have thousands."""

INTERFACE_KINDS = ("Ethernet", "port-channel", "Vlan", "loopback", "mgmt", "nve", "tunnel")
"""The kinds of interface, spelled as NX-OS prints them."""


def is_number(text: str) -> bool:
    """Whether a word is a number as a device reads it: digits of ASCII, and no more of them than any number has."""
    return len(text) <= _DIGITS and text.isdecimal() and text.isascii()


def listed(numbers: Iterable[int]) -> str:
    """Numbers in the device's list form, ``1,3-5``."""
    return _spelled(_runs(numbers))


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    ids = sorted(numbers)
    first = last = ids[0] if ids else 0
    for number in ids[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    if ids:
        yield first, last


def _spelled(runs: Iterable[tuple[int, int]]) -> str:
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _at_once(text: str, lowest: int) -> set[int]:
    """The ids of a list, which is faster than part by part; none where a part is wrong."""
    try:
        ends = [*map(int, text.replace("-", ",").split(","))]
    except ValueError:
        return set()
    ids = set(ends)
    if not ALL_VLANS.issuperset(ids if lowest else ids - {0}):
        return set()
    return ids if "-" not in text else _with_runs(ids, ends, text)


def _with_runs(ids: set[int], ends: Sequence[int], text: str) -> set[int]:
    """The ids with all of each run, of which only the ``ends`` are among them; none where a run is wrong."""
    *pieces, _ = text.split("-")
    if not all("," in piece for piece in pieces[1:]):
        return set()
    for at in accumulate(piece.count(",") + 1 for piece in pieces):
        if ends[at - 1] > ends[at]:
            return set()
        ids.update(range(ends[at - 1], ends[at] + 1))
    return ids


def _run(part: str, lowest: int) -> range:
    """The ids of one part of a list, ``10`` or ``20-25``."""
    first, dash, last = part.partition("-")
    try:
        low = int(first)
        high = int(last) if dash else low
    except ValueError:
        raise ValueError(f"{part.strip()!r} is no VLAN and no range of VLANs") from None
    if not lowest <= low <= high <= VLAN_MAX:
        raise ValueError(f"{part.strip()!r} is outside {lowest}-{VLAN_MAX} or runs backwards")
    return range(low, high + 1)


class VlanSet(frozenset[int]):
    """A set of VLAN ids that reads and prints the device's list form, ``10,20-25``."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str, lowest: int = 1) -> VlanSet:
        """Read ``1,10-12`` (blanks after commas allowed); ValueError names the part that is no VLAN or range.

        ``lowest`` is the smallest id allowed: 0 for the instances of spanning tree, which share the form.
        """
        if not text.isascii() or "_" in text or "+" in text:  # of which int takes some
            raise ValueError(f"{text.strip()!r} is no list of VLANs")
        return cls(_at_once(text, lowest) or [vlan for part in text.split(",") for vlan in _run(part, lowest)])

    def ranges(self) -> Iterator[tuple[int, int]]:
        """First and last id of each run of neighbours, in order."""
        if len(self) == VLAN_MAX and 0 not in self:  # all of them, the one large set that is common
            yield 1, VLAN_MAX
            return
        yield from _runs(self)

    def __str__(self) -> str:
        return _spelled(self.ranges())

    def __repr__(self) -> str:
        return f"VlanSet.parse({str(self)!r})"


ALL_VLANS = VlanSet(range(1, VLAN_MAX + 1))
"""What a trunk carries when nothing restricts it (BF: ``switchport trunk allowed vlan`` default 1-4094)."""


class InterfaceName(str):
    """The name of an interface in the form that NX-OS prints (``Ethernet1/1``, ``port-channel10``)."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> InterfaceName:
        """Read any form that NX-OS accepts (``eth1/1``, ``port-channel 10``, ``Po10``); ValueError otherwise."""
        match = _NAME.match(text.strip())
        kind = _interface_kind(match[1].lower()) if match else None
        if not match or kind is None or match[2] is None or (kind == "mgmt" and match[2] != "0"):
            raise ValueError(f"{text!r} is no interface name")
        return cls(kind + match[2])

    @property
    def kind(self) -> str:
        """The part before the number: one of INTERFACE_KINDS."""
        return self.rstrip("0123456789/.")

    @property
    def number(self) -> str:
        """The part behind the kind: ``1/1``, ``10``, ``1/3.10``."""
        return self[len(self.kind) :]

    @property
    def order(self) -> tuple[int, tuple[int, ...]]:
        """A key that sorts names as a chassis is numbered: ``1/2`` before ``1/10``."""
        return _order(self)


@functools.lru_cache(maxsize=65536)
def _order(name: InterfaceName) -> tuple[int, tuple[int, ...]]:
    kind = name.kind
    return INTERFACE_KINDS.index(kind), tuple(map(int, name[len(kind) :].replace(".", "/").split("/")))


@functools.cache
def _interface_kind(word: str) -> str | None:
    """The one kind that the (lower-case) word abbreviates, with at least one letter as NX-OS allows."""
    hits = [kind for kind in INTERFACE_KINDS if kind.lower().startswith(word)]
    return hits[0] if len(hits) == 1 else None


def parse_mac(text: str) -> str:
    """A MAC address in NX-OS's form ``aaaa.bbbb.cccc``, from dots, colons, dashes or none; ValueError otherwise."""
    digits = re.sub(r"[.:-]", "", text.strip().lower())
    if not re.match(_MAC, digits):
        raise ValueError(f"{text!r} is no MAC address such as 0200.0000.0101")
    return ".".join(digits[at : at + 4] for at in (0, 4, 8))


def parse_prefix(text: str) -> str:
    """An address with its prefix length, ``192.0.2.1/24``, from that or ``192.0.2.1 255.255.255.0``."""
    address, _, mask = text.strip().replace(" ", "/").partition("/")
    if not mask:
        raise ValueError(f"{text!r} has no prefix length such as /24")
    if mask in _LENGTHS and _is_plain(address):
        return f"{address}/{mask}"
    return str(ipaddress.ip_interface(f"{address}/{mask}"))


def parse_address(text: str) -> str:
    """An address without a prefix length, IPv4 or IPv6, in its canonical form; ValueError otherwise."""
    address = text.strip()
    return address if _is_plain(address) else str(ipaddress.ip_address(address))


def parse_area(text: str) -> str:
    """An area of OSPF as the device prints it, ``0.0.0.0``, from that or a number; ValueError otherwise."""
    area = text.strip()
    return str(ipaddress.IPv4Address(int(area) if is_number(area) else area))


def _is_plain(address: str) -> bool:
    """Whether it is an IPv4 address in its canonical form, which is told much sooner than the library reads it."""
    octets = address.split(".")
    return len(octets) == 4 and _OCTETS.issuperset(octets)


_OCTETS = frozenset(map(str, range(256)))
_LENGTHS = frozenset(map(str, range(33)))


def in_order(names: Iterable[str]) -> list[InterfaceName]:
    """Interface names sorted as a chassis is numbered."""
    return sorted((InterfaceName(name) for name in names), key=lambda name: name.order)
