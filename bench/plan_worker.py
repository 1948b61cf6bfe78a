"""One row of ``bench_peers.py configs --extra``: running and intended configuration to the commands of a plan.

plan_worker.py [--proofs] RUNNING INTENDED PUSHFILE

One switch, without rules and drill. ``diff`` are the facts of both sides, ``remediate`` the way and its lines. With
``--proofs`` it takes in the undo, which is a way of its own, and both second differences, which must be empty.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from diff_worker import peak

NAME = "A"


def main(running: str, intended: str, push: str, *, proofs: bool) -> None:
    """Time the work as a command would do it, cold, once."""
    old, new = (Path(name).read_bytes().decode("utf-8", "surrogateescape") for name in (running, intended))
    from mlagkit.diff import Policy
    from mlagkit.nxos.affected import affected
    from mlagkit.nxos.context import Context
    from mlagkit.nxos.effective import Side
    from mlagkit.nxos.parse import parse
    from mlagkit.plan import Command, Way, Work, typed_lines, way

    def commands(found: Way) -> Iterator[Command]:
        return (Command(placed.edit.section, placed.edit.text, placed.edit.opens) for placed in found.placed)

    def led(work: Work) -> Way:
        return way({NAME: work}, (NAME,), lambda _switch, _edit: False)

    gc.set_threshold(100_000, 20, 20)
    gc.freeze()  # both as the command line does
    before = peak()
    start = time.perf_counter()
    trees = parse(old), parse(new)
    parsed = time.perf_counter()
    here, there = map(Context.of, trees)
    facts = affected(*trees, everything=here != there)
    sides = Side(facts[0], here), Side(facts[1], here if here == there else there)
    compared = time.perf_counter()
    forth = led(Work(*sides, Policy(strict=True)))
    lines = list(typed_lines(commands(forth)))
    if proofs:
        back = led(Work(forth.ends[NAME], sides[0], Policy(strict=True)))
        list(typed_lines(commands(back)))
    done = time.perf_counter()
    figures = {"parse": parsed - start, "diff": compared - parsed, "remediate": done - compared}
    sizes = {"rss0": before, "rss": peak(), "diff_lines": len(forth.placed), "rem_lines": len(lines)}
    Path(push).write_bytes(("\n".join(lines) + "\n").encode("utf-8", "surrogateescape"))
    print("\n@@" + json.dumps(figures | sizes))


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--proofs"]
    main(*words, proofs="--proofs" in sys.argv)
