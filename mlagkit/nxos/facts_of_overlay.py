"""What a switch says of its overlay, most of it in raw lines: BGP EVPN, router ids, and what holds for each VNI.

No part of a Switch has a field for these lines. They are found as they stand in ``extra``, by the words that NX-OS
prints; a line in other words is not seen.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import field

from mlagkit.nxos.nested import Line, found, lines_of
from mlagkit.record import record
from mlagkit.switch import Nve, Switch, Vni

_ROUTER = r"router (?:bgp|ospf|ospfv3|isis|eigrp) "
_BORDER_GATEWAY = "evpn multisite border-gateway"
_EVPN = "address-family l2vpn evpn"
_OUTSIDE = r"redistribute (?!direct\b)"
_OWN = r"network |redistribute direct\b"


@record
class Overlay:
    """What the routing processes say.

    ``evpn`` is whether BGP speaks EVPN as far as the lines tell, ``advertise_pip`` the line of that name (VXG).
    ``router_ids`` are addresses and interfaces of the default VRF, ``update_sources`` interfaces, lower-case.
    ``outside`` are VRFs into which BGP takes routes from neighbours or other protocols, ``own`` those in which it
    announces prefixes of the switch itself. ``site`` is the number of the site that it is a border gateway of.
    """

    evpn: bool = False
    advertise_pip: bool = False
    router_ids: frozenset[str] = frozenset()
    update_sources: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()
    own: frozenset[str] = field(default_factory=frozenset)
    site: str | None = None


@record
class Flooding:
    """How a VNI floods and answers ARP, global settings of the NVE interface included."""

    mcast_group: str | None
    ingress_replication: str | None
    suppress_arp: bool


def overlay(switch: Switch) -> Overlay:
    """What the raw lines at the left margin say of the overlay and its routing."""
    return _overlay(switch.extra)


@functools.lru_cache(maxsize=64)
def _overlay(extra: tuple[str, ...]) -> Overlay:
    lines = lines_of(extra)
    routers = [text for text in lines if re.match(_ROUTER, text.text)]
    bgp = [line for text in routers if text.text.startswith("router bgp ") for line in text.below]
    families = [line for line in bgp if line.text == _EVPN]
    vrfs = [line for line in bgp if line.text.startswith("vrf ")]
    return Overlay(
        evpn=any(line.text == _EVPN for line in _below(bgp)),
        advertise_pip=any(line.text == "advertise-pip" for family in families for line in family.below),
        router_ids=_last_words("router-id ", _of_default_vrf(routers)),
        update_sources=_last_words("update-source ", _of_default_vrf(routers)),
        outside=frozenset(_name(vrf) for vrf in vrfs if _takes_in(vrf)),
        own=frozenset(_name(vrf) for vrf in vrfs if any(re.match(_OWN, line.text) for line in _below(vrf.below))),
        site=next((words[0] for words in found(lines, _BORDER_GATEWAY) if words), None),
    )


def _takes_in(vrf: Line) -> bool:
    """Whether routes from outside come into the VRF: from a neighbour or another protocol."""
    neighbours = any(line.text.startswith("neighbor ") for line in vrf.below)
    return neighbours or any(re.match(_OUTSIDE, line.text) for line in _below(vrf.below))


def _of_default_vrf(routers: Iterable[Line]) -> Iterator[Line]:
    """Every line of the processes that is not of another VRF."""
    for router in routers:
        yield from _below(line for line in router.below if not line.text.startswith("vrf "))


def _below(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines with everything below them."""
    for line in lines:
        yield line
        yield from _below(line.below)


def _last_words(start: str, lines: Iterable[Line]) -> frozenset[str]:
    return frozenset(_name(line).lower() for line in lines if line.text.startswith(start))


def _name(line: Line) -> str:
    return line.text.split()[-1]


def flooding(nve: Nve, vni: Vni) -> Flooding:
    """What holds for one VNI: its own lines, else the global ones of the NVE interface.

    Replication and ARP are global for Layer 2 VNIs alone; ``suppress-arp disable``, which takes one VNI out, is a raw
    line (VXG, corpus pairs/ales999-project-bgw12).
    """
    own = vni.mcast_group or vni.ingress_replication
    group = nve.global_mcast_group_l3 if vni.associate_vrf else nve.global_mcast_group_l2
    is_global = nve.global_suppress_arp and "suppress-arp disable" not in vni.extra
    return Flooding(
        mcast_group=vni.mcast_group if own else group,
        ingress_replication=vni.ingress_replication if own or vni.associate_vrf else nve.global_ingress_replication,
        suppress_arp=vni.suppress_arp or (is_global and not vni.associate_vrf),
    )
