"""Lines made from the rows of the catalogue: every value of a parameter, with and without what may be missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from mlagkit.nxos.catalogue import Row
from mlagkit.nxos.catalogue.match import Token, command_of, is_word

SAMPLES = {
    "int": ("10",),
    "word": ("alpha",),
    "text": ("alpha beta 5",),
    "vlans": ("10,20-25", "10, 20-25"),
    "instances": ("0-1",),
    "trunk": ("10,20-25", "add 30", "remove 30", "except 5", "all", "none"),
    "prefix": ("192.0.2.1/24", "192.0.2.1 255.255.255.0"),
    "interface": ("Ethernet1/1", "port-channel 10"),
    "nve": ("nve1",),
    "ip": ("192.0.2.1", "2001:db8::1"),
    "ipv4": ("192.0.2.1",),
    "ipv6": ("2001:db8::1",),
    "mac": ("0200.0000.0001", "02:00:00:00:00:01"),
}
"""A few values for each kind of parameter."""

Words = list[tuple[str, bool]]
"""The words of a line, each with whether it is a word of the command."""


def lines(tokens: Sequence[Token]) -> Iterator[Words]:
    """Lines of a command: with each value of each parameter, with and without what may be missing."""
    choices: list[list[Words]] = []
    for token in tokens:
        if token.optional:
            choices.append([[], *lines(token.optional)])
        elif is_word(token):
            choices.append([[(token.words[0], True)]])
        elif token.words:
            choices.append([[(word, True) for word in choice.split()] for choice in token.words])
        else:
            choices.append([[(word, False) for word in sample.split(" ")] for sample in SAMPLES[token.kind]])
    for parts in product(*choices):
        yield [word for part in parts for word in part]


def text(words: Words) -> str:
    """The words as a line."""
    return " ".join(word for word, _ in words)


def samples(row: Row) -> Iterator[Words]:
    """Every line of a row."""
    return lines(command_of(row.command).tokens)
