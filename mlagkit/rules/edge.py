"""Spanning tree towards hosts: edge ports, and what guards them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlagkit.finding import Severity
from mlagkit.nxos.chassis import is_on_extender
from mlagkit.rules.far_ends import Cabled, cabled_pair, switches_behind
from mlagkit.rules.rule import Hit, SiteHit, site_rule, switch_rule
from mlagkit.switch import Port, Switch
from mlagkit.topology.attached import attached
from mlagkit.topology.channels import EDGE, NETWORK, NORMAL, ROUTED, TRUNK, has_bpduguard, port_type, vpc_legs

_TRUNK_EDGE = "edge trunk"
_ENABLED = "enable"


@switch_rule("MB22", Severity.WARNING)
def host_port_not_edge(switch: Switch) -> Iterator[Hit]:
    """A leg to a host is no edge port.

    Why: Whenever its link comes up the host waits 30 seconds, and the whole network forgets its MAC addresses. On a
        trunk only the type `edge trunk` works. The rule needs the `host` of the vPC, or the `cabling`; where the
        switch makes all ports edge ports it is silent.

    Needs: `host` or `cabling` of ports in a pair file; running-configs do not tell of them.

    Bad:
        vpcs: {11: {port_type: edge}}

    Good:
        vpcs: {11: {port_type: edge trunk}}

    Fix: Set the type: edge trunk for a trunk, edge for another port.

    Source: G106 [certain]
    """
    for number, leg in vpc_legs(switch).items():
        host = attached(switch, leg)
        if host and leg.mode != ROUTED and not leg.shutdown and _is_slow(switch, leg):
            wanted = _TRUNK_EDGE if leg.mode == TRUNK else EDGE
            message = f"vPC {number} leads to {host} and is of spanning-tree type {leg.port_type}"
            yield Hit(leg, "port_type", message, fix=wanted)


def _is_slow(switch: Switch, leg: Port) -> bool:
    """Whether a port listens and learns before it forwards; of type network MB26 speaks."""
    if leg.port_type == EDGE:
        return leg.mode == TRUNK
    return port_type(switch, leg) == NORMAL


@switch_rule("MB23", Severity.WARNING)
def edge_without_bpduguard(switch: Switch) -> Iterator[Hit]:
    """An edge port has no BPDU guard.

    Why: A switch that somebody plugs in there can make a loop. Ports of a fabric extender have the guard without a line
        (guide of the Nexus 2000 on N7K) and are not looked at.

    Bad:
        spanning_tree: {bpduguard: false}
        vpcs: {12: {bpduguard: enable}}

    Good:
        spanning_tree: {bpduguard: false}
        vpcs: {11: {bpduguard: enable}, 12: {bpduguard: enable}}

    Fix: Turn BPDU guard on for all edge ports, on both switches.

    Source: K [likely]; G106: it must match on both switches
    """
    for port in _bridged(switch):
        if any(map(is_on_extender, (port.name, *port.members))):
            continue
        if port_type(switch, port).startswith(EDGE) and not has_bpduguard(switch, port):
            yield Hit(port, "bpduguard", f"{port.name} is an edge port without BPDU guard", fix=_ENABLED)


def _bridged(switch: Switch) -> Iterator[Port]:
    """The Layer 2 ports and port-channels that are open, without the peer-link and the ports of port-channels."""
    for port in switch.ports.values():
        if port.channel is None and not (port.mode == ROUTED or port.shutdown or port.peer_link):
            yield port


@switch_rule("MB24", Severity.WARNING)
def bpdufilter_on_edge(switch: Switch) -> Iterator[Hit]:
    """A port neither sends nor hears BPDUs.

    Why: A loop through it is never noticed. Cisco's VXLAN guide has the filter on legs in its examples all the same.

    Bad:
        vpcs: {11: {bpdufilter: enable}}

    Good:
        vpcs: {11: {bpdufilter: disable}}

    Fix: Take the filter away and use BPDU guard.

    Source: VXG against K, reference section 10 (12) [likely]
    """
    for port in _bridged(switch):
        if port.bpdufilter == _ENABLED:
            yield Hit(port, "bpdufilter", f"{port.name} neither sends nor hears BPDUs")


@site_rule("MB25", Severity.ERROR, facts=cabled_pair)
def edge_to_switch(pairs: Sequence[tuple[Cabled, ...]]) -> Iterator[SiteHit]:
    """A leg to another switch is an edge port.

    Why: It forwards before spanning tree has looked: a loop until the first BPDU, or with BPDU guard no link at all.
        The rule needs the `cabling`, and the other switch among the pairs that are looked at.

    Bad:
        vpcs: {11: {host: }}
        cabling: {sw-a: {Ethernet1/1: sw-c Ethernet1/9}}
        ---
        pair: other
        switches:
          sw-c: {management: 192.0.2.21/24, role_priority: 8192}
          sw-d: {management: 192.0.2.22/24, role_priority: 16384}
        domain: {id: 20}
        svis:

    Good:
        vpcs: {11: {host: , port_type: normal}}
        cabling: {sw-a: {Ethernet1/1: sw-c Ethernet1/9}}
        ---
        pair: other
        switches:
          sw-c: {management: 192.0.2.21/24, role_priority: 8192}
          sw-d: {management: 192.0.2.22/24, role_priority: 16384}
        domain: {id: 20}
        svis:

    Fix: Set the type to normal, on both switches of the pair.

    Source: G106 [certain]
    """
    for leg, other in switches_behind(pairs):
        if leg.edge:
            yield SiteHit(leg.edge, f"vPC {leg.vpc} is an edge port and leads to the switch {other.name}", fix=NORMAL)


@switch_rule("MB26", Severity.ERROR)
def network_type_to_non_ba(switch: Switch) -> Iterator[Hit]:
    """A leg to a host is a spanning-tree port of type network.

    Why: Bridge Assurance waits for BPDUs that no host sends, and blocks the port. The rule needs the `host` of the vPC,
        or the `cabling`.

    Needs: `host` or `cabling` of ports in a pair file; running-configs do not tell of them.

    Bad:
        vpcs: {11: {port_type: network}}

    Good:
        vpcs: {11: {port_type: edge trunk}}

    Fix: Set the type: edge trunk for a trunk, edge for another port.

    Source: syslog text in id 43507116626 [certain]
    """
    for number, leg in vpc_legs(switch).items():
        host = attached(switch, leg)
        if host and leg.mode != ROUTED and switch.spanning_tree.bridge_assurance and _is_network(switch, leg):
            message = f"vPC {number} leads to {host} and is of spanning-tree type {NETWORK}"
            yield Hit(leg, "port_type", message, fix=_TRUNK_EDGE if leg.mode == TRUNK else EDGE)


def _is_network(switch: Switch, leg: Port) -> bool:
    return port_type(switch, leg) == NETWORK
