"""Measure how the plan of a pair grows with it, stage by stage.

bench_steps.py [VPCS]

Four changes, each of a pair with a quarter as many vPCs, half as many, and all: from nothing but one vPC, from half of
them, back to half of them, and another MTU on all. A vPC that goes is a step of its own, a leg with another MTU one on
either switch; behind each the pair is judged: what forwards, what differs, which errors there are. The exponent is that
of the time over the vPCs, from one size to the next.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import log2
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mlagkit.configurations import configurations
from mlagkit.expand import expand
from mlagkit.intent import pair_of
from mlagkit.nxos.parse import parse
from mlagkit.plan import make
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
STAGES = (
    "way",
    "parts",
    "undos",
    "proven",
    "breaches",
    "_states",
    "stands_of",
    "_steps",
    "_findings",
    "_stops",
    "difference",
)
"""The functions of the planner of which the time is told; the rest of a plan is what compares texts and makes words."""
PORTS = 48
_CARDS = 38
"""Line cards in the chassis; ports beyond are those of fabric extenders."""


def main(vpcs: int) -> int:
    """Print a row for each change and size."""
    sizes = (vpcs // 4, vpcs // 2, vpcs)
    print(f"| change | vPCs | commands | steps | s | exponent | {' | '.join(name.strip('_') for name in STAGES)} |")
    print(f"|{'---|' * (6 + len(STAGES))}")
    for name, pair in CHANGES.items():
        before = 0.0
        for count in sizes:
            seconds, commands, steps, stages = cost_of(*pair(count))
            growth = f"{log2(seconds / before):.2f}" if before else ""
            told = " | ".join(f"{stages.get(stage, 0):.2f}" for stage in STAGES)
            print(f"| {name} | {count} | {commands} | {steps} | {seconds:.1f} | {growth} | {told} |", flush=True)
            before = seconds
    return 0


def cost_of(running: str, intended: str) -> tuple[float, int, int, dict[str, float]]:
    """How long the plan takes in seconds of a processor, its commands and steps, and what each stage takes of it."""
    before, after = (pair_of(text, "core-1.yaml") for text in (running, intended))
    texts = configurations(expand(before).values())
    trees = {name: parse(lines, name) for name, lines in texts.items()}
    stages: dict[str, float] = {}
    gc.set_threshold(100_000, 20, 20)  # as the command line does
    with timed(stages):
        start = time.process_time()
        found = plan_pair(after, trees, secrets=lambda _: None, base=before)
        seconds = time.process_time() - start
    return seconds, sum(len(step.commands) for step in found.steps), len(found.steps), stages


@contextmanager
def timed(stages: dict[str, float]) -> Iterator[None]:
    """The planner with a watch on each of its stages."""

    def watched(name: str, stage: Callable[..., object]) -> Callable[..., object]:
        def watch(*given: object, **named: object) -> object:
            start = time.process_time()
            found = stage(*given, **named)
            found = iter([*found]) if isinstance(found, Iterator) else found
            stages[name] = stages.get(name, 0) + time.process_time() - start
            return found

        return watch

    known = {name: getattr(make, name) for name in STAGES}
    for name, stage in known.items():
        setattr(make, name, watched(name, stage))
    try:
        yield
    finally:
        for name, stage in known.items():
            setattr(make, name, stage)


def text(vpcs: int, mtu: int = 9216) -> str:
    """The pair file: a host on each vPC, with two ports on either switch."""
    numbers = range(1, vpcs + 1)
    legs = "".join(
        f"  {number}: {{host: server-{number}, mode: trunk, vlans: 10-20, lacp: active, mtu: {mtu}, "
        f"members: [{_port(2 * number - 2)}, {_port(2 * number - 1)}]}}\n"
        for number in numbers
    )
    hosts = "".join(f"  server-{number}: {{bond: 802.3ad}}\n" for number in numbers)
    return f"{HEAD}{legs}hosts:\n{hosts}"


def _port(number: int) -> str:
    card, port = divmod(number, PORTS)
    return f"Ethernet{1 + card}/{1 + port}" if card < _CARDS else f"Ethernet{101 + card - _CARDS}/1/{1 + port}"


CHANGES: dict[str, Callable[[int], tuple[str, str]]] = {
    "nearly all is new": lambda count: (text(1), text(count)),
    "half of it is new": lambda count: (text(count // 2), text(count)),
    "half of it goes": lambda count: (text(count), text(count // 2)),
    "another MTU on all": lambda count: (text(count), text(count, 9000)),
}
"""The pair files of both ends by what changes."""


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 200))
