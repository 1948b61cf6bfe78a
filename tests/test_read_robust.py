"""Whatever a text holds, it is read or refused: nothing of it ends in an exception that nobody meant."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from mlagkit.errors import InputError
from mlagkit.importing import import_pair
from mlagkit.intent import pair_of
from mlagkit.nxos.catalogue import ROWS
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.nxos.running import cut_short, foreign
from mlagkit.switch import Switch
from tests import corpus_lines

PROOF = settings.get_current_profile_name() == "proof"
CUTS = 200 if PROOF else 10
SOUPS = settings(max_examples=20_000 if PROOF else 300)
PAIRS = settings(max_examples=2_000 if PROOF else 60)


def test_cut_anywhere(corpus_config: Path) -> None:
    """A real configuration cut at any place is read, or said to be cut short or none of NX-OS."""
    text = corpus_lines.read(corpus_config)
    chance = random.Random(corpus_config.name)
    for _ in range(CUTS):
        part = text[: chance.randrange(len(text))]
        tree = parse(part)
        assert cut_short(tree) is not None or foreign(part) is not None or isinstance(read(tree), Switch)
        assert isinstance(read(tree), Switch)


_COMMANDS = sorted({row.command for row in ROWS})
_WORDS = sorted({word for command in _COMMANDS for word in command.split() if word[0] not in "<[{"})
_ODD = (
    *("", "0", "1", "4095", "99999999999", "-1", "1-", ",", "10,", "1-4094", "Ethernet1/1-2", "Ethernet0", "Vlan"),
    *(
        "Vlan5000",
        "192.0.2.1/33",
        "192.0.2.1",
        "2001:db8::1/64",
        "::",
        "0200.0000.0101",
        "no",
        "?",
        "\t",
        "é",
        "\udcff",
    ),
    *("\udcff", "all", "none", "add", "remove", "except", "default", "a" * 300, "#", "!", '"', "\\", "{", "%s", "\r"),
)
_VALUES = st.one_of(st.sampled_from(_ODD), st.integers(0, 5000).map(str), st.text(max_size=6))


@st.composite
def lines(draw: st.DrawFn) -> str:
    """One line: a command with values that fit or don't, or words in any order, at any indent."""
    if draw(st.booleans()):
        words = [draw(_VALUES) if word[0] in "<[{" else word for word in draw(st.sampled_from(_COMMANDS)).split()]
    else:
        words = draw(st.lists(st.one_of(st.sampled_from(_WORDS), _VALUES), max_size=6))
    margin = draw(st.sampled_from(("", "", "  ", "    ", " ", "\t", "no ", "  no ")))
    return margin + " ".join(words)


def _clean(text: str) -> str:
    """Without the control characters that `parse` refuses."""
    return "".join(letter for letter in text if letter >= " " or letter in "\n\t\r")


SOUP = st.lists(lines(), max_size=14).map(lambda found: _clean("\n".join(found)) + "\n")


@SOUPS
@given(SOUP)
def test_line_soup(text: str) -> None:
    """Any lines at all are read, and what was read is the same the second time."""
    assert read(parse(text)) == read(parse(text))


@PAIRS
@given(SOUP, SOUP)
def test_import_of_line_soup(one: str, other: str) -> None:
    """Any two texts are imported into a pair file that loads, or are refused with a place."""
    trees = {"a": parse(f"hostname a\n{one}", "a.cfg"), "b": parse(f"hostname b\n{other}", "b.cfg")}
    try:
        found = import_pair(trees, "soup")
    except InputError as error:
        assert {finding.origin.file for finding in error.findings} <= {"a.cfg", "b.cfg"}  # noqa: PT017  # either is right
        return
    assert pair_of(found.text, "soup.yaml").hostnames == ("a", "b")
