"""The journal of a push: whole, in order, and telling when somebody touched it."""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

import pytest

from mlagkit.errors import InputError
from mlagkit.push.journal import Journal, Line, Notes, read

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def write(path: Path, count: int = 4) -> None:
    """A journal of so many lines."""
    with Journal(path, lambda: NOW, lambda text: text.replace("s3cr3t", "***")) as journal:
        for number in range(count):
            journal.note("send", switch="sw-a", command=f"vlan {number}")


def test_lines_follow_each_other(tmp_path: Path) -> None:
    """What was noted is read again, in its order, each line with its number and time."""
    write(tmp_path / "run.jsonl")
    lines = read(tmp_path / "run.jsonl").lines
    assert [line["command"] for line in lines] == ["vlan 0", "vlan 1", "vlan 2", "vlan 3"]
    assert [line["number"] for line in lines] == [1, 2, 3, 4]
    assert {line["time"] for line in lines} == {"2026-01-02T03:04:05.000+00:00"}


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    """A journal tells what a network looks like; the umask has no say."""
    before = os.umask(0)
    try:
        write(tmp_path / "runs/run.jsonl")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "runs/run.jsonl").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "runs").stat().st_mode) == 0o700


def test_secrets_never_enter(tmp_path: Path) -> None:
    """A line is masked before it is written."""
    with Journal(tmp_path / "run.jsonl", lambda: NOW, lambda text: text.replace("s3cr3t", "***")) as journal:
        journal.note("send", switch="sw-a", command="snmp-server community s3cr3t")
    assert "s3cr3t" not in (tmp_path / "run.jsonl").read_text()


def test_a_journal_is_taken_up_again(tmp_path: Path) -> None:
    """A second controller goes on where the first one stopped."""
    write(tmp_path / "run.jsonl", 2)
    write(tmp_path / "run.jsonl", 2)
    assert [line["number"] for line in read(tmp_path / "run.jsonl").lines] == [1, 2, 3, 4]


def test_every_cut_leaves_whole_lines(tmp_path: Path) -> None:
    """A controller that dies while it writes loses the line that it wrote, no other, and the journal goes on."""
    write(tmp_path / "run.jsonl", 2)
    whole = (tmp_path / "run.jsonl").read_bytes()
    first = whole.index(b"\n") + 1
    for cut in range(len(whole)):
        path = tmp_path / "cut.jsonl"
        path.write_bytes(whole[:cut])
        assert len(read(path).lines) == (cut >= first)
        write(path, 1)
        assert len(read(path).lines) == (cut >= first) + 1


TAMPERINGS: dict[str, Callable[[list[str]], list[str]]] = {
    "a line is changed": lambda lines: [lines[0].replace("vlan 0", "vlan 9"), *lines[1:]],
    "a line is left out": lambda lines: [lines[0], *lines[2:]],
    "the first line is left out": lambda lines: lines[1:],
    "two lines change places": lambda lines: [lines[1], lines[0], *lines[2:]],
    "a line is put in": lambda lines: [lines[0], lines[0], *lines[1:]],
    "a line is no JSON": lambda lines: [lines[0], "{", *lines[1:]],
    "a line is no object": lambda lines: [lines[0], "[]", *lines[1:]],
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_tampering_is_seen(tmp_path: Path, tampering: str) -> None:
    """Whatever is done to a line but the last shows."""
    path = tmp_path / "run.jsonl"
    write(path)
    lines = path.read_text().splitlines()
    path.write_text("\n".join(TAMPERINGS[tampering](lines)) + "\n")
    with pytest.raises(InputError, match="was changed"):
        read(path)
    with pytest.raises(InputError, match="was changed"):
        write(path)


def test_a_full_disk_stops(tmp_path: Path) -> None:
    """A line that can't be written raises, so that nothing is sent for it."""
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    with Journal(tmp_path / "run.jsonl", lambda: NOW, str) as journal:
        os.close(journal._handle)
        journal._handle = os.open("/dev/full", os.O_WRONLY)
        with pytest.raises(OSError, match="No space"):
            journal.note("send")


def test_what_can_not_be_written_is_told_without_secrets(tmp_path: Path) -> None:
    """On the way back a full disk stops nothing; who listens hears of the line, and of no secret in it."""
    heard: list[Line] = []
    with Journal(tmp_path / "run.jsonl", lambda: NOW, lambda text: text.replace("s3cr3t", "***")) as journal:
        notes = Notes(journal, heard.append, must=False)
        with mock.patch("os.write", side_effect=OSError(errno.ENOSPC, "No space")):
            notes("type", commands=["key-string 7 s3cr3t"])
    assert heard == [{"event": "type", "commands": ["key-string 7 ***"]}]
    assert notes.lost == "No space"


KILLED = """
import os, signal, sys
from datetime import datetime, timezone
from pathlib import Path
from mlagkit.push.journal import Journal
with Journal(Path(sys.argv[1]), lambda: datetime.now(timezone.utc), str) as journal:
    for number in range(int(sys.argv[2])):
        journal.note("send", command=str(number))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_controller_loses_nothing(tmp_path: Path) -> None:
    """What was noted before a SIGKILL is on the disk."""
    path = tmp_path / "run.jsonl"
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), "7"], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert [json.dumps(line["command"]) for line in read(path).lines] == [f'"{number}"' for number in range(7)]
