"""An emulated pair without a network: what it answers goes to the checks as if it had come from two live switches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from mlagkit.configurations import configurations
from mlagkit.device.protocol import Console
from mlagkit.device.read import Answers, Reading
from mlagkit.device.target import Target, Transport
from mlagkit.emulated import Emulated
from mlagkit.expand import expand
from mlagkit.intent import load_pair
from mlagkit.intent.pair import Pair
from mlagkit.nxos.lab.chassis import Chassis
from mlagkit.nxos.lab.faults import Faults
from mlagkit.nxos.lab.live import Happened, Live
from mlagkit.nxos.lab.shell import Shell
from mlagkit.nxos.redact import redact
from mlagkit.nxos.reply import Question, Show
from mlagkit.observing import closer, commands, observed
from mlagkit.peers import peers_of
from mlagkit.push.journal import Line
from mlagkit.pushing import Office
from mlagkit.starter import starter
from mlagkit.state import SwitchState
from mlagkit.verify import Check, Implied, Observed, Result, checks, implied

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class LivePair:
    """Both switches of a pair file, with a clock that stands still until it is told otherwise.

    ``live`` tells how they fare, ``configs`` what they run, where that is known already.
    """

    def __init__(self, pair: Pair, live: Live | None = None, configs: Mapping[str, str] | None = None) -> None:
        self.pair = pair
        self.now = START
        self._happened: list[tuple[str, datetime]] = []
        self._live = live or Emulated({name: switch.ends for name, switch in self.must.led[pair.hostnames[0]].items()})
        configs = configs or configurations(expand(pair).values())
        self.switches = {name: Chassis(name, configs[name], lambda: self.now, Faults()) for name in pair.hostnames}
        for name, chassis in self.switches.items():
            chassis.live = lambda name=name: self.states()[name]  # type: ignore[misc]

    @cached_property
    def must(self) -> Implied:
        """What the pair file implies."""
        return implied(peers_of(self.pair))

    @classmethod
    def of(cls, text: str, folder: Path) -> LivePair:
        """From the text of a pair file."""
        (folder / "pair.yaml").write_text(text, "utf-8")
        return cls(load_pair(folder / "pair.yaml"))

    def states(self) -> Mapping[str, SwitchState]:
        """What the lab is told."""
        configs = {name: chassis.running_config() for name, chassis in self.switches.items()}
        so_far = [Happened(words, (self.now - at).total_seconds()) for words, at in self._happened]
        return self._live(configs, so_far)

    def happen(self, *events: str) -> None:
        """One event after the other befalls the pair."""
        self._happened += [(words, self.now) for words in events]

    def type(self, name: str, *lines: str) -> None:
        """Somebody types lines into a switch."""
        assert all(answer.ok for answer in self.switches[name].execute(lines))

    def wait(self, seconds: float) -> None:
        """Time passes."""
        self.now += timedelta(seconds=seconds)

    def ask(self, name: str, command: str) -> str:
        """What a switch prints."""
        return Shell(self.switches[name]).feed(command).text

    def observe(self) -> Observed:
        """What is found out about the pair now."""
        answers = {name: self._answers(name, commands(self.must)) for name in self.pair.hostnames}
        seen, errors = observed(self.pair, answers, lambda _: None)
        assert not errors
        return seen

    def _answers(self, name: str, asked: Sequence[Show]) -> Answers:
        running = Reading(self.ask(name, Show.RUNNING_CONFIG), target(name), self.now)
        replies: dict[Question, str] = {command: self.ask(name, command) for command in asked}
        more = closer(self.must)(name, replies)
        return Answers(running, {**replies, **{command: self.ask(name, command) for command in more}})

    @property
    def targets(self) -> list[Target]:
        """Where both switches are."""
        return [target(name) for name in self.switches]

    def office(
        self,
        folder: Path,
        opened: Callable[[Target], Console],
        sleep: Callable[[float], None],
        heard: Callable[[Line], None] = lambda _: None,
    ) -> Office:
        """Whoever pushes to it, by the clock of the switches."""
        return Office(
            folder=folder,
            user="ann",
            host="ops-1",
            opened=opened,
            mask=redact,
            clock=lambda: self.now,
            sleep=sleep,
            heard=heard,
        )

    def checks(self) -> tuple[Check, ...]:
        """Every check, as the pair is now."""
        return checks(self.must, self.observe())


def target(name: str) -> Target:
    """Where a switch is."""
    return Target(name, "192.0.2.1", Transport.SSH, 22, None, None)


def found(some: Sequence[Check], result: Result = Result.NOT_OK) -> set[str]:
    """The checks with that result, as ``switch name object`` or without the switch."""
    return {" ".join(filter(None, (check.switch, check.object))) for check in some if check.result is result}


def dc1(folder: Path, *edits: tuple[str, str]) -> LivePair:
    """The pair of `mlagkit init dc1`, edited."""
    text = starter("dc1")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return LivePair.of(text, folder)
