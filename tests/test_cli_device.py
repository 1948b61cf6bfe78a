"""The commands that talk to switches, against the emulated pair."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlagkit.device.store import HostKey, Store
from mlagkit.emulate import how_to_reach, lab_of
from mlagkit.intent import load_pair
from mlagkit.nxos.lab import Lab
from mlagkit.starter import starter
from tests.command import Ended, Run
from tests.homes import settle

pytestmark = pytest.mark.interop
ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory with a pair file, and a home in which nothing is trusted yet."""
    monkeypatch.chdir(tmp_path)
    settle(tmp_path, monkeypatch)
    (tmp_path / "dc1.yaml").write_text(starter("dc1"), "utf-8")
    (tmp_path / "new.yaml").write_text(starter("dc1").replace("10: web", "10: www"), "utf-8")
    return tmp_path


@pytest.fixture
def lab(folder: Path) -> Iterator[Lab]:
    """Both switches, doing what the pair file says."""
    with lab_of(load_pair(folder / "dc1.yaml")) as switches:
        yield switches


def trust(run: Run, lab: Lab) -> None:
    """Carry out the lines that the lab prints for it."""
    lines = [shlex.split(line) for line in how_to_reach(lab, "dc1.yaml").splitlines()]
    for words in lines:
        if words[1] == "trust":
            assert run(*words[1:]).code == 0


def diff(run: Run, lab: Lab, transport: str, *args: str, file: str = "dc1.yaml") -> Ended:
    """`mlagkit diff --device` over that transport."""
    return run("diff", file, "--device", *lab.connect_options("ssh" if transport == "ssh" else "nxapi"), *args)


@pytest.mark.parametrize("transport", ["nxapi", "ssh"])
def test_unknown_identity(transport: str, run: Run, lab: Lab) -> None:
    """Nothing is read from a stranger: exit 3, with the fingerprint and the command that would trust it."""
    ended = diff(run, lab, transport)
    assert ended.code == 3
    assert ended.out.count("not read") == 3  # both switches, and the count
    assert ended.out.count("mlagkit trust") == 2


@pytest.mark.parametrize("transport", ["nxapi", "ssh"])
def test_difference(transport: str, run: Run, lab: Lab) -> None:
    """Over both transports: nothing differs from what runs, and a change of the pair file is found."""
    trust(run, lab)
    assert diff(run, lab, transport).code == 0
    ended = diff(run, lab, transport, "--format", "json", file="new.yaml")
    assert ended.code == 1
    switches = json.loads(ended.out)["pairs"][0]["switches"]
    assert [(change["old"], change["new"]) for each in switches.values() for change in each["changes"]] == [
        ("name web", "name www"),
        ("name web", "name www"),
    ]


def test_one_switch_is_away(run: Run, lab: Lab) -> None:
    """The other switch's result is still shown, and the exit code says that one is missing."""
    trust(run, lab)
    first, second = lab.switches.values()
    connect = ["--connect", f"dc1-a=nxapi:{first.nxapi[0]}:{first.nxapi[1]}", "--connect", "dc1-b=nxapi:127.0.0.1:1"]
    ended = run("diff", "new.yaml", "--device", *connect)
    assert ended.code == 3
    assert "dc1-b: not read: 127.0.0.1:1 refused the connection" in ended.out
    assert "~   name www" in ended.out
    assert second.name == "dc1-b"


def test_a_way_to_nobody(run: Run, folder: Path) -> None:
    """An address of a switch that no pair has is a usage error, which names those that there are."""
    ended = run("diff", "dc1.yaml", "--device", "--connect", "dc1-c=192.0.2.1")
    assert (ended.code, ended.err.endswith("dc1-c is no switch of a pair here; there are dc1-a, dc1-b\n")) == (2, True)


def test_switches_are_swapped(run: Run, lab: Lab) -> None:
    """A switch with another name than the one meant is refused."""
    trust(run, lab)
    first, second = lab.switches.values()
    connect = [
        *("--connect", f"dc1-a=nxapi:{second.nxapi[0]}:{second.nxapi[1]}"),
        *("--connect", f"dc1-b=nxapi:{first.nxapi[0]}:{first.nxapi[1]}"),
    ]
    ended = run("diff", "dc1.yaml", "--device", *connect)
    assert ended.code == 3
    assert "is dc1-b, not dc1-a" in ended.out


def test_wrong_password(run: Run, lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused login is exit 3, and the password is shown nowhere."""
    trust(run, lab)
    monkeypatch.setenv("MLAGKIT_PASSWORD", "not-the-password")
    ended = diff(run, lab, "nxapi")
    assert ended.code == 3
    assert "refused the login" in ended.out
    assert "not-the-password" not in ended.out + ended.err


def test_insecure_is_warned_of(run: Run, lab: Lab) -> None:
    """Any certificate is taken only on request, and not in silence."""
    ended = diff(run, lab, "nxapi", "--insecure")
    assert (ended.code, "--insecure" in ended.err) == (0, True)


def test_ca_file(run: Run, lab: Lab, folder: Path) -> None:
    """A file of certificates is another way to know the switches."""
    (folder / "ca.pem").write_text("".join(switch.certificate for switch in lab.switches.values()), "utf-8")
    assert diff(run, lab, "nxapi", "--ca-file", "ca.pem").code == 0


def test_trust_needs_the_right_fingerprint(run: Run, lab: Lab, folder: Path) -> None:
    """Without a person, only the expected identity is remembered."""
    switch = lab.switches["dc1-a"]
    where = f"ssh:{switch.ssh[0]}:{switch.ssh[1]}"
    assert run("trust", where, "--yes", "--fingerprint", "SHA256:wrong").code == 4
    assert run("trust", where).code != 0  # nobody there to confirm
    assert not (folder / "config").exists()
    (identity,) = [line.strip() for line in run("trust", where).out.splitlines() if "SHA256:" in line]
    assert run("trust", where, "--yes", "--fingerprint", identity).code == 0
    assert run("trust", where, "--yes", "--fingerprint", "SHA256:wrong").code == 4  # also once it is known


def test_trust_asks(lab: Lab, folder: Path) -> None:
    """A person sees the fingerprint and decides; what is known already is not asked again."""
    switch = lab.switches["dc1-a"]
    command = [sys.executable, "-m", "mlagkit", "trust", f"ssh:{switch.ssh[0]}:{switch.ssh[1]}"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def answer(text: str) -> tuple[int, str]:
        ended = subprocess.run(command, input=text, env=environment, capture_output=True, text=True, check=False)
        return ended.returncode, ended.stdout

    code, said = answer("n\n")
    assert (code, "SHA256:" in said) == (4, True)
    code, said = answer("y\n")
    assert (code, "remembered in" in said) == (0, True)
    code, said = answer("")
    assert (code, "is known already" in said) == (0, True)
    (key,) = Store.of(environment).host_keys(*switch.ssh)
    assert key == HostKey(*switch.ssh, key.kind, key.blob)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_lab_runs_until_it_is_stopped(number: int, folder: Path) -> None:
    """The lab says how to reach it, and ends cleanly on Ctrl-C and as a service."""
    command = [sys.executable, "-m", "mlagkit", "lab", "dc1.yaml"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "running until Ctrl-C\n"
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == ["export", *["mlagkit"] * 6, "#"]


def test_lab_from_running_configs(run: Run, folder: Path) -> None:
    """The emulated pair starts from the given running-configs."""
    assert run("render", "new.yaml", "-o", "configs").code == 0
    with lab_of(load_pair("dc1.yaml"), [Path("configs")]) as switches:
        assert "name www" in switches.switches["dc1-a"].running_config()


def test_demo(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The demo shows every step, ends with 0 and leaves nothing behind."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("MLAGKIT_FAIL_LEVEL", "none")  # a user's own setting does not reach the story
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    ended = run("demo")
    assert ended.code == 0, ended.err
    commands = [line.split()[2] for line in ended.out.splitlines() if line.startswith("$ mlagkit")]
    pushed = ["plan", "push", "verify", "drill", "verify", "push", "diff"]
    assert commands == ["init", "validate", "render", "lab", *["trust"] * 4, *["diff"] * 3, *pushed]
    assert ended.out.count("2 lines left alone") == 2
    assert "done: both switches are as planned" in ended.out
    assert "taken back: both switches are as before" in ended.out
    assert "::error" not in ended.out
    assert not (tmp_path / "state").exists()
