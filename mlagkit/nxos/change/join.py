"""Ports and port-channels while lines are typed: what a port takes from its channel, and when it must be forced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mlagkit.nxos.catalogue import Phase, Row, known, recognise
from mlagkit.nxos.change.edit import Edit, Section
from mlagkit.nxos.change.effects import SHOWN_BY_MEMBERS
from mlagkit.nxos.change.order import begins_to_route, comes_up, grows, is_port, joins, leaves
from mlagkit.nxos.change.snmp_users import ends_user
from mlagkit.nxos.change.typed import Typed
from mlagkit.nxos.commands import command
from mlagkit.nxos.effective import GROUP, Side, channel_of, group_of
from mlagkit.nxos.facts import Facts
from mlagkit.nxos.objects import interface_name

_ADDRESS = "ip address"
_VRF = "vrf member"
_PEER_LINK = "vpc peer-link"
_TRUNK = known("interface", "switchport mode trunk")
SWITCHES = ("switchport ", "spanning-tree ")
"""How the lines begin that an interface takes only while it switches."""
_NEVER_FORCED = ("speed", "duplex")
"""What a port has to have of its port-channel already when it joins, besides the layer."""


def belongs_to_peer_link(section: Section, *sides: Side) -> bool:
    """Whether an interface is the peer-link, or one of its ports, on one of the sides."""
    name = interface_name(section[0])
    return name is not None and any(_is_of_peer_link(side, section[0]) for side in sides)


def phase_beside_peer_link(edit: Edit, old: Side, new: Side) -> Phase:
    """When a line of the peer-link, or of a port that it has before or after, is typed.

    What joins the peer-link leaves another port-channel first, then what it gives up leaves it, so that it never lacks
    ports. What is said of that comes when the peer-link is there. It comes up when both switches have it so: the other
    end may be a port of the peer-link before. What takes over an address does not wait, as the keepalive may go there.
    """
    if edit.phase is not Phase.PEER_LINK:
        return edit.phase
    if leaves(edit) and not _is_of_peer_link(old, edit.head):
        return Phase.MEMBER if _loses_ports(old, new) else edit.phase
    port = new.root.blocks.get(edit.head)
    if port is None or not is_port(edit.head) or _is_of_peer_link(new, edit.head):
        return edit.phase
    if leaves(edit):
        return Phase.PORT_CHANNEL
    if not grows(edit) or not (group_of(port) or begins_to_route(port, old.root.blocks.get(edit.head))):
        return edit.phase
    if comes_up(edit) and not _takes_over(port, old):
        return Phase.SVI if group_of(port) else Phase.MEMBER
    return Phase.MEMBER if group_of(port) else Phase.PORT_CHANNEL


def _takes_over(port: Facts, old: Side) -> bool:
    """Whether a port gets an address that another interface of its VRF has before."""
    others = (block for head, block in old.root.blocks.items() if head != port.head)
    return port.value(_ADDRESS) is not None and any(_address(block) == _address(port) for block in others)


def _address(interface: Facts) -> tuple[object, object]:
    """The address of an interface with its VRF, since each VRF may have it."""
    return interface.value(_VRF), interface.value(_ADDRESS)


def _loses_ports(old: Side, new: Side) -> bool:
    """Whether the peer-link gives up a port."""
    ports = (head for head in old.root.blocks if is_port(head) and _is_of_peer_link(old, head))
    return any(not _is_of_peer_link(new, head) for head in ports)


def _is_of_peer_link(side: Side, head: str) -> bool:
    block = side.root.blocks.get(head)
    if block is None:
        return False
    channel = channel_of(side.root, block)
    return bool(block.has(_PEER_LINK) or (channel and channel.has(_PEER_LINK)))


def is_trunk(head: str, side: Side) -> bool:
    """Whether an interface runs as a trunk."""
    block = side.root.blocks.get(head)
    return block is not None and side.values(block).used(_TRUNK.key, _TRUNK.row) == _TRUNK.value


def takes_from_channel(edit: Edit, new: Side) -> bool:
    """Whether a line says of a port what it has from its port-channel once it is in it."""
    if edit.row is None or not edit.row.inherited or not edit.row.command.startswith(SHOWN_BY_MEMBERS):
        return False
    name = interface_name(edit.head)
    port = new.root.blocks.get(edit.head)
    return name is not None and name.kind == "Ethernet" and bool(port and channel_of(new.root, port))


def shows_channel(head: str, row: Row, side: Side) -> bool:
    """Whether a line of a port is what it shows of the port-channel that it is in (7.9)."""
    name = interface_name(head)
    port = side.root.blocks.get(f"interface {name}") if name is not None else None
    return port is not None and port.has(GROUP) is True and row.command.startswith(SHOWN_BY_MEMBERS)


def as_typed(edit: Edit, typed: Typed) -> Iterator[Edit]:
    """The line as the switch takes it now, and what it needs before; nothing where it takes none of that kind.

    Each has to be typed before the next is asked for. What went with something else, such as text that a VRF erases, is
    not taken back again. Ports of one port-channel all speak LACP or none does (G106). A port whose lines differ from
    those of its port-channel joins it by ``force``; a routed port takes no line about switching.
    """
    if edit.new is None and _is_gone(edit, typed):
        return
    edit = ends_user(edit, typed.root)
    block = typed.root.blocks.get(edit.head)
    if interface_name(edit.head) is None or not edit.section:
        yield edit
    elif joins(edit):
        if not _is_mixed(typed, edit):
            yield from _joined(edit, typed)
    elif block is None:
        if not edit.passing:
            yield edit
    elif not (_is_about_switching(edit, block) and _is_routed(typed, block)):
        yield edit


def _joined(edit: Edit, typed: Typed) -> Iterator[Edit]:
    """A port that joins a port-channel, behind what joining by ``force`` would not give it.

    That is the layer, and its speed and duplex (N7K Interfaces guide p. 161, "Compatibility Requirements": no Layer 3
    port joins a Layer 2 port-channel, and what is forced must have the same speed, duplex and flow control). A port
    that begins to switch is shut before, or it would be in VLAN 1. So it is brought up in so many words, too, where it
    is to be up: one that is routed without a line is shut (reference 2.3), it is not known whether joining brings it
    up, and those of public configurations that switch where ports route by default all say that they are not shut
    (corpus pairs/bosamart-hsrp-vpc, pairs/allenrobel-n9kv-bringup). A port-channel
    that changes its layer has done so.
    """
    channel = typed.root.blocks.get(f"interface port-channel{edit.text.split()[1]}")
    if channel is None:
        yield edit
        return
    side = Side(typed.root, typed.context)
    port = typed.root.blocks.get(edit.head) or Facts(edit.head, "interface")
    mine, theirs = side.values(port), side.values(channel)
    if mine.context.routed and not theirs.context.routed:
        if port.has("shutdown") is not True:
            yield _of_port(edit, "shutdown")
        yield _of_port(edit, "switchport")
    elif theirs.context.routed and not mine.context.routed:
        yield _of_port(edit, "no switchport")
    for key in _NEVER_FORCED:
        said = channel.known.get(key) or port.known.get(key)
        if said is not None and mine.of(key, said.line.row) != theirs.of(key, said.line.row):
            was, will = (facts.known[key].text if key in facts.known else None for facts in (port, channel))
            yield _of_port(edit, command(said.line.row, was, will))
    yield edit if _fits(typed, edit.head, channel) else replace(edit, text=_forced(edit.text))


def _of_port(edit: Edit, text: str) -> Edit:
    """A line of a port that joins, for the same reason."""
    row = known("interface", text).row
    return replace(edit, text=text, row=row, old=None, new=text)


def _is_gone(edit: Edit, typed: Typed) -> bool:
    """Whether there is nothing left to take back; typed all the same it might make what it stands in."""
    if edit.row is None and edit.old:
        return not typed.stands(edit.section, edit.old)
    return not typed.holds(edit.section)


def _is_mixed(typed: Typed, edit: Edit) -> bool:
    """Whether other ports of the port-channel speak LACP and this one would not, or the other way round (refused)."""
    number = edit.text.split()[1]
    ports = [typed.root.blocks[head] for head in typed.members(number) if head != edit.head]
    line = recognise("interface", edit.text)
    mine = line is not None and speaks_lacp(line.value)
    return any(speaks_lacp(port.value(GROUP)) != mine for port in ports)


def speaks_lacp(group: object) -> bool:
    """Whether a port speaks LACP, by the value of the line that makes it one of a port-channel."""
    return str(group).split()[-1] != "on"


def _is_about_switching(edit: Edit, block: Facts) -> bool:
    return block.mode == "interface" and len(edit.section) == 1 and edit.text.removeprefix("no ").startswith(SWITCHES)


def _is_routed(typed: Typed, block: Facts) -> bool:
    return Side(typed.root, typed.context).values(block).context.routed


def _fits(typed: Typed, head: str, channel: Facts) -> bool:
    """Whether a port has the lines of the port-channel already."""
    port = typed.root.blocks.get(head) or Facts(head, "interface")
    side = Side(typed.root, typed.context)
    mine, theirs = side.values(port), side.values(channel)
    if theirs.context.peer_link:  # whose MTU may be no line of its own, while that of the port is one
        theirs = theirs._replace(context=theirs.context._replace(peer_link=False))
    keys = [key for key in (*port.known, *channel.known) if key.startswith(SHOWN_BY_MEMBERS)]
    rows = {key: (port.known.get(key) or channel.known[key]).line.row for key in keys}
    return all(mine.of(key, row) == theirs.of(key, row) for key, row in rows.items() if row.inherited)


def _forced(text: str) -> str:
    words = text.split()
    return text if "force" in words else " ".join((*words[:2], "force", *words[2:]))
