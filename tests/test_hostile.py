"""What hostile YAML does: it is refused, with a place, quickly and in little memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.hostile import CASES

ROOT = Path(__file__).parent.parent
SECONDS = 2.0
"""Processor time for one file; with the limits that hold, the slowest takes a good half of it."""


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Any]:
    """What came of each file, read one after the other by one process that may use 256 MiB."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.hostile"],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr.decode()[-2000:]
    result: dict[str, Any] = json.loads(run.stdout)
    return result


def test_there_are_a_hundred_of_them() -> None:
    """The collection holds at least a hundred different files."""
    assert len({text for text, _ in CASES.values()}) >= 100


@pytest.mark.parametrize("name", CASES)
def test_hostile_file_is_refused(name: str, outcomes: dict[str, Any]) -> None:
    """A hostile file gives findings of the expected rules inside the file, no other exception, in time."""
    outcome = outcomes[name]
    expected = CASES[name][1].split()
    assert outcome["error"] == ""
    assert outcome["findings"]
    assert {rule for rule, *_ in outcome["findings"]} <= set(expected)
    assert all(1 <= line <= outcome["lines"] and column >= 1 for _, line, column, _ in outcome["findings"])
    assert all(len(message) < 400 and message.isprintable() for *_, message in outcome["findings"])
    assert outcome["seconds"] < SECONDS
