"""Access lists in raw lines, and whether one lets a packet through."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NamedTuple

from mlagkit.nxos.nested import lines_of
from mlagkit.record import record
from mlagkit.switch import Interface, Switch
from mlagkit.values import is_number

Address = IPv4Address | IPv6Address

_HEAD = r"(ip|ipv6) access-list (\S+)\Z"
_APPLIED = r"(?:ip access-group|ipv6 traffic-filter) (\S+) in\Z"
_OPERATORS = {"eq": 1, "neq": 1, "lt": 1, "gt": 1, "range": 2, "portgroup": 1}
_ALWAYS = frozenset(("log",))
_STEP = 10

# CR93: the names that NX-OS has for UDP ports.
_UDP: Mapping[str, int] = {
    "biff": 512,
    "bootpc": 68,
    "bootps": 67,
    "discard": 9,
    "dnsix": 195,
    "domain": 53,
    "echo": 7,
    "isakmp": 500,
    "mobile-ip": 434,
    "nameserver": 42,
    "netbios-dgm": 138,
    "netbios-ns": 137,
    "netbios-ss": 139,
    "ntp": 123,
    "non500-isakmp": 4500,
    "pim-auto-rp": 496,
    "rip": 520,
    "snmp": 161,
    "snmptrap": 162,
    "sunrpc": 111,
    "syslog": 514,
    "tacacs": 49,
    "talk": 517,
    "tftp": 69,
    "time": 37,
    "who": 513,
    "xdmcp": 177,
}


@record
class Udp:
    """A UDP packet, of whose source port nothing is known."""

    source: Address
    destination: Address
    port: int


@record
class Refusal:
    """The access list that refuses a packet, and its entry; None for the end of the list."""

    name: str
    entry: str | None


class _Words(NamedTuple):
    """What is left of an entry, and whether what was read so far matches; None where that can't be known."""

    rest: tuple[str, ...]
    matches: bool | None


def refusal(switch: Switch, interface: Interface, packet: Udp) -> Refusal | None:
    """What refuses the packet where it comes in; None where nothing does, or where that can't be told for sure.

    An access list that is applied but not there is not judged: what the device does then is not documented.
    """
    entries = _lists(switch)
    for line in interface.extra:
        match = re.match(_APPLIED, line)
        family = "ipv6" if packet.source.version == 6 else "ip"
        if match and line.startswith(f"{family} ") and (found := entries.get((family, match[1]))):
            return _first_refusal(match[1], found, packet)
    return None


def _lists(switch: Switch) -> Mapping[tuple[str, str], Sequence[str]]:
    """The entries of every access list, in the order of their numbers; one without a number comes behind the last."""
    found: dict[tuple[str, str], dict[int, str]] = {}
    for line in lines_of(switch.extra):
        if match := re.match(_HEAD, line.text):
            inside = found.setdefault((match[1], match[2]), {})
            for entry in line.below:
                first, _, rest = entry.text.partition(" ")
                number = int(first) if is_number(first) else max(inside, default=0) + _STEP
                inside[number] = rest if is_number(first) else entry.text
    return {name: [lines[number] for number in sorted(lines)] for name, lines in found.items()}


def _first_refusal(name: str, entries: Sequence[str], packet: Udp) -> Refusal | None:
    for entry in entries:
        action, *words = entry.split()
        if action not in ("permit", "deny"):  # a remark, statistics, fragments
            continue
        matches = _matches(tuple(words), packet)
        if action == "permit" and matches is not False:
            return None
        if action == "deny" and matches:
            return Refusal(name=name, entry=entry)
    return Refusal(name=name, entry=None)


def _matches(words: Sequence[str], packet: Udp) -> bool | None:
    """Whether an entry behind its action matches; None where it depends on what is not known."""
    protocol, *rest = words or ("",)
    if protocol not in ("udp", "17", "ip", "ipv6"):
        return False if protocol.isdecimal() or protocol.isalpha() else None
    source = _side(tuple(rest), packet.source, None)
    destination = _side(source.rest, packet.destination, packet.port)
    options = None if set(destination.rest) - _ALWAYS else True
    parts = (source.matches, destination.matches, options)
    if False in parts:
        return False
    return None if None in parts else True


def _side(words: tuple[str, ...], address: Address, port: int | None) -> _Words:
    """One end of an entry: its addresses and, behind them, its ports."""
    addresses = _addresses(words, address)
    operator = addresses.rest[0] if addresses.rest else ""
    if operator not in _OPERATORS:
        return addresses
    end = 1 + _OPERATORS[operator]
    ports = _ports(operator, addresses.rest[1:end], port)
    matches = False if False in (addresses.matches, ports) else (None if ports is None else addresses.matches)
    return _Words(addresses.rest[end:], matches)


def _addresses(words: tuple[str, ...], address: Address) -> _Words:
    first, second = (*words, "", "")[:2]
    if first == "any":
        return _Words(words[1:], matches=True)
    if first == "host":
        return _Words(words[2:], _within(second, address))
    if "/" in first:
        return _Words(words[1:], _within(first, address))
    return _Words(words[2:], _masked(first, second, address))


def _within(network: str, address: Address) -> bool | None:
    try:
        return address in ip_network(network, strict=False)
    except ValueError:
        return None


def _masked(base: str, wildcard: str, address: Address) -> bool | None:
    """Whether an address is a base with other bits where the wildcard has ones; None for a group of addresses."""
    try:
        differing = int(ip_address(base)) ^ int(address)
        return not differing & ~int(ip_address(wildcard))
    except ValueError:
        return None


def _ports(operator: str, values: Sequence[str], port: int | None) -> bool | None:
    numbers = [*_numbers(values)]
    if port is None or operator == "portgroup" or None in numbers or len(numbers) != _OPERATORS[operator]:
        return None
    low, high = int(numbers[0] or 0), int(numbers[-1] or 0)
    answers = {"eq": port == low, "neq": port != low, "lt": port < low, "gt": port > low, "range": low <= port <= high}
    return answers[operator]


def _numbers(values: Sequence[str]) -> Iterator[int | None]:
    return (int(value) if is_number(value) else _UDP.get(value) for value in values)
