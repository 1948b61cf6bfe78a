"""`mlagkit drill`: whom it asks, what it writes, how it ends."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from mlagkit.drill import Drill
from mlagkit.starter import starter
from tests.command import Run
from tests.drills_shown import MATRIX, QUIET

PEER_LINK, KEEPALIVE = "peer-link down", "keepalive down"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with two good pair files in a folder."""
    monkeypatch.chdir(tmp_path)
    Path("pairs").mkdir()
    for name in ("dc1", "dc2"):
        Path(f"pairs/{name}.yaml").write_text(starter(name), "utf-8")
    return tmp_path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The pairs and depths that a matrix is asked for; it finds something broken on the first, nothing on others."""
    seen: list[tuple[str, int]] = []

    def matrix(peers: Sequence[object], depth: int) -> Drill:
        seen.append((peers[0].pair, depth))  # type: ignore[attr-defined]  # a switch
        return MATRIX if len(seen) == 1 else QUIET

    monkeypatch.setattr("mlagkit.drill.matrix", matrix)
    return seen


def test_matrix(run: Run, folder: Path, asked: list[tuple[str, int]]) -> None:
    """Two failures in a row are asked for unless it is said otherwise; a broken objective is exit code 1."""
    ended = run("drill", "pairs/dc1.yaml")
    assert (ended.code, asked) == (1, [("dc1", 2)])
    assert ended.out.startswith("dc1: 2 of 14 single failures cut hosts off")
    ended = run("drill", "pairs/dc1.yaml", "--depth", "1")
    assert (ended.code, asked[1]) == (0, ("dc1", 1))


def test_forecast(run: Run, folder: Path, asked: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    """How much there is to play is told with -v, and on a terminal where more than two failures in a row are played."""
    said = "mlagkit: {} sequences of up to {} failures to play; Ctrl-C ends it\n"
    assert run("drill", "pairs/dc1.yaml", "--depth", "3").err == ""
    assert run("drill", "pairs/dc1.yaml", "-v").err == said.format(333, 2)
    assert run("drill", "pairs", "-v", "--jobs", "1").err == said.format(666, 2)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert run("drill", "pairs/dc1.yaml").err == ""
    assert run("drill", "pairs/dc1.yaml", "--depth", "3").err == said.format("4,923", 3)
    assert run("drill", "pairs/dc1.yaml", "--event", PEER_LINK, "-v").err == ""


def test_interrupted(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends a drill that takes too long as it ends every command."""

    def matrix(peers: Sequence[object], depth: int) -> Drill:
        raise KeyboardInterrupt

    monkeypatch.setattr("mlagkit.drill.matrix", matrix)
    ended = run("drill", "pairs/dc1.yaml", "--depth", "9")
    assert (ended.code, ended.out, ended.err) == (130, "", "\nstopped\n")


def test_more_jobs(run: Run, folder: Path) -> None:
    """Several processes come to what one does."""
    alone = run("drill", "pairs", "--jobs", "1")
    assert alone.out.count("\nnoticed by no host") == 2
    assert run("drill", "pairs", "--jobs", "2") == alone


def test_several_pairs(run: Run, folder: Path, asked: list[tuple[str, int]]) -> None:
    """Each pair has its part; in JSON they stand in a list where a folder or several files were given."""
    assert run("drill", "pairs", "--jobs", "1").out.count("\nnoticed by no host") == 2
    found = json.loads(run("drill", "pairs", "--jobs", "1", "--format", "json").out)
    assert (set(found), len(found["pairs"])) == ({"format", "pairs"}, 2)
    Path("pairs/dc2.yaml").unlink()
    assert len(json.loads(run("drill", "pairs", "--format", "json").out)["pairs"]) == 1
    assert "scenarios" in json.loads(run("drill", "pairs/dc1.yaml", "--format", "json").out)


def test_sequence(run: Run, folder: Path) -> None:
    """Events are played in the order that they are given in."""
    ended = run("drill", "pairs/dc1.yaml", "--event", PEER_LINK, "--event", KEEPALIVE, "--format", "json")
    found = json.loads(ended.out)
    assert [each["events"] for each in found["scenarios"]] == [[], [PEER_LINK], [PEER_LINK, KEEPALIVE]]
    assert found["sequence"] is True
    text = run("drill", "pairs/dc1.yaml", "--event", PEER_LINK, "--event", KEEPALIVE).out
    assert [line for line in text.splitlines() if line[:2] in ("1.", "2.")] == [f"1. {PEER_LINK}", f"2. {KEEPALIVE}"]


def test_sequence_breaks_an_objective(run: Run, folder: Path) -> None:
    """A host that misses its path for longer than the pair file allows is exit code 1."""
    file = Path("pairs/dc1.yaml")
    assert run("drill", str(file), "--event", "power-off dc1-a").code == 0
    file.write_text(file.read_text("utf-8") + "\nhosts: {web-01: {max_interruption: 100ms}}\n", "utf-8")
    ended = run("drill", str(file), "--event", "power-off dc1-a")
    assert ended.code == 1
    assert "objective broken: web-01 bears 0.1 s (max_interruption); power-off dc1-a: " in ended.out


def test_unknown_leader(run: Run, folder: Path) -> None:
    """Where priorities do not tell who leads, it is told who is assumed to."""
    file = Path("pairs/dc1.yaml")
    assert "assumed" not in run("drill", str(file), "--event", PEER_LINK).out
    file.write_text(re.sub(r", role_priority: \d+", "", file.read_text("utf-8")), "utf-8")
    assert "(dc1-a is assumed to be the primary)" in run("drill", str(file), "--event", PEER_LINK).out
    assert "\n| reload dc1-a, if dc1-b leads | " in run("drill", str(file), "--format", "markdown").out


def test_running(run: Run, folder: Path) -> None:
    """Two running-configs are played without a pair file."""
    run("render", "pairs/dc1.yaml", "-o", "running")
    ended = run("drill", "--running", "running/dc1-a.cfg", "--running", "running/dc1-b.cfg", "--event", PEER_LINK)
    assert ended.code == 0
    assert ended.out.startswith("dc1-a-b: After peer-link down: ")


def test_file(run: Run, folder: Path) -> None:
    """What is written to a file is what would be printed."""
    words = ("drill", "pairs/dc1.yaml", "--event", PEER_LINK, "--format", "markdown")
    assert run(*words, "-o", "drill.md").out == ""
    assert Path("drill.md").read_text("utf-8") == run(*words).out


@pytest.mark.parametrize(
    ("event", "says"),
    [
        ("peerlink down", "'peerlink down' can't happen to dc1; did you mean `peer-link down`?"),
        ("power-of dc1-a", "did you mean `power-off dc1-a`?"),
        ("power-off dc1-c", "did you mean `power-off dc1-b`?"),
        ("power-on dc1-aa", "did you mean `power-on dc1-a`?"),
        ("vpc 13 down on dc1-b", "did you mean `vpc 12 down on dc1-b`?"),
        ("link down dc1-a eth1/77", "did you mean `link down dc1-a Ethernet1/"),
        ("peer-lnk up", "did you mean `peer-link up`?"),
        ("nonsense", "'nonsense' is no event; there are: peer-link down, "),
        ("svi 5000 down dc1-a", "did you mean `svi "),
        ("type-1 mismatch vpc 4000", "did you mean `type-1 mismatch"),
        (f"power-off {'x' * 80}", "can't happen to dc1; did you mean `power-off dc1-a` or `power-off dc1-b`?"),
        ("role preempt up", "did you mean `role preempt`?"),
    ],
)
def test_unknown_event(run: Run, folder: Path, event: str, says: str) -> None:
    """An event that can't happen to the pair is a usage error that names the one that was meant."""
    ended = run("drill", "pairs/dc1.yaml", "--event", event)
    assert ended.code == 2
    assert says in ended.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "give either pair files or --running twice"),
        (["pairs", "--running", "x"], "give either pair files or --running twice"),
        (["pairs", "--event", PEER_LINK, "--depth", "1"], "give either --event or --depth"),
        (["pairs", "--depth", "0"], "0 is not in the range"),
    ],
)
def test_usage(run: Run, folder: Path, words: list[str], says: str) -> None:
    """Options that can't go together are a usage error."""
    ended = run("drill", *words)
    assert (ended.code, says in ended.err) == (2, True)


def test_settings(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Events can be given by a variable, with commas between them, and in a settings file."""
    file = "pairs/dc1.yaml"
    given = run("drill", file, "--event", PEER_LINK, "--event", KEEPALIVE).out
    monkeypatch.setenv("MLAGKIT_EVENT", f"{PEER_LINK},{KEEPALIVE}")
    assert run("drill", file).out == given
    monkeypatch.delenv("MLAGKIT_EVENT")
    Path("mlagkit.toml").write_text(f'[drill]\nevent = ["{PEER_LINK}", "{KEEPALIVE}"]\n', "utf-8")
    assert run("drill", file).out == given
