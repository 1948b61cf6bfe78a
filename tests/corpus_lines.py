"""Configurations as lines that a test may change: what a line holds, where it stands, other ways to say the same."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from mlagkit.values import VlanSet

_LAST_DIGIT = re.compile(r"(\d)(?=\D*$)")
_VLAN_LINE = re.compile(r"(\s*(?:no )?(?:vlan|.* vlan(?: add| remove| except)?)) (\d[\d,-]*)(.*)")
_PORT_RANGE = re.compile(r"(?i)interface ethernet(\d+/)(\d+)-(\d+)\s*$")


def read(path: Path) -> str:
    """The text of a file, whatever its bytes."""
    return path.read_bytes().decode("utf-8", "surrogateescape")


@dataclass(frozen=True)
class Place:
    """One line of a text: its number from 0, its text without blanks around it, and the lines indented below it.

    ``stanza`` and ``head`` are those that it stands in, ``heads`` all lines at the left margin.
    """

    number: int
    text: str
    below: tuple[str, ...]
    stanza: tuple[str, ...]
    head: str
    heads: tuple[str, ...]


def places(lines: list[str]) -> list[Place]:
    """Every line that is not empty."""
    found = []
    heads = tuple(line.strip() for line in lines if line.strip() and not _indent(line))
    for number, line in enumerate(lines):
        if line.strip():
            head, stanza = _stanza(lines, number)
            found.append(Place(number, line.strip(), tuple(_below(lines, number)), stanza, head, heads))
    return found


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _below(lines: list[str], number: int) -> list[str]:
    found = []
    for line in lines[number + 1 :]:
        if line.strip() and _indent(line) <= _indent(lines[number]):
            break
        found.append(line.strip())
    return [line for line in found if line]


def _stanza(lines: list[str], number: int) -> tuple[str, tuple[str, ...]]:
    """The head at the left margin above a line, and all that stands below that head."""
    at = number
    while at > 0 and (not lines[at].strip() or _indent(lines[at])):
        at -= 1
    return lines[at].strip(), tuple(_below(lines, at))


def altered(line: str) -> str:
    """The line with its last digit one higher, or with a letter more where it has none."""
    match = _LAST_DIGIT.search(line)
    if match:
        return f"{line[: match.start()]}{(int(match[1]) + 1) % 10}{line[match.end() :]}"
    return line.rstrip() + "x"


def expanded(text: str) -> str:
    """The same configuration with every range of VLANs and ports written out."""
    out: list[str] = []
    for stanza in _blocks(text.split("\n")):
        match = _PORT_RANGE.match(stanza[0].rstrip("\r"))
        if match and int(match[2]) < int(match[3]):
            for port in range(int(match[2]), int(match[3]) + 1):
                out += [f"interface Ethernet{match[1]}{port}", *stanza[1:]]
        else:
            out += stanza
    return "\n".join(_long_hand(line) for line in out)


def _long_hand(line: str) -> str:
    match = _VLAN_LINE.fullmatch(line.rstrip())
    if not match or "-" not in match[2]:
        return line
    try:
        vlans = VlanSet.parse(match[2])
    except ValueError:
        return line
    return f"{match[1]} {','.join(map(str, sorted(vlans)))}{match[3]}" if len(vlans) < 1000 else line


_ORDER_FREE = ("interface ", "vlan ", "vpc domain ", "vrf context ")


def shuffled(text: str, seed: int) -> str:
    """The same configuration in another order, wherever NX-OS has none.

    Stanzas of the same head keep their order, as do lines of the same first words: there a later
    one may replace or continue an earlier one.
    """
    chance = random.Random(seed)
    blocks = []
    for block in _blocks(text.split("\n")):
        head, *inner = block
        free = head.startswith(_ORDER_FREE) and len({_indent(line) for line in inner if line.strip()}) == 1
        blocks.append([head, *_mixed(inner, chance, _kin)] if free else block)
    return "\n".join(line for block in _mixed(blocks, chance, lambda block: _kin(block[0])) for line in block)


_FAMILIES = ("ip", "ipv6", "switchport", "spanning-tree", "lacp", "delay", "storm-control", "interface", "vlan", "vrf")


def _kin(line: str) -> tuple[str, ...]:
    """The words by which two lines may speak of the same setting."""
    words = line.strip().removeprefix("no ").split()
    return tuple(words[:2] if words and words[0] in _FAMILIES and len(words) > 1 else words[:1])


def _blocks(lines: list[str]) -> list[list[str]]:
    blocks: list[list[str]] = []
    banner = ""
    for line in lines:
        if blocks and (banner or not line.strip() or line[0] in "!#" or _indent(line)):
            blocks[-1].append(line)
            banner = "" if banner and banner in line else banner
            continue
        blocks.append([line])
        match = re.match(r"banner \w+\s+(\S)", line)
        banner = match[1] if match and line.count(match[1]) == 1 else ""
    return blocks


T = TypeVar("T")


def _mixed(items: list[T], chance: random.Random, kin: Callable[[T], tuple[str, ...]]) -> list[T]:
    """Items in another order, those of the same kin in the order that they had among themselves."""
    order = list(range(len(items)))
    chance.shuffle(order)
    mixed = [items[at] for at in order]
    queues: dict[tuple[str, ...], list[T]] = {}
    for item in items:
        queues.setdefault(tuple(kin(item)), []).append(item)
    return [queues[tuple(kin(item))].pop(0) for item in mixed]
