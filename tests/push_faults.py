"""Every boundary of a push to a pair, and whatever can go wrong there: how each of these pushes ends.

    python -m tests.push_faults [EVERY]

tries every point, or each EVERY-th one, on all cores, and prints how they ended, with the points that ended as none may
(trust.md, P1, P2, P17). It ends with 1 where there is one of these, or fewer than 95 in 100 end clean.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from mlagkit.errors import DeviceError, MlagkitError, Refused
from mlagkit.push.back import Standing
from mlagkit.push.engine import Outcome
from mlagkit.pushing import result
from mlagkit.starter import starter
from tests.push_pair import JOURNAL, TIMER, WHOLE, Killed, Kind, Pushed, Scene, Trouble

MEMORY = Path("/dev/shm")
"""A disk that is quick to be sure of: a journal waits for its disk at every line."""
ALL_DAY = 24 * 3600.0
CLEAN = 0.95

_AFTER = (
    ("  20: db\n", ""),
    ("vlans: 10,20  ", "vlans: 10  "),
    ("\n  12:\n    profile: server\n    host: db-01\n    vlans: 20\n", "\n"),
    ("    members: {dc1-a: [Ethernet1/2], dc1-b: [Ethernet1/7]}\n", ""),
    ("    host: web-01\n", "    host: web-01\n    description: {dc1-b: typed by hand}\n"),
)


@dataclass(frozen=True, slots=True)
class Point:
    """One fault at one boundary; ``at_once``: after a kill nobody waits for the timers; ``whole``: ``--replace``."""

    switch: str
    at: int
    kind: Kind
    lasting: bool = False
    both: bool = False
    at_once: bool = False
    whole: bool = False

    @property
    def name(self) -> str:
        """As one line, by which it is found again."""
        marks = [word for word in ("lasting", "both", "at_once", "whole") if getattr(self, word)]
        return " ".join((self.switch, str(self.at), self.kind.name, *marks))


@dataclass(frozen=True, slots=True)
class Row:
    """How the push with one fault ended, in a word; ``wrong`` is what may never be."""

    point: Point
    ended: str
    clean: bool
    wrong: tuple[str, ...] = ()


@cache
def scene() -> Scene:
    """The pair of `mlagkit init`, some weeks old; an earlier push has left its checkpoints."""
    today = older = starter("dc1")
    for new, old in _AFTER:
        assert new in older
        older = older.replace(new, old)
    with tempfile.TemporaryDirectory() as folder:
        return Scene.of(older, today, Path(folder), kept=("mlagkit-20260101-000000-0000",))


@cache
def boundaries(*, whole: bool = False) -> dict[str, int]:
    """How many there are in a push that nothing disturbs: with each switch, and lines of the journal."""
    with _folder() as folder:
        pushed = Pushed.at(scene(), folder)
        assert pushed.run(WHOLE if whole else TIMER).is_done
        return dict(pushed.world.passed)


def points(*, whole: bool = False) -> Iterator[Point]:
    """Every fault at every boundary; and a switch that stays away from there on, and both that do."""
    for switch, count in boundaries(whole=whole).items():
        kinds = (Kind.KILL, Kind.DISK_FULL) if switch == JOURNAL else tuple(Kind)
        for at in range(1, count + 1):
            found = [Point(switch, at, kind) for kind in kinds]
            found.append(Point(switch, at, Kind.KILL, at_once=True))
            if switch != JOURNAL:
                found += [Point(switch, at, Kind.DROP_AFTER, lasting=True, both=both) for both in (False, True)]
            yield from (replace(point, whole=whole) for point in found)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="mlagkit-", dir=MEMORY if MEMORY.is_dir() else None) as name:
        yield Path(name)


def carried_out(point: Point) -> Row:
    """Push with that fault, and whatever a person would do after it."""
    with _folder() as folder:
        trouble = Trouble(point.switch, point.at, point.kind, point.lasting, point.both)
        return _Try(point, Pushed.at(scene(), folder, trouble), []).row()


@dataclass(frozen=True, slots=True)
class _Try:
    point: Point
    pushed: Pushed
    wrong: list[str]

    def row(self) -> Row:
        """How it ended."""
        try:
            ended = self._first()
        except Exception as error:  # noqa: BLE001  # whatever it is, it is one of those that may not be
            self.wrong.append(f"{type(error).__name__}: {error}")
            ended = "exception"
        trouble = self.pushed.world.trouble
        if not (trouble and trouble.hit):
            self.wrong.append("the push did not come to that boundary")
        return Row(self.point, ended, ended in _CLEAN, tuple(self.wrong))

    def _first(self) -> str:
        try:
            outcome = self.pushed.run(WHOLE if self.point.whole else TIMER)
        except Killed:
            return self._killed()
        except (Refused, DeviceError) as error:
            self._untouched(error)
            return "not begun"
        return self._ended(outcome)

    def _untouched(self, error: MlagkitError) -> None:
        self._expect("something was sent", not any(each.write for each in self.pushed.world.sent))
        self._expect("not as before", self._truth() == {Standing.OLD})
        self._expect(f"no words: {error!r}", str(error))
        self._kept_whole()

    def _ended(self, outcome: Outcome) -> str:
        """Hold what is said against what is so; where it is unfinished, go on as the words say."""
        word = result(outcome)
        truth = self.pushed.standings()
        for name, stand in outcome.stands.items():
            said = stand.standing
            self._expect(f"{name} is {truth[name].name}, said {said.name}", said in (truth[name], Standing.UNKNOWN))
        if word == "unfinished":
            self._unfinished(outcome)
            return word
        wanted = {"done": {Standing.NEW}, "taken back": {Standing.OLD}}[word]
        self._expect(f"{word}, and really {self._words()}", self._truth() == wanted)
        self._expect(f"{word}, and there is advice", not any(stand.advice for stand in outcome.stands.values()))
        self._expect(f"amiss: {outcome.amiss}", not outcome.amiss or self._is_away())
        self._at_rest(done=word == "done")
        return word

    def _unfinished(self, outcome: Outcome) -> None:
        """Only between the two disarms, or out of reach; with words; and the way out that they name leads out."""
        off = [line for line in self.pushed.world.noted if line["event"] in ("disarm", "commit")]
        self._expect("unfinished for nothing", self._is_away() or off)
        told = all(stand.advice for stand in outcome.stands.values() if stand.standing is not Standing.OLD)
        self._expect("no way out is told", told and outcome.cause)
        self._kept_whole()
        self.pushed.world.away.clear()
        self.pushed.world.disk_full = False
        self.pushed.world.sleep(ALL_DAY)
        self._resume()

    def _killed(self) -> str:
        """The timers bring back what was armed; then, or at once, a second controller ends it."""
        world = self.pushed.world
        armed = self.pushed.armed()
        noted = {str(line["event"]) for line in world.noted}
        world.dead = False
        changed = {name for name, standing in self.pushed.standings().items() if standing is not Standing.OLD}
        off = noted & {"disarm", "commit"}
        self._expect("changed with nothing to bring it back", off or changed <= armed)
        if not self.point.at_once:
            world.sleep(ALL_DAY)
            if len(armed) == len(self.pushed.pair.switches) or (self.point.whole and changed <= armed):
                self._expect(f"timers left {self._words()}", self._truth() == {Standing.OLD})
        self._kept_whole()
        if "begin" not in noted:
            return "killed before it began"
        if self.pushed.record().lines[-1]["event"] == "end":
            self._expect("ended, and not at rest", len(self._truth()) == 1)
            return "killed when it was over"
        if "checkpoint" not in noted and "scheduler" not in noted:
            return self._killed_early()
        self._resume()
        return "killed, then " + ("all new" if self._truth() == {Standing.NEW} else "all old")

    def _killed_early(self) -> str:
        """Before anything was sent: there may be nothing to go back to, and there is nothing to go back from."""
        self._expect("something was sent", not any(each.write for each in self.pushed.world.sent))
        try:
            self._resume()
        except Refused as error:
            self._expect(f"no way out: {error}", "push again" in str(error))
        self._at_rest(done=False)
        return "killed before it began"

    def _resume(self) -> None:
        outcome = self.pushed.resumed()
        word = result(outcome)
        self._expect(f"resumed: {word}: {outcome}", word in ("done", "taken back"))
        self._expect(f"resumed: {word}, and really {self._words()}", len(self._truth()) == 1)
        said = {stand.standing for stand in outcome.stands.values()}
        self._expect(f"resumed: {self._words()}, said {said}", said == self._truth())
        self._at_rest(done=word == "done")

    def _at_rest(self, *, done: bool) -> None:
        told = {str(line.get("switch")) for line in self.pushed.world.noted if line["event"] == "left"}
        left = [
            each for each in self.pushed.left(done=done) if not (each.endswith(".cfg") and each.split(":")[0] in told)
        ]
        self._expect(f"left: {', '.join(left)}", not left)
        self._kept_whole()

    def _kept_whole(self) -> None:
        """The journal holds what was written into it, and knew of each line before it was sent."""
        world = self.pushed.world
        if not self.pushed.name:
            return
        lines = self.pushed.record().lines
        self._expect("the journal lost lines", list(lines) == world.noted)
        for each in world.sent:
            here = [line for line in lines[: each.noted] if line.get("switch") == each.switch]
            known = any(
                each.line in (line.get("command"), line.get("file"), *line.get("commands", ()))  # type: ignore[misc]
                for line in here
                if line["event"] in ("send", "type", "put")
            )
            if each.write and not known and self.point.kind is not Kind.DISK_FULL:
                self._expect(f"{each.line!r} was sent before it was noted", held=False)

    def _is_away(self) -> bool:
        world = self.pushed.world
        return not all(world.in_reach(name) for name in self.pushed.pair.switches)

    def _truth(self) -> set[Standing]:
        return set(self.pushed.standings().values())

    def _words(self) -> str:
        return "/".join(standing.name for standing in self.pushed.standings().values())

    def _expect(self, otherwise: str, held: object) -> None:
        if not held:
            self.wrong.append(otherwise)


_CLEAN = (
    *("done", "taken back", "not begun"),
    *("killed before it began", "killed when it was over", "killed, then all old", "killed, then all new"),
)


def table(rows: Sequence[Row]) -> str:
    """How they ended, by fault; and all that ended as none may."""
    kinds: dict[str, Counter[str]] = {}
    for row in rows:
        point = row.point
        name = "both stay away" if point.both else "switch stays away" if point.lasting else point.kind.value
        name += " (--replace)" if point.whole else ""
        kinds.setdefault(name, Counter())[row.ended] += 1
    ends = sorted({row.ended for row in rows})
    lines = [f"| fault | points | {' | '.join(ends)} |", f"|{'---|' * (len(ends) + 2)}"]
    for name, ended in kinds.items():
        lines.append(f"| {name} | {ended.total()} | {' | '.join(str(ended[end]) for end in ends)} |")
    once = [row for row in rows if not row.point.lasting]
    clean = sum(row.clean for row in once)
    lines.append(
        f"{len(rows)} points; of the {len(once)} whose fault passes, {clean} end clean ({clean / len(once):.1%})"
    )
    bad = [row for row in rows if row.wrong]
    lines += [f"{row.point.name}: {row.ended}: {'; '.join(row.wrong)}" for row in bad]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Try the points."""
    begun = time.monotonic()
    chosen = [*points(), *points(whole=True)][:: int(sys.argv[1]) if len(sys.argv) > 1 else 1]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        rows = list(pool.map(carried_out, chosen, chunksize=16))
    sys.stdout.write(table(rows))
    sys.stdout.write(f"{time.monotonic() - begun:.0f} s on {os.cpu_count()} cores\n")
    once = [row for row in rows if not row.point.lasting]
    return int(any(row.wrong for row in rows) or sum(row.clean for row in once) < CLEAN * len(once))


if __name__ == "__main__":
    sys.exit(main())
