"""Which blocks of two configurations need a closer look, because something in them differs as text."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import compress, count, filterfalse

from mlagkit.config import DEEPER, Block, ConfigTree, first_line
from mlagkit.nxos.catalogue import ROWS, Kind, recognise
from mlagkit.nxos.facts import COMMENT, Facts, facts, heads
from mlagkit.values import VlanSet

_ODD_HEAD = re.compile(r"\ninterface (?!(?:Ethernet|port-channel|Vlan|loopback|nve|mgmt)\d[\d/.]*\n)")
_ONE_VLAN = re.compile(r"\n(vlan \d+)(?=\n)")
_MEMBER = re.compile(rf"\n{DEEPER}*\s*chan\S*\s+(\d+)")
_LIST_HEAD = re.compile(r"(?:ip|ipv6|mac) access-list \S")


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
    differing = set(old.raws) ^ set(new.raws)
    if not _same_order(old, new, differing):
        differing |= _restated(old) | _restated(new)
    topics = _topics(differing)
    single = _single_vlans(old) if "vlan " in topics.beginnings else frozenset[str]()
    equal = _under(old, topics.heads | (_begun(old, topics.beginnings) - single)) - differing
    channels = _channels(equal)
    if not channels <= topics.heads:
        equal |= _under(old, channels) - differing
    wanted = differing | equal  # what is equal stands on both sides
    left, right = _among(old, wanted), _among(new, wanted)
    emptied = _alike(left, right)
    shared = _shared_vlans(single - topics.heads)
    return facts((*_without(left, emptied), *shared)), facts((*_without(right, emptied), *shared))


def _same_order(old: ConfigTree, new: ConfigTree, differing: set[str]) -> bool:
    """Whether what stands on both sides stands there in one order; blank lines and comments have none."""
    without = {*differing, ""}
    left, right = ([*filterfalse(without.__contains__, tree.raws)] for tree in (old, new))
    return left == right or [*filter(_is_command, left)] == [*filter(_is_command, right)]


def _is_command(raw: str) -> bool:
    return raw[0] not in COMMENT


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
    """Whether a line begins with a part of a word that commands begin with, or with such a word in capitals."""
    firsts = _first_words()
    shouted = {word.lower() for word in tree.words if not word.islower()}
    if not firsts.isdisjoint(shouted):
        return True
    in_a_row = "\n".join(("", *firsts))
    unknown = (tree.words | shouted) - firsts
    return any(f"\n{word}" in in_a_row for word in unknown if len(word) > 1)


@functools.cache
def _first_words() -> frozenset[str]:
    return frozenset(row.command.lower().split()[0] for row in ROWS if row.mode == "" and row.kind is not Kind.NOISE)


def _topics(raws: Iterable[str]) -> _Topics:
    tops: set[str] = set()
    beginnings: set[str] = set()
    ports: list[str] = []
    for raw in raws:
        top = first_line(raw)
        head = top.rstrip()
        if head.startswith("interface "):
            tops.update((top, *heads(head)))
            ports.append(raw)
        elif head:
            tops.update((top, f"no {head}", head.removeprefix("no ")))
            beginnings.update(_beginning(head))
            tops.update(_stanzas(head) if head != raw.rstrip() else ())
    tops |= _channels(ports)
    return _Topics(frozenset(tops), (*beginnings, *(f"no {beginning}" for beginning in beginnings)))


def _channels(raws: Iterable[str]) -> frozenset[str]:
    """The heads of the port-channels that ports are members of."""
    return frozenset(f"interface port-channel{number}" for number in _MEMBER.findall("\n".join(raws).lower()))


def _beginning(head: str) -> Iterator[str]:
    """How another line begins that would state the same key as this one."""
    line = recognise("", head)
    if line is None or line.row.kind not in (Kind.VLANS, Kind.VALUE):
        return
    yield from _aliases().get(line.key, ())
    if line.row.alias:
        yield f"{line.key} "
    if isinstance(line.value, str) and head.endswith(f" {line.value}"):
        yield head.removesuffix(line.value)
    else:
        yield " ".join(word for word in line.row.command.split()[:2] if word[0] not in "<[{") + " "


@functools.cache
def _aliases() -> Mapping[str, Sequence[str]]:
    """How the other spellings of a key begin."""
    found: dict[str, list[str]] = {}
    for row in ROWS:
        if row.alias:
            found.setdefault(row.alias, []).append(f"{row.command.split()[0]} ")
    return found


def _stanzas(head: str) -> Iterator[str]:
    """The heads of the single VLANs for which a list opens one stanza."""
    line = recognise("", head)
    if line is not None and line.row.opens and isinstance(line.value, VlanSet):
        yield from (f"{line.key} {vlan}" for vlan in line.value)


def _single_vlans(tree: ConfigTree) -> frozenset[str]:
    """The heads of the stanzas of single VLANs."""
    return frozenset(_ONE_VLAN.findall(_one_below_the_other(tree)))


def _shared_vlans(stanzas: Iterable[str]) -> list[Block]:
    """One list line for all the stanzas of single VLANs that both sides have alike: they make those VLANs exist."""
    vlans = sorted((stanza.removeprefix("vlan ") for stanza in stanzas), key=int)
    return [Block(f"vlan {','.join(vlans)}", 0)] if vlans else []


def _begun(tree: ConfigTree, beginnings: tuple[str, ...]) -> set[str]:
    """The heads that begin like that."""
    return {top for top in tree.heads if top.startswith(beginnings)} if beginnings else set()


def _under(tree: ConfigTree, wanted: Set[str]) -> set[str]:
    """The blocks with one of these heads, also in another spelling or within a range."""
    found = set(compress(tree.raws, map(wanted.__contains__, tree.heads)))
    if _ODD_HEAD.search(_one_below_the_other(tree)):
        found.update(raw for raw, top in zip(tree.raws, tree.heads, strict=True) if _opens_one_of(wanted, top))
    return found


def _opens_one_of(wanted: Set[str], top: str) -> bool:
    return top.startswith("interface ") and not wanted.isdisjoint(heads(top.rstrip()))


def _one_below_the_other(tree: ConfigTree) -> str:
    """All heads, for a search at once: each has a line break before and behind it."""
    return "\n".join(("", *tree.heads, ""))


def _among(tree: ConfigTree, raws: set[str]) -> list[Block]:
    """Those blocks of a configuration, with the numbers of their first lines."""
    return list(tree.chosen(compress(count(), map(raws.__contains__, tree.raws))))


def _alike(left: Iterable[Block], right: Iterable[Block]) -> dict[str, set[str]]:
    """By the head of each access list, the entries that both sides have alike."""
    here, there = _lists(left), _lists(right)
    return {head: _settled(lines, there[head]) for head, lines in here.items() if head in there}


def _lists(blocks: Iterable[Block]) -> dict[str, set[str]]:
    """By head, the lines of each access list that stands in one block."""
    found: dict[str, set[str]] = {}
    again: set[str] = set()
    for block in blocks:
        if _LIST_HEAD.match(block.raw):
            head, *lines = block.raw.split("\n")
            again.update((head,) if head in found else ())
            found[head] = set(lines)
    return {head: lines for head, lines in found.items() if head not in again}


def _settled(here: set[str], there: set[str]) -> set[str]:
    """The entries on both sides whose numbers no other line has; none where a line takes an entry back."""
    entries = {line: _first_word(line) for line in here & there}
    times = Counter(entries.values())
    times.update(map(_first_word, here ^ there))
    if any(word.lower() == "no" for word in times):
        return set()
    return {line for line, word in entries.items() if times[word] == 1 and word.isdecimal()}


def _first_word(line: str) -> str:
    return (line.split(None, 1) or ("",))[0]


def _without(blocks: Iterable[Block], emptied: dict[str, set[str]]) -> Iterator[Block]:
    """The blocks with those entries emptied, so that the numbers of the lines behind them stay."""
    for block in blocks:
        gone = emptied.get(first_line(block.raw)) if emptied else None
        if gone:
            kept = ["" if line in gone else line for line in block.raw.split("\n")]
            yield Block("\n".join(kept), block.line)
        else:
            yield block
