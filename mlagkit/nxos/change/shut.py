"""What is shut while something about it is changed, as the sources want it: port-channels, the tunnel, the domain."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from mlagkit.nxos.catalogue import Phase, known
from mlagkit.nxos.change.carrying import leg_of
from mlagkit.nxos.change.edit import Edit, mode_of
from mlagkit.nxos.change.join import belongs_to_peer_link, phase_beside_peer_link
from mlagkit.nxos.change.order import (
    channel_said,
    comes_up,
    grows,
    is_channel,
    joins,
    leaves,
    leaves_peer_link,
    turns_layer,
)
from mlagkit.nxos.change.sources import virtual_peer_link_sources
from mlagkit.nxos.effective import Side, group_of
from mlagkit.nxos.facts import Facts

_HEAD = "interface port-channel"
_ONLY_SHUT = ("lacp suspend-individual", "lacp suspend-individual pxe", "lacp mode delay")
"""What a port-channel takes only while it is shut (reference 6, row suspend-individual: NU, JP3)."""
_SOURCE = "source-interface <interface>"
"""What the tunnel interface takes only while it is shut (NU vxlan_vtep.rb)."""
_VIRTUAL = "virtual peer-link destination <ip> source <ip> [dscp <int>]"
"""Whose ends are changed while the domain is shut (reference 2.1: VXG, "Configuring vPC Fabric Peering")."""
_ADDRESS = "ip address <prefix>"
_ENDS = 6
"""The words of that line up to its source; the DSCP stands behind them."""


def shut_meanwhile(edits: Sequence[Edit], old: Side, new: Side) -> Iterator[Edit]:
    """The lines of one switch, and those that shut a port-channel before some of them and bring it up behind them.

    That is so for a vPC that ends, since a host loses both legs when one side deletes it (row remove vPC: G106); for
    ports that join by LACP instead of without, or the other way round (row LACP on to active: K); and for what is only
    taken while it is shut, which the tunnel interface and the domain know as well. A port-channel that goes and has no
    ports is down already: nothing is typed, but its end still waits for the other switch to shut its leg. A leg whose
    ports all go to another one, whether it ends or nobody ends it, is shut when its turn comes, on both switches.
    """
    again, moving = _rejoined(edits), _renumbered(edits, old, new)
    ended = {edit.head for edit in edits if (_ends(edit) and leg_of(edit.head, old)) or _is_no_vpc(edit)}
    changed = dict.fromkeys(again.values(), Phase.PORT_CHANNEL)
    changed |= {edit.head: edit.phase for edit in edits if _is_only_taken_shut(edit)}
    changed |= dict.fromkeys(moving.values(), Phase.MEMBER)
    shut = {head for head in ended | changed.keys() if _is_up(head, old)}
    if not shut:
        yield from edits
        return
    moved = _moved(edits, old, new)
    for edit in (*moved, *(each for each in edits if each not in moved)):
        head = again.get(edit.head) or moving.get(edit) or _left(edit, ended) or moved.get(edit) or edit.head
        needs = head != edit.head or _ends(edit) or _is_no_vpc(edit) or _is_only_taken_shut(edit)
        phase = Phase.PEER_LINK if edit in moved else edit.phase
        phase = Phase.MEMBER if edit in moving and is_channel(edit.head) else phase
        yield replace(edit, leg=head, phase=phase) if needs and head in shut else edit
    said = {edit.head for edit in edits if edit.text == "shutdown"}
    for head in sorted(shut - _without_ports(edits, old)):
        yield _line(head, "shutdown", changed.get(head, Phase.PEER_LINK))
        stays = head in moving.values() and head not in ended
        if (stays or _is_up(head, new)) and head not in said:
            yield _line(head, "no shutdown", changed.get(head, Phase.PORT_CHANNEL), adds=head in changed)


def shut_for_good(edits: Iterable[Edit], new: Side) -> Iterator[Edit]:
    """The same with each port that leaves its port-channel, and that nobody declares, shut before, and for good.

    It stays cabled: a host that knows nothing of it goes on sending there, and what was a link between the two switches
    is a second one beside the peer-link, in VLAN 1.
    """
    for edit in edits:
        if not leaves(edit) or edit.head in new.root.blocks:
            yield edit
            continue
        leg = edit.leg or edit.head
        yield replace(_line(edit.head, "shutdown", edit.phase, adds=False), leg=leg)
        yield replace(edit, leg=leg)


def shut_to_switch(edits: Sequence[Edit], old: Side, new: Side) -> Iterator[Edit]:
    """The same with each interface that begins to switch shut until all is said of it, or it would be in VLAN 1."""
    yield from edits
    otherwise = {edit.head for edit in edits if edit.text == "shutdown" or leaves(edit)}
    for edit in edits:
        begins = turns_layer(edit) and edit.text == "switchport" and edit.head not in otherwise
        if begins and _is_up(edit.head, old) and _comes_up(edit.head, new):
            for text in ("shutdown", "no shutdown"):
                yield replace(_line(edit.head, text, edit.phase), leg="", passing=False)


def shut_to_leave(edits: Sequence[Edit], old: Side, new: Side) -> Iterator[Edit]:
    """The same with each port that leaves the peer-link shut until all is said of it.

    It keeps the lines of the peer-link, and so would be a trunk beside it, mostly between the two switches; where the
    peer-link moves to another port-channel, without any. What begins to route is brought up in any case (reference
    2.3). What joins early, since the domain is to speak through it, comes up before it does.
    """
    early = {edit.head for edit in edits if joins(edit) and edit.phase < Phase.DOMAIN}
    opened = {edit.head for edit in edits if comes_up(edit) or turns_layer(edit)}
    again = _rejoined(edits)
    for edit in edits:
        out = leaves_peer_link(edit) or (edit.head not in again and _moves_with_peer_link(edit, old, new))
        if not (out and _is_up(edit.head, old)):
            yield edit
            continue
        yield _line(edit.head, "shutdown", edit.phase, adds=False)
        yield replace(edit, leg=edit.head)
        if edit.head not in opened and _is_up(edit.head, new):
            up = replace(_line(edit.head, "no shutdown", Phase.PEER_LINK), leg="", passing=False)
            phase = Phase.SPANNING_TREE if edit.head in early else phase_beside_peer_link(up, old, new)
            yield up.of(phase, up.lines)


def _moves_with_peer_link(edit: Edit, old: Side, new: Side) -> bool:
    """Whether a port leaves a port-channel that is the peer-link for the one that is it then."""
    return leaves(edit) and all(belongs_to_peer_link(edit.section, side) for side in (old, new))


def _line(head: str, text: str, phase: Phase, *, adds: bool = True) -> Edit:
    """A line of its own; a leg that ends is shut before anything else is done to port-channels."""
    row = known(mode_of((head,)), text).row
    return Edit((head,), text, adds, phase, row, None, text, leg=head, passing=True)


def _is_up(head: str, side: Side) -> bool:
    """Whether a block is there, is not shut and does not belong to the peer-link."""
    block = side.root.blocks.get(head)
    return block is not None and not block.has("vpc peer-link") and not _is_shut(block, side)


def _comes_up(head: str, new: Side) -> bool:
    """The same of an interface in the end, also where no line speaks of it: then `system default` says what it is."""
    return _is_up(head, new) if head in new.root.blocks else not _is_shut(Facts(head, mode_of((head,))), new)


def _is_shut(block: Facts, side: Side) -> bool:
    line = known(block.mode, "shutdown")
    return bool(side.values(block).used(line.key, line.row))


def _ends(edit: Edit) -> bool:
    return edit.opens and not edit.section and not grows(edit) and is_channel(edit.head)


def _without_ports(edits: Sequence[Edit], old: Side) -> frozenset[str]:
    """The port-channels that go and have no ports; those of one that goes differ as well, and so were read."""
    numbers = {group_of(block) for block in old.root.blocks.values()}
    return frozenset(edit.head for edit in edits if _ends(edit) and edit.head.removeprefix(_HEAD) not in numbers)


def _is_no_vpc(edit: Edit) -> bool:
    return edit.row is not None and edit.row.command == "vpc <int>" and edit.new is None


def _is_only_taken_shut(edit: Edit) -> bool:
    row = edit.row
    if row is None:
        return False
    return row.command == _SOURCE or _moves_ends(edit) or (row.command in _ONLY_SHUT and is_channel(edit.head))


def _moves_ends(edit: Edit) -> bool:
    """Whether a line gives a peer-link through the fabric other ends; nothing says that its DSCP needs as much."""
    if edit.row is None or edit.row.command != _VIRTUAL or edit.old is None or edit.new is None:
        return False
    return edit.old.split()[:_ENDS] != edit.new.split()[:_ENDS]


def _moved(edits: Sequence[Edit], old: Side, new: Side) -> Mapping[Edit, str]:
    """The lines that give a loopback another address, as one end of a peer-link that moves: each with the domain.

    Its old address would be gone while the peer-link still runs from it.
    """
    domain = next((edit.head for edit in edits if _moves_ends(edit)), "")
    heads = virtual_peer_link_sources(old, new) if domain else frozenset()
    changed = [edit for edit in edits if edit.head in heads and edit.row is not None and edit.row.command == _ADDRESS]
    return {edit: domain for edit in changed if edit.old is not None}


def _left(edit: Edit, ended: Collection[str]) -> str | None:
    """The port-channel that a line takes a port out of, where that one ends."""
    head = channel_said(edit.old) if leaves(edit) else None
    return head if head in ended else None


def _rejoined(edits: Sequence[Edit]) -> Mapping[str, str]:
    """The ports that leave a port-channel and join it again in another way, each with it."""
    left = {edit.head: channel_said(edit.old) for edit in edits if leaves(edit)}
    joined = {edit.head: channel_said(edit.new) for edit in edits if joins(edit)} if left else {}
    return {head: channel for head, channel in left.items() if joined.get(head) == channel}


def _renumbered(edits: Sequence[Edit], old: Side, new: Side) -> Mapping[Edit, str]:
    """The lines of the ports of a leg that nobody declares any more and that go to another one, each with the leg.

    The other one has no ports so far: whoever is behind the first is behind that then. Where it gets the same vPC, the
    line that says so is one of these, too, and so are those of a port that it gets beside these and that was not up.
    """
    left = {edit.head: channel_said(edit.old) for edit in edits if leaves(edit)}
    joined = {edit.head: channel_said(edit.new) for edit in edits if joins(edit)} if left else {}
    found: dict[Edit, str] = {}
    for head in sorted({*left.values()} - new.root.blocks.keys()):
        leg, ports = leg_of(head, old), _ports(head, old)
        others = {joined[port] for port in ports if port in joined}
        if leg is None or len(others) != 1 or not left.keys() >= {*ports}:
            continue
        (other,) = others
        if leg_of(other, new) and not _ports(other, old):
            again = {edit for edit in edits if edit.head == other and edit.new == f"vpc {leg.number}"}
            coming = {port for port, to in joined.items() if to == other and (port in ports or not _is_up(port, old))}
            found |= {edit: head for edit in edits if edit in again or edit.head in coming}
    return found


def _ports(channel: str, side: Side) -> Sequence[str]:
    """The headers of the ports of a port-channel, as far as they were read."""
    return [head for head, block in side.root.blocks.items() if channel == f"{_HEAD}{group_of(block)}"]
