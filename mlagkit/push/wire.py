"""One switch during a push: a session that is opened when it is needed, with a note before whatever is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from mlagkit.device.protocol import Console
from mlagkit.device.read import Answers, answer_to, answers
from mlagkit.device.target import Target
from mlagkit.errors import DeviceError, Stranger
from mlagkit.nxos.answer import without_secrets
from mlagkit.nxos.reply import Question
from mlagkit.push.journal import Notes

TRIES = 3
"""How often a switch is asked anew after an answer that can't be used; what changes it is sent once."""
PAUSE = 2.0
"""Seconds between two tries."""

_NOBODY_KNOWS = "nobody knows whether it was carried out"

T = TypeVar("T")


@dataclass(slots=True)
class Wire:
    """The way to one switch; ``opened`` makes a session that is not entered yet."""

    target: Target
    opened: Callable[[], Console]
    note: Notes
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    _session: Console | None = field(default=None)

    @property
    def name(self) -> str:
        """The hostname of the switch."""
        return self.target.name

    def prove(self) -> None:
        """Raise Stranger where somebody else answers; one that can't be reached may come back, and is waited for."""
        try:
            self._entered()
        except Stranger:
            raise
        except DeviceError:
            return

    def answers(self, commands: Sequence[Question]) -> Answers:
        """The running-config, proven to be whole, and the answers to these commands; DeviceError after some tries."""
        return self._tried(lambda session: answers(session, self.target, self.clock, commands))

    def show(self, command: Question) -> str:
        """One answer; DeviceError after some tries."""
        return self._tried(lambda session: session.show(command))

    def ask(self, command: Question) -> str:
        """The same, where a refusal is an answer, too."""
        return self._tried(lambda session: answer_to(session, command))

    def act(self, command: str, patience: float) -> str:
        """Carry out one command, once."""
        self.note("send", switch=self.name, command=command)
        with self._sending():
            answer = self._entered().act(command, patience)
        self._heard(command, answer)
        return answer

    def put(self, name: str, text: str) -> None:
        """Write a file, once."""
        self.note("put", switch=self.name, file=name)
        self._once(lambda session: session.put(name, text))

    def type(self, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Type these lines, once; each with its answer."""
        self.note("type", switch=self.name, commands=list(lines))
        with self._sending():
            for line, answer in self._entered().type(lines):
                if answer:
                    self._heard(line, answer)
                yield line, answer

    @property
    def at_once(self) -> bool:
        """Whether the switch has carried out all that it would of what was typed, once the first answer is there."""
        return self._session is not None and self._session.at_once

    def _heard(self, command: str, answer: str) -> None:
        """Note an answer; a switch may repeat in it, anywhere, the secret that it was given."""
        self.note("answer", switch=self.name, command=command, answer=without_secrets(command, answer))

    def close(self) -> None:
        """End the session; what was on its way is not waited for."""
        session, self._session = self._session, None
        if session is not None:
            with suppress(DeviceError, OSError):  # it may be dead already, which is why it is left
                session.__exit__(None, None, None)

    @contextmanager
    def _sending(self) -> Iterator[None]:
        """A session that fails is left; what it was to carry out may have been, which the error then says."""
        try:
            yield
        except DeviceError as error:
            was_entered = self._session is not None
            self.close()
            if was_entered:
                raise DeviceError(self.name, error.tried, _NOBODY_KNOWS) from error
            raise
        except BaseException:
            self.close()  # the operator does not wait: what the switch still says would be taken for another answer
            raise

    def _entered(self) -> Console:
        if self._session is None:
            self._session = self.opened().__enter__()
        return self._session

    def _once(self, work: Callable[[Console], T]) -> T:
        try:
            return work(self._entered())
        except BaseException:
            self.close()
            raise

    def _tried(self, work: Callable[[Console], T]) -> T:
        for left in reversed(range(TRIES)):
            try:
                return self._once(work)
            except Stranger:
                raise
            except DeviceError:
                if not left:
                    raise
                self.sleep(PAUSE)
        raise AssertionError  # the last try returns or raises
