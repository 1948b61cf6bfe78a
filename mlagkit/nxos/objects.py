"""Which object a section of a configuration speaks of: its place in a pair file, and the word of ``owns`` for it."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from mlagkit.nxos.catalogue import Kind, recognise
from mlagkit.part import Path
from mlagkit.values import InterfaceName, VlanSet

SECTIONS: Mapping[str, Path] = {
    "vpc-domain": ("domain",),
    "vrf": ("vrfs",),
    "nve": ("nve",),
    "mst": ("spanning_tree", "mst"),
    "evpn": ("nve", "evpn"),
    "pseudo-information": ("spanning_tree", "pseudo_information"),
}
"""The keys of blocks by the modes that they open; an access list has none."""

OWNER_OF_KIND = {
    "Ethernet": "interfaces",
    "mgmt": "management",
    "port-channel": "port_channels",
    "Vlan": "svis",
    "loopback": "loopbacks",
    "nve": "nve",
}
"""The words of ``owns``, and so the sections of a pair file, for interfaces that are nothing else besides."""
PARTS_OF_THE_DOMAIN = ("keepalive", "peer_link")
"""The words of ``owns`` for lines that stand in the domain and are kinds of their own."""
_HEAD = "interface "
_MANAGEMENT = "vrf context management"


@functools.lru_cache(maxsize=65536)
def interface_name(head: str) -> InterfaceName | None:
    """The interface that a head opens, None for another head."""
    line = recognise("", head) if head[:2].lower() == _HEAD[:2] else None
    return InterfaceName(line.key.removeprefix(_HEAD)) if line and line.key.startswith(_HEAD) else None


def object_of(head: str) -> Path | InterfaceName | None:
    """The path of what the block describes, or the name of a port, whose path only the pair file knows; else None."""
    name = interface_name(head)
    if name is not None:
        return _of_interface(name)
    line = recognise("", head)
    if line is None:
        return None
    identity = line.key.rpartition(" ")[2]
    match line.row.opens:
        case "vlan":
            return ("vlans", int(head.split()[1])) if head.split()[1].isdecimal() else None
        case "vrf":
            return (*SECTIONS["vrf"], identity)
        case mode:
            return SECTIONS.get(mode or "")


def _of_interface(name: InterfaceName) -> Path | InterfaceName | None:
    if name.kind in ("Ethernet", "port-channel"):
        return name
    section = OWNER_OF_KIND.get(name.kind)
    if section is None:
        return None
    return (section, int(name.number)) if name.kind in ("Vlan", "loopback") else (section,)


def owner_of(section: Sequence[str]) -> str | None:
    """The word of ``owns`` for the object that a section belongs to."""
    if not section:
        return None
    name = interface_name(section[0])
    if name is not None:
        return OWNER_OF_KIND.get(name.kind)
    line = recognise("", section[0])
    if line is not None and line.key == _MANAGEMENT:
        return "management"
    return line.row.owner if line else None


def always_there(section: Sequence[str]) -> bool:
    """Whether an object exists without a line: a physical port, a VLAN's stanza (its list creates it), management."""
    name = interface_name(section[0]) if len(section) == 1 else None
    if name is not None:
        return is_physical(name)
    return vlan_of(section) is not None or list(section) == [_MANAGEMENT]


def is_physical(name: InterfaceName) -> bool:
    """Whether it is a port that a switch has, whatever its configuration says."""
    return name.kind in ("Ethernet", "mgmt") and "." not in name


def svi_of(head: str) -> int | None:
    """The VLAN of an SVI, by its header; None for anything else."""
    name = interface_name(head)
    return int(name.number) if name is not None and name.kind == "Vlan" else None


def vlan_of(section: Sequence[str]) -> int | None:
    """The VLAN whose stanza a section is, None for any other."""
    line = recognise("", section[0]) if len(section) == 1 else None
    if line is None or line.row.kind is not Kind.VLANS or not isinstance(line.value, VlanSet):
        return None
    return next(iter(line.value), None)
