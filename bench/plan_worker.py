"""One row of ``bench_peers.py configs --extra``: running and intended configuration to the commands of a plan.

plan_worker.py [--proofs] RUNNING INTENDED PUSHFILE

One switch, without rules and drill. ``diff`` are the facts of both sides, ``remediate`` the way and its lines. With
``--proofs`` it takes in both proofs: the undo of each part, with two second differences that must be empty, and what
must hold after every line.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from diff_worker import peak

from mlagkit.config import ConfigTree
from mlagkit.diff import Policy
from mlagkit.nxos.affected import affected
from mlagkit.nxos.context import Context
from mlagkit.nxos.effective import Side
from mlagkit.nxos.parse import parse
from mlagkit.plan import Way, Work, typed_lines, way
from mlagkit.plan.invariants import breaches
from mlagkit.plan.proof import proven
from mlagkit.plan.steps import commands, parts, undos

SWITCH = "A"


def main(running: str, intended: str, push: str, *, proofs: bool) -> None:
    """Time the work as a command would do it, cold, once."""
    old, new = (Path(name).read_bytes().decode("utf-8", "surrogateescape") for name in (running, intended))
    gc.set_threshold(100_000, 20, 20)  # as the command line does
    before = peak()
    start = time.perf_counter()
    trees = parse(old), parse(new)
    parsed = time.perf_counter()
    work = work_of(*trees)
    compared = time.perf_counter()
    forth = led(work)
    lines = list(typed_lines(commands([placed.edit for placed in forth.placed])))
    if proofs:
        cut = parts(forth.placed, {SWITCH: work})
        proven({SWITCH: work}, forth, cut, undos(cut, forth.ends))
        if broken := list(breaches(forth.placed, {SWITCH: work.old}, forth.ends)):
            raise SystemExit(f"does not hold: {broken[0]}")
    done = time.perf_counter()
    figures = {"parse": parsed - start, "diff": compared - parsed, "remediate": done - compared}
    sizes = {"rss0": before, "rss": peak(), "diff_lines": len(forth.placed), "rem_lines": len(lines)}
    Path(push).write_bytes(("\n".join(lines) + "\n").encode("utf-8", "surrogateescape"))
    print("\n@@" + json.dumps(figures | sizes))


def work_of(running: ConfigTree, intended: ConfigTree) -> Work:
    """Both sides as far as they differ; what is not intended goes, as with the other tools."""
    here, there = Context.of(running), Context.of(intended)
    old, new = affected(running, intended, everything=here != there)
    return Work(Side(old, here), Side(new, here if here == there else there), Policy(strict=True))


def led(work: Work) -> Way:
    """The way of the one switch; NoWay where there is none, ValueError for a line that can't be taken back."""
    return way({SWITCH: work}, (SWITCH,), lambda _switch, _edit: False)


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--proofs"]
    main(*words, proofs="--proofs" in sys.argv)
