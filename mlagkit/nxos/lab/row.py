"""What a row of the lab's table says of a command.

A mark in ``source`` says how sure a row is: [certain], [likely], [varies by release], or [assumed]
where no source says what a switch does and the lab chose the plainest behaviour.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What typing a line a second time, with another value, does."""

    SINGLE = "single"  # one value for each key: the new one replaces
    FLAG = "flag"  # on or off, no value
    MANY = "many"  # every value is a line of its own
    WITHOUT = "without"  # a list of VLANs that grows with `no`, and is printed with it
    UNION = "union"  # a list of VLANs that grows, and shrinks with `no`
    PER_VLAN = "per-vlan"  # the list is part of the key; each VLAN has one value
    ALLOWED = "allowed"  # the list of a trunk: add, remove, except, all, none
    VLANS = "vlans"  # creates VLANs and opens their mode
    BLOCK = "block"  # opens a mode
    LOOSE = "loose"  # known to belong here; stands as typed, `no` takes it away


@dataclass(frozen=True, slots=True)
class Row:
    """One command of one mode.

    ``words`` are its key words; ``*`` is any word and belongs to the key. ``default`` is the value
    that the running-config hides (``on`` for a flag that is on by itself; ``@name`` asks the
    situation). ``check`` is a pattern that the words after the key must match (``$``: there are none);
    ``span`` the range of a numeric value; ``mode`` what a block opens; ``bare`` says that a value is
    not needed, ``fixed`` that no ``no`` form takes the line away.
    """

    words: tuple[str, ...]
    kind: Kind
    source: str
    default: str = ""
    mode: str = ""
    feature: str = ""
    spell: str = ""
    check: str = ""
    span: tuple[int, int] | None = None
    takes: tuple[str, ...] = ()
    member: bool = False  # ports of the channel show it, too
    layer: int = 0  # 2 or 3: lost when the port changes its layer
    bare: bool = False
    fixed: bool = False

    def __str__(self) -> str:
        return " ".join(self.words)


def row(words: str, kind: Kind, source: str, **more: object) -> Row:
    """A row by its words as one text."""
    return Row(tuple(words.split()), kind, source, **more)  # type: ignore[arg-type] # the dataclass names them


def single(words: str, source: str, **more: object) -> Row:
    """A line with one value for each key."""
    return row(words, Kind.SINGLE, source, **more)


def flag(words: str, source: str, **more: object) -> Row:
    """A line that is on or off."""
    return row(words, Kind.FLAG, source, **more)


def many(words: str, source: str, **more: object) -> Row:
    """A line of which every value is a line of its own."""
    return row(words, Kind.MANY, source, **more)


def block(words: str, mode: str, source: str, **more: object) -> Row:
    """A line that opens a mode."""
    return row(words, Kind.BLOCK, source, mode=mode, **more)


def loose(source: str, *heads: str) -> tuple[Row, ...]:
    """Lines that stand as they are typed, by their first words."""
    return tuple(row(words, Kind.LOOSE, source) for words in heads)


def forwarding(words: str, **more: object) -> Row:
    """The corpus has these lines without their feature, too, so that they stay when it goes [assumed]."""
    return single(words, "VXG [certain]; without the feature: corpus/nxos/pairs/divercool-lab08-leaf23", **more)


SHAPE = "corpus/nxos: shape seen, behaviour [assumed]"
ROW12 = "vpc-reference 7 row 12 [certain]"
ROW13 = "vpc-reference 7 row 13 [certain]"
K = "vpc-reference key K [likely]"
"""Sources of many rows."""
