"""What people call a key that has another name here, by the device's line, other tools' modules or habit."""

from __future__ import annotations

from collections.abc import Collection, Mapping

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "access": ("vlan",),
    "access_vlan": ("vlan",),
    "allowed_vlan": ("vlans",),
    "allowed_vlans": ("vlans",),
    "channel_mode": ("lacp",),
    "dhcp": ("dhcp_relay",),
    "domain_id": ("id",),
    "gateway": ("hsrp",),
    "helper_address": ("dhcp_relay",),
    "interfaces": ("members",),
    "ip": ("address",),
    "ip_address": ("address",),
    "ipv6": ("ipv6_addresses",),
    "ipv6_address": ("ipv6_addresses",),
    "jumbo": ("mtu",),
    "lacp_mode": ("lacp",),
    "mst_config": ("mst",),
    "name": ("description", "host"),
    "native": ("native_vlan",),
    "peer_keepalive": ("keepalive",),
    "ports": ("members", "interfaces"),
    "role": ("role_priority",),
    "root": ("priority",),
    "stp": ("spanning_tree",),
    "trunk_vlans": ("vlans",),
    "vip": ("hsrp", "address"),
    "vn_segment": ("vni",),
    "vpc_domain": ("domain",),
}
"""Each word with the keys that are meant by it, of which a place may have one."""


def meant(word: str, known: Collection[str]) -> str | None:
    """The key of a place that a word means there, None where it means none."""
    keys = SYNONYMS.get(word.lower().replace("-", "_").replace(" ", "_"), ())
    return next((key for key in keys if key in known), None)
