"""Ports of one switch: port-channels with their members, single ports, subinterfaces, mgmt0."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from mlagkit import switch
from mlagkit.expand.fill import Default, defaults, fill
from mlagkit.intent.pair import Intent, Pair
from mlagkit.intent.ports import Channel, Link, Member, PeerLink
from mlagkit.intent.ports import Port as PortIntent
from mlagkit.nxos.catalogue import ROWS
from mlagkit.nxos.context import Context
from mlagkit.part import Path
from mlagkit.switch import Port
from mlagkit.values import ALL_VLANS, InterfaceName, VlanSet, in_order

Said = Mapping[str, object]

_LAYER_3 = frozenset({"address", "secondary_addresses", "ipv6_addresses", "ip_unnumbered", "vrf"})
_OF_MEMBERS = frozenset({"lacp", "lacp_rate", "lacp_port_priority", "udld"})  # lines of ports, said once for a channel
_WITHOUT_A_LINE = {"orphan_suspend": False, "peer_link": False, "fabric": False}


def ports_of(pair: Pair, hostname: str, context: Context) -> Mapping[InterfaceName, Port]:
    """Every port that the intent names, in the order of a chassis."""
    intent = pair.intents[hostname]
    found: dict[InterfaceName, Port] = {}
    for port in [*_channels(pair, intent, context), *_single(intent, context), *_management(pair, hostname, context)]:
        found[port.name] = port
    return {name: found[name] for name in in_order(found)}


def mode_of(said: Said, name: InterfaceName, context: Context) -> object:
    """The mode that is said; else routed with an address, trunk with a VLAN list, else the switch's default."""
    at = context.at(name)
    if at.subinterface or "mode" in said:
        return said.get("mode", "routed")
    if not _LAYER_3.isdisjoint(said):
        return "routed"
    if "vlans" in said or "native_vlan" in said:
        return "trunk"
    return "access" if "vlan" in said else at.mode


def _channels(pair: Pair, intent: Intent, context: Context) -> Iterator[Port]:
    if intent.peer_link is not None:
        yield from _peer_link(pair, intent.peer_link, context)
    for number, vpc in intent.vpcs.items():
        yield from _channel(vpc.said(), vpc.port_channel or number, ("vpcs", number), context, vpc=number)
    for number, channel in intent.port_channels.items():
        yield from _channel(channel.said(), number, ("port_channels", number), context)


def _peer_link(pair: Pair, peer_link: PeerLink, context: Context) -> Iterator[Port]:
    """Trunk, port type network (which NX-OS sets by itself: reference 7.11) and the VLANs of vPCs and orphans."""
    derived: dict[str, object] = {"mode": "trunk", "port_type": "network", **peer_link.said()}
    if "vlans" not in derived:
        derived["vlans"] = vlans_of_the_pair(pair)
    yield from _channel(derived, peer_link.port_channel, ("peer_link",), context, peer_link=True)


def _channel(
    said: Said, number: int, path: Path, context: Context, *, vpc: int | None = None, peer_link: bool = False
) -> Iterator[Port]:
    """The port-channel and its members."""
    name = InterfaceName(f"port-channel{number}")
    mode = mode_of(said, name, context)
    members = cast("Mapping[InterfaceName, Member]", said.get("members", {}))
    at = context.at(name, routed=mode == "routed", peer_link=peer_link)
    own = {key: value for key, value in said.items() if key not in _OF_MEMBERS}
    yield _port(
        [own], name, at, path, mode=mode, vpc=vpc, peer_link=peer_link, members=tuple(in_order(members)), lacp=None
    )
    for member, part in members.items():
        where = context.at(member, routed=mode == "routed", peer_link=peer_link)
        yield _member([part.said(), said], member, where, path, mode=mode, channel=number)


def _member(said: Sequence[Said], name: InterfaceName, at: Context, path: Path, **fixed: object) -> Port:
    """A member port: its own settings, then those that it takes over from its port-channel."""
    own, of_channel = said
    taken_over = {key: of_channel[key] for key in _taken_over() & of_channel.keys()}
    return _port([own, taken_over, {"lacp": "on"}], name, at, path, host=of_channel.get("host"), **fixed)


@functools.cache
def _taken_over() -> frozenset[str]:
    """What members have from their port-channel: what the catalogue calls inherited, and what is said per port."""
    rows = {row.field.partition(".")[0] for row in ROWS if row.mode == "interface" and row.inherited and row.field}
    return frozenset(rows) | _OF_MEMBERS


def _single(intent: Intent, context: Context) -> Iterator[Port]:
    for name, link in intent.interfaces.items():
        said = link.said()
        mode = mode_of(said, name, context)
        yield _port([said], name, context.at(name, routed=mode == "routed"), ("interfaces", name), mode=mode)


def _management(pair: Pair, hostname: str, context: Context) -> Iterator[Port]:
    """mgmt0, in VRF management whatever is said (K: the device refuses another)."""
    said = pair.intents[hostname].management
    address = pair.facts.switches[hostname].management
    if said is None and address is None:
        return
    name = InterfaceName("mgmt0")
    further = (said and said.interface.ipv6_addresses) or ()
    own: Said = {"ipv6_addresses": (address, *further)} if address and ":" in address else {"address": address}
    path: Path = ("management",) if said else ("switches", hostname, "management")
    yield _port([own, said.said() if said else {}], name, context.at(name), path, mode="routed", vrf="management")


def _port(said: Sequence[Said], name: InterfaceName, at: Context, path: Path, **fixed: object) -> Port:
    """A port of what is said, the first before the others; a declared one is up unless it says otherwise."""
    storm = [part["storm_control"] for part in said if "storm_control" in part]
    flat = [{key: value for key, value in part.items() if key != "storm_control"} for part in said]
    default, storm_default = _port_defaults(at)
    return fill(
        Port,
        default,
        *flat,
        name=name,
        path=path,
        storm_control=fill(switch.StormControl, storm_default, *storm),
        **fixed,
    )


@functools.lru_cache(maxsize=1024)
def _port_defaults(at: Context) -> tuple[Default, Default]:
    """What a port there has, and its storm-control."""
    default = Default(_WITHOUT_A_LINE, defaults("interface", at), shutdown=False)
    return default, defaults("interface", at, "storm_control.")


def vlans_of_the_pair(pair: Pair) -> VlanSet:
    """What ports of either switch carry; where none does, the VLANs that are declared, and where none is, everything.

    So the last vPC that goes opens no peer-link to VLANs that nobody spoke of.
    """
    intents = pair.intents.values()
    carried = VlanSet(frozenset[int]().union(*map(_of_switch, intents)))
    return carried or VlanSet(vlan for intent in intents for vlan in intent.vlans) or ALL_VLANS


def _of_switch(intent: Intent) -> set[int]:
    found: set[int] = set()
    ports: list[Channel | PortIntent] = [
        *intent.vpcs.values(),
        *intent.port_channels.values(),
        *intent.interfaces.values(),
    ]
    for port in ports:
        told = port.interface
        layer_3 = told.address or told.ipv6_addresses or told.ip_unnumbered or told.vrf
        if port.link.mode != "routed" and not (port.link.mode is None and layer_3):
            found |= _carried(port.link)
    return found


def _carried(link: Link) -> frozenset[int]:
    """The VLANs of one port; a spare one that names none brings none along."""
    if link.mode == "trunk" or (link.mode is None and link.vlans is not None):
        return ALL_VLANS if link.vlans is None else link.vlans
    return frozenset() if link.vlan is None else frozenset({link.vlan})
