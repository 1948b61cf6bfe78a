"""The emulated pair as real clients see it: napalm, netmiko, ssh, HTTP; and what each fault looks like to them."""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any, Literal

import netmiko
import paramiko
import pytest
from napalm import get_network_driver
from napalm.base import NetworkDriver
from napalm.base.exceptions import ConnectionException

from mlagkit.errors import InputError
from mlagkit.nxos.lab import Faults, HttpFault, Lab, LabSwitch
from mlagkit.nxos.lab.lab import Ports

pytestmark = [pytest.mark.interop, pytest.mark.filterwarnings("default")]  # the drivers' own warnings are not ours

PASSWORD = "lab-secret"
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
START = """\
!Command: show running-config
version 10.3(5) Bios:version
hostname {name}
feature nxapi
feature lacp
feature vpc
ip domain-name example.net
vlan 1,10,20
vpc domain 10
  peer-switch
  role priority {role}

interface port-channel1
  switchport mode trunk
  spanning-tree port type network
  vpc peer-link

interface Ethernet1/1
  description peer
  switchport mode trunk
  channel-group 1 mode active

interface Ethernet1/2
  shutdown

interface mgmt0
  vrf member management
  ip address 192.0.2.1/24
"""
PAIR = {name: START.format(name=name, role=role) for name, role in (("leaf-101", 100), ("leaf-102", 200))}


def lab_of(
    configs: Mapping[str, str] = PAIR,
    *,
    echo: Literal["early", "late"] = "early",
    ports: Ports = "system",
    addresses: Mapping[str, str] | None = None,
    faults: Mapping[str, Faults] | None = None,
    host_keys: Mapping[str, str] | None = None,
) -> Lab:
    """A lab of the test's own account and clock."""
    return Lab(
        configs,
        password=PASSWORD,
        clock=lambda: NOW,
        echo=echo,
        ports=ports,
        addresses=addresses,
        faults=faults,
        host_keys=host_keys,
    )


@pytest.fixture(scope="module", params=["early", "late"])
def pair(request: pytest.FixtureRequest) -> Iterator[Lab]:
    """One pair for all tests that change nothing, once for each time at which a terminal may echo."""
    with lab_of(echo=request.param) as lab:
        yield lab


def netmiko_to(switch: LabSwitch, password: str = PASSWORD) -> netmiko.BaseConnection:
    """A netmiko session."""
    host, port = switch.ssh
    return netmiko.ConnectHandler(device_type="cisco_nxos", host=host, port=port, username="admin", password=password)


def napalm_to(switch: LabSwitch, driver: str, password: str = PASSWORD, transport: str = "https") -> NetworkDriver:
    """An unopened napalm device."""
    host, port = switch.ssh if driver == "nxos_ssh" else switch.nxapi if transport == "https" else switch.nxapi_http
    options = {"port": port} if driver == "nxos_ssh" else {"port": port, "transport": transport}
    return get_network_driver(driver)(host, "admin", password, timeout=5, optional_args=options)


def post(switch: LabSwitch, body: object, password: str = PASSWORD, timeout: float = 5) -> tuple[int, Any]:
    """One NX-API request without any driver: status and decoded answer."""
    connection = http.client.HTTPConnection(*switch.nxapi_http, timeout=timeout)
    token = base64.b64encode(f"admin:{password}".encode()).decode()
    try:
        connection.request("POST", "/ins", json.dumps(body), {"authorization": f"Basic {token}"})
        reply = connection.getresponse()
        text = reply.read()
        return reply.status, json.loads(text) if text else None
    finally:
        connection.close()


def call(line: str, number: int = 1, method: str = "cli") -> dict[str, Any]:
    """One object of an NX-API request."""
    return {"jsonrpc": "2.0", "method": method, "params": {"cmd": line, "version": 1.0}, "id": number}


@pytest.mark.parametrize(
    ("driver", "transport"),
    [("nxos", "https"), ("nxos", "http"), ("nxos_ssh", "ssh")],
    ids=["https", "http", "ssh"],
)
def test_napalm_reads(pair: Lab, driver: str, transport: str) -> None:
    """Both napalm drivers open, read facts and both configurations, and close."""
    switch = pair.switches["leaf-101"]
    device = napalm_to(switch, driver, transport=transport)
    device.open()
    try:
        assert device.is_alive() == {"is_alive": True}
        facts = device.get_facts()
        config = device.get_config()
    finally:
        device.close()
    assert facts["hostname"] == "leaf-101"
    assert facts["os_version"] == "10.3(5)"
    assert facts["model"] == "Nexus9000 C9300v Chassis"
    assert facts["fqdn"].startswith("leaf-101.example.net")
    channel, port = ("Port-channel1", "Management0") if driver == "nxos_ssh" else ("port-channel1", "mgmt0")
    assert facts["interface_list"] == [channel, "Ethernet1/1", "Ethernet1/2", port]  # spelled by napalm
    for kind in ("running", "startup"):  # napalm cuts lines off the header
        assert _below_header(config[kind]) == _below_header(switch.running_config())


def _below_header(text: str) -> str:
    return text[text.index("\nversion ") :].strip()


def test_netmiko_shows_and_configures() -> None:
    """Netmiko reads and sends lines, sees refusals as text, and finds the changed configuration afterwards."""
    echoes: tuple[Literal["early", "late"], ...] = ("early", "late")
    for echo in echoes:
        with lab_of(echo=echo) as lab, netmiko_to(lab.switches["leaf-102"]) as connection:
            assert str(connection.send_command("show hostname")).strip() == "leaf-102.example.net"
            assert str(connection.send_command("show mystery")).endswith("% Invalid command at '^' marker.")
            said = connection.send_config_set(
                ["vlan 30", "name db", "int po1", "sw tr al vl 10,30", "no peer-keepalive"]
            )
            assert said.count("% Invalid command at '^' marker.") == 1
            block = connection.send_command("show running-config interface Ethernet1/1")
            assert "  switchport trunk allowed vlan 10,30\n" in block
            assert "100%" in connection.save_config()
            assert "vlan 1,10,20,30" in lab.switches["leaf-102"].startup_config()
            assert "vlan 1,10,20\n" in lab.switches["leaf-101"].running_config()


def test_hostname_change_in_a_set() -> None:
    """A changed hostname is in the very next prompt."""
    with lab_of() as lab, netmiko_to(lab.switches["leaf-101"]) as connection:
        connection.send_config_set(["hostname leaf-999"])
        assert connection.find_prompt() == "leaf-999#"


def test_question() -> None:
    """peer-gateway asks before it is taken, unless the session said not to ask; no is the default."""
    with lab_of() as lab, netmiko_to(lab.switches["leaf-101"]) as connection:
        connection.config_mode()
        connection.send_command("vpc domain 10", expect_string=r"#")
        asked = connection.send_command("peer-gateway", expect_string=r"\[n\]")
        assert "may cause traffic loss" in asked
        connection.send_command("n", expect_string=r"#")
        assert "peer-gateway" not in lab.switches["leaf-101"].running_config()
        connection.send_command("peer-gateway", expect_string=r"\[n\]")
        connection.send_command("y", expect_string=r"#")
        assert "  peer-gateway\n" in lab.switches["leaf-101"].running_config()
        connection.exit_config_mode()
        connection.send_command("terminal dont-ask")
        connection.send_config_set(["vpc domain 10", "no peer-gateway"])
        assert "peer-gateway" not in lab.switches["leaf-101"].running_config()


def test_wrong_password(pair: Lab) -> None:
    """A wrong password is refused on both transports."""
    switch = pair.switches["leaf-101"]
    with pytest.raises(netmiko.NetmikoAuthenticationException):
        netmiko_to(switch, "wrong")
    with pytest.raises(ConnectionException):
        napalm_to(switch, "nxos", "wrong").open()
    assert post(switch, [call("show hostname")], "wrong") == (401, None)


def test_host_key_and_certificate(pair: Lab) -> None:
    """The switch shows the key and the certificate that the lab says it has, and they can be verified."""
    switch = pair.switches["leaf-101"]
    with socket.create_connection(switch.ssh, timeout=5) as plain:
        transport = paramiko.Transport(plain)
        transport.start_client(timeout=5)
        key = transport.get_remote_server_key()
        transport.close()
    assert switch.host_key.split()[:2] == [key.get_name(), key.get_base64()]
    context = ssl.create_default_context(cadata=switch.certificate)
    host, port = switch.nxapi
    with (
        socket.create_connection((host, port), timeout=5) as plain,
        context.wrap_socket(plain, server_hostname=host) as s,
    ):
        assert s.version()


def test_given_host_key() -> None:
    """A lab with a given host key shows that one, run after run."""
    import asyncssh

    key = asyncssh.generate_private_key("ssh-ed25519")
    text = key.export_private_key().decode()
    for _ in range(2):
        with lab_of({"leaf-101": ""}, host_keys={"leaf-101": text}) as lab:
            assert lab.switches["leaf-101"].host_key == key.export_public_key().decode().strip()


@pytest.mark.skipif(shutil.which("ssh") is None, reason="no ssh client here")
def test_ssh_client(pair: Lab, tmp_path: Path) -> None:
    """The ssh client runs one command and gets its output and no prompt."""
    switch = pair.switches["leaf-101"]
    host, port = switch.ssh
    known, ask = tmp_path / "known_hosts", tmp_path / "ask"
    known.write_text(f"[{host}]:{port} {switch.host_key}\n")
    ask.write_text(f"#!/bin/sh\necho {PASSWORD}\n")
    ask.chmod(0o700)
    options = ["-o", f"UserKnownHostsFile={known}", "-o", "StrictHostKeyChecking=yes", "-F", "none", "-p", str(port)]
    done = subprocess.run(
        ["ssh", *options, f"admin@{host}", "show running-config"],
        env={"SSH_ASKPASS": str(ask), "SSH_ASKPASS_REQUIRE": "force", "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.stdout == switch.running_config(), done.stderr


def test_nxapi_shapes(pair: Lab) -> None:
    """One call is answered by an object, several by a list, text with msg, structure with body."""
    switch = pair.switches["leaf-101"]
    assert post(switch, call("show hostname")) == (
        200,
        {"jsonrpc": "2.0", "result": {"body": {"hostname": "leaf-101.example.net"}}, "id": 1},
    )
    status, answers = post(switch, [call("show hostname", 1, "cli_ascii"), call("show version", 2)])
    assert (status, [answer["id"] for answer in answers]) == (200, [1, 2])
    assert answers[0]["result"] == {"msg": "leaf-101.example.net \n"}
    assert answers[1]["result"]["body"]["host_name"] == "leaf-101"
    assert post(switch, {"nonsense": 1})[0] == 500


def test_nxapi_configures_and_stops() -> None:
    """Lines of one request are carried out in order until one is refused, which is status 500 and an error object."""
    with lab_of() as lab:
        switch = lab.switches["leaf-101"]
        assert post(switch, [call("vlan 30", 1), call("  name db", 2)]) == (
            200,
            [{"jsonrpc": "2.0", "result": None, "id": 1}, {"jsonrpc": "2.0", "result": None, "id": 2}],
        )
        status, answers = post(switch, [call("vlan 31", 1), call("peer-switch", 2), call("vlan 32", 3)])
        error = {"code": -32602, "message": "Invalid params", "data": {"msg": "% Invalid command\n"}}
        assert status == 500
        assert answers[1:] == [{"jsonrpc": "2.0", "error": error, "id": 2}]
        assert "vlan 1,10,20,30-31\n" in switch.running_config()
        status, answers = post(switch, [call("vpc domain 10", 1), call("peer-gateway", 2)])
        assert "may cause traffic loss" in answers[1]["error"]["data"]["msg"]
        assert post(switch, [call("terminal dont-ask"), call("vpc domain 10"), call("peer-gateway")])[0] == 200


def test_nxapi_messages() -> None:
    """The older form of a request: a code for each command, structure or text as asked for, up to the first refusal."""

    def ask(kind: str, typed: str) -> object:
        message = {"version": "1.0", "type": kind, "chunk": "0", "sid": None, "input": typed, "output_format": "json"}
        status, answer = post(switch, {"ins_api": message})
        assert status == 200
        return answer["ins_api"]["outputs"]["output"]

    def codes(kind: str, typed: str) -> list[str]:
        answers = ask(kind, typed)
        assert isinstance(answers, list)
        return [answer["code"] for answer in answers]

    with lab_of() as lab:
        switch = lab.switches["leaf-101"]
        assert ask("cli_show", "show hostname") == {
            "input": "show hostname",
            "msg": "Success",
            "code": "200",
            "body": {"hostname": "leaf-101.example.net"},
        }
        assert codes("cli_show_ascii", "show hostname ;show running-config") == ["200", "200"]
        assert codes("cli_show", "show hostname ;show running-config ;show version") == ["200", "501"]
        assert ask("cli_show_ascii", "show mystery") == {
            "input": "show mystery",
            "msg": "Input CLI command error",
            "code": "400",
            "clierror": "% Invalid command\n",
        }
        assert codes("cli_conf", "vlan 30 ;name db ;vlan 5000 ;vlan 31") == ["200", "200", "400"]
        assert "vlan 1,10,20,30\n" in switch.running_config()
        assert post(switch, {"ins_api": {"type": "bash", "input": "id", "output_format": "json"}})[0] == 500


def test_given_up() -> None:
    """Ctrl-C throws away what was typed, and a question without carrying anything out."""
    with lab_of() as lab, netmiko_to(lab.switches["leaf-101"]) as connection:
        connection.write_channel("write erase\n")
        connection.read_until_pattern(r"\[n\] ")
        connection.write_channel("y\x03")
        connection.read_until_pattern(r"leaf-101# ")
        assert lab.switches["leaf-101"].startup_config()


@pytest.mark.parametrize("echo", ["early", "late"])
def test_two_returns_at_once(echo: Literal["early", "late"]) -> None:
    """Each prompt stands in a line of its own, as netmiko asks twice for one that is late (netmiko#3379)."""
    with lab_of(echo=echo) as lab, netmiko_to(lab.switches["leaf-101"]) as session:
        session.write_channel("\n\nshow hostname\n")
        said = session.read_until_pattern(r"example\.net *\s+leaf-101# $")
    assert [line.strip() for line in said.splitlines() if "leaf" in line][-1] == "leaf-101#"
    assert not any(line.count("leaf-101#") > 1 for line in said.splitlines())
    assert "\nleaf-101.example.net" in said


def test_two_pairs_in_one_process() -> None:
    """Two labs have addresses and configurations of their own."""
    others = {"leaf-201": "hostname leaf-201\n", "leaf-202": "hostname leaf-202\n"}
    with lab_of() as one, lab_of(others) as two:
        switches = [*one.switches.values(), *two.switches.values()]
        assert len({switch.ssh[0] for switch in switches}) == 4
        names = []
        for switch in switches:
            _, answer = post(switch, call("show hostname"))
            names.append(answer["result"]["body"]["hostname"].split(".")[0])
        assert names == ["leaf-101", "leaf-102", "leaf-201", "leaf-202"]
        assert one.connect_options("nxapi")[:2] == ["--connect", "leaf-101=nxapi:{}:{}".format(*switches[0].nxapi)]


def test_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a lab its threads have ended, its ports are closed and its addresses free again.

    The addresses are of a network that the labs of other tests, which may run meanwhile, do not take.
    """
    monkeypatch.setattr("mlagkit.nxos.lab.address.NETWORK", IPv4Address(f"127.79.{os.getpid() % 256}.0"))
    before = set(threading.enumerate())
    with lab_of() as lab:
        switch = lab.switches["leaf-101"]
        idle = socket.create_connection(switch.nxapi_http)
        talking = netmiko_to(switch)
        talking.send_command("show hostname")
    idle.close()
    for address in (switch.ssh, switch.nxapi, switch.nxapi_http):
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(address, timeout=1)
    assert talking.remote_conn_pre is not None
    talking.remote_conn_pre.close()  # its own disconnect waits ten seconds for a prompt
    left = [thread for thread in set(threading.enumerate()) - before if not isinstance(thread, paramiko.Transport)]
    assert left == []
    with lab_of() as again:
        assert again.switches["leaf-101"].ssh[0] == switch.ssh[0] == f"127.79.{os.getpid() % 256}.1"


def test_given_address_is_held() -> None:
    """A given address is used, and a second lab that wants the same ports of a switch is told so."""
    with lab_of({"a": ""}, addresses={"a": "127.78.1.1"}) as lab:
        assert lab.switches["a"].ssh[0] == "127.78.1.1"
    with contextlib.ExitStack() as stack:
        try:
            first = stack.enter_context(lab_of({"a": ""}, addresses={"a": "127.78.1.2"}, ports="default"))
        except InputError:
            pytest.skip("no right to open ports below 1024")
        assert first.switches["a"].ssh == ("127.78.1.2", 22)
        with pytest.raises(InputError, match="cannot listen"):
            stack.enter_context(lab_of({"a": ""}, addresses={"a": "127.78.1.2"}, ports="default"))


def test_console() -> None:
    """The lab types lines itself, and tells which the table did not know."""
    with lab_of() as lab:
        switch = lab.switches["leaf-101"]
        answers = switch.execute(
            ["interface Ethernet1/2", "no shutdown", "mystery", "exit", "vpc domain 10", "no peer-keepalive"]
        )
        assert [answer.ok for answer in answers] == [True, True, True, True, True, False]
        assert switch.unmodelled == ("mystery",)
        assert "!Running configuration last done at: Wed Mar  4 05:06:07 2026" in switch.running_config()


def faulty(faults: Faults) -> Lab:
    """A pair whose first switch has the faults."""
    return lab_of(faults={"leaf-101": faults})


SHOW = "show running-config"


def test_fault_slow() -> None:
    """A slow command answers late on both transports, and keeps nobody else waiting."""
    with faulty(Faults(slow={SHOW: 1.5})) as lab:
        slow, quick = lab.switches.values()
        started = time.monotonic()
        with pytest.raises(TimeoutError):
            post(slow, call(SHOW), timeout=0.3)
        assert post(quick, call(SHOW, method="cli_ascii"))[0] == 200
        with netmiko_to(slow) as session, pytest.raises(netmiko.ReadTimeout):
            session.send_command(SHOW, read_timeout=0.5)
        assert time.monotonic() - started < 8


def test_fault_cut() -> None:
    """A connection that drops in the middle of an answer is an error to the client, not a short answer."""
    with faulty(Faults(cut={SHOW: 200})) as lab:
        switch = lab.switches["leaf-101"]
        with pytest.raises(http.client.IncompleteRead):
            post(switch, call(SHOW, method="cli_ascii"))
        session = netmiko_to(switch)
        with pytest.raises((OSError, EOFError, netmiko.ReadTimeout, netmiko.NetmikoBaseException)):
            session.send_command(SHOW, read_timeout=1)
        session.disconnect()


@pytest.mark.parametrize("driver", ["nxos", "nxos_ssh"])
def test_fault_truncate(driver: str) -> None:
    """A truncated answer looks complete: only its end tells."""
    with faulty(Faults(truncate={SHOW: 12})) as lab:
        device = napalm_to(lab.switches["leaf-101"], driver)
        device.open()
        running = device.get_config(retrieve="running")["running"]
        device.close()
    assert running.strip().endswith("vlan 1,10,20")
    assert "mgmt0" not in running


def test_fault_noise() -> None:
    """A line that looks like the prompt ends netmiko's reading early, and stands inside NX-API's text."""
    with faulty(Faults(noise={SHOW: "leaf-101# "})) as lab:
        switch = lab.switches["leaf-101"]
        _, answer = post(switch, call(SHOW, method="cli_ascii"))
        assert "\nleaf-101# \n" in answer["result"]["msg"]
        with netmiko_to(switch) as session:
            assert "leaf-101#" in session.send_command(SHOW, strip_prompt=False)


def test_fault_between() -> None:
    """Somebody else's change between two reads shows in the second one."""
    with faulty(Faults(between=("vlan 77",))) as lab:
        switch = lab.switches["leaf-101"]
        reads = [post(switch, call(SHOW, method="cli_ascii"))[1]["result"]["msg"] for _ in range(2)]
    assert ["77" in read for read in reads] == [False, True]


def test_fault_refuse() -> None:
    """A line can be made to fail with any text."""
    with faulty(Faults(refuse={"vlan 40": "ERROR: no more VLANs"})) as lab:
        _, answer = post(lab.switches["leaf-101"], call("vlan 40"))
    assert answer["error"]["data"]["msg"] == "ERROR: no more VLANs\n"


@pytest.mark.parametrize(
    ("fault", "status"), [(HttpFault.UNAUTHORIZED, 401), (HttpFault.UNAVAILABLE, 503)], ids=["401", "503"]
)
def test_fault_http_status(fault: HttpFault, status: Literal[401, 503]) -> None:
    """NX-API can answer with a status instead of an answer, while SSH still works."""
    with faulty(Faults(http=fault)) as lab:
        connection = http.client.HTTPConnection(*lab.switches["leaf-101"].nxapi_http, timeout=5)
        connection.request("POST", "/ins", "[]")
        assert connection.getresponse().status == status
        connection.close()


def test_fault_http_hang() -> None:
    """A request that is never answered lasts as long as the client waits, and the lab still ends at once."""
    with faulty(Faults(http=HttpFault.HANG)) as lab:
        connection = http.client.HTTPConnection(*lab.switches["leaf-101"].nxapi_http, timeout=0.3)
        connection.request("POST", "/ins", "[]")
        with pytest.raises(TimeoutError):
            connection.getresponse()
        connection.close()
        started = time.monotonic()
    assert time.monotonic() - started < 3
