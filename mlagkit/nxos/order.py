"""In which order one switch takes lines: by phase, object by object, and inside an object as the device needs it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mlagkit.nxos.catalogue import Kind, Phase
from mlagkit.nxos.edit import Edit
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
    ("vpc peer-link", 40),
    ("vpc", 45),
    ("channel-group", 50),
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

_ELSEWHERE = 30
_SECONDARY = 1
_TEXT = 80
_ALL_AT_LAST = 22
_ALWAYS_FIRST = (
    "switchport",
    "vrf member <word>",
    "switchport mode {access|trunk|fex-fabric|dot1q-tunnel}",
    "switchport access vlan <int>",
    "switchport trunk native vlan <int>",
    "shutdown",
)
"""The rows that decide what an interface is: to take one back is no end of something, but another beginning."""


def grows(edit: Edit) -> bool:
    """Whether the line belongs to the growing part of a change; bringing a port up does, whatever the words."""
    return edit.adds or (edit.row is not None and edit.row.command in _ALWAYS_FIRST)


def unit(edit: Edit) -> str:
    """What is changed on both switches before anything else of its stage is: an object, or the keepalive by itself."""
    return KEEPALIVE if replaces_keepalive(edit) else edit.head


def replaces_keepalive(edit: Edit) -> bool:
    """Whether the line gives the switch another keepalive: the peers hear each other again when both have it."""
    return edit.old is not None and edit.text.startswith(f"{KEEPALIVE} ")


def comes_up(edit: Edit) -> bool:
    """Whether the line brings something up."""
    return edit.row is not None and edit.row.command == "shutdown" and edit.text.startswith("no ")


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
    found = next((at for beginning, at in _BY_BEGINNING if text.startswith(beginning)), _ELSEWHERE)
    return found + _SECONDARY if text.endswith(" secondary") else found


KEEPALIVE = "peer-keepalive"
_ONLY_ADDS = ("feature <#text>", "ip address <prefix>", "ip address <#prefix> secondary", "ipv6 address <#prefix>")

Key = tuple[tuple[int, int], ...]


def keys(edits: Iterable[Edit]) -> dict[Edit, Key]:
    """What sorts the edits of one switch and phase for growing; the other way round for shrinking.

    The lines of an object stand together, in the order in which objects come up; those of a block behind its head.
    """
    seen: dict[tuple[str, ...], int] = {}
    found: dict[Edit, Key] = {}
    for number, edit in enumerate(edits):
        path = edit.path
        levels = []
        for depth in range(len(path)):
            at = seen.setdefault(path[: depth + 1], len(seen))
            rank = (
                _top(edit, path[0]) if not depth else place(path[depth], edit if depth >= len(edit.section) else None)
            )
            levels.append((rank, at))
        if not edit.opens:
            rank = place(edit.text, edit)
            levels.append((_top(edit, edit.text) if not path else rank, number))
        found[edit] = tuple(levels)
    return found


def _top(edit: Edit, head: str) -> int:
    """Where at the left margin an object comes within its phase: what is used before what uses it."""
    if edit.phase is not Phase.ROUTING:
        return place(head) if not edit.section and not edit.opens else _ELSEWHERE
    if edit.row is None:
        return 20 if edit.section and edit.section[0].startswith(("interface ", "line ", "vrf ")) else 10
    return 0 if edit.row.kind is Kind.BLOCK or edit.row.mode in ("", "access-list") else 30


def joins(edit: Edit) -> bool:
    """Whether the line makes a port a member of a port-channel."""
    return edit.new is not None and edit.old is None and edit.new.startswith("channel-group ")


def leaves(edit: Edit) -> bool:
    """Whether the line takes a port out of its port-channel."""
    return edit.new is None and edit.old is not None and edit.old.startswith("channel-group ")
