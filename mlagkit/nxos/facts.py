"""A block of NX-OS lines to the facts that it states, each once and in one spelling.

Two configurations mean the same when their facts are equal: lists of VLANs are sets, a range
at the head of a stanza is each of its members, the order of lines is nothing, and what the
catalogue does not know stays as text in its order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from mlagkit.config import VERBATIM, Block, first_line
from mlagkit.nxos.catalogue import Kind, Line, VlanEdit, recognise
from mlagkit.nxos.noise import is_noise
from mlagkit.nxos.ranges import members
from mlagkit.values import ALL_VLANS, VlanSet

_SINGLE = (Kind.VALUE, Kind.FLAG)
_NOT_FLAT = re.compile(r"\n(?!  \S)(?!\n|\Z)")
_ADD = "\n  switchport trunk allowed vlan add "
_BROKEN_LIST = re.compile(rf"(\n  switchport trunk allowed vlan (?:add )?[\d,-]+)((?:{_ADD}[\d,-]+)+)(?=\n|\Z)")


class Fact(NamedTuple):
    """One known line: what the catalogue says of it, its text and its line number."""

    line: Line
    text: str
    number: int


@dataclass(slots=True)
class Text:
    """One line that the catalogue does not know, with what stands below it."""

    text: str
    number: int
    children: list[Text] = field(default_factory=list)


@dataclass(slots=True)
class Facts:
    """Everything that one block states: ``head`` its first line, ``mode`` the catalogue's name for its inside."""

    head: str
    mode: str
    number: int = 0
    known: dict[str, Fact] = field(default_factory=dict)
    blocks: dict[str, Facts] = field(default_factory=dict)
    unknown: list[Text] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether the block states nothing but its head."""
        return not (self.known or self.blocks or self.unknown)

    def value(self, key: str) -> object:
        """The value of a known line, None where there is no such line."""
        fact = self.known.get(key)
        return fact.line.value if fact else None

    def vlans(self, key: str) -> VlanSet | None:
        """The VLANs that a known line lists, None where there is no such line."""
        value = self.value(key)
        return value if isinstance(value, VlanSet) else None

    def has(self, key: str) -> bool | None:
        """Whether a line is there (True), is there with ``no`` (False), or is not there (None)."""
        fact = self.known.get(key)
        return None if fact is None else not fact.line.negated


class _Open(NamedTuple):
    """A block or unknown line that deeper lines still belong to."""

    indent: int
    into: tuple[Facts, ...]
    below: Text | None = None


def facts(blocks: Iterable[Block]) -> Facts:
    """The facts of a configuration, or of some of its blocks."""
    root = Facts("", "")
    for block in blocks:
        _read_block(root, block)
    return root


def by_text(texts: Iterable[Text]) -> dict[str, Text]:
    """Unknown lines of a block in which order means nothing, each once."""
    found: dict[str, Text] = {}
    for text in texts:
        before = found.get(text.text)
        found[text.text] = _merged(before, text) if before else text
    return found


def _merged(before: Text, again: Text) -> Text:
    """A line that was there already opens the same block again; what it says a second time changes nothing."""
    return Text(before.text, before.number, list(by_text((*before.children, *again.children)).values()))


def is_flat(raw: str) -> bool:
    """Whether every line below the first is empty or indented by two blanks, as in most of what a device prints."""
    return _NOT_FLAT.search(raw) is None and VERBATIM not in raw


def _read_block(root: Facts, block: Block) -> None:
    more = "\n" in block.raw
    if is_flat(block.raw):
        _read_flat(root, block, more=more)
        return
    stack = [_Open(-1, (root,))]
    for indent, number, text in block.lines():
        if is_noise(text):
            continue
        while stack[-1].indent >= indent:
            stack.pop()
        # How lines end, also those of a banner, is a matter of the file.
        opened = _read_line(stack[-1], indent, number, text.replace("\r\n", "\n"), more=more)
        if opened:
            stack.append(opened)


def _read_flat(root: Facts, block: Block, *, more: bool) -> None:
    """The same where all lines stand below the first alike, so that none of them holds another; or where none does."""
    head = first_line(block.raw).strip()
    at = _Open(-1, (root,))
    if head and not is_noise(head):
        at = _read_line(at, 0, block.line, head, more=more) or at
    if not more:
        return
    raw, inside = block.raw, at.into[0]
    if _ADD in raw and inside.mode == "interface" and not at.below:
        raw = _BROKEN_LIST.sub(_whole_list, raw)
    alone = inside.known if len(at.into) == 1 and not at.below else None
    for number, line in filter(itemgetter(1), enumerate(raw.split("\n")[1:], block.line + 1)):  # few are left of some
        text = line.strip()
        if not text:
            continue
        known = recognise(inside.mode, text)
        if alone is not None and known and known.row.kind in _SINGLE:
            alone[known.key] = Fact(known, text, number)
        elif not is_noise(text):
            _read_line(at, 2, number, text, more=True)


def _whole_list(match: re.Match[str]) -> str:
    """A list of VLANs that is broken over several lines on the first of these, which is read much faster.

    What the line behind a list adds to it is a part of it.
    """
    first, more = match.groups()
    whole = f"{first}{more.replace(_ADD, ',')}"
    return whole + "\n" * more.count("\n") if recognise("interface", whole.strip()) else match[0]


def _read_line(at: _Open, indent: int, number: int, text: str, *, more: bool) -> _Open | None:
    """Note one line where it belongs; what it opens for the deeper lines behind it, if there are ``more``."""
    if at.below is not None:
        return _note_text(at.below.children, at.into, indent, number, text)
    mode = at.into[0].mode
    line = recognise(mode, text)
    if line is None:
        range_of = members(mode, text)
        if range_of:
            return _Open(indent, tuple(opened(into, head, number) for into in at.into for head in range_of))
        return _note_unknown(at, indent, number, text)
    if line.row.kind is Kind.NOISE:
        return None
    if line.row.kind is Kind.BLOCK and not line.negated:
        return _Open(indent, tuple(opened(into, text, number, line) for into in at.into))
    for into in at.into:
        note(into, Fact(line, text, number))
    if line.row.opens and isinstance(line.value, VlanSet) and not line.negated and more:
        stanzas = [f"{line.key} {vlan}" for vlan in sorted(line.value)]
        return _Open(indent, tuple(opened(into, head, number, line) for into in at.into for head in stanzas))
    return None


def _note_unknown(at: _Open, indent: int, number: int, text: str) -> _Open:
    lists = [into.unknown for into in at.into]
    opened = _note_text(lists[0], at.into, indent, number, text)
    for other in lists[1:]:
        other.append(lists[0][-1])
    return opened


def _note_text(siblings: list[Text], into: tuple[Facts, ...], indent: int, number: int, text: str) -> _Open:
    note = Text(text, number)
    siblings.append(note)
    return _Open(indent, into, note)


def opened(into: Facts, head: str, number: int, line: Line | None = None) -> Facts:
    """The block with that head, made on its first line and found again on every later one."""
    line = line or recognise(into.mode, head)
    key = head if line is None or line.row.kind is not Kind.BLOCK else line.key
    found = into.blocks.get(key)
    if found is None:
        found = into.blocks[key] = Facts(head, line.row.opens or "unknown" if line else "unknown", number)
    return found


def note(into: Facts, fact: Fact) -> None:
    """Keep a fact, joined with what the block already says under the same key."""
    line, before = fact.line, into.known.get(fact.line.key)
    if line.row.kind is not Kind.VLANS:
        into.known[line.key] = fact
        return
    whole = before.line.value if before and isinstance(before.line.value, VlanSet) else None
    after = _vlans_after(line, whole)
    if after is None:
        into.known.pop(line.key, None)
    else:
        into.known[line.key] = Fact(
            Line(line.row, line.key, after), fact.text, before.number if before else fact.number
        )
    if line.row.by_value and not line.negated:
        _leave_others(into, line)
    if line.row.opens and line.negated and isinstance(line.value, VlanSet):
        for vlan in line.value:
            into.blocks.pop(f"{line.key} {vlan}", None)  # a VLAN that goes takes its stanza along


def _leave_others(into: Facts, line: Line) -> None:
    """Take VLANs that come to one value out of the others, as the later line does on a switch."""
    for key, other in list(into.known.items()):
        vlans = other.line.value
        if other.line.row is line.row and key != line.key and isinstance(vlans, VlanSet):
            left = VlanSet(vlans - (line.value if isinstance(line.value, VlanSet) else VlanSet()))
            into.known[key] = Fact(Line(line.row, key, left), other.text, other.number)


def _vlans_after(line: Line, before: VlanSet | None) -> VlanSet | None:
    """What a key's set of VLANs is after one more line; None where the line takes the setting back."""
    value = line.value
    if isinstance(value, VlanEdit):
        return None if line.negated else value.applied(ALL_VLANS if before is None else before)
    if not isinstance(value, VlanSet):
        return None
    known = before or VlanSet()
    if line.negated != line.row.takes_out:
        return VlanSet(known - value)
    return value if line.row.relists else VlanSet(known | value)


def heads(head: str) -> tuple[str, ...]:
    """The keys of the blocks that a head opens, for bringing like to like; a head without any is its own."""
    line = recognise("", head)
    if line is not None:
        return (line.key,)
    return tuple(line.key if (line := recognise("", name)) else name for name in members("", head)) or (head,)
