"""The effective value of a line that may not be there: defaults by context, and what a member inherits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mlagkit.nxos.catalogue import Kind, Row, recognise
from mlagkit.nxos.context import ALWAYS_VLANS, Context
from mlagkit.nxos.facts import Fact, Facts
from mlagkit.nxos.objects import OWNER_OF_KIND, interface_name, owner_of
from mlagkit.values import VlanSet

_OWNER_BY_LINE = {"vpc peer-link": "peer_link", "vpc": "vpcs"}

GROUP = "channel-group force mode"
"""The key of the line that makes a port one of a port-channel."""
_HEAD = "interface "
_ONLY_ONE = frozenset(("vpc-domain",))


class Values(NamedTuple):
    """The effective values of one block."""

    facts: Facts
    context: Context
    channel: Values | None = None

    def of(self, key: str, row: Row) -> object:
        """What the device uses for that key: the line's value, what its port-channel gives, or the default."""
        value = self._of(key, row)
        # VLAN 1 exists also where no list names it.
        return VlanSet(value | ALWAYS_VLANS) if row.opens and isinstance(value, VlanSet) else value

    def _of(self, key: str, row: Row) -> object:
        fact = self.facts.known.get(key)
        if self.channel and row.inherited and (fact is None or self._repeats(fact)):
            return INHERITED
        if row.implied_by and fact is None and self.facts.has(row.implied_by):
            return True
        if row.kind is Kind.FLAG:
            return not fact.line.negated if fact else bool(row.default_in(self.context))
        if fact is None or fact.line.negated:
            default = row.default_in(self.context)
            return VlanSet() if default is None and row.kind is Kind.VLANS else default
        return fact.line.value

    def used(self, key: str, row: Row) -> object:
        """The same, and for what a member inherits what its port-channel says."""
        value = self.of(key, row)
        return self.channel.used(key, row) if value is INHERITED and self.channel else value

    def says_nothing(self, key: str, row: Row) -> bool:
        """Whether a setting has the value that it would have without a line."""
        return self.of(key, row) == Values(_NO_FACTS, self.context).of(key, row)

    def loses_cause(self, row: Row, after: Values) -> bool:
        """Whether a flag is on only by another line, which is there no longer."""
        cause = self.facts.known.get(row.implied_by or "")
        if cause is None or cause.line.negated or cause.line.key in after.facts.known:
            return False
        return self.of(cause.line.key, cause.line.row) != after.of(cause.line.key, cause.line.row)

    @property
    def alone(self) -> Values:
        """The same block read without its port-channel."""
        return Values(self.facts, self.context) if self.channel else self

    def _repeats(self, fact: Fact) -> bool:
        """Whether a line of a member only says again what its port-channel says."""
        key, row = fact.line.key, fact.line.row
        return self.channel is not None and self.alone.of(key, row) == self.channel.of(key, row)


_NO_FACTS = Facts("", "")
INHERITED = "inherited from the port-channel"
"""The value of what a port says nothing of, or only what its port-channel says."""


class Side(NamedTuple):
    """One of the two configurations: its facts and its switch-wide defaults."""

    root: Facts
    context: Context

    def values(self, facts: Facts) -> Values:
        """The effective values of one of its blocks."""
        name = interface_name(facts.head)
        if name is None:
            return Values(facts, self.context)
        group = channel_of(self.root, facts) if name.kind == "Ethernet" else None
        channel = self.values(group) if group else None
        return Values(facts, self._at(name, facts, channel), channel)

    def owner(self, section: Sequence[str]) -> str | None:
        """The word of ``owns`` for the object that a section belongs to; None for what is not here."""
        name = interface_name(section[0]) if section else None
        if name is None or name.kind != "port-channel":
            return owner_of(section)
        block = self.root.blocks.get(f"{_HEAD}{name}")
        if block is None:
            return None
        return next((owner for key, owner in _OWNER_BY_LINE.items() if block.has(key)), OWNER_OF_KIND[name.kind])

    def _at(self, name: str, facts: Facts, channel: Values | None) -> Context:
        layer2 = facts.has("switchport")
        routed = None if layer2 is None else not layer2
        if routed is None and channel is not None:
            routed = channel.context.routed
        return self.context.at(name, routed=routed, peer_link=bool(facts.has("vpc peer-link")))


def group_of(port: Facts) -> str:
    """The number of the port-channel that a port is in, ``""`` for one that is in none."""
    fact = port.known.get(GROUP)
    return "" if fact is None or fact.line.negated else str(fact.line.value).split()[0]


def channel_of(root: Facts, port: Facts) -> Facts | None:
    """The port-channel that a port is in, where the configuration has it."""
    number = group_of(port)
    return root.blocks.get(f"{_HEAD}port-channel{number}") if number else None


def unstated(mode: str, old: Context, new: Context) -> Mapping[str, str]:
    """The settings whose default differs, by their keys: because of a line that runs and is not intended, its key.

    That is ``system default switchport shutdown`` (reference 2.3). Whether ports switch without a line varies by
    platform, and those that route are shut (7.17): ``""``, since no line that goes would change it.
    """
    if mode != "interface":
        return {}
    if new.switchport and not old.switchport:
        return {"switchport": "", "shutdown": ""}
    stays = old.switchport_shutdown and not new.switchport_shutdown
    return {"shutdown": "system default switchport shutdown"} if stays else {}


def successors(old: Facts, new: Facts) -> Mapping[str, str]:
    """The blocks of which a switch has but one, under another number: the key of each and the one that it had.

    Changing the id of the domain keeps what stands in it (reference 2.1).
    """
    came = {key: facts.mode for key, facts in new.blocks.items() if facts.mode in _ONLY_ONE and key not in old.blocks}
    if not came:
        return came
    left = {facts.mode: key for key, facts in old.blocks.items() if key not in new.blocks}
    return {key: left[mode] for key, mode in came.items() if mode in left}


def is_mere_heading(facts: Facts) -> bool:
    """Whether a block at the left margin says nothing and, having no name, is no object: as if it were not there."""
    line = recognise("", facts.head) if not (facts.blocks or facts.unknown) else None
    if line is None or line.row.kind is not Kind.BLOCK or "#" in line.row.command:
        return False
    values = Values(facts, Context())
    return all(values.says_nothing(key, fact.line.row) for key, fact in facts.known.items())
