"""Paths that a host keeps apart, so that one fault takes one of them: those of iSCSI, the rings of a cluster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mlagkit.finding import Severity
from mlagkit.host import SINGLE_LINK_BONDS, Host
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Port, Switch
from mlagkit.topology.attached import ports_to
from mlagkit.topology.carried import carried
from mlagkit.values import VlanSet

Path = tuple[str, ...]
"""What a fault takes at once: a vPC, or a port or port-channel of one switch."""


@switch_rule("HO09", Severity.WARNING)
def iscsi_on_lacp(switch: Switch) -> Iterator[Hit]:
    """A VLAN in which iSCSI has paths of its own is on a port-channel.

    Why: Multipathing chooses among paths that fail one by one; a port-channel is one path, whose links the switch
        chooses among. With port binding VMware does not support it. The rule needs the host's `iscsi`.

    Needs: `hosts` in a pair file; running-configs do not tell of them.

    Bad:
        hosts:
          web-01: {iscsi: 20}

    Good:
        hosts:
          web-01: {iscsi: 30}

    Fix: Give iSCSI a port for each path, no port-channel: one VLAN to this switch, another one to its peer.

    Source: Broadcom KB 315347, core.vmware.com [certain]
    """
    for host in switch.hosts.values():
        for port in ports_to(switch, host.name) if host.iscsi else ():
            vlans = VlanSet(host.iscsi & carried(port))
            if vlans and port.name.kind == "port-channel":
                yield Hit(port, "vlans", f"the iSCSI of {host.name} in VLAN {vlans} is on {port.name}, a port-channel")


@pair_rule("HO12", Severity.WARNING)
def heartbeat_single_path(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """All rings of a host's cluster are in one VLAN, or on one vPC, port-channel or bond.

    Why: One fault takes all of them, and the cluster fences hosts that are well. The rule needs the host's
        `heartbeats`. Where rings share several ports nobody says which ring uses which, unless a bond is made of them.

    Needs: `hosts` in a pair file; running-configs do not tell of them.

    Bad:
        hosts:
          web-01: {heartbeats: [10, 20]}

    Good:
        vlans: {30: ring}
        peer_link: {vlans: [10, 20]}
        interfaces:
          Ethernet1/41: {host: web-01, mode: access, vlan: 30, port_type: edge, mtu: 9216}
        hosts:
          web-01: {heartbeats: [10, 30]}

    Fix: Put one of the rings into another VLAN, on other ports; best on other switches, too.

    Source: K [likely]
    """
    for host in switch.hosts.values():
        ways = ring_ways(switch, peer, host)
        if ways and len(host.heartbeats) == 1:
            yield Hit(host, "heartbeats", f"all rings of {host.name} are in VLAN {host.heartbeats}")
        elif len(ways) > 1 and (only := _only_way(frozenset(ways.values()), host)):
            yield Hit(host, "heartbeats", f"the rings of {host.name} in VLANs {VlanSet(ways)} are all on {only}")


def ring_ways(switch: Switch, peer: Switch, host: Host) -> Mapping[int, frozenset[Path]]:
    """What carries each ring of a host's cluster, by VLAN; a VLAN that nothing carries is not among them."""
    return {vlan: paths for vlan in host.heartbeats if (paths := _paths(switch, peer, host, vlan))}


def _only_way(ways: frozenset[frozenset[Path]], host: Host) -> str:
    """What all rings are on, if that is one thing."""
    first, *others = ways
    if others or (len(first) > 1 and host.bond not in SINGLE_LINK_BONDS):
        return ""
    return " ".join(*first) if len(first) == 1 else "the ports of one bond"


def _paths(switch: Switch, peer: Switch, host: Host, vlan: int) -> frozenset[Path]:
    """What carries a VLAN to a host."""
    return frozenset(
        _path(each, port) for each in (switch, peer) for port in ports_to(each, host.name) if vlan in carried(port)
    )


def _path(switch: Switch, port: Port) -> Path:
    return (switch.name, port.name) if port.vpc is None else ("vPC", str(port.vpc))


@pair_rule("HO13", Severity.WARNING)
def cluster_timeout_vs_vpc(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A cluster takes its partner for dead sooner than the pair has recovered from a single failure.

    The longest interruption that passes by itself is what `mlagkit drill` tells; the rule needs the host's `timers`. It
    is silent for a host whose rings (`heartbeats`) go separate ways: one of them goes on.

    Why: Nodes that are well are fenced, or a service moves, for a failure that the pair mends itself.

    Needs: `hosts` in a pair file; running-configs do not tell of them.

    Bad:
        hosts:
          db-01: {timers: {corosync_token: 3s}}

    Good:
        hosts:
          db-01: {timers: {corosync_token: 5m}}

    Fix: Bear longer, or put a ring on ports that are in no vPC. The longest gap is mostly the reload of the primary
        whose peer-link goes before its keepalive: auto-recovery then takes up to its reload delay. A role that was
        moved to the other switch before a planned reload avoids it.

    Source: RHEL 8.4 notes [certain token]; the gap: reference 5.1, community.cisco.com m-p/4401398
    """
    hosts = [host for host in switch.hosts.values() if host.timers.tolerances]
    if not hosts:
        return
    from mlagkit.drill import longest_gaps  # costs a start more than all that this module needs

    gaps = longest_gaps((switch, peer), [host.name for host in hosts])
    for host in hosts:
        gap = gaps.get(host.name)
        if gap is None or len(frozenset(ring_ways(switch, peer, host).values())) > 1:
            continue
        for limit in (each for each in host.timers.tolerances if gap.seconds > each.seconds):
            message = f"{host.name} bears {limit.seconds:g} s, and may be cut off for {gap.seconds:g} s: {gap.event}"
            yield Hit(host, limit.key, message)
