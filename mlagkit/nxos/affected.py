"""Which blocks of two configurations need a closer look, because something in them differs as text."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import compress, count, filterfalse, repeat
from operator import contains

from mlagkit.config import COMMENT, DEEPER, Block, ConfigTree, Counted, first_line
from mlagkit.nxos.catalogue import ROWS, Kind, recognise
from mlagkit.nxos.catalogue.match import fixed_words
from mlagkit.nxos.facts import Facts, facts, heads
from mlagkit.nxos.noise import is_noise
from mlagkit.nxos.pared import pared
from mlagkit.values import VlanSet

_PRINTED = re.compile(r"interface (?:(?:Ethernet|port-channel|Vlan|loopback|nve|mgmt)\d[\d/.]*(?:\n|\Z)|breakout )")
"""How a device prints the first line of an interface."""

_BARE_PORT = re.compile(r"interface Ethernet\d[\d/]*")
_ONE_VLAN = re.compile(r"\n(vlan \d+)(?=\n)")
_BLANKS = frozenset((" ", "\t"))
_HOLDERS = frozenset(("inte", "vlan", "vrf ", "rout", "ip a", "line", "vdc ", "vpc "))
"""How most lines that hold others begin."""

_MEMBER = re.compile(rf"\n{DEEPER}*\s*chan\S*\s+(\d+)")


@dataclass(frozen=True, slots=True)
class _Topics:
    """What the differing blocks speak of: whole heads, and beginnings of heads that state the same key."""

    heads: frozenset[str]
    beginnings: tuple[str, ...]


def affected(old: ConfigTree, new: ConfigTree, *, everything: bool = False) -> tuple[Facts, Facts]:
    """The facts of both configurations without those of blocks that are equal as text on both sides.

    A block that is equal is still read where another block speaks of the same thing: the same
    stanza twice, a list in several lines, a port-channel whose member differs in what it inherits. A port that one
    side only names is read on neither: a device prints each that it has, and who writes intent none. ``everything``
    reads all, for when the switch-wide defaults differ; so do words cut short at the left margin, and indented
    lines below one that holds none, as no device prints them.
    """
    here, there = set(old.raws), set(new.raws)
    gone, came = here - there, there - here
    others = old.beginning_otherwise(_HOLDERS)
    loose = _has_loose(others) or _has_loose(came) or any(map(_is_loose, (*old.raws[:1], *new.raws[:1])))
    if everything or loose or _cuts_words(old.words | new.words):
        return facts(old.blocks()), facts(new.blocks())
    odd = any(map(_is_odd, came)) or not all(map(_PRINTED.match, old.beginning("interface ")))
    named = set() if odd else _only_named(gone | came)
    twice = set() if _same_order(old, new, gone | came) else _restated(old) | _restated(new)
    gone, came = gone - named, came - named
    topics = _topics(gone | came | twice)
    single = _single_vlans(old) if "vlan " in topics.beginnings else frozenset()
    equal = twice | _under(old, topics.heads | _begun(old, topics.beginnings, single), odd=odd)
    less = {} if odd else pared(gone, came, equal - gone)
    channels = _channels(raw for raw in gone | came | equal if raw not in less)
    equal |= _under(old, channels - topics.heads, odd=odd)
    nothing = {raw for raw, rest in less.items() if not rest}
    wanted = (came | gone | equal) - nothing  # what is equal stands on both sides
    shared = _shared_vlans(single - topics.heads, _contested(gone, came, equal)) if single else []
    counted: Counted = {}
    left, right = ((*_among(tree, wanted, less, counted), *shared) for tree in (old, new))
    return facts(left), facts(right)


def _is_odd(raw: str) -> bool:
    """Whether a block is an interface whose first line no device prints like that."""
    return raw.startswith("interface ") and not _PRINTED.match(raw)


def _single_vlans(tree: ConfigTree) -> frozenset[str]:
    """The heads that name one VLAN."""
    return frozenset(_ONE_VLAN.findall("\n".join(("", *tree.beginning("vlan "), ""))))


def _only_named(differing: Set[str]) -> Set[str]:
    """The ports of which one side has a head and nothing below, and neither has more: they are there without a line.

    A block that is equal on both sides may still speak of one: the head alone adds nothing to it.
    """
    bare = set(filter(_BARE_PORT.fullmatch, differing))
    return bare.difference(map(first_line, differing - bare))


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
        for key in (head,) if _PRINTED.match(head) else _keys(head.rstrip()):
            speaking.setdefault(key, []).append(raw)
    return {raw for raws in speaking.values() if len(raws) > 1 and not all(map(_only_adds, raws)) for raw in raws}


def _keys(head: str) -> set[str]:
    """What a line at the left margin speaks of."""
    if not head or head[0] in COMMENT:
        return set()
    line = recognise("", head)
    return {head, *heads(head), *((line.row.command,) if line and line.row.by_value else ())}


def _only_adds(raw: str) -> bool:
    """Whether it adds to a list of VLANs and says no more: of such lines the order means nothing."""
    line = recognise("", raw)
    if line is None or line.row.kind is not Kind.VLANS or line.negated:
        return False
    return not (line.row.relists or line.row.by_value)


def _cuts_words(words: Set[str]) -> bool:
    """Whether a line begins with a part of a word that commands begin with, or with such a word in capitals."""
    firsts = _first_words()
    shouted = {word.lower() for word in words if not word.islower()}
    if not firsts.isdisjoint(shouted):
        return True
    in_a_row = "\n".join(("", *firsts))
    unknown = (words | shouted) - firsts
    return any(f"\n{word}" in in_a_row for word in unknown if len(word) > 1)


def _has_loose(raws: Collection[str]) -> bool:
    """Whether an indented line speaks of the switch as a whole, since there is none above that holds it."""
    more = compress(raws, map(contains, raws, repeat("\n")))
    return any(map(_is_loose, [raw for raw in more if raw[:4] not in _HOLDERS]))


def _is_loose(raw: str) -> bool:
    head = "" if raw[:1] in _BLANKS else first_line(raw).strip()
    line = recognise("", head)
    if head and not is_noise(head) and (line is None or (line.row.opens and not line.negated)):
        return False
    return not all(is_noise(text) for text in map(str.strip, raw.removeprefix(head).split("\n")) if text)


@functools.cache
def _first_words() -> frozenset[str]:
    return frozenset([row.command.partition(" ")[0] for row in ROWS if row.mode == "" and row.kind is not Kind.NOISE])


def _topics(raws: Iterable[str]) -> _Topics:
    tops: set[str] = set()
    beginnings: set[str] = set()
    for raw in raws:
        top = first_line(raw)
        head = top.rstrip()
        if head.startswith("interface "):
            tops.update((head, *(heads(head) if _is_odd(head) else (head,))))
        elif head:
            tops.update((head, f"no {head}", head.removeprefix("no "), *heads(head)))
            beginnings.update(_beginning(head))
            beginnings.update(_as_printed(head))
            tops.update(_stanzas(head) if head != raw.rstrip() else ())
    return _Topics(frozenset(tops), (*beginnings, *(f"no {beginning}" for beginning in beginnings)))


def _channels(raws: Iterable[str]) -> frozenset[str]:
    """The heads of the port-channels that ports are members of."""
    return frozenset(f"interface port-channel{int(number)}" for number in _MEMBER.findall("\n".join(raws).lower()))


def _beginning(head: str) -> Iterator[str]:
    """How another line begins that would state the same key as this one, or something of the same object."""
    line = recognise("", head)
    if line is not None and line.row.object_words:
        yield " ".join((*line.key.split()[: line.row.object_words], ""))
    if line is None or line.row.kind not in (Kind.VLANS, Kind.VALUE):
        return
    yield from _aliases().get(line.key, ())
    if line.row.alias:
        yield f"{line.key} "
    if isinstance(line.value, str) and head.endswith(f" {line.value}"):
        yield head.removesuffix(line.value)
    else:
        yield " ".join(word for word in line.row.command.split()[:2] if word[0] not in "<[{") + " "


def _as_printed(head: str) -> Iterator[str]:
    """How a device begins a line that is spelled otherwise here: other blanks, capitals, words cut short."""
    line = recognise("", head)
    words = " ".join(fixed_words(line.row.command)) if line else ""
    if words and not f"{head.removeprefix('no ')} ".startswith(f"{words} "):
        yield words


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


def _shared_vlans(single: Set[str], contested: Iterable[int]) -> list[Block]:
    """One list line for the contested VLANs that have a stanza on both sides alike, which makes them exist."""
    vlans = VlanSet(vlan for vlan in contested if f"vlan {vlan}" in single)
    return [Block(f"vlan {vlans}", 0)] if vlans else []


def _contested(gone: Iterable[str], came: Iterable[str], equal: Iterable[str]) -> Set[int]:
    """The VLANs of which what differs says that they exist on one side alone, or no longer exist."""
    (old, no_more), (new, no_longer), (_, never) = map(_vlans, (gone, came, equal))
    return old ^ new | no_more | no_longer | never


def _vlans(raws: Iterable[str]) -> tuple[set[int], set[int]]:
    """The VLANs that the lines at the left margin create, and those that they delete."""
    found: tuple[set[int], set[int]] = set(), set()
    for raw in raws:
        if raw.startswith(("vlan ", "no vlan ")):
            line = recognise("", first_line(raw).rstrip())
            if line is not None and isinstance(line.value, VlanSet):
                found[line.negated].update(line.value)
    return found


def _begun(tree: ConfigTree, beginnings: tuple[str, ...], single: Set[str]) -> set[str]:
    """The heads that begin like that, but for those of single VLANs; one that opens a block states no setting."""
    found = {first_line(raw).rstrip() for beginning in beginnings for raw in tree.beginning(beginning)}
    return {top for top in found - single if not _opens_block(top)}


def _opens_block(head: str) -> bool:
    line = recognise("", head.rstrip())
    return line is not None and line.row.kind is Kind.BLOCK


def _under(tree: ConfigTree, wanted: Set[str], *, odd: bool) -> set[str]:
    """The blocks with one of these heads; if there are ``odd`` ones, also in another spelling or within a range."""
    found = {raw for head in wanted for raw in tree.under(head)}
    if odd:
        found.update(raw for raw, top in zip(tree.raws, tree.heads, strict=True) if _opens_one_of(wanted, top))
    return found


def _opens_one_of(wanted: Set[str], top: str) -> bool:
    return top.startswith("interface ") and not wanted.isdisjoint(heads(top.rstrip()))


def _among(tree: ConfigTree, raws: Set[str], less: Mapping[str, str], counted: Counted) -> Iterator[Block]:
    """Those blocks of a configuration, with the numbers of their first lines, and less to read where there is less."""
    for block in tree.chosen(compress(count(), map(raws.__contains__, tree.raws)), counted):
        yield Block(less[block.raw], block.line) if block.raw in less else block
