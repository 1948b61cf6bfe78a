"""One push at a time for each pair."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mlagkit.errors import Refused
from mlagkit.push.lock import Held, Holder, locked

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_a_second_push_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    """User, host, process, time, age, plan, and how to break it."""
    with locked(tmp_path, "dc1", "4f2a" * 16, "ann", "ops-1", NOW) as holder:
        with (
            pytest.raises(Held) as error,
            locked(tmp_path, "dc1", "9" * 64, "bob", "ops-2", NOW + timedelta(minutes=2)),
        ):
            pass
        for word in (
            "ann",
            "ops-1",
            str(holder.process),
            "2026-01-02T03:04:05",
            "120 s ago",
            "4f2a4f2a4f2a",
            holder.id,
        ):
            assert word in str(error.value)
        assert error.value.exit_code == 4
        with locked(tmp_path, "dc2", "9" * 64, "bob", "ops-2", NOW):
            pass  # another pair is another lock
    assert not list(tmp_path.iterdir())


def test_a_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    """Whatever ends a push ends its lock."""
    with pytest.raises(ZeroDivisionError), locked(tmp_path, "dc1", "", "ann", "ops-1", NOW):
        raise ZeroDivisionError
    with locked(tmp_path, "dc1", "", "ann", "ops-1", NOW):
        pass


def test_a_dead_lock_is_broken_by_its_id_alone(tmp_path: Path) -> None:
    """A wrong id breaks nothing; the right one gives the lock to whoever broke it."""
    dead = _left_behind(tmp_path)
    with pytest.raises(Refused, match="no lock 00000000"), locked(tmp_path, "dc1", "", "bob", "h", NOW, "00000000"):
        pass
    with locked(tmp_path, "dc1", "", "bob", "h", NOW, dead.id) as holder:
        assert holder.user == "bob"
        with pytest.raises(Refused, match="no lock"), locked(tmp_path, "dc1", "", "eve", "h", NOW, dead.id):
            pass


def test_a_lock_that_was_broken_is_not_released_by_its_first_owner(tmp_path: Path) -> None:
    """Who lost a lock leaves the new one alone."""
    with locked(tmp_path, "dc1", "", "ann", "h", NOW) as first:
        second = locked(tmp_path, "dc1", "", "bob", "h", NOW, first.id)
        second.__enter__()
    with pytest.raises(Held), locked(tmp_path, "dc1", "", "eve", "h", NOW):
        pass
    second.__exit__(None, None, None)


def test_an_unreadable_lock_is_no_free_one(tmp_path: Path) -> None:
    """Nobody pushes past a lock that can't be read."""
    (tmp_path / "dc1.lock").write_text("{")
    with pytest.raises(Refused, match="nobody can read"), locked(tmp_path, "dc1", "", "ann", "h", NOW):
        pass


RACE = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from mlagkit.push.lock import Held, locked
sys.stdin.readline()
try:
    with locked(Path(sys.argv[1]), "dc1", "", sys.argv[2], "h", datetime.now(timezone.utc)):
        print("won", flush=True)
        sys.stdin.readline()
except Held:
    print("lost", flush=True)
"""
RACERS = 100


def test_of_many_processes_one_wins(tmp_path: Path) -> None:
    """All start at once; the winner holds the lock until all others have lost."""
    racers = [
        subprocess.Popen([sys.executable, "-c", RACE, str(tmp_path), str(number)], stdin=-1, stdout=-1, text=True)
        for number in range(RACERS)
    ]
    try:
        for racer in racers:
            assert racer.stdin
            racer.stdin.write("\n")
            racer.stdin.flush()
        said = [racer.stdout.readline().strip() for racer in racers if racer.stdout]
    finally:
        for racer in racers:
            racer.communicate(timeout=60)
    assert sorted(said) == ["lost"] * (RACERS - 1) + ["won"]
    assert not list(tmp_path.iterdir())


def _left_behind(folder: Path) -> Holder:
    """The lock of a push that was killed."""
    context = locked(folder, "dc1", "", "ann", "ops-1", NOW)
    holder = context.__enter__()
    path = folder / "dc1.lock"
    text = path.read_text()
    context.__exit__(None, None, None)
    path.write_text(text)
    return holder
