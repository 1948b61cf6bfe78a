"""Many items at once, each worked on by one of several processes, or one after the other where that is as good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

I = TypeVar("I")  # noqa: E741  # an item
R = TypeVar("R")


def each(task: Callable[[I], R], items: Sequence[I], jobs: int) -> list[R]:
    """What the task gives for each item, in the order of the items, worked out in as many processes.

    With one job or one item it is done here, and nothing is loaded that other processes take. Raises WorkerFailed for
    an error in another process.
    """
    count = min(jobs, len(items))
    if count < 2:
        return [task(item) for item in items]
    from mlagkit.processes import in_processes

    return in_processes(task, items, count)
