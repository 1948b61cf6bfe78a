"""The sandbox of a user's own templates: they may print what they are given, for five seconds and ten megabytes.

A template comes with a pull request, so it is code of a stranger. It reaches no file outside its
folder and the shipped one, no attribute that is no field, and nothing whose cost grows faster
than the template: no formatting to a width, no repetition of text, no filter that multiplies.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mlagkit.render.compiled import InMemory
from mlagkit.render.shown import Shown
from mlagkit.render.templates import check_own, visible

SECONDS = 5.0
"""How long the templates of one switch may take."""

CHARACTERS = 10_000_000
"""How much they may print, in all; a large switch is a fiftieth of it."""

_COMPILED = InMemory()
"""Shared by all, while each switch has an environment, and so budgets, of its own."""

_FILTERS = ("first", "int", "last", "length", "lower", "sort", "string", "trim", "upper")
_STRING_METHODS = ("endswith", "lower", "split", "startswith", "strip", "upper")


class Ticking(Extension):
    """Has every round of a loop and every piece of a template's own text counted; refuses what can't be."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The template's tokens with ``{{ tick(size) }}`` behind each text and each ``{% for ... %}``."""
        in_loop_head = False
        for token in stream:
            if token.type == "tilde":
                raise TemplateSyntaxError("write `{{ a }}{{ b }}` instead of `a ~ b`", token.lineno, stream.name)
            yield token
            if token.type == "data":
                yield from _tick(token.lineno, len(token.value))
            elif token.type == "name" and token.value == "for":
                in_loop_head = True
            elif token.type == "block_end" and in_loop_head:
                in_loop_head = False
                yield from _tick(token.lineno, 0)


def _tick(line: int, size: int) -> Iterator[Token]:
    yield Token(line, "variable_begin", "{{")
    yield Token(line, "name", "tick")
    yield Token(line, "lparen", "(")
    yield Token(line, "integer", size)  # type: ignore[arg-type]  # numbers, too
    yield Token(line, "rparen", ")")
    yield Token(line, "variable_end", "}}")


class OwnTemplates(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with budgets; ``folders`` are searched in order and nothing else is read."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, folders: tuple[Path, ...], clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(
            loader=FunctionLoader(lambda name: _read(folders, name)),
            extensions=[Ticking],
            undefined=StrictUndefined,
            finalize=self._printed,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=_COMPILED,
        )
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.globals = {"range": self.globals["range"], "tick": self._tick}
        self.clock = clock
        self.deadline = clock() + SECONDS
        self.left = CHARACTERS

    def _tick(self, size: int) -> str:
        """Count so many characters, and look at the clock."""
        self.left -= size
        if self.left < 0:
            raise SecurityError(f"the templates print more than {CHARACTERS:,} characters")
        if self.clock() > self.deadline:
            raise SecurityError(f"the templates take longer than {SECONDS:.0f} seconds")
        return ""

    def _printed(self, value: object) -> object:
        """Count what is printed, also into a variable: that is how a text could double without end."""
        self._tick(len(value) if isinstance(value, str) else 32)
        return visible(value)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401, ARG002 -- as Jinja has it
        """Fields of what is given, the state of a loop, and a few methods of a text that give back less than it."""
        if isinstance(obj, str):
            return attr in _STRING_METHODS
        return isinstance(obj, Shown | LoopContext) and not attr.startswith("_")

    def wrap_str_format(self, value: Any) -> None:  # noqa: ANN401 -- as Jinja has it
        """No formatting: a width makes a text of any length, so the method stays out of reach."""

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 -- as Jinja declares it
        """Arithmetic on numbers of common size; a text or list may only be added to, never multiplied or formatted."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "**" or not (numbers or operator == "+"):
            raise SecurityError(f"`{operator}` is for numbers, and `**` for none")
        if numbers and max(abs(left), abs(right)) > CHARACTERS:
            raise SecurityError("a number is too large")
        if not numbers and len(left) + len(right) > CHARACTERS // 100:
            raise SecurityError("a text or list is too long")
        return super().call_binop(context, operator, left, right)


def own_templates(folder: Path, shipped: Path, names: Collection[str]) -> OwnTemplates:
    """The environment in which the files of ``folder`` stand before the shipped ones; InputError as `check_own`."""
    check_own(folder, names)
    return OwnTemplates((folder, shipped))


def _read(folders: tuple[Path, ...], name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """The first template of that name; a name or a link that leads out of its folder leads nowhere."""
    for folder in folders:
        path = (folder / name).resolve()
        if path.is_file() and path.is_relative_to(folder.resolve()):
            return path.read_text("utf-8"), str(path), lambda: True
    return None
