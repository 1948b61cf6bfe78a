"""Other tools, each in its environment under ``~/.cache/mlagkit-bench`` as ``bench_peers.py setup`` makes them."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

SHARED = Path(__file__).resolve().parents[2] / "shared" / "bench"
VENVS = Path.home() / ".cache" / "mlagkit-bench"


def shared(module: str) -> ModuleType:
    """A module of ../shared/bench."""
    if str(SHARED) not in sys.path:
        sys.path.append(str(SHARED))
    return importlib.import_module(module)


def missing(*peers: str) -> list[str]:
    """Which of these tools have no environment here."""
    return [peer for peer in peers if not (VENVS / peer / "bin" / "python").exists()]


def ask(peer: str, what: str, asked: Sequence[object]) -> list[Any]:
    """The answers of one tool, in one process; SystemExit where it gives none."""
    words = [what, peer] if what == "push" else [what]
    done = subprocess.run(
        [VENVS / peer / "bin" / "python", Path(__file__).with_name("in_their_venv.py"), *words],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    if "@@" not in done.stdout:
        raise SystemExit(f"{peer} gives no answer: {done.stderr[-300:]}")
    answers: list[Any] = json.loads(done.stdout.rpartition("@@")[2])
    return answers


def typed(lines: Sequence[str]) -> int:
    """How many commands a push has: headers above other lines and empty lines do not count, a banner is one."""
    indents = [indent for indent, _ in shared("bench_peers").lines_with_banner("\n".join(lines))]
    return sum(here >= behind for here, behind in zip(indents, [*indents[1:], 0], strict=False))


def generated(lines: int, seeds: int) -> Iterator[tuple[str, str]]:
    """The running and the intended configuration of one switch, as the bench makes them, for each seed from 1."""
    for seed in range(1, seeds + 1):
        with tempfile.TemporaryDirectory() as name:
            shared("gen_nxos").write(name, lines, 1.0, seed)
            running, intended = (Path(name, f"A.{kind}.cfg").read_text("utf-8") for kind in ("running", "intended"))
        yield running, intended
