"""SVIs with their gateways, loopbacks, VRFs, routes and VXLAN."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from mlagkit.nxos.effective import Side
from mlagkit.nxos.form import virtual_addresses
from mlagkit.nxos.read.block import Block
from mlagkit.nxos.read.places import Places
from mlagkit.part import Path
from mlagkit.switch import AddressFamily, EvpnVni, Hsrp, Loopback, Nve, Route, Svi, Vni, Vrf, Vrrp, Vrrpv3, in_one_order
from mlagkit.values import InterfaceName, is_number, parse_address, parse_prefix

_MANAGEMENT = "management"


def svi_of(side: Side, key: str, name: InterfaceName, places: Places) -> Svi:
    """The routed interface of a VLAN."""
    path: Path = ("svis", int(name.number))
    block = Block(side.values(side.root.blocks[key]), path, places)
    hsrp = sorted((_hsrp(block, *at) for at in [*block.blocks("hsrp")]), key=lambda group: (group.group, group.family))
    vrrp = sorted((_vrrp(block, *at) for at in [*block.blocks("vrrp")]), key=lambda group: group.group)
    vrrpv3 = sorted(
        (_vrrpv3(block, *at) for at in [*block.blocks("vrrpv3")]), key=lambda group: (group.group, group.family)
    )
    return block.part(Svi, name=name, vlan=path[1], hsrp=tuple(hsrp), vrrp=tuple(vrrp), vrrpv3=tuple(vrrpv3))


def _of_family(svi: Block, protocol: str, key: str, number: str) -> tuple[Block, str]:
    """The block of a group, and its family: that of IPv6 is part of its key in a pair file."""
    family = "ipv6" if " ipv6" in key else "ipv4"
    said = int(number) if family == "ipv4" else f"{number} {family}"
    return svi.inner(key, (*svi.path, protocol, "groups", said)), family


def _hsrp(svi: Block, key: str, number: str) -> Hsrp:
    """One group; the threshold ends the priority's line."""
    block, family = _of_family(svi, "hsrp", key, number)
    priority, threshold = _priority(block)
    address, further = virtual_addresses(
        cast("str | None", block.value(Hsrp, "address")),
        cast("tuple[str, ...]", block.value(Hsrp, "secondary_addresses")),
    )
    if place := block.places.lines.get((*block.path, "secondary_addresses")):
        block.places.lines.setdefault((*block.path, "address"), place)
    return block.part(
        Hsrp,
        group=int(number),
        family=family,
        priority=priority,
        forwarding_threshold=threshold,
        address=address,
        secondary_addresses=further,
    )


def _priority(block: Block) -> tuple[int, str | None]:
    said = str(block.value(Hsrp, "priority")).split()
    return int(said[0]), f"lower {said[1]} upper {said[2]}" if len(said) > 1 else None


def _vrrp(svi: Block, key: str, number: str) -> Vrrp:
    return svi.inner(key, (*svi.path, "vrrp", "groups", int(number))).part(Vrrp, group=int(number))


def _vrrpv3(svi: Block, key: str, number: str) -> Vrrpv3:
    block, family = _of_family(svi, "vrrpv3", key, number)
    return block.part(Vrrpv3, group=int(number), family=family)


def loopback_of(side: Side, key: str, name: InterfaceName, places: Places) -> Loopback:
    """A loopback."""
    block = Block(side.values(side.root.blocks[key]), ("loopbacks", int(name.number)), places)
    return block.part(Loopback, name=name)


def nve_of(root: Block, side: Side, key: str) -> Nve:
    """The NVE interface with its VNIs."""
    root.taken.add(key)
    block = Block(side.values(root.facts.blocks[key]), ("nve",), root.places)
    vnis = sorted((_vni(block, *at) for at in [*block.blocks("nve-vni")]), key=lambda vni: vni.vni)
    return block.part(Nve, name=InterfaceName(key.rpartition(" ")[2]), vnis=tuple(vnis))


def _vni(nve: Block, key: str, number: str) -> Vni:
    block = nve.inner(key, ("nve", "vnis", int(number)))
    return block.part(Vni, vni=int(number), associate_vrf="associate-vrf" in key)


def evpn_of(root: Block) -> Mapping[int, EvpnVni]:
    """The VNIs that BGP announces, by number; a block with lines beside them stays raw."""
    path: Path = ("nve", "evpn")
    found: dict[int, EvpnVni] = {}
    for key, _ in [*root.blocks("evpn")]:
        if not root.facts.blocks[key].unknown:
            block = root.inner(key, path)
            for inner, number in [*block.blocks("evpn-vni")]:
                found[int(number)] = block.inner(inner, (*path, int(number))).part(EvpnVni, vni=int(number))
    return dict(sorted(found.items()))


def vrfs_of(root: Block) -> Mapping[str, Vrf]:
    """VRFs by name; the one called management is there without a line and so without settings says nothing."""
    found = {name: _vrf(root, key, name) for key, name in [*root.blocks("vrf")]}
    return {name: vrf for name, vrf in found.items() if name != _MANAGEMENT or vrf != _SILENT}


_SILENT = Vrf(name=_MANAGEMENT, description=None, vni=None, rd=None, routes=(), families=())


def _vrf(root: Block, key: str, name: str) -> Vrf:
    block = root.inner(key, ("vrfs", name))
    families = sorted((_family(block, *at) for at in [*block.blocks("address-family")]), key=lambda each: each.name)
    return block.part(Vrf, name=name, routes=routes_of(block), families=tuple(families))


def _family(vrf: Block, key: str, name: str) -> AddressFamily:
    return vrf.inner(key, (*vrf.path, "families", name)).part(AddressFamily, name=name)


def routes_of(block: Block) -> tuple[Route, ...]:
    """The static routes of a block; one with words that a Route has no place for stays a raw line."""
    found = {}
    for key, fact in block.facts.known.items():
        if fact.line.row.field == "routes" and (route := _route(key)) is not None:
            block.taken.add(key)
            block.places.lines[*block.path, "routes", route.prefix, route.next_hop] = fact.number
            if not fact.line.negated:
                found[key] = route
    return in_one_order(found.values())


def _route(line: str) -> Route | None:
    """The route that a line says, None where a Route could not say it in the very same words."""
    prefix, first, *rest = [*line.split()[2:], "", ""]
    beside = _beside(first, rest)
    options = _options([word for word in rest[beside:] if word])
    if options is None or not _is_prefix(prefix):
        return None
    route = Route(prefix=prefix, next_hop=" ".join([first, *rest[:beside]]), **options)  # type: ignore[arg-type]
    return route if line.endswith(f" route {words_of(route)}") else None


def words_of(route: Route) -> str:
    """The words behind ``ip route``, as the device prints them."""
    parts = [route.prefix, route.next_hop]
    parts += ["name", route.name] if route.name else []
    parts += ["tag", str(route.tag)] if route.tag is not None else []
    parts += [str(route.preference)] if route.preference is not None else []
    return " ".join(parts)


def _beside(first: str, rest: list[str]) -> int:
    """How many words behind the first belong to the next hop: a VRF's two, or the address on an interface."""
    if rest[:1] == ["vrf"]:
        return 2
    return 1 if first[:1].isalpha() and _is(parse_address, rest[0]) else 0


def _options(words: list[str]) -> dict[str, str | int] | None:
    """Name, tag and preference; None where a word is none of them."""
    found: dict[str, str | int] = {}
    left = list(words)
    if left[:1] == ["name"] and len(left) > 1:
        found["name"] = left[1]
        del left[:2]
    if left[:1] == ["tag"] and len(left) > 1 and is_number(left[1]):
        found["tag"] = int(left[1])
        del left[:2]
    if left and is_number(left[0]):
        found["preference"] = int(left.pop(0))
    return None if left else found


def _is_prefix(text: str) -> bool:
    """Whether it is an address with its length, in the form that a pair file keeps."""
    return "/" in text and _is(parse_prefix, text) and parse_prefix(text) == text


def _is(read: Callable[[str], str], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True
