"""What a line of configuration costs, beside the same configuration from one plain Jinja2 template.

    python bench/bench_render.py [ROUNDS]

The pair has 100 SVIs with HSRP and 48 vPCs, as in ``../shared/bench/bench_peers.py render``, whose template and data
are the yardstick. Each round renders with both, one after the other, in this process; ratios are formed in the round.
"""

from __future__ import annotations

import gc
import importlib
import statistics
import sys
import tempfile
import time
import timeit
from collections.abc import Callable, Mapping
from pathlib import Path

from mlagkit.expand import expand
from mlagkit.intent.load import load_pair
from mlagkit.render import SECTIONS, render, render_annotated
from mlagkit.render.templates import folder
from mlagkit.switch import Switch

SHARED = Path(__file__).resolve().parents[2] / "shared" / "bench"
BAR = 3.0
"""Microseconds a line, with the shipped templates, once they are compiled."""
REPEAT = 3
"""A time is the best of so many runs."""


def main(rounds: int) -> int:
    """Measure and print a row for each way to render; 1 if the bar is missed."""
    with tempfile.TemporaryDirectory() as name:
        switch = switch_of(Path(name))
        own = own_templates(Path(name))
        begin = time.perf_counter()
        lines = render(switch).count("\n")
        cold = time.perf_counter() - begin
        ways = {**plain(), **ours(switch, own, lines)}
        times = [{way: seconds(run) / count for way, (run, count) in ways.items()} for _ in range(rounds + 1)][1:]
    print(f"{lines} lines a switch; the first rendering, with Jinja2's import and the templates' compilation: ", end="")
    print(f"{cold * 1000:.0f} ms")
    for way in ways:
        micro = statistics.median(found[way] for found in times) * 1e6
        ratio = statistics.median(found[way] / found["plain Jinja2"] for found in times)
        print(f"{way:24} {micro:6.2f} us a line  {ratio:6.1f}x")
    reached = statistics.median(found["mlagkit"] for found in times) * 1e6
    print(f"mlagkit: {reached:.2f} us a line (at most {BAR:g}){'' if reached <= BAR else '  MISSED'}")
    return int(reached > BAR)


def ours(switch: Switch, own: Path, lines: int) -> Mapping[str, tuple[Callable[[], object], int]]:
    """The ways of mlagkit: shipped templates, the same in the sandbox, and annotated."""
    return {
        "mlagkit": (lambda: render(switch), lines),
        "mlagkit --templates": (lambda: render(switch, templates=own), lines),
        "mlagkit --annotate": (lambda: render_annotated(switch), lines),
    }


def plain() -> Mapping[str, tuple[Callable[[], object], int]]:
    """The yardstick: one template, no defaults to hide, nothing checked."""
    sys.path.insert(0, str(SHARED))
    import jinja2

    bench_peers = importlib.import_module("bench_peers")

    data = bench_peers.intent_sized(100, 48)
    template = jinja2.Environment(undefined=jinja2.StrictUndefined).from_string(bench_peers.TEMPLATE)
    return {"plain Jinja2": (lambda: template.render(side="a", **data), template.render(side="a", **data).count("\n"))}


def seconds(run: Callable[[], object]) -> float:
    """Wall time of one run in seconds: the best of a few, so that what ran before has left the caches."""
    gc.collect()
    return min(timeit.repeat(run, number=1, repeat=REPEAT))


def own_templates(base: Path) -> Path:
    """A folder with a copy of every shipped template."""
    own = base / "own"
    own.mkdir()
    for name, _ in SECTIONS:
        (own / name).write_text((folder("nxos") / name).read_text("utf-8"), "utf-8")
    return own


def switch_of(base: Path) -> Switch:
    """One switch of a pair with 100 SVIs and 48 vPCs."""
    path = base / "pair.yaml"
    path.write_text(PAIR + "".join(vlans()) + "vpcs:\n" + "".join(vpcs()) + "svis:\n" + "".join(svis()), "utf-8")
    return expand(load_pair(path))["core-1a"]


PAIR = """
pair: core-1
switches:
  core-1a: {management: 192.0.2.1/24, role_priority: 10}
  core-1b: {management: 192.0.2.2/24, role_priority: 20}
domain: {id: 1, peer_gateway: true}
keepalive: {}
peer_link: {port_channel: 100, members: [Ethernet1/53, Ethernet1/54]}
vrfs: {PROD: {}}
profiles: {server: {mode: trunk, native_vlan: 999, lacp: active, port_type: edge trunk, mtu: 9216}}
vlans:
  999: native
"""


def vlans() -> list[str]:
    """The VLANs of the SVIs."""
    return [f"  {number}: V{number}\n" for number in range(100, 200)]


def vpcs() -> list[str]:
    """48 vPCs, one member each."""
    row = "  {0}: {{profile: server, description: server {0}, vlans: 100-199, members: [Ethernet1/{0}]}}\n"
    return [row.format(number) for number in range(1, 49)]


def svis() -> list[str]:
    """100 SVIs with a gateway."""
    row = (
        "  {0}: {{description: users {0}, mtu: 9216, vrf: PROD,\n"
        "    address: {{core-1a: 10.0.{0}.2/24, core-1b: 10.0.{0}.3/24}},\n"
        "    hsrp: {{version: 2, group: {0}, address: 10.0.{0}.1, preempt_delay: minimum 120,"
        " priority: {{core-1a: 110, core-1b: 90}}}}}}\n"
    )
    return [row.format(number) for number in range(100, 200)]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
