"""Words in the place of others: as long, with capitals and digits at the same places, so that they fit as those did."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from string import ascii_lowercase, digits, hexdigits

from mlagkit.pseudonym import Key

_RUN = re.compile(r"[^\W\d_]+|\d{1,18}")
_CONSONANTS, _VOWELS = "bcdfghjklmnpqrstvwxz", "aeiouy"
_FAR = dict(zip(ascii_lowercase, "àáâãäåæçèéêëìíîïðñòóôõöøùú", strict=True))
"""Letters that ASCII does not have: where one stands a switch may refuse a name, and has to refuse the other."""
_SHORT = 2
"""Letters or digits in a row that tell nobody anything: digits stay, and letters may turn into any others."""
_LONG = 3
_TRIES = 10_000
"""Places behind the one drawn that are looked at; more than there are of three digits, or of two letters."""
_PRIVATE = range(64512, 65535), range(4_200_000_000, 4_294_967_295)
_PUBLIC = range(1, 23456), range(23457, 64512), range(65536, 4_200_000_000)
_RESERVED = frozenset((0, 23456, 65535, 4_294_967_295))
"""AS numbers that nobody has (RFC 7300, RFC 6793)."""


class Words:
    """The words of one bundle; a new one is none of the words that are ``taken``."""

    def __init__(self, key: Key, taken: Iterable[str]) -> None:
        self._key = key
        self._taken = {run for word in taken for run in _RUN.findall(word.lower())}
        self._others: dict[tuple[str, str], str] = {}
        self._used: set[tuple[str, str]] = set()

    def name(self, word: str) -> str:
        """The word with other letters, and other digits where more than two stand in a row."""
        return _RUN.sub(lambda run: self._letters(run[0]) if not run[0].isdecimal() else self.digits(run[0]), word)

    def digits(self, digits: str) -> str:
        """Others, as many, with a zero in front only where one was; two or one stay as they are."""
        if len(digits) <= _SHORT:
            return digits
        first = 10 ** (len(digits) - 1)
        low, span = (0, first) if digits[0] == "0" else (first, 9 * first)
        return self._other("digits", digits, lambda number: f"{low + number % span:0{len(digits)}}")

    def _letters(self, word: str) -> str:
        other = self._other("letters", word.lower(), lambda number: _spoken(number, len(word)))
        far = (new if old.isascii() else _FAR[new] for old, new in zip(word, other, strict=True))
        return "".join(new.upper() if old.isupper() else new for old, new in zip(word, far, strict=True))

    def secret(self, secret: str) -> str:
        """Another secret of the same form: what a switch takes as encrypted it still does."""
        form = re.match(r"\$\d+\$|0x", secret)
        begin = form[0] if form else ""
        rest = secret[len(begin) :]
        letters = "abcdef" if all(char in hexdigits for char in rest.replace(":", "")) else ascii_lowercase
        return begin + self._other("secret", rest, lambda number: _alike(rest, number, letters))

    def as_number(self, number: int) -> int:
        """An AS number of the same kind: of two or four bytes, private or not."""
        if number in _RESERVED:
            return number
        kind = next((each for each in (*_PRIVATE, *_PUBLIC) if number in each), None)
        if kind is None:
            return number
        return int(self._other("as", str(number), lambda drawn: str(kind[drawn % len(kind)])))

    def mac(self, digits: str) -> str:
        """Twelve hexadecimal digits: who made it, and what was made, are others, what kind of address it is stays."""
        maker = self._other("maker", digits[:6], lambda number: _made(digits, number))
        return maker + self._other("made", digits[6:], lambda number: f"{number % 16**6:06x}")

    def _other(self, kind: str, word: str, drawn: Callable[[int], str]) -> str:
        """What stands in the place of a word: the first behind the one that is drawn that is free.

        A free one stands in no other's place; and is no word of the inputs, but for short ones, of which there are too
        few, and for numbers, which stand everywhere. Where none is free (of single letters there are more than the 26
        that are given) two become one.
        """
        known = (kind, word)
        if known not in self._others:
            start, taken = self._key.number(*known), self._taken if kind == "letters" and len(word) > _SHORT else ()
            candidates = (drawn(start + turn) for turn in range(_TRIES))
            free = (each for each in candidates if (kind, each) not in self._used and each not in taken)
            other = next(free, drawn(start))
            self._used.add((kind, other))
            self._others[known] = other
        return self._others[known]


def _spoken(number: int, length: int) -> str:
    """Letters, as many; long words can be read aloud, of short ones there have to be enough."""
    rows = (_CONSONANTS, _VOWELS) if length > _LONG else (ascii_lowercase,)
    letters = []
    for at in range(length):
        row = rows[at % len(rows)]
        number, index = divmod(number, len(row))
        letters.append(row[index])
    return "".join(letters)


def _alike(secret: str, number: int, letters: str) -> str:
    """A text of the same form: letters and digits stand for those, and everything else stays."""
    other = []
    for char in secret:
        row = digits if char.isdecimal() else letters.upper() if char.isupper() else letters
        number, index = divmod(number, len(row))
        other.append(row[index] if char.isalnum() else char)
    return "".join(other)


def _made(digits: str, number: int) -> str:
    """Six digits of a maker; the two bits that tell a group's and a local address apart from others stay (IEEE 802)."""
    return f"{(number % 16**6 & ~0x030000) | (int(digits[:2], 16) & 3) << 16:06x}"
