"""Where in the pair file the value of a printed line was written."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping

from mlagkit.finding import Origin
from mlagkit.nxos.catalogue import Line, recognise
from mlagkit.part import Path
from mlagkit.render.shown import Shown
from mlagkit.switch import Switch

_PART_OF_MODE: Mapping[str, str] = {
    "vpc-domain": "domain",
    "nve": "nve",
    "mst": "mst",
    "pseudo-information": "pseudo_information",
}
"""The one part whose lines stand in a mode, by its name in a template."""

_KEYS: Mapping[str, Path] = {
    "channel": ("members",),
    "hsrp_version": ("hsrp", "version"),
    "keepalive": (),
    "evpn": ("nve", "evpn"),
}
"""The key of a field that the pair file calls otherwise, and that of a block which is no part, by its mode."""

_PEER_GATEWAY: tuple[Path, ...] = (("domain", "peer_gateway"), ("domain", "peer_gateway_exclude_vlans"))
_FOLLOWS: Mapping[str, tuple[Path, ...]] = {
    "auto_recovery": (("domain", "auto_recovery_reload_delay"),),
    "ip_redirects": _PEER_GATEWAY,
    "ipv6_redirects": _PEER_GATEWAY,
    "nv_overlay_evpn": (("nve", "host_reachability"), ("nve", "evpn")),
}
"""What a field that is not written follows from."""

_FEATURES: Mapping[str, tuple[Path, ...]] = {
    "dhcp": (("svis",),),
    "fabric forwarding": (("nve", "anycast_gateway_mac"), ("svis",)),
    "hsrp": (("svis",),),
    "interface-vlan": (("svis",),),
    "lacp": (("vpcs",), ("port_channels",), ("peer_link",)),
    "nv overlay": (("nve",),),
    "ospf": (("svis",), ("loopbacks",), ("interfaces",), ("port_channels",)),
    "pim": (("svis",), ("loopbacks",), ("interfaces",), ("port_channels",)),
    "udld": (("peer_link",), ("vpcs",), ("port_channels",), ("interfaces",)),
    "vn-segment-vlan-based": (("vlans",),),
    "vpc": (("domain",),),
    "vrrp": (("svis",),),
    "vrrpv3": (("svis",),),
}
"""What a feature that is not written follows from: the first of these keys that is there."""


def place_of(switch: Switch, values: Mapping[str, object]) -> Callable[[str, Shown | None, str], Origin]:
    """A function that takes the configuration line by line, in order, and gives the place of each.

    The catalogue knows which field a line fills and the template which part it printed, so the
    part's path and the field are the value's keys in the pair file.
    """
    opened: list[tuple[int, str]] = []
    origin = functools.cache(switch.source.origin)

    def find(text: str, part: Shown | None, template: str) -> Origin:
        bare = text.lstrip()
        while opened and opened[-1][0] >= len(text) - len(bare):
            opened.pop()
        mode = opened[-1][1] if opened else ""
        line = recognise(mode, bare) if bare else None
        if line and line.row.opens:
            opened.append((len(text) - len(bare), line.row.opens))
        if part is None:
            inside = line.row.opens if line and line.row.opens else mode
            part = _part(values, _PART_OF_MODE.get(inside, "switch" if line else template))
        above: Path = part.path if part else ()
        own = _own_paths(part)
        if not bare or (line and line.row.opens and above):
            return _first_written(origin, above, iter(own))
        return _first_written(origin, above, _candidates(own, line, bare, switch.name))

    return find


def _part(values: Mapping[str, object], name: str) -> Shown | None:
    part = values.get(name)
    return part if isinstance(part, Shown) else None


def _own_paths(part: Shown | None) -> list[Path]:
    """Where a part's own fields may stand: a member port says some at its channel's ``members``."""
    if part is None:
        return [()]
    if getattr(part, "channel", None):
        return [(*part.path, "members", str(getattr(part, "name", ""))), part.path]
    return [part.path]


def _first_written(origin: Callable[[Path], Origin], above: Path, candidates: Iterator[Path]) -> Origin:
    """The place of the first path that exists; a path that does not has the place of what stands above it."""
    for path in candidates:
        place = origin(path)
        if path and path != above and place != origin(path[:-1]):
            return place
    return origin(above)


def _candidates(own: list[Path], line: Line | None, text: str, hostname: str) -> Iterator[Path]:
    """The paths that a line's value may have been written at, the likeliest first."""
    if line is None:
        yield from ((*above, "extra") for above in own)
        return
    field = line.row.field or ""
    if field == "features":
        yield from _of_feature(text.partition(" ")[2])
        return
    keys = _KEYS.get(field or line.row.opens or "", tuple(field.split(".")) if field else ())
    for above in own:
        yield (*above, *(keys[1:] if above and keys and keys[0] == above[-1] else keys))
    if line.row.owner and own[-1][:1] != (line.row.owner,):
        yield (line.row.owner, *keys)
    yield from _FOLLOWS.get(field, ())
    if field in ("address", "ipv6_addresses"):
        yield ("switches", hostname, *own[-1])  # the address of mgmt0 stands with the switch


def _of_feature(name: str) -> Iterator[Path]:
    """Said by name; else what it follows from, else in a list of features."""
    yield ("features", name)
    yield from _FEATURES.get(name, ())
    yield ("features",)
