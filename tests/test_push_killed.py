"""A push over the network whose process is ended in the middle: by its operator, by the system, by nobody's leave."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mlagkit.emulate import lab_of
from mlagkit.intent import load_pair
from mlagkit.nxos.lab import Faults, Lab, LabClock
from mlagkit.nxos.reply import without_stamps
from mlagkit.push.journal import read
from tests.command import Run
from tests.push_lab import GO, Transport, connect, trust

pytestmark = pytest.mark.interop
TRANSPORTS = ("nxapi", "ssh")
PATIENCE = 60.0
HELD = "  name www"
"""A line of the plan that the second switch takes a while for."""


@contextmanager
def slow_pair(home: Path) -> Iterator[tuple[Lab, LabClock]]:
    """Both switches; the second one answers a line of the plan late, so that there is a middle to be met in."""
    clock = LabClock()
    lab = lab_of(load_pair(home / "dc1.yaml"), clock=clock)
    lab.password = "lab-secret"
    lab._faults = {"dc1-b": Faults(slow={HELD.strip(): 4})}
    with lab:
        trust(lab, home)
        yield lab, clock


@contextmanager
def pushing(lab: Lab, transport: Transport, home: Path) -> Iterator[subprocess.Popen[str]]:
    """A push in a process of its own, which is ended with the block."""
    command = [sys.executable, "-m", "mlagkit", "push", "new.yaml", *connect(lab, transport), *GO]
    with subprocess.Popen(command, cwd=home, stdout=-1, stderr=-1, text=True, env=dict(os.environ)) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def journal(home: Path) -> Path | None:
    """The only one that there is."""
    return next(iter((home / "state" / "mlagkit" / "runs").glob("*.jsonl")), None)


def is_held(home: Path) -> bool:
    """Whether the line that takes a while is on its way."""
    path = journal(home)
    if path is None:
        return False
    return any(
        line["event"] == "type" and line["switch"] == "dc1-b" and HELD in line["commands"]  # type: ignore[operator]
        for line in read(path).lines
    )


def wait_for(condition: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Until it holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.02)


def bodies(lab: Lab) -> dict[str, str]:
    """What both run."""
    return {name: without_stamps(switch.running_config()) for name, switch in lab.switches.items()}


def is_clear(lab: Lab) -> bool:
    """Whether nothing of a push is on a switch, and both would start with what they run."""
    return all(not switch.checkpoints and switch.chassis.is_saved for switch in lab.switches.values())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_stopped(transport: Transport, number: signal.Signals, home: Path) -> None:
    """Both are as before, which is said."""
    with slow_pair(home) as (lab, _), pushing(lab, transport, home) as process:
        before = bodies(lab)
        wait_for(lambda: is_held(home), process)
        process.send_signal(number)
        out, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 4, (out, err)
        assert "both switches are as before" in out
        assert "stopped by the operator" in out
        assert bodies(lab) == before
        assert is_clear(lab)
        assert not list((home / "state" / "mlagkit" / "locks").iterdir())


def test_nobody_listens(home: Path) -> None:
    """Whoever read what is said has left, as `head` does: the push goes on to its end, and its exit code is its own."""
    with slow_pair(home) as (lab, _), pushing(lab, "nxapi", home) as process:
        before = bodies(lab)
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        process.stdout = None
        assert process.wait(PATIENCE) == 0, process.stderr and process.stderr.read()
        assert all("name www" in text for text in bodies(lab).values())
        assert bodies(lab) != before
        assert all(switch.chassis.is_saved for switch in lab.switches.values())


def test_the_terminal_is_closed(home: Path) -> None:
    """What a system does to a process whose terminal is gone stops it as Ctrl-C does."""
    with slow_pair(home) as (lab, _), _not_ignored(signal.SIGHUP), pushing(lab, "nxapi", home) as process:
        before = bodies(lab)
        wait_for(lambda: is_held(home), process)
        process.send_signal(signal.SIGHUP)
        process.communicate(timeout=PATIENCE)
        assert process.returncode == 4
        assert bodies(lab) == before


@contextmanager
def _not_ignored(number: signal.Signals) -> Iterator[None]:
    """A process that is started here gets the signal, also where the tests run behind `nohup`."""
    before = signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(number, before)


@pytest.mark.parametrize("waits", [True, False])
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_killed(transport: Transport, waits: bool, run: Run, home: Path) -> None:
    """Both go back by themselves; then, or at once, `--resume` clears up, in spite of the lock that was left."""
    with slow_pair(home) as (lab, clock):
        before = bodies(lab)
        with pushing(lab, transport, home) as process:
            wait_for(lambda: is_held(home), process)
            process.kill()
            process.communicate(timeout=PATIENCE)
        path = journal(home)
        assert path is not None
        assert [line["event"] for line in read(path).lines][-1] != "end"
        if waits:
            time.sleep(5)  # until the switch has carried out what it was given
            assert bodies(lab) != before
            clock.advance(3600)
            assert {name: _without_scheduler(text) for name, text in bodies(lab).items()} == before
        refused = run("push", "new.yaml", *connect(lab, transport), *GO)
        assert refused.code == 4
        assert "--break-lock" in refused.err
        ended = run("push", "--resume", path.stem)
        assert ended.code in (0, 4), ended
        assert "both switches are as before" in ended.out
        assert bodies(lab) == before
        assert is_clear(lab)
        assert run("push", "new.yaml", *connect(lab, transport), *GO).code == 0


def _without_scheduler(text: str) -> str:
    """What was kept has the scheduler, which the push had switched on before."""
    return text.replace("feature scheduler\n", "")
