"""A change that can be taken back, as real clients make it: napalm and netmiko over loopback, on both transports."""

from __future__ import annotations

import contextlib
import http.client
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal

import netmiko
import pytest
from napalm import get_network_driver
from napalm.base import NetworkDriver
from napalm.base.exceptions import MergeConfigException, ReplaceConfigException

from mlagkit.errors import InputError
from mlagkit.nxos.lab import Faults, Lab, LabClock, LabSwitch, RollbackFault
from tests.lab_logins import NOW, START
from tests.test_lab_clients import PASSWORD, call, napalm_to, netmiko_to, post

pytestmark = [pytest.mark.interop, pytest.mark.filterwarnings("default")]  # the drivers' own warnings are not ours

DRIVERS = ["nxos", "nxos_ssh"]
MERGE = "vlan 30\n  name db\ninterface Ethernet1/1\n  description merged\n"


def lab_of(
    clock: LabClock | None = None, faults: Mapping[str, Faults] | None = None, echo: Literal["early", "late"] = "early"
) -> Lab:
    """A pair with the account of the other tests and a clock of its own."""
    starts = {name: START.replace("leaf-101", name) for name in ("leaf-101", "leaf-102")}
    return Lab(starts, password=PASSWORD, clock=clock or LabClock(NOW), faults=faults, echo=echo)


def body(text: str) -> str:
    """A configuration without the header, in which the times stand."""
    return text[text.index("\nversion") :]


def opened(switch: LabSwitch, driver: str) -> NetworkDriver:
    """An open napalm device."""
    device = napalm_to(switch, driver)
    device.open()
    return device


@pytest.fixture
def device(request: pytest.FixtureRequest) -> Iterator[tuple[LabSwitch, NetworkDriver]]:
    """An open device of each driver."""
    with lab_of() as lab:
        switch = lab.switches["leaf-101"]
        device = opened(switch, request.param)
        yield switch, device
        device.close()


@pytest.mark.parametrize("device", DRIVERS, indirect=True)
def test_napalm_merge_and_rollback(device: tuple[LabSwitch, NetworkDriver]) -> None:
    """The driver's own cycle (device-side 1.2): merge, compare, commit with its checkpoint and its save, roll back."""
    switch, driver = device
    before = body(switch.running_config())
    driver.load_merge_candidate(config=MERGE)
    assert "description merged" in driver.compare_config()
    driver.commit_config()
    assert "  description merged\n" in switch.running_config()
    assert "  description merged\n" in switch.startup_config()
    assert list(switch.files) == ["rollback_config.txt"]
    driver.rollback()
    assert body(switch.running_config()) == before
    assert body(switch.startup_config()) == before


@pytest.mark.parametrize("driver", DRIVERS)
def test_napalm_replace(driver: str, tmp_path: Path) -> None:
    """Its replacement: the file by SCP, its patch, its rollback to the file, back again, and the clean-up.

    The NX-API driver sends the file to port 22, whatever port it was told.
    """
    starts, address = {"leaf-101": START}, "127.78.2.1"
    with contextlib.ExitStack() as stack:
        lab = Lab(starts, password=PASSWORD, clock=LabClock(NOW), addresses={"leaf-101": address}, ports="default")
        try:
            switch = stack.enter_context(lab).switches["leaf-101"]
        except InputError:
            pytest.skip("no right to open ports below 1024")
        device = get_network_driver(driver)(address, "admin", PASSWORD, timeout=10)
        device.open()
        stack.callback(device.close)
        before = body(switch.running_config())
        checkpoint = str(getattr(device, "_get_checkpoint_file")())  # noqa: B009  # what its documentation starts from
        candidate = tmp_path / "candidate.cfg"
        candidate.write_text(checkpoint.replace("description host", "description replaced"), "utf-8")
        device.load_replace_candidate(filename=str(candidate))
        assert device.compare_config().splitlines() == ["interface Ethernet1/1", "  description replaced", "  exit"]
        device.commit_config()
        assert "  description replaced\n" in switch.running_config()
        device.rollback()
        assert body(switch.running_config()) == before
        device.load_replace_candidate(filename=str(candidate))
        device.discard_config()
        assert sorted(switch.files) == ["rollback_config.txt", "sot_file"]


@pytest.mark.parametrize("echo", ["early", "late"])
def test_napalm_reads_a_rollback_that_comes_bit_by_bit(echo: Literal["early", "late"]) -> None:
    """The trap of device-side 1.5.2: napalm stops reading at the `#` of the switch's own line.

    Where the terminal echoes late it then throws away what came before the next echo, and calls a rollback that
    worked a failure.
    """
    line = "rollback running-config file rollback_config.txt"
    with lab_of(echo=echo, faults={"leaf-101": Faults(trickle={line: 0.3})}) as lab:
        switch = lab.switches["leaf-101"]
        before = body(switch.running_config())
        device = opened(switch, "nxos_ssh")
        device.load_merge_candidate(config=MERGE)
        device.commit_config()
        assert "description merged" in switch.running_config()
        with contextlib.nullcontext() if echo == "early" else pytest.raises(ReplaceConfigException):
            device.rollback()
        assert body(switch.running_config()) == before
        device.close()


def test_napalm_does_not_see_a_failed_rollback() -> None:
    """The trap of device-side 1.5.1: napalm reports success for a rollback that failed, and saves what was left."""
    with lab_of(faults={"leaf-101": Faults(rollback=RollbackFault.TEXT)}) as lab:
        switch = lab.switches["leaf-101"]
        device = opened(switch, "nxos")
        device.load_merge_candidate(config=MERGE)
        device.commit_config()
        device.rollback()
        assert "description merged" in switch.startup_config()
        device.close()


@pytest.mark.parametrize("driver", DRIVERS)
def test_napalm_rolls_a_refused_merge_back(driver: str) -> None:
    """A line that the switch does not know makes napalm roll the whole merge back."""
    with lab_of() as lab:
        switch = lab.switches["leaf-101"]
        before = body(switch.running_config())
        device = opened(switch, driver)
        device.load_merge_candidate(config=f"{MERGE}role priority 5\n")
        with pytest.raises(MergeConfigException):
            device.commit_config()
        assert body(switch.running_config()) == before
        device.close()


@pytest.mark.parametrize("echo", ["early", "late"])
def test_netmiko_cycle(echo: Literal["early", "late"]) -> None:
    """Checkpoint, change, patch, rollback, clean-up over SSH."""
    with lab_of(echo=echo) as lab, netmiko_to(lab.switches["leaf-101"]) as session:
        switch = lab.switches["leaf-101"]
        before = body(switch.running_config())
        session.send_command("terminal dont-ask")
        assert "Done" in session.send_command("checkpoint mlagkit-1 description a run")
        session.send_config_set(MERGE.splitlines())
        patch = session.send_command("show diff rollback-patch checkpoint mlagkit-1 running-config")
        assert "  description merged\n  exit" in patch
        said = session.send_command("rollback running-config checkpoint mlagkit-1", expect_string=r"leaf-101#")
        assert "Rollback completed successfully." in said
        assert body(switch.running_config()) == before
        session.send_command("no checkpoint mlagkit-1")
        assert switch.checkpoints == ()


def test_netmiko_answers_a_question() -> None:
    """Without ``terminal dont-ask`` a deletion waits for its answer."""
    with lab_of() as lab, netmiko_to(lab.switches["leaf-101"]) as session:
        session.send_command("checkpoint file old")
        assert "(yes/no/abort)" in session.send_command("delete old", expect_string=r"\[y\]")
        session.send_command("y", expect_string=r"#")
        assert lab.switches["leaf-101"].files == {}


def test_netmiko_puts_a_file(tmp_path: Path) -> None:
    """Netmiko's file transfer finds the room, sends the file, and compares its sum; without the feature it can't."""
    text = "interface Ethernet1/1\n  description ümlaut\n"
    source = tmp_path / "x.cfg"
    source.write_text(text, "utf-8")

    def put(session: netmiko.BaseConnection) -> dict[str, bool]:
        return dict(netmiko.file_transfer(session, str(source), "x.cfg", file_system="bootflash:", overwrite_file=True))

    with lab_of() as lab:
        switch = lab.switches["leaf-101"]
        with netmiko_to(switch) as session:
            assert put(session) == {"file_exists": True, "file_transferred": True, "file_verified": True}
            assert switch.files == {"x.cfg": text}
            assert put(session)["file_transferred"] is False
            source.write_text(text * 2, "utf-8")
            switch.execute(["no feature scp-server"])
            with pytest.raises(Exception, match=r"."):  # the library has no type of its own for it
                put(session)
        assert switch.files == {"x.cfg": text}


@pytest.mark.skipif(shutil.which("scp") is None, reason="no scp client here")
@pytest.mark.parametrize(
    ("target", "room", "kept"), [("bootflash:", None, "x.cfg"), ("bootflash:y", None, "y"), ("z", 10, "")]
)
def test_scp_client(tmp_path: Path, target: str, room: int | None, kept: str) -> None:
    """The scp client puts a file under its own name or another one, and is told where it does not fit."""
    source, ask = tmp_path / "x.cfg", tmp_path / "ask"
    source.write_text("hostname x\n" * 5000, "utf-8")
    ask.write_text(f"#!/bin/sh\necho {PASSWORD}\n")
    ask.chmod(0o700)
    with lab_of(faults={"leaf-101": Faults(space=room)}) as lab:
        switch = lab.switches["leaf-101"]
        host, port = switch.ssh
        (tmp_path / "known_hosts").write_text(f"[{host}]:{port} {switch.host_key}\n")
        options = ["-O", "-F", "none", "-P", str(port), "-o", f"UserKnownHostsFile={tmp_path / 'known_hosts'}"]
        done = subprocess.run(
            ["scp", *options, str(source), f"admin@{host}:{target}"],
            env={
                "SSH_ASKPASS": str(ask),
                "SSH_ASKPASS_REQUIRE": "force",
                "PATH": "/usr/bin:/bin",
                "HOME": str(tmp_path),
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        assert (done.returncode == 0) == bool(kept), done.stderr
        assert list(switch.files) == ([kept] if kept else [])


def ssh_lines(switch: LabSwitch, *lines: str) -> str:
    """Commands over SSH, as one set."""
    with netmiko_to(switch) as session:
        return str(session.send_config_set(list(lines)))


def nxapi_lines(switch: LabSwitch, *lines: str) -> str:
    """Commands in one NX-API request."""
    status, answers = post(switch, [call(line, number) for number, line in enumerate(lines)])
    assert status == 200, answers
    return str(answers)


@pytest.mark.parametrize("type_lines", [ssh_lines, nxapi_lines], ids=["ssh", "nxapi"])
def test_scheduled_rollback_without_any_client(type_lines: Callable[..., str]) -> None:
    """Armed over either transport, a rollback fires by the clock alone, and on one switch of the pair only."""
    clock = LabClock(NOW)
    with lab_of(clock) as lab:
        switch, other = lab.switches.values()
        before = body(switch.running_config())
        type_lines(
            switch,
            *("checkpoint mlagkit-1", "scheduler job name revert", "rollback running-config checkpoint mlagkit-1"),
            *("end-job", "scheduler schedule name revert", "job name revert", "time start 05:20", *MERGE.splitlines()),
        )
        type_lines(other, *MERGE.splitlines())
        assert "vlan 1,10,20,30" in switch.running_config()
        clock.advance(833)
        until = time.monotonic() + 5
        while not switch.chassis.log and time.monotonic() < until:  # nothing here asks the switch for anything
            time.sleep(0.02)
        assert [text for _, text in switch.log] == ["scheduler: revert ran revert: success"]
        assert body(switch.running_config()) == before
        assert "vlan 1,10,20,30" in other.running_config()


def test_disarmed_over_nxapi() -> None:
    """A timer that was cancelled in time does nothing; the log that the switch keeps says what ran."""
    clock = LabClock(NOW)
    with lab_of(clock) as lab:
        switch = lab.switches["leaf-101"]
        arm = ["checkpoint a", "scheduler job name r", "rollback running-config checkpoint a", "end-job"]
        nxapi_lines(switch, *arm, "scheduler schedule name r", "job name r", "time start 05:20", "vlan 30")
        assert "Run once on" in nxapi_lines(switch, "show scheduler schedule name r", "show clock")
        nxapi_lines(switch, "no scheduler schedule name r", "no scheduler job name r")
        clock.advance(3600)
        assert "vlan 1,10,20,30" in switch.running_config()
        assert switch.log == ()


def test_nxapi_cycle() -> None:
    """The commands that act on the whole switch over NX-API; a question without dont-ask ends the request."""
    with lab_of() as lab:
        switch = lab.switches["leaf-101"]
        before = body(switch.running_config())
        quiet = [call("terminal dont-ask", 1)]
        assert post(switch, [*quiet, call("checkpoint a", 2), call("copy running-config bootflash:f", 3)])[0] == 200
        assert post(switch, [call("vlan 30"), call("name db")])[0] == 200
        status, answer = post(switch, call("configure replace bootflash:f", method="cli_ascii"))
        assert (status, "proceed?" in answer["error"]["data"]["msg"]) == (500, True)
        assert post(switch, [*quiet, call("configure replace bootflash:f commit-timeout 60", 2)])[0] == 200
        assert body(switch.running_config()) == before
        assert post(switch, call("configure replace commit"))[0] == 200
        status, answer = post(switch, call("rollback running-config checkpoint b"))
        assert status == 500
        assert "ERROR" in answer["error"]["data"]["msg"]
        _, answer = post(switch, call("show checkpoint summary", method="cli_ascii"))
        assert answer["result"]["msg"].startswith("User Checkpoint Summary")


@pytest.mark.parametrize("transport", ["ssh", "nxapi", "lab"])
def test_reload_drops_everybody(transport: str) -> None:
    """A restart drops the clients of that switch and of no other; it takes new ones, and runs what was saved."""
    with lab_of() as lab:
        switch, other = lab.switches.values()
        saved = body(switch.running_config())
        with netmiko_to(other) as kept:
            session = netmiko_to(switch)
            session.send_config_set(["vlan 30"])
            if transport == "ssh":
                session.send_command("terminal dont-ask")
                with pytest.raises((OSError, EOFError, netmiko.NetmikoBaseException)):
                    session.send_command("reload", read_timeout=2)
            elif transport == "nxapi":
                with pytest.raises((http.client.HTTPException, OSError)):
                    post(switch, [call("terminal dont-ask", 1), call("reload", 2)])
            else:
                switch.reload()
            with pytest.raises((OSError, EOFError, netmiko.NetmikoBaseException)):
                session.send_command("show clock", read_timeout=2)
            session.disconnect()
            assert "UTC" in kept.send_command("show clock")
        assert body(switch.running_config()) == saved
        with netmiko_to(switch) as again:
            assert "leaf-101" in again.send_command("show hostname")


@pytest.mark.parametrize("when", ["drop", "cut"])
def test_connection_lost_around_a_rollback(when: str) -> None:
    """A connection can be lost before a command is carried out, or after it: the client cannot tell, the switch can."""
    line = "rollback running-config checkpoint a"
    fault = Faults(drop=frozenset({line})) if when == "drop" else Faults(cut={line: 0})
    with lab_of(faults={"leaf-101": fault, "leaf-102": fault}) as lab:
        by_ssh, by_nxapi = lab.switches.values()
        for switch in lab.switches.values():
            nxapi_lines(switch, "checkpoint a", "vlan 30")
        session = netmiko_to(by_ssh)
        with pytest.raises((OSError, EOFError, netmiko.NetmikoBaseException)):
            session.send_command(line, read_timeout=2)
        session.disconnect()
        with pytest.raises((http.client.HTTPException, OSError)):
            post(by_nxapi, call(line))
        for switch in lab.switches.values():
            assert ("vlan 1,10,20,30" in switch.running_config()) == (when == "drop")


def test_lost_claim() -> None:
    """A slow command whose connection drops keeps nobody out afterwards."""
    line = "rollback running-config checkpoint a"
    with lab_of(faults={"leaf-101": Faults(slow={line: 0.2}, drop=frozenset({line}))}) as lab:
        switch = lab.switches["leaf-101"]
        with pytest.raises((http.client.HTTPException, OSError)):
            post(switch, call(line))
        assert post(switch, call("checkpoint b"))[0] == 200


def test_slow_rollback_keeps_the_others_out() -> None:
    """While one client's rollback takes its time, another one's checkpoint is refused, and reading still works."""
    line = "rollback running-config checkpoint a"
    with lab_of(faults={"leaf-101": Faults(slow={line: 2})}) as lab:
        switch = lab.switches["leaf-101"]
        nxapi_lines(switch, "checkpoint a", "vlan 30")
        with netmiko_to(switch) as session:
            session.write_channel(f"{line}\n")
            until = time.monotonic() + 5
            while switch.chassis.busy is None and time.monotonic() < until:
                time.sleep(0.01)
            status, answer = post(switch, call("checkpoint b"))
            assert (status, "another user" in answer["error"]["data"]["msg"]) == (500, True)
            assert post(switch, call("show clock", method="cli_ascii"))[0] == 200
            assert "completed" in session.read_until_pattern(r"completed successfully", read_timeout=10)
        assert post(switch, call("checkpoint b"))[0] == 200
