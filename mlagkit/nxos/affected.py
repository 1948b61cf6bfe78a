"""Which blocks of two configurations need a closer look, because something in them differs as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mlagkit.config import GAP, NESTED, TABBED, Block, ConfigTree
from mlagkit.nxos.catalogue import Kind, recognise
from mlagkit.nxos.facts import Facts, facts, heads

_ODD_HEAD = re.compile(r"^interface (?!(?:Ethernet|port-channel|Vlan|loopback|nve|mgmt)\d[\d/.]*$)", re.M)
_MEMBER = re.compile(NESTED + r" *channel-group (\d+)")
_TRIMMED = re.compile(r"(?:interface (?:Ethernet|Vlan)|(?:ip|ipv6|mac) access-list \S)")
_DECISIVE = re.compile(r" *(?:(?:no )?switchport *\Z|channel-group |vpc )")
_LIST_HEAD = re.compile(r"(?:ip|ipv6|mac) access-list \S")
_ONE_VLAN = re.compile(r"vlan (\d+)\Z")


@dataclass(frozen=True, slots=True)
class _Topics:
    """What the differing blocks speak of: whole heads, and beginnings of heads that state the same key."""

    heads: frozenset[str]
    beginnings: tuple[str, ...]


def affected(old: ConfigTree, new: ConfigTree, *, everything: bool = False) -> tuple[Facts, Facts]:
    """The facts of both configurations without those of blocks that are equal as text on both sides.

    A block that is equal is still read where another block speaks of the same thing: the same
    stanza twice, a list in several lines, a port-channel whose member differs. ``everything``
    reads all, for when the switch-wide defaults differ.
    """
    if everything:
        return facts(old.blocks()), facts(new.blocks())
    here, there = set(old.raws), set(new.raws)
    differing = here ^ there
    topics = _topics(differing)
    shared = _shared_vlans(here & there, topics) if "vlan " in topics.beginnings else []
    left, right = _about(old, topics), _about(new, topics)
    emptied = _alike(left, right)
    return facts((*_without(left, emptied), *shared)), facts((*_without(right, emptied), *shared))


def _topics(raws: Iterable[str]) -> _Topics:
    tops: set[str] = set()
    beginnings: set[str] = set()
    for raw in raws:
        top = raw.partition(NESTED)[0]
        head = top.rstrip()
        if head.startswith("interface "):
            tops.update((top, *heads(head)))
            tops.update(f"interface port-channel{number}" for number in _MEMBER.findall(raw))
        elif head:
            tops.add(top)
            beginnings.update(_beginning(head))
    return _Topics(frozenset(tops), tuple(beginnings))


def _beginning(head: str) -> Iterator[str]:
    """How another line begins that would state the same key as this one."""
    line = recognise("", head)
    if line is None or line.row.kind not in (Kind.VLANS, Kind.VALUE):
        return
    if isinstance(line.value, str) and head.endswith(f" {line.value}"):
        yield head.removesuffix(line.value)
    else:
        yield " ".join(word for word in line.row.command.split()[:2] if word[0] not in "<[{") + " "


def _shared_vlans(raws: Iterable[str], topics: _Topics) -> list[Block]:
    """One list line for all the stanzas of single VLANs that both sides have alike: they make those VLANs exist."""
    vlans: list[str] = []
    for raw in raws:
        if raw.startswith("vlan "):
            match = _ONE_VLAN.match(raw.partition(NESTED)[0].rstrip())
            if match and match[0] not in topics.heads:
                vlans.append(match[1])
    return [Block(f"vlan {','.join(sorted(vlans, key=int))}", 0)] if vlans else []


def _about(tree: ConfigTree, topics: _Topics) -> list[Block]:
    """The blocks that speak of one of the topics, with the numbers of their first lines."""
    tops = tree.heads
    wanted, beginnings = topics.heads, topics.beginnings
    chosen = [at for at, top in enumerate(tops) if top in wanted or top.startswith(beginnings)]
    chosen = [at for at in chosen if tops[at] in wanted or not _ONE_VLAN.match(tops[at])]
    if _ODD_HEAD.search("\n".join(tops)):
        chosen = sorted({*chosen, *_in_other_words(tops, wanted)})
    return list(tree.chosen(chosen))


def _in_other_words(tops: Sequence[str], wanted: frozenset[str]) -> Iterator[int]:
    """Where a head names a wanted interface in another spelling, or within a range."""
    for at, top in enumerate(tops):
        if top.startswith("interface ") and not wanted.isdisjoint(heads(top.rstrip())):
            yield at


def _alike(left: Iterable[Block], right: Iterable[Block]) -> dict[str, set[str]]:
    """By the head of each block, what both sides have alike in it and nothing else depends on."""
    here, there = _groups(left), _groups(right)
    return {head: _independent(head, groups, there[head]) for head, groups in here.items() if head in there}


def _groups(blocks: Iterable[Block]) -> dict[str, set[str]]:
    """By head, the lines of the blocks of which there is one, each with what is nested below it."""
    found: dict[str, set[str]] = {}
    several: set[str] = set()
    for block in blocks:
        head, *lines = block.raw.split(NESTED)
        if head in found:
            several.add(head)
        elif _TRIMMED.match(head) and GAP not in block.raw and TABBED not in block.raw:
            found[head] = set(_grouped(lines))
    return {head: groups for head, groups in found.items() if head not in several}


def _grouped(lines: list[str]) -> list[str]:
    """The lines of a block, those nested deeper joined to the one above them."""
    groups: list[str] = []
    for line in lines:
        if groups and line.startswith("  "):
            groups[-1] += NESTED + line
        else:
            groups.append(line)
    return groups


def _independent(head: str, here: set[str], there: set[str]) -> set[str]:
    """The groups on both sides whose setting no differing group speaks of and no other setting hangs on."""
    alike = here & there
    if _LIST_HEAD.match(head):
        return {line for line in alike if line.lstrip()[:1].isdigit()}
    disputed = {_first_word(group) for group in here ^ there}
    return {group for group in alike if _first_word(group) not in disputed and not _DECISIVE.match(group)}


def _first_word(group: str) -> str:
    return group.strip().removeprefix("no ").partition(" ")[0]


def _without(blocks: Iterable[Block], emptied: dict[str, set[str]]) -> Iterator[Block]:
    """The blocks with those groups emptied, so that the numbers of the lines behind them stay."""
    for block in blocks:
        head, *lines = block.raw.split(NESTED)
        gone = emptied.get(head)
        if gone:
            kept = [NESTED * group.count(NESTED) if group in gone else group for group in _grouped(lines)]
            yield Block(NESTED.join((head, *kept)), block.line)
        else:
            yield block
