"""The vPC domain: that it is there, its identity, and what both switches must say of it."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.nxos.facts_of_domain import domain_facts
from mlagkit.nxos.system_mac import system_mac
from mlagkit.rules.differences import side_by_side
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Domain, Switch

_LAST_ID = 1000  # G106, DME


@switch_rule("DO01", Severity.ERROR)
def feature_vpc_missing(switch: Switch) -> Iterator[Hit]:
    """A feature is off that the vPC domain or the LACP mode of a port needs.

    Why: The switch refuses the lines of a feature that is off.

    Bad:
        features: {vpc: false}

    Good:
        features: {vpc: true}

    Fix: Turn the feature on before anything that needs it. In a pair file that happens by itself unless it says
        otherwise.

    Source: G106 [certain]
    """
    if switch.domain and "vpc" not in switch.features:
        message = "there is a vPC domain, and the feature vpc is off"
        yield Hit(switch, "features.vpc", message, fix="features: {vpc: true}")
    speaks = next((port for port in switch.ports.values() if port.lacp in ("active", "passive")), None)
    if speaks and "lacp" not in switch.features:
        message = f"{speaks.name} speaks LACP, and the feature lacp is off"
        yield Hit(switch, "features.lacp", message, fix="features: {lacp: true}")


@pair_rule("DO02", Severity.ERROR)
def domain_id_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two switches are in vPC domains of different numbers.

    Why: The peer-link's VLANs are suspended, and no vPC comes up.

    Bad:
        domain: {id: {sw-a: 1, sw-b: 2}}

    Good:
        domain: {id: 1}

    Fix: Give both the number of one of them. Changing it flaps the peer-link and all vPCs of that switch.

    Source: G106 [certain]
    """
    if switch.domain and peer.domain and switch.domain.id != peer.domain.id:
        numbers = side_by_side(switch, switch.domain.id, peer, peer.domain.id)
        yield Hit(switch.domain, "id", f"the domains' numbers differ: {numbers}")


@switch_rule("DO03", Severity.ERROR)
def domain_id_range(switch: Switch) -> Iterator[Hit]:
    """The domain's number is none that a switch takes, or there are two domains.

    Why: A switch is in one domain, with a number of 1 to 1000; it refuses others.

    Bad config:
        vpc domain 9

    Good config:
        vpc domain 10

    Fix: Keep one domain, with a number of 1 to 1000.

    Source: G106, DME [certain]
    """
    if switch.domain is None:
        return
    if not 1 <= switch.domain.id <= _LAST_ID:
        yield Hit(switch.domain, "id", f"the domain's number {switch.domain.id} is none of 1 to {_LAST_ID}")
    for number in domain_facts(switch).others:
        yield Hit(switch.domain, "id", f"there is a second domain, {number} besides {switch.domain.id}")


@pair_rule("DO06", Severity.ERROR)
def system_priority_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two switches have different LACP system priorities in the domain.

    Why: vPC does not come up. The priority must be equal and has nothing to do with the role.

    Bad:
        domain: {system_priority: {sw-a: 2000, sw-b: 4000}}

    Good:
        domain: {system_priority: 2000}

    Fix: Give both switches the same value, or none: the default is 32667.

    Source: G106 [certain]
    """
    if switch.domain and peer.domain and switch.domain.system_priority != peer.domain.system_priority:
        values = side_by_side(switch, switch.domain.system_priority, peer, peer.domain.system_priority)
        yield Hit(switch.domain, "system_priority", f"the system priorities differ: {values}")


@pair_rule("DO07", Severity.ERROR)
def system_mac_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two switches have different system addresses in the domain.

    Why: The peer-link's VLANs are suspended, and no vPC comes up. One switch alone with an address of its own differs
        from the one that its peer derives from the number of the domain.

    Bad:
        domain: {system_mac: {sw-a: 0200.0000.0101, sw-b: 0200.0000.0102}}

    Good:
        domain: {system_mac: 0200.0000.0101}

    Fix: Give both switches the same address, or none.

    Source: G106, syslog id 36945365527 [certain]
    """
    one, other = switch.domain, peer.domain
    if one is None or other is None or one.system_mac == other.system_mac:
        return
    if one.id != other.id and not (one.system_mac and other.system_mac):
        return  # the derived one differs with the number, which DO02 says
    if system_mac(one) != system_mac(other):
        values = side_by_side(switch, system_mac(one), peer, system_mac(other))
        yield Hit(one, "system_mac", f"the system addresses differ: {values}")


@switch_rule("DO16", Severity.WARNING)
def graceful_off(switch: Switch) -> Iterator[Hit]:
    """The graceful consistency check is off.

    Why: A type-1 mismatch, such as a slip on one switch, then takes the legs of both switches down instead of the
        secondary's only. It is off for both when it is off on one.

    Bad:
        domain: {graceful_consistency_check: false}

    Good:
        domain: {graceful_consistency_check: true}

    Fix: Turn it on again on both switches; it is the default.

    Source: G106, ntc-templates show_vpc.raw [certain]
    """
    if switch.domain and not switch.domain.graceful_consistency_check:
        yield Hit(switch.domain, "graceful_consistency_check", "the graceful consistency check is off", fix="true")


@switch_rule("DO18", Severity.ERROR)
def vpc_domain_shutdown(switch: Switch) -> Iterator[Hit]:
    """The vPC domain is shut down.

    Why: All vPCs of this switch are suspended.

    Bad:
        domain: {shutdown: {sw-a: true, sw-b: false}}

    Good:
        domain: {shutdown: false}

    Fix: Bring it up, when whatever it was shut for is done.

    Source: DME, NU [certain]
    """
    if switch.domain and switch.domain.shutdown:
        yield Hit(switch.domain, "shutdown", "the vPC domain is shut down", fix="false")


# Not peer-switch (ST08 says that) nor the graceful check (DO16), auto-recovery (DO11) and delays (DO15).
_OPTIONS = (
    "peer_gateway",
    "peer_gateway_exclude_vlans",
    "layer3_peer_router",
    "fast_convergence",
    "ip_arp_synchronize",
    "ipv6_nd_synchronize",
    "dual_active_exclude_vlans",
    "bpdu_source_mac_version_2",
    "self_isolation",
    "fabricpath_switch_id",
    "fabricpath_multicast_load_balance",
    "port_channel_limit",
)


@pair_rule("DO20", Severity.WARNING)
def domain_options_differ(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """An option of the domain differs between the two switches.

    Why: The roles may swap at any time, and most options work only where both switches have them. Differences that have
        a rule of their own are not said again: peer-switch (ST08), the graceful check (DO16), auto-recovery (DO11),
        delays (DO15). Tracked objects have numbers of the switch's own; only whether there is one counts.

    Bad:
        domain: {bpdu_source_mac_version_2: {sw-a: true, sw-b: false}}

    Good:
        domain: {bpdu_source_mac_version_2: true}

    Fix: Say it for both switches or for none.

    Source: G106 [certain]
    """
    one, other = switch.domain, peer.domain
    if one is None or other is None:
        return
    for field in _OPTIONS:
        if getattr(one, field) != getattr(other, field):
            yield _difference(switch, one, peer, other, field)
    if (one.track is None) != (other.track is None):
        yield _difference(switch, one, peer, other, "track")


def _difference(switch: Switch, one: Domain, peer: Switch, other: Domain, field: str) -> Hit:
    values = side_by_side(switch, _in_words(getattr(one, field)), peer, _in_words(getattr(other, field)))
    return Hit(one, field, f"`{field}` differs: {values}")


def _in_words(value: object) -> str:
    words = {"True": "true", "False": "false", "None": "none", "": "none"}
    return words.get(str(value), str(value))
