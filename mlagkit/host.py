"""What is attached to a pair: servers and appliances, as the pair file describes them."""

from __future__ import annotations

from typing import NamedTuple

from mlagkit.part import Part
from mlagkit.record import record
from mlagkit.values import VlanSet

NO_BOND = "none"
LACP_BOND = "802.3ad"
STATIC_BONDS = ("balance-rr", "balance-xor", "broadcast")
"""The bonds of Linux that want a static channel (kernel bonding documentation)."""
SINGLE_LINK_BONDS = ("active-backup", "balance-tlb", "balance-alb")
"""Those that need no port-channel and choose links by carrier (reference 8)."""


STANDARD_SWITCH = "esxi-standard"
EMBEDDED_TEAMING = "hyper-v-set"
BY_IP_HASH = "iphash"

_MISSED = 3
"""So many advertisements of VRRP stay out until the partner is taken for dead (reference 8; RFC 5798 adds a moment)."""


class Tolerance(NamedTuple):
    """The longest interruption, in seconds, that one thing bears, and the key of the host that says so."""

    seconds: float
    key: str


@record
class Timers:
    """When the software of a host's cluster takes its partner for dead; in seconds, each None where nobody told."""

    corosync_token: float | None
    vrrp_advertisement: float | None
    drbd_ping_timeout: float | None

    @property
    def tolerances(self) -> tuple[Tolerance, ...]:
        """What each timer bears; an advertisement may be missed twice."""
        advertisement = self.vrrp_advertisement
        told = {
            "corosync_token": self.corosync_token,
            "vrrp_advertisement": advertisement and advertisement * _MISSED,
            "drbd_ping_timeout": self.drbd_ping_timeout,
        }
        return tuple(Tolerance(seconds, f"timers.{key}") for key, seconds in told.items() if seconds is not None)


@record
class Host(Part):
    """What is attached to a pair, as the pair file describes it: what nobody told is None, or empty.

    ``mtu`` is in bytes without the Ethernet header, which is how NX-OS counts it, too; ``miimon`` in milliseconds, 0
    for never; ``max_interruption`` in seconds. ``iscsi`` are the VLANs with paths of their own, ``heartbeats`` those
    of the cluster's rings, ``reaches`` the hosts that it must reach.
    """

    name: str
    system: str | None
    bond: str | None
    teaming: str | None
    lacp_rate: str | None
    miimon: int | None
    min_links: int | None
    mtu: int | None
    pxe: bool
    needs: VlanSet
    iscsi: VlanSet
    heartbeats: VlanSet
    reaches: tuple[str, ...]
    max_interruption: float | None
    timers: Timers

    @property
    def tolerances(self) -> tuple[Tolerance, ...]:
        """What the host as a whole bears, and each timer of its cluster, as far as somebody told."""
        own = () if self.max_interruption is None else (Tolerance(self.max_interruption, "max_interruption"),)
        return (*own, *self.timers.tolerances)
