"""What a switch does with packets of hosts besides forwarding: DHCP relay and its guards, NAT."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.nxos.chassis import product_line
from mlagkit.nxos.gateways import guarded_vlans, translates, verifies_source
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Switch
from mlagkit.topology.carried import on_peer_link
from mlagkit.topology.routed import shared_svis
from mlagkit.values import VlanSet


@pair_rule("L323", Severity.WARNING)
def dhcp_relay_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two SVIs of a VLAN relay DHCP to different servers.

    Why: Whether a host gets an address depends on the switch that its request is hashed to.

    Bad:
        svis:
          10: {dhcp_relay: {sw-a: [192.0.2.53], sw-b: [192.0.2.54]}}

    Good:
        svis:
          10: {dhcp_relay: [192.0.2.53, 192.0.2.54]}

    Fix: Give both the same list.

    Source: K [likely]
    """
    for svi, other in shared_svis(switch, peer):
        missing = sorted(set(other.dhcp_relay) - set(svi.dhcp_relay))
        if missing:
            message = f"{svi.name} of {switch.name} does not relay to {', '.join(missing)}, that of {peer.name} does"
            yield Hit(svi, "dhcp_relay", message)


@switch_rule("L324", Severity.WARNING)
def dhcp_snooping_dai_ipsg(switch: Switch) -> Iterator[Hit]:
    """DHCP snooping, ARP inspection or IP source guard is on in vPC VLANs.

    Why: The guide calls them unsupported on vPC VLANs (relay is), newer models may do it: what one switch learned the
        other does not know, and drops.

    Bad:
        features: [dhcp]
        extra: ip dhcp snooping vlan 10

    Good:
        features: [dhcp]
        extra: ip dhcp snooping vlan 40

    Fix: Take these VLANs out, unless the guide of your model and release allows them.

    Source: G106 [varies by release]
    """
    for guard, vlans in guarded_vlans(switch).items():
        shared = VlanSet(vlans & on_peer_link(switch))
        if shared:
            yield Hit(switch, "extra", f"{guard} is on in vPC VLANs: {shared}")
    for leg in switch.vpcs.values():
        if verifies_source(leg.extra):
            yield Hit(leg, "extra", f"IP source guard is on at {leg.name}")


@switch_rule("L325", Severity.ERROR)
def nat_on_vpc(switch: Switch) -> Iterator[Hit]:
    """A Nexus 9000 with a vPC domain translates addresses.

    Why: NAT is not supported in a vPC topology. Where only the release tells the product line it is a warning, and
        where nothing does nothing is said.

    Bad:
        features: [nat]
        svis:
          10: {extra: ip nat inside}

    Good:
        svis:
          10: {extra: ip arp timeout 1500}

    Fix: Let a firewall or router do it.

    Source: G106 [certain]
    """
    if switch.domain is None or product_line(switch.model, switch.release) != "n9k":
        return
    severity = None if switch.model else Severity.WARNING
    for part in switch.interfaces:
        if translates(part.extra):
            yield Hit(part, "extra", f"{part.name} translates addresses", severity=severity)
