"""The objects of a switch without their settings: what a pair file must name before it can say anything of them."""

from __future__ import annotations

from mlagkit.importing.data import Table, vlan_list
from mlagkit.switch import Hsrp, Port, Svi, Switch, Vrf, Vrrp, Vrrpv3
from mlagkit.values import InterfaceName


def skeleton(switch: Switch) -> Table:
    """Every object that a pair file can hold, by its identity alone, and what their defaults depend on."""
    found: Table = {}
    if switch.domain is not None:
        # Peer-gateway decides what an SVI sends without a line (reference 7.11).
        found["domain"] = {"id": switch.domain.id, **({"peer_gateway": True} if switch.domain.peer_gateway else {})}
    if switch.keepalive is not None:
        found["keepalive"] = {"destination": switch.keepalive.destination}
    found |= _channels(switch)
    found["vlans"] = {number: {} for number in switch.vlans if number != 1}
    found["interfaces"] = {name: {"mode": port.mode} for name, port in switch.ports.items() if is_single(switch, port)}
    found["svis"] = {number: _svi(svi) for number, svi in switch.svis.items()}
    found["vrfs"] = {name: _vrf(vrf) for name, vrf in switch.vrfs.items()}
    found["loopbacks"] = {number: {} for number in switch.loopbacks}
    found["nve"] = _nve(switch)
    if InterfaceName("mgmt0") in switch.ports:
        found["management"] = {}
    system = _system(switch)
    if system:
        found["system"] = system
    return {key: value for key, value in found.items() if value or key == "management"}


def is_single(switch: Switch, port: Port) -> bool:
    """Whether a port stands by itself: a physical one or a subinterface, in no port-channel that the switch has."""
    if port.name.kind == "mgmt" or (port.name.kind == "port-channel" and "." not in port.name):
        return False
    return port.channel is None or InterfaceName(f"port-channel{port.channel}") not in switch.ports


def _channels(switch: Switch) -> Table:
    """The peer-link, the vPCs and the other port-channels; of two with one vPC number the first is the vPC."""
    link = switch.peer_link
    found: Table = {"peer_link": {}, "vpcs": {}, "port_channels": {}}
    for port in switch.port_channels:
        if "." in port.name:
            continue
        number = int(port.name.number)
        own: Table = {"mode": port.mode, "members": {member: {} for member in port.members}}
        if port is link:
            found["peer_link"] = {"port_channel": number, "vlans": vlan_list(port.vlans), **own}
        elif port.vpc is not None and port.vpc not in _table(found, "vpcs"):
            _table(found, "vpcs")[port.vpc] = {"port_channel": number, **own}
        else:
            _table(found, "port_channels")[number] = own
    return found


def _table(found: Table, key: str) -> Table:
    inner = found[key]
    return inner if isinstance(inner, dict) else {}


def _svi(svi: Svi) -> Table:
    found: Table = {}
    if svi.hsrp or svi.hsrp_version != 1:
        found["hsrp"] = {"version": svi.hsrp_version, "groups": {group_key(group): {} for group in svi.hsrp}}
    if svi.vrrp:
        found["vrrp"] = {"groups": {group_key(group): {} for group in svi.vrrp}}
    if svi.vrrpv3:
        found["vrrpv3"] = {"groups": {group_key(group): {} for group in svi.vrrpv3}}
    return found


def group_key(group: Hsrp | Vrrp | Vrrpv3) -> int | str:
    """What a pair file calls a group: its number, with its family behind it where that is not IPv4."""
    family = getattr(group, "family", "ipv4")  # VRRPv2 knows no other
    return group.group if family == "ipv4" else f"{group.group} {family}"


def _vrf(vrf: Vrf) -> Table:
    return {"families": {family.name: {} for family in vrf.families}} if vrf.families else {}


def _nve(switch: Switch) -> Table:
    found: Table = {"evpn": {vni: {} for vni in switch.evpn}} if switch.evpn else {}
    if switch.nve is not None:
        found |= {"name": switch.nve.name, "vnis": {vni.vni: {} for vni in switch.nve.vnis}}
    return found


def _system(switch: Switch) -> Table:
    """The defaults of the whole switch, which those of its ports depend on."""
    said: Table = {"switchport_default": switch.switchport_default, "jumbo_mtu": switch.jumbo_mtu}
    if switch.switchport_shutdown_default:
        said["switchport_shutdown_default"] = True
    return {key: value for key, value in said.items() if value is not None}
