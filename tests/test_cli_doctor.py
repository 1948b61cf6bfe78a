"""`mlagkit doctor` against the emulated pair, over NX-API and SSH, with a clock that moves where somebody sleeps."""

from __future__ import annotations

import json
import os
import shlex
import stat
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from mlagkit.doctor import machine
from mlagkit.emulate import how_to_reach, lab_of
from mlagkit.intent import load_pair
from mlagkit.nxos.lab import Faults, Lab
from mlagkit.nxos.lab.faults import RollbackFault
from mlagkit.nxos.lab.shell import Shell
from mlagkit.starter import starter
from tests.command import Ended, Run
from tests.homes import settle
from tests.report_forms import DOCTOR

pytestmark = pytest.mark.interop

NAMES = ("dc1-a", "dc1-b")
CHANGE = ("  20: db\n", "  20: db\n  99: new\n")


class Time:
    """The time of day for the switches and for the command: it stands still but where somebody sleeps."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 12, 0, 10, tzinfo=UTC)
        self.ahead = timedelta()
        self.before: Callable[[], None] = lambda: None

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.before()
        self.now += timedelta(seconds=seconds)

    def here(self) -> datetime:
        """The time of the command."""
        return self.now

    def there(self) -> datetime:
        """The time of the switches."""
        return self.now + self.ahead


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """The time that the command and the lab go by."""
    time = Time()
    monkeypatch.setattr("mlagkit.cli.office.CLOCK", (time.here, time.sleep))
    return time


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run, time: Time) -> Iterator[Lab]:
    """Both switches, doing what the pair file says, and trusted, by somebody who has never pushed."""
    monkeypatch.chdir(tmp_path)
    settle(tmp_path, monkeypatch)
    (tmp_path / "dc1.yaml").write_text(starter("dc1"), "utf-8")
    with lab_of(load_pair(tmp_path / "dc1.yaml"), clock=time.there) as switches:
        for line in how_to_reach(switches, "dc1.yaml").splitlines():
            words = shlex.split(line)
            if words[1] == "trust":
                assert run(*words[1:]).code == 0
        yield switches


Doctor = Callable[..., Ended]


@pytest.fixture
def doctor(run: Run, lab: Lab) -> Doctor:
    """`mlagkit doctor` over NX-API."""
    return lambda *args: run("doctor", "dc1.yaml", *lab.connect_options("nxapi"), *args)


def document(ended: Ended) -> dict[str, Any]:
    """The JSON that a run printed, which has the form of the contract."""
    found = json.loads(ended.out)
    Draft7Validator(DOCTOR).validate(found)
    assert isinstance(found, dict)
    return found


def item(ended: Ended, switch: str, name: str) -> Mapping[str, str]:
    """One item of a switch, or of ``host``, or of the ``pair``."""
    found = document(ended)
    pair = found["pairs"][0]
    items = {"host": found["host"]["items"], "pair": pair["items"]}.get(switch) or pair["switches"][switch]["items"]
    (one,) = [each for each in items if each["name"] == name]
    return one  # type: ignore[no-any-return]


@pytest.mark.parametrize("transport", ["nxapi", "ssh"])
def test_never_proven(transport: str, run: Run, lab: Lab) -> None:
    """A pair that is well lacks nothing but the proof, over both transports; nothing was changed on it."""
    before = {name: switch.running_config() for name, switch in lab.switches.items()}
    options = lab.connect_options("ssh" if transport == "ssh" else "nxapi")
    ended = run("doctor", "dc1.yaml", *options)
    assert ended.code == 1
    assert ended.out.endswith("38 items: 36 ok, 2 not ok, 0 not known\n")
    assert ended.out.count("not ok    proof: nobody has seen it go back by itself") == 2
    assert {name: switch.running_config() for name, switch in lab.switches.items()} == before
    assert not Path("state/mlagkit/runs").exists()


def test_what_is_told(doctor: Doctor, lab: Lab) -> None:
    """Every item says what was seen, and no item says a password."""
    ended = doctor("--format", "json")
    found = document(ended)["pairs"][0]["switches"]["dc1-a"]
    assert (found["error"], found["level"]) == (None, "timer")
    seen = {each["name"]: each["seen"] for each in found["items"]}
    assert list(seen) == [
        *("credentials", "address", "identity", "login", "device", "role", "software", "reading", "clock"),
        *("checkpoints", "bootflash", "startup", "owners", "scheduler", "proof", "safety level"),
    ]
    assert seen["credentials"] == "admin, with a password"
    assert seen["identity"].endswith("which is pinned")
    assert lab.switches["dc1-a"].chassis.serial in seen["software"]
    assert "hunter" not in ended.out


def test_proof_and_push(doctor: Doctor, run: Run, lab: Lab) -> None:
    """A push is refused for want of a proof, and after one it is not; another serial number is refused again."""
    Path("dc1.yaml").write_text(starter("dc1").replace(*CHANGE), "utf-8")
    push = ("push", "dc1.yaml", *lab.connect_options("nxapi"))
    refused = run(*push)
    assert (refused.code, "doctor --prove-revert" in refused.err) == (4, True)
    proven = doctor("--prove-revert")
    assert proven.code == 0, proven.out
    assert "ok        proof: both went back by themselves\n" in proven.out
    assert proven.err.count("it went back by itself\n") == 2
    assert [switch.checkpoints for switch in lab.switches.values()] == [(), ()]
    assert doctor().code == 0
    lab.switches["dc1-b"].chassis.serial = "9LABOTHER00"
    refused = run(*push)
    assert (refused.code, "has the serial number 9LABOTHER00" in refused.err) == (4, True)
    ended = doctor("--format", "json")
    assert (ended.code, item(ended, "dc1-b", "proof")["result"]) == (1, "not ok")
    assert doctor("--prove-revert").code == 0
    assert run(*push).code == 0
    assert all("vlan 1,10,20,99" in switch.startup_config() for switch in lab.switches.values())


def test_release_that_is_another(doctor: Doctor) -> None:
    """The proof is of a release; behind an upgrade it is to be made again."""
    assert doctor("--prove-revert").code == 0
    proofs = Path("state/mlagkit/proofs.json")
    proofs.write_text(proofs.read_text("utf-8").replace("10.3(5)", "10.2(1)", 1), "utf-8")
    ended = doctor("--format", "json")
    assert [item(ended, name, "proof")["result"] for name in NAMES] == ["not ok", "ok"]
    assert "with 10.2(1); it has 10.3(5) now" in item(ended, "dc1-a", "proof")["seen"]
    assert stat.S_IMODE(proofs.stat().st_mode) == 0o600


def test_switch_that_does_not_go_back(doctor: Doctor, lab: Lab) -> None:
    """A switch whose rollback fails is taken back by hand, which is said; it is not proven, and the exit code is 1."""
    before = [switch.running_config() for switch in lab.switches.values()]
    lab.switches["dc1-a"].chassis.faults = Faults(rollback=RollbackFault.TEXT)
    ended = doctor("--prove-revert")
    assert ended.code == 1
    assert "has not gone back by itself" in " ".join(ended.out.split())
    assert "both switches are as before" in " ".join(ended.out.split())
    after = [switch.running_config() for switch in lab.switches.values()]
    assert [text.split("\n")[5:] for text in after] == [text.split("\n")[5:] for text in before]
    ended = doctor("--format", "json")
    assert [item(ended, name, "proof")["result"] for name in NAMES] == ["not ok", "not ok"]


def test_not_begun(doctor: Doctor, lab: Lab) -> None:
    """A pair that a push would refuse is refused by a proof, with 4."""
    lab.happen("keepalive down")
    ended = doctor("--prove-revert", "--format", "json")
    assert ended.code == 4
    (pair,) = document(ended)["pairs"]
    assert (pair["proof"]["result"], "keepalive" in pair["proof"]["cause"]) == ("refused", True)
    assert item(ended, "pair", "health")["result"] == "not ok"


def test_stopped(doctor: Doctor, lab: Lab, time: Time) -> None:
    """Whoever stops it has the switch taken back."""

    def stop() -> None:
        time.before = lambda: None
        raise KeyboardInterrupt

    time.before = stop
    ended = doctor("--prove-revert")
    assert (ended.code, "stopped by the operator" in ended.out) == (1, True)
    assert not any("loopback1023" in switch.running_config() for switch in lab.switches.values())
    assert [switch.checkpoints for switch in lab.switches.values()] == [(), ()]


class Dead(BaseException):
    """The controller is gone."""


def test_leftovers(doctor: Doctor, run: Run, lab: Lab, time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proof whose controller died is told, undone by the timer, and cleared by a resume or the next proof."""
    for clear in (("push", "--resume"), ("doctor", "dc1.yaml", "--prove-revert")):
        left = killed(doctor, time, monkeypatch)
        ended = doctor("--format", "json")
        assert ended.code == 1
        told = item(ended, "host", f"run {left}")
        assert (told["result"], "a proof of the timers of dc1" in told["seen"]) == ("not ok", True)
        assert f"mlagkit push --resume {left}" in told["advice"]
        assert item(ended, "dc1-a", "owners")["result"] == "not ok"
        time.now += timedelta(seconds=200)
        ended = doctor("--format", "json")
        assert item(ended, "dc1-a", "owners")["result"] == "ok"
        assert item(ended, "dc1-a", "checkpoints")["seen"] == f"1 of 10 in use, of ours: {left}"
        words = [*clear, left] if clear[0] == "push" else [*clear]
        cleared = run(*words, *lab.connect_options("nxapi"))
        assert cleared.code in (0, 4), cleared.err
        ended = doctor("--format", "json")
        assert not [each for each in document(ended)["host"]["items"] if each["name"].startswith("run ")]
        assert item(ended, "dc1-a", "checkpoints")["seen"] == "0 of 10 in use"


def killed(doctor: Doctor, time: Time, monkeypatch: pytest.MonkeyPatch) -> str:
    """The run of a proof whose controller died while it waited; its lock is that of a process that is no more."""

    def die() -> None:
        time.before = lambda: None
        raise Dead

    time.before = die
    with monkeypatch.context() as patch:
        patch.setattr("mlagkit.push.prove.failed", lambda *_: die())
        patch.setattr("mlagkit.push.prove._undo", lambda *_: None)
        patch.setattr("mlagkit.push.lock.Path.unlink", lambda *_: None)
        patch.setattr("mlagkit.push.lock.os.getpid", lambda: 2**22 + 1)
        doctor("--prove-revert")
    return max(path.stem for path in Path("state/mlagkit/runs").glob("*.jsonl"))


# What is done to dc1-a, and the item that tells of it: its result, and words of it.
SPOILED: list[tuple[str, Callable[[Lab], object], str, str, str]] = [
    ("unsaved", lambda lab: execute(lab, "vlan 77"), "startup", "not ok", "not saved"),
    ("domain", lambda lab: execute(lab, "no vpc domain 1", "vpc domain 7"), "device", "not ok", "expected 1"),
    ("no vpc", lambda lab: execute(lab, "no feature vpc"), "device", "not ok", "no vPC"),
    ("full", lambda lab: checkpoints(lab, 10), "checkpoints", "not ok", "10 of 10 in use"),
    ("full", lambda lab: checkpoints(lab, 10), "safety level", "not ok", "none: it keeps as many"),
    ("some", lambda lab: checkpoints(lab, 3), "checkpoints", "ok", "3 of 10 in use"),
    ("space", lambda lab: fault(lab, Faults(space=1000)), "bootflash", "not ok", "0 MiB free"),
    (
        "no dir",
        lambda lab: fault(lab, Faults(refuse={"dir bootflash:": "% Permission denied for the role"})),
        *("bootflash", "not known", "it does not tell"),
    ),
    (
        "no summary",
        lambda lab: fault(lab, Faults(refuse={"show checkpoint summary": "% Permission denied for the role"})),
        *("checkpoints", "not known", "Permission denied"),
    ),
    (
        "no clock",
        lambda lab: fault(lab, Faults(refuse={"show clock": "% Permission denied for the role"})),
        *("safety level", "not ok", "checkpoint: it does not tell the time"),
    ),
    ("on", lambda lab: execute(lab, "feature scheduler"), "scheduler", "ok", "on"),
    (
        "timer",
        lambda lab: execute(lab, "feature scheduler", "scheduler job name mlagkit-x", "show clock", "end-job"),
        *("owners", "not ok", "the timer of x is armed"),
    ),
    (
        "server",
        lambda lab: execute(lab, "aaa authentication login default group tacacs+ local"),
        *("scheduler", "not ok", "keeps no password of admin"),
    ),
    (
        "server with password",
        lambda lab: execute(
            lab,
            *("aaa authentication login default group tacacs+ local", "feature scheduler"),
            "scheduler aaa-authentication username admin password 7 secret",
        ),
        *("scheduler", "ok", "keeps the password of admin"),
    ),
]


def execute(lab: Lab, *lines: str) -> None:
    """Type lines into dc1-a."""
    assert all(answer.ok for answer in lab.switches["dc1-a"].execute(lines))


def checkpoints(lab: Lab, count: int) -> None:
    """Let dc1-a keep some checkpoints."""
    chassis = lab.switches["dc1-a"].chassis
    for number in range(count):
        assert Shell(chassis).feed(f"checkpoint theirs-{number}").ok


def fault(lab: Lab, faults: Faults) -> None:
    """Give dc1-a faults; a disk that is full is full from the start."""
    chassis = lab.switches["dc1-a"].chassis
    chassis.faults = faults
    if faults.space is not None:
        chassis.bootflash = type(chassis.bootflash)(faults.space)


@pytest.mark.parametrize(("spoil", "name", "result", "words"), [row[1:] for row in SPOILED], ids=lambda _: "")
def test_switch(doctor: Doctor, lab: Lab, spoil: Callable[[Lab], object], name: str, result: str, words: str) -> None:
    """What is not as a push needs it has its item, with what to do; the other switch is not touched by it."""
    spoil(lab)
    ended = doctor("--format", "json")
    found = item(ended, "dc1-a", name)
    assert (found["result"], words in found["seen"]) == (result, True), found
    assert bool(found["advice"]) == (result != "ok")
    assert item(ended, "dc1-b", name)["result"] == "ok"


@pytest.mark.parametrize(
    ("ahead", "result", "words"),
    [
        (0, "ok", "the same as ours"),
        (40, "ok", "40 s ahead of ours"),
        (3600, "ok", "the same as ours, in a time zone +1 h from UTC"),
        (-5 * 3600 + 20, "ok", "20 s ahead of ours, in a time zone -5 h from UTC"),
        (5.5 * 3600, "ok", "the same as ours, in a time zone +5.5 h from UTC"),
        (-90, "not ok", "90 s behind ours"),
    ],
)
def test_clock(doctor: Doctor, time: Time, ahead: float, result: str, words: str) -> None:
    """A clock is compared with ours; what a time zone explains is no difference."""
    time.ahead = timedelta(seconds=ahead)
    found = item(doctor("--format", "json"), "dc1-a", "clock")
    assert (found["result"], found["seen"]) == (result, words)


def test_unreachable(run: Run, lab: Lab) -> None:
    """What ended the way to a switch is told with its stage; the other one is examined all the same."""
    first = lab.switches["dc1-a"]
    connect = ["--connect", f"dc1-a=nxapi:{first.nxapi[0]}:{first.nxapi[1]}", "--connect", "dc1-b=nxapi:127.0.0.1:1"]
    ended = run("doctor", "dc1.yaml", *connect, "--format", "json")
    assert ended.code == 3
    assert item(ended, "dc1-b", "address")["result"] == "not ok"
    assert item(ended, "dc1-a", "device")["result"] == "ok"
    assert item(ended, "pair", "health")["result"] == "not known"


def test_swapped(run: Run, lab: Lab) -> None:
    """A switch that is the other one is told at its login."""
    one, other = lab.switches.values()
    connect = ["--connect", f"dc1-a=nxapi:{other.nxapi[0]}:{other.nxapi[1]}"]
    connect += ["--connect", f"dc1-b=nxapi:{one.nxapi[0]}:{one.nxapi[1]}"]
    ended = run("doctor", "dc1.yaml", *connect, "--format", "json")
    assert (ended.code, "is dc1-b, not dc1-a" in item(ended, "dc1-a", "login")["seen"]) == (3, True)


@pytest.mark.parametrize("transport", ["nxapi", "ssh"])
def test_stages(transport: str, run: Run, lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong password, an identity that is not known, and credentials that nobody has, each at its stage."""
    options = lab.connect_options("ssh" if transport == "ssh" else "nxapi")

    def failed() -> str:
        ended = run("doctor", "dc1.yaml", *options, "--format", "json")
        assert ended.code == 3
        found = document(ended)["pairs"][0]["switches"]["dc1-a"]["items"]
        assert [each["result"] for each in found].count("not ok") == 1
        assert found[-1]["advice"]
        return str(found[-1]["name"])

    monkeypatch.setenv("MLAGKIT_PASSWORD", "wrong")
    assert failed() == "login"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(Path.cwd() / "nothing"))
    assert failed() == "identity"
    monkeypatch.delenv("MLAGKIT_PASSWORD")
    assert failed() == "credentials"


def test_insecure(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate that nobody looks at is not ok; in CI nothing is changed that way."""
    monkeypatch.delenv("CI", raising=False)
    found = item(doctor("--insecure", "--format", "json"), "dc1-a", "identity")
    assert (found["result"], "mlagkit trust nxapi:" in found["advice"]) == ("not ok", True)
    monkeypatch.setenv("CI", "1")
    assert doctor("--insecure", "--prove-revert").code == 4


def test_host(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not installed is told, and no switch is then asked; a folder that can't be written, too."""
    monkeypatch.setattr(machine, "missing", lambda extra: ["napalm"] if extra == "device" else [])
    monkeypatch.setattr(os, "access", lambda *_: False)
    ended = doctor("--format", "json", "--prove-revert")
    assert (ended.code, document(ended)["pairs"]) == (1, [])
    assert item_of_host(ended, "extra device")["result"] == "not ok"
    assert item_of_host(ended, "state folder")["result"] == "not ok"


def item_of_host(ended: Ended, name: str) -> Mapping[str, str]:
    """One item of the host, where there may be no pair."""
    (one,) = [each for each in document(ended)["host"]["items"] if each["name"] == name]
    return one  # type: ignore[no-any-return]


def test_broken_journal(doctor: Doctor) -> None:
    """A journal that somebody changed is named."""
    runs = Path("state/mlagkit/runs")
    runs.mkdir(parents=True)
    (runs / "20261123-110000-0000.jsonl").write_text("{}\n", "utf-8")
    found = item(doctor("--format", "json"), "host", "run 20261123-110000-0000")
    assert (found["result"], "was changed" in found["seen"]) == ("not known", True)
