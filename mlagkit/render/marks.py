"""Which line of which template, working on which part, printed each line of a configuration."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from jinja2 import BytecodeCache, Environment
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from mlagkit.render.compiled import BesideTemplates, InMemory
from mlagkit.render.shown import Shown
from mlagkit.render.templates import shipped_templates


@dataclass(frozen=True, slots=True)
class Mark:
    """The end of one printed line: the template's line, and the innermost part that a loop was at."""

    template: str
    line: int
    part: Shown | None


_collected: ContextVar[list[Mark]] = ContextVar("_collected")


@contextmanager
def collected() -> Iterator[list[Mark]]:
    """The marks that templates leave meanwhile, in the order of the lines."""
    marks: list[Mark] = []
    token = _collected.set(marks)
    try:
        yield marks
    finally:
        _collected.reset(token)


def mark(template: str, line: int, *loops: object) -> str:
    """Note one line; ``loops`` are the variables of the loops around it, from the outermost."""
    part = next((each for each in reversed(loops) if isinstance(each, Shown) and each.path), None)
    _collected.get().append(Mark(template, line, part))
    return ""


class Marking(Extension):
    """Calls `mark` in front of every line break that a template prints.

    A printed line ends with a line break of the template's own text, as no value may hold one.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The template's tokens with a call in front of each line break."""
        loops = _Loops()
        for token in stream:
            loops.see(token)
            if token.type != "data":
                yield token
                continue
            first, *rest = token.value.split("\n")
            yield Token(token.lineno, "data", first)
            for number, text in enumerate(rest, token.lineno):
                yield from _call(number, stream.filename or stream.name or "", loops.names)
                yield Token(number, "data", "\n" + text)


@dataclass(slots=True)
class _Loops:
    """The variables of the loops that are open at a token."""

    opened: list[list[str]] = field(default_factory=list)
    previous: str = ""
    in_targets: bool = False

    @property
    def names(self) -> list[str]:
        return [name for names in self.opened for name in names]

    def see(self, token: Token) -> None:
        if token.type == "name" and self.previous == "block_begin":
            self.in_targets = token.value == "for"
            if self.in_targets:
                self.opened.append([])
            elif token.value == "endfor":
                self.opened.pop()
        elif self.in_targets and token.type == "name" and token.value == "in":
            self.in_targets = False
        elif self.in_targets and token.type == "name":
            self.opened[-1].append(token.value)
        self.previous = token.type


def _call(line: int, template: str, names: list[str]) -> Iterator[Token]:
    yield Token(line, "variable_begin", "{{")
    yield Token(line, "name", "mark")
    yield Token(line, "lparen", "(")
    yield Token(line, "string", template)
    yield Token(line, "comma", ",")
    yield Token(line, "integer", line)  # type: ignore[arg-type]  # numbers, too
    for name in names:
        yield Token(line, "comma", ",")
        yield Token(line, "name", name)
    yield Token(line, "rparen", ")")
    yield Token(line, "variable_end", "}}")


_OWN = InMemory()


def marking(environment: Environment, cache: BytecodeCache = _OWN) -> Environment:
    """The same templates, which now leave a mark for every line; compiled once for ``cache``."""
    marked = environment.overlay(extensions=[Marking], bytecode_cache=cache)
    marked.globals = {**environment.globals, "mark": mark}
    return marked


@functools.cache
def marking_shipped(platform: str) -> Environment:
    """The shipped templates, leaving marks."""
    return marking(shipped_templates(platform), BesideTemplates("marked"))
