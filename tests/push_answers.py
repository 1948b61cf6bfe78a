"""A pair to push to whose switches answer what a test wants them to answer, and what they were sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from mlagkit.errands import errand_of
from mlagkit.intent import load_pair
from mlagkit.nxos.lab.shell import tick
from mlagkit.nxos.parse import parse
from mlagkit.nxos.reply import without_stamps
from mlagkit.planning import plan_pair
from mlagkit.push.consent import Ask
from mlagkit.push.engine import Outcome
from mlagkit.push.errand import Errand, Terms
from mlagkit.push.journal import Line
from mlagkit.push.look import Seen
from mlagkit.pushing import Office, push_pair
from mlagkit.starter import starter
from tests.emulated_console import EmulatedConsole
from tests.live_pairs import LivePair

TIMER = Terms(permissions=("unproven-timer",))
BEFORE = starter("dc1")
AFTER = BEFORE.replace("10: web", "10: www")
"""The smallest change of both switches: a line of configuration mode on each."""

Answer = Callable[[str, str], str | None]
"""What a switch answers to a line instead of carrying it out, None where it carries it out; by switch and line."""


def obeys(name: str, line: str) -> str | None:  # an `Answer`
    """Everything is carried out."""
    return None


@dataclass(slots=True)
class Answering:
    """A pair without a network: ``sent`` is what each switch was given, ``noted`` what the journal got."""

    folder: Path
    pair: LivePair
    errand: Errand
    answer: Answer = obeys
    sent: list[tuple[str, str]] = field(default_factory=list)
    noted: list[Line] = field(default_factory=list)
    old: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        folder: Path,
        answer: Answer = obeys,
        before: str = BEFORE,
        after: str = AFTER,
        more: Sequence[str] = (),
    ) -> Answering:
        """From the texts of two pair files: both switches run the first with ``more``, and the second is asked for."""
        live = LivePair.of(before, folder)
        for chassis in live.switches.values():
            assert all(each.ok for each in chassis.execute(more))
            chassis.save()
        (folder / "after.yaml").write_text(after, "utf-8")
        old = {name: chassis.running_config() for name, chassis in live.switches.items()}
        trees = {name: parse(text, name) for name, text in old.items()}
        plan = plan_pair(load_pair(folder / "after.yaml"), trees, secrets=lambda _: None)
        return cls(folder, live, errand_of(plan), answer, old=old)

    def push(self, terms: Terms = TIMER) -> Outcome:
        """One push; the errors of `push_pair`."""

        def made(_: Mapping[str, Seen]) -> tuple[Errand, Ask | None]:
            return self.errand, None

        return push_pair(self.office(), self.errand.pair, self.pair.targets, made, terms)

    def office(self) -> Office:
        """Whoever pushes."""
        return self.pair.office(
            self.folder / "state", lambda target: _Console(self, target.name), self.sleep, self.noted.append
        )

    def sleep(self, seconds: float) -> None:
        """Time passes for both switches."""
        self.pair.now += timedelta(seconds=seconds)
        for chassis in self.pair.switches.values():
            tick(chassis)

    def is_as_before(self) -> bool:
        """Whether both run, and have saved, what they did, and nothing of the push is left on them."""
        return all(
            without_stamps(chassis.running_config()) == without_stamps(self.old[name])
            and chassis.is_saved
            and not chassis.checkpoints.names
            for name, chassis in self.pair.switches.items()
        )

    def lines(self, name: str) -> tuple[str, ...]:
        """The lines of the plan for a switch."""
        return tuple(line for move in self.errand.moves if move.switch == name for line in move.lines)

    def changed(self, moves: Callable[[str], str]) -> None:
        """Other lines in the plan; `moves` gives each anew."""
        found = [replace(move, lines=[moves(line) for line in move.lines]) for move in self.errand.moves]
        self.errand = replace(self.errand, moves=found)


class _Console(EmulatedConsole):
    """A login with its own answers."""

    def __init__(self, pair: Answering, name: str) -> None:
        super().__init__(pair.pair.switches[name])
        self._pair = pair

    def exchange(self, line: str, carry_out: Callable[[], str], *, write: bool) -> str:
        """What the test answers, if it does."""
        self._pair.sent.append((self.name, line))
        answer = self._pair.answer(self.name, line)
        return carry_out() if answer is None else answer
