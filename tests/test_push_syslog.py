"""``--syslog``: a copy of each line of a journal, which no push waits for or stops for."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from mlagkit.push.journal import hash_of, read
from mlagkit.push.syslog import LENGTH, Address, Syslog, parse_address
from tests.command import Run
from tests.push_lab import GO, connect, emulated

TOO_LONG = "x" * 5000


@contextmanager
def listening(place: str) -> Iterator[tuple[socket.socket, str]]:
    """Where a syslog could be, on loopback or behind a socket, with the word for ``--syslog`` that leads to it."""
    family = socket.AF_UNIX if place else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as server:
        server.bind(place or ("127.0.0.1", 0))
        server.settimeout(60)
        yield server, place or f"127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def syslogd(place: str) -> Iterator[tuple[list[str], str]]:
    """A syslog that takes whatever comes, with what it has heard once it has ended."""
    found: list[str] = []
    with listening(place) as (server, address), ThreadPoolExecutor(1) as pool:
        ended = pool.submit(lambda: found.extend(iter(lambda: server.recv(65536).decode("utf-8"), "")))
        yield found, address
        with socket.socket(server.family, socket.SOCK_DGRAM) as last:
            last.sendto(b"", server.getsockname())
        ended.result()


@pytest.mark.parametrize("place", ["", "log"], ids=["udp", "socket"])
def test_a_push_is_copied(place: str, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line comes as it stands in the journal, behind its seal, by which the journal is judged later."""
    monkeypatch.setattr("mlagkit.push.syslog._WAIT", 60.0)  # this machine may be busy
    with emulated(home) as lab, syslogd(str(home / place) if place else "") as (messages, address):
        approve = approved(run, words := connect(lab, "nxapi"))
        ended = run("push", "new.yaml", "--approve", approve, *GO, "--syslog", address, *words)
        assert (ended.code, ended.err) == (0, ""), ended.err
    path = next(path for path in (home / "state/mlagkit/runs").glob("*.jsonl") if path.with_suffix("").is_dir())
    lines = path.read_text("utf-8").splitlines()
    said = [f"<14>mlagkit {path.stem} {number} sha256:{hash_of(line)} {line}" for number, line in enumerate(lines, 1)]
    assert [message for message in messages if path.stem in message] == [line[:LENGTH] for line in said]
    Path("messages").write_text("\n".join(messages), "utf-8")
    assert run("audit", "verify", path.stem, "--before", "messages").code == 0
    path.write_text("\n".join(lines[:-1]) + "\n", "utf-8")
    assert run("audit", "verify", path.stem, "--before", "messages").code == 1


def approved(run: Run, words: list[str]) -> str:
    """The hash of the plan that is to be pushed."""
    refused = run("push", "new.yaml", "--approve", "0" * 8, *GO, *words)
    match = re.search(r"has the hash (\w{12})", refused.err)
    assert match, refused.err
    return match[1]


@pytest.mark.parametrize("address", ["127.0.0.1:9", "/nowhere/log", "syslog.invalid"])
def test_a_push_goes_on_without(address: str, run: Run, home: Path) -> None:
    """A syslog that is not there stops nothing, and what was lost is said."""
    with emulated(home) as lab:
        approve = approved(run, words := connect(lab, "nxapi"))
        ended = run("push", "new.yaml", "--approve", approve, *GO, "--syslog", address, *words)
    assert ended.code == 0, ended.err
    assert re.fullmatch(r"mlagkit: \d+ lines of the journal could not be copied to syslog at .*: .+\n", ended.err)
    assert "done: both switches are as planned" in ended.out
    path = next(path for path in (home / "state/mlagkit/runs").glob("*.jsonl") if path.with_suffix("").is_dir())
    assert read(path).lines[-1]["result"] == "done"


def test_a_syslog_that_stands_still(tmp_path: Path) -> None:
    """What it does not take at once is lost: in a process of its own, which would be killed if it waited."""
    with listening(str(tmp_path / "log")) as (_, address):
        code = (
            "import sys\nfrom mlagkit.push.syslog import Syslog, parse_address\n"
            "syslog = Syslog(parse_address(sys.argv[1]))\n"
            "for number in range(5000): syslog('x' * 2000)\nprint(syslog.lost > 0, syslog.why != '')\n"
        )
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
        done = subprocess.run(
            [sys.executable, "-c", code, address],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    assert done.stdout == "True True\n"


def test_a_syslog_that_comes_back(tmp_path: Path) -> None:
    """After a restart of syslog the next line is copied again."""
    place = str(tmp_path / "log")
    syslog = Syslog(parse_address(place))
    with syslogd(place) as (messages, _):
        syslog("mlagkit one")
    assert messages == ["<14>mlagkit one"]
    syslog("mlagkit two")
    os.unlink(place)
    with syslogd(place) as (messages, _):
        syslog("mlagkit three")
    assert messages == ["<14>mlagkit three"]
    assert (syslog.lost, syslog.why) == (1, "Connection refused")
    syslog.close()


def test_long_lines_are_cut(tmp_path: Path) -> None:
    """A message is never longer than a receiver must take; what stands in front is whole."""
    with syslogd(str(tmp_path / "log")) as (messages, address):
        syslog = Syslog(parse_address(address))
        syslog(f"mlagkit run 1 {TOO_LONG}")
        syslog.close()
    (message,) = messages
    assert (len(message), message[:17], syslog.lost) == (LENGTH, "<14>mlagkit run 1", 0)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("/dev/log", Address("/dev/log")),
        ("log.example.net", Address("log.example.net", 514)),
        ("192.0.2.9:1514", Address("192.0.2.9", 1514)),
        ("[2001:db8::9]:1514", Address("2001:db8::9", 1514)),
        ("[2001:db8::9]", Address("2001:db8::9", 514)),
    ],
)
def test_address(text: str, address: Address) -> None:
    """A host, with a port or without, or a socket."""
    assert parse_address(text) == address


@pytest.mark.parametrize("text", ["", ":514", "log:port", "log:70000", "me@log", "udp://log", "log/x", "dev/log"])
def test_no_address(text: str, run: Run, home: Path) -> None:
    """Whatever else it may be is a usage error, before anything is done."""
    ended = run("push", "new.yaml", "--approve", "0" * 8, "--syslog", text)
    assert ended.code == 2
    assert "Traceback" not in ended.err
    with pytest.raises(ValueError, match=r"expected HOST|ort"):
        parse_address(text)
