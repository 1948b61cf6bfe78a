"""Whatever a text holds, it is read or refused: nothing of it ends in an exception that nobody meant."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlagkit.diff import Policy, diff
from mlagkit.errors import InputError
from mlagkit.importing import import_pair
from mlagkit.intent import pair_of
from mlagkit.nxos.catalogue import ROWS
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.nxos.running import cut_short, foreign
from mlagkit.switch import Switch
from mlagkit.validate import Rules, judge_running
from tests import corpus_lines
from tests.test_importing import differences

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
    *("1" * 5000, "\u0663", "\u00b2", "1_0", "+1", "Ethernet1/1-99999999", "Vlan\u0663", "1/\u0663"),
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


THOUSANDS = "1" * 5000
"""More digits than Python turns into a number."""

NUMBERS = (
    f"system jumbomtu {THOUSANDS}",
    f"version {THOUSANDS}",
    f"vpc domain 1\n  peer-keepalive destination 192.0.2.1 udp-port {THOUSANDS}",
    f"vpc domain {THOUSANDS}",
    f"interface Ethernet1/1\n  storm-control broadcast level {THOUSANDS}",
    f"interface Ethernet1/{THOUSANDS}\n  mtu 9216",
    f"interface port-channel{THOUSANDS}\n  vpc 1",
    "interface Ethernet1/1-99999999\n  mtu 9216",
    f"interface {'1-' * 20_000}\n  mtu 9216",
    "interface Ethernet1/1\n  channel-group \u0663 mode active\ninterface port-channel\u0663\n  vpc \u0663",
    f"ip route 0.0.0.0/0 192.0.2.1 tag {THOUSANDS}",
    f"ip route 0.0.0.0/0 192.0.2.1 {THOUSANDS}",
    f"system vlan {THOUSANDS} reserve",
    f"ip access-list A\n  {THOUSANDS} permit udp any any eq {THOUSANDS}\ninterface mgmt0\n  ip access-group A in",
)


@pytest.mark.parametrize("lines", NUMBERS, ids=lambda lines: lines[:50])
def test_what_is_no_number(lines: str) -> None:
    """What no device takes for a number is text, in a moment: it is compared, judged and imported as such."""
    texts = [f"hostname {name}\nfeature vpc\n{rest}\n" for name, rest in (("a", lines), ("b", lines))]
    trees = {name: parse(text, f"{name}.cfg") for name, text in zip("ab", texts, strict=True)}
    started = time.monotonic()
    assert diff(trees["a"], parse("feature vpc\n"), policy=Policy(strict=True)).changes
    assert judge_running(trees, Rules.of(()).rules, consistency=True).verdicts
    assert differences(pair_of(import_pair(trees, "numbers").text, "numbers"), trees, {}) == {}
    assert time.monotonic() - started < 5


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
    pair = pair_of(found.text, "soup.yaml")
    assert pair.hostnames == ("a", "b")
    assert differences(pair, trees, found.secrets) == {}
