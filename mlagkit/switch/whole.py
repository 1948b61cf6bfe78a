"""The whole switch: the unit that a template renders and a rule looks at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from mlagkit.host import Host
from mlagkit.part import Part, Source, asked_once
from mlagkit.record import record
from mlagkit.switch.domain import Domain, Keepalive
from mlagkit.switch.layer2 import SpanningTree, Vlan
from mlagkit.switch.layer3 import EvpnVni, Loopback, Nve, Route, Svi, Vrf
from mlagkit.switch.ports import Interface, Port
from mlagkit.values import InterfaceName, VlanSet


@record
class Switch(Part):
    """One switch of a pair, completely: the unit that a template renders and a rule looks at.

    ``platform`` names the folder that knows its operating system, ``family`` the product line
    whose defaults hold (``n9k``), ``release`` its numbers, ``()`` where unknown.
    ``hosts`` are those of the pair, ``cabling`` the far ends of ports (``web-01 eno1``) and ``line_cards`` the models
    of cards by slot: only a pair file has them.
    ``vlan_reserve`` is the first of the VLANs that the switch keeps for itself.
    ``switchport_default`` is whether ports are Layer 2 without a line, None where that is as the platform has it.
    """

    name: str
    peer: str
    pair: str
    platform: str
    model: str | None
    release: str | None
    switchport_default: bool | None
    switchport_shutdown_default: bool
    jumbo_mtu: int
    vlan_reserve: int
    load_balance: str | None
    features: frozenset[str]
    nv_overlay_evpn: bool
    anycast_gateway_mac: str | None
    infra_vlans: VlanSet
    vlans: Mapping[int, Vlan]
    spanning_tree: SpanningTree
    vrfs: Mapping[str, Vrf]
    routes: tuple[Route, ...]
    domain: Domain | None
    keepalive: Keepalive | None
    ports: Mapping[InterfaceName, Port]
    svis: Mapping[int, Svi]
    loopbacks: Mapping[int, Loopback]
    nve: Nve | None
    evpn: Mapping[int, EvpnVni]
    hosts: Mapping[str, Host] = field(default_factory=dict, compare=False)
    cabling: Mapping[InterfaceName, str] = field(default_factory=dict, compare=False)
    line_cards: Mapping[int, str] = field(default_factory=dict, compare=False)
    source: Source = field(compare=False, repr=False)

    @property
    def interfaces(self) -> Iterator[Interface]:
        """Every interface that may have an address: ports, SVIs, loopbacks."""
        yield from self.ports.values()
        yield from self.svis.values()
        yield from self.loopbacks.values()

    @property
    @asked_once
    def port_channels(self) -> tuple[Port, ...]:
        """The port-channels, by number; a subinterface of one is a routed port of its own."""
        return tuple(port for name, port in self.ports.items() if name.kind == "port-channel" and "." not in name)

    @property
    @asked_once
    def vpcs(self) -> Mapping[int, Port]:
        """The vPC legs of this switch by vPC number."""
        return {port.vpc: port for port in self.ports.values() if port.vpc is not None}

    @property
    @asked_once
    def peer_link(self) -> Port | None:
        """The port-channel between the peers."""
        return next((port for port in self.ports.values() if port.peer_link), None)
