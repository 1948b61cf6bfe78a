"""VRFs and static routes."""

from __future__ import annotations

from collections.abc import Iterable

from mlagkit.part import Part
from mlagkit.record import record


@record
class Route:
    """One static route in the words of the line behind ``ip route``: prefix, next hop and its options."""

    prefix: str
    next_hop: str
    name: str | None = None
    tag: int | None = None
    preference: int | None = None


def in_one_order(routes: Iterable[Route]) -> tuple[Route, ...]:
    """Routes by prefix and next hop, since the order of their lines means nothing."""
    return tuple(sorted(routes, key=lambda route: (route.prefix, route.next_hop)))


@record
class AddressFamily(Part):
    """``address-family`` of a VRF with its route targets (``both auto evpn`` as the device prints them)."""

    name: str
    route_targets: tuple[str, ...]


@record
class Vrf(Part):
    """One ``vrf context``; the default VRF and ``management`` exist without being written."""

    name: str
    description: str | None
    vni: int | None
    rd: str | None
    routes: tuple[Route, ...]
    families: tuple[AddressFamily, ...]
