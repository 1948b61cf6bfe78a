"""Recognising a line by a row of the catalogue: word by word, without regular expressions.

Compiling an expression for each row would cost a command more than all its comparing.
"""

import functools
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from mlagkit.nxos.catalogue.row import Kind, Line, Row, Value, VlanEdit
from mlagkit.values import InterfaceName, VlanSet, is_number, parse_address, parse_mac, parse_prefix


class Token(NamedTuple):
    """One piece of a command: a word, a choice of words, or a parameter; ``optional`` pieces come as a group."""

    words: tuple[str, ...] = ()
    kind: str = ""
    is_key: bool = False
    optional: tuple["Token", ...] = ()


class Command(NamedTuple):
    """A row's command cut into its pieces.

    ``fixed`` are the literal words that it begins with and ``rest`` the pieces behind them; ``words`` are all its
    literal words, and ``key`` is the key that they make where no parameter is part of it.
    """

    fixed: list[str]
    rest: tuple[Token, ...]
    words: tuple[str, ...]
    key: str

    @property
    def tokens(self) -> tuple[Token, ...]:
        """All its pieces in order."""
        return (*map(_token, self.fixed), *self.rest)


def fixed_words(text: str) -> list[str]:
    """The literal words that a row's command begins with."""
    return text.lower().partition("<")[0].partition("{")[0].partition("[")[0].split()


@functools.cache
def command_of(text: str) -> Command:
    """Cut a row's command into its pieces."""
    fixed = fixed_words(text)
    rest = tuple(_tokens(iter(_pieces(text)[len(fixed) :])))
    words = (*fixed, *_literals(rest))
    return Command(fixed, rest, words, " ".join(words))


def _pieces(text: str) -> list[str]:
    """The words of a command, a choice in braces kept as one, brackets apart."""
    if "[" in text:
        text = text.replace("[", " [ ").replace("]", " ] ")
    pieces: list[str] = []
    for word in text.split():
        if pieces and pieces[-1][0] == "{" and pieces[-1][-1] != "}":
            pieces[-1] += f" {word}"
        else:
            pieces.append(word)
    return pieces


def _tokens(pieces: Iterator[str]) -> Iterator[Token]:
    for piece in pieces:
        if piece == "]":
            return
        yield Token(optional=tuple(_tokens(pieces))) if piece == "[" else _token(piece)


@functools.cache
def _token(piece: str) -> Token:
    """A word, a choice or a parameter; few stand in only one command."""
    if piece[0] not in "<{":
        return Token((piece.lower(),))
    inner = piece[1:-1].removeprefix("#")
    is_key = piece[1] == "#"
    if piece[0] == "<":
        return Token((), inner, is_key)
    return Token(tuple(sorted(inner.split("|"), key=len, reverse=True)), "", is_key)


def _literals(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.optional:
            yield from _literals(token.optional)
        elif is_word(token):
            yield token.words[0]


def is_word(token: Token) -> bool:
    """Whether a piece stands for itself alone."""
    return len(token.words) == 1 and not token.kind


def read_line(row: Row, text: str, *, loose: bool = False) -> Line | None:
    """The line as that row understands it, without a leading ``no``; None where it is another command.

    ``loose`` also takes words cut short to two letters or more, as NX-OS does on input.
    """
    command = command_of(row.command)
    return _line(row, command, command.tokens, text, text.split(), 0, loose=loose)


def read_rest(row: Row, text: str, words: list[str]) -> Line | None:
    """The same for a line that begins with the row's literal words, as nothing needs to be compared twice."""
    command = command_of(row.command)
    return _line(row, command, command.rest, text, words, len(command.fixed), loose=False)


def _line(
    row: Row, command: Command, tokens: Sequence[Token], text: str, words: list[str], at: int, *, loose: bool
) -> Line | None:
    keys: list[str] = []
    values: list[Value] = []
    if _take(tokens, words, at, text, loose, keys, values) != len(words):
        return None
    key = row.alias or (" ".join((*command.words, *keys)) if keys else command.key)
    return Line(row, key, _value(row, text, values))


def read_negation(row: Row, text: str) -> Line | None:
    """A line behind ``no`` that names only the setting, without a value, which is how most are taken back."""
    command = command_of(row.command)
    given = text.lower().split()
    keys: list[str] = []
    end = _take(naming(row), given, 0, text, False, keys, [])
    if end == len(given) or tuple(given) == command.words or (row.undo and given == row.undo.split()):
        return Line(row, row.alias or " ".join((*command.words, *keys)), True)
    return None


def naming(row: Row) -> tuple[Token, ...]:
    """The pieces of a command that name its setting: those before its first value."""
    return tuple(itertools.takewhile(lambda token: is_word(token) or token.is_key, command_of(row.command).tokens))


def _take(
    tokens: Sequence[Token], words: list[str], at: int, text: str, loose: bool, keys: list[str], values: list[Value]
) -> int:
    """Read the tokens from word ``at`` on; the next word's index, -1 where they don't fit."""
    for token in tokens:
        if token.optional:
            after = _take(token.optional, words, at, text, loose, keys, values)
            at = at if after < 0 else after
            continue
        if at >= len(words):
            return -1
        if token.kind:
            taken = _parameter(token.kind, words, at, text)
        elif len(token.words) > 1:
            taken = _choice(token, words, at, loose)
        elif _is(token.words[0], words[at], loose):
            at += 1
            continue
        else:
            return -1
        if taken is None:
            return -1
        at, value = taken
        if token.is_key:
            keys.append(str(value))
        else:
            values.append(value)
    return at


def _is(word: str, given: str, loose: bool) -> bool:
    given = given.lower()
    return given == word or (loose and len(given) >= 2 and word.startswith(given))


def _choice(token: Token, words: list[str], at: int, loose: bool) -> tuple[int, Value] | None:
    """The longest choice that the next words are, so that ``edge trunk`` is not read as ``edge``."""
    for choice in token.words:
        wanted = choice.split()
        given = words[at : at + len(wanted)]
        if len(given) == len(wanted) and all(map(lambda a, b: _is(a, b, loose), wanted, given)):
            return at + len(wanted), choice
    return None


def _parameter(kind: str, words: list[str], at: int, text: str) -> tuple[int, Value] | None:
    """The value of a parameter at word ``at`` and the word behind it; None where the text is no such value."""
    try:
        return _rest(words, at, text) if kind == "text" else _READERS[kind](words, at)
    except ValueError:
        return None


def _int(words: list[str], at: int) -> tuple[int, Value]:
    if not is_number(words[at]):
        raise ValueError(words[at])
    return at + 1, int(words[at])


def _word(words: list[str], at: int) -> tuple[int, Value]:
    return at + 1, words[at]


def _rest(words: list[str], at: int, text: str) -> tuple[int, Value]:
    """All that is left of the line, its inner blanks kept."""
    return len(words), text.split(None, at)[at].rstrip()


def _vlans(words: list[str], at: int, *, lowest: int = 1) -> tuple[int, Value]:
    """A list that may have blanks behind its commas."""
    end = at
    while end < len(words) and not words[end].strip(_LIST_LETTERS):
        end += 1
    return end, VlanSet.parse("".join(words[at:end]), lowest)


def _instances(words: list[str], at: int) -> tuple[int, Value]:
    """A list of spanning-tree instances, which begin at 0."""
    return _vlans(words, at, lowest=0)


def _trunk(words: list[str], at: int) -> tuple[int, Value]:
    return len(words), VlanEdit.parse(" ".join(words[at:]))


def _prefix(words: list[str], at: int) -> tuple[int, Value]:
    """An address with its length, or followed by a mask."""
    width = 1 if "/" in words[at] else 2
    return at + width, parse_prefix(" ".join(words[at : at + width]))


def _interface(words: list[str], at: int) -> tuple[int, Value]:
    """A name in one word or with a blank before its number."""
    width = 1 if words[at][-1] in "0123456789" else 2
    return at + width, InterfaceName.parse(" ".join(words[at : at + width]))


def _nve(words: list[str], at: int) -> tuple[int, Value]:
    if words[at][0] not in "nN":
        raise ValueError(words[at])
    end, name = _interface(words, at)
    if not str(name).startswith("nve"):
        raise ValueError(words[at])
    return end, name


def _ip(words: list[str], at: int) -> tuple[int, Value]:
    return at + 1, parse_address(words[at])


def _ipv4(words: list[str], at: int) -> tuple[int, Value]:
    return _of_family(words, at, is_ipv6=False)


def _ipv6(words: list[str], at: int) -> tuple[int, Value]:
    return _of_family(words, at, is_ipv6=True)


def _of_family(words: list[str], at: int, *, is_ipv6: bool) -> tuple[int, Value]:
    if (":" in words[at]) is not is_ipv6:
        raise ValueError(words[at])
    return _ip(words, at)


def _mac(words: list[str], at: int) -> tuple[int, Value]:
    return at + 1, parse_mac(words[at])


_LIST_LETTERS = "0123456789,-"
_READERS: dict[str, Callable[[list[str], int], tuple[int, Value]]] = {
    "int": _int,
    "word": _word,
    "vlans": _vlans,
    "instances": _instances,
    "trunk": _trunk,
    "prefix": _prefix,
    "interface": _interface,
    "nve": _nve,
    "ip": _ip,
    "ipv4": _ipv4,
    "ipv6": _ipv6,
    "mac": _mac,
}


def _value(row: Row, text: str, values: Sequence[Value]) -> Value:
    """True for what is only there or not, the typed value of a single parameter, else the words."""
    if row.canonical:
        return row.canonical(" ".join(text.split()))
    if row.kind in (Kind.FLAG, Kind.BLOCK) or not values:
        return True
    return values[0] if len(values) == 1 else " ".join(str(value) for value in values)
