"""Where this user's pushes are recorded, and what time it is for them."""

from __future__ import annotations

import getpass
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from mlagkit.cli.compared import secret_mask
from mlagkit.cli.devices import Reach
from mlagkit.device.connect import open_device
from mlagkit.device.protocol import Console
from mlagkit.device.target import Target
from mlagkit.pushing import Office

if TYPE_CHECKING:
    from mlagkit.push.journal import Line


def _passed() -> float:
    """Seconds that pass for everybody, also while this machine sleeps: the timers of the switches do not wait."""
    steady = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if steady is None else time.clock_gettime(steady)


def steady(now: Callable[[], datetime], passed: Callable[[], float]) -> Callable[[], datetime]:
    """A clock that starts at the time of this machine and goes on evenly, however often that is corrected."""
    start, begun = now(), passed()
    return lambda: start + timedelta(seconds=passed() - begun)


CLOCK: tuple[Callable[[], datetime], Callable[[float], None]] = (
    steady(lambda: datetime.now(UTC), _passed),
    time.sleep,
)
"""What tells the time, and what lets some of it pass."""


def state_folder(environ: Mapping[str, str]) -> Path:
    """Where locks, journals and proofs are: ``$XDG_STATE_HOME/mlagkit``, else ``~/.local/state/mlagkit``."""
    home = environ.get("XDG_STATE_HOME")
    return (Path(home) if home else Path.home() / ".local/state") / "mlagkit"


def office_of(
    reach: Reach,
    heard: Callable[[Line], None],
    copied: Callable[[str], None],
    halted: Callable[[], bool] = lambda: False,
    broken: str = "",
) -> Office:
    """The office of this user on this host; ``heard`` gets one line at a time, whoever speaks."""
    lock = threading.Lock()

    def one_at_a_time(line: Line) -> None:
        with lock:
            heard(line)

    def opened(target: Target) -> Console:
        return open_device(target, reach.means.login(target), reach.means.options, reach.means.store)

    clock, sleep = CLOCK
    return Office(
        folder=state_folder(os.environ),
        user=getpass.getuser(),
        host=socket.gethostname(),
        opened=opened,
        mask=secret_mask(),
        clock=clock,
        sleep=sleep,
        heard=one_at_a_time,
        halted=halted,
        broken=broken,
        insecure=reach.means.options.insecure,
        copied=copied,
    )


@contextmanager
def stoppable() -> Iterator[None]:
    """Whoever ends the process the way a system does stops what it does with switches, which then goes back.

    Also where the terminal is closed, unless the user has said that this does not matter (``nohup``).
    """

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # what signal calls
        raise KeyboardInterrupt

    ends = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = {number: signal.getsignal(number) for number in ends if signal.getsignal(number) is not signal.SIG_IGN}
    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
