"""Pushes over the network: error lines over both transports, and nothing sent to the wrong switch."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mlagkit.nxos.lab import Faults, Lab
from mlagkit.nxos.reply import without_stamps
from tests.command import Run
from tests.push_lab import BEFORE, GO, Beginnings, Transport, changing, connect, emulated, listened

pytestmark = pytest.mark.interop
TRANSPORTS = ("nxapi", "ssh")


def bodies(lab: Lab) -> dict[str, str]:
    """What both run."""
    return {name: without_stamps(switch.running_config()) for name, switch in lab.switches.items()}


REFUSED = {
    "plan line": ("name www", "ERROR: VLAN with the same name exists"),
    "checkpoint": ("checkpoint mlagkit-", "% Permission denied for the role"),
    "scheduler": ("feature scheduler", "ERROR: Operation failed: internal error"),
    "unknown words": ("name www", "The switch has something to say that nobody knows."),
}


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("kind", REFUSED)
def test_refused(kind: str, transport: Transport, run: Run, home: Path) -> None:
    """A line that one switch refuses: exit 4, the words of the switch, and both as before."""
    line, text = REFUSED[kind]
    with emulated(home, faults={"dc1-b": Faults(refuse=Beginnings({line: text}))}) as lab:
        before = bodies(lab)
        ended = run("push", "new.yaml", *connect(lab, transport), *GO)
        assert (ended.code, text in ended.out) == (4, True), ended
        assert "both switches are as before" in ended.out
        assert bodies(lab) == before
        assert not any(switch.checkpoints for switch in lab.switches.values())


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_what_became_of_each_line(transport: Transport, run: Run, home: Path) -> None:
    """The journal has the same of both transports: which lines were taken, which was refused, which have no answer."""
    text = BEFORE.replace("10: web", "10: www").replace("  20: db\n", "  20: db\n  30: new\n")
    (home / "new.yaml").write_text(text, "utf-8")
    with emulated(home, faults={"dc1-b": Faults(refuse={"name www": "ERROR: VLAN with the same name exists"})}) as lab:
        ended = run("push", "new.yaml", *connect(lab, transport), *GO, "--format", "json")
    lines = [json.loads(line) for line in ended.out.splitlines()]
    announced = [line for line in lines if line["event"] == "type"]
    typed = [line for line in lines if line["event"] == "typed"]
    parts = ("taken", "refused", "behind", "unanswered")
    assert [[each for part in parts for each in line[part]] for line in typed] == [
        line["commands"] for line in announced
    ]
    (wrong,) = [line for line in typed if line["refused"]]
    assert wrong["switch"] == "dc1-b"
    assert [wrong[part] for part in parts] == [["vlan 10"], ["  name www"], [], ["vlan 30", "  name new"]]
    assert all(not line[part] for line in typed if line is not wrong for part in parts[1:])


@pytest.mark.parametrize("echo", ["early", "late"])
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_done(transport: Transport, echo: str, run: Run, home: Path) -> None:
    """A push, another one that has nothing to do and sends no line that changes anything, and the way back."""
    with emulated(home, echo=echo) as lab, pytest.MonkeyPatch.context() as patch:
        before = bodies(lab)
        ended = run("push", "new.yaml", *connect(lab, transport), *GO, "--format", "json")
        assert ended.code == 0, ended
        assert all("name www" in switch.startup_config() for switch in lab.switches.values())
        heard = listened(patch)
        assert run("push", "new.yaml", *connect(lab, transport), *GO).code == 0
        assert heard
        assert changing(heard) == []
        lines = [json.loads(line) for line in ended.out.splitlines()]
        name = next(line["run"] for line in lines if line["event"] == "begin")
        assert run("push", "--rollback", name).code == 0
        assert bodies(lab) == before


def test_out_of_service_and_back(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An isolation is pushed, then a plan as ever: other ports, legs, auto-recovery, and all is as intended."""
    uplink = "    Ethernet1/49: {address: 198.51.100.0/31}\n"
    (home / "dc1.yaml").write_text(BEFORE.replace("  dc1-a:\n    Eth", f"  dc1-a:\n{uplink}    Eth"), "utf-8")
    with emulated(home) as lab:
        before, ways = bodies(lab), connect(lab, "nxapi")
        for plan, words in (("out.json", ["--isolate", "dc1-a", "--allow", "outage"]), ("back.json", [])):
            assert run("plan", "dc1.yaml", "--device", *ways, *words, "--save", plan).code == 0
            heard = listened(monkeypatch)
            ended = run("push", "--plan", plan, *ways, *GO, *words[2:])
            assert ended.code == 0, ended
        assert bodies(lab) == before
        opened = [line for name, line in heard if name == "dc1-a" and line.startswith(("interface ", "vpc domain "))]
        assert opened == [
            *("interface Ethernet1/40", "interface Ethernet1/49"),
            *("interface port-channel11", "interface port-channel12", "vpc domain 1"),
        ]
        assert run("verify", "dc1.yaml", *ways).code == 0


def test_question(run: Run, home: Path) -> None:
    """A question that comes in spite of all is no answer: it is not waited for, and not answered."""
    text = "This may hurt somebody. Continue (y/n)? [n]"
    for transport in TRANSPORTS:
        with emulated(home, faults={"dc1-a": Faults(refuse={"name www": text})}) as lab:
            before = bodies(lab)
            ended = run("push", "new.yaml", *connect(lab, transport), *GO)  # type: ignore[arg-type]
            assert (ended.code, "Continue" in ended.out) == (4, True), ended
            assert bodies(lab) == before


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("kind", ["hostname", "swapped", "same", "domain", "serial", "stranger"])
def test_wrong_device(kind: str, transport: Transport, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused before the first command that could change anything, whatever is allowed (trust.md, P13)."""
    new = (home / "new.yaml").read_text("utf-8")
    if kind == "serial":
        proof = {"serial": "FOX12345678", "release": "10.3(5)", "time": "2026-11-27T10:00:00+00:00"}
        (home / "state/mlagkit").mkdir(parents=True)
        (home / "state/mlagkit/proofs.json").write_text(json.dumps({"dc1-b": proof}), "utf-8")
    if kind == "stranger":
        (home / "dc1.yaml").write_text(BEFORE.replace("dc1", "dc9"), "utf-8")
    with emulated(home) as lab:
        if kind == "hostname":
            lab.switches["dc1-b"].execute(["hostname dc9-x"])
            lab.switches["dc1-b"].chassis.save()
        if kind == "domain":
            (home / "new.yaml").write_text(new.replace("id: 1 ", "id: 20 "), "utf-8")
            assert (home / "new.yaml").read_text("utf-8") != new
        ways = connect(lab, transport, swapped=kind == "swapped", same=kind == "same")
        ways = [word.replace("dc9", "dc1") for word in ways]
        heard = listened(monkeypatch)
        everything = [word for name in ("unproven-timer", "unhealthy-pair", "outage") for word in ("--allow", name)]
        ended = run("push", "new.yaml", *ways, *everything)
        assert ended.code in (3, 4), ended
        assert heard
        assert changing(heard) == []
        named = {"serial": "FOX12345678", "domain": "domain-id-change", "hostname": "dc9-x", "stranger": "dc9-"}
        assert named.get(kind, "swapped") in ended.err


@pytest.mark.parametrize("change", ["id: 10", "other id on one switch"])
def test_saved_plan_on_another_domain(change: str, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan that was made for a pair with another domain id is not for what runs now."""
    with emulated(home) as lab:
        ways = connect(lab, "nxapi")
        assert run("plan", "new.yaml", "--device", *ways, "--save", "plan.json").code == 0
        for name, switch in lab.switches.items():
            if change == "id: 10" or name == "dc1-b":
                switch.execute(["vpc domain 20"])
                switch.chassis.save()
        heard = listened(monkeypatch)
        ended = run("push", "--plan", "plan.json", *ways, *GO, "--allow", "unhealthy-pair")
        assert (ended.code, "plan again" in ended.err) == (4, True), ended
        assert changing(heard) == []
