"""The routed interfaces of VLANs: on both switches, in one subnet, with different addresses."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.nxos.routing import routing_of
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Switch
from mlagkit.topology.addresses import addresses, listed, networks
from mlagkit.topology.carried import carried_by, on_legs, on_peer_link
from mlagkit.topology.routed import is_gateway, shared_svis


@pair_rule("L301", Severity.WARNING)
def svi_missing_on_peer(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A VLAN of the pair is routed on one switch only.

    An error where the SVI is a gateway: it has a first-hop group or an anycast address, and its VLAN is on a vPC leg.

    Why: Half of the routed traffic crosses the peer-link, and the gateway is gone with that switch. The switches report
        a type-2 inconsistency.

    Bad:
        svis:
          20: {sw-a: {mtu: 9216, address: 10.0.20.2/24}}

    Good:
        svis:
          20: {mtu: 9216, address: {sw-a: 10.0.20.2/24, sw-b: 10.0.20.3/24}}

    Fix: Give the other switch the SVI, too, with an address of its own.

    Source: G106, OUT3 [certain]
    """
    legs = on_legs(switch)
    for vlan in sorted((switch.svis.keys() - peer.svis.keys()) & on_peer_link(switch)):
        svi = switch.svis[vlan]
        if not svi.shutdown:
            severe = Severity.ERROR if is_gateway(svi) and vlan in legs else None
            yield Hit(svi, "", f"{svi.name} is on {switch.name} only, {peer.name} has none", severity=severe)


@pair_rule("L302", Severity.WARNING)
def svi_admin_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The SVI of a VLAN is shut down on one switch and up on the other.

    Why: Both are required to be in the same state; the VLAN has a gateway on one switch only.

    Bad:
        svis:
          20: {mtu: 9216, address: {sw-a: 10.0.20.2/24, sw-b: 10.0.20.3/24}, shutdown: {sw-a: true, sw-b: false}}

    Good:
        svis:
          20: {mtu: 9216, address: {sw-a: 10.0.20.2/24, sw-b: 10.0.20.3/24}}

    Fix: Bring it up on both, or shut it down on both.

    Source: G106 [certain]
    """
    for vlan in sorted(switch.svis.keys() & peer.svis.keys() & on_peer_link(switch)):
        svi = switch.svis[vlan]
        if svi.shutdown and not peer.svis[vlan].shutdown:
            message = f"{svi.name} is shut down on {switch.name} and up on {peer.name}"
            yield Hit(svi, "shutdown", message)


@switch_rule("L303", Severity.ERROR)
def svi_without_vlan(switch: Switch) -> Iterator[Hit]:
    """An SVI is up whose VLAN does not exist, or is on no port.

    Silent where the VLAN belongs to a VNI or the switch runs FabricPath, which keep an SVI up without a port, where
    autostate is off, and where nothing is said of any VLAN.

    Why: The SVI stays down, and with it the gateway.

    Bad:
        svis:
          30: {mtu: 9216, address: {sw-a: 10.0.30.2/24, sw-b: 10.0.30.3/24}}

    Good:
        vlans: {30: transit}
        vpcs:
          11: {vlans: [10, 20, 30]}
        svis:
          30: {mtu: 9216, address: {sw-a: 10.0.30.2/24, sw-b: 10.0.30.3/24}}

    Fix: Create the VLAN and allow it on a port, or take the SVI away.

    Source: BF vlan tests [certain]
    """
    ports = carried_by(port for port in switch.ports.values() if port.channel is None)
    for vlan, svi in switch.svis.items():
        if svi.shutdown:
            continue
        if vlan not in switch.vlans and len(switch.vlans) > 1:
            yield Hit(svi, "", f"{svi.name} is up, but VLAN {vlan} does not exist")
        elif vlan not in ports and svi.autostate and vlan in switch.vlans and not _needs_no_port(switch, vlan):
            yield Hit(svi, "", f"{svi.name} is up, but VLAN {vlan} is on no port")


def _needs_no_port(switch: Switch, vlan: int) -> bool:
    fabricpath = switch.domain is not None and switch.domain.fabricpath_switch_id is not None
    return fabricpath or switch.vlans[vlan].vni is not None


@pair_rule("L304", Severity.ERROR)
def svi_subnet_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two SVIs of a VLAN are in different subnets.

    Why: Hosts reach their gateway on one switch only, and the two never agree on who is active.

    Bad:
        svis:
          10: {address: {sw-a: 10.0.10.2/24, sw-b: 10.0.10.3/25}}

    Good:
        svis:
          10: {address: {sw-a: 10.0.10.2/24, sw-b: 10.0.10.3/24}}

    Fix: Give both an address of the same subnet, with the same length.

    Source: K [certain]
    """
    for svi, other in shared_svis(switch, peer):
        here, there = networks(svi), networks(other)
        if here and there and here != there:
            message = f"{svi.name} is in {listed(here)} on {switch.name} and in {listed(there)} on {peer.name}"
            yield Hit(svi, "address", message)


@pair_rule("L305", Severity.ERROR)
def svi_duplicate_ip(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Both switches have the same address on a VLAN, and it is no anycast gateway.

    Why: Two devices answer for one address in one segment.

    Bad:
        svis:
          10: {address: 10.0.10.2/24}

    Good:
        svis:
          10: {address: {sw-a: 10.0.10.2/24, sw-b: 10.0.10.3/24}}

    Fix: Give each switch an address of its own.

    Source: K [certain]
    """
    for svi, other in shared_svis(switch, peer):
        if not (svi.anycast_gateway and other.anycast_gateway):
            here, there = ({each.ip for each in addresses(part)} for part in (svi, other))
            for address in sorted(str(each) for each in here & there if not each.is_link_local):
                yield Hit(svi, "address", f"{svi.name} has {address} on both switches")


@pair_rule("L306", Severity.WARNING)
def svi_mtu_vrf_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two SVIs of a VLAN have different MTUs, or are in different VRFs.

    Why: Which packets get through, or whereto, depends on the switch that a flow is hashed to.

    Bad:
        svis:
          10: {mtu: {sw-a: 9216, sw-b: 9000}}

    Good:
        svis:
          10: {mtu: 9216}

    Fix: Give both the same value. A change of the VRF takes the addresses away: write them again.

    Source: K [likely]
    """
    here, there = routing_of(switch), routing_of(peer)
    for svi, other in shared_svis(switch, peer):
        if svi.mtu != other.mtu and not (here.active_on(svi.name) and there.active_on(other.name)):  # which is L322
            yield Hit(svi, "mtu", f"{svi.name} has MTU {svi.mtu} on {switch.name} and {other.mtu} on {peer.name}")
        if svi.vrf != other.vrf:
            yield Hit(svi, "vrf", f"{svi.name} is in VRF {svi.vrf} on {switch.name} and in {other.vrf} on {peer.name}")
