"""What a thousand pairs cost: all rules and both configurations, in one process and in several, and a second run.

    python bench/bench_fleet.py [PAIRS]

The pairs have 2 x 1,400 lines each: 48 vPCs, 100 VLANs, 32 SVIs with HSRP. `validate` and `render -o` run as whole
commands, in turn without results of an earlier run, with them, and again with one pair changed. Memory is the highest
resident set of the first process and of the largest worker, as the kernel keeps it (Linux).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench_render import PAIR, svis, vlans, vpcs

SVIS = 32
BAR_FIRST, BAR_AGAIN, BAR_WORKER = 40.0, 5.0, 80.0
"""Seconds for both commands with two jobs, seconds where nothing changed, MiB a worker."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took, in seconds by the clock and of all processors, and in MiB."""

    seconds: float
    processors: float
    first: float
    worker: float


def main(pairs: int) -> int:
    """Measure and print a row for each run; 1 if a bar is missed, which are made for 1,000 pairs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "fleet").mkdir()
        for number in range(1, pairs + 1):
            (folder / "fleet" / f"core-{number}.yaml").write_text(fleet_pair(number), "utf-8")
        print(f"{pairs} pairs\n| run | jobs | validate, s | render, s | both, s ", end="")
        print("| processors, s | first, MiB | worker, MiB |")
        print("|---|---|---|---|---|---|---|---|")
        both(folder, "no cache", "1", "--no-cache")
        first = both(folder, "no cache", "2", "--no-cache")
        both(folder, "empty cache", "2")
        again = both(folder, "nothing changed", "2")
        with (folder / "fleet" / "core-1.yaml").open("a", encoding="utf-8") as file:
            file.write("# changed\n")
        both(folder, "one pair changed", "2")
        lines = (folder / "out" / "core-1a.cfg").read_text("utf-8").count("\n")
    missed = first.seconds > BAR_FIRST or again.seconds > BAR_AGAIN or first.worker > BAR_WORKER
    print(f"{lines} lines a switch; at most {BAR_FIRST:g} s, {BAR_AGAIN:g} s and {BAR_WORKER:g} MiB a worker", end="")
    print("  MISSED" if missed else "")
    return int(missed)


def both(folder: Path, run: str, jobs: str, *words: str) -> Cost:
    """Validate and render, and a row about it."""
    judged = cost(folder, ["validate", "fleet", "-o", "findings.txt", "--jobs", jobs, *words])
    rendered = cost(folder, ["render", "fleet", "-o", "out", "--jobs", jobs, *words])
    total, processors = judged.seconds + rendered.seconds, judged.processors + rendered.processors
    first, worker = max(judged.first, rendered.first), max(judged.worker, rendered.worker)
    print(f"| {run} | {jobs} | {judged.seconds:.1f} | {rendered.seconds:.1f} | {total:.1f} ", end="")
    print(f"| {processors:.1f} ", end="")
    print(f"| {first:.0f} | {f'{worker:.0f}' if worker else '-'} |", flush=True)
    return Cost(total, processors, first, worker)


def cost(folder: Path, words: Sequence[str]) -> Cost:
    """Run a command to its end and look at its processes meanwhile."""
    begin, before = time.perf_counter(), os.times()
    environment = os.environ | {"XDG_CACHE_HOME": str(folder / "cache")}
    with subprocess.Popen(
        [sys.executable, "-m", "mlagkit", *words],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        first = worker = 0.0
        while process.poll() is None:
            first = max(first, peak(process.pid))
            worker = max(worker, *map(peak, children(process.pid)), 0.0)
            time.sleep(0.05)
        if process.returncode:
            raise SystemExit(f"mlagkit {' '.join(words)} ended with {process.returncode}")
    spent, after = time.perf_counter() - begin, os.times()
    processors = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(spent, processors, first, worker)


def children(pid: int) -> list[int]:
    """The processes that one has started and that still run."""
    with suppress(OSError):
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    return []


def peak(pid: int) -> float:
    """The highest resident set of a process so far, in MiB."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0


def fleet_pair(number: int) -> str:
    """The pair file of one of many pairs, with names, addresses and a domain of its own, and five findings."""
    parts = [PAIR, *vlans(), "vpcs:\n", *vpcs(), "svis:\n", *svis()[:SVIS]]
    text = "".join(parts).replace("core-1", f"core-{number}").replace("id: 1,", f"id: {number % 1000 + 1},")
    text = text.replace("native_vlan: 999, ", "bpduguard: enable, ")
    return text.replace("192.0.2.", f"10.{100 + number // 250}.{number % 250}.")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
