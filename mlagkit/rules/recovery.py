"""How the pair gets over a failure: roles, auto-recovery, delays, synchronised tables, convergence."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.nxos.chassis import product_line
from mlagkit.nxos.context import Context, family, release_numbers
from mlagkit.nxos.routing import routing_of
from mlagkit.rules.differences import side_by_side
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Svi, Switch
from mlagkit.topology.carried import existing, on_peer_link
from mlagkit.topology.channels import vpc_legs
from mlagkit.topology.routed import has_address
from mlagkit.values import VlanSet

_SHORTEST_RELOAD_DELAY = 240  # seconds, as the guides have it (N5OPS, G106); some releases take 60
_LONGEST_RELOAD_DELAY = 3600
_SHORTEST_DELAY_RESTORE = 60  # likely; many sites use 120 to 300
_FIRST_WITH_FAST_CONVERGENCE = (7, 0, 3, 7, 1)  # 7.0(3)I7(1), CR93


@pair_rule("DO09", Severity.WARNING)
def role_priority_tie(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Both switches have the same role priority.

    Why: The lower MAC address then decides which one is primary, and that changes when a chassis is replaced.

    Bad:
        switches:
          sw-a: {role_priority: 8192}
          sw-b: {role_priority: 8192}

    Good:
        switches:
          sw-a: {role_priority: 8192}
          sw-b: {role_priority: 16384}

    Fix: Give the switch that shall be primary the lower one. It counts from the next election on.

    Source: G106, T-ELEC [certain]
    """
    if switch.domain and peer.domain and switch.domain.role_priority == peer.domain.role_priority:
        first, second = sorted((switch.name, peer.name))
        message = f"both switches have role priority {switch.domain.role_priority}"
        fix = f"switches: {{{first}: {{role_priority: 8192}}, {second}: {{role_priority: 16384}}}}"
        yield Hit(switch.domain, "role_priority", message, fix=fix)


@pair_rule("DO10", Severity.WARNING)
def auto_recovery_off(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Auto-recovery is off.

    Why: The only switch that comes back after a power loss keeps its vPCs down, and so does a secondary whose primary
        dies after the peer-link. It is off by default on N9K and N3K, on by default on N7K from 6.2(2) and on N6K and
        N5K from 6.0(2)N3(1); nothing is said where such a release shows and no model is known. (Where the peer tracks
        an object, DO21 says so.)

    Bad:
        domain: {auto_recovery: false}

    Good:
        domain: {auto_recovery: true}

    Fix: Turn it on, on both switches.

    Source: G106, N5OPS [certain]
    """
    if _lacks_auto_recovery(switch) and switch.domain and not (peer.domain and peer.domain.track):
        yield Hit(
            switch.domain,
            "auto_recovery",
            "vPCs do not recover by themselves: auto-recovery is off",
            fix="true",
        )


def _lacks_auto_recovery(switch: Switch) -> bool:
    """Whether it is off; not where it may be on by a default that nothing but the unknown model tells."""
    if switch.domain is None or switch.domain.auto_recovery:
        return False
    line = product_line(None, switch.release)
    told = Context(family=line or family(None), release=release_numbers(switch.release))
    return switch.model is not None or not told.auto_recovery


@pair_rule("DO11", Severity.WARNING)
def auto_recovery_asymmetric(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two switches wait differently long before they recover by themselves.

    Why: What happens then depends on which of the two is left. (Where it is off on one of them, DO10 says so there.)

    Bad:
        domain: {auto_recovery_reload_delay: {sw-a: 300, sw-b: 360}}

    Good:
        domain: {auto_recovery_reload_delay: 360}

    Fix: Give both switches the same delay.

    Source: G106 [likely]
    """
    one, other = switch.domain, peer.domain
    if one is None or other is None or not (one.auto_recovery and other.auto_recovery):
        return
    if one.auto_recovery_reload_delay != other.auto_recovery_reload_delay:
        delays = side_by_side(switch, one.auto_recovery_reload_delay, peer, other.auto_recovery_reload_delay)
        yield Hit(one, "auto_recovery_reload_delay", f"the delays of auto-recovery differ: {delays}")


@switch_rule("DO12", Severity.WARNING)
def auto_recovery_delay_range(switch: Switch) -> Iterator[Hit]:
    """The delay of auto-recovery is outside of what the guides document.

    Why: They say 240 to 3600 seconds; some releases take 60 and more, and one guide's own example types 100 and warns
        that 240 will be waited.

    Bad:
        domain: {auto_recovery_reload_delay: 100}

    Good:
        domain: {auto_recovery_reload_delay: 240}

    Fix: Use 240 to 3600 seconds.

    Source: G106 against DME [varies by release]
    """
    domain = switch.domain
    if domain is None or not domain.auto_recovery:
        return
    delay = domain.auto_recovery_reload_delay
    if not _SHORTEST_RELOAD_DELAY <= delay <= _LONGEST_RELOAD_DELAY:
        nearest = min(max(delay, _SHORTEST_RELOAD_DELAY), _LONGEST_RELOAD_DELAY)
        message = (
            f"a delay of auto-recovery of {delay} s is outside {_SHORTEST_RELOAD_DELAY} to {_LONGEST_RELOAD_DELAY}"
        )
        yield Hit(domain, "auto_recovery_reload_delay", message, fix=str(nearest))


@switch_rule("DO13", Severity.WARNING)
def delay_restore_default(switch: Switch) -> Iterator[Hit]:
    """The legs of a switch that routes come up soon after it returns.

    Why: They attract traffic before routes, neighbours and tunnels are there again. That the default of 30 seconds is
        often too short is certain, that 60 is enough only likely; many sites use 120 to 300.

    Bad:
        domain: {delay_restore: {vpc: 30, interface_vlan: 10}}

    Good:
        domain: {delay_restore: {vpc: 150, interface_vlan: 100}}

    Fix: Raise the delay of the legs.

    Source: N5OPS p.2-5, G106, CSCvw14768 [certain]
    """
    if switch.domain and switch.domain.delay_restore.vpc < _SHORTEST_DELAY_RESTORE and _routes(switch):
        delay = switch.domain.delay_restore.vpc
        message = f"legs return after {delay} s, and the switch routes"
        yield Hit(switch.domain, "delay_restore.vpc", message, fix="150")


def _active_svis(switch: Switch) -> list[Svi]:
    """The SVIs that route: up, with an address, in a VLAN that exists."""
    return [svi for svi in switch.svis.values() if not svi.shutdown and has_address(svi) and svi.vlan in switch.vlans]


def _routes(switch: Switch) -> bool:
    return bool(_active_svis(switch) or (switch.nve and not switch.nve.shutdown) or routing_of(switch).vrfs)


@switch_rule("DO14", Severity.WARNING)
def delay_restore_order(switch: Switch) -> Iterator[Hit]:
    """The legs of a returning switch come up before its SVIs, or with them.

    Why: Hosts then send to a gateway that is not there yet.

    Bad:
        domain: {delay_restore: {vpc: 150, interface_vlan: 150}}

    Good:
        domain: {delay_restore: {vpc: 150, interface_vlan: 100}}

    Fix: Make the delay of SVIs shorter than that of the legs.

    Source: K [likely]
    """
    domain = switch.domain
    if domain and domain.delay_restore.interface_vlan >= domain.delay_restore.vpc and _active_svis(switch):
        message = f"SVIs return after {domain.delay_restore.interface_vlan} s, legs after {domain.delay_restore.vpc} s"
        yield Hit(domain, "delay_restore.interface_vlan", message)


@pair_rule("DO15", Severity.INFO)
def delay_restore_asymmetric(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two switches return with different delays.

    Why: The roles may swap; then the other delay counts.

    Bad:
        domain: {delay_restore: {vpc: {sw-a: 150, sw-b: 180}}}

    Good:
        domain: {delay_restore: {vpc: 180}}

    Fix: Give both switches the same delays.

    Source: K [likely]
    """
    one, other = switch.domain, peer.domain
    if one is None or other is None:
        return
    for field in ("vpc", "interface_vlan", "orphan_port"):
        own, theirs = getattr(one.delay_restore, field), getattr(other.delay_restore, field)
        if own != theirs:
            values = side_by_side(switch, own, peer, theirs)
            yield Hit(one, f"delay_restore.{field}", f"the delays of `{field}` differ: {values}")


@switch_rule("DO17", Severity.WARNING)
def arp_sync_off(switch: Switch) -> Iterator[Hit]:
    """A switch with gateways on vPC VLANs does not hand its ARP or ND table to a returning peer.

    Why: After the peer-link or the peer has returned, the table is rebuilt by asking for every host.

    Bad:
        domain: {ip_arp_synchronize: false}

    Good:
        domain: {ip_arp_synchronize: true}

    Fix: Turn it on, on both switches.

    Source: G106 [certain]
    """
    if switch.domain is None:
        return
    vlans = on_peer_link(switch)
    svis = [svi for svi in _active_svis(switch) if svi.vlan in vlans]
    if any(svi.address for svi in svis) and not switch.domain.ip_arp_synchronize:
        message = "ARP tables are not synchronised, and there are SVIs on vPC VLANs"
        yield Hit(switch.domain, "ip_arp_synchronize", message, fix="true")
    if any(svi.ipv6_addresses for svi in svis) and not switch.domain.ipv6_nd_synchronize:
        message = "ND tables are not synchronised, and there are IPv6 SVIs on vPC VLANs"
        yield Hit(switch.domain, "ipv6_nd_synchronize", message, fix="true")


@switch_rule("DO19", Severity.WARNING)
def exclude_vpc_vlan_svi(switch: Switch) -> Iterator[Hit]:
    """The SVI of a VLAN on vPC legs stays up on a secondary that has lost the peer-link.

    Why: The legs are down there, but its gateway still attracts routed traffic, which ends in nothing. The exclusion is
        for VLANs of orphans and for those that are on no vPC.

    Bad:
        domain: {dual_active_exclude_vlans: 10}

    Good:
        domain: {dual_active_exclude_vlans: 30}

    Fix: Take the VLAN out of the list.

    Source: DG15 2012 p.15 [likely]
    """
    domain = switch.domain
    if domain is None or not domain.dual_active_exclude_vlans:
        return
    carried = frozenset[int]().union(*(leg.allowed for leg in vpc_legs(switch).values()))
    wrong = existing(switch, domain.dual_active_exclude_vlans & carried)
    if wrong:
        kept = VlanSet(domain.dual_active_exclude_vlans - wrong)
        message = f"the SVIs of VLANs {wrong} stay up without the peer-link, and vPC legs carry them"
        yield Hit(domain, "dual_active_exclude_vlans", message, fix=str(kept))


@pair_rule("DO21", Severity.WARNING)
def track_needs_auto_recovery(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A switch gives up its legs when a tracked object fails, and its peer does not recover by itself.

    Why: The peer does not take over when tracking takes the keepalive away.

    Bad:
        domain: {auto_recovery: false, track: 1}
        extra: track 1 interface Ethernet1/53 line-protocol

    Good:
        domain: {auto_recovery: true, track: 1}
        extra: track 1 interface Ethernet1/53 line-protocol

    Fix: Turn auto-recovery on, on both switches.

    Source: G106 note [certain]
    """
    if peer.domain and peer.domain.track and switch.domain and _lacks_auto_recovery(switch):
        message = f"the peer tracks object {peer.domain.track}, and auto-recovery is off"
        yield Hit(switch.domain, "auto_recovery", message, fix="true")


@switch_rule("DO25", Severity.INFO)
def fast_convergence_off(switch: Switch) -> Iterator[Hit]:
    """A switch with SVIs may take them down before its legs when the peer-link fails.

    Why: In between, hosts send to a gateway that is gone. Fast convergence takes both down together; N9K has it from
        7.0(3)I7(1) on.

    Bad:
        domain: {fast_convergence: false}

    Good:
        domain: {fast_convergence: true}

    Fix: Turn it on, on both switches.

    Source: NAC, networkdirection.net [varies by release: 7.0(3)I7(1)+]
    """
    if switch.domain and not switch.domain.fast_convergence and _active_svis(switch) and _can_converge_fast(switch):
        yield Hit(switch.domain, "fast_convergence", "fast convergence is off, and there are SVIs", fix="true")


def _can_converge_fast(switch: Switch) -> bool:
    if product_line(switch.model, switch.release) not in ("n9k", None):
        return False
    return not switch.release or release_numbers(switch.release) >= _FIRST_WITH_FAST_CONVERGENCE
