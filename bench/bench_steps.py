"""Measure the plan of a large pair with many steps: another MTU for each of its vPCs, one after the other.

bench_steps.py [VPCS]

Every leg is a step of its own, on either switch, and after each the pair is looked at as a whole: what forwards, what
differs, which errors there are. Growth is printed against a pair of half the size.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mlagkit.configurations import configurations
from mlagkit.expand import expand
from mlagkit.intent import pair_of
from mlagkit.nxos.parse import parse
from mlagkit.planning import plan_pair

HEAD = """
pair: core-1
switches:
  core-1a: {management: 192.0.2.1/24, role_priority: 100}
  core-1b: {management: 192.0.2.2/24, role_priority: 200}
domain: {id: 1, peer_gateway: true, auto_recovery: true}
keepalive: {vrf: management}
peer_link: {port_channel: 4000, members: [Ethernet40/1, Ethernet40/2]}
vlans: {10: web, 20: db}
vpcs:
"""


def main(vpcs: int) -> int:
    """Print a row for half as many vPCs, and for all."""
    for count in (vpcs // 2, vpcs):
        seconds, steps = cost_of(count)
        print(f"another MTU on {count} vPCs: {steps} steps in {seconds:.1f} s, {seconds / steps * 1000:.0f} ms a step")
    return 0


def cost_of(vpcs: int) -> tuple[float, int]:
    """How long the plan takes, from the running-configs on, and its steps."""
    before, after = (pair_of(text(vpcs, mtu), "core-1.yaml") for mtu in (9216, 9000))
    running = {name: parse(lines, name) for name, lines in configurations(expand(before).values()).items()}
    start = time.perf_counter()
    found = plan_pair(after, running, secrets=lambda _: None, base=before)
    return time.perf_counter() - start, len(found.steps)


def text(vpcs: int, mtu: int) -> str:
    """The pair file, a host on each vPC."""
    numbers = range(1, vpcs + 1)
    legs = "".join(
        f"  {number}: {{host: server-{number}, mode: trunk, vlans: 10-20, lacp: active, mtu: {mtu}, "
        f"members: [Ethernet{1 + number // 48}/{1 + number % 48}]}}\n"
        for number in numbers
    )
    hosts = "".join(f"  server-{number}: {{bond: 802.3ad}}\n" for number in numbers)
    return f"{HEAD}{legs}hosts:\n{hosts}"


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 100))
