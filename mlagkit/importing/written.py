"""What must be said of a switch so that it is told what it is: where it differs from its bare objects."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import cast

from mlagkit.importing.data import Table, put, vlan_keys, vlan_list
from mlagkit.importing.skeleton import group_key, is_single
from mlagkit.intent.domain import Domain
from mlagkit.intent.keepalive import Keepalive
from mlagkit.intent.model import Model, keys_of
from mlagkit.intent.ports import Member, PeerLink, Port, PortChannel, Vpc
from mlagkit.intent.routing import AddressFamily, Loopback, Management, Vrf
from mlagkit.intent.spanning_tree import Mst, PseudoInformation, SpanningTree
from mlagkit.intent.svis import HsrpGroup, Svi, VrrpGroup, Vrrpv3Group
from mlagkit.intent.vlans import Vlan
from mlagkit.intent.vxlan import EvpnVni, Nve, NveVni
from mlagkit.source import Data, Key
from mlagkit.switch import Route, Switch
from mlagkit.switch import Svi as SwitchSvi
from mlagkit.values import InterfaceName, VlanSet

OF_MEMBERS = ("lacp", "lacp_rate", "lacp_port_priority", "udld")
"""Settings of ports that a pair file says once for all members of a port-channel."""

_NO_KEYS = (
    *("id", "path", "members", "hsrp", "vrrp", "vrrpv3", "vnis", "evpn", "routes", "families", "mst"),
    "pseudo_information",
)
"""Fields that are an object's identity, or objects of their own."""

_ALWAYS_LISTS = ("route_targets",)
"""What a pair file takes as a list only, also where there is one."""


_GROUPS: Mapping[str, type[Model]] = {"hsrp": HsrpGroup, "vrrp": VrrpGroup, "vrrpv3": Vrrpv3Group}
"""The protocols of gateways with what a pair file says of one of their groups."""

_OF_THE_SWITCH = {
    "system": ("load_balance", "vlan_reserve"),
    "nve": ("nv_overlay_evpn", "anycast_gateway_mac", "infra_vlans"),
}
"""Sections that hold settings of the whole switch, and what these are called."""


def written(switch: Switch, plain: Switch) -> Table:
    """The settings of a switch that differ from ``plain``, which has the same objects and is told nothing of them."""
    found: Table = {}
    _ports(found, switch, plain)
    _domain(found, switch, plain)
    _spanning_tree(found, switch, plain)
    _layer_3(found, switch, plain)
    _nve(found, switch, plain)
    for section, keys in _OF_THE_SWITCH.items():
        for key, value in _said(switch, plain, keys).items():
            if key != "extra":
                put(found, (section, key), value)
    if switch.nve is not None and switch.nve.host_reachability == "bgp" and not switch.nv_overlay_evpn:
        put(found, ("nve", "nv_overlay_evpn"), False)  # it would follow
    for number, vlan in switch.vlans.items():
        _note(found, ("vlans", number), vlan, plain.vlans.get(number), Vlan)
    return found


def own_facts(switches: Mapping[str, Switch], plain: Mapping[str, Switch]) -> dict[str, Table]:
    """What a pair file says of one switch alone: its management address and its role priority."""
    addresses = {name: _management(switch) for name, switch in switches.items()}
    found: dict[str, Table] = {name: {} for name in switches}
    for name, switch in switches.items():
        if addresses[name] and len({str(prefix).partition("/")[0] for prefix in addresses.values()}) > 1:
            found[name]["management"] = addresses[name]
        bare = plain[name].domain
        if switch.domain and bare and switch.domain.role_priority != bare.role_priority:
            found[name]["role_priority"] = switch.domain.role_priority
    return found


def _management(switch: Switch) -> str | None:
    mgmt = switch.ports.get(InterfaceName("mgmt0"))
    return (mgmt.address or next(iter(mgmt.ipv6_addresses), None)) if mgmt else None


def _note(
    found: Table, path: tuple[Key, ...], part: object, plain: object, model: type[Model], without: Collection[str] = ()
) -> None:
    """Note what a part says that its plain form does not, as far as the model has keys for it.

    An object without a plain form is one that a pair file does not take; the differ finds its lines.
    """
    said = _said(part, plain, keys_of(model).difference(without)) if plain is not None else {}
    if said:
        put(found, path, said)


def _said(part: object, plain: object, keys: Collection[str]) -> Table:
    found: Table = {}
    for name in _names(cast("type", type(part))):
        value, usual = getattr(part, name), getattr(plain, name, None)
        if name == "extra":
            if value:
                found["extra"] = "\n".join(value) + "\n"
        elif value is not usual and value is not None and value != usual and name not in _NO_KEYS and name in keys:
            found[name] = _value(name, value, usual)
    return found


@functools.cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a part of a Switch, which are all dataclasses."""
    return tuple(each.name for each in fields(kind))


def _value(name: str, value: object, usual: object) -> Data:
    """A value in the form of the pair file."""
    if isinstance(value, VlanSet):
        return vlan_list(value)
    if is_dataclass(value):
        return _said(value, usual, _names(cast("type", type(value))))
    if isinstance(value, Mapping):
        return _mapping(name, value)
    if isinstance(value, tuple):
        return list(value) if len(value) > 1 or name in _ALWAYS_LISTS else cast("Data", value[0])
    return cast("Data", value)


def _mapping(name: str, value: Mapping[int, object]) -> Table:
    """VLANs by their instance, other VLANs with their value, tracked objects with what they take."""
    if name == "instances":
        return {number: vlan_list(cast("VlanSet", vlans)) for number, vlans in value.items()}
    if not all(isinstance(vlans, VlanSet) for vlans in value.values()):
        return {**value}  # type: ignore[dict-item]
    return {key: number for number, vlans in value.items() for key in vlan_keys(cast("VlanSet", vlans))}


def _domain(found: Table, switch: Switch, plain: Switch) -> None:
    if switch.domain is not None:
        without = ("role_priority", "virtual_peer_link")
        _note(found, ("domain",), switch.domain, plain.domain, Domain, without)
        virtual = switch.domain.virtual_peer_link
        if virtual is not None and switch.peer_link is not None:
            put(found, ("peer_link", "virtual"), _said(virtual, None, ("destination", "source", "dscp")))
    if switch.keepalive is not None:
        _note(found, ("keepalive",), switch.keepalive, plain.keepalive, Keepalive)


def _ports(found: Table, switch: Switch, plain: Switch) -> None:
    vpcs = switch_vpcs(switch)
    for name, port in switch.ports.items():
        bare = plain.ports.get(name)
        if bare is None:  # a peer-link or a vPC without a domain
            continue
        if name.kind == "mgmt":
            _note(found, ("management",), port, bare, Management, ("address", "vrf"))
        elif is_single(switch, port):
            _note(found, ("interfaces", name), port, bare, Port, ("mode",))
        elif name.kind == "port-channel":
            path, model = _channel_at(switch, name, vpcs)
            _note(found, path, port, bare, model, (*OF_MEMBERS, "mode"))
            members = {member: (switch.ports[member], plain.ports.get(member)) for member in port.members}
            _members(found, path, members)


def switch_vpcs(switch: Switch) -> Mapping[InterfaceName, int]:
    """The vPC of each port-channel that is one; the first of two with the same number, and never the peer-link."""
    found: dict[int, InterfaceName] = {}
    for port in switch.port_channels:
        if port.vpc is not None and not port.peer_link and "." not in port.name:
            found.setdefault(port.vpc, port.name)
    return {name: number for number, name in found.items()}


def _channel_at(
    switch: Switch, name: InterfaceName, vpcs: Mapping[InterfaceName, int]
) -> tuple[tuple[Key, ...], type[Model]]:
    link = switch.peer_link
    if link is not None and link.name == name:
        return ("peer_link",), PeerLink
    return (("vpcs", vpcs[name]), Vpc) if name in vpcs else (("port_channels", int(name.number)), PortChannel)


def _members(found: Table, path: tuple[Key, ...], members: Mapping[InterfaceName, tuple[object, object]]) -> None:
    """What members say for themselves; what all of them say alike is said once, by their port-channel."""
    said = {name: _said(port, bare, keys_of(Member)) for name, (port, bare) in members.items()}
    for key in OF_MEMBERS:
        values = [table.get(key) for table in said.values()]
        if values and values[0] is not None and all(value == values[0] for value in values):
            put(found, (*path, key), values[0])
            for table in said.values():
                del table[key]
    for name, table in said.items():
        if table:
            put(found, (*path, "members", name), table)


def _spanning_tree(found: Table, switch: Switch, plain: Switch) -> None:
    tree, bare = switch.spanning_tree, plain.spanning_tree
    _note(found, ("spanning_tree",), tree, bare, SpanningTree)
    _note(found, ("spanning_tree", "mst"), tree.mst, bare.mst, Mst)
    pseudo = ("spanning_tree", "pseudo_information")
    _note(found, pseudo, tree.pseudo_information, bare.pseudo_information, PseudoInformation)


def _layer_3(found: Table, switch: Switch, plain: Switch) -> None:
    for number, svi in switch.svis.items():
        bare = plain.svis.get(number)
        _note(found, ("svis", number), svi, bare, Svi, ("vlan",))
        _gateways(found, ("svis", number), svi, bare)
    for number, loopback in switch.loopbacks.items():
        _note(found, ("loopbacks", number), loopback, plain.loopbacks.get(number), Loopback)
    _vrfs(found, switch, plain)


def _gateways(found: Table, path: tuple[Key, ...], svi: SwitchSvi, bare: SwitchSvi | None) -> None:
    """The groups of an SVI, each by the key that it has in a pair file."""
    for protocol, model in _GROUPS.items():
        plain = {group_key(group): group for group in getattr(bare, protocol, ())}
        for group in getattr(svi, protocol):
            key = group_key(group)
            _note(found, (*path, protocol, "groups", key), group, plain.get(key), model, ("group", "family"))


def _vrfs(found: Table, switch: Switch, plain: Switch) -> None:
    if switch.routes:
        found["routes"] = routes(switch.routes)
    for name, vrf in switch.vrfs.items():
        bare = plain.vrfs.get(name)
        _note(found, ("vrfs", name), vrf, bare, Vrf)
        if vrf.routes:
            put(found, ("vrfs", name, "routes"), routes(vrf.routes))
        families = {family.name: family for family in bare.families} if bare else {}
        for family in vrf.families:
            _note(found, ("vrfs", name, "families", family.name), family, families.get(family.name), AddressFamily)


def routes(found: Iterable[Route]) -> Table:
    """Routes by prefix: a next hop, several in a list, or a mapping where one has options."""
    hops: dict[str, dict[str, Table]] = {}
    for route in found:
        options: Table = {"name": route.name, "tag": route.tag, "preference": route.preference}
        said: Table = {key: value for key, value in options.items() if value is not None}
        hops.setdefault(route.prefix, {})[route.next_hop] = said
    return {prefix: _hops(each) for prefix, each in hops.items()}


def _hops(hops: Mapping[str, Table]) -> Data:
    if any(hops.values()):
        return {hop: options or None for hop, options in hops.items()}
    return [*hops] if len(hops) > 1 else next(iter(hops))


def _nve(found: Table, switch: Switch, plain: Switch) -> None:
    """The interface, and the VNIs that BGP announces."""
    if switch.nve is not None:
        _note(found, ("nve",), switch.nve, plain.nve, Nve)
        bare = {vni.vni: vni for vni in plain.nve.vnis} if plain.nve else {}
        for vni in switch.nve.vnis:
            _note(found, ("nve", "vnis", vni.vni), vni, bare.get(vni.vni), NveVni)
    for number, evpn in switch.evpn.items():
        _note(found, ("nve", "evpn", number), evpn, plain.evpn.get(number), EvpnVni, ("vni",))
