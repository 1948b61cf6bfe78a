"""One login: exec mode, configuration mode, questions, and the prompt between them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection

from mlagkit.nxos.lab import texts
from mlagkit.nxos.lab.answer import Answer, Rejected
from mlagkit.nxos.lab.chassis import Chassis
from mlagkit.nxos.lab.grammar import Ambiguous, find
from mlagkit.nxos.lab.session import ConfigSession
from mlagkit.nxos.lab.show import SHOW

_EXEC = ("configure", "show", "terminal", "copy", "end", "exit")
_UNASK = ["no", "terminal", "dont-ask"]


class Shell:
    """What a client types into, one line at a time.

    ``direct`` is NX-API: configuration lines without ``configure terminal`` (device-side 4.4).
    """

    def __init__(self, chassis: Chassis, direct: bool = False) -> None:
        self.chassis = chassis
        self.direct = direct
        self.dont_ask = False
        self._config: ConfigSession | None = None
        self._pending = ""

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
        """A command with its abbreviations written out as far as faults are named by them."""
        words = line.split()
        if words and "show".startswith(words[0]) and len(words[0]) > 1:
            words[0] = "show"
            words[1:2] = _one_of(words[1], SHOW) if len(words) > 1 else []
        return " ".join(words)

    def feed(self, line: str) -> Answer:
        """The answer to one typed line."""
        with self.chassis.lock:
            try:
                answer = self._answer(line)
            except Rejected as refusal:
                return Answer(self._marked(refusal), ok=False)
            command = self.command(line)
            if command == "show running-config":
                self.chassis.changed_by_somebody()
            text = self.chassis.faults.disturb(command, answer.text)
            return Answer(text, answer.ok, answer.asks, answer.closes, answer.body)

    def _answer(self, line: str) -> Answer:
        if self._pending:
            return self._resolve(line)
        if self._config is not None and not self._config.prompt:
            return Answer(self.chassis.configure(self._config, line))
        words = line.split()
        if not words or line.lstrip().startswith("!"):
            return Answer()
        if words == _UNASK:
            self.dont_ask = False
            return Answer()
        if self._config and words[0] == "do":
            words = words[1:]
        verb = _verb(words[0], _EXEC) if words else ""
        own_setting = self._config is not None and self._config.place.mode == "line" and verb == "terminal"
        if verb and not own_setting:  # configuration mode takes the commands of exec mode, too
            return self._exec(verb, words[1:], line)
        if self._config or self.direct:
            return self._configure(line)
        raise Rejected(texts.INVALID, 0)

    def _exec(self, verb: str, words: list[str], line: str) -> Answer:
        acts: dict[str, Callable[[list[str]], Answer | None]] = {
            "configure": self._enter,
            "show": self._show,
            "terminal": self._terminal,
            "copy": self._copy,
            "end": self._end,
            "exit": self._exit,
        }
        answer = acts[verb](words)
        if answer is None:
            raise Rejected(texts.INVALID, len(line.split(None, 1)[0]) + 1 if words else 0)
        return answer

    def _enter(self, words: list[str]) -> Answer | None:
        if words and not "terminal".startswith(words[0]):
            return None
        self._config = ConfigSession(self.chassis.store, self.chassis.strict)
        return Answer(texts.ENTER)

    def _end(self, _: list[str]) -> Answer | None:
        self._config = None
        return Answer()

    def _exit(self, _: list[str]) -> Answer | None:
        if self._config is None:
            return Answer(closes=True)
        if not self._config.leave():
            self._config = None
        return Answer()

    def _show(self, words: list[str]) -> Answer | None:
        line, _, pipe = " ".join(words).partition("|")
        typed = line.split()
        names = _one_of(typed[0], SHOW) if typed else []
        answer = SHOW[names[0]](self.chassis, " ".join(typed[1:])) if names and names[0] in SHOW else None
        return _piped(answer, pipe.split()) if answer else None

    def _terminal(self, words: list[str]) -> Answer | None:
        if words == ["dont-ask"]:
            self.dont_ask = True
        elif words[:1] not in (["length"], ["width"], ["session-timeout"]):
            return None
        return Answer()  # the lab never pages, whatever the length

    def _copy(self, words: list[str]) -> Answer | None:
        if len(words) != 2 or not ("running-config".startswith(words[0]) and "startup-config".startswith(words[1])):
            return None
        self.chassis.save()
        return Answer(texts.COPIED)

    def _configure(self, line: str) -> Answer:
        if self._config is None:
            self._config = ConfigSession(self.chassis.store, self.chassis.strict)
        question = "" if self.dont_ask else _question(self._config, line)
        if question:
            self._pending = line
            return Answer(question, asks=True)
        return Answer(self.chassis.configure(self._config, line))

    def _resolve(self, line: str) -> Answer:
        pending, self._pending = self._pending, ""
        if self._config is None or not line.strip().lower().startswith("y"):
            return Answer()
        return Answer(self.chassis.configure(self._config, pending))

    def _marked(self, refusal: Rejected) -> str:
        """A refusal with its caret below the offending word (corpus/nxos/show/error-output)."""
        if refusal.column is None:
            return refusal.text
        return f"{' ' * (len(self.prompt) + refusal.column)}^\n{refusal.text}"


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


def _verb(word: str, verbs: tuple[str, ...]) -> str:
    """The command that an abbreviation of two letters or more means."""
    found = [verb for verb in verbs if verb == word or (len(word) > 1 and verb.startswith(word))]
    return found[0] if len(found) == 1 else ""


def _one_of(word: str, names: Collection[str]) -> list[str]:
    """The name that a word abbreviates; the word itself where none begins with it."""
    found = [name for name in names if name.startswith(word)]
    return [word] if word in names else found[:1] or [word]


def _piped(answer: Answer, pipe: list[str]) -> Answer | None:
    """``| json``, ``| include X``, ``| no-more``; other filters are not there."""
    if not pipe or pipe == ["no-more"]:
        return answer
    if pipe[0] == "json":
        return Answer(json.dumps(answer.body), body=answer.body) if answer.body else None
    if "include".startswith(pipe[0]) and len(pipe) > 1:
        wanted = " ".join(pipe[1:])
        kept = [line for line in answer.text.splitlines(keepends=True) if wanted in line]
        return Answer("".join(kept))
    return None
