"""Where in the pair file the value of a printed line was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from mlagkit.finding import Origin
from mlagkit.nxos.catalogue import Line, recognise
from mlagkit.render.shown import Shown
from mlagkit.switch import Path, Switch

_PART_OF_MODE: Mapping[str, str] = {
    "vpc-domain": "domain",
    "nve": "nve",
    "mst": "mst",
    "pseudo-information": "pseudo_information",
}
"""The one part whose lines stand in a mode, by its name in a template."""

_KEYS: Mapping[str, Path] = {"channel": ("members",), "hsrp_version": ("hsrp", "version"), "keepalive": ()}
"""The key of a field that the pair file calls otherwise."""

_PEER_GATEWAY: Path = ("domain", "peer_gateway")
_FOLLOWS: Mapping[str, tuple[Path, ...]] = {
    "ip_redirects": (_PEER_GATEWAY,),
    "ipv6_redirects": (_PEER_GATEWAY,),
    "nv_overlay_evpn": (("nve", "host_reachability"),),
}
"""What a field that is not written follows from."""

_FEATURES: Mapping[str, tuple[Path, ...]] = {
    "dhcp": (("svis",),),
    "fabric forwarding": (("nve", "anycast_gateway_mac"), ("svis",)),
    "hsrp": (("svis",),),
    "interface-vlan": (("svis",),),
    "lacp": (("vpcs",), ("port_channels",), ("peer_link",)),
    "nv overlay": (("nve",),),
    "udld": (("peer_link",), ("vpcs",), ("port_channels",), ("interfaces",)),
    "vn-segment-vlan-based": (("vlans",),),
    "vpc": (("domain",),),
    "vrrp": (("svis",),),
}
"""What a feature that is not written follows from: the first of these keys that is there."""


def place_of(switch: Switch, values: Mapping[str, object]) -> Callable[[str, Shown | None], Origin]:
    """A function that takes the configuration line by line, in order, and gives the place of each.

    The catalogue knows which field a line fills and the template which part it printed, so the
    part's path and the field are the value's keys in the pair file.
    """
    opened: list[tuple[int, str]] = []

    def find(text: str, part: Shown | None) -> Origin:
        bare = text.lstrip()
        while opened and opened[-1][0] >= len(text) - len(bare):
            opened.pop()
        mode = opened[-1][1] if opened else ""
        line = recognise(mode, bare) if bare else None
        if line and line.row.opens:
            opened.append((len(text) - len(bare), line.row.opens))
        if part is None:
            part = _only_part(values, line.row.opens if line and line.row.opens else mode)
        above: Path = part.path if part else ()
        if not bare or (line and line.row.opens and above):
            return switch.source.origin(above)
        return _first_written(switch, above, _candidates(above, line, bare))

    return find


def _only_part(values: Mapping[str, object], mode: str) -> Shown | None:
    part = values.get(_PART_OF_MODE.get(mode, "switch"))
    return part if isinstance(part, Shown) else None


def _first_written(switch: Switch, above: Path, candidates: Iterator[Path]) -> Origin:
    """The place of the first path that exists; a path that does not has the place of what stands above it."""
    for path in candidates:
        place = switch.source.origin(path)
        if place != switch.source.origin(path[:-1]):
            return place
    return switch.source.origin(above)


def _candidates(above: Path, line: Line | None, text: str) -> Iterator[Path]:
    """The paths that a line's value may have been written at, the likeliest first."""
    if line is None:
        yield (*above, "extra")
        return
    field = line.row.field or ""
    if field == "features":
        yield from _of_feature(text.partition(" ")[2])
        return
    keys = _KEYS.get(field, tuple(field.split(".")) if field else ())
    if above and keys and keys[0] == above[-1]:
        keys = keys[1:]
    owner = line.row.owner
    other = owner is not None and bool(above) and above[0] != owner
    yield (owner, *keys) if other and owner else (*above, *keys)
    yield from _FOLLOWS.get(field, ())


def _of_feature(name: str) -> Iterator[Path]:
    yield ("features", name)
    yield from _FEATURES.get(name, ())
