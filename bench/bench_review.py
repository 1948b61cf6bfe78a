"""What a review of many pairs costs beside one of only those that changed.

    python bench/bench_review.py [PAIRS [CHANGED]]

The pairs are those of ``bench_fleet.py``, 2 x 1,400 lines each; in some of them a VLAN comes to every vPC. Each round
reviews, one after the other, a repository with all pairs and one with only those that changed: the first may cost twice
the second and what it takes to load the others, of which rules that hold pairs against each other see a little. Beside
it stand the same with results of an earlier run, and `validate` of all of them without.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench_fleet import fleet_pair

ROUNDS = 3
TIMES = 2.0
"""The review of what changed alone may be taken so many times, and the loading of the others comes on top."""


def main(pairs: int, changed: int) -> int:
    """Measure and print a row for each run; 1 if the bar is missed."""
    with tempfile.TemporaryDirectory() as name:
        every, few = Path(name) / "every", Path(name) / "few"
        repository(every, pairs, changed)
        repository(few, changed, changed)
        runs = {
            f"review of {pairs} pairs, {changed} changed": (every, ["review", "--base", "main", "--no-cache"]),
            f"review of these {changed} alone": (few, ["review", "--base", "main", "--no-cache"]),
            f"review of {pairs} pairs, cached": (every, ["review", "--base", "main", "--cache-dir", f"{name}/cache"]),
            f"review of {pairs} pairs, none changed": (every, ["review", "--base", "topic"]),
            f"validate of {pairs} pairs": (every, ["validate", ".", "-o", os.devnull, "--no-cache"]),
        }
        others = f"loading of the other {pairs - changed}"
        times = []
        for _ in range(ROUNDS):
            found = {run: seconds(*asked) for run, asked in runs.items()}
            times.append(found | {others: loading(every, changed)})
    print("| run, one job | seconds | times the review of what changed alone |\n|---|---|---|")
    first, alone = [*runs][:2]
    for run in (*runs, others):
        ratio = statistics.median(found[run] / found[alone] for found in times)
        print(f"| {run} | {statistics.median(found[run] for found in times):.2f} | {ratio:.2f} |")
    reached = statistics.median(found[first] / (TIMES * found[alone] + found[others]) for found in times)
    print(f"{reached:.2f} of what it may cost{'' if reached <= 1 else '  MISSED'}")
    return int(reached > 1)


def repository(folder: Path, pairs: int, changed: int) -> None:
    """Pairs on ``main``, of which some are changed on ``topic``, which is checked out."""
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    texts = {number: fleet_pair(number) for number in range(1, pairs + 1)}
    for number, text in texts.items():
        (folder / f"core-{number}.yaml").write_text(text, "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "all")
    git(folder, "switch", "--quiet", "-c", "topic")
    for number in range(1, changed + 1):
        text = (
            texts[number]
            .replace("vlans:\n", "vlans:\n  300: new\n", 1)
            .replace("vlans: 100-199", "vlans: [100-199, 300]")
        )
        (folder / f"core-{number}.yaml").write_text(text, "utf-8")
    git(folder, "commit", "--quiet", "-am", "change")


def git(folder: Path, *args: str) -> None:
    """Run git there, as nobody in particular."""
    who = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.net", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *who, *args], check=True)


def seconds(folder: Path, words: list[str]) -> float:
    """Wall time of one command in a process of its own."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "mlagkit", *words, "--jobs", "1", "--fail-level", "none"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def loading(folder: Path, changed: int) -> float:
    """Wall time of loading the pairs that did not change, in a process of its own."""
    program = (
        "import gc, sys; from pathlib import Path; from mlagkit.intent import load_pair\n"
        "gc.set_threshold(100_000, 20, 20)\n"
        "for path in sorted(Path('.').glob('core-*.yaml'), key=lambda path: int(path.stem[5:]))[int(sys.argv[1]) :]:\n"
        "    load_pair(path)\n"
    )
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", program, str(changed)], cwd=folder, check=True)
    return time.perf_counter() - begin


if __name__ == "__main__":
    numbers = dict(enumerate(map(int, sys.argv[1:])))
    sys.exit(main(numbers.get(0, 200), numbers.get(1, 3)))
