"""Peer-gateway and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.nxos.chassis import product_line
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Svi, Switch
from mlagkit.topology.routed import has_address, vpc_svis

_WITHOUT_EXCLUDED_VLANS = ("n3k", "n9k")


def _routed_vpc_svis(switch: Switch) -> Iterator[Svi]:
    return filter(has_address, vpc_svis(switch))


@pair_rule("L313", Severity.WARNING)
def peer_gateway_off(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """VLANs of the pair are routed, and neither switch has peer-gateway.

    Silent where only one of them has it, which is a difference of the domains, and with layer3 peer-router, which
    needs it anyway.

    Why: Storage and load balancers that answer to the burnt-in MAC address of a switch are dropped at its peer.

    Bad:
        domain: {peer_gateway: false, layer3_peer_router: false}

    Good:
        domain: {peer_gateway: true}

    Fix: Turn it on on both; with routing over a vPC, layer3 peer-router right after it.

    Source: G106 [certain]
    """
    domain = switch.domain
    if domain is None or domain.peer_gateway or domain.layer3_peer_router:
        return
    routed = next(_routed_vpc_svis(switch), None)
    if routed and peer.domain and not peer.domain.peer_gateway:
        yield Hit(domain, "peer_gateway", f"VLAN {routed.vlan} is routed, and peer-gateway is off", fix="true")


@switch_rule("L314", Severity.WARNING)
def peer_gateway_redirects(switch: Switch) -> Iterator[Hit]:
    """An SVI is told to send redirects although peer-gateway is on.

    Why: NX-OS turns redirects off on such SVIs by itself: what is written and what runs differ for ever.

    Bad:
        svis:
          10: {ip_redirects: true}

    Good:
        svis:
          10: {ip_redirects: false}

    Fix: Write what the switch does: no redirects.

    Source: G106 [certain]
    """
    if switch.domain is None or not switch.domain.peer_gateway:
        return
    for svi in _routed_vpc_svis(switch):
        if svi.ip_redirects and svi.address:
            yield Hit(svi, "ip_redirects", f"{svi.name} sends redirects although peer-gateway is on", fix="false")
        if svi.ipv6_redirects and svi.ipv6_addresses:
            message = f"{svi.name} sends IPv6 redirects although peer-gateway is on"
            yield Hit(svi, "ipv6_redirects", message, fix="false")


@switch_rule("L315", Severity.ERROR)
def peer_gateway_exclude_n9k(switch: Switch) -> Iterator[Hit]:
    """VLANs are excluded from peer-gateway on a switch that can't do it.

    Why: Nexus 9000 and 3000 don't support it, although some releases take the line. Where only the release tells the
        product line it is a warning, and where nothing does nothing is said.

    Bad:
        domain: {peer_gateway_exclude_vlans: 20}

    Good:
        domain: {peer_gateway: true}

    Fix: Take the list away.

    Source: G106, NU [certain]
    """
    vlans = switch.domain.peer_gateway_exclude_vlans if switch.domain else None
    if switch.domain and vlans and product_line(switch.model, switch.release) in _WITHOUT_EXCLUDED_VLANS:
        message = f"{switch.model or 'Nexus 9000'} can't exclude VLANs ({vlans}) from peer-gateway"
        severity = None if switch.model else Severity.WARNING
        yield Hit(switch.domain, "peer_gateway_exclude_vlans", message, severity=severity)


@switch_rule("L317", Severity.ERROR)
def peer_router_needs_gateway(switch: Switch) -> Iterator[Hit]:
    """Layer3 peer-router is on without peer-gateway.

    Why: One needs the other: without peer-gateway, packets for the peer's MAC address are not routed.

    Bad:
        domain: {peer_gateway: false}

    Good:
        domain: {peer_gateway: true, layer3_peer_router: true}

    Fix: Turn peer-gateway on, on both switches.

    Source: G106 [certain]
    """
    if switch.domain and switch.domain.layer3_peer_router and not switch.domain.peer_gateway:
        message = "layer3 peer-router is on, and peer-gateway, which it needs, is off"
        yield Hit(switch.domain, "peer_gateway", message, fix="true")
