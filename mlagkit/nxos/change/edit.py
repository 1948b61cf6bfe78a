"""A difference as what is typed: one line in its section, with the phase of a change that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from mlagkit.nxos.catalogue import Kind, Phase, Row, VlanEdit, recognise
from mlagkit.nxos.commands import VLAN_LIST, command, is_unproven, list_line
from mlagkit.nxos.objects import interface_name, vlan_of
from mlagkit.values import ALL_VLANS, VlanSet

RANGES_OF_A_TRUNK = 5
RANGES_OF_A_LIST = 15
"""How many ranges one line holds (reference 7.8: as annet types them; how much a device takes is not known)."""

_BY_KIND = {"Vlan": Phase.SVI, "nve": Phase.ROUTING, "loopback": Phase.SVI}
_OF_LAYER_2 = (Phase.PEER_LINK, Phase.PORT_CHANNEL, Phase.MEMBER)

Section = tuple[str, ...]
"""The header lines above a line, outermost first; () at the left margin."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One line to be typed in a section.

    ``adds`` tells what grows or is overwritten from what goes. ``row`` is what the catalogue knows of the line, None
    for text. ``old`` and ``new`` are the lines that it takes the switch from and to, None where there is none, and
    ``vlans`` those that join or leave a list. ``leg`` is what is shut meanwhile, by its header, mostly a port-channel,
    and ``passing`` whether the line itself shuts it, or brings it up again. ``lines`` are the numbers of ``old`` and
    ``new`` in their texts, 0 where there is none.
    """

    section: Section
    text: str
    adds: bool
    phase: Phase
    row: Row | None = field(default=None, repr=False)
    old: str | None = None
    new: str | None = None
    vlans: VlanSet = field(default=VlanSet())
    leg: str = ""
    passing: bool = False
    lines: tuple[int, int] = field(default=(0, 0), compare=False)

    def __hash__(self) -> int:
        return hash((self.section, self.text))  # few lines of a plan share both, and each is looked up often

    def of(self, phase: Phase, lines: tuple[int, int]) -> Edit:
        """The same in that phase, because of those lines; `replace` takes twice as long."""
        said = self.section, self.text, self.adds
        return Edit(*said, phase, self.row, self.old, self.new, self.vlans, self.leg, self.passing, lines)

    @property
    def path(self) -> Section:
        """The section that the line stands in, or that it makes or ends itself."""
        return (*self.section, self.text.removeprefix("no ")) if self.opens else self.section

    @property
    def opens(self) -> bool:
        """Whether it makes a block, or ends one."""
        return self.row is not None and self.row.kind is Kind.BLOCK

    @property
    def is_unproven(self) -> bool:
        """Whether it is the plain ``no`` form of a line that the catalogue does not know, which nothing proves."""
        return self.old is not None and is_unproven(self.row, self.old)

    @property
    def head(self) -> str:
        """The line at the left margin that it stands under, or is."""
        return self.section[0] if self.section else self.text.removeprefix("no ")


def edits(
    section: Section,
    row: Row | None,
    key: str,
    old: str | None,
    new: str | None,
    vlans: VlanSet,
    *,
    peer_link: bool = False,
    trunk: bool = True,
) -> Iterator[Edit]:
    """What to type for one difference, in its order; ValueError for a line that can't be taken back.

    ``row`` is None for text and for blocks, which are told apart here; ``key`` is that of the setting. ``peer_link``
    marks a difference of the peer-link or of its members, which comes before those of other port-channels. ``trunk`` is
    whether the interface runs as a trunk: one that becomes a trunk has to get its list before.
    """
    if row is None:
        line = recognise(mode_of(section), (new or old or "").removeprefix("no "))
        row = line.row if line and line.row.kind is Kind.BLOCK else None
    phase = _phase(section, row, new or old or "", peer_link=peer_link)
    if row is not None and row.kind is Kind.VLANS and not row.relists and vlans:
        yield from _listed(section, row, key, old, new, vlans, phase, trunk=trunk)
        return
    if old is not None and new is not None and row is not None and row.command.startswith(_CHANNEL):
        yield from _regrouped(section, row, old, new, phase)
        return
    if row is not None and row.command == _INFRA and old is not None and new is not None:
        yield from _adding_up(section, row, key, old, new, vlans, phase)
        return
    if row is not None and row.command in MADE_AGAIN and old is not None and new is not None:
        yield Edit(section, command(row, old, None), False, phase, row, old, None)
        yield Edit(section, new, True, phase, row, None, new)
        return
    yield Edit(section, command(row, old, new), new is not None, phase, row, old, new, vlans)


_CHANNEL = "channel-group "
_INFRA = "system nve infra-vlans <vlans>"
MADE_AGAIN = (
    "<#int> <text>",
    "ip prefix-list <#word> seq <#int> <text>",
    "ipv6 prefix-list <#word> seq <#int> <text>",
)
"""Entries that can't be changed, but only removed and made again (Security guide, "Changing an IP ACL"; prefix lists
[assumed])."""


def _adding_up(
    section: Section, row: Row, key: str, old: str, new: str, going: VlanSet, phase: Phase
) -> Iterator[Edit]:
    """A list that adds up (reference 7.13): what leaves it is taken out first, and then it is typed as a whole.

    That is right, too, where a second line replaces the first.
    """
    if going:
        line = list_line(row, key, going)
        yield Edit(section, command(row, line, None), False, phase, row, line, None, going)
    if not VlanSet(_listed_in(new) - _listed_in(old)):
        return
    yield Edit(section, new, True, phase, row, None, new)


def _listed_in(line: str) -> VlanSet:
    return VlanSet.parse(line.rsplit(maxsplit=1)[-1])


def _listed(
    section: Section, row: Row, key: str, old: str | None, new: str | None, vlans: VlanSet, phase: Phase, *, trunk: bool
) -> Iterator[Edit]:
    """A list of VLANs in lines of a bounded length: it gains and loses exactly what differs, and is never replaced.

    One that all VLANs are on, or that all shall be on, is the only one that is typed as a whole where that fits.
    """
    if row.trunk and old is not None and new is not None:
        yield from _relisted(section, row, key, old, new, phase, trunk=trunk)
        return
    ranges = RANGES_OF_A_TRUNK if row.trunk else RANGES_OF_A_LIST
    for part in chunks(vlans, ranges):
        line = list_line(row, key, part)
        was, will = (None if old is None else line), (None if new is None else line)
        if was and will:  # VLANs that move to another value, whose line is another
            was = old
        yield Edit(section, command(row, was, will), new is not None, phase, row, was, will, part)


def _relisted(section: Section, row: Row, key: str, old: str, new: str, phase: Phase, *, trunk: bool) -> Iterator[Edit]:
    was, will = _carried(old), _carried(new)
    fresh = not trunk and will != ALL_VLANS
    adds = bool(will - was) or fresh
    if will in (ALL_VLANS, VlanSet()) or fresh or (adds and not was):
        whole = [will] if not will or will == ALL_VLANS else list(chunks(will, RANGES_OF_A_TRUNK))
        for at, part in enumerate(whole):
            line = list_line(row, key, part)
            yield Edit(section, command(row, old if not at else None, line), adds, phase, row, old, line, part)
        return
    gone = VlanSet(was - will)
    if len(list(chunks(will, RANGES_OF_A_TRUNK))) == 1:
        yield Edit(section, new, adds, phase, row, old, new, gone)
        return
    for part in chunks(gone, RANGES_OF_A_TRUNK):
        line = list_line(row, key, part)
        yield Edit(section, command(row, line, None), False, phase, row, line, None, part)


def _carried(line: str) -> VlanSet:
    """The VLANs that a line of a trunk gives it."""
    return VlanEdit.parse(line.split("vlan", 1)[1].strip()).applied(ALL_VLANS)


def _regrouped(section: Section, row: Row, old: str, new: str, phase: Phase) -> Iterator[Edit]:
    """A port leaves its port-channel before it joins another, or the same one with or without LACP (section 6).

    Another mode of LACP is typed over the first.
    """
    was, will = (row.canonical(line).split() if row.canonical else line.split() for line in (old, new))
    if was[0] != will[0] or "on" in (was[1], will[1]):
        yield Edit(section, command(row, old, None), False, phase, row, old, None)
        yield Edit(section, new, True, phase, row, None, new)
    else:
        yield Edit(section, new, True, phase, row, old, new)


def ended_by(edit: Edit) -> Iterator[str]:
    """The objects that a line ends, by their heads: a block, or each VLAN of a list."""
    if edit.opens and edit.new is None:
        yield " / ".join(edit.path)
    elif edit.row is not None and edit.row.opens and edit.new is None:
        yield from (f"{edit.row.opens} {vlan}" for vlan in edit.vlans)


def without_stanzas(found: Sequence[Edit]) -> Iterator[Edit]:
    """The same without the VLANs of a list that a stanza of their own creates as well."""
    stanzas = {vlan for edit in found if edit.adds and (vlan := vlan_of(edit.section)) is not None}
    for edit in found:
        if not (edit.adds and edit.row and edit.row.opens and edit.row.kind is Kind.VLANS and edit.vlans & stanzas):
            yield edit
        elif left := VlanSet(edit.vlans - stanzas):
            line = list_line(edit.row, VLAN_LIST[1], left)
            yield replace(edit, text=line, new=line, vlans=left)


def chunks(vlans: VlanSet, ranges: int) -> Iterator[VlanSet]:
    """A set of VLANs in parts of at most so many ranges each."""
    parts = str(vlans).split(",")
    if len(parts) <= ranges:
        yield vlans
        return
    for at in range(0, len(parts), ranges):
        yield VlanSet.parse(",".join(parts[at : at + ranges]), 0)


def row_of(section: Section, text: str) -> Row | None:
    """What the catalogue knows of a line in a section."""
    line = recognise(mode_of(section), text)
    return line.row if line else None


def mode_of(section: Section) -> str:
    """The mode of the lines in a section; one that is not known has none."""
    mode = ""
    for head in section:
        line = recognise(mode, head)
        if line is None or line.row.opens is None:
            return "unknown"
        mode = line.row.opens
    return mode


def _phase(section: Section, row: Row | None, text: str, *, peer_link: bool) -> Phase:
    """When a line is sent: where its row says, but not before the object that it stands in."""
    if row is None:
        return Phase.ROUTING
    if peer_link and row.phase in _OF_LAYER_2:
        return Phase.PEER_LINK
    name = interface_name(section[0] if section else text)
    if name is None:
        return row.phase
    return max(row.phase, _BY_KIND.get(name.kind, Phase.PORT_CHANNEL))
