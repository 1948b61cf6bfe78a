"""What other tools make of configurations; each is asked in its own environment, by `peers.py`.

    python in_their_venv.py push PEER < pairs
    python in_their_venv.py future < pairs

Reads JSON and prints JSON behind ``@@``. ``push``: for each running and intended text the lines that the tool types, or
what it ended in. ``future``: for each running and intended text, with paths of lines, the lines that hier_config's
`future()` has after typing them one by one, and those of the intended text as it reads it.
"""

from __future__ import annotations

import importlib
import json
import multiprocessing
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "shared" / "bench"))

IMPORTS = {"hier": "hier_config", "annet": "annet.api"}

Paths = Sequence[Sequence[str]]


def main(what: str, *words: str) -> None:
    """Answer all questions of one kind."""
    asked = json.load(sys.stdin)
    print("\n@@" + json.dumps(_pushes(words[0], asked) if what == "push" else _futures(asked)))


def _pushes(peer: str, asked: Sequence[tuple[str, str]]) -> list[list[str] | str]:
    """Each in a process of its own, since annet sets itself up but once; what it imports is there before."""
    importlib.import_module(IMPORTS[peer])
    with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
        return pool.starmap(_pushed, [(peer, *pair) for pair in asked], chunksize=1)


def _pushed(peer: str, running: str, intended: str) -> list[str] | str:
    """The lines of a push without empty ones and those that only leave a mode."""
    peers = importlib.import_module("bench_peers")
    try:
        _, lines = getattr(peers, f"w_{peer}")(running, intended, peers.Clock())
    except Exception as error:  # noqa: BLE001 -- whatever another tool ends in is its answer
        return f"{type(error).__name__}: {error}".partition("\n")[0]
    return [line for line in lines if line.strip() and line.strip() != "exit"]


def _futures(asked: Sequence[tuple[str, str, Paths]]) -> list[tuple[Paths, Paths] | str]:
    return [_future(*each) for each in asked]


def _future(running: str, intended: str, commands: Paths) -> tuple[Paths, Paths] | str:
    hier = importlib.import_module("hier_config")
    nxos = hier.Platform.CISCO_NXOS
    try:
        state, wanted = (hier.get_hconfig(nxos, text) for text in (running, intended))
        for path in commands:
            typed = "\n".join("  " * depth + line for depth, line in enumerate(path))
            state = state.future(hier.get_hconfig(nxos, typed))
    except Exception as error:  # noqa: BLE001 -- the same
        return f"{type(error).__name__}: {error}".partition("\n")[0]
    found, there = ([list(child.path()) for child in tree.all_children()] for tree in (state, wanted))
    return found, there


if __name__ == "__main__":
    main(*sys.argv[1:])
