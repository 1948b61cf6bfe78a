"""What is attached to a pair: servers and appliances, as the pair file describes them."""

from __future__ import annotations

from dataclasses import dataclass

from mlagkit.part import Part
from mlagkit.values import VlanSet

LACP_BOND = "802.3ad"
STATIC_BONDS = ("balance-rr", "balance-xor", "broadcast")
"""The bonds of Linux that want a static channel (kernel bonding documentation)."""
SINGLE_LINK_BONDS = ("active-backup", "balance-tlb", "balance-alb")
"""Those that need no port-channel and choose links by carrier (reference 8)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Host(Part):
    """What is attached to a pair, as the pair file describes it; ``max_interruption`` in seconds."""

    name: str
    bond: str | None
    lacp_rate: str | None
    min_links: int | None
    needs: VlanSet
    max_interruption: float | None
