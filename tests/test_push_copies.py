"""Copies of what both switches ran before do not pile up, and none goes that somebody may still need."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mlagkit.errors import Refused
from mlagkit.push.copies import KEPT, copy_of, drop_outdated
from mlagkit.push.journal import Journal
from tests.live_pairs import START
from tests.push_faults import scene
from tests.push_pair import Pushed

PAIR = ("dc1-a", "dc1-b")


def made(runs: Path, number: int, result: str, switches: tuple[str, ...] = PAIR) -> str:
    """A run that ended so, with its copies; ``""`` for one that has no end."""
    run = f"20260101-{number:06d}-0000"
    with Journal(runs / f"{run}.jsonl", lambda: START, str) as journal:
        journal.note("begin", run=run)
        if result:
            journal.note("end", result=result)
    for switch in switches:
        copy_of(runs, run, switch).parent.mkdir(exist_ok=True)
        copy_of(runs, run, switch).write_text("hostname x\n", "utf-8")
    return run


def kept(runs: Path) -> set[str]:
    """The runs that have copies."""
    return {path.name for path in runs.iterdir() if path.is_dir()}


def test_the_latest_stay(tmp_path: Path) -> None:
    """Older ones go once they have ended, however they did; the journals stay."""
    runs = [made(tmp_path, number, result) for number, result in enumerate(["done", "taken back", "refused"] * 5)]
    assert drop_outdated(tmp_path, PAIR) == runs[:-KEPT]
    assert kept(tmp_path) == {*runs[-KEPT:]}
    assert {path.stem for path in tmp_path.glob("*.jsonl")} == {*runs}
    assert drop_outdated(tmp_path, PAIR) == []


@pytest.mark.parametrize("result", ["", "unfinished"])
def test_what_somebody_has_to_go_on_with_stays(result: str, tmp_path: Path) -> None:
    """However old it is; one whose journal can't be read, too."""
    open_one = made(tmp_path, 0, result)
    broken = made(tmp_path, 1, "done")
    (tmp_path / f"{broken}.jsonl").write_text("{}\n", "utf-8")
    gone = made(tmp_path, 2, "done")
    latest = [made(tmp_path, number, "done") for number in range(3, 3 + KEPT)]
    assert drop_outdated(tmp_path, PAIR) == [gone]
    assert kept(tmp_path) == {open_one, broken, *latest}


def test_other_pairs_and_other_files_stay(tmp_path: Path) -> None:
    """What is not of this pair, or has anything in it that no push has put there."""
    other = made(tmp_path, 0, "done", ("dc2-a", "dc2-b"))
    noted = made(tmp_path, 1, "done")
    (tmp_path / noted / "why.txt").write_text("keep this", "utf-8")
    for number in range(2, 2 + KEPT):
        made(tmp_path, number, "done")
    assert drop_outdated(tmp_path, PAIR) == []
    assert {other, noted} <= kept(tmp_path)


def test_a_push_that_is_done_drops_them(tmp_path: Path) -> None:
    """It says so in its journal, and its own are there for the way back; one that is taken back drops nothing."""
    runs = tmp_path / "runs"
    runs.mkdir()
    old = [made(runs, number, "done") for number in range(KEPT + 2)]
    pushed = Pushed.at(scene(), tmp_path)
    pushed.world.meanwhile = _stops
    assert pushed.run().is_taken_back
    assert {*old} <= kept(runs)
    pushed.world.meanwhile = lambda _name, _line: None
    assert pushed.run().is_done
    assert [line["what"] for line in pushed.record().lines if line["event"] == "dropped"] == [", ".join(old[:4])]
    assert kept(runs) & {*old} == {*old[4:]}
    assert pushed.rolled_back().is_taken_back


def test_a_push_of_nothing_keeps_and_drops_nothing(tmp_path: Path) -> None:
    """However often it is asked for: the last run that changed anything can still be taken back."""
    pushed = Pushed.at(scene(), tmp_path)
    assert pushed.run().is_done
    run = pushed.name
    for _ in range(KEPT + 1):
        assert pushed.run(errand=replace(scene().errand, moves=())).idle
    assert kept(tmp_path / "runs") == {run}
    pushed.name = run
    assert pushed.rolled_back().is_taken_back


def test_without_its_copies_a_run_is_not_taken_back(tmp_path: Path) -> None:
    """Somebody has deleted them: it is said, and nothing is sent."""
    pushed = Pushed.at(scene(), tmp_path)
    assert pushed.run().is_done
    copy_of(tmp_path / "runs", pushed.name, "dc1-b").unlink()
    pushed.world.sent.clear()
    with pytest.raises(Refused, match="what both ran before is not kept any more"):
        pushed.rolled_back()
    assert not pushed.world.sent


def _stops(_: str, line: str) -> None:
    if line == "vlan 20":
        raise KeyboardInterrupt
