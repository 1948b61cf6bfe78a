"""What is wrong after a plan was typed into the small device of ``../shared/bench``, and what it harmed on the way.

    python bench/bench_replay.py [SEEDS [SIZES]]

Each push is replayed twice: on the device as it is, and on one that knows three things more, which go for what runs and
for what is intended alike. The ports of a port-channel have its lines (reference 7.9, 7.10), a line that says a default
says nothing (7.2), and no switch prints the word ``force``. Other tools that have an environment are replayed as well,
up to 10,000 lines. For mlagkit a fact that is wrong on the second device, a refused line or any harm is an error.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from peers import SHARED, VENVS, missing, shared

SIZES = "1000,10000,50000,200000"
SMALL = 10_000
"""Up to which size the other tools are replayed, too."""

SHOWN = ("switchport", "mtu", "speed", "duplex")
"""How the lines begin that a port has of its port-channel."""
DEFAULTS = ("switchport", "no shutdown", "priority 100")
"""What an interface or HSRP says that would be so without a line, with ``system default switchport`` in all of them."""
ALL = ",".join(map(str, range(1, 4095)))

_GROUP = re.compile(r"channel-group (\d+)( force)?")

Device = Any
"""A device of bench_peers: lines by path and key in ``nodes``, the VLANs of trunks by path in ``trunks``."""


def main(seeds: int, sizes: str) -> int:
    """Print a row for each size and tool; 1 where a plan does not lead there, is refused or harms."""
    absent = missing("hier", "annet")
    tools = ["mlagkit", *({"hier", "annet"} - set(absent))]
    if absent:
        print(f"SKIPPED, no environment of {', '.join(absent)}: bench_peers.py setup --only hier,annet")
    failed = False
    print(f"{seeds} seeds each, all counts together\n")
    print(
        "| lines | tool | wrong before | wrong after | that know more | refused | harm |\n|---|---|---|---|---|---|---|"
    )
    for size in map(int, sizes.split(",")):
        for tool in sorted(tools if size <= SMALL else ["mlagkit"]):
            found: Counter[str] = Counter()
            for seed in range(1, seeds + 1):
                found.update(_replayed(tool, size, seed))
            harm = {name: count for name, count in found.items() if name.startswith("harm ")}
            said = ", ".join(f"{name.removeprefix('harm ')} {count}" for name, count in harm.items())
            counts = " | ".join(str(found[name]) for name in ("before", "after", "knowing", "refused"))
            print(f"| {size:,} | {tool} | {counts} | {said or '-'} |", flush=True)
            failed |= tool == "mlagkit" and (found["knowing"] > 0 or found["refused"] > 0 or bool(harm))
    return int(failed)


def _replayed(tool: str, size: int, seed: int) -> Mapping[str, int]:
    peers = shared("bench_peers")
    with tempfile.TemporaryDirectory() as name:
        shared("gen_nxos").write(name, size, 1.0, seed)
        running, intended, push = (Path(name, each) for each in ("A.running.cfg", "A.intended.cfg", "push"))
        subprocess.run([*_worker(tool), running, intended, push], check=True, capture_output=True)
        plain = peers.replay(running, intended, push)
        knowing = _left(*(path.read_text("utf-8", "surrogateescape") for path in (running, intended, push)))
    harm = {f"harm {kind}": count for kind, count in plain["harm"].items()}
    counts = {"before": plain["todo"], "after": plain["left"], "knowing": knowing, "refused": plain["errors"]}
    return counts | harm


def _worker(tool: str) -> list[str | Path]:
    if tool == "mlagkit":
        return [sys.executable, Path(__file__).with_name("plan_worker.py")]
    return [VENVS / tool / "bin" / "python", SHARED / "bench_peers.py", "--worker", tool]


def _left(running: str, intended: str, push: str) -> int:
    """How many facts are wrong in the end on a device that knows more."""
    peers = shared("bench_peers")
    device, wanted = peers.Device().load(running), peers.Device().load(intended)
    device._walk(push)
    there = wanted.facts()
    _follow(wanted)
    if wanted.facts() != there:
        raise SystemExit("a port is intended to differ from its port-channel, which this replay does not know")
    _follow(device)
    return len(_facts(device) ^ _facts(wanted))


def _follow(device: Device) -> None:
    """Give each port what its port-channel has."""
    for path, lines in device.nodes.items():
        group = _GROUP.match(lines.get("channel-group", ""))
        channel = (f"interface port-channel{group[1]}",) if group else ()
        if not channel or channel not in device.nodes:
            continue
        for key in [key for key in lines if key.startswith(SHOWN)]:
            del lines[key]
        lines.update({key: line for key, line in device.nodes[channel].items() if key.startswith(SHOWN)})
        device.trunks.pop(path, None)
        if channel in device.trunks:
            device.trunks[path] = device.trunks[channel]


def _facts(device: Device) -> set[tuple[Any, ...]]:
    """The facts without those that say a default, and without ``force``."""
    found = set()
    for fact in device.facts():
        port = len(fact) == len(("path", "key", "text")) and fact[0] and fact[0][0].startswith("interface ")
        if not port or fact[2] not in (*DEFAULTS, ALL):
            found.add((*fact[:2], _GROUP.sub(r"channel-group \1", fact[2])) if port else fact)
    return found


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(main(int(words[0]) if words else 5, words[1] if words[1:] else SIZES))
