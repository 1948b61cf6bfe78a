"""What a command is answered with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


class Rejected(Exception):
    """The switch refuses a line; the message is what it prints. ``column`` is where its caret stands, if it has one."""

    def __init__(self, text: str, column: int | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.column = column


@dataclass(frozen=True, slots=True)
class Answer:
    """The output of one command, without prompt.

    ``ok`` is false where the switch refused; ``asks`` where it waits for yes or no; ``closes`` where the
    session ends. ``body`` is the structured form that NX-API gives, None where there is none.
    """

    text: str = ""
    ok: bool = True
    asks: bool = False
    closes: bool = False
    body: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A command that waits for yes or no before it is carried out; ``default`` is what an empty line means.

    After ``terminal dont-ask`` nothing is asked and it is carried out at once.
    """

    question: str
    act: Callable[[], Answer]
    default: bool = False
