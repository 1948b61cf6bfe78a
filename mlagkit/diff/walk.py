"""One comparison, from the left margin into every block."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mlagkit.diff.change import Action, Change, Item, Policy, Section, Unmanaged
from mlagkit.diff.texts import matched, misplaced
from mlagkit.diff.vlans import moved, moves
from mlagkit.nxos.catalogue import Kind, Row, implied_by, recognise
from mlagkit.nxos.commands import VLAN_LIST, command, is_unproven, list_line, said
from mlagkit.nxos.context import ALWAYS_VLANS
from mlagkit.nxos.effective import INHERITED, Side, Values, channel_of, is_mere_heading, successors, unstated
from mlagkit.nxos.facts import Fact, Facts, Text
from mlagkit.nxos.objects import PARTS_OF_THE_DOMAIN, always_there, vlan_of
from mlagkit.values import ALL_VLANS, VlanSet

_NO_VLANS = VlanSet()


class _Setting(NamedTuple):
    """One known setting of a block on both sides: its lines where there are any, and its effective values."""

    section: Section
    key: str
    row: Row
    old: Fact | None
    new: Fact | None
    was: object
    will: object
    declared: bool

    @property
    def lines(self) -> tuple[int, int]:
        """The line numbers, 0 where there is no line."""
        return self.old.number if self.old else 0, self.new.number if self.new else 0

    def change(self, action: Action, old: str | None, new: str | None) -> Change:
        """The change of this setting from one text to another."""
        lines = (self.lines[0] if old else 0, self.lines[1] if new else 0)
        return Change(action, self.section, old, new, *lines, self.key, self.row)


@dataclass(frozen=True, slots=True)
class Walk:
    """Both sides of a comparison and what may be removed."""

    old: Side
    new: Side
    policy: Policy

    def items(self) -> Iterator[Item]:
        """Everything that differs."""
        return self._facts((), self.old.root, self.new.root, declared=False)

    def _facts(self, section: Section, old: Facts, new: Facts, *, declared: bool) -> Iterator[Item]:
        """Everything that differs inside one block."""
        keys = _unlike(old, new, self._silent(new, declared=declared))
        if keys:
            yield from self._settings(section, old, new, keys, declared=declared)
        heirs = {} if section else successors(old, new)
        for key in dict.fromkeys((*new.blocks, *old.blocks)):
            here, there = old.blocks.get(heirs.get(key, key)), new.blocks.get(key)
            if key not in heirs.values() and not (here and here is there and self._stays(here)):
                yield from self._block(section, here, there, declared=declared, renamed=key in heirs)
        if old.unknown or new.unknown:
            yield from self._texts(section, old.unknown, new.unknown, inside=False)

    def _settings(
        self, section: Section, old: Facts, new: Facts, keys: Collection[str], *, declared: bool
    ) -> Iterator[Item]:
        """What differs in effect of these settings of a block."""
        moving = moves(old, new, keys)
        for move in moving:
            lines = (move.old, move.new, *move.lines)
            yield Change(Action.REPLACE, section, *lines, move.keys[1], move.row, move.vlans)
        values = self._values(old, new)
        for key in keys:
            setting = _setting(section, key, values, self.policy.sections if not section else (), declared=declared)
            if setting:
                yield from self._known(setting, moved(moving, key) if moving else _NO_VLANS)

    def _values(self, old: Facts, new: Facts) -> tuple[Values, Values]:
        """Both sides' effective values; only a port that stays a member inherits from its port-channel."""
        before, after = self.old.values(old), self.new.values(new)
        return (before, after) if before.channel and after.channel else (before.alone, after.alone)

    def _silent(self, new: Facts, *, declared: bool) -> Iterator[str]:
        """The settings that differ without a line, because what makes their default stays as it is."""
        causes = unstated(new.mode, self.old.context, self.new.context) if declared else {}
        for key, cause in causes.items():
            goes = cause and (self.policy.removes("system", declared=False) or self.policy.drops((), cause))
            if not goes:
                yield key

    def _known(self, setting: _Setting, moving: VlanSet) -> Iterator[Item]:
        was, will = setting.was, setting.will
        if setting.row.neutral is not None and setting.key.endswith(f" {setting.row.neutral}"):
            return  # a VLAN that comes from, or goes to, another value is a move
        if isinstance(was, VlanSet) and isinstance(will, VlanSet):
            if moving:
                was, will = VlanSet(was - moving), VlanSet(will - moving)
            yield from self._vlans(setting, was, will)
            return
        old, new = _stated(setting.old), _stated(setting.new)
        if new:
            yield setting.change(Action.REPLACE if old else Action.ADD, old, new)
        elif old and setting.new:
            yield setting.change(Action.REMOVE, old, None)
        elif old:
            yield self._gone(setting, old)
        else:
            yield setting.change(Action.ADD, None, said(setting.row, setting.key, None if will == INHERITED else will))

    def _vlans(self, setting: _Setting, was: VlanSet, will: VlanSet) -> Iterator[Item]:
        """A set of VLANs differs: what joins it and what leaves it, or the whole list where that is what is typed."""
        section, key, row = setting.section, setting.key, setting.row
        if (section, key) in self.policy.grows and not self.policy.strict and self._runs(section):
            yield from self._grown(setting, was, will)
            return
        declared = setting.declared or (setting.new is not None and not row.opens)
        owned = self.policy.removes(self._owner(section, row), declared=declared)
        if row.trunk and owned and (not was or not will or ALL_VLANS in (was, will)):
            yield _relisted(setting, was, will, will)
            return
        if row.trunk and not owned and setting.old and setting.new is None:
            yield Unmanaged(section, list_line(row, key, was), setting.lines[0])
            return
        leaving = VlanSet(was - will - (ALWAYS_VLANS if row.opens else _NO_VLANS))
        going = leaving if owned else VlanSet(leaving & self.policy.dropped_of(section, key))
        left = VlanSet((was | will) - going) if row.relists and was else _NO_VLANS
        if left and left != was:
            yield _relisted(setting, was, left, going)
        else:
            yield from _joined_and_gone(setting, VlanSet(will - was), going)
        if len(going) < len(leaving):
            yield Unmanaged(section, list_line(row, key, VlanSet(leaving - going)), setting.lines[0])

    def _runs(self, section: Section) -> bool:
        """Whether the switch has the object that a section belongs to."""
        return any(block.head == section[0] for block in self.old.root.blocks.values())

    def _grown(self, setting: _Setting, was: VlanSet, will: VlanSet) -> Iterator[Item]:
        """A list that follows from what else is declared: what is left alone may need a VLAN that it lacks."""
        joining = _NO_VLANS if will == ALL_VLANS else VlanSet(will - was)
        gone = VlanSet((was - will) & self.policy.dropped.get(VLAN_LIST, _NO_VLANS))
        yield from _joined_and_gone(setting, joining, gone)
        left = VlanSet(was - will - gone)
        if left and setting.old:
            yield Unmanaged(setting.section, list_line(setting.row, setting.key, left), setting.lines[0])

    def _gone(self, setting: _Setting, text: str) -> Item:
        """A running line that the intent lacks."""
        dropped = self.policy.drops(setting.section, setting.key)
        owner = self._owner(setting.section, setting.row)
        if dropped or self.policy.removes(owner, declared=setting.declared):
            return setting.change(Action.REMOVE, text, None)
        return Unmanaged(setting.section, text, setting.lines[0])

    def _block(
        self, section: Section, old: Facts | None, new: Facts | None, *, declared: bool, renamed: bool
    ) -> Iterator[Item]:
        if new is None:
            if old is not None and not is_mere_heading(old):
                yield from self._undeclared(section, (*section, old.head), old, declared=declared)
            return
        inner = (*section, new.head)
        if old is None and is_mere_heading(new):
            return
        if old is None and not always_there(inner):
            yield Change(Action.ADD, section, None, new.head, 0, new.number, new.head)
        elif old and renamed:
            yield Change(Action.REPLACE, section, old.head, new.head, old.number, new.number, new.head)
        yield from self._facts(inner, old or Facts(new.head, new.mode), new, declared=True)

    def _stays(self, block: Facts) -> bool:
        """Whether nothing differs in what is one object on both sides, as it is where no line was typed into it."""
        if self.old.context is not self.new.context and self.old.context != self.new.context:
            return False
        return channel_of(self.old.root, block) is channel_of(self.new.root, block)

    def _undeclared(self, section: Section, inner: Section, old: Facts, *, declared: bool) -> Iterator[Item]:
        """An object runs that the intent does not have: removed where it is owned, else left alone line by line."""
        vlan = vlan_of(inner)
        if vlan is not None:
            yield from self._stanza(inner, old, vlan)
            return
        owned = self.policy.removes(self._owner(inner), declared=declared and bool(section))
        there = always_there(inner)
        if not (owned or self.policy.drops(section, old.head)):
            if not there:
                yield Unmanaged(section, old.head, old.number)
            yield from self._facts(inner, old, Facts(old.head, old.mode), declared=False)
        elif not there:
            yield Change(Action.REMOVE, section, old.head, None, old.number, 0, old.head)
        else:
            yield from self._facts(inner, old, Facts(old.head, old.mode), declared=True)

    def _owner(self, section: Section, row: Row | None = None) -> str | None:
        """The word of ``owns`` for an object, or for a setting in it."""
        owner = self.new.owner(section) or self.old.owner(section)
        return row.owner if row and (owner is None or row.owner in PARTS_OF_THE_DOMAIN) else owner

    def _stanza(self, section: Section, old: Facts, vlan: int) -> Iterator[Item]:
        """The settings of a VLAN that has no stanza in the intent; they go with the VLAN, which is another change."""
        key = section[0].split()[0]
        declared = vlan in (self.new.root.vlans(key) or ())
        leaves = self.policy.removes(self._owner(section), declared=False) or vlan in self.policy.dropped.get(
            ((), key), ()
        )
        if declared or not leaves:
            yield from self._facts(section, old, Facts(old.head, old.mode), declared=declared)

    def _texts(self, section: Section, old: Sequence[Text], new: Sequence[Text], *, inside: bool) -> Iterator[Item]:
        """Lines that the catalogue does not know; ``inside`` another one, where a new one may replace an old one."""
        late = misplaced(section, old, new)
        denied = {command(None, text.text, None) for text in new} if old else set()
        for left, right in matched(old, new, old_first=inside and not late):
            if left and right and left.text in late:
                yield Change(Action.REMOVE, section, left.text, None, left.number, 0, left.text)
                yield from _added(section, right)
            elif left and right:
                yield from self._texts((*section, left.text), left.children, right.children, inside=True)
            elif right:
                yield from _added(section, right)
            elif left:
                yield from self._left(section, left, denied=left.text in denied)

    def _left(self, section: Section, text: Text, *, denied: bool = False) -> Iterator[Item]:
        """An unknown line that the intent lacks goes only where somebody said so; what is below it goes with it.

        ``denied``: the intent says the opposite of it.
        """
        dropped = self.policy.drops(section, text.text)
        if dropped or denied or self.policy.strict:
            unproven = dropped and is_unproven(None, text.text)
            yield Change(Action.REMOVE, section, text.text, None, text.number, 0, text.text, unproven=unproven)
            return
        yield Unmanaged(section, text.text, text.number)
        for child in text.children:
            yield from self._left((*section, text.text), child)


def _unlike(old: Facts, new: Facts, silent: Iterable[str]) -> list[str]:
    """The settings of a block that no line states on both sides alike."""
    return [
        key
        for key in dict.fromkeys((*new.known, *old.known, *silent))
        if not (
            (here := old.known.get(key))
            and (there := new.known.get(key))
            and (here.line is there.line or here.line == there.line)
        )
    ]


def _setting(
    section: Section, key: str, values: tuple[Values, Values], kinds: Collection[str], *, declared: bool
) -> _Setting | None:
    """A setting of a block whose effective values differ; None where they are the same."""
    before, after = values
    old, new = before.facts.known.get(key), after.facts.known.get(key)
    some = new or old
    line = some.line if some else recognise(before.facts.mode, key)
    if line is None:
        return None
    row = line.row
    if old and not new and row.kept_by and after.facts.has(row.kept_by):
        return None
    was, will = before.of(key, row), after.of(key, row)
    if was == will and (old or not new or not before.loses_cause(row, after)) and not _switches(key, before, after):
        return None
    if row.object_words:
        declared = _speaks_of(after.facts, key.split()[: row.object_words])
    return _Setting(section, key, row, old, new, was, will, declared or row.owner in kinds)


def _switches(key: str, before: Values, after: Values) -> bool:
    """Whether a line that says its default matters all the same, since it alone switches a flag on."""
    line = recognise(before.facts.mode, flag) if (flag := implied_by(key)) else None
    if line is None or line.key in before.facts.known or line.key in after.facts.known:
        return False
    return before.of(line.key, line.row) != after.of(line.key, line.row)


def _speaks_of(facts: Facts, words: list[str]) -> bool:
    """Whether a block has a line of the object that these first words name, such as the routes to one prefix."""
    return any(key.split()[: len(words)] == words for key in facts.known)


def _stated(fact: Fact | None) -> str | None:
    """The line that states a fact; None where nothing does, or one says with ``no`` that there is no value.

    ``show running-config all`` prints such lines (corpus/nxos/single/batfish-interface-show-all-1).
    """
    takes_back = fact is not None and fact.line.negated and fact.line.row.kind is Kind.VALUE
    return None if fact is None or takes_back else _whole(fact)


def _whole(fact: Fact) -> str:
    """The line that states a fact; all of a list that stands in several lines."""
    value = fact.line.value
    return list_line(fact.line.row, fact.line.key, value) if isinstance(value, VlanSet) else fact.text


def _relisted(setting: _Setting, was: VlanSet, will: VlanSet, vlans: VlanSet) -> Change:
    """A list that is typed as a whole."""
    section, key, row = setting.section, setting.key, setting.row
    lines = (list_line(row, key, was), list_line(row, key, will))
    return Change(Action.REPLACE, section, *lines, *setting.lines, key, row, vlans)


def _joined_and_gone(setting: _Setting, joining: VlanSet, going: VlanSet) -> Iterator[Change]:
    """A list to which VLANs are added and from which they are taken."""
    section, key, row = setting.section, setting.key, setting.row
    if joining:
        line = list_line(row, key, joining)
        yield Change(Action.ADD, section, None, line, 0, setting.lines[1], key, row, joining)
    if going:
        line = list_line(row, key, going)
        yield Change(Action.REMOVE, section, line, None, setting.lines[0], 0, key, row, going)


def _added(section: Section, text: Text) -> Iterator[Change]:
    yield Change(Action.ADD, section, None, text.text, 0, text.number, text.text)
    for child in text.children:
        yield from _added((*section, text.text), child)
