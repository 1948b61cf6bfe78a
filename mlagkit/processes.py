"""Many files at once: processes that work on one file after the other, and leave nothing behind.

Each has a pipe of its own to this process. So whoever of the two is gone, in whatever way, the other one notices: a
worker ends when nobody is there who would read its results, and a worker that dies is an error, not a result that
never comes.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, TypeVar

I = TypeVar("I")  # noqa: E741  # an item
R = TypeVar("R")

_AHEAD = 2  # items that a worker has at hand, so that it need not wait for the next one


class WorkerFailed(Exception):
    """A worker process ended by itself, or by an error that is no result; a note has its traceback."""


@dataclass(frozen=True, slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection


@dataclass(frozen=True, slots=True)
class _Failure:
    """What went wrong in a worker, in words: the error itself may hold what can't be sent."""

    said: str
    trace: str


def in_processes(task: Callable[[I], R], items: Sequence[I], count: int) -> list[R]:
    """What the task gives for each item, in the order of the items, worked out in so many processes.

    Raises WorkerFailed for an error in one of them; none is left when this returns or raises. Task, items and results
    are sent from one process to the other, never through a file.
    """
    workers: list[_Worker] = []
    try:
        for _ in range(count):
            workers.append(_started(task, workers))
        return _results(workers, items)
    finally:
        for worker in workers:
            worker.process.terminate()  # it waits for work, or its work is not wanted any more
        for worker in workers:
            worker.process.join()
            worker.pipe.close()


def _started(task: Callable[[I], R], others: Iterable[_Worker]) -> _Worker:
    """A new worker. A forked one has our ends of all pipes, and must not: they would never be closed."""
    forked = sys.platform == "linux" and threading.active_count() == 1
    context: Any = multiprocessing.get_context("fork" if forked else "spawn")  # what both have in common has no type
    ours, theirs = context.Pipe()
    inherited = [ours, *(worker.pipe for worker in others)] if forked else []
    process = context.Process(target=_work, args=(task, theirs, inherited), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _results(workers: Sequence[_Worker], items: Sequence[Any]) -> list[Any]:
    found: dict[int, Any] = {}
    by_pipe = {worker.pipe: worker for worker in workers}
    left = iter(enumerate(items))
    for worker in [*workers] * _AHEAD:
        _give(worker, left)
    while len(found) < len(items):
        for pipe in wait([*by_pipe]):
            worker = by_pipe[pipe]  # type: ignore[index]  # what waits are the pipes
            number, result = _received(worker)
            if isinstance(result, _Failure):
                error = WorkerFailed(result.said)
                error.add_note(result.trace)
                raise error
            found[number] = result
            _give(worker, left)
    return [found[number] for number in range(len(items))]


def _give(worker: _Worker, left: Iterable[tuple[int, Any]]) -> None:
    for item in left:
        with suppress(BrokenPipeError):  # it is gone; reading from it tells
            worker.pipe.send(item)
        return


def _received(worker: _Worker) -> tuple[int, Any]:
    try:
        number, result = worker.pipe.recv()
    except (EOFError, ConnectionError) as error:
        worker.process.join()
        raise WorkerFailed(f"a worker process ended with {worker.process.exitcode}") from error
    return number, result


def _work(task: Callable[[Any], Any], pipe: Connection, inherited: Iterable[Connection]) -> None:
    """What a worker does until nobody is at the other end of its pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the first process ends the others
    for other in inherited:
        other.close()
    with suppress(EOFError, ConnectionError):
        while True:
            number, item = pipe.recv()
            with _Telling(pipe, number):
                pipe.send((number, task(item)))


class _Telling:
    """Whatever is raised inside is told at the other end, where a person reads it, instead of to stderr."""

    def __init__(self, pipe: Connection, number: int) -> None:
        self.pipe = pipe
        self.number = number

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is None or isinstance(error, ConnectionError):
            return False
        said = f"{type(error).__name__}: {error}"
        self.pipe.send((self.number, _Failure(said, "".join(traceback.format_exception(error)))))
        return True
