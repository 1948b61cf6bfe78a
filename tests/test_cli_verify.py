"""`mlagkit verify` against the emulated pair, over NX-API and SSH."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from mlagkit.emulate import how_to_reach, lab_of
from mlagkit.intent import load_pair
from mlagkit.nxos.lab import Lab
from mlagkit.nxos.lab.answer import Answer
from mlagkit.nxos.lab.shell import Shell
from mlagkit.nxos.reply import Show, ShowLeg
from mlagkit.starter import starter
from mlagkit.values import InterfaceName
from tests.command import Ended, Run
from tests.homes import settle
from tests.report_forms import VERIFY

pytestmark = pytest.mark.interop


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory with a pair file, and a home in which nothing is trusted yet."""
    monkeypatch.chdir(tmp_path)
    settle(tmp_path, monkeypatch)
    (tmp_path / "dc1.yaml").write_text(starter("dc1"), "utf-8")
    return tmp_path


class Time:
    """A clock for the lab and for whoever waits: it moves only where somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds

    def of_day(self) -> datetime:
        """The time of day on the switches."""
        return datetime(2026, 11, 23, tzinfo=UTC) + timedelta(seconds=self.seconds)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """The time that the command and the lab go by."""
    time = Time()
    monkeypatch.setattr("mlagkit.cli.verify.CLOCK", (lambda: time.seconds, time.sleep))
    return time


@pytest.fixture
def lab(folder: Path, run: Run, time: Time) -> Iterator[Lab]:
    """Both switches, doing what the pair file says, and trusted."""
    with lab_of(load_pair(folder / "dc1.yaml"), clock=time.of_day) as switches:
        for line in how_to_reach(switches, "dc1.yaml").splitlines():
            words = shlex.split(line)
            if words[1] == "trust":
                assert run(*words[1:]).code == 0
        yield switches


Verify = Callable[..., Ended]


@pytest.fixture
def verify(run: Run, lab: Lab) -> Verify:
    """`mlagkit verify` over NX-API, without waiting."""
    return lambda *args: run("verify", "dc1.yaml", *lab.connect_options("nxapi"), "--wait", "0", *args)


def document(ended: Ended) -> dict[str, Any]:
    """The JSON that a run printed, which has the form of the contract."""
    found = json.loads(ended.out)
    Draft7Validator(VERIFY).validate(found)
    assert isinstance(found, dict)
    return found


def failing(ended: Ended) -> set[tuple[str | None, str]]:
    """What is not ok, by switch and object."""
    (pair,) = document(ended)["pairs"]
    return {(check["switch"], check["object"]) for check in pair["checks"] if check["result"] == "not ok"}


@pytest.mark.parametrize("transport", ["nxapi", "ssh"])
def test_as_intended(transport: str, run: Run, lab: Lab) -> None:
    """Over both transports a pair that does what it was told is as intended, to the last check."""
    ended = run("verify", "dc1.yaml", *lab.connect_options("ssh" if transport == "ssh" else "nxapi"))
    assert ended.code == 0
    assert ended.out.startswith("dc1: as intended\n")
    assert ended.out.endswith("51 checks: 51 ok, 0 not ok, 0 not known\n")


@pytest.mark.parametrize("transport", ["nxapi", "ssh"])
def test_faults(transport: str, run: Run, lab: Lab) -> None:
    """Over both transports faults of all kinds are found, and the exit code is 1."""
    lab.happen("vpc 11 down on dc1-a")
    lab.switches["dc1-b"].execute(["interface port-channel1", "switchport trunk allowed vlan 10"])
    options = lab.connect_options("ssh" if transport == "ssh" else "nxapi")
    ended = run("verify", "dc1.yaml", *options, "--wait", "0", "--format", "json")
    assert ended.code == 1
    assert failing(ended) == {
        ("dc1-a", "vPC 11 port-channel11"),
        *((name, "VLANs of peer-link port-channel1") for name in ("dc1-a", "dc1-b")),
        *((name, "VLANs of vPC 12 port-channel12") for name in ("dc1-a", "dc1-b")),
        ("dc1-b", "VLANs of vPC 11 port-channel11"),
        ("dc1-b", "running-config"),
        ("dc1-b", "startup-config"),
    }


@pytest.mark.parametrize("transport", ["nxapi", "ssh"])
def test_asks_closer(transport: str, run: Run, lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the vPC with which something is wrong is asked for by itself, once on each switch; all is from the list."""
    sent: list[str] = []
    feed = Shell.feed

    def noted(shell: Shell, line: str) -> Answer:
        sent.append(line)
        return feed(shell, line)

    monkeypatch.setattr(Shell, "feed", noted)
    options = lab.connect_options("ssh" if transport == "ssh" else "nxapi")
    lab.switches["dc1-b"].execute(["interface port-channel11", "mtu 9216"])
    ended = run("verify", "dc1.yaml", *options, "--wait", "0", "--format", "json")
    leg = ShowLeg(InterfaceName("port-channel11"))
    assert {(name, f"parameters of vPC 11 {leg.port}") for name in ("dc1-a", "dc1-b")} <= failing(ended)
    assert sent.count(leg) == 2
    shown = {line for line in sent if line.startswith("show ")}
    assert shown <= {*Show, leg}
    assert Show.VPC_CONSISTENCY_VLANS in shown


def test_same_bytes(verify: Verify) -> None:
    """The same state gives the same bytes."""
    assert verify("--format", "json").out == verify("--format", "json").out


def test_waits_for_delay_restore(run: Run, lab: Lab, time: Time) -> None:
    """By default it is waited as long as delay restore may take, and no longer than it does take."""
    lab.happen("peer-link down")
    lab.happen("peer-link up")
    assert run("verify", "dc1.yaml", *lab.connect_options()).code == 0
    assert 150 <= time.seconds <= 160


def test_wait_is_limited(run: Run, lab: Lab, time: Time) -> None:
    """With --wait it is waited that long at most; what does not come is told."""
    lab.happen("peer-link down")
    ended = run("verify", "dc1.yaml", *lab.connect_options(), "--wait", "20")
    assert (ended.code, time.seconds) == (1, 20)


def test_progress(run: Run, lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal one line says what is waited for, and goes away; elsewhere there is none."""
    lab.happen("vpc 11 down on dc1-a")
    options = [*lab.connect_options(), "--wait", "10"]
    assert run("verify", "dc1.yaml", *options).err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    err = run("verify", "dc1.yaml", *options).err
    assert err.startswith("\rwaiting up to 10 s for vPC 11 port-channel11 on dc1-a")
    assert err.endswith(" \r")
    assert "\n" not in err


def test_before_and_after(verify: Verify, lab: Lab, folder: Path) -> None:
    """What was amiss in the saved state is a note; what got worse since makes the exit code 1."""
    lab.happen("vpc 11 down on dc1-a")
    assert verify("--save", "before.json").code == 1
    assert (folder / "before.json").stat().st_mode & 0o777 == 0o600
    same = verify("--before", "before.json")
    assert same.code == 0
    assert "note      dc1-a: vPC 11 port-channel11: down, expected up" in same.out
    assert "it was no better before" in same.out
    lab.happen("keepalive down")
    ended = verify("--before", "before.json", "--format", "json")
    assert ended.code == 1
    (pair,) = document(ended)["pairs"]
    assert {check["object"] for check in pair["checks"] if check["worse"]} == {"peer-keepalive"}
    assert verify("--before", "before.json").out.endswith("; 2 worse than before\n")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "mlagkit.state/1", "pairs": {}}', "[" * 10_000])
def test_no_saved_state(text: str, verify: Verify, folder: Path) -> None:
    """A file that is no saved state of this pair is an input error that names it."""
    (folder / "before.json").write_text(text, "utf-8")
    ended = verify("--before", "before.json")
    assert ended.code == 2
    assert "before.json" in ended.out + ended.err
    assert "VE01" in ended.out + ended.err


def test_file_that_is_not_there(verify: Verify) -> None:
    """Nothing is read from the switches for a state that can't be compared with."""
    assert verify("--before", "nothing.json").code == 2


def test_one_switch_is_away(run: Run, lab: Lab) -> None:
    """What could be read is still shown, and the exit code says that one is missing."""
    first = lab.switches["dc1-a"]
    connect = ["--connect", f"dc1-a=nxapi:{first.nxapi[0]}:{first.nxapi[1]}", "--connect", "dc1-b=nxapi:127.0.0.1:1"]
    ended = run("verify", "dc1.yaml", *connect, "--wait", "0")
    assert ended.code == 3
    assert ended.out.startswith("dc1: not known whether as intended\nnot read  dc1-b: 127.0.0.1:1 refused")
    assert "; 1 switch not read" in ended.out


def test_unknown_identity(run: Run, folder: Path, lab: Lab) -> None:
    """Nothing is asked of a stranger."""
    for path in sorted((folder / "config").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    ended = run("verify", "dc1.yaml", *lab.connect_options(), "--wait", "0")
    assert ended.code == 3
    assert ended.out.count("not read") == 3


def test_one_switch_is_shown(verify: Verify, lab: Lab) -> None:
    """--switch narrows what is shown and what counts; both are looked at all the same."""
    lab.switches["dc1-b"].execute(["interface port-channel11", "description by hand"])
    ended = verify("--switch", "dc1-a")
    assert ended.code == 0
    assert "dc1-b:" not in ended.out
    assert verify("--switch", "dc1-b").code == 1


def test_the_pair_of_one_switch_is_shown(verify: Verify, folder: Path) -> None:
    """Of several pairs --switch shows the one that has the switch."""
    (folder / "dc2.yaml").write_text(starter("dc2"), "utf-8")
    nobody = [word for name in ("dc2-a", "dc2-b") for word in ("--connect", f"{name}=nxapi:127.0.0.1:1")]
    ended = verify("dc2.yaml", *nobody, "--switch", "dc1-a", "--format", "json")
    assert [row["pair"] for row in document(ended)["pairs"]] == ["dc1"]


def test_every_check(verify: Verify) -> None:
    """With -v every check has a line, with what was seen."""
    out = verify("-v").out
    assert "ok        dc1-a and dc1-b: VLANs of vPC 11 port-channel11: 10,20\n" in out
    assert "ok        roles: dc1-a primary, dc1-b secondary\n" in out


@pytest.mark.parametrize("transport", ["nxapi", "ssh"])
def test_no_vpc(transport: str, run: Run, lab: Lab) -> None:
    """A switch without the feature is not as intended; that it refuses the commands is no error of the run."""
    lab.switches["dc1-b"].execute(["no feature vpc"])
    options = lab.connect_options("ssh" if transport == "ssh" else "nxapi")
    ended = run("verify", "dc1.yaml", *options, "--wait", "0", "--format", "json")
    assert ended.code == 1
    assert ("dc1-b", "vPC domain") in failing(ended)


def test_answer_that_is_not_understood(run: Run, folder: Path, time: Time) -> None:
    """What is said of vPC in another form ends with 2; of orphan ports, with a check that is not known."""
    from mlagkit.nxos.lab import Faults

    with lab_of(load_pair(folder / "dc1.yaml"), clock=time.of_day) as lab:
        (folder / "ca.pem").write_text("".join(switch.certificate for switch in lab.switches.values()), "utf-8")
        options = ["verify", "dc1.yaml", *lab.connect_options("nxapi"), "--wait", "0", "--ca-file", "ca.pem"]
        # The fault is known by the command as it is named, `show` and one word.
        lab.switches["dc1-a"].chassis.faults = Faults(noise={"show port-channel summary": "what is this"})
        ended = run(*options)
        assert (ended.code, "not known dc1-a: ports of peer-link port-channel1" in ended.out) == (0, True)
        lab.switches["dc1-a"].chassis.faults = Faults(noise={"show vpc": "what is this"})
        ended = run(*options)
        assert ended.code == 2
        assert "not read  dc1-a: the answer to 'show vpc' is not of a form that mlagkit knows" in " ".join(
            ended.out.split()
        ).replace("not read dc1-a", "not read  dc1-a")


def test_two_pairs(run: Run, lab: Lab, folder: Path) -> None:
    """Several pairs are verified in one run; each has its own result."""
    lab.happen("keepalive down")
    other = starter("dc2").replace("  id: 1 ", "  id: 2 ")
    (folder / "dc2.yaml").write_text(other, "utf-8")
    with lab_of(load_pair(folder / "dc2.yaml")) as second:
        certificates = [switch.certificate for each in (lab, second) for switch in each.switches.values()]
        (folder / "ca.pem").write_text("".join(certificates), "utf-8")
        connect = [*lab.connect_options("nxapi"), *second.connect_options("nxapi"), "--ca-file", "ca.pem"]
        ended = run("verify", "dc1.yaml", "dc2.yaml", *connect, "--wait", "0", "--format", "json")
    assert ended.code == 1
    assert [(pair["pair"], pair["result"]) for pair in document(ended)["pairs"]] == [("dc1", "not ok"), ("dc2", "ok")]


def test_events_of_the_lab(lab: Lab, verify: Verify) -> None:
    """What is no event is refused, and has no effect."""
    for words in ("peer-link explodes", "", "vpc 0 down on dc1-a"):
        with pytest.raises(ValueError, match=r"is no event|can't happen to"):
            lab.happen(words)
    assert verify().code == 0


def test_no_secret_is_shown(verify: Verify, lab: Lab) -> None:
    """A secret that differs is counted, and shown nowhere, also not in the saved state."""
    lab.switches["dc1-a"].execute(["snmp-server community hunter2-secret ro"])
    ended = verify("--format", "json", "-v", "--save", "state.json")
    shown = ended.out + ended.err + Path("state.json").read_text("utf-8")
    assert "hunter2-secret" not in shown
