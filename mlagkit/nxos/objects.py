"""Which object of a pair file a block at the left margin speaks of."""

from __future__ import annotations

from collections.abc import Mapping

from mlagkit.nxos.catalogue import recognise
from mlagkit.nxos.effective import OWNER_OF_KIND, interface_name
from mlagkit.part import Path
from mlagkit.values import InterfaceName

SECTIONS: Mapping[str, Path] = {
    "vpc-domain": ("domain",),
    "vrf": ("vrfs",),
    "nve": ("nve",),
    "mst": ("spanning_tree", "mst"),
    "evpn": ("nve", "evpn"),
    "pseudo-information": ("spanning_tree", "pseudo_information"),
}
"""The keys of blocks by the modes that they open; an access list has none."""


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
