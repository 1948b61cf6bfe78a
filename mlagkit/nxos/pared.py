"""What two versions of a block have alike, and nothing that differs depends on, is not read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import filterfalse

from mlagkit.config import first_line
from mlagkit.nxos.catalogue import ROWS, Kind, Phase, Row
from mlagkit.nxos.catalogue.row import ByContext
from mlagkit.nxos.facts import is_flat

_PORT = "interface Ethernet"
_CHANNEL = "interface port-channel"
_LISTS = ("ip access-list ", "ipv6 access-list ", "mac access-list ")
_SWITCHPORT = ("  sw", "  no sw")
_GROUP = re.compile(r"\n  ((?:no )?ch\S*) *(\d*)")


def pared(gone: Collection[str], came: Collection[str], others: Iterable[str]) -> Mapping[str, str]:
    """By block, what there is to read of it, for ports and access lists that differ from one side to the other.

    The lines passed over are left empty, so that no number moves; of some nothing is left to read. Nothing is
    passed over in blocks that ``others``, or two on one side, speak of as well.
    """
    left, right = _by_head(gone), _by_head(came)
    spoken = set(map(first_line, others))
    pairs = {head: (old, right[head]) for head, old in left.items() if head in right and head not in spoken}
    changed = {*map(first_line, gone), *map(first_line, came)}
    found: dict[str, str] = {}
    for head, (old, new) in pairs.items():
        if head.startswith(_LISTS):
            found.update(_access_list(old, new))
        elif head.startswith(_PORT):
            channel = _channel_of(old)
            if channel in pairs and _only_repeats((old, new), pairs[channel]):
                found.update({old: "", new: ""})
            elif channel is not None and channel not in changed:
                found.update(_port(old, new))
    return found


def _by_head(raws: Iterable[str]) -> dict[str, str]:
    """The blocks of ports and access lists, without those that share their head with another."""
    found: dict[str, str] = {}
    again: set[str] = set()
    for raw in raws:
        if raw.startswith((_PORT, _CHANNEL, *_LISTS)):
            head = first_line(raw)
            if head in found:
                again.add(head)
            found[head] = raw
    return {head: raw for head, raw in found.items() if head not in again}


def _channel_of(raw: str) -> str | None:
    """The head of the port-channel of a port, ``""`` if it is in none, and None if that takes a closer look."""
    lines = _GROUP.findall(raw.lower())
    if len(lines) > 1 or (lines and lines[0][0].startswith("no ")):
        return None
    return f"{_CHANNEL}{lines[0][1]}" if lines else ""


def _only_repeats(port: Sequence[str], channel: Sequence[str]) -> bool:
    """Whether a port that stays in its port-channel differs only in lines that its port-channel has on either side.

    These are the lines about switching, and all of them, so that the port inherits what it says.
    """
    (mine, rest), (mine_then, rest_then) = map(_parted, port)
    theirs, theirs_then = (_parted(raw)[0] for raw in channel)
    if rest != rest_then or (mine, mine_then) != (theirs, theirs_then):
        return False
    return all(is_flat(raw) and "\n  no  " not in raw for raw in (*port, *channel))


def _parted(raw: str) -> tuple[list[str], list[str]]:
    """The lines of a flat block that are about switching, and the others."""
    lines = raw.lower().split("\n")
    mine = [line for line in lines if line.startswith(_SWITCHPORT)]
    return mine, [line for line in lines if not line.startswith(_SWITCHPORT)]


def _port(old: str, new: str) -> Iterator[tuple[str, str]]:
    """A port whose port-channel is alike, without what is alike line by line, if all that differs stands for itself."""
    left, right = old.split("\n"), new.split("\n")
    apart = [at for at, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]]
    words = {_word(lines[at]) for at in apart for lines in (left, right)}
    if len(left) == len(right) and words <= _ALONE:
        # Two lines for one setting begin with the same two letters, however short they are cut.
        starts = {f"\n  {no}{word[:2]}" for word in words for no in ("", "no ")} | {"\n  no  "}
        if all(is_flat(raw) and _times(starts, raw.lower()) == len(apart) for raw in (old, new)):
            yield old, _only(left, apart)
            yield new, _only(right, apart)


def _access_list(old: str, new: str) -> Iterator[tuple[str, str]]:
    """An access list without the entries that are alike and stand in one order on both sides.

    Nothing is passed over where a line takes an entry back, or has the number of one that differs.
    """
    left, right = old.split("\n"), new.split("\n")
    alike = set(left) & set(right)
    if [*filter(alike.__contains__, left)] != [*filter(alike.__contains__, right)]:
        return
    here, there = ([*filterfalse(alike.__contains__, lines)] for lines in (left, right))
    words = [*map(_word, here)]
    numbers = {*words, *map(_word, there)}
    stated = _times([f"\n  {number} " for number in filter(str.isdecimal, numbers)], old)  # on one side, or alike
    takes_back = "\n  no " in "\n".join((old, *there)).lower()
    if is_flat(old) and is_flat(new) and not takes_back and stated == sum(map(str.isdecimal, words)):
        for raw, lines in ((old, left), (new, right)):
            yield raw, "\n".join([lines[0], *("" if line in alike else line for line in lines[1:])])


def _word(line: str) -> str:
    """The first word of a line of a flat block, without ``no``."""
    return line[2:].removeprefix("no ").partition(" ")[0]


def _times(starts: Iterable[str], text: str) -> int:
    """How many lines begin like one of those."""
    return sum(map(text.count, starts))


def _only(lines: Sequence[str], places: Iterable[int]) -> str:
    """A block with its head and the lines at those places alone."""
    kept = [""] * len(lines)
    for at in (0, *places):
        kept[at] = lines[at]
    return "\n".join(kept)


def _depends(row: Row) -> bool:
    """Whether another line, of the port or of its port-channel, has a say in what a line means, or it in others."""
    decided = row.inherited or row.implied_by or row.kept_by or isinstance(row.default, ByContext)
    return bool(decided) or row.phase in (Phase.MEMBER, Phase.PEER_LINK, Phase.VPC) or row.kind not in _SINGLE


_SINGLE = (Kind.FLAG, Kind.VALUE)
_ALONE = {row.command.split()[0] for row in ROWS if row.mode == "interface"} - {
    row.command.split()[0] for row in ROWS if row.mode == "interface" and _depends(row)
}
"""The first words of the settings of a port that stand for themselves, such as its description."""
