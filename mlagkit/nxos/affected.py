"""Which blocks of two configurations need a closer look, because something in them differs as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mlagkit.config import NESTED, Block, ConfigTree
from mlagkit.nxos.catalogue import Kind, recognise
from mlagkit.nxos.facts import Facts, facts, heads

_ODD_HEAD = re.compile(r"^interface (?!(?:Ethernet|port-channel|Vlan|loopback|nve|mgmt)\d[\d/.]*$)", re.M)
_MEMBER = re.compile(NESTED + r" *channel-group (\d+)")
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
    entries = _entries(left) & _entries(right)
    return facts((*_without(left, entries), *shared)), facts((*_without(right, entries), *shared))


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
    tops = [raw.partition(NESTED)[0] for raw in tree.raws]
    wanted, beginnings = topics.heads, topics.beginnings
    chosen = [at for at, top in enumerate(tops) if top in wanted or top.startswith(beginnings)]
    chosen = [at for at in chosen if tops[at] in wanted or not _ONE_VLAN.match(tops[at])]
    if _ODD_HEAD.search("\n".join(tops)):
        chosen = sorted({*chosen, *_in_other_words(tops, wanted)})
    return list(tree.chosen(chosen))


def _in_other_words(tops: list[str], wanted: frozenset[str]) -> Iterator[int]:
    """Where a head names a wanted interface in another spelling, or within a range."""
    for at, top in enumerate(tops):
        if top.startswith("interface ") and not wanted.isdisjoint(heads(top.rstrip())):
            yield at


def _entries(blocks: Iterable[Block]) -> set[tuple[str, str]]:
    """The numbered entries of the lists among the blocks, each with its list's head."""
    return {(block.raw.partition(NESTED)[0], line) for block in blocks for line in _numbered(block)}


def _numbered(block: Block) -> Iterator[str]:
    if _LIST_HEAD.match(block.raw):
        yield from (line for line in block.raw.split(NESTED)[1:] if line.lstrip()[:1].isdigit())


def _without(blocks: Iterable[Block], entries: set[tuple[str, str]]) -> Iterator[Block]:
    """The blocks with those entries emptied, so that the numbers of the lines behind them stay."""
    for block in blocks:
        if not entries or not _LIST_HEAD.match(block.raw):
            yield block
            continue
        head, *lines = block.raw.split(NESTED)
        kept = ["" if (head, line) in entries else line for line in lines]
        yield Block(NESTED.join((head, *kept)), block.line)
