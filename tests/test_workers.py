"""Several processes give what one gives, in its order; none of them is left, whatever happens to whom."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from mlagkit.processes import WorkerFailed
from mlagkit.workers import each

ROOT = Path(__file__).parent.parent


def square(number: int) -> tuple[int, int]:
    """The result of a number, and the process that found it; small ones take longer."""
    time.sleep(0.02 if number < 2 else 0)
    return number * number, os.getpid()


def large(number: int) -> bytes:
    """More than a pipe holds at once."""
    return bytes([number]) * 1_000_000


def failing(number: int) -> int:
    """An error for one number."""
    if number == 3:
        raise KeyError("three")
    return number


def dying(number: int) -> int:
    """A process that is gone for one number."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def leaving(number: int) -> int:
    """A process that ends itself for one number."""
    if number == 3:
        raise SystemExit("I go")
    return number


@pytest.mark.parametrize("jobs", [1, 2, 3, 50])
def test_in_order(jobs: int) -> None:
    """The results stand in the order of the items, and come from so many processes at most."""
    found = each(square, range(12), jobs)
    assert [result for result, _ in found] == [number * number for number in range(12)]
    used = {process for _, process in found}
    assert used == {os.getpid()} if jobs == 1 else len(used) <= jobs and os.getpid() not in used
    assert multiprocessing.active_children() == []


def test_nothing_to_do() -> None:
    """No item is no result; for one item no process is begun."""
    assert each(square, [], 4) == []
    assert each(square, [3], 4) == [(9, os.getpid())]


def test_large_results() -> None:
    """Results that fill the pipe stop nobody."""
    assert each(large, range(9), 2) == [large(number) for number in range(9)]


def test_beside_threads() -> None:
    """Where this process has threads, which a fork would cut in two, new processes begin from nothing."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert [result for result, _ in each(square, range(5), 2)] == [0, 1, 4, 9, 16]
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize(
    ("task", "said"),
    [
        (failing, "KeyError: 'three'"),
        (leaving, "SystemExit: I go"),
        (dying, "a worker process ended with -9"),
    ],
)
def test_failures(task: Callable[[int], int], said: str) -> None:
    """An error in a worker, or its death, is an error here, and takes all workers with it."""
    with pytest.raises(WorkerFailed) as failed:
        each(task, range(12), 2)
    assert str(failed.value) == said
    assert multiprocessing.active_children() == []


def test_traceback() -> None:
    """The traceback of an error in a worker is a note of the error here."""
    with pytest.raises(WorkerFailed) as failed:
        each(failing, range(12), 2)
    assert "in failing" in "".join(failed.value.__notes__)


# Tells the pids of its workers, which are busy for a minute.
BUSY = """
import os, time
from mlagkit.workers import each

def task(number):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(60)

each(task, range(2), 2)
"""


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda sent: sent.name)
def test_stopped(sent: signal.Signals) -> None:
    """Ctrl-C, which goes to all processes, ends them all; when the first one is ended, the others end by themselves."""
    busy = BUSY if sent is signal.SIGINT else BUSY.replace("sleep(60)", "sleep(0.5)")
    process = subprocess.Popen(
        [sys.executable, "-c", busy],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    workers = [int(process.stdout.readline()) for _ in range(2)]
    if sent is signal.SIGINT:
        os.killpg(process.pid, sent)
    else:
        process.send_signal(sent)
    _, said = process.communicate(timeout=30)
    assert said.count(b"Traceback") == (sent is signal.SIGINT)  # of the first process alone, which catches it usually
    assert process.returncode == -sent
    for worker in workers:
        assert _is_gone(worker)


def _is_gone(process: int) -> bool:
    for _ in range(500):
        with suppress(FileNotFoundError, ProcessLookupError):
            if Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z":
                time.sleep(0.02)
                continue
        return True
    return False
