"""A configuration text as a tree of lines that loses nothing."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from typing import NamedTuple

from mlagkit.finding import Origin
from mlagkit.record import record

VERBATIM = "\x02"
"""Stands for a line break inside text that is no command, such as a banner."""

DEEPER = "\x06"
"""Before a line at the left margin: it stands one block deeper than its margin shows; it stands for no text."""

COMMENT = "!#"
"""What a line begins with that is no command (SURPRISES: ``#`` is none of NX-OS, but found in files)."""


_LAST = "\U0010ffff"
"""The last of all characters: what begins like a text sorts before that text with this one behind it."""


def first_line(raw: str) -> str:
    """The first line of a block, as it stands."""
    return raw.partition("\n")[0]


class Entry(NamedTuple):
    """One line: its text without indent and line end, its number (from 1), its indent in blanks, what it holds."""

    text: str
    line: int
    indent: int
    children: tuple["Entry", ...] = ()


class Block(NamedTuple):
    """A line at the left margin with everything indented below it: ``raw`` as it stands, ``line`` where it begins."""

    raw: str
    line: int

    def lines(self) -> Iterator[tuple[int, int, str]]:
        """Indent, number and bare text of each line that is not empty.

        A line at the left margin that does not end the block, such as a comment, stands in it all the same.
        """
        number = self.line
        for offset, line in enumerate(self.raw.split("\n")):
            text = line.strip()
            bare = text.lstrip(DEEPER)
            if not bare:
                continue
            indent = len(line) - len(line.lstrip()) if line[0] in " \t" else len(text) - len(bare) + 1
            yield indent if offset else 0, number + offset, bare.lstrip().replace(VERBATIM, "\n")
            number += bare.count(VERBATIM)

    def entry(self) -> Entry:
        """The block as a tree: a line belongs to the nearest one above it that is indented less.

        A comment holds no line and ends none. Lines without one above them, as a text may begin with,
        hang on an entry without text.
        """
        stack: list[tuple[int, int, str, list[Entry]]] = []
        done: list[Entry] = []
        for indent, number, text in self.lines():
            if text[0] in COMMENT:
                _holder(stack, indent, done).append(Entry(text, number, indent))
                continue
            _close(stack, indent, done)
            stack.append((indent, number, text, []))
        _close(stack, -1, done)
        return done[0] if len(done) == 1 else Entry("", self.line, 0, _in_order(done))


def _holder(stack: list[tuple[int, int, str, list[Entry]]], indent: int, done: list[Entry]) -> list[Entry]:
    """What stands below the innermost open line that is indented less."""
    return next((below for at, _, _, below in reversed(stack) if at < indent), done)


def _in_order(entries: list[Entry]) -> tuple[Entry, ...]:
    """By their lines: a comment is noted while the lines before it are still open."""
    return tuple(sorted(entries, key=lambda entry: entry.line))


def _close(stack: list[tuple[int, int, str, list[Entry]]], indent: int, done: list[Entry]) -> None:
    """Finish every open line that is indented as far as the new one, or further."""
    while stack and stack[-1][0] >= indent:
        at, number, text, children = stack.pop()
        (stack[-1][3] if stack else done).append(Entry(text, number, at, _in_order(children)))


Counted = dict[int, tuple[str, int]]
"""Texts by their length, each with its line breaks."""


def _line_breaks(text: str, counted: Counted) -> int:
    """How many line breaks a text has, with the marks for some: to compare takes far less time than to count."""
    known = counted.get(len(text))
    if known and known[0] == text:
        return known[1]
    number = text.count("\n")
    if VERBATIM in text:  # which is told much faster than counted
        number += text.count(VERBATIM)
    counted[len(text)] = text, number
    return number


def _first_words(ordered: Sequence[str]) -> Iterator[str]:
    """The first words of sorted blocks whose first line is not empty, without a look at each block."""
    at = 0
    while at < len(ordered):
        head = first_line(ordered[at])
        word, blank, _ = head.partition(" ")
        if head:
            yield word
        # The next of another word, or where the word is all there is of the line, the next of another text.
        after = (bisect_left, f"{word}!") if blank else (bisect_right, ordered[at])
        at = after[0](ordered, after[1], at)


@record
class ConfigTree:
    """A text cut at its left margin; what a block holds is parsed only when it is asked for.

    ``raws`` are the blocks in order. Joined again they are the text, byte for byte. ``file`` is where the text
    came from, for messages. ``ordered`` are the blocks sorted, so that what begins alike stands together: it is
    found without a look at each block. ``words`` are the first words of the blocks whose first line is not empty.
    """

    raws: tuple[str, ...]
    file: str = ""
    ordered: Sequence[str] = field(init=False, compare=False, repr=False)
    words: frozenset[str] = field(init=False, compare=False, repr=False)

    def __init__(self, raws: tuple[str, ...], file: str = "") -> None:
        object.__setattr__(self, "raws", raws)
        object.__setattr__(self, "file", file)
        object.__setattr__(self, "ordered", sorted(raws))
        object.__setattr__(self, "words", frozenset(_first_words(self.ordered)))

    @property
    def heads(self) -> tuple[str, ...]:
        """The first lines of the blocks, as they stand."""
        return tuple([raw.partition("\n")[0] for raw in self.raws])

    def beginning(self, start: str) -> Sequence[str]:
        """The blocks that begin like that, sorted."""
        return self.ordered[bisect_left(self.ordered, start) : bisect_left(self.ordered, start + _LAST)]

    def beginning_otherwise(self, starts: Iterable[str]) -> Sequence[str]:
        """The blocks that begin like none of those, sorted; no start begins like another one."""
        left: list[str] = []
        done = 0
        for start in sorted(starts):
            left += self.ordered[done : bisect_left(self.ordered, start)]
            done = bisect_left(self.ordered, start + _LAST)
        return [*left, *self.ordered[done:]]

    def under(self, head: str) -> Iterator[str]:
        """The blocks with that first line, whatever blanks end it."""
        for raw in self.beginning(head):
            if not raw[len(head) : len(head) + 1].strip() and first_line(raw).rstrip() == head:
                yield raw

    @property
    def text(self) -> str:
        """The text that was parsed."""
        return "\n".join(self.raws).replace(VERBATIM, "\n").replace(DEEPER, "")

    @property
    def margin(self) -> str:
        """All the heads, for a search through them at once: each has a line break before and behind it."""
        return "\n".join(("", *self.heads, ""))

    def blocks(self) -> Iterator[Block]:
        """Every block with the number of its first line."""
        number = 1
        for raw in self.raws:
            yield Block(raw, number)
            number += raw.count("\n") + raw.count(VERBATIM) + 1

    def chosen(self, indexes: Iterable[int], counted: Counted | None = None) -> Iterator[Block]:
        """The blocks at those places, which must rise, with the numbers of their first lines.

        ``counted`` is what was counted between the blocks of another tree: most of it is alike in both.
        """
        counted = {} if counted is None else counted
        number, done = 1, 0
        for at in indexes:
            if at > done:
                number += _line_breaks("\n".join(self.raws[done:at]), counted) + 1
            yield Block(self.raws[at], number)
            number += _line_breaks(self.raws[at], counted) + 1
            done = at + 1

    def entries(self) -> Iterator[Entry]:
        """The tree of every block that is not empty."""
        return (block.entry() for block in self.blocks() if block.raw.strip())

    def origin(self, line: int) -> Origin:
        """The place of that line."""
        return Origin(self.file, line)
