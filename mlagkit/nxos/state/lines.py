r"""The lines of an answer, less what a terminal puts around it, and how one that is not understood is told.

corpus: prompts in front (`Leaf-R1# sh vpc`) and behind, a banner before the prompt, log lines of a
test tool, blanks and CR at line ends, and where people cut answers for a document rulers that begin
with ``\-`` and ``!`` for empty lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from mlagkit.nxos.reply import Show

T = TypeVar("T")

LONGEST = 1000
"""Characters of a line: no answer has one as long, and patterns stay fast."""

SHOWN = 120
"""Characters of an answer that an error repeats."""

_NOTHING = re.compile(r"\\?-[- ]*-|!*")  # a ruler; nothing, or what stands for it in a document
_ECHO = re.compile(r"(?:\S+[#>] ?)?(sh(?:ow?)? \S.*)")
_PROMPT = re.compile(r"[\w.()-]+[#>]")


class Misread(Exception):
    """What of an answer is not of the form that its parser knows: the place, with the words that stand there."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its number from 1; ``text`` has no blanks at its end."""

    number: int
    text: str

    def misread(self) -> Misread:
        """The error that points here."""
        return Misread(f"line {self.number}: {self.text.strip()[:SHOWN]!r}")

    def read(self, convert: Callable[[str], T], part: str) -> T:
        """A part of the line as a value; Misread where it is none."""
        try:
            return convert(part)
        except ValueError:
            raise self.misread() from None


def meaningful(answer: str, command: str) -> list[Line]:
    """The lines that say something, without prompts, echo, rulers and empty lines."""
    lines = [Line(number, text.rstrip()) for number, text in enumerate(answer.split("\n"), 1)]
    long = next((line for line in lines if len(line.text) > LONGEST), None)
    if long:
        raise Misread(f"line {long.number} has {len(long.text)} characters")
    said = [line for line in _behind_echo(lines, command) if not _NOTHING.fullmatch(line.text.strip())]
    if said and _PROMPT.fullmatch(said[-1].text):
        said.pop()
    if not said:
        raise Misread("there is nothing in it")
    return said


def _behind_echo(lines: list[Line], command: str) -> list[Line]:
    """What follows the command as it was typed, or everything where it was not copied."""
    echoes = [(at, match[1]) for at, line in enumerate(lines) if (match := _ECHO.fullmatch(line.text))]
    if not echoes:
        return lines
    at, typed = echoes[0]
    if not _is(typed, command):
        raise lines[at].misread()
    return lines[at + 1 :]


def _is(typed: str, command: str) -> bool:
    """Whether these words, abbreviated or not, are that command; `show vpc brief` shows what `show vpc` does."""
    words, names = typed.split(), command.split()
    if command == Show.VPC and len(words) == 3 and "brief".startswith(words[2]):
        del words[2]
    if command == Show.INTERFACE_STATUS and len(words) == 4:  # of one port
        del words[2]
    return len(words) == len(names) and all(map(str.startswith, names, words))


def squeezed(text: str) -> str:
    """A text in lower case with single blanks, for headings that releases space differently."""
    return " ".join(text.lower().split())
