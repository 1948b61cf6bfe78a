"""What lines are for, in a few words: the reason of a step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from mlagkit.nxos.catalogue import Kind, Phase
from mlagkit.nxos.change.claims import regated
from mlagkit.nxos.change.edit import Edit
from mlagkit.nxos.change.order import channel_said, comes_up, grows, is_group, is_port, joins
from mlagkit.nxos.objects import interface_name, svi_of, vlan_of
from mlagkit.values import VlanSet

MOST = 3
"""So many reasons are said; of the others how many there are."""
_TO_JOIN = ("switchport", "shutdown")
"""What is said of a port for its joining alone: nobody intends it for itself."""


def gist(edits: Iterable[Edit]) -> str:
    """The reason of lines that are typed together, the objects of the intent first."""
    found = list(dict.fromkeys(_reasons(list(edits))))
    more = len(found) - MOST
    return "; ".join(found if more <= 1 else [*found[:MOST], f"{more} more"])


def _reasons(edits: list[Edit]) -> Iterator[str]:
    if turned := regated(edits):
        yield from _gateways(turned)
        edits = [edit for edit in edits if svi_of(edit.head) not in turned]
    made = {edit.head for edit in edits if edit.opens and not edit.section and edit.new and not edit.old}
    yield from _vlans(edits)
    no_trunk = {edit.head for edit in edits if _ends_trunk(edit)}
    yield from _trunks([edit for edit in edits if edit.head not in made | no_trunk])
    ended = {edit.head for edit in edits if edit.opens and not edit.section and edit.old and not edit.new}
    created = frozenset[int]().union(*_created(edits))
    joining = {edit.head for edit in edits if joins(edit)}
    shut, up = ({edit.head for edit in edits if edit.text == text} for text in ("shutdown", "no shutdown"))
    for edit in edits:
        vlan = vlan_of(edit.section)
        text = edit.text.removeprefix("no ")
        if edit.head in joining and text in _TO_JOIN:
            continue
        if text == "shutdown" and edit.head in shut & up and (is_port(edit.head) or not edit.passing):
            continue  # it is as it was in the end
        if edit.passing:
            if is_port(edit.head) or all(each.passing for each in edits):
                yield f"{_named(edit.head)} is {'brought up' if edit.text.startswith('no ') else 'shut'}"
        elif edit.head in made:
            yield f"new {_named(edit.head)}"
        elif edit.head in ended:
            yield f"{_named(edit.head)} goes"
        elif not (_lists_vlans(edit) or (vlan is not None and edit.new and vlan in created)):
            yield _of_setting(edit)


def _gateways(turned: Mapping[int, str]) -> Iterator[str]:
    """The VLANs by the kind of gateway that they get."""
    for kind in dict.fromkeys(turned.values()):
        yield f"{kind} for VLAN {VlanSet(vlan for vlan, becomes in turned.items() if becomes == kind)}"


def _lists_vlans(edit: Edit) -> bool:
    return edit.row is not None and edit.row.kind is Kind.VLANS and bool(edit.row.trunk or edit.row.opens)


def _ends_trunk(edit: Edit) -> bool:
    """Whether a port stops being a trunk: no VLAN comes to it then, even where it is typed a list of all."""
    return (
        edit.row is not None
        and edit.row.command.startswith("switchport mode ")
        and (edit.old or "").split()[-1:] == ["trunk"]
    )


def _created(edits: list[Edit]) -> Iterator[VlanSet]:
    for edit in edits:
        vlan = vlan_of(edit.section)
        if edit.row is not None and edit.row.opens and edit.row.kind is Kind.VLANS and edit.adds:
            yield edit.vlans
        elif vlan is not None and edit.adds and edit.old is None:
            yield VlanSet((vlan,))


def _vlans(edits: list[Edit]) -> Iterator[str]:
    new = VlanSet(frozenset[int]().union(*_created(edits)))
    gone = VlanSet(
        frozenset[int]().union(
            *(
                edit.vlans
                for edit in edits
                if edit.row and edit.row.opens and edit.row.kind is Kind.VLANS and not edit.adds
            )
        )
    )
    if new:
        yield f"VLAN {new}"
    if gone:
        yield f"VLAN {gone} goes"


def _trunks(edits: list[Edit]) -> Iterator[str]:
    """VLANs by how many trunks they come to or leave; where none does, those that a port lists now."""
    for comes, words in ((True, "to"), (False, "off")):
        heads: dict[str, set[int]] = {}
        listed: dict[str, str] = {}
        for edit in edits:
            if edit.row is not None and edit.row.trunk and edit.adds is comes:
                heads.setdefault(edit.head, set()).update(edit.vlans)
                listed[edit.head] = (edit.new or "all").split()[-1]
        together: dict[str, list[str]] = {}
        for head, vlans in heads.items():
            what = f"VLAN {VlanSet(vlans)} {words}" if vlans else f"VLAN {listed[head]} listed on"
            together.setdefault(what, []).append(head)
        for what, those in together.items():
            yield f"{what} {_named(those[0]) if len(those) == 1 else f'{len(those)} trunks'}"


def _of_group(edit: Edit) -> str:
    """A port that joins a port-channel or leaves it, or stays in it and begins to speak LACP in another way."""
    channel = channel_said(edit.new or edit.old)
    if edit.new and edit.old and channel_said(edit.old) == channel:
        return f"LACP mode of {_named(edit.head)} in {_named(channel)}"
    return f"{_named(edit.head)} {'joins' if edit.new else 'leaves'} {_named(channel)}"


def _of_setting(edit: Edit) -> str:
    """A single setting, by its words without a value, or a block within another, by its whole heading."""
    if is_group(edit):
        return _of_group(edit)
    if comes_up(edit):
        return f"{_named(edit.head)} comes up"
    if _ends_trunk(edit):
        return f"{_named(edit.head)} is no trunk any more"
    line = (edit.new or edit.old or edit.text).removeprefix("no ")
    words = line if edit.opens and edit.section else _words(edit, line)
    what = words if edit.row is not None else line
    if edit.section:
        what = " of ".join((words, *edit.section[1:][-1:], _named(edit.head)))
    if edit.new is not None or grows(edit):
        return what
    return f"{what} back to its default" if _has_default(edit) else f"{what} goes"


def _words(edit: Edit, line: str) -> str:
    """A line without its values, but for those that name what it is about."""
    if edit.row is None:
        return " ".join(line.split()[:2])
    if edit.row.phase is Phase.FEATURE:
        return line
    if edit.row.object_words:
        return " ".join(line.split()[: edit.row.object_words])
    command = re.split(r"[\[{]", edit.row.undo or edit.row.command)[0].split()
    known = [word for word in command if not word.startswith("<")]
    return " ".join(known if known[:1] == line.split()[:1] else line.split()[:2])


def _has_default(edit: Edit) -> bool:
    """Whether something else is in the place of a line that goes: what ran was a ``no`` form, or one of many values."""
    if edit.row is None:
        return False
    return (edit.old or "").startswith("no ") or (edit.row.kind is Kind.VALUE and edit.row.default is not None)


def _named(head: str) -> str:
    name = interface_name(head)
    return str(name) if name is not None else head
