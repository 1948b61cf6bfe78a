"""How NX-OS prints what is a set to everybody else: the order of features, the breaks in a long list of VLANs."""

from __future__ import annotations

from collections.abc import Iterable

from mlagkit.values import VlanSet

EVPN = "nv overlay evpn"
"""The one line of the features' section that does not begin with their word."""

FEATURE_ORDER: tuple[str, ...] = (
    "privilege",
    "telnet",
    "nxapi",
    "bash-shell",
    "scp-server",
    "sftp-server",
    "tacacs+",
    EVPN,
    "ospf",
    "ospfv3",
    "bgp",
    "pim",
    "grpc",
    "isis",
    "fabric forwarding",
    "eigrp",
    "udld",
    "interface-vlan",
    "vn-segment-vlan-based",
    "hsrp",
    "vrrp",
    "vrrpv3",
    "lacp",
    "dhcp",
    "vpc",
    "lldp",
    "bfd",
    "nv overlay",
    "ngoam",
    "telemetry",
)
"""The order that 60 running-configs of the corpus agree on; those in none of them stand with their like."""

LIST_WIDTH = 180
"""The longest list of VLANs on one line, in characters.

No length is documented. The longest unbroken list in the corpus has 66 characters
(pairs/ales999-project-bgw12); where a trunk's list breaks differs between releases of one
platform and follows what was typed (reference 7.7: node-utils PR 423). A reader of the
configuration joins the lines, so the number only has to keep them within what a terminal takes.
"""


def feature_lines(features: Iterable[str], *, evpn: bool) -> list[str]:
    """The section of features as a running-config lists it; unknown ones by name at its end."""
    rank = {feature: number for number, feature in enumerate(FEATURE_ORDER)}
    found = sorted((*features, *([EVPN] if evpn else ())), key=lambda feature: (rank.get(feature, len(rank)), feature))
    return [feature if feature == EVPN else f"feature {feature}" for feature in found]


def virtual_addresses(address: str | None, further: Iterable[str]) -> tuple[str | None, tuple[str, ...]]:
    """The address of an HSRP group and its further ones.

    Of those of IPv6 none comes before the others: they add up, without a word that tells them apart (NU). So the lowest
    of them is the address, where there is none of IPv4.
    """
    found = sorted({*further, *([address] if address else ())})
    first = address if address and ":" not in address else next((each for each in found if ":" in each), None)
    return first, tuple(each for each in found if each != first)


def in_order_of_targets(targets: Iterable[str]) -> tuple[str, ...]:
    """Route targets as a switch lists them: imports, exports, then both; those that it makes itself first (corpus)."""
    ranked = {target: (_DIRECTIONS.index(target.split()[0]), " auto" not in target, target) for target in targets}
    return tuple(sorted(ranked, key=ranked.__getitem__))


_DIRECTIONS = ("import", "export", "both")


def list_lines(vlans: VlanSet, width: int = LIST_WIDTH) -> tuple[str, ...]:
    """The set as one list or, where that is longer than ``width``, as several; an empty set has none."""
    text = str(vlans)
    lines: list[str] = []
    while len(text) > width:
        cut = text.rfind(",", 0, width + 1)
        lines.append(text[:cut])
        text = text[cut + 1 :]
    return (*lines, text) if text else ()
