"""How a run ends when something is wrong with mlagkit, its pipe or its patience."""

from __future__ import annotations

import errno
import os
import re
import shlex
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import mlagkit
import mlagkit.cli.schema
from mlagkit.cli.trouble import redacted
from mlagkit.errors import DeviceError, Refused, Unfinished
from tests.command import Run

ROOT = Path(__file__).parent.parent


def breaking(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let ``mlagkit schema`` meet that error."""

    def meet(folder: str) -> Path:
        password = "hunter2-in-a-variable"  # noqa: F841  # a local must not reach the report
        raise error

    monkeypatch.setattr(mlagkit.cli.schema, "shipped", meet)


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (DeviceError("leaf-101", "it hung up", "try again"), 3, "mlagkit: leaf-101: it hung up; try again"),
        (Refused("no \x1b[2J"), 4, r"mlagkit: no \x1b[2J"),
        (Unfinished("half"), 5, "mlagkit: half"),
        (KeyboardInterrupt(), 130, "stopped"),
        (BrokenPipeError(), 141, ""),
        (OSError(errno.ENOSPC, "No space"), 2, "Error: the result can't be written: No space"),
    ],
)
def test_codes(error: BaseException, code: int, said: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each kind of error has its exit code and one line."""
    monkeypatch.setattr(os, "dup2", lambda *_: None)  # a closed pipe is replaced; this process still needs its own
    breaking(monkeypatch, error)
    ended = run("schema")
    assert (ended.code, ended.err.strip()) == (code, said)


def test_internal_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug ends with 70 and a private report that holds a traceback and no secret."""
    monkeypatch.setenv("MLAGKIT_PASSWORD", "correct-horse")
    breaking(monkeypatch, LookupError("with correct-horse and\n  key-string 7 abcdef"))
    ended = run("schema")
    assert ended.code == 70
    assert "Traceback" not in ended.out + ended.err
    found = re.search(r"is in (\S+)", ended.err)
    assert found is not None
    path = Path(found[1])
    text = path.read_text("utf-8")
    mode = stat.S_IMODE(path.stat().st_mode)
    path.unlink()
    assert mode == 0o600
    assert "LookupError" in text
    assert "Traceback" in text
    for secret in ("correct-horse", "hunter2", "abcdef"):
        assert secret not in text + ended.err


def test_redacted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Values of variables that sound like secrets are masked, short ones and others are not."""
    monkeypatch.setenv("SOME_TOKEN", "t0k3n-value")
    monkeypatch.setenv("TINY_SECRET", "ab")
    monkeypatch.setenv("PLAIN_WORD", "open-word")
    assert redacted("ab t0k3n-value open-word") == "ab <secret> open-word"


def test_closed_pipe(tmp_path: Path) -> None:
    """A reader that goes away early ends the command in silence."""
    command = [sys.executable, "-m", "mlagkit", "schema"]
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        ended = subprocess.run(command, cwd=ROOT, stdout=pipe, stderr=subprocess.PIPE, check=False)
    assert (ended.returncode, ended.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("words", [("--version",), ("schema",)])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_full_disk(words: tuple[str, ...], unbuffered: str) -> None:
    """Whether the output is long or short, buffered or not: one line says that it can't be written."""
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "mlagkit", *words],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
        )
    said = b"Error: the result can't be written: No space left on device\n"
    assert (ended.returncode, ended.stderr) == (2, said)


def test_closed_stdout() -> None:
    """Where the shell has closed stdout, the exit code is still that of the command."""
    ended = subprocess.run(
        ["/bin/sh", "-c", f"{shlex.quote(sys.executable)} -m mlagkit schema >&-"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.parametrize(("library", "extra"), [("paramiko", "device"), ("asyncssh", "lab")])
def test_demo_without_an_extra(library: str, extra: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo says what it needs before it begins."""
    monkeypatch.setattr("mlagkit.cli.demo.find_spec", lambda name: None if name == library else object())
    ended = run("demo")
    assert (ended.code, ended.out, f"mlagkit[{extra}]" in ended.err) == (2, "", True)


@pytest.mark.parametrize(("library", "extra"), [("netmiko", "device"), ("asyncssh", "lab")])
def test_missing_extra(library: str, extra: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an extra is not installed, its name is said and nothing is a bug."""
    breaking(monkeypatch, ModuleNotFoundError(f"No module named '{library}'", name=f"{library}.client"))
    ended = run("schema")
    assert (ended.code, f"mlagkit[{extra}]" in ended.err) == (2, True)


ENDING = """
import atexit, cProfile, os, sys, threading, time
from mlagkit.cli import process

def work():
    time.sleep(0.3)
    print("worked")

class Left:
    def __del__(self):
        os.write(1, b"taken apart\\n")

left = Left()
atexit.register(print, "registered")
kind = sys.argv.pop(1)
if kind == "thread":
    threading.Thread(target=work).start()
if kind == "profile":
    cProfile.Profile().enable()
process()
"""


@pytest.mark.parametrize(
    ("kind", "args", "code", "out"),
    [
        ("plain", ("--version",), 0, "mlagkit 0.1.0\nregistered\n"),
        ("plain", ("--no-such",), 2, "registered\n"),
        ("thread", ("--version",), 0, "mlagkit 0.1.0\nworked\nregistered\ntaken apart\n"),
        ("thread", ("--no-such",), 2, "worked\nregistered\ntaken apart\n"),
        ("profile", ("--version",), 0, "mlagkit 0.1.0\nregistered\ntaken apart\n"),
    ],
)
def test_end_of_a_process(kind: str, args: tuple[str, ...], code: int, out: str) -> None:
    """A process ends early, and yet with its code, all of its output, its threads and what was registered for it.

    Where somebody watches it, it ends in order, down to the last object.
    """
    command = [sys.executable, "-c", ENDING, kind, *args]
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=buffered)
    assert (ended.returncode, ended.stdout) == (code, out.replace("0.1.0", mlagkit.__version__))


@pytest.mark.parametrize("asked", ["gettrace", "getprofile", "PYTHONINSPECT"])
def test_watched(asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who watches a process, or wants a prompt behind it, is there when it ends."""
    for name in ("gettrace", "getprofile"):
        monkeypatch.setattr(sys, name, lambda: None)
    monkeypatch.delenv("PYTHONINSPECT", raising=False)
    assert not mlagkit.cli._is_watched()
    if asked.isupper():
        monkeypatch.setenv(asked, "1")
    else:
        monkeypatch.setattr(sys, asked, lambda: print)
    assert mlagkit.cli._is_watched()
