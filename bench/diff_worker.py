"""One row of ``bench_peers.py configs --extra``: running and intended configuration to a push, with its times.

diff_worker.py RUNNING INTENDED PUSHFILE
"""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def peak() -> int:
    """The highest resident set so far, in KiB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def main(running: str, intended: str, push: str) -> None:
    """Time the work as a command would do it, cold, once."""
    old, new = (Path(name).read_bytes().decode("utf-8", "surrogateescape") for name in (running, intended))
    from mlagkit.diff import Policy, diff
    from mlagkit.nxos.commands import command
    from mlagkit.nxos.parse import parse

    gc.set_threshold(100_000, 20, 20)  # as the command line does
    before = peak()
    start = time.perf_counter()
    trees = parse(old), parse(new)
    parsed = time.perf_counter()
    found = diff(*trees, policy=Policy(strict=True))
    compared = time.perf_counter()
    lines: list[str] = []
    for change in found.changes:
        lines += [" " * 2 * depth + head for depth, head in enumerate(change.section)]
        lines.append(" " * 2 * len(change.section) + command(change.row, change.old, change.new))
    done = time.perf_counter()
    figures = {"parse": parsed - start, "diff": compared - parsed, "remediate": done - compared}
    sizes = {"rss0": before, "rss": peak(), "diff_lines": len(found.changes), "rem_lines": len(lines)}
    Path(push).write_bytes(("\n".join(lines) + "\n").encode("utf-8", "surrogateescape"))
    print("\n@@" + json.dumps(figures | sizes))


if __name__ == "__main__":
    main(*sys.argv[1:])
