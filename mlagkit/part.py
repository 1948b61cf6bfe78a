"""A piece of what a switch is told, with its place, and with the answers to what was asked of it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from dataclasses import field
from typing import Any, Protocol, TypeVar

from mlagkit.finding import Origin
from mlagkit.record import record

Path = tuple[str | int, ...]
"""Where a part stands: its keys from the top of the pair file, such as ``("vpcs", 11)``."""

P = TypeVar("P", bound="Answers")
A = TypeVar("A")


class Source(Protocol):
    """What knows the file, line and column of a part's field."""

    def origin(self, path: Path) -> Origin:
        """The place of the value at that path, or of the nearest thing above it that exists."""
        ...


class Answers:
    """Has room for what ``asked_once`` found out; that is no field, so a copy, a comparison or a pickle has none."""

    __slots__ = ("_answers",)

    _answers: dict[Hashable, Any]


def asked_once(question: Callable[[P], A]) -> Callable[[P], A]:
    """Work out the answer to a question about a frozen part once: it is kept with the part, and goes with it.

    All who ask get the same answer, so it must be of a kind that nobody changes; a generator is none.
    """

    @functools.wraps(question)
    def ask(part: P) -> A:
        try:
            answers = part._answers
        except AttributeError:
            answers = {}
            object.__setattr__(part, "_answers", answers)
        if question not in answers:
            answers[question] = question(part)
        answer: A = answers[question]
        return answer

    return ask


@record
class Part(Answers):
    """A piece of a switch with its place; ``extra`` are raw lines that nothing here models."""

    path: Path = field(default=(), compare=False)
    extra: tuple[str, ...] = ()
