"""What the rules cost: beside rendering one large pair, and on a fleet of pairs as whole commands.

    python bench/bench_rules.py [ROUNDS [PAIRS]]

The large pair has 100 vPCs and 100 SVIs with HSRP. Each round judges it, read anew, and renders both of its switches
twice, one after the other, in this process; the ratio is formed in the round. The fleet are PAIRS pairs of 2 x 2,400
lines, by default 100; `validate` and `render` run once over all of them, each in a process of its own.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench_render import PAIR, REPEAT, seconds, svis, vlans, vpcs

from mlagkit.intent.load import load_pair
from mlagkit.peers import peers_of
from mlagkit.render import render
from mlagkit.rules import RULES
from mlagkit.rules.judge import findings

BAR = 1.0
"""Times what rendering the pair twice takes."""


def main(rounds: int, pairs: int) -> int:
    """Measure and print a row for each; 1 if the bar is missed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ratio = one_pair(folder, rounds)
        fleet(folder, pairs)
    return int(ratio > BAR)


def one_pair(folder: Path, rounds: int) -> float:
    """The median of the ratios on the large pair; rules meet only switches of which nothing was asked before."""
    path = folder / "large.yaml"
    path.write_text(large(), "utf-8")
    times = [(seconds(judging(path)), seconds(rendering_twice(path))) for _ in range(rounds + 1)][1:]
    ratio = statistics.median(judged / rendered for judged, rendered in times)
    judged, rendered = (statistics.median(column) * 1000 for column in zip(*times, strict=True))
    print(f"{len(RULES)} rules on 100 vPCs: {judged:.1f} ms; rendering the pair twice: {rendered:.1f} ms; ", end="")
    print(f"{ratio:.1f}x (at most {BAR:g}){'' if ratio <= BAR else '  MISSED'}")
    return ratio


def judging(path: Path) -> Callable[[], object]:
    """All rules on the pair, for as many runs as a time is the best of."""
    unseen = [[peers_of(load_pair(path))] for _ in range(REPEAT)]
    return lambda: findings(RULES, unseen.pop())


def rendering_twice(path: Path) -> Callable[[], object]:
    """Both switches rendered, and rendered again."""
    switches = peers_of(load_pair(path)) * 2
    return lambda: [render(switch) for switch in switches]


def fleet(folder: Path, pairs: int) -> None:
    """Time and memory of whole commands over many pairs."""
    source = folder / "fleet"
    source.mkdir()
    for number in range(1, pairs + 1):
        (source / f"core-{number}.yaml").write_text(numbered(number), "utf-8")
    for command in (("validate", "fleet", "-o", "findings.txt"), ("render", "fleet", "-o", "out")):
        begin = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "mlagkit", *command],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        spent = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"mlagkit {' '.join(command)} ended with {process.returncode}")
        print(f"{command[0]} of {pairs} pairs: {spent:.1f} s, {usage.ru_maxrss / 1024:.0f} MiB")


def large() -> str:
    """A pair file with 100 vPCs, of two line cards."""
    head = PAIR.replace("port_channel: 100", "port_channel: 1000").replace("Ethernet1/5", "Ethernet9/5")
    row = "  {0}: {{profile: server, description: server {0}, vlans: 100-199, members: [Ethernet{1}/{2}]}}\n"
    legs = [row.format(number, 1 + (number - 1) // 48, 1 + (number - 1) % 48) for number in range(1, 101)]
    return _file(head, legs)


def numbered(number: int) -> str:
    """The pair file of one of many pairs, with names, addresses and a domain of its own."""
    text = _file(PAIR, vpcs()).replace("core-1", f"core-{number}").replace("id: 1,", f"id: {number % 1000 + 1},")
    return text.replace("192.0.2.", f"10.{100 + number // 250}.{number % 250}.")


def _file(head: str, legs: list[str]) -> str:
    return head + "".join(vlans()) + "vpcs:\n" + "".join(legs) + "svis:\n" + "".join(svis())


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    sys.exit(main(*given, *(9, 100)[len(given) :]))
