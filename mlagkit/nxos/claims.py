"""What only one object of a switch can have at a time: an address, the number of a vPC, a segment's number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mlagkit.nxos.catalogue import Row, recognise
from mlagkit.nxos.edit import Edit
from mlagkit.nxos.effective import Side, interface_name
from mlagkit.nxos.facts import Facts
from mlagkit.nxos.order import grows, joins

Claim = tuple[str, str]
"""A kind of thing, and which one."""

ALONE = "text"
"""The kind of claim that nothing else hangs on."""

_KINDS: Mapping[str, str] = {
    "ip address <prefix>": "address",
    "ip address <#prefix> secondary": "address",
    "ipv6 address <#prefix>": "address",
    "vn-segment <int>": "segment of a VLAN",
    "vni <int>": "segment of a VRF",
    "vpc <int>": "vPC",
    "encapsulation dot1q <int>": "tag",
}
_ONLY_ONE = ("vpc peer-link",)
"""Rows of which a switch has one line at most: a second port-channel with it is invalid (PL02: G106)."""
_ONCE = (
    "system nve infra-vlans <vlans>",
    "<#int> <text>",
    "ip prefix-list <#word> seq <#int> <text>",
    "ipv6 prefix-list <#word> seq <#int> <text>",
)
"""The rows of which the old line goes before the new one comes, with the words that tell one entry from another."""
_ORPHAN = "vpc orphan-port suspend"
_VPC = "vpc <int>"
_SNMP_USER = "snmp-server user <#text>"
_PREEMPT = ("preempt", "preempt delay [minimum <int>] [reload <int>] [sync <int>]")
_CHANNEL = "channel-group <int> [force] [mode {on|active|passive}]"


def freed(edit: Edit, side: Side) -> Iterator[Claim]:
    """What a line sets free, on a switch that stands as ``side`` says."""
    if grows(edit) and edit.old is None:
        return
    if edit.opens:
        facts = _inside(side.root, edit.path)
        if facts is not None and not grows(edit):
            yield from _claimed(facts)
    elif edit.row is not None and edit.old is not None:
        yield from _claim(edit, edit.row, edit.old)
        if edit.row.command == _CHANNEL and edit.new is None:
            yield "shape", f"port-channel{edit.old.split()[1]}"  # what leaves keeps what the port-channel has then
    else:
        yield from _of_text(edit)


def taken(edit: Edit) -> Iterator[Claim]:
    """What a line needs to be free."""
    if edit.row is None:
        yield from _of_text(edit)
        return
    if edit.new is not None and edit.row.command != _CHANNEL:
        yield from _claim(edit, edit.row, edit.new)
    if edit.new is not None and edit.old is None and edit.row.command == _CHANNEL:
        number, lacp = _bundle(edit.row, edit.new)
        yield "bundle", f"{number} {not lacp}"
    if (edit.row.inherited or joins(edit)) and (name := interface_name(edit.head)):
        yield "port", name
        if edit.row.trunk and edit.adds and name.kind == "port-channel":
            yield "shape", name


def _claim(edit: Edit, row: Row, line: str) -> Iterator[Claim]:
    if row.command in _ONLY_ONE:
        yield row.command, ""
    if row.command == _CHANNEL and (name := interface_name(edit.head)):
        yield "port", name
        number, lacp = _bundle(row, line)
        yield "bundle", f"{number} {lacp}"
    if row.command in _ONCE:
        found = recognise(row.mode, line)
        yield ALONE, "\n".join((*edit.section, found.key if found else line))
    if row.command == _SNMP_USER:  # whose ``no`` form takes the user, whatever stands behind the name
        yield ALONE, " ".join(line.split()[:3])
    if row.command in _PREEMPT:
        yield ALONE, "\n".join((*edit.section, _PREEMPT[0]))
    if row.command in (_ORPHAN, _VPC):  # a port-channel that is a vPC takes no such line, and with it becomes none
        yield "sort of vPC", edit.head
    if row.command in _KINDS:
        yield _KINDS[row.command], line.removesuffix(" secondary").rsplit(" ", 1)[1]


def _of_text(edit: Edit) -> Iterator[Claim]:
    """A line that the catalogue does not know may be another value of one that goes, which would take both along.

    So what goes goes first where it begins alike.
    """
    words = (edit.new or edit.old or "").removeprefix("no ").split()
    yield ALONE, "\n".join((*edit.section, words[0] if words else ""))


def _bundle(row: Row, line: str) -> tuple[str, bool]:
    """The number of a port's port-channel and whether it speaks LACP: its ports all do, or none does (G106)."""
    number, mode = (row.canonical(line) if row.canonical else line).split()[:2]
    return number, mode != "on"


def _claimed(facts: Facts) -> Iterator[Claim]:
    for fact in facts.known.values():
        kind = _KINDS.get(fact.line.row.command)
        if fact.line.row.command in _ONLY_ONE and not fact.line.negated:
            yield fact.line.row.command, ""
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
