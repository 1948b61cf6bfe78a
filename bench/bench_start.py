"""How long a command takes to start, as a multiple of an empty one's time in the same rounds.

    python bench/bench_start.py [ROUNDS]

Each round runs every command once, one after the other, in a process of its own; the ratio is formed in the round,
so a machine that slows down slows both sides. What is printed is the median of the rounds. Modules are compiled in a
round that does not count, as an installation has them, also where PYTHONDONTWRITEBYTECODE is set.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from mlagkit.cli.app import COMMANDS
from mlagkit.starter import starter

MLAGKIT = (sys.executable, "-m", "mlagkit")
HEAVY = ("pydantic", "jinja2", "yaml", "netmiko", "napalm", "asyncssh")

# The same number of commands with the same help, and nothing in them.
EMPTY = f"""
import click
app = click.Group("empty", help="An application.")
for name, text in {COMMANDS!r}.items():
    app.add_command(click.Command(name, help=text))
app.main(["--help"], prog_name="empty")
"""

# Command, what it is compared with, the bar.
GOALS = (("mlagkit --help", "empty click --help", 1.3), ("mlagkit validate", "python -c pass", 12.0))


def main(rounds: int) -> int:
    """Measure, print a row for each goal, and name what `--help` must not load; 1 if a bar is missed."""
    with tempfile.TemporaryDirectory() as folder:
        pair = Path(folder) / "dc1.yaml"
        pair.write_text(starter("dc1"), "utf-8")
        commands: dict[str, Sequence[str]] = {
            "python -c pass": (sys.executable, "-c", "pass"),
            "empty click --help": (sys.executable, "-c", EMPTY),
            "mlagkit --help": (*MLAGKIT, "--help"),
            "mlagkit validate": (*MLAGKIT, "validate", str(pair)),
        }
        times = [{name: seconds(command) for name, command in commands.items()} for _ in range(rounds + 1)][1:]
    for name in commands:
        print(f"{name:20} {statistics.median(found[name] for found in times) * 1000:6.0f} ms")
    missed = 0
    for name, against, bar in GOALS:
        ratio = statistics.median(found[name] / found[against] for found in times)
        missed += ratio > bar
        print(f"{name} / {against}: {ratio:.2f} (at most {bar:g}){'' if ratio <= bar else '  MISSED'}")
    loaded = heavy_modules()
    print(f"mlagkit --help loads of {', '.join(HEAVY)}: {', '.join(loaded) or 'none'}")
    return 1 if missed or loaded else 0


def seconds(command: Sequence[str]) -> float:
    """Wall time of one run in seconds."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begin = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=kept)
    return time.perf_counter() - begin


def heavy_modules() -> list[str]:
    """Which of the heavy modules `mlagkit --help` loads."""
    answer = subprocess.run(
        (sys.executable, "-X", "importtime", "-m", "mlagkit", "--help"), check=True, capture_output=True, text=True
    )
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in answer.stderr.splitlines()}
    return sorted(loaded & set(HEAVY))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 11))
