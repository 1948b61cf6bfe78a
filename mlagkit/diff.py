"""Two configurations of one switch to the changes between them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from mlagkit.config import ConfigTree
from mlagkit.nxos.affected import affected
from mlagkit.nxos.catalogue import Kind, Row
from mlagkit.nxos.context import Context
from mlagkit.nxos.effective import Side, Values, always_there, owner_of
from mlagkit.nxos.facts import COMMENT, Fact, Facts, Text
from mlagkit.values import ALL_VLANS, VlanSet

Section = tuple[str, ...]
"""The header lines above a line, outermost first; () at the left margin."""


class Action(StrEnum):
    """What a change does to the running configuration."""

    ADD = "add"
    REMOVE = "remove"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: ``old`` as it runs, ``new`` as intended; their line numbers, 0 where there is no such line.

    For a set of VLANs the lines name only the VLANs that differ. ``row`` is what the catalogue
    knows of the line, None for text that it does not know. ``from_base`` marks what is removed
    because the base revision still declared it.
    """

    action: Action
    section: Section
    old: str | None
    new: str | None
    old_line: int = 0
    new_line: int = 0
    row: Row | None = field(default=None, compare=False, repr=False)
    from_base: bool = False


@dataclass(frozen=True, slots=True)
class Unmanaged:
    """A running line that nothing in the intent claims: it is left alone."""

    section: Section
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class SwitchDiff:
    """The difference of one switch; ``fingerprint`` names the running configuration that it was made from."""

    changes: tuple[Change, ...]
    unmanaged: tuple[Unmanaged, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be removed.

    ``strict`` counts everything that the intent does not declare. ``owns`` gives ``merged``,
    ``replaced`` or ``overridden`` by kind of object; ``dropped`` are the places of lines that
    the base revision declared and the intent no longer does.
    """

    strict: bool = False
    owns: Mapping[str, str] = field(default_factory=dict)
    dropped: frozenset[tuple[Section, str]] = frozenset()

    def removes(self, owner: str | None, *, declared: bool) -> bool:
        """Whether a known line of that kind goes when the intent lacks it."""
        rule = self.owns.get(owner or "", "replaced")
        return self.strict or rule == "overridden" or (declared and rule == "replaced")


def diff(
    running: ConfigTree,
    intended: ConfigTree,
    *,
    policy: Policy | None = None,
    base: ConfigTree | None = None,
    contexts: tuple[Context, Context] | None = None,
) -> SwitchDiff:
    """What has to change on the switch that runs ``running`` so that it does what ``intended`` says.

    ``contexts`` are the switch-wide defaults of the two, read from the texts where not given.
    """
    policy = policy or Policy()
    if base is not None:
        policy = Policy(policy.strict, policy.owns, _dropped(base, intended))
    here, there = contexts or (Context.of(running), Context.of(intended))
    old, new = affected(running, intended, everything=here != there)
    walk = _Walk(Side(old, here), Side(new, there), policy)
    found = list(walk.facts((), old, new, declared=False))
    return SwitchDiff(
        tuple(item for item in found if isinstance(item, Change)),
        tuple(item for item in found if isinstance(item, Unmanaged)),
        fingerprint(running),
    )


def fingerprint(tree: ConfigTree) -> str:
    """SHA-256 over a configuration without the comments that differ from read to read."""
    kept = "\n".join(raw for raw in tree.raws if raw and raw[0] not in COMMENT)
    return hashlib.sha256(kept.encode("utf-8", "surrogateescape")).hexdigest()


def _dropped(base: ConfigTree, intended: ConfigTree) -> frozenset[tuple[Section, str]]:
    """The places that the base declared and the intent does not, by section and old line."""
    gone = diff(base, intended, policy=Policy(strict=True)).changes
    return frozenset((change.section, change.old) for change in gone if change.action is Action.REMOVE and change.old)


Item = Change | Unmanaged


@dataclass(frozen=True, slots=True)
class _Walk:
    """One comparison: both sides and what may be removed."""

    old: Side
    new: Side
    policy: Policy

    def facts(self, section: Section, old: Facts, new: Facts, *, declared: bool) -> Iterator[Item]:
        """Everything that differs inside one block."""
        owner = owner_of(section)
        values = self._values(old, new)
        moved = _moved(old, new)
        for move in moved:
            yield Change(Action.REPLACE, section, move.old, move.new, move.old_line, move.new_line, move.row)
        for key in dict.fromkeys((*new.known, *old.known)):
            yield from self._known(section, key, values, owner, _taken(moved, key), declared=declared)
        for key in dict.fromkeys((*new.blocks, *old.blocks)):
            yield from self._block(section, old.blocks.get(key), new.blocks.get(key), declared=declared)
        yield from self._texts(section, old.unknown, new.unknown)

    def _values(self, old: Facts, new: Facts) -> tuple[Values, Values]:
        """Both sides' effective values; only a port that stays a member inherits from its port-channel."""
        before, after = self.old.values(old), self.new.values(new)
        return (before, after) if before.channel and after.channel else (before.alone, after.alone)

    def _known(
        self,
        section: Section,
        key: str,
        values: tuple[Values, Values],
        owner: str | None,
        taken: VlanSet,
        *,
        declared: bool,
    ) -> Iterator[Item]:
        before, after = values
        old, new = before.facts.known.get(key), after.facts.known.get(key)
        if old and new and old.line is new.line:
            return
        row = (new or old).line.row  # type: ignore[union-attr]
        was, will = before.of(key, row), after.of(key, row)
        if was == will:
            return
        if row.kind is Kind.VLANS:
            sets = tuple(VlanSet(each - taken) if isinstance(each, VlanSet) else VlanSet() for each in (was, will))
            yield from self._vlans(section, row, key, (old, new), sets, owner or row.owner, declared=declared)
        elif new is not None or old is None:
            yield _changed(section, row, old, new, _said(row, key, will))
        else:
            yield self._gone(section, old.text, old.number, row, owner or row.owner, declared=declared)

    def _vlans(
        self,
        section: Section,
        row: Row,
        key: str,
        lines: tuple[Fact | None, Fact | None],
        sets: tuple[VlanSet, ...],
        owner: str | None,
        *,
        declared: bool,
    ) -> Iterator[Item]:
        """A set of VLANs differs: what joins it and what leaves it, or the whole list where it was open or shut."""
        was, will = sets
        old, new = lines
        old_line, new_line = old.number if old else 0, new.number if new else 0
        declared = declared or (new is not None and not row.opens)
        removes = self.policy.removes(owner, declared=declared)
        if row.default is not None and section and removes and (not was or not will or ALL_VLANS in (was, will)):
            yield Change(
                Action.REPLACE, section, list_line(row, key, was), list_line(row, key, will), old_line, new_line, row
            )
            return
        if will - was:
            yield Change(Action.ADD, section, None, list_line(row, key, VlanSet(will - was)), 0, new_line, row)
        if was - will:
            yield self._gone(section, list_line(row, key, VlanSet(was - will)), old_line, row, owner, declared=declared)

    def _block(self, section: Section, old: Facts | None, new: Facts | None, *, declared: bool) -> Iterator[Item]:
        if new is None:
            if old is not None:
                yield from self._undeclared(section, (*section, old.head), old, declared=declared)
            return
        inner = (*section, new.head)
        if old is None and not always_there(inner):
            yield Change(Action.ADD, section, None, new.head, 0, new.number)
        yield from self.facts(inner, old or Facts(new.head, new.mode), new, declared=True)

    def _undeclared(self, section: Section, inner: Section, old: Facts, *, declared: bool) -> Iterator[Item]:
        """An object runs that the intent does not have: removed where it is owned, else left alone line by line."""
        known = old.mode != "unknown" and self.policy.removes(owner_of(inner), declared=declared and bool(section))
        from_base = (section, old.head) in self.policy.dropped
        there = always_there(inner)
        if not (known or from_base or self.policy.strict):
            yield from self._left_alone(section, inner, old, there=there)
        elif there and not self._leaves(inner):
            yield from self.facts(inner, old, Facts(old.head, old.mode), declared=True)
        elif not there:
            yield Change(Action.REMOVE, section, old.head, None, old.number, from_base=from_base)

    def _left_alone(self, section: Section, inner: Section, old: Facts, *, there: bool) -> Iterator[Item]:
        if not there:
            yield Unmanaged(section, old.head, old.number)
        yield from self.facts(inner, old, Facts(old.head, old.mode), declared=False)

    def _leaves(self, section: Section) -> bool:
        """Whether a VLAN's stanza goes with its VLAN, which is a change of its own."""
        vlans = self.new.root.value(section[0].split()[0])
        return isinstance(vlans, VlanSet) and not vlans.issuperset(map(int, section[0].split()[1:2]))

    def _gone(
        self, section: Section, text: str, number: int, row: Row | None, owner: str | None, *, declared: bool
    ) -> Item:
        """A running line that the intent lacks."""
        from_base = (section, text) in self.policy.dropped
        owned = self.policy.removes(owner, declared=declared) if row else self.policy.strict
        if owned or from_base:
            return Change(Action.REMOVE, section, text, None, number, 0, row, from_base)
        return Unmanaged(section, text, number)

    def _texts(self, section: Section, old: Sequence[Text], new: Sequence[Text]) -> Iterator[Item]:
        """Lines that the catalogue does not know: by text, in their order except at the left margin."""
        pairs = _aligned(old, new) if section else _matched(old, new)
        for left, right in pairs:
            if left and right:
                yield from self._texts((*section, left.text), left.children, right.children)
            elif right:
                yield from _added(section, right)
            elif left:
                yield from self._left(section, left)

    def _left(self, section: Section, text: Text) -> Iterator[Item]:
        yield self._gone(section, text.text, text.number, None, None, declared=False)
        for child in text.children:
            yield from self._left((*section, text.text), child)


@dataclass(frozen=True, slots=True)
class _Move:
    """VLANs that keep a setting with another value, such as a bridge priority."""

    row: Row
    vlans: VlanSet
    keys: tuple[str, str]
    old_line: int
    new_line: int

    @property
    def old(self) -> str:
        """The line as it runs, for these VLANs alone."""
        return list_line(self.row, self.keys[0], self.vlans)

    @property
    def new(self) -> str:
        """The line as intended, for these VLANs alone."""
        return list_line(self.row, self.keys[1], self.vlans)


def _moved(old: Facts, new: Facts) -> list[_Move]:
    """The VLANs that leave one value of a setting and join another: a replacement, not an end."""
    joins = _joined(old, new)
    return [
        _Move(gone.line.row, VlanSet(left & joined), (gone.line.key, came.line.key), gone.number, came.number)
        for gone, left in _joined(new, old)
        for came, joined in joins
        if gone.line.row is came.line.row and left & joined
    ]


def _joined(before: Facts, after: Facts) -> list[tuple[Fact, VlanSet]]:
    """The VLANs that each value of a setting has after but not before."""
    found = (
        (fact, fact.line.value, before.value(key)) for key, fact in after.known.items() if _by_value(fact.line.row)
    )
    return [
        (fact, VlanSet(now - (was if isinstance(was, VlanSet) else VlanSet())))
        for fact, now, was in found
        if isinstance(now, VlanSet)
    ]


def _by_value(row: Row) -> bool:
    """Whether each VLAN has one value of that command, which stands in its key."""
    return row.kind is Kind.VLANS and "<#" in row.command


def _taken(moves: list[_Move], key: str) -> VlanSet:
    """The VLANs of a key that a move accounts for."""
    return VlanSet().union(*(move.vlans for move in moves if key in move.keys)) if moves else VlanSet()  # type: ignore[return-value]


def list_line(row: Row, key: str, vlans: VlanSet) -> str:
    """A line for a set of VLANs, in the words of its command."""
    words = row.command.split()
    identity = iter(key.split()[-row.command.count("<#") :])
    spelled = (
        next(identity) if word.startswith("<#") else str(vlans) or "none" if word[0] == "<" else word for word in words
    )
    return " ".join(spelled)


def _said(row: Row, key: str, value: object) -> str:
    """The line that says a value for which there is no line: a default, in full."""
    if row.kind is Kind.FLAG:
        return key if value else f"no {key}"
    return f"no {key}" if value is None else f"{key} {value}"


def _changed(section: Section, row: Row, old: Fact | None, new: Fact | None, said: str) -> Change:
    text, line = (new.text, new.number) if new else (said, 0)
    if old is None:
        return Change(Action.ADD, section, None, text, 0, line, row)
    return Change(Action.REPLACE, section, old.text, text, old.number, line, row)


def _added(section: Section, text: Text) -> Iterator[Change]:
    yield Change(Action.ADD, section, None, text.text, 0, text.number)
    for child in text.children:
        yield from _added((*section, text.text), child)


Pair = tuple[Text | None, Text | None]


def _matched(old: Iterable[Text], new: Iterable[Text]) -> Iterator[Pair]:
    """Lines brought together by their text alone; equal heads speak of one block."""
    left, right = _by_text(old), _by_text(new)
    for text in dict.fromkeys((*right, *left)):
        yield left.get(text), right.get(text)


def _by_text(texts: Iterable[Text]) -> dict[str, Text]:
    found: dict[str, Text] = {}
    for text in texts:
        before = found.get(text.text)
        found[text.text] = Text(text.text, before.number, [*before.children, *text.children]) if before else text
    return found


def _aligned(old: Sequence[Text], new: Sequence[Text]) -> Iterator[Pair]:
    """Lines brought together in order, the longest common run first."""
    if [text.text for text in old] == [text.text for text in new]:
        yield from zip(old, new, strict=True)
        return
    import difflib  # only a few blocks ever need it, and it costs a command's start

    matcher = difflib.SequenceMatcher(None, [text.text for text in old], [text.text for text in new], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(old[i1:i2], new[j1:j2], strict=True)
            continue
        yield from ((text, None) for text in old[i1:i2])
        yield from ((None, text) for text in new[j1:j2])
