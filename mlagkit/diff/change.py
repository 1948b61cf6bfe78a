"""What a comparison gives: changes, and the running lines that it leaves alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mlagkit.finding import Origin
from mlagkit.nxos.catalogue import Row
from mlagkit.nxos.objects import interface_name
from mlagkit.values import VlanSet

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

    For a set of VLANs the lines name only the VLANs that differ, which are in ``vlans``; where the list is
    typed as a whole, the lines name all of it, and ``vlans`` are those of a trunk, or else what leaves the list.
    ``key`` tells the setting from others of its section. ``row`` is what the catalogue knows of
    the line, None for text that it does not know. ``unproven`` marks such a text that goes because
    the base revision declared it and the intent no longer does: nothing proves its plain ``no`` form.
    """

    action: Action
    section: Section
    old: str | None
    new: str | None
    old_line: int = 0
    new_line: int = 0
    key: str = field(default="", compare=False)
    row: Row | None = field(default=None, compare=False, repr=False)
    vlans: VlanSet = field(default=VlanSet(), compare=False, repr=False)
    unproven: bool = False


@dataclass(frozen=True, slots=True)
class Unmanaged:
    """A running line that nothing in the intent claims: it is left alone."""

    section: Section
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Uncompared:
    """A running line that may be the intended one, of which nobody has the ``secrets``: it is left as it stands.

    ``lines`` are the numbers of both. ``origin`` is the place that asks for the line.
    """

    section: Section
    text: str
    secrets: tuple[str, ...]
    lines: tuple[int, int]
    origin: Origin | None = field(default=None, compare=False)


Item = Change | Unmanaged


@dataclass(frozen=True, slots=True)
class SwitchDiff:
    """The difference of one switch, and what runs there that nothing in the intent claims."""

    changes: tuple[Change, ...]
    unmanaged: tuple[Unmanaged, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be removed.

    ``strict`` counts everything that the intent does not declare. ``owns`` gives ``merged``,
    ``replaced`` or ``overridden`` by kind of object. ``sections`` are the kinds of setting at the left
    margin that the intent declares as a whole. ``grows`` are the lists of VLANs that nobody
    wrote: they gain VLANs, and lose only those that the base revision still had. ``dropped`` are
    the settings, by section and key, that the base revision declared and the intent no longer does,
    with their VLANs where they are sets.
    """

    strict: bool = False
    owns: Mapping[str, str] = field(default_factory=dict)
    sections: frozenset[str] = frozenset()
    grows: frozenset[tuple[Section, str]] = frozenset()
    dropped: Mapping[tuple[Section, str], VlanSet] = field(default_factory=dict)

    def removes(self, owner: str | None, *, declared: bool) -> bool:
        """Whether a known line of that kind goes when the intent lacks it."""
        rule = self.owns.get(owner or "", "replaced")
        return self.strict or rule == "overridden" or (declared and rule == "replaced")

    def drops(self, section: Section, key: str) -> bool:
        """Whether the base revision declared a setting that the intent no longer does."""
        return bool(self.dropped) and (tuple(map(_named, section)), _named(key)) in self.dropped

    def dropped_of(self, section: Section, key: str) -> VlanSet:
        """The VLANs of a list that the base revision declared and the intent no longer does."""
        return self.dropped.get((tuple(map(_named, section)), key), VlanSet()) if self.dropped else VlanSet()


def _named(head: str) -> str:
    """The first line of an interface with its whole name, however it was typed: `dropped` names it so."""
    name = interface_name(head)
    return f"interface {name}" if name else head
