"""First-hop redundancy: HSRP, VRRP and VRRPv3 on the SVIs of vPC VLANs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mlagkit.finding import Severity
from mlagkit.nxos.gateways import gateway_lines_of, hello_and_hold
from mlagkit.part import asked_once
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Hsrp, Svi, Switch, Vrrp, Vrrpv3
from mlagkit.topology.routed import shared_svis, vpc_svis

_HIGHEST_OF_VERSION_1 = 255
_HELLO, _HOLD = 3, 10
_ADVERTISEMENT = 1000
_PIM_HELLO = 30_000

Group = Hsrp | Vrrp | Vrrpv3


@asked_once
def _groups(svi: Svi) -> Mapping[str, Group]:
    """The groups of an SVI by what tells one from the other; a VRRP group that is shut down is none."""
    hsrp = {f"HSRP group {_number(group)}": group for group in svi.hsrp}
    vrrp = {f"VRRP group {group.group}": group for group in svi.vrrp if not group.shutdown}
    vrrpv3 = {f"VRRPv3 group {_number(group)}": group for group in svi.vrrpv3 if not group.shutdown}
    return {**hsrp, **vrrp, **vrrpv3}


def _number(group: Hsrp | Vrrpv3) -> str:
    return f"{group.group} of IPv6" if group.family == "ipv6" else str(group.group)


def _common_groups(switch: Switch, peer: Switch) -> Iterator[tuple[Svi, str, Group, Group]]:
    for svi, other in shared_svis(switch, peer):
        theirs = _groups(other)
        for name, group in _groups(svi).items():
            if name in theirs:
                yield svi, name, group, theirs[name]


@pair_rule("L307", Severity.ERROR)
def fhrp_group_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The first-hop groups of a VLAN differ: a group on one switch only, or another version, address, authentication.

    Of the authentication only whether there is one is compared: its text is a secret, and encrypted with another salt
    on each switch.

    Why: Each switch believes to be alone and active: two gateways, or none where hosts look.

    Bad:
        svis:
          10:
            hsrp: {address: {sw-a: 10.0.10.1, sw-b: 10.0.10.4}}

    Good:
        svis:
          10:
            hsrp: {address: 10.0.10.1}

    Fix: Give both the same group, version, addresses and authentication.

    Source: G106 [certain: same config required]
    """
    for svi, other in shared_svis(switch, peer):
        here, there = _groups(svi), _groups(other)
        for name in [name for name in here if name not in there]:
            yield Hit(here[name], "", f"{name} of {svi.name} is on {switch.name} only, not on {peer.name}")
        if svi.hsrp and other.hsrp and svi.hsrp_version != other.hsrp_version:
            message = f"HSRP of {svi.name} is version {svi.hsrp_version} on {switch.name}"
            yield Hit(svi, "hsrp.version", f"{message} and {other.hsrp_version} on {peer.name}")
    for svi, name, group, other_group in _common_groups(switch, peer):
        for field, message in _differences(group, other_group):
            yield Hit(group, field, f"{name} of {svi.name} {message}")


def _differences(group: Group, other: Group) -> Iterator[tuple[str, str]]:
    """Fields that both must have alike; an address that a standby learns is not written (BF)."""
    if group.address and other.address and group.address != other.address:
        yield "address", f"has address {group.address}, the peer's has {other.address}"
    if set(group.secondary_addresses) != set(other.secondary_addresses):
        yield "secondary_addresses", "has other secondary addresses than the peer's"
    for field, what in _ON_BOTH.items():
        if bool(getattr(group, field, None)) != bool(getattr(other, field, None)):
            yield field, f"{what} on one switch only"


_ON_BOTH = {"authentication": "has an authentication", "vrrpv2": "speaks version 2 as well"}
"""What a group has on both switches or on none, as far as its protocol knows it."""


@pair_rule("L308", Severity.WARNING)
def fhrp_priority(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Both switches have the same priority in a group, or the active one is not the vPC primary.

    Why: Both forward all the same, but only the active one answers ARP; on the primary it outlives a peer-link loss.

    Bad:
        svis:
          10:
            hsrp: {priority: {sw-a: 90, sw-b: 110}}

    Good:
        svis:
          10:
            hsrp: {priority: {sw-a: 110, sw-b: 90}}

    Fix: Give the switch with the lower vPC role priority the higher one here.

    Source: G106 [certain]
    """
    for svi, name, group, other in _common_groups(switch, peer):
        if group.priority == other.priority and not _owner(svi, group) and not _owner(peer.svis[svi.vlan], other):
            yield Hit(group, "priority", f"{name} of {svi.name} has priority {group.priority} on both switches")
        elif group.priority > other.priority and _is_secondary(switch, peer):
            yield Hit(group, "priority", f"{name} of {svi.name} is active on {switch.name}, which is vPC secondary")


def _owner(svi: Svi, group: Group) -> bool:
    """Whether the group's address is the switch's own, which makes it active whatever its priority (RFC 3768, 5798)."""
    own = [prefix.partition("/")[0] for prefix in (svi.address, *svi.ipv6_addresses) if prefix]
    return isinstance(group, Vrrp | Vrrpv3) and group.address in own


def _is_secondary(switch: Switch, peer: Switch) -> bool:
    return bool(switch.domain and peer.domain and switch.domain.role_priority > peer.domain.role_priority)


@switch_rule("L309", Severity.ERROR)
def fhrp_use_bia(switch: Switch) -> Iterator[Hit]:
    """HSRP uses the burnt-in MAC address on a vPC VLAN.

    Why: Not supported: the peer does not forward for that address.

    Bad:
        svis:
          10: {extra: hsrp use-bia}

    Good:
        svis:
          10: {extra: ip arp timeout 1500}

    Fix: Take the line away; the group then has its virtual MAC address.

    Source: G106 [certain]
    """
    for svi in vpc_svis(switch):
        if svi.hsrp and gateway_lines_of(svi).use_bia:
            yield Hit(svi, "extra", f"HSRP of {svi.name} uses the burnt-in MAC address")


@switch_rule("L310", Severity.WARNING)
def fhrp_timers_aggressive(switch: Switch) -> Iterator[Hit]:
    """Timers of HSRP, VRRP or PIM are shorter than the usual ones on a vPC VLAN.

    Why: Both switches forward whoever is active, so fast timers gain nothing, cost CPU and flap under load.

    Bad:
        svis:
          10:
            hsrp: {timers: 1 3}

    Good:
        svis:
          10:
            hsrp: {timers: 3 10}

    Fix: Take the timers away.

    Source: G106 [certain]
    """
    for svi in vpc_svis(switch):
        for group in svi.hsrp:
            if _is_fast(group.timers):
                message = f"HSRP group {group.group} of {svi.name} has timers {group.timers}, the usual are 3 10"
                yield Hit(group, "timers", message, fix=f"{_HELLO} {_HOLD}")
        for each in svi.vrrpv3:
            if each.timers_advertise < _ADVERTISEMENT:
                message = f"VRRPv3 group {_number(each)} of {svi.name} advertises every {each.timers_advertise} ms"
                yield Hit(each, "timers_advertise", message, fix=str(_ADVERTISEMENT))
        lines = gateway_lines_of(svi)
        if lines.pim_hello is not None and lines.pim_hello < _PIM_HELLO:
            yield Hit(svi, "extra", f"PIM on {svi.name} sends a hello every {lines.pim_hello} ms")


def _is_fast(timers: str) -> bool:
    found = hello_and_hold(timers)
    return found is not None and (found[0] < _HELLO or found[1] < _HOLD)


@switch_rule("L311", Severity.ERROR)
def fhrp_bfd(switch: Switch) -> Iterator[Hit]:
    """BFD watches HSRP or VRRP on a vPC VLAN.

    Why: Not supported on the SVI of a vPC VLAN.

    Bad:
        svis:
          10: {extra: hsrp bfd}

    Good:
        svis:
          10: {extra: ip arp timeout 1500}

    Fix: Take the line away.

    Source: G106 [certain]
    """
    for svi in vpc_svis(switch):
        if gateway_lines_of(svi).bfd:
            yield Hit(svi, "extra", f"BFD watches the first-hop redundancy of {svi.name}")


@switch_rule("L312", Severity.ERROR)
def fhrp_group_range(switch: Switch) -> Iterator[Hit]:
    """An HSRP group of version 1 has a number above 255.

    Why: Version 1 has no such group: the switch refuses it.

    Bad:
        vlans: {30: lab}
        peer_link: {vlans: [10, 20]}
        interfaces:
          Ethernet1/40: {mode: access, vlan: 30, port_type: edge, mtu: 9216}
        svis:
          30: {mtu: 9216, address: {sw-a: 10.0.30.2/24, sw-b: 10.0.30.3/24}}

    Bad config:
        interface Vlan30
          hsrp 300
            ip 10.0.30.1

    Good config:
        interface Vlan10
          hsrp version 2

    Fix: Use version 2 on both switches, or a lower number.

    Source: BF [certain]
    """
    for svi in switch.svis.values():
        for group in svi.hsrp:
            if svi.hsrp_version == 1 and group.group > _HIGHEST_OF_VERSION_1:
                yield Hit(group, "", f"HSRP of {svi.name} is version 1 and has group {group.group}; it ends at 255")


@pair_rule("L327", Severity.ERROR)
def custom_vmac_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A virtual MAC address that was set by hand is not the same on both switches.

    Why: Hosts keep the one that they learned; the switch without it does not route for it.

    Bad:
        svis:
          10:
            hsrp: {mac_address: {sw-a: 0200.0000.0a01, sw-b: 0200.0000.0a02}}

    Good:
        svis:
          10:
            hsrp: {mac_address: 0200.0000.0a01}

    Fix: Give both the same, or take it away on both.

    Source: G106 [certain]
    """
    for svi, name, group, other in _common_groups(switch, peer):
        if isinstance(group, Hsrp) and isinstance(other, Hsrp) and group.mac_address != other.mac_address:
            here, there = group.mac_address or "its own", other.mac_address or "its own"
            message = f"{name} of {svi.name} has MAC address {here} on {switch.name} and {there} on {peer.name}"
            yield Hit(group, "mac_address", message)
