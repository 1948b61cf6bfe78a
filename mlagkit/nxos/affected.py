"""Which blocks of two configurations need a closer look, because something in them differs as text."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mlagkit.config import DEEPER, GAP, NESTED, TABBED, Block, ConfigTree, first_line
from mlagkit.nxos.catalogue import ROWS, Kind, recognise
from mlagkit.nxos.facts import COMMENT, Facts, facts, heads
from mlagkit.values import VlanSet

_ODD_HEAD = re.compile(r"^interface (?!(?:Ethernet|port-channel|Vlan|loopback|nve|mgmt)\d[\d/.]*$)", re.M)
_MEMBER = re.compile(rf"(?i)[{NESTED}{TABBED}{GAP}{DEEPER}]\s*chan\S*\s+(\d+)")
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
    reads all, for when the switch-wide defaults differ; so do words cut short at the left margin,
    as no device prints them.
    """
    if everything or _cuts_words(old) or _cuts_words(new):
        return facts(old.blocks()), facts(new.blocks())
    here, there = set(old.raws), set(new.raws)
    differing = here ^ there
    if not _same_order(old, new, {raw for raw in here & there if raw and raw[0] not in COMMENT}):
        differing |= _restated(old) | _restated(new)
    topics = _topics(differing)
    shared = _shared_vlans(here & there, topics) if "vlan " in topics.beginnings else []
    wanted = differing | _about(old, topics)  # what is equal stands on both sides
    channels = _channels("".join(wanted - differing))
    if not channels <= topics.heads:
        wanted |= _about(old, _Topics(channels, ()))
    left, right = _among(old, wanted), _among(new, wanted)
    emptied = _alike(left, right)
    return facts((*_without(left, emptied), *shared)), facts((*_without(right, emptied), *shared))


def _same_order(old: ConfigTree, new: ConfigTree, common: set[str]) -> bool:
    return [*filter(common.__contains__, old.raws)] == [*filter(common.__contains__, new.raws)]


def _restated(tree: ConfigTree) -> set[str]:
    """The blocks that speak of the same thing as another one, where the later may replace the earlier."""
    speaking: dict[str, list[str]] = {}
    for raw, head in zip(tree.raws, tree.heads, strict=True):
        for key in _keys(head.rstrip()):
            speaking.setdefault(key, []).append(raw)
    return {raw for raws in speaking.values() if len(raws) > 1 and not all(map(_only_adds, raws)) for raw in raws}


def _keys(head: str) -> set[str]:
    """What a line at the left margin speaks of."""
    if not head or head[0] in COMMENT:
        return set()
    if head.startswith("interface ") and not _ODD_HEAD.match(head):
        return {head}
    line = recognise("", head)
    return {head, *heads(head), *((line.row.command,) if line and line.row.by_value else ())}


def _only_adds(raw: str) -> bool:
    """Whether it adds to a list of VLANs and says no more: of such lines the order means nothing."""
    line = recognise("", raw)
    if line is None or line.row.kind is not Kind.VLANS or line.negated:
        return False
    return not (line.row.relists or line.row.by_value)


def _cuts_words(tree: ConfigTree) -> bool:
    words = {head.partition(" ")[0] for head in tree.heads}
    shouted = {word.lower() for word in words if not word.islower()}
    return not (_cut_words("").isdisjoint(words | shouted) and _first_words("").isdisjoint(shouted))


@functools.cache
def _first_words(mode: str) -> frozenset[str]:
    return frozenset(row.command.lower().split()[0] for row in ROWS if row.mode == mode and row.kind is not Kind.NOISE)


@functools.cache
def _cut_words(mode: str) -> frozenset[str]:
    """The beginnings, too short to be a word, of the words that commands of a mode begin with."""
    firsts = _first_words(mode)
    return frozenset(first[:length] for first in firsts for length in range(2, len(first))) - firsts


def _topics(raws: Iterable[str]) -> _Topics:
    tops: set[str] = set()
    beginnings: set[str] = set()
    for raw in raws:
        top = first_line(raw)
        head = top.rstrip()
        if head.startswith("interface "):
            tops.update((top, *heads(head)))
            tops.update(_channels(raw))
        elif head:
            tops.update((top, f"no {head}", head.removeprefix("no ")))
            beginnings.update(_beginning(head))
            tops.update(_stanzas(head) if head != raw.rstrip() else ())
    return _Topics(frozenset(tops), (*beginnings, *(f"no {beginning}" for beginning in beginnings)))


def _channels(text: str) -> frozenset[str]:
    """The heads of the port-channels that ports are members of."""
    return frozenset(f"interface port-channel{number}" for number in _MEMBER.findall(text))


def _beginning(head: str) -> Iterator[str]:
    """How another line begins that would state the same key as this one."""
    line = recognise("", head)
    if line is None or line.row.kind not in (Kind.VLANS, Kind.VALUE):
        return
    yield from (f"{row.command.split()[0]} " for row in ROWS if row.alias == line.key)
    if line.row.alias:
        yield f"{line.key} "
    if isinstance(line.value, str) and head.endswith(f" {line.value}"):
        yield head.removesuffix(line.value)
    else:
        yield " ".join(word for word in line.row.command.split()[:2] if word[0] not in "<[{") + " "


def _stanzas(head: str) -> Iterator[str]:
    """The heads of the single VLANs for which a list opens one stanza."""
    line = recognise("", head)
    if line is not None and line.row.opens and isinstance(line.value, VlanSet):
        yield from (f"{line.key} {vlan}" for vlan in line.value)


def _shared_vlans(raws: Iterable[str], topics: _Topics) -> list[Block]:
    """One list line for all the stanzas of single VLANs that both sides have alike: they make those VLANs exist."""
    vlans: list[str] = []
    for raw in raws:
        if raw.startswith("vlan "):
            match = _ONE_VLAN.match(first_line(raw).rstrip())
            if match and match[0] not in topics.heads:
                vlans.append(match[1])
    return [Block(f"vlan {','.join(sorted(vlans, key=int))}", 0)] if vlans else []


def _about(tree: ConfigTree, topics: _Topics) -> set[str]:
    """The blocks that speak of one of the topics."""
    tops = tree.heads
    wanted, beginnings = topics.heads, topics.beginnings
    chosen = [at for at, top in enumerate(tops) if top in wanted or top.startswith(beginnings)]
    found = {tree.raws[at] for at in chosen if tops[at] in wanted or not _ONE_VLAN.match(tops[at])}
    if _ODD_HEAD.search("\n".join(tops)):
        found.update(tree.raws[at] for at in _in_other_words(tops, wanted))
    return found


def _among(tree: ConfigTree, raws: set[str]) -> list[Block]:
    """Those blocks of a configuration, with the numbers of their first lines."""
    return list(tree.chosen(at for at, raw in enumerate(tree.raws) if raw in raws))


def _in_other_words(tops: Sequence[str], wanted: frozenset[str]) -> Iterator[int]:
    """Where a head names a wanted interface in another spelling, or within a range."""
    for at, top in enumerate(tops):
        if top.startswith("interface ") and not wanted.isdisjoint(heads(top.rstrip())):
            yield at


def _alike(left: Sequence[Block], right: Sequence[Block]) -> dict[str, set[str]]:
    """By the head of each access list, the entries that both sides have alike."""
    here, there = _lists(left), _lists(right)
    return {head: set(entries.values()) & set(there.get(head, {}).values()) for head, entries in here.items()}


def _lists(blocks: Sequence[Block]) -> dict[str, dict[str, str]]:
    """By head, the entries by number of each access list that stands in one block and has each number once."""
    found: dict[str, dict[str, str]] = {}
    times = Counter(first_line(block.raw) for block in blocks)
    for block in blocks:
        head, *lines = block.raw.split(NESTED)
        if _LIST_HEAD.match(head) and times[head] == 1 and GAP not in block.raw and TABBED not in block.raw:
            numbered = [line for line in lines if line.lstrip()[:1].isdigit()]
            entries = {line.split(None, 1)[0]: line for line in numbered}
            if len(entries) == len(numbered) and not any(line.lstrip()[:3].lower() == "no " for line in lines):
                found[head] = entries
    return found


def _without(blocks: Iterable[Block], emptied: dict[str, set[str]]) -> Iterator[Block]:
    """The blocks with those entries emptied, so that the numbers of the lines behind them stay."""
    for block in blocks:
        gone = emptied.get(first_line(block.raw)) if emptied else None
        if gone:
            kept = ["" if line in gone else line for line in block.raw.split(NESTED)]
            yield Block(NESTED.join(kept), block.line)
        else:
            yield block
