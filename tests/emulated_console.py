"""Consoles without a network: a login of an emulated switch, and a wire that always says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from mlagkit.errors import CommandRefused
from mlagkit.nxos.lab.chassis import Chassis
from mlagkit.nxos.lab.shell import Shell
from mlagkit.nxos.reply import Question, refusal


class EmulatedConsole:
    """A `Console` that is a login of an emulated switch; whoever stands between the two has its own `exchange`."""

    at_once = False

    def __init__(self, chassis: Chassis) -> None:
        self.name = chassis.name
        self.chassis = chassis
        self._shell = Shell(chassis)

    def exchange(self, line: str, carry_out: Callable[[], str], *, write: bool) -> str:  # for others
        """What a line is answered; ``write`` is whether it may change the switch."""
        return carry_out()

    def __enter__(self) -> Self:
        self._shell = Shell(self.chassis)
        self._shell.feed("terminal dont-ask")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._shell.close()

    def show(self, command: Question) -> str:
        """As `Device.show`."""
        answer = self.exchange(command.value, lambda: self.feed(command.value), write=False)
        if said := refusal(answer):
            raise CommandRefused(self.name, f"{command.value!r} was refused", "check the role", said)
        return answer

    def act(self, command: str, patience: float) -> str:  # as `Console` has it
        """As `Console.act`."""
        return self.exchange(command, lambda: self.feed(command), write=True)

    def put(self, name: str, text: str) -> None:
        """As `Console.put`."""

        def carry_out() -> str:
            self.chassis.bootflash.write(name, text, self.chassis.now)
            return ""

        self.exchange(name, carry_out, write=True)

    def type(self, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
        """As `Console.type`."""
        self._shell.feed("configure terminal")
        for line in lines:
            yield line, self.exchange(line, lambda line=line: self.typed(line), write=True)  # type: ignore[misc]
        self._shell.feed("end")

    def typed(self, line: str) -> str:
        """A line of configuration mode."""
        return self.feed(line)

    def feed(self, line: str) -> str:
        """What the switch says to a line."""
        return self._shell.feed(line).text


@dataclass(slots=True)
class Deaf:
    """A wire on which every line is answered with the same words; ``heard`` are those that were typed."""

    text: str
    heard: list[str] = field(default_factory=list)
    at_once: bool = False

    def act(self, command: str, patience: float) -> str:  # as `Wire`
        """As `Wire.act`."""
        return self.text

    def type(self, lines: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """As `Wire.type`."""
        for line in lines:
            self.heard.append(line)
            yield line, self.text

    def close(self) -> None:
        """Nothing is open."""
