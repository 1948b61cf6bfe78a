"""What belongs to the VNIs of tenants and to a border gateway: the part of VX05 that no consistency check looks at."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.nxos.facts_of_overlay import overlay
from mlagkit.rules.differences import once, side_by_side
from mlagkit.rules.rule import Hit
from mlagkit.switch import Nve, Svi, Switch, Vrf


def of_tenants(switch: Switch, nve: Nve, peer: Switch, others: Nve) -> Iterator[Hit]:
    """Warnings about a pair of tunnel ends."""
    yield from _border_gateway(switch, nve, peer, others)
    yield from _not_forwarding(switch, nve)
    for name in sorted(switch.vrfs.keys() & peer.vrfs.keys()):
        yield from _route_targets(switch, switch.vrfs[name], peer, peer.vrfs[name])


def _border_gateway(switch: Switch, nve: Nve, peer: Switch, others: Nve) -> Iterator[Hit]:
    """Whether both are border gateways, and of which site."""
    if nve.multisite_interface and not others.multisite_interface:
        message = f"{switch.name} is a border gateway, but {peer.name} is none"
        yield Hit(nve, "multisite_interface", message, severity=Severity.WARNING)
    own, other = overlay(switch).site, overlay(peer).site
    if own and own != other:
        told = side_by_side(switch, own, peer, other or "none")
        message = f"the border gateways are not of one site: {told}"
        yield from once(switch, peer, Hit(switch, "extra", message, severity=Severity.WARNING))


def _not_forwarding(switch: Switch, nve: Nve) -> Iterator[Hit]:
    """SVIs of Layer 3 VNIs that do not take IPv4 packets: they have no address, and no line in its place."""
    of_layer_3 = {vni.vni for vni in nve.vnis if vni.associate_vrf}
    for vlan, svi in switch.svis.items():
        is_of_tenant = vlan in switch.vlans and switch.vlans[vlan].vni in of_layer_3 and not svi.shutdown
        if is_of_tenant and not _takes_packets(svi) and _has_ipv4(switch, svi.vrf):
            message = f"{svi.name} of a Layer 3 VNI does not forward: it has neither an address nor `ip forward`"
            yield Hit(svi, "ip_forward", message, fix="true", severity=Severity.WARNING)


def _takes_packets(svi: Svi) -> bool:
    return bool(svi.ip_forward or svi.address or svi.ip_unnumbered)


def _has_ipv4(switch: Switch, name: str) -> bool:
    """Whether a tenant has IPv4: its VRF says so, or one of its interfaces has an address."""
    vrf = switch.vrfs.get(name)
    is_told = vrf is not None and any(family.name == "ipv4" for family in vrf.families)
    return is_told or any(each.address for each in switch.interfaces if each.vrf == name)


def _route_targets(switch: Switch, vrf: Vrf, peer: Switch, other: Vrf) -> Iterator[Hit]:
    """Route targets that the VRF of one switch lacks."""
    own = {family.name: family.route_targets for family in vrf.families}
    for family in other.families:
        missing = [target for target in family.route_targets if target not in own.get(family.name, ())]
        if missing:
            message = (
                f"VRF {vrf.name}, {family.name}: {switch.name} lacks route targets of {peer.name}: {', '.join(missing)}"
            )
            yield Hit(vrf, f"families.{family.name}", message, severity=Severity.WARNING)
