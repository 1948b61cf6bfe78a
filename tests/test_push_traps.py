"""The nineteen ways in which a green `commit_config` is no evidence (device-side.md 1.5), and what a push does instead.

| item | what fools napalm or netmiko | here |
|---|---|---|
| 1 | nxos: a failed rollback is success | `test_item_1` |
| 2 | nxos_ssh: a `#` ends the reading of a rollback | `test_item_2`, test_device_typing.py |
| 3 | nxos_ssh: most refusals are accepted | `test_item_3`, test_push_answers.py |
| 4 | a merge is not atomic: a drop leaves half of it | `test_item_4` |
| 5 | a rollback is sent while still in configuration mode | `test_item_5` |
| 6 | a question hangs the merge | `test_item_6` |
| 7 | ten seconds for everything, or for nothing | `test_item_7` |
| 8 | exceptions of five libraries escape | `test_item_8`, test_device_typing.py |
| 9 | compare of a replacement: IndexError | never called: `test_never_called` |
| 10 | compare of a merge shows neither what goes nor what changes | never called: `test_never_called` |
| 11 | a replacement overwrites what somebody else did | `test_item_11` |
| 12 | two runs share one file on bootflash | `test_item_12` |
| 13 | nxos leaks a session for each replacement | no replacement is loaded: `test_never_called` |
| 14 | the candidate stands in the temporary folder, readable by all | `test_item_14` |
| 15 | sanitized=True leaves secrets | own redaction: `test_never_called`, test_push_secrets.py |
| 16 | two readings differ by the time in them | `test_item_16` |
| 17 | rollback() without a file: another exception for each driver | never called: `test_never_called` |
| 18 | old files pile up on bootflash | `test_item_18` |
| 19 | checkpoints: unavailable, full, another user's, another switch's | `test_item_19` |
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from mlagkit.nxos import transaction
from mlagkit.nxos.lab import Faults, RollbackFault
from mlagkit.nxos.reply import without_stamps
from mlagkit.push.engine import Outcome
from tests.command import Ended, Run
from tests.push_answers import TIMER, Answering
from tests.push_lab import GO, Beginnings, Transport, connect, emulated, listened

pytestmark = pytest.mark.usefixtures("off_disk")
PACKAGE = Path(__file__).parent.parent / "mlagkit"
TRANSPORTS = ("nxapi", "ssh")
REFUSE = {"name www": "ERROR: VLAN with the same name exists"}


def pushed(
    run: Run, home: Path, transport: Transport, faults: Mapping[str, Faults], echo: str = "early"
) -> tuple[Ended, bool]:
    """A push to a pair with these faults: how it ended, and whether both run what they ran before."""
    with emulated(home, faults=faults, echo=echo) as lab:
        before = {name: without_stamps(switch.running_config()) for name, switch in lab.switches.items()}
        ended = run("push", "new.yaml", *connect(lab, transport), *GO)
        after = {name: without_stamps(switch.running_config()) for name, switch in lab.switches.items()}
        saved = {name: without_stamps(switch.startup_config()) for name, switch in lab.switches.items()}
        assert not any("name www" in text for text in saved.values()) or ended.code == 0
    return ended, before == after


NAPALM = {
    *("commit_config", "compare_config", "load_merge_candidate", "load_replace_candidate", "discard_config"),
    *("rollback", "get_config", "get_checkpoint_file", "_get_checkpoint_file", "confirm_commit", "send_config_set"),
    *("send_config_from_file", "send_command", "send_command_timing", "save_config", "file_transfer", "_commit_merge"),
}


def test_never_called() -> None:
    """Items 9, 10, 13, 15, 17: no module calls what napalm and netmiko do beyond carrying lines to and fro."""
    found = []
    ours = [path for path in PACKAGE.rglob("*.py") if "lab" not in path.relative_to(PACKAGE).parts]
    for path in ours:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in NAPALM:
                found.append(f"{path.name}:{node.lineno}: {node.attr}")
    assert found == []


def test_this_could_fail() -> None:
    """The walk sees such a call."""
    tree = ast.parse("device.commit_config()")
    assert any(isinstance(node, ast.Attribute) and node.attr in NAPALM for node in ast.walk(tree))


def failed_rollback(tmp_path: Path, text: str) -> tuple[Answering, Outcome]:
    """A push whose last line is refused, to switches whose every rollback by hand is answered so."""
    job = False

    def answer(name: str, line: str) -> str | None:
        nonlocal job
        job = line.startswith("scheduler job ") or (job and line.startswith("rollback "))
        if name == "dc1-a" and line == "  name www":
            return "% Invalid command"
        return text if line.startswith("rollback ") and not job else None

    pair = Answering.of(tmp_path, answer)
    return pair, pair.push(TIMER)


@pytest.mark.parametrize("text", ["", "Rollback failed.", "ERROR: rollback failed\n", "#Generating Rollback Patch\n"])
def test_item_1(text: str, tmp_path: Path) -> None:
    """1: a rollback that only says in text that it failed, or says nothing, is no success; nothing is saved for it."""
    pair, outcome = failed_rollback(tmp_path, text)
    first = next(
        at for at, line in enumerate(pair.noted) if str(line.get("what")).startswith("dc1-b: it did not go back")
    )
    assert not any(line["event"] == "save" for line in pair.noted[:first])
    assert outcome.is_taken_back  # by the timer
    assert pair.is_as_before()


@pytest.mark.interop
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_item_1_over_the_network(transport: Transport, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """1: the same, refused by the switch itself; what it says is told, the way out too, and nothing was saved."""
    monkeypatch.setattr("mlagkit.push.run.Run.wait", lambda *_: iter(()))  # nobody waits for the timer here
    faults = {"dc1-a": Faults(refuse=REFUSE), "dc1-b": Faults(rollback=RollbackFault.TEXT)}
    ended, _ = pushed(run, home, transport, faults)
    assert ended.code == 5, ended
    assert "it did not go back" in ended.out
    assert "its timer takes it back at" in ended.out


@pytest.mark.interop
@pytest.mark.parametrize("echo", ["early", "late"])
def test_item_2(echo: str, run: Run, home: Path) -> None:
    """2: the answer to a rollback that comes bit by bit, with its `#` line, is read to its end, whenever it echoes."""
    slow = Beginnings({"rollback running-config": 0.05})  # type: ignore[dict-item]
    faults = {"dc1-a": Faults(refuse=REFUSE), "dc1-b": Faults(trickle=slow)}  # type: ignore[arg-type]
    ended, same = pushed(run, home, "ssh", faults, echo)
    assert (ended.code, same) == (4, True), ended
    assert "did not go back" not in ended.out


@pytest.mark.interop
@pytest.mark.parametrize("text", ["Invalid value/range: 5000", "% Incomplete command", "ERROR: no", "hello"])
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_item_3(text: str, transport: Transport, run: Run, home: Path) -> None:
    """3: a refusal without the words "Invalid command" stops the push, and is told."""
    ended, same = pushed(run, home, transport, {"dc1-a": Faults(refuse={"name www": text})})
    assert (ended.code, same, text in ended.out) == (4, True, True), ended


@pytest.mark.interop
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_item_4(transport: Transport, when: str, run: Run, home: Path) -> None:
    """4: the connection drops in the middle of the lines: both switches are taken back over a new one."""
    fault = Faults(drop=frozenset({"name www"})) if when == "before" else Faults(cut={"name www": 0})
    ended, same = pushed(run, home, transport, {"dc1-a": fault})
    assert (ended.code, same) == (4, True), ended


@pytest.mark.interop
def test_item_5(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """5: after a fault in configuration mode the session is left: a rollback is typed in exec mode of a new one."""
    heard = listened(monkeypatch)
    ended, same = pushed(run, home, "ssh", {"dc1-a": Faults(refuse=REFUSE)})
    assert (ended.code, same) == (4, True), ended
    for name in ("dc1-a", "dc1-b"):
        lines = [line for switch, line in heard if switch == name]
        config, by_hand = False, 0
        for before, line in pairwise(lines):
            config = line == "configure terminal" or (config and line not in ("end", "terminal width 511"))
            if line.startswith("rollback ") and not before.startswith("scheduler job "):
                assert not config
                by_hand += 1
        assert by_hand == (name == "dc1-b")


@pytest.mark.interop
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_item_6(transport: Transport, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """6: questions are switched off before the first line; one that comes all the same is no hang and no answer."""
    heard = listened(monkeypatch)
    text = "This peer-gateway config may cause traffic loss. Do you want to continue (y/n)? [n]"
    ended, same = pushed(run, home, transport, {"dc1-a": Faults(refuse={"name www": text})})
    assert (ended.code, same) == (4, True), ended
    lines = [line for name, line in heard if name == "dc1-a"]
    first = next(at for at, line in enumerate(lines) if line.startswith(("feature", "checkpoint", "configure")))
    assert "terminal dont-ask" in lines[:first]
    assert not any(line.strip() in ("y", "n", "yes", "no") for line in lines)


def test_item_7(tmp_path: Path) -> None:
    """7: a save and a rollback have ten minutes, an ordinary command a minute; none of it is ever sent twice."""
    from mlagkit.push import run as of_a_run

    assert (of_a_run.SHORT, of_a_run.LONG) == (60.0, 600.0)
    pair = Answering.of(tmp_path)
    assert pair.push().is_done
    for name in pair.pair.switches:
        lines = [line for switch, line in pair.sent if switch == name and not line.startswith("show ")]
        assert len(lines) == len({*lines})


@pytest.mark.interop
@pytest.mark.parametrize("kind", ["401", "503", "cut", "garbage"])
def test_item_8(kind: str, run: Run, home: Path) -> None:
    """8: whatever NX-API answers with is an error with a type, an exit code and something to do."""
    from mlagkit.nxos.lab import HttpFault

    fault = {
        "401": Faults(http=HttpFault.UNAUTHORIZED),
        "503": Faults(http=HttpFault.UNAVAILABLE),
        "cut": Faults(cut={"show running-config": 40}),
        "garbage": Faults(noise={"show running-config": "\x00\x01 nothing"}),
    }[kind]
    ended, same = pushed(run, home, "nxapi", {"dc1-b": fault})
    assert ended.code in (2, 3), ended
    assert same
    assert "internal error" not in ended.err


@pytest.mark.interop
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_item_11(transport: Transport, run: Run, home: Path) -> None:
    """11: what somebody else types while a push reads is seen; nothing is overwritten, and theirs stays."""
    with emulated(home, faults={"dc1-b": Faults(between=("vlan 99", "name theirs"))}) as lab:
        ended = run("push", "new.yaml", *connect(lab, transport), *GO)
        assert ended.code in (2, 4), ended
        assert "name theirs" in lab.switches["dc1-b"].running_config()
        assert not any("name www" in switch.running_config() for switch in lab.switches.values())


def test_item_12(tmp_path: Path) -> None:
    """12: what a run puts on a switch carries the run's own name, and two runs of a pair never overlap."""
    names = []
    for _ in range(2):
        pair = Answering.of(tmp_path)
        assert pair.push().is_done
        names += [line for _, line in pair.sent if line.startswith(("checkpoint ", "scheduler "))]
    assert len({re.sub(r".*mlagkit-", "", line) for line in names}) == 2
    assert not any(word in " ".join(names) for word in ("candidate_config", "rollback_config", "sot_file"))


@pytest.mark.interop
def test_item_14(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """14: no configuration is written to the temporary folder; the copies are private (test_push_secrets.py)."""
    (home / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(home / "tmp"))
    ended, _ = pushed(run, home, "ssh", {})
    assert ended.code == 0, ended
    assert list((home / "tmp").iterdir()) == []


def test_item_16(tmp_path: Path) -> None:
    """16: the time that stands in a running-config is no difference, and two readings a second apart are one."""
    pair = Answering.of(tmp_path)

    def answer(name: str, line: str) -> str | None:
        if line == "show running-config":
            pair.sleep(1)
        return None

    pair.answer = answer
    assert pair.push().is_done


def test_item_18(tmp_path: Path) -> None:
    """18: of what a run leaves on a switch only its own checkpoint stays, and the next run takes that away."""
    pair = Answering.of(tmp_path)
    assert pair.push().is_done
    first = {name: chassis.checkpoints.names for name, chassis in pair.pair.switches.items()}
    assert all(len(names) == 1 for names in first.values())
    assert all(not chassis.bootflash.files for chassis in pair.pair.switches.values())
    other = Answering.of(tmp_path)
    for name, chassis in other.pair.switches.items():
        chassis.checkpoints.make(chassis.store, other.pair.now, first[name][0], "")
    assert other.push().is_done
    for chassis in other.pair.switches.values():
        assert len(chassis.checkpoints.names) == 1


@pytest.mark.parametrize(
    "text",
    [
        "ERROR: checkpoint is disabled due to FCoE",
        "ERROR: Maximum number of checkpoints reached",
        "ERROR: another user",
    ],
)
def test_item_19(text: str, tmp_path: Path) -> None:
    """19: without a checkpoint nothing is begun; a run of one switch never goes back to the checkpoint of another."""
    pair = Answering.of(tmp_path, lambda _, line: text if line.startswith("checkpoint ") else None)
    assert pair.push().is_taken_back
    assert not any(line in pair.lines(name) for name, line in pair.sent)
    full = Answering.of(tmp_path)
    for chassis in full.pair.switches.values():
        for number in range(10):
            chassis.checkpoints.make(chassis.store, full.pair.now, f"theirs-{number}", "")
    with pytest.raises(Exception, match="keeps as many checkpoints as it can"):
        full.push()
    assert not any(not line.startswith("show ") for _, line in full.sent)
    assert "atomic" in transaction.back("run")  # all of it or nothing, and of the switch's own
