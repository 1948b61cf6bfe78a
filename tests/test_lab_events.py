"""Events told to a running lab: at its prompt, over HTTP, and what they do to its switches as devices."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import netmiko
import paramiko
import pytest

from mlagkit.drill import Kind
from mlagkit.emulate import lab_of
from mlagkit.intent import load_pair
from mlagkit.nxos.lab import Lab, LabClock, LabSwitch
from mlagkit.nxos.lab.live import Power
from mlagkit.rehearsal import Listener, Rehearsal
from mlagkit.starter import starter
from mlagkit.state import VpcState
from tests.test_lab_clients import call, post

ROOT = Path(__file__).parent.parent
START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
EVENTS = {
    Kind.VPC: "vpc 11 down on dc1-a",
    Kind.LINK: "link down dc1-a Ethernet1/1",
    Kind.SVI: "svi 10 down dc1-a",
    Kind.TYPE_1_VPC: "type-1 mismatch vpc 11",
}
"""Events whose objects the pair of `mlagkit init` has; of the others the switch is enough."""


@pytest.fixture
def clock() -> LabClock:
    """A clock that stands until it is advanced."""
    return LabClock(START)


@pytest.fixture
def lab(tmp_path: Path, clock: LabClock) -> Iterator[Lab]:
    """The pair of `mlagkit init dc1`, which is left without a thread; those of clients end when they find it gone."""
    (tmp_path / "dc1.yaml").write_text(starter("dc1"), "utf-8")
    before = set(threading.enumerate())
    with lab_of(load_pair(tmp_path / "dc1.yaml"), clock=clock) as lab:
        yield lab
    for thread in set(threading.enumerate()) - before:
        if isinstance(thread, paramiko.Transport):
            thread.join(10)
    assert set(threading.enumerate()) <= before


@pytest.fixture
def rehearsal(lab: Lab, clock: LabClock) -> Rehearsal:
    """What is said to it."""
    return Rehearsal(lab, clock)


@pytest.fixture
def listener(rehearsal: Rehearsal) -> Iterator[Listener]:
    """The same over HTTP."""
    with Listener(rehearsal, "127.0.0.1").serving() as listener:
        yield listener


def ssh(switch: LabSwitch) -> netmiko.BaseConnection:
    """A login over SSH."""
    host, port = switch.ssh
    return netmiko.ConnectHandler(device_type="cisco_nxos", host=host, port=port, username="admin", password="admin")


def nxapi(switch: LabSwitch, line: str, timeout: float = 5) -> str:
    """What a command prints over NX-API."""
    _, answer = post(switch, call(line, method="cli_ascii"), "admin", timeout)
    return str(answer["result"]["msg"])


def words_of(kind: Kind) -> str:
    """An event of that kind."""
    return EVENTS.get(kind, kind.value.format(switch="dc1-a", interface="", number=""))


@pytest.mark.parametrize("kind", Kind)
def test_every_kind(kind: Kind, lab: Lab) -> None:
    """Whatever the drill knows happens, once; its return brings back what was lost, but for roles, which are sticky."""
    words = words_of(kind) if kind is not Kind.PEER_LINK_MEMBER else f"{kind.value.split('{')[0]}{_member(lab)}"
    happened = lab.happen(words)
    assert happened[0] == words
    if kind in (Kind.ROLE_PREEMPT, Kind.RELOAD):
        return
    with pytest.raises(ValueError, match=r"already|does not run"):
        lab.happen(words)
    back = f"{words} up" if kind is not Kind.POWER_OFF else "power-on dc1-a"
    lab.happen(back)
    assert [switch.power for switch in lab.switches.values()] == [Power.ON, Power.ON]
    with pytest.raises(ValueError, match=r"not lost|runs already"):
        lab.happen(back)


def _member(lab: Lab) -> object:
    """A port of the peer-link."""
    state = lab.states()["dc1-a"]
    assert isinstance(state.vpc, VpcState)
    (link,) = state.vpc.peer_links
    return next(each.members[0].port for each in state.port_channels or () if each.port == link.port)


def test_show_vpc_follows(lab: Lab) -> None:
    """Clients that stay logged in see the event, over SSH and over NX-API."""
    one, other = lab.switches.values()
    session = ssh(other)
    assert "peer adjacency formed ok" in session.send_command("show vpc")
    lab.happen("peer-link down")
    assert "peer link is down" in session.send_command("show vpc")
    assert "peer link is down" in nxapi(one, "show vpc brief")
    lab.happen("peer-link up")
    assert "s left" in session.send_command("show vpc")
    session.disconnect()


@pytest.mark.parametrize(
    ("event", "leg", "peer_link"),
    [
        ("", "connected", "connected"),
        ("peer-link down", "suspndByV", "noOperMem"),
        ("vpc 11 down on dc1-b", "noOperMem", "connected"),
        ("reload dc1-b", "suspndByV", "connected"),
    ],
)
def test_ports_follow(event: str, leg: str, peer_link: str, lab: Lab) -> None:
    """`show interface status` says of port-channels what `show vpc` says of their vPCs, however it is abbreviated."""
    if event:
        lab.happen(event)
    shown = nxapi(lab.switches["dc1-b"], "sh int status").splitlines()
    rows = {words[0]: words for words in map(str.split, shown) if words}
    assert leg in rows["Po11"]
    assert peer_link in rows["Po1"]
    assert "Po11" in nxapi(lab.switches["dc1-b"], "sh port-ch sum")
    assert "vPC domain id" in nxapi(lab.switches["dc1-b"], "sh vpc br")


def test_power_off(lab: Lab) -> None:
    """A switch without power drops its clients and takes no others; what was not saved is gone when it is back."""
    switch = lab.switches["dc1-a"]
    session = ssh(switch)
    session.send_config_set(["hostname forgotten"])
    lab.happen("power-off dc1-a")
    assert _is_dropped(session)
    for place in (switch.ssh, switch.nxapi, switch.nxapi_http):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(place, timeout=5)
    assert "peer link is down" in nxapi(lab.switches["dc1-b"], "show vpc")
    lab.happen("power-on dc1-a")
    assert ssh(switch).find_prompt() == "dc1-a#"
    assert "dc1-a" in nxapi(switch, "show hostname")


def _is_dropped(session: netmiko.BaseConnection) -> bool:
    until = time.monotonic() + 10
    while session.is_alive() and time.monotonic() < until:
        time.sleep(0.05)
    return not session.is_alive()


def test_hang(lab: Lab) -> None:
    """A switch that hangs takes connections and says nothing, to old clients and new ones, until it is restarted."""
    switch = lab.switches["dc1-a"]
    session = ssh(switch)
    lab.happen("hang dc1-a")
    session.write_channel("show clock\n")
    time.sleep(0.3)
    assert session.read_channel() == ""
    for place in (switch.ssh, switch.nxapi, switch.nxapi_http):
        with socket.create_connection(place, timeout=5) as silent:
            silent.settimeout(0.2)
            with pytest.raises(TimeoutError):
                silent.recv(1)
    with pytest.raises(TimeoutError):
        nxapi(switch, "show clock", timeout=0.3)
    lab.happen("power-on dc1-a")
    assert _is_dropped(session)
    assert "12:00:00" in nxapi(switch, "show clock")


def test_reload(lab: Lab) -> None:
    """A restart is a loss and a return at once: clients are dropped, what was not saved is gone, legs wait."""
    switch = lab.switches["dc1-b"]
    session = ssh(switch)
    switch.execute(["hostname forgotten"])
    assert lab.happen("reload dc1-b") == ("reload dc1-b", "power-on dc1-b")
    assert _is_dropped(session)
    assert ssh(switch).find_prompt() == "dc1-b#"
    assert "s left" in nxapi(switch, "show vpc")
    lab.happen("keepalive down")
    assert "s left" in nxapi(switch, "show vpc")  # what happens meanwhile does not end the delay


def test_timers_rest_without_power(lab: Lab, clock: LabClock) -> None:
    """What is off or hangs does nothing by itself, and does not make up for it."""
    switch = lab.switches["dc1-a"]
    switch.execute(
        [
            *("feature scheduler", "scheduler job name j", "hostname late", "exit"),
            *("scheduler schedule name s", "job name j", "time start 12:01"),
        ]
    )
    switch.chassis.save()
    lab.happen("hang dc1-a")
    clock.advance(300)
    lab.look()
    assert switch.chassis.store.hostname == "dc1-a"
    lab.happen("power-on dc1-a")
    lab.look()
    assert switch.chassis.store.hostname == "dc1-a"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("peerlink down", "did you mean `peer-link down`"),
        ("power-off dc1-c", "did you mean `power-off dc1-"),
        ("power-on dc1-a", "it runs already"),
        ("peer-link up", "that is not lost; what is: nothing"),
        ("stat", "did you mean `state`"),
        ("clock +0", "no number of seconds"),
        ("clock +86401", "no number of seconds"),
        ("clock -5", "no number of seconds"),
    ],
)
def test_strange_words(said: str, meant: str, rehearsal: Rehearsal) -> None:
    """What means nothing changes nothing, and what was probably meant is named."""
    with pytest.raises(ValueError, match=meant):
        rehearsal.say(said)
    assert rehearsal.events() == {"events": []}
    assert rehearsal.time() == {"time": "2026-11-23T12:00:00+00:00"}


def test_words(rehearsal: Rehearsal, lab: Lab) -> None:
    """The commands of the prompt, and the timers that fire when the clock is advanced."""
    assert rehearsal.say("events") == "nothing has happened\n"
    assert "peer-link member down <interface>" in rehearsal.say("help")
    assert rehearsal.say("power-off dc1-b") == "power-off dc1-b\n"
    one, other = rehearsal.say("state").splitlines()[1:]
    assert one.split() == ["dc1-a", "on", "primary", "down", "dead", "2", "of", "2"]
    assert other.split() == ["dc1-b", "off", "-", "-", "-", "-"]
    assert rehearsal.say("events") == "12:00:00  power-off dc1-b\n"
    rehearsal.say("power-on dc1-b")
    assert [line.partition("  ")[2] for line in rehearsal.say("events").splitlines()] == [
        "power-off dc1-b",
        "power-on dc1-b",
    ]
    assert "of delay restore left" in rehearsal.say("state")
    assert rehearsal.say("clock +600") == "2026-11-23 12:10:00\n"
    assert "left" not in rehearsal.say("state")
    assert rehearsal.say("clock") == "2026-11-23 12:10:00\n"
    assert "restarted" in lab.switches["dc1-b"].log[-1][1]


def ask(listener: Listener, method: str, path: str, body: str | bytes | None = None, **headers: str) -> tuple[int, Any]:
    """One request with the token, less what is given otherwise."""
    host, _, port = listener.place.partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=5)
    given = {"authorization": f"Bearer {listener.token}"} | headers
    try:
        connection.request(method, path, body, given)
        reply = connection.getresponse()
        text = reply.read()
        return reply.status, json.loads(text) if text.startswith(b"{") else None
    finally:
        connection.close()


def test_http(listener: Listener) -> None:
    """Events are told, and what they led to is read."""
    assert ask(listener, "POST", "/events", "peer-link down") == (200, {"happened": ["peer-link down"]})
    status, state = ask(listener, "GET", "/state")
    assert (status, state["switches"]["dc1-b"]["vpc"]["legs"]) == (200, {"11": "down", "12": "down"})
    assert ask(listener, "POST", "/clock", "+60") == (200, {"time": "2026-11-23T12:01:00+00:00", "did": []})
    assert ask(listener, "GET", "/clock") == (200, {"time": "2026-11-23T12:01:00+00:00"})
    assert ask(listener, "GET", "/events") == (
        200,
        {"events": [{"time": "2026-11-23T12:00:00+00:00", "words": "peer-link down"}]},
    )
    status, error = ask(listener, "POST", "/events", "peerlink up")
    assert (status, "did you mean `peer-link up`" in error["error"]) == (422, True)


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (401, {"authorization": ""}),
        (401, {"authorization": "Bearer wrong"}),
        (401, {"authorization": "Basic YWRtaW46YWRtaW4="}),
        (403, {"host": "evil.example"}),
        (403, {"host": "localhost"}),
        (403, {"origin": "http://evil.example"}),
        (411, {"content-length": "many"}),
        (411, {"transfer-encoding": "chunked"}),
        (413, {"content-length": "1025"}),
        (413, {"content-length": "9" * 400}),
    ],
)
def test_http_refuses(status: int, headers: dict[str, str], listener: Listener) -> None:
    """Another host or origin, no token, a body without a length or of too many bytes: nothing happens."""
    assert ask(listener, "POST", "/events", "peer-link down", **headers)[0] == status
    assert ask(listener, "GET", "/events") == (200, {"events": []})


def test_http_body_that_is_no_text(listener: Listener) -> None:
    """Bytes that are no UTF-8 are no event."""
    status, error = ask(listener, "POST", "/events", b"peer-link d\xf6wn")
    assert (status, error) == (400, {"error": "the body is no UTF-8"})


def test_http_paths(listener: Listener) -> None:
    """What is not there is said, and a browser's question before a request of another origin is not answered."""
    assert ask(listener, "GET", "/")[0] == 404
    assert ask(listener, "POST", "/state", "x")[0] == 405
    assert ask(listener, "OPTIONS", "/events")[0] == 501


def start(folder: Path, **streams: Any) -> subprocess.Popen[str]:  # noqa: ANN401  # what Popen takes
    """`mlagkit lab` in a process of its own."""
    (folder / "dc1.yaml").write_text(starter("dc1"), "utf-8")
    command = [sys.executable, "-m", "mlagkit", "lab", "dc1.yaml"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **streams
    )


def test_piped(tmp_path: Path) -> None:
    """What is piped in happens, strange words are answered, and `quit` ends the lab."""
    with start(tmp_path, stdin=subprocess.PIPE) as process:
        out, err = process.communicate("peer-link down\nexplode\n\nstate\nquit\n", timeout=60)
    assert (process.returncode, err) == (0, "running until Ctrl-C\n")
    assert out.splitlines()[8] == "peer-link down"
    assert "'explode' is no event" in out
    assert "secondary" in out.splitlines()[-1]


def test_end_of_a_pipe(tmp_path: Path) -> None:
    """Where nothing more is piped in, as from /dev/null, the lab runs on until it is told to end."""
    with start(tmp_path, stdin=subprocess.DEVNULL) as process:
        assert process.stderr is not None
        process.stderr.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def test_terminal(tmp_path: Path) -> None:
    """On a terminal there is a prompt, and Ctrl-D ends the lab."""
    mine, its = os.openpty()
    with start(tmp_path, stdin=its) as process:
        assert process.stderr is not None
        process.stderr.readline()
        os.write(mine, b"keepalive down\n\x04")
        out, _ = process.communicate(timeout=30)
    os.close(mine)
    os.close(its)
    assert process.returncode == 0
    assert "lab> keepalive down\nlab> " in out
