"""What the cluster of a host bears, beside what the pair's own failures cost it."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.rules.rule import Hit, pair_rule
from mlagkit.rules.separate_paths import ring_ways
from mlagkit.switch import Switch


@pair_rule("HO13", Severity.WARNING)
def cluster_timeout_vs_vpc(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A cluster takes its partner for dead sooner than the pair has recovered from a single failure.

    The longest interruption that passes by itself is what `mlagkit drill` tells; the rule needs the host's `timers`. It
    is silent for a host whose rings (`heartbeats`) go separate ways: one of them goes on.

    Why:
        Nodes that are well are fenced, or a service moves, for a failure that the pair mends itself.

    Needs:
        `hosts` in a pair file; running-configs do not tell of them.

    Bad:
        hosts:
          db-01: {timers: {corosync_token: 3s}}

    Good:
        hosts:
          db-01: {timers: {corosync_token: 5m}}

    Fix:
        Bear longer, or put a ring on ports that are in no vPC. The longest gap is mostly the reload of the primary
        whose peer-link goes before its keepalive: auto-recovery then takes up to its reload delay. A role that was
        moved to the other switch before a planned reload avoids it.

    Source:
        RHEL 8.4 notes [certain token]; the gap: reference 5.1, community.cisco.com m-p/4401398
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
