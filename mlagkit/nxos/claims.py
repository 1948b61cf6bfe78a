"""What only one object of a switch can have at a time: an address, the number of a vPC, a segment's number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mlagkit.nxos.catalogue import ROWS, Row
from mlagkit.nxos.edit import Edit
from mlagkit.nxos.effective import Side, interface_name
from mlagkit.nxos.facts import Facts
from mlagkit.nxos.order import grows

Claim = tuple[str, str]
"""A kind of thing, and which one."""

_KINDS: Mapping[str, str] = {
    "ip address <prefix>": "address",
    "ip address <#prefix> secondary": "address",
    "ipv6 address <#prefix>": "address",
    "vn-segment <int>": "segment of a VLAN",
    "vni <int>": "segment of a VRF",
    "vpc <int>": "vPC",
    "encapsulation dot1q <int>": "tag",
}
_CHANNEL = "channel-group <int> [force] [mode {on|active|passive}]"


def freed(edit: Edit, side: Side) -> Iterator[Claim]:
    """What a line sets free, on a switch that stands as ``side`` says."""
    if grows(edit) and edit.old is None:
        return
    if edit.old is not None and edit.new is None:
        yield from _words(edit, edit.old)
    if edit.opens:
        facts = _inside(side.root, edit.path)
        if facts is not None and not grows(edit):
            yield from _claimed(facts)
    elif edit.row is not None and edit.old is not None:
        yield from _claim(edit, edit.row, edit.old)
        if edit.row.command == _CHANNEL and edit.new is None:
            yield "shape", f"port-channel{edit.old.split()[1]}"  # what leaves keeps what the port-channel has then


def taken(edit: Edit) -> Iterator[Claim]:
    """What a line needs to be free."""
    if edit.row is None:
        yield from _words(edit, edit.new or "")
        return
    if edit.row.implied_by and edit.new is not None:
        yield from _words(edit, edit.row.implied_by)
    if edit.new is not None and (edit.old is None or edit.row.command != _CHANNEL):
        yield from _claim(edit, edit.row, edit.new)
    if edit.row.inherited and (name := interface_name(edit.head)):
        yield "port", name
        if edit.row.trunk and edit.adds and name.kind == "port-channel":
            yield "shape", name


def _claim(edit: Edit, row: Row, line: str) -> Iterator[Claim]:
    if row.command == _CHANNEL and (name := interface_name(edit.head)):
        yield "port", name
    if row.command in _KINDS:
        yield _KINDS[row.command], line.removesuffix(" secondary").rsplit(" ", 1)[1]


def _words(edit: Edit, line: str) -> Iterator[Claim]:
    """How a line begins of which its block may have one only, so that the ``no`` of the old one ends the new one, too.

    That is a line that the catalogue does not know, which is told from others by its first word, at the left margin by
    its first two; and one that switches a flag on besides what it says.
    """
    words = line.split()
    if edit.row is None:
        yield "line", " ".join((*edit.section, *words[: 1 if edit.section else 2]))
    elif " ".join(words[:2]) in _IMPLYING:
        yield "line", " ".join((*edit.section, *words[:2]))


_IMPLYING = frozenset(" ".join(row.implied_by.split()[:2]) for row in ROWS if row.implied_by)


def _claimed(facts: Facts) -> Iterator[Claim]:
    for fact in facts.known.values():
        kind = _KINDS.get(fact.line.row.command)
        if kind and not fact.line.negated:
            yield kind, fact.text.removesuffix(" secondary").rsplit(" ", 1)[1]
    for inner in facts.blocks.values():
        yield from _claimed(inner)


def _inside(root: Facts, path: tuple[str, ...]) -> Facts | None:
    """The block at a path of heads."""
    facts: Facts | None = root
    for head in path:
        if facts is not None:
            same = (inner for inner in facts.blocks.values() if inner.head == head)
            facts = facts.blocks.get(head) or next(same, None)
    return facts
