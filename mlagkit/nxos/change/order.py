"""In which order one switch takes lines: by phase, object by object, and inside an object as the device needs it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mlagkit.nxos.catalogue import Kind, Phase
from mlagkit.nxos.change.edit import Edit
from mlagkit.nxos.facts import Facts
from mlagkit.values import ALL_VLANS

_BY_BEGINNING: Sequence[tuple[str, int]] = (
    ("install feature-set", 0),
    ("feature-set", 1),
    ("feature fabric forwarding", 4),
    ("feature", 2),
    ("nv overlay evpn", 3),
    ("system default", 0),
    ("shutdown", 0),
    ("no shutdown", 90),
    ("switchport mode", 20),
    ("switchport trunk allowed", 14),
    ("switchport ", 15),
    ("switchport", 5),
    ("no switchport mode", 20),
    ("no switchport ", 25),
    ("no switchport", 5),
    ("spanning-tree mode", 10),
    ("vlan ", 20),
    ("no vlan ", 20),
    ("encapsulation", 10),
    ("vrf member", 10),
    ("no vrf member", 10),
    ("vpc p", 40),  # the peer-link, also where its name is cut short
    ("spanning-tree port type", 42),  # the peer-link has made it another one (2.3)
    ("vpc", 45),
    ("channel-group", 50),
    ("medium", 25),
    ("ip unnumbered", 60),
    ("no ip unnumbered", 20),
    ("ip address", 60),
    ("ipv6 address", 62),
    ("hsrp version", 65),
    ("hsrp", 66),
    ("vrrp", 66),
    ("peer-switch", 40),
    ("peer-gateway", 30),
    ("layer3 peer-router", 35),
    ("peer-keepalive", 10),
    ("source-interface", 10),
    ("host-reachability", 5),
    ("member vni", 50),
)
"""Where in its object a line comes, by how it begins (reference 6 and 7.15); the first that fits counts, others are 30.

A trunk gets its list before it becomes a trunk, or it would carry every VLAN in between.
"""

KEEPALIVE = "peer-keepalive"
_ELSEWHERE = 30
_SECONDARY = 1
_TEXT = 80
_FIRST, _LAST = -1, 100
_ALL_AT_LAST = 22
_ALWAYS_FIRST = (
    "system default switchport",
    "system default switchport shutdown",
    "switchport",
    "vrf member <word>",
    "switchport mode {access|trunk|fex-fabric|dot1q-tunnel}",
    "switchport access vlan <int>",
    "switchport trunk native vlan <int>",
    "shutdown",
    "speed <text>",
    "duplex {auto|full|half}",
    "spanning-tree mode {rapid-pvst|mst}",
    "lacp suspend-individual",
    "lacp suspend-individual pxe",
    "lacp mode delay",
)
"""The rows that decide what an interface, or a switch, is.

To take one back is no end of something, but another beginning. What a port says is printed only where it is not the
default (7.2), so the default of all ports comes before it.
"""

_PORT_TYPE = "spanning-tree port type {normal|edge|edge trunk|network}"
"""What a peer-link gets by itself (2.3), so that it is taken back behind the line that makes it one."""


def grows(edit: Edit) -> bool:
    """Whether the line belongs to the growing part of a change; bringing a port up does, whatever the words."""
    if edit.adds or edit.row is None or edit.passing:
        return edit.adds
    if edit.phase is Phase.PEER_LINK and edit.row.command == _PORT_TYPE:
        return True
    return edit.row.command in _ALWAYS_FIRST or (edit.row.kind is Kind.FLAG and edit.phase is Phase.SPANNING_TREE)


def unit(edit: Edit) -> str:
    """What is changed on both switches before anything else of its stage is: an object, or the keepalive by itself.

    Spanning tree as a whole is one: whatever differs there fails the same check (reference 6: pasted at once). VLANs
    that leave trunks are one, whichever trunks these are: who is in them loses them by all of these (reference 6,
    remove VLAN).
    """
    if edit.phase is Phase.SPANNING_TREE:
        return "spanning-tree"
    if edit.row is not None and edit.row.trunk and edit.vlans and not (edit.adds or edit.leg):
        return f"VLAN {edit.vlans}"
    return KEEPALIVE if replaces_keepalive(edit) else edit.leg or edit.head


def replaces_keepalive(edit: Edit) -> bool:
    """Whether the line gives the switch another keepalive: the peers hear each other again when both have it."""
    return edit.old is not None and edit.text.startswith(f"{KEEPALIVE} ")


def moves_an_end(edit: Edit) -> bool:
    """Whether the peers hear each other only when both have it: a keepalive, the ends of a virtual peer-link."""
    virtual = edit.row is not None and edit.row.field == "virtual_peer_link" and edit.old is not None
    return virtual or replaces_keepalive(edit)


def lowers_priority(edit: Edit) -> bool:
    """Whether the line makes the switch likelier to be the root of a spanning tree, and does nothing else."""
    if edit.row is None or edit.row.command not in _PRIORITIES or edit.new is None:
        return False
    return int(edit.new.split()[-1]) < (int(edit.old.split()[-1]) if edit.old else _USUAL_PRIORITY)


def comes_up(edit: Edit) -> bool:
    """Whether the line brings something up."""
    return edit.row is not None and edit.row.command == "shutdown" and edit.text.startswith("no ")


def turns_layer(edit: Edit) -> bool:
    """Whether the line makes an interface switch, or route."""
    return edit.row is not None and edit.row.command == "switchport"


def only_adds(edit: Edit) -> bool:
    """Whether the line adds to what there is, so that whatever was there goes on: a feature, an address, a route."""
    if edit.row is None or edit.old is not None or not edit.adds:
        return False
    return edit.row.command in _ONLY_ADDS or bool(edit.row.object_words)


def place(text: str, edit: Edit | None = None) -> int:
    """Where in its object a line comes."""
    if edit is not None and edit.row is None:
        return _TEXT
    if edit is not None and edit.row is not None and edit.row.trunk and edit.vlans == ALL_VLANS:
        return _ALL_AT_LAST
    found = _begun(text)
    if found is None:  # what ends comes where it began, the other way round
        found = _begun(text.removeprefix("no ")) or _ELSEWHERE
    return found + _SECONDARY if text.endswith(" secondary") else found


def _begun(text: str) -> int | None:
    return next((at for beginning, at in _BY_LETTERS.get(text[:2], ()) if text.startswith(beginning)), None)


_BY_LETTERS = {
    letters: tuple(each for each in _BY_BEGINNING if each[0].startswith(letters))
    for letters in {beginning[:2] for beginning, _ in _BY_BEGINNING}
}
"""The same by the first two letters, since nearly every line has none of them."""

_PRIORITIES = ("spanning-tree vlan <vlans> priority <#int>", "spanning-tree mst <instances> priority <#int>")
_USUAL_PRIORITY = 32768
_ONLY_ADDS = (
    *("install feature-set <#word>", "feature-set <#word>", "feature <#text>", "nv overlay evpn"),
    *("ip address <prefix>", "ip address <#prefix> secondary", "ipv6 address <#prefix>", "ip pim sparse-mode"),
    "ip router ospf <#word> area <word>",
    *("vni <int>", "rd <word>", "route-target <#text>", "fabric forwarding anycast-gateway-mac <mac>"),
)

Key = tuple[tuple[int, int], ...]


def keys(edits: Iterable[Edit], *, growing: bool) -> dict[Edit, Key]:
    """What sorts the edits of one switch and phase for growing; the other way round for shrinking.

    The lines of an object stand together, in the order in which objects come up; those of a block behind its head.
    A line that belongs to growing, and waits for what shrinks, keeps its order behind it.
    """
    edits = list(edits)
    sections = {edit.section[:depth] for edit in edits for depth in range(1, len(edit.section) + 1)}
    texts = {path for edit in edits if edit.row is None and (path := (*edit.section, edit.text)) in sections}
    seen: dict[tuple[str, ...], int] = {}
    found: dict[Edit, Key] = {}
    for number, edit in enumerate(edits):
        heads = edit.row is None and (*edit.section, edit.text) in texts
        path = (*edit.section, edit.text) if heads else edit.path
        levels = []
        for depth in range(len(path)):
            at = seen.setdefault(path[: depth + 1], number)
            rank = _TEXT if path[: depth + 1] in texts else place(path[depth])
            levels.append((rank if depth else _top(edit, path[0]), at))
        if not (edit.opens or heads):
            rank = place(edit.text, edit) * (1 if growing or not grows(edit) else -1)
            levels.append((_top(edit, edit.text) if not path else rank, number))
        found[edit] = tuple(levels)
    return found


def _top(edit: Edit, head: str) -> int:
    """Where at the left margin an object comes within its phase: what is used before what uses it."""
    if edit.passing:
        return _LAST if edit.text.startswith("no ") and edit.adds else _FIRST
    if edit.phase is not Phase.ROUTING:
        return place(head) if not edit.section and not edit.opens else _ELSEWHERE + is_port(head)
    if edit.row is None:
        return 20 if edit.section and edit.section[0].startswith(("interface ", "line ", "vrf ")) else 10
    return 0 if edit.row.kind is Kind.BLOCK or edit.row.mode in ("", "access-list") else 30


def is_channel(head: str) -> bool:
    """Whether it is the head of a port-channel."""
    return head.startswith("interface port-channel")


def is_port(head: str) -> bool:
    """Whether it is the head of a port, which comes after the port-channel that it is in and goes before it."""
    return head.startswith("interface Ethernet")


def joins(edit: Edit) -> bool:
    """Whether the line makes a port a member of a port-channel."""
    return is_group(edit) and edit.new is not None and edit.old is None


def leaves(edit: Edit) -> bool:
    """Whether the line takes a port out of its port-channel."""
    return is_group(edit) and edit.new is None and edit.old is not None


def leaves_peer_link(edit: Edit) -> bool:
    """Whether the line takes a port out of the peer-link for something else that is declared.

    Its phase tells, which no other line has that takes a port out of a port-channel (`phase_beside_peer_link`).
    """
    return leaves(edit) and edit.phase is Phase.PORT_CHANNEL


def is_group(edit: Edit) -> bool:
    """Whether the line says in which port-channel a port is."""
    return edit.row is not None and edit.row.command.startswith("channel-group ")


_ROUTED = ("vrf member <word>", "ip address <prefix>", "ipv6 address <#prefix>")


def released(edits: Sequence[Edit]) -> frozenset[str]:
    """The headers of ports that leave a port-channel for good and stay switched, and of those that they leave to route.

    Whatever else is said of such a port follows: it has to leave first, and may have to be the last that does.
    """
    going = [edit for edit in edits if leaves(edit)]
    left = {edit.head for edit in going} - {edit.head for edit in edits if joins(edit)}
    routed = {edit.head for edit in edits if edit.row is not None and edit.row.command in _ROUTED}
    return frozenset(left - routed)


def begins_to_route(port: Facts, before: Facts | None) -> bool:
    """Whether a port gets what makes it leave a port-channel to route (`released`)."""
    there = {fact.text for fact in before.known.values()} if before else ()
    return any(fact.line.row.command in _ROUTED and fact.text not in there for fact in port.known.values())


def channel_said(line: str | None) -> str:
    """The header of the port-channel that a ``channel-group`` line speaks of."""
    return f"interface port-channel{(line or '').split()[1]}"
