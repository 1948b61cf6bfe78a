"""Lines from a terminal or a pipe, read so that a signal ends the lab at once and a background job is left alone."""

from __future__ import annotations

import os
import select
import socket
from collections.abc import Callable, Iterator

from mlagkit.rehearsal.rehearse import QUIT, Rehearsal

_LOOK = 0.5
"""Seconds between two looks whether a job of a shell is in the foreground again."""


def prompt(rehearsal: Rehearsal, typed: int, woken: socket.socket, show: Callable[[str], None]) -> None:
    """Answer what is typed into a file descriptor until somebody quits, or until ``woken`` can be read.

    The end of a pipe or of /dev/null is no wish to end: a lab in the background has nothing else. On a terminal it is.
    """
    is_terminal = os.isatty(typed)
    for line in _lines(typed, woken, is_terminal, show):
        if line.strip() == QUIT:
            return
        try:
            show(rehearsal.say(line) if line.strip() else "")
        except ValueError as error:
            show(f"{error}\n")
    if not is_terminal:
        select.select([woken], [], [])


def _lines(typed: int, woken: socket.socket, is_terminal: bool, show: Callable[[str], None]) -> Iterator[str]:
    """Lines until there are no more, or until ``woken`` can be read."""
    rest = b""
    while os.name == "posix":  # elsewhere no file can be waited for together with a socket
        if is_terminal and _is_in_background(typed):  # a shell stops a job that reads then
            if select.select([woken], [], [], _LOOK)[0]:
                return
            continue
        if is_terminal and not rest:
            show("lab> ")
        if woken.fileno() in select.select([typed, woken.fileno()], [], [])[0]:
            return
        if is_terminal and _is_in_background(typed):
            continue
        read = os.read(typed, 4096)
        if not read:
            if rest:
                yield rest.decode("utf-8", "replace")
            return
        *whole, rest = (rest + read).split(b"\n")
        yield from (line.decode("utf-8", "replace") for line in whole)


def _is_in_background(terminal: int) -> bool:
    """Whether a terminal is another job's at the moment; one that controls no job may be read."""
    try:
        return os.tcgetpgrp(terminal) != os.getpgrp()
    except OSError:
        return False
