"""Which object of a pair file a block at the left margin speaks of."""

from __future__ import annotations

from mlagkit.nxos.catalogue import recognise
from mlagkit.nxos.effective import interface_name
from mlagkit.part import Path
from mlagkit.values import InterfaceName

_BY_MODE: dict[str, Path] = {
    "vpc-domain": ("domain",),
    "mst": ("spanning_tree", "mst"),
    "pseudo-information": ("spanning_tree", "pseudo_information"),
}
_BY_KIND = {"Vlan": "svis", "loopback": "loopbacks"}


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
            return ("vrfs", identity)
        case mode:
            return _BY_MODE.get(mode or "")


def _of_interface(name: InterfaceName) -> Path | InterfaceName | None:
    if name.kind in _BY_KIND:
        return (_BY_KIND[name.kind], int(name.number))
    if name.kind == "nve":
        return ("nve",)
    if name.kind == "mgmt":
        return ("management",)
    return name if name.kind in ("Ethernet", "port-channel") else None
