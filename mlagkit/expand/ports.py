"""Ports of one switch: port-channels with their members, single ports, subinterfaces, mgmt0."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import replace

from mlagkit import switch
from mlagkit.expand.fill import defaults, fill
from mlagkit.expand.peer_link import vlans_of_the_pair
from mlagkit.intent.pair import Intent, Pair
from mlagkit.intent.ports import Channel, Link, Member, PeerLink
from mlagkit.nxos.catalogue import ROWS
from mlagkit.nxos.context import Context
from mlagkit.switch import Path, Port
from mlagkit.values import InterfaceName, in_order

_LAYER_3 = ("address", "secondary_addresses", "ipv6_addresses", "vrf")


def ports_of(pair: Pair, hostname: str, context: Context) -> Mapping[InterfaceName, Port]:
    """Every port that the intent names, in the order of a chassis."""
    intent = pair.intents[hostname]
    found: dict[InterfaceName, Port] = {}
    for port in [*_channels(pair, intent, context), *_single(intent, context), *_management(pair, hostname, context)]:
        found[port.name] = port
    return {name: found[name] for name in in_order(found)}


def mode_of(link: Link, name: InterfaceName, context: Context) -> str:
    """The mode that is said; else routed with an address, trunk with a VLAN list, else the switch's default."""
    at = context.at(name)
    if link.mode is not None or at.subinterface:
        return link.mode or "routed"
    if any(getattr(link, key) is not None for key in _LAYER_3):
        return "routed"
    if link.vlans is not None or link.native_vlan is not None:
        return "trunk"
    return "access" if link.vlan is not None else at.mode


def _channels(pair: Pair, intent: Intent, context: Context) -> Iterator[Port]:
    if intent.peer_link is not None:
        yield from _peer_link(pair, intent.peer_link, context)
    for number, vpc in intent.vpcs.items():
        yield from _channel(vpc, vpc.port_channel or number, ("vpcs", number), context, vpc=number)
    for number, channel in intent.port_channels.items():
        yield from _channel(channel, number, ("port_channels", number), context)


def _peer_link(pair: Pair, peer_link: PeerLink, context: Context) -> Iterator[Port]:
    """Trunk, port type network (which NX-OS sets by itself: reference 7.11) and the VLANs of vPCs and orphans."""
    derived: dict[str, object] = {}
    if peer_link.mode is None:
        derived["mode"] = "trunk"
    if peer_link.vlans is None:
        derived["vlans"] = vlans_of_the_pair(pair)
    if peer_link.port_type is None:
        derived["port_type"] = "network"
    said = peer_link.model_copy(update=derived)
    yield from _channel(said, peer_link.port_channel, ("peer_link",), context, peer_link=True)


def _channel(
    channel: Channel, number: int, path: Path, context: Context, *, vpc: int | None = None, peer_link: bool = False
) -> Iterator[Port]:
    """The port-channel and its members."""
    name = InterfaceName(f"port-channel{number}")
    mode = mode_of(channel, name, context)
    members: Mapping[InterfaceName, Member] = getattr(channel, "members", None) or {}
    at = context.at(name, routed=mode == "routed", peer_link=peer_link)
    yield _port(
        channel,
        name,
        at,
        path,
        mode=mode,
        vpc=vpc,
        peer_link=peer_link,
        members=tuple(in_order(members)),
        lacp=None,
        udld=defaults("interface", at)["udld"],
        lacp_rate=defaults("interface", at)["lacp_rate"],
        lacp_port_priority=defaults("interface", at)["lacp_port_priority"],
    )
    for member, own in members.items():
        where = context.at(member, routed=mode == "routed", peer_link=peer_link)
        yield _member(channel, own, number, member, path, where, mode)


def _member(
    channel: Channel, own: Member, number: int, name: InterfaceName, path: Path, at: Context, mode: str
) -> Port:
    """A member port: its own settings, then those that it takes over from its port-channel."""
    from_channel = {key: getattr(channel, key, None) for key in _taken_over()}
    port = _port(own, name, at, path, from_channel, mode=mode, channel=number, host=channel.host)
    return replace(port, lacp=own.lacp or channel.lacp or "on")


@functools.cache
def _taken_over() -> frozenset[str]:
    """What members have from their port-channel: what the catalogue calls inherited, and LACP and UDLD per port."""
    rows = {row.field.partition(".")[0] for row in ROWS if row.mode == "interface" and row.inherited and row.field}
    return frozenset(rows | {"lacp_rate", "lacp_port_priority", "udld"})


def _single(intent: Intent, context: Context) -> Iterator[Port]:
    for name, link in intent.interfaces.items():
        mode = mode_of(link, name, context)
        yield _port(link, name, context.at(name, routed=mode == "routed"), ("interfaces", name), mode=mode)


def _management(pair: Pair, hostname: str, context: Context) -> Iterator[Port]:
    """mgmt0, in VRF management whatever is said (K: the device refuses another)."""
    said = pair.intents[hostname].management
    address = pair.facts.switches[hostname].management
    if said is None and address is None:
        return
    name = InterfaceName("mgmt0")
    family = {"ipv6_addresses": (address,)} if address and ":" in address else {"address": address}
    path: Path = ("management",) if said else ("switches", hostname, "management")
    yield _port(said, name, context.at(name), path, family, mode="routed", vrf="management")


def _port(said: object, name: InterfaceName, at: Context, path: Path, *more: object, **fixed: object) -> Port:
    default = defaults("interface", at)
    storm = fill(
        switch.StormControl,
        defaults("interface", at, "storm_control."),
        getattr(said, "storm_control", None),
        *(part.get("storm_control") for part in more if isinstance(part, Mapping)),
    )
    down = getattr(said, "shutdown", None) is True
    return fill(
        Port,
        _with_empty(default),
        _without_nested(said),
        *(_without_nested(part) for part in more),
        name=name,
        path=path,
        storm_control=storm,
        shutdown=down,
        **fixed,
    )


def _without_nested(part: object) -> object:
    """What is said but for the keys that a Port holds in another form."""
    if isinstance(part, Mapping):
        return {key: value for key, value in part.items() if key != "storm_control"}
    return part


def _with_empty(default: Mapping[str, object]) -> Mapping[str, object]:
    """The defaults, and what a port has without a line that has no default of its own."""
    return {"orphan_suspend": False, "peer_link": False, "fabric": False, **default}
