"""One login: exec mode, configuration mode, questions, and the prompt between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mlagkit.nxos.lab import texts
from mlagkit.nxos.lab.answer import Answer, Ask, Rejected
from mlagkit.nxos.lab.chassis import Chassis
from mlagkit.nxos.lab.commands import COMMANDS
from mlagkit.nxos.lab.grammar import Ambiguous, find
from mlagkit.nxos.lab.live import Power
from mlagkit.nxos.lab.pipe import piped
from mlagkit.nxos.lab.session import ConfigSession
from mlagkit.nxos.lab.show import SHOW
from mlagkit.nxos.lab.timers import run_due
from mlagkit.nxos.lab.words import is_exclusive, spelled, verb

_OWN_SETTINGS = (("line", "terminal"), ("vpc", "reload"))
"""Modes that have a setting of the name of an exec command."""

_ENDS = ("exit", "end", "end-job")


class Shell:
    """What a client types into, one line at a time.

    ``direct`` is NX-API: configuration lines without ``configure terminal`` (device-side 4.4).
    """

    def __init__(self, chassis: Chassis, direct: bool = False) -> None:
        self.chassis = chassis
        self.direct = direct
        self.dont_ask = False
        self._boots = chassis.boots
        self._config: ConfigSession | None = None
        self._pending: Ask | None = None

    @property
    def prompt(self) -> str:
        """``switch# ``, ``switch(config-if)# ``; nothing while a question or a banner is open."""
        if self._pending:
            return ""
        name = self.chassis.store.hostname
        if self._config is None:
            return f"{name}# "
        return f"{name}({self._config.prompt})# " if self._config.prompt else ""

    def command(self, line: str) -> str:
        """A command with its abbreviations written out as far as faults are named by them.

        Nothing for a line of a job: its fault is that of the command when the job runs.
        """
        return "" if self._is_of_job(line) else " ".join(spelled(line.split()))

    def start(self, line: str) -> float:
        """A line was typed: how many seconds it takes before it is carried out, by a fault.

        Meanwhile nobody else performs a checkpoint, a rollback or a copy, if it is one of these.
        """
        command = self.command(line)
        seconds = self.chassis.faults.slow.get(command, 0)
        if seconds and is_exclusive(command):
            with self.chassis.lock:
                self.chassis.busy = self.chassis.busy or self
        return seconds

    def drops(self, line: str) -> bool:
        """Whether a fault drops the connection before the line is carried out."""
        return self.command(line) in self.chassis.faults.drop

    def give_up(self) -> str:
        """Ctrl-C: a question stays unanswered, and the prompt is there again [likely]."""
        self._pending = None
        return self.prompt

    def close(self) -> None:
        """The client is gone."""
        with self.chassis.lock:
            self.chassis.release(self)

    def feed(self, line: str) -> Answer:
        """The answer to one typed line."""
        with self.chassis.lock:
            if self._boots != self.chassis.boots or self.chassis.power is not Power.ON:
                return Answer(closes=True)  # typed before the switch restarted, or lost its power
            run_due(self.chassis, _by_itself(self.chassis))
            return self.run(line)

    def run(self, line: str) -> Answer:
        """The same while the lock is held."""
        command = self.command(line)
        try:
            if command in self.chassis.faults.refuse:
                raise Rejected(self.chassis.faults.refuse[command])
            if is_exclusive(command):
                self.chassis.claim(self)
            answer = self._answer(line)
        except Rejected as refusal:
            return Answer(self._marked(refusal), ok=False)
        finally:
            self.chassis.release(self)
        if command == "show running-config":
            self.chassis.changed_by_somebody()
        text = self.chassis.faults.disturb(command, answer.text)
        return Answer(text, answer.ok, answer.asks, answer.closes, answer.body)

    def _answer(self, line: str) -> Answer:
        if self._pending:
            return self._resolve(line)
        if self._config is not None and (not self._config.prompt or self._is_of_job(line)):
            return Answer(self.chassis.configure(self._config, line))
        words = line.split()
        if not words or line.lstrip().startswith("!"):
            return Answer()
        if words == ["no", "terminal", "dont-ask"]:
            self.dont_ask = False
            return Answer()
        if self._config and words[0] == "do":
            words = words[1:]
        mode = self._config.place.mode if self._config else ""
        if words[:2] == ["no", "checkpoint"]:
            return self._exec("no checkpoint", words[2:], line)
        name = verb(words[0]) if words else ""
        if name and (mode, name) not in _OWN_SETTINGS:  # configuration mode takes the commands of exec mode, too
            return self._exec(name, spelled(words)[1:], line)
        if self._config or self.direct:
            return self._configure(line)
        raise Rejected(texts.INVALID, 0)

    def _is_of_job(self, line: str) -> bool:
        """In a job of the scheduler every line is kept for later, whatever command it is."""
        return self._config is not None and self._config.place.mode == "job" and line.strip() not in _ENDS

    def _exec(self, name: str, words: list[str], line: str) -> Answer:
        acts: dict[str, Callable[[list[str]], Answer | None]] = {
            "configure": self._enter,
            "show": self._show,
            "terminal": self._terminal,
            "end": self._end,
            "exit": self._exit,
        }
        if name == "configure" and words[:1] == ["replace"]:
            name, words = "configure replace", words[1:]
        answer = acts[name](words) if name in acts else COMMANDS[name](self.chassis, words)
        if answer is None:
            raise Rejected(texts.INVALID, len(line.split(None, 1)[0]) + 1 if words else 0)
        return self._asked(answer) if isinstance(answer, Ask) else answer

    def _asked(self, ask: Ask) -> Answer:
        if self.dont_ask:
            return ask.act()
        self._pending = ask
        return Answer(ask.question, asks=True)

    def _enter(self, words: list[str]) -> Answer | None:
        if words not in ([], ["terminal"]):
            return None
        self._config = ConfigSession(self.chassis.store, self.chassis.strict)
        return Answer(texts.ENTER)

    def _end(self, words: list[str]) -> Answer | None:
        if words:
            return None
        self._config = None
        return Answer()

    def _exit(self, words: list[str]) -> Answer | None:
        if words:
            return None
        if self._config is None:
            return Answer(closes=True)
        if not self._config.leave():
            self._config = None
        return Answer()

    def _show(self, words: list[str]) -> Answer | None:
        line, _, pipe = " ".join(words).partition("|")
        typed = line.split()
        answer = SHOW[typed[0]](self.chassis, " ".join(typed[1:])) if typed and typed[0] in SHOW else None
        return piped(answer, pipe.split()) if answer else None

    def _terminal(self, words: list[str]) -> Answer | None:
        if words == ["dont-ask"]:
            self.dont_ask = True
        elif words[:1] not in (["length"], ["width"], ["session-timeout"]):
            return None
        return Answer()  # the lab never pages, whatever the length

    def _configure(self, line: str) -> Answer:
        config = self._config = self._config or ConfigSession(self.chassis.store, self.chassis.strict)
        question = _question(config, line)
        if question:
            return self._asked(Ask(question, lambda: Answer(self.chassis.configure(config, line))))
        return Answer(self.chassis.configure(config, line))

    def _resolve(self, line: str) -> Answer:
        pending, self._pending = self._pending, None
        said = line.strip().lower()
        if pending is None or not (said.startswith("y") if said else pending.default):
            return Answer()
        return pending.act()

    def _marked(self, refusal: Rejected) -> str:
        """A refusal with its caret below the offending word (corpus/nxos/show/error-output)."""
        if refusal.column is None:
            return refusal.text
        return f"{' ' * (len(self.prompt) + refusal.column)}^\n{refusal.text}"


def tick(chassis: Chassis) -> None:
    """Let a switch do by itself what its time has come for, without any client."""
    with chassis.lock:
        run_due(chassis, _by_itself(chassis))


def _by_itself(chassis: Chassis) -> Callable[[Sequence[str]], list[Answer]]:
    """Commands in a login of their own, carried out while the lock is held."""

    def typed(lines: Sequence[str]) -> list[Answer]:
        login = Shell(chassis)
        return [login.run(line) for line in lines]

    return typed


def _question(session: ConfigSession, line: str) -> str:
    """What the switch asks before it carries out a line, where the wording is known (vpc-reference 7 row 19)."""
    negated = line.split()[:1] == ["no"]
    text = line.strip().removeprefix("no ").strip()
    try:
        match, outer = find(session.place.mode, text, negated), find("global", text, negated)
    except Ambiguous:
        return ""
    if match and str(match.row) == "peer-gateway":
        return texts.ASK_GATEWAY
    domains = [child.key for child in session.store.root.children if child.mode == "vpc"]
    if outer and not negated and str(outer.row) == "vpc domain *" and domains and outer.key not in domains:
        return texts.ASK_DOMAIN
    return ""
