"""What a pair with VXLAN announces by BGP EVPN, and with which of its addresses."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.nxos.chassis import may_have_r_cards
from mlagkit.nxos.facts_of_overlay import overlay
from mlagkit.rules.rule import Hit, switch_rule
from mlagkit.switch import Switch


@switch_rule("VX06", Severity.ERROR)
def pip_without_rmac(switch: Switch) -> Iterator[Hit]:
    """Of `advertise-pip` and `advertise virtual-rmac` the switch has only one.

    Why: Routes then carry an address and a router MAC that do not belong together. Where no line speaks of BGP EVPN
        nothing is known, and nothing said. With line cards of type -R the virtual router MAC alone is what Cisco asks
        for, so it is a warning on a chassis that may have them, and where the model is not known.

    Bad:
        nve: {host_reachability: bgp, advertise_virtual_rmac: true}
        extra: |
          router bgp 65001
            address-family l2vpn evpn

    Good:
        nve: {host_reachability: bgp, advertise_virtual_rmac: true}
        extra: |
          router bgp 65001
            address-family l2vpn evpn
              advertise-pip

    Fix: Turn both on, or neither: one stands in BGP's EVPN address family, the other on the NVE interface.

    Source: VXG [certain]
    """
    said = overlay(switch)
    if switch.nve is None or switch.domain is None or not said.evpn:
        return
    if said.advertise_pip and not switch.nve.advertise_virtual_rmac:
        message = "BGP announces each switch's own address, but the NVE interface no virtual router MAC"
        yield Hit(switch.nve, "advertise_virtual_rmac", message, fix="true")
    elif switch.nve.advertise_virtual_rmac and not said.advertise_pip:
        severity = Severity.WARNING if switch.model is None or may_have_r_cards(switch.model) else None
        message = "the NVE interface announces a virtual router MAC, but BGP not each switch's own address"
        yield Hit(switch.nve, "advertise_virtual_rmac", message, severity=severity)


@switch_rule("VX12", Severity.WARNING)
def orphan_prefix_vip(switch: Switch) -> Iterator[Hit]:
    """Prefixes that one switch of the pair learned or has alone are announced with the address of both.

    Why: Half of the traffic for them reaches the other switch. Prefixes from outside the fabric and loopbacks in
        tenants count; networks of gateways that both switches have do not. With only one of the two settings VX06
        speaks.

    Bad:
        nve: {host_reachability: bgp}
        extra: |
          router bgp 65001
            address-family l2vpn evpn
            vrf tenant-a
              neighbor 203.0.113.9
                remote-as 65002

    Good:
        nve: {host_reachability: bgp, advertise_virtual_rmac: true}
        extra: |
          router bgp 65001
            address-family l2vpn evpn
              advertise-pip
            vrf tenant-a
              neighbor 203.0.113.9
                remote-as 65002

    Fix: Turn on `advertise-pip` in BGP's EVPN address family and `advertise_virtual_rmac` on the NVE interface.

    Source: VXG [certain]
    """
    said = overlay(switch)
    if switch.nve is None or switch.nve.shutdown or switch.domain is None or not said.evpn:
        return
    if said.advertise_pip or switch.nve.advertise_virtual_rmac:
        return
    with_loopback = {loopback.vrf for loopback in switch.loopbacks.values()} - {"default"}
    vrfs = sorted(said.outside | (said.own & with_loopback))
    if vrfs:
        message = f"prefixes of VRF {', '.join(vrfs)} are announced with the address of both switches"
        yield Hit(switch.nve, "advertise_virtual_rmac", message)
