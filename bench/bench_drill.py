"""What the drill costs: every single and ordered double failure, beside rendering the pair.

    python bench/bench_drill.py [ROUNDS]

First the pair of `bench_rules.py`: 100 vPCs and 100 SVIs with HSRP. Then one that has more in it to fail: 100 vPCs with
a host each, of four kinds (needs, bond), 100 SVIs, and uplinks; once with one switch that leads by priority, once with
equal priorities, where every scenario is played for either. Each round drills and renders, one after the other, in this
process; the ratio is formed in the round. Last the same with twice and four times as many hosts: the cost must follow
their number.
"""

from __future__ import annotations

import statistics
import sys
from itertools import pairwise

from bench_render import seconds
from bench_rules import large

from mlagkit.drill import matrix
from mlagkit.expand import expand
from mlagkit.intent import pair_of
from mlagkit.render import render
from mlagkit.switch import Switch

BAR = 10.0
"""Times what rendering the pair costs."""
LINEAR = 1.25
"""Times what twice as many hosts may cost, beyond twice."""

HEAD = """
pair: core-1
switches:
  core-1a: {{management: 192.0.2.1/24, role_priority: 100}}
  core-1b: {{management: 192.0.2.2/24, role_priority: {priority}}}
domain: {{id: 1, peer_gateway: true, auto_recovery: true}}
keepalive: {{vrf: management}}
peer_link: {{port_channel: 4000, members: [Ethernet40/1, Ethernet40/2]}}
features: [ospf]
vlans: {{{vlans}}}
"""
SVI = """
  {0}:
    address: {{core-1a: 10.{0}.0.2/24, core-1b: 10.{0}.0.3/24}}
    hsrp: {{group: {0}, address: 10.{0}.0.1}}"""
UPLINKS = """
interfaces:
  Ethernet41/1: {address: {core-1a: 198.51.100.1/31, core-1b: 198.51.100.3/31}, ospf: {1: 0.0.0.0}}
"""
KINDS = (
    ("mode: trunk, vlans: 100-199, lacp: active", "bond: 802.3ad, lacp_rate: fast, max_interruption: 5s"),
    ("mode: trunk, vlans: 100-149, lacp: active", "bond: 802.3ad"),
    ("mode: access, vlan: 150", "bond: balance-xor"),
    ("mode: access, vlan: 160, lacp: active", "bond: 802.3ad, lacp_rate: slow"),
)


def main(rounds: int) -> int:
    """Measure and print a row for each; 1 if a bar is missed."""
    missed = False
    pairs = {
        "the pair of bench_rules": of_text(large()),
        "four kinds of hosts": pair(100, 200),
        "four kinds of hosts, either may lead": pair(100, 100),
    }
    for words, peers in pairs.items():
        missed |= beside_rendering(words, peers, rounds) > BAR
    costs = [cost_of(pair(hosts, 200), rounds) for hosts in (100, 200, 400)]
    growth = [later / earlier for earlier, later in pairwise(costs)]
    print("100, 200, 400 hosts: " + ", ".join(f"{cost * 1000:.0f} ms" for cost in costs))
    return int(missed or max(growth) > 2 * LINEAR)


def cost_of(peers: tuple[Switch, Switch], rounds: int) -> float:
    """The median cost of a drill in seconds."""
    return statistics.median(seconds(lambda: matrix(peers)) for _ in range(rounds))


def beside_rendering(words: str, peers: tuple[Switch, Switch], rounds: int) -> float:
    """The median of the ratios."""
    found = matrix(peers)

    def render_both() -> None:
        for switch in peers:
            render(switch)

    times = [(seconds(lambda: matrix(peers)), seconds(render_both)) for _ in range(rounds + 1)][1:]
    ratio = statistics.median(drilled / rendered for drilled, rendered in times)
    drilled, rendered = (statistics.median(column) * 1000 for column in zip(*times, strict=True))
    folded = sum(each.count for each in found.folded)
    print(f"{words}: {len(found.scenarios)} scenarios of {len(found.hosts)} hosts, {folded} folded: ", end="")
    print(f"{drilled:.1f} ms; rendering the pair: {rendered:.1f} ms; ", end="")
    print(f"{ratio:.1f}x (at most {BAR:g}){'' if ratio <= BAR else '  MISSED'}")
    return ratio


def pair(hosts: int, priority: int) -> tuple[Switch, Switch]:
    """A pair with so many hosts, each on a vPC, of the four kinds in turn."""
    vlans = ", ".join(f"{vlan}: net-{vlan}" for vlan in range(100, 200))
    text = HEAD.format(priority=priority, vlans=vlans) + UPLINKS + "svis:"
    text += "".join(SVI.format(vlan) for vlan in range(100, 200)) + "\nvpcs:\n"
    for number in range(1, hosts + 1):
        port = f"Ethernet{1 + number // 48}/{1 + number % 48}"
        text += f"  {number}: {{host: server-{number}, {KINDS[number % 4][0]}, members: [{port}]}}\n"
    text += "hosts:\n" + "".join(f"  server-{number}: {{{KINDS[number % 4][1]}}}\n" for number in range(1, hosts + 1))
    return of_text(text)


def of_text(text: str) -> tuple[Switch, Switch]:
    """Both switches of a pair file."""
    one, other = expand(pair_of(text, "core-1.yaml")).values()
    return one, other


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 9))
