"""Quality of service, and the MTU of ports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlagkit.finding import Severity
from mlagkit.nxos.qos import policies_of, qos_of, sets_mtu_by_policy
from mlagkit.record import record
from mlagkit.rules.rule import Hit, Peers, SiteHit, Spot, pair_rule, site_rule, spot, switch_rule
from mlagkit.switch import Switch

_USUAL_MTU = 1500


@pair_rule("QS01", Severity.WARNING)
def qos_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Classes, policies, or where they are applied differ between the switches.

    Why: How a flow is treated depends on the switch that it is hashed to. Type-2 inconsistency.

    Bad:
        extra:
          sw-a: |
            class-map type qos match-any GOLD
              match dscp 10
          sw-b: |
            class-map type qos match-any GOLD
              match dscp 12

    Good:
        extra: |
          class-map type qos match-any GOLD
            match dscp 10

    Fix: Give both the same classes and policies, in the same places.

    Source: OUT1 [certain]
    """
    theirs = qos_of(peer).blocks
    for head, below in qos_of(switch).blocks.items():
        if head not in theirs:
            yield Hit(switch, "extra", f"{switch.name} has {head}, {peer.name} has not")
        elif theirs[head] != below:
            yield Hit(switch, "extra", f"what stands below {head} differs between the switches")
    for number in sorted(switch.vpcs.keys() & peer.vpcs.keys()):
        leg = switch.vpcs[number]
        missing = sorted(policies_of(peer.vpcs[number]) - policies_of(leg))
        if missing:
            yield Hit(leg, "extra", f"vPC {number} has no `{missing[0]}` on {switch.name}, as it has on {peer.name}")


@switch_rule("QS03", Severity.WARNING)
def l2_mtu_illegal(switch: Switch) -> Iterator[Hit]:
    """The MTU of a Layer 2 port is neither the usual one nor the jumbo MTU of the switch.

    Why: The switch takes only these two on Layer 2 ports, and refuses the line. Nexus 5000 and 6000 take none there at
        all: a policy of type network-qos sets the MTU of the whole switch.

    Bad:
        vpcs:
          11: {mtu: 9000}

    Good:
        vpcs:
          11: {mtu: 9216}

    Fix: Use the jumbo MTU; hosts may well use less. On Nexus 5000 and 6000 take the MTU away from the port, and give it
        to the policy.

    Source: madnetworks.fr [likely on N9K]; manualowl N5K p.472 [certain]
    """
    legal = (_USUAL_MTU, switch.jumbo_mtu)
    by_policy = sets_mtu_by_policy(switch)
    for port in switch.ports.values():
        if port.mode == "routed" or port.channel is not None:
            continue
        if by_policy and port.mtu != _USUAL_MTU and not port.peer_link:
            yield Hit(port, "mtu", f"{port.name} has MTU {port.mtu}; on Layer 2 this switch has it from a policy")
        elif not by_policy and port.mtu not in legal:
            message = f"{port.name} has MTU {port.mtu}; on Layer 2 it is {_USUAL_MTU} or {switch.jumbo_mtu}"
            yield Hit(port, "mtu", message, fix=str(switch.jumbo_mtu))


@record
class Dscp:
    """The DSCP values that each switch of a pair marks packets with, and those that both match."""

    marked: tuple[tuple[Spot, tuple[int, ...]], ...]
    matched: frozenset[int]


def dscp_of(peers: Peers) -> Dscp:
    """What a pair has to do with DSCP values."""
    qos = [qos_of(switch) for switch in peers]
    marked = [(switch, sorted(own.marked)) for switch, own in zip(peers, qos, strict=True) if own.marked]
    return Dscp(
        marked=tuple((spot(switch, switch, "extra"), tuple(values)) for switch, values in marked),
        matched=frozenset(qos[0].matched & qos[1].matched),
    )


@site_rule("QS04", Severity.WARNING, facts=dscp_of)
def dscp_class_missing(pairs: Sequence[Dscp]) -> Iterator[SiteHit]:
    """A policy marks packets with a DSCP value that no pair matches on both of its switches.

    Why: The marking has no effect, or one that depends on the path.

    Bad:
        extra: |
          policy-map type qos MARK
            class class-default
              set dscp 10

    Good:
        extra: |
          class-map type qos match-any GOLD
            match dscp 10
          policy-map type qos MARK
            class class-default
              set dscp 10

    Fix: Give both switches of the pairs that shall heed it a class that matches the value.

    Source: K [likely]
    """
    heeded = {value for pair in pairs for value in pair.matched}
    for at, values in (each for pair in pairs for each in pair.marked):
        for value in values:
            if value not in heeded:
                yield SiteHit(at, f"packets are marked with DSCP {value}, which no class matches on both switches")
