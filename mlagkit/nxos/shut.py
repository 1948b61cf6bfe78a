"""Port-channels that are shut while something about them is changed, as the sources want it (reference section 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mlagkit.nxos.carrying import leg_of
from mlagkit.nxos.catalogue import Phase, recognise
from mlagkit.nxos.edit import Edit
from mlagkit.nxos.effective import Side, interface_name
from mlagkit.nxos.order import grows, joins, leaves

_ONLY_SHUT = ("lacp suspend-individual", "lacp suspend-individual pxe", "lacp mode delay")
"""What a port-channel takes only while it is shut (row suspend-individual: NU, JP3)."""


def shut_meanwhile(edits: Sequence[Edit], old: Side, new: Side) -> Iterator[Edit]:
    """The lines of one switch, and those that shut a port-channel before some of them and bring it up behind them.

    That is so for a vPC that ends, since a host loses both legs when one side deletes it (row remove vPC: G106); for
    ports that join by LACP instead of without, or the other way round (row LACP on to active: K); and for what is only
    taken while it is shut.
    """
    ended = {edit.head for edit in edits if (_ends(edit) and leg_of(edit.head, old)) or _is_no_vpc(edit)}
    again = _again(edits)
    changed = {head for edit in edits if (head := _changed(again, edit))}
    shut = {head for head in ended | changed if _is_up(head, old)}
    for edit in edits:
        head = _changed(again, edit) or (_left(edit) if _left(edit) in ended else edit.head)
        yield replace(edit, leg=head) if head in shut and (head != edit.head or _needs_shut(edit)) else edit
    joining = {_changed(again, edit) for edit in edits if joins(edit)}
    for head in sorted(shut):
        yield _line(head, "shutdown", Phase.PORT_CHANNEL if head in changed else Phase.PEER_LINK)
        if _is_up(head, new) and not any(edit.head == head and edit.text == "shutdown" for edit in edits):
            phase = Phase.MEMBER if head in joining else Phase.PORT_CHANNEL
            yield _line(head, "no shutdown", phase, adds=head in changed)


def _line(head: str, text: str, phase: Phase, *, adds: bool = True) -> Edit:
    """A line of its own; a leg that ends is shut before anything else is done to port-channels."""
    line = recognise("interface", text)
    return Edit((head,), text, adds, phase, line.row if line else None, None, text, leg=head, passing=True)


def _is_up(head: str, side: Side) -> bool:
    """Whether a port-channel is there, is not shut and does not belong to the peer-link."""
    block = side.root.blocks.get(head)
    line = recognise("interface", "shutdown")
    if block is None or line is None or block.has("vpc peer-link"):
        return False
    return not side.values(block).used(line.key, line.row)


def _ends(edit: Edit) -> bool:
    return edit.opens and not edit.section and not grows(edit) and edit.head.startswith("interface port-channel")


def _is_no_vpc(edit: Edit) -> bool:
    return edit.row is not None and edit.row.command == "vpc <int>" and edit.new is None


def _needs_shut(edit: Edit) -> bool:
    return _ends(edit) or _is_no_vpc(edit) or (edit.row is not None and edit.row.command in _ONLY_SHUT)


def _left(edit: Edit) -> str | None:
    """The port-channel that a line takes a port out of."""
    return f"interface port-channel{(edit.old or '').split()[1]}" if leaves(edit) else None


def _again(edits: Sequence[Edit]) -> Mapping[str, str]:
    """The ports that leave a port-channel to join it again, with its head."""
    left = {edit.head: edit.old.split()[1] for edit in reversed(edits) if leaves(edit) and edit.old}
    joined = {edit.head: edit.new.split()[1] for edit in reversed(edits) if joins(edit) and edit.new}
    ports = (head for head in left if (name := interface_name(head)) and name.kind == "Ethernet")
    return {head: f"interface port-channel{left[head]}" for head in ports if joined.get(head) == left[head]}


def _changed(again: Mapping[str, str], edit: Edit) -> str | None:
    """The port-channel that has to be shut for a line, None where it needs not."""
    if edit.row is None:
        return None
    if edit.row.command in _ONLY_SHUT and edit.head.startswith("interface port-channel"):
        return edit.head
    return again.get(edit.head)
