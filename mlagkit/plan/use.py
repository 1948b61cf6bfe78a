"""Who uses what on a pair as it runs: the ports that carry traffic, the VLANs that more than one party is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mlagkit.part import asked_once
from mlagkit.switch import Port, Switch
from mlagkit.topology.attached import attached
from mlagkit.topology.carried import carried, existing, open_legs, orphans
from mlagkit.topology.channels import ROUTED, open_members
from mlagkit.values import InterfaceName, VlanSet

Peers = tuple[Switch, ...]
"""The switches of a pair: both, or the one that is looked at alone."""

_COMPANY = 2
"""A VLAN with fewer parties in it has nobody to talk to."""


@dataclass(frozen=True, slots=True)
class Party:
    """Something that is in VLANs: a vPC, an orphan port, the gateway of a VLAN. The peer-link is none."""

    name: str
    vlans: VlanSet


def parties(peers: Peers) -> Iterator[Party]:
    """Everybody that is in a VLAN, a vPC and a gateway of both switches once."""
    found: dict[str, frozenset[int]] = {}
    for switch in peers:
        for number, leg in open_legs(switch).items():
            found[f"vPC {number}"] = found.get(f"vPC {number}", frozenset()) | carried(leg)
        for port in orphans(switch):
            if open_members(switch, port) or port.name.kind != "port-channel":
                found[f"{port.name} of {switch.name}"] = carried(port)
        for vlan, svi in switch.svis.items():
            if not svi.shutdown:
                found[f"gateway of VLAN {vlan}"] = frozenset((vlan,))
    return (Party(name, VlanSet(vlans)) for name, vlans in found.items())


def in_company(peers: Peers) -> VlanSet:
    """The VLANs that exist and that at least two parties are in: whoever takes one away takes it from somebody."""
    there = VlanSet(frozenset[int]().union(*(existing(switch, frozenset(switch.vlans)) for switch in peers)))
    count = Counter(vlan for party in parties(peers) for vlan in party.vlans & there)
    return VlanSet(vlan for vlan, times in count.items() if times >= _COMPANY)


def users(peers: Peers, vlans: VlanSet) -> tuple[str, ...]:
    """Who is in any of these VLANs."""
    return tuple(dict.fromkeys(named(peers, party.name) for party in parties(peers) if party.vlans & vlans))


def named(peers: Peers, what: str) -> str:
    """What forwards on any of these switches, as `user` calls it there."""
    return next((name for each in peers if (name := called(each, what)) != what), what)


@asked_once
def _bare(switch: Switch) -> frozenset[InterfaceName]:
    """The ports of a switch that say nothing of what they carry: as they come out of the box, VLAN 1 alone."""
    return frozenset(
        name
        for name, port in switch.ports.items()
        if name.kind == "Ethernet"
        and port.channel is None
        and not port.extra
        and (not port.address if port.mode == ROUTED else port.mode == "access" and port.vlan == 1)
    )


def in_use(switch: Switch, name: InterfaceName) -> bool:
    """Whether traffic may pass an interface as it runs."""
    if name.kind == "Vlan":
        svi = switch.svis.get(int(name.number))
        return svi is not None and not svi.shutdown
    if name.kind == "loopback":
        return int(name.number) in switch.loopbacks
    if name.kind == "nve":
        return switch.nve is not None and not switch.nve.shutdown
    port = switch.ports.get(name)
    if port is None or port.shutdown or name.kind == "mgmt":
        return False
    if name.kind == "port-channel":
        return bool(open_members(switch, port)) or (port.peer_link and not port.members)
    return name not in _bare(switch)


def user(switch: Switch, name: InterfaceName) -> str:
    """Who notices when an interface is disturbed: the host behind it, its vPC, its VLAN, or the interface itself.

    The addresses of a tunnel are those of a loopback.
    """
    if name.kind == "Vlan":
        return f"VLAN {name.number}"
    if switch.nve is not None and switch.nve.source_interface == name:
        return str(switch.nve.name)
    port = switch.ports.get(name)
    if port is None:
        return str(name)
    channel = whole(switch, port)
    host = attached(switch, channel)
    if host:
        return host
    return f"vPC {channel.vpc}" if channel.vpc is not None else str(channel.name)


def in_segment(switch: Switch, vni: int) -> tuple[str, ...]:
    """Who is in a segment of the tunnel: the VLANs that are bridged into it, or the VRFs that are routed through it."""
    vrfs = tuple(f"VRF {vrf.name}" for vrf in switch.vrfs.values() if vrf.vni == vni)
    return vrfs or tuple(f"VLAN {number}" for number, vlan in switch.vlans.items() if vlan.vni == vni)


def called(switch: Switch, what: str) -> str:
    """A leg or a port that forwards on a switch, as `user` calls it; anything else as it is called there."""
    port = _legs(switch).get(what) or switch.ports.get(InterfaceName(what))
    return user(switch, port.name) if port else what


@asked_once
def _legs(switch: Switch) -> Mapping[str, Port]:
    return {f"vPC {number}": leg for number, leg in switch.vpcs.items()}


def with_hosts_of(switch: Switch, was: Switch | None) -> Switch:
    """The switch with the hosts that its ports had before, where nobody tells which ones they have now."""
    if was is None:
        return switch
    return replace(switch, ports={name: _with_host(port, was.ports.get(name)) for name, port in switch.ports.items()})


def _with_host(port: Port, was: Port | None) -> Port:
    return port if port.host or was is None or not was.host else replace(port, host=was.host)


def vpc_of(switch: Switch, name: InterfaceName) -> int | None:
    """The vPC that an interface is a leg of, or a port of a leg."""
    port = switch.ports.get(name)
    return whole(switch, port).vpc if port else None


def whole(switch: Switch, port: Port) -> Port:
    """The port-channel that a port belongs to, or the port itself."""
    return port if port.channel is None else switch.ports.get(InterfaceName(f"port-channel{port.channel}"), port)
