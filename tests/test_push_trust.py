"""Whom a push trusts: no credential before the other end is proven, for a push and for what goes on with a run."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mlagkit.nxos.lab.login import Login
from tests.command import Run
from tests.push_lab import GO, Transport, changing, connect, emulated, listened, settle, trust

pytestmark = pytest.mark.interop
TRANSPORTS = ("nxapi", "ssh")


@pytest.fixture
def logins(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names and passwords that reach any emulated switch."""
    found: list[str] = []
    accepts = Login.accepts

    def noted(login: Login, name: str, password: str) -> bool:
        found.append(f"{name}:{password}")
        return accepts(login, name, password)

    monkeypatch.setattr(Login, "accepts", noted)
    return found


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_strangers(transport: Transport, run: Run, home: Path, logins: list[str]) -> None:
    """Unknown keys and certificates: exit 3 with the way to trust them, and no credential has left; also for a run."""
    with emulated(home) as lab:
        assert run("push", "new.yaml", *connect(lab, transport), *GO, "--format", "json").code == 0
        name = max((home / "state/mlagkit/runs").glob("*.jsonl")).stem
        assert logins
        for known in (home / "config/mlagkit").rglob("*"):
            if known.is_file():
                known.unlink()
        logins.clear()
        for words in (("new.yaml", *connect(lab, transport)), ("--rollback", name)):
            ended = run("push", *words, *GO)
            assert (ended.code, "mlagkit trust" in ended.err) == (3, True), ended
        assert logins == []
        trust(lab, home)
        assert run("push", "--rollback", name).code == 0


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_somebody_else_answers(transport: Transport, run: Run, home: Path, logins: list[str]) -> None:
    """A key or a certificate that is not the confirmed one: exit 3, no credential has left."""
    with emulated(home) as lab:
        known_hosts = home / "config/mlagkit/known_hosts"
        lines = known_hosts.read_text("utf-8").splitlines()
        keys = [line.split(" ", 1) for line in lines]
        known_hosts.write_text("".join(f"{a[0]} {b[1]}\n" for a, b in zip(keys, keys[::-1], strict=True)), "utf-8")
        paths = sorted((home / "config/mlagkit/certificates").iterdir())
        texts = [path.read_text("ascii") for path in paths]
        for path, text in zip(paths, texts[::-1], strict=True):
            path.write_text(text, "ascii")
        ended = run("push", "new.yaml", *connect(lab, transport), *GO)
        assert ended.code == 3
        assert "somebody may be listening in" in ended.err
        assert logins == []


def test_resume_of_strangers(run: Run, home: Path, logins: list[str]) -> None:
    """A run that was not finished is gone on with only with switches that are proven again."""
    with emulated(home) as lab, pytest.MonkeyPatch.context() as patch:
        patch.setattr("mlagkit.push.engine.carry_out", _dies)
        patch.setattr("mlagkit.push.engine.failed", _dies)
        assert run("push", "new.yaml", *connect(lab, "nxapi"), *GO).code == 70
        patch.undo()
        settle(home, patch)
        name = max((home / "state/mlagkit/runs").glob("*.jsonl")).stem
        logins.clear()
        (home / "config/mlagkit").rename(home / "config/aside")
        ended = run("push", "--resume", name)
        assert ended.code == 3, ended
        assert logins == []
        assert all("scheduler job" in switch.running_config() for switch in lab.switches.values())
        (home / "config/aside").rename(home / "config/mlagkit")
        ended = run("push", "--resume", name)
        assert (ended.code, "as before" in ended.out) == (4, True), ended
        assert not any("scheduler" in switch.running_config() for switch in lab.switches.values())


def _dies(*_: object) -> None:
    raise RuntimeError("the controller dies")


@pytest.mark.parametrize("words", [("new.yaml",), ("--resume", "x"), ("--rollback", "x"), ("--plan", "plan.json")])
def test_insecure_in_ci(words: tuple[str, ...], run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody watches, certificates are checked, whatever the option says (trust.md, S7)."""
    (home / "plan.json").write_text("{}", "utf-8")
    monkeypatch.setenv("CI", "true")
    ended = run("push", *words, "--insecure")
    assert (ended.code, "--insecure" in ended.err) == (4, True)
    assert not (home / "state").exists()


def test_in_ci_somebody_has_seen_the_plan(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody can be asked, a push needs the hash of a plan, or the plan (trust.md, S16)."""
    monkeypatch.setenv("CI", "true")
    ended = run("push", "new.yaml", *GO)
    assert (ended.code, "--approve HASH or --plan FILE" in ended.err) == (4, True)


@pytest.mark.parametrize(("answer", "code"), [("n", 4), ("", 4), ("y", 0)])
def test_asked_on_a_terminal(answer: str, code: int, home: Path) -> None:
    """Who has named no plan sees it, and what was allowed, and is asked before anything is sent."""
    with emulated(home) as lab:
        ended, shown = _on_a_terminal(answer, *connect(lab, "nxapi"), *GO)
        assert ended == code, shown
        assert "undo, from the last step to the first" in shown
        assert "allowed all the same:\r\n  unproven-timer: nobody has seen the timer take dc1-a back" in shown
        assert "Carry it out on dc1-a and dc1-b? [y/N]" in shown
        assert {"name www" in switch.running_config() for switch in lab.switches.values()} == {code == 0}


def test_not_asked_in_vain(home: Path) -> None:
    """Who would be refused whatever they answer is told so, and sees no question."""
    with emulated(home) as lab:
        ended, shown = _on_a_terminal("y", *connect(lab, "nxapi"))
        assert (ended, "--allow unproven-timer" in shown, "Carry it out" in shown) == (4, True, False), shown


def _on_a_terminal(answer: str, *words: str) -> tuple[int, str]:
    """How a push ends for somebody who answers that, and what they saw."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "mlagkit", "push", "new.yaml", *words]
    with (
        open(ours, "r+b", buffering=0) as terminal,
        subprocess.Popen(command, stdin=theirs, stderr=theirs, stdout=subprocess.DEVNULL) as push,
    ):
        os.close(theirs)
        terminal.write(f"{answer}\n".encode())
        shown = b"".join(iter(lambda: _heard(terminal), b"")).decode()
    return push.returncode, shown


def _heard(terminal: io.FileIO) -> bytes:
    """What was written to a terminal; nothing where nobody writes to it any more."""
    try:
        return terminal.read(4096) or b""
    except OSError:
        return b""


def test_insecure_by_hand(run: Run, home: Path, logins: list[str]) -> None:
    """By hand it is warned of each time, and stands in the journal; host keys are checked all the same."""
    with emulated(home, trusted=False) as lab:
        ended = run("push", "new.yaml", *connect(lab, "nxapi"), *GO, "--insecure")
        assert (ended.code, "warning: --insecure" in ended.err) == (0, True), ended
        journal = next((home / "state/mlagkit/runs").glob("*.jsonl")).read_text("utf-8")
        assert json.loads(journal.splitlines()[0])["insecure"] is True
        logins.clear()
        assert run("push", "new.yaml", *connect(lab, "ssh"), *GO, "--insecure").code == 3
        assert logins == []


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_wrong_password(transport: Transport, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A login that is refused: exit 3, nothing was sent, and the password is in no message."""
    monkeypatch.setenv("MLAGKIT_PASSWORD", "not-the-password")
    with emulated(home) as lab:
        heard = listened(monkeypatch)
        ended = run("push", "new.yaml", *connect(lab, transport), *GO)
        assert (ended.code, "refused the login" in ended.err) == (3, True), ended
        assert "not-the-password" not in ended.out + ended.err
        assert changing(heard) == []


def test_runs_that_are_none(run: Run, home: Path) -> None:
    """A run that nobody made, or that leads out of the folder, is refused."""
    (home / "secret.jsonl").write_text("{}\n", "utf-8")
    for name in ("x", "../../secret", "/etc/passwd", "..", "a/../b"):
        for option in ("--resume", "--rollback"):
            ended = run("push", option, name)
            assert (ended.code, "no journal of a run" in ended.err) == (4, True), ended
