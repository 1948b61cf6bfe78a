"""ciscoconfparse2 and the tree agree on which line holds which, and where they do not, there is a named reason."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.config import COMMENT, DEEPER, VERBATIM, ConfigTree
from mlagkit.nxos.catalogue import recognise
from mlagkit.nxos.facts import Facts, facts, heads
from mlagkit.nxos.parse import parse
from mlagkit.nxos.second_reader import KINDS, disagreements, unexplained
from mlagkit.values import VlanSet
from tests.corpus_lines import read
from tests.nxos_lines import texts


def found(tree: ConfigTree) -> list[tuple[int, int | None, int | None, str]]:
    """Every disagreement as line, our holder, theirs, and kind."""
    return [(each.line, each.ours, each.theirs, each.kind) for each in disagreements(tree)]


def test_the_corpus_is_read_alike(corpus_config: Path) -> None:
    """On a real configuration both readers agree on every line, or the kind of disagreement is a known one."""
    assert [each for each in disagreements(parse(read(corpus_config))) if not each.kind] == []


@given(texts())
def test_any_text_is_read_alike(text: str) -> None:
    """On a configuration put together at random both readers agree, comments aside."""
    assert {each.kind for each in disagreements(parse(text))} <= {"comment"}


KNOWN: dict[str, tuple[str, list[tuple[int, int | None, int | None, str]]]] = {
    "script": ("interface Ethernet1/1\nmtu 9216\nexit\n", [(2, 1, 0, "script"), (3, 1, 0, "script")]),
    "script in a script": (
        "interface Vlan10\nip address 192.0.2.1/24\n!\nhsrp 1\npreempt\nexit\nmtu 9216\n",
        [(line, 4 if line == 5 else 1, 0, "script") for line in range(2, 8)],
    ),
    "comment": ("router bgp 64555\n  router-id 192.0.2.1\n!\n  neighbor 192.0.2.2\n", [(3, 1, 0, "comment")]),
    "comment inside": ("vlan 10\n  name a\n # b\n  state active\n", [(3, 1, 0, "comment")]),
    "banner ^C": (
        "banner motd ^C\na ^ b\nhostname evil\n  shutdown\n^C\nhostname leaf-1\n",
        [(3, 1, 0, "banner ^C"), (4, 1, 3, "banner ^C"), (5, 1, 0, "banner ^C")],
    ),
    "banner letter": (
        "banner exec x\nhostname evil\nx\nhostname leaf-1\n",
        [(2, 1, 0, "banner letter"), (3, 1, 0, "banner letter")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), KNOWN.values(), ids=KNOWN)
def test_known_kinds(text: str, expected: list[tuple[int, int | None, int | None, str]]) -> None:
    """Where ciscoconfparse2 is known to be wrong, the line is listed with the kind of its reason."""
    assert found(parse(text)) == expected


def test_every_kind_is_shown() -> None:
    """There are at most ten kinds, each has its name and its reason, and a text of its own that shows it."""
    assert {kind for _, lines in KNOWN.values() for *_, kind in lines} == {kind.name for kind in KINDS}
    assert len({kind.name for kind in KINDS}) == len({kind.reason for kind in KINDS}) == len(KINDS) <= 10


def test_a_switch_prints_no_script() -> None:
    """What a person may type explains no disagreement about what a switch runs."""
    tree = parse(KNOWN["script"][0])
    assert [each.line for each in unexplained(tree)] == [2, 3]
    assert not unexplained(parse(KNOWN["comment"][0]))


def test_the_second_reader_is_quiet() -> None:
    """Reading twice prints and warns nothing, though ciscoconfparse2 sets up a log on stdout."""
    code = (
        "from mlagkit.nxos.parse import parse\nfrom mlagkit.nxos.second_reader import disagreements\n"
        "assert len(disagreements(parse('vlan 10\\n  name a\\n # b\\n'))) == 1"
    )
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


AGREED = {
    "nothing": "",
    "CRLF": "a\r\n  b\r\n\r\n  c\r\nd\r\n",
    "tabs": "a\n\tb\n\t\tc\n",
    "uneven indents": "a\n    b\n  c\n      d\n   e\n     f\n g\n",
    "blank lines": "a\n  b\n\n  c\n      \n  d\n",
    "a prompt": "leaf-1# show running-config\n  b\nleaf-1#\nfeature vpc\n",
    "a line that a terminal wrapped": "username admin password 5 $5$a\n role network-admin\n/ role x\n",
    "a banner that looks like commands": "banner motd #\ninterface Vlan10\n  shutdown\n\n!\n# x\nhostname a\n",
    "a banner on one line": "banner exec ^a^\nhostname a\n",
    "braces and other bytes": "a {x}\n  \udc80 }\n",
    "an indented beginning": "  a\nb\n",
}


@pytest.mark.parametrize("text", AGREED.values(), ids=AGREED)
def test_agreement(text: str) -> None:
    """Both readers agree on each line of such a text."""
    assert found(parse(text)) == []


DOUBTFUL = {
    "a banner without an end": ("banner motd #\nhostname a\n", [2]),
    "an indent that is no blank": ("vlan 10\n\u00a0 name a\n", [2]),
    "a line indented behind a banner": ("banner motd $\na\n$\n  b\n", [4]),
}


@pytest.mark.parametrize(("text", "lines"), DOUBTFUL.values(), ids=DOUBTFUL)
def test_a_doubtful_text_is_not_explained(text: str, lines: list[int]) -> None:
    """A text that can be read in two ways is no known kind."""
    assert [(each.line, each.kind) for each in unexplained(parse(text))] == [(line, "") for line in lines]


WRONG: dict[str, tuple[tuple[str, ...], list[tuple[int, int | None, int | None]]]] = {
    "a block torn apart": (
        ("interface Ethernet1/1", "  mtu 9216", "interface Ethernet1/2\n  shutdown", "hostname leaf-1"),
        [(2, 0, 1)],
    ),
    "a block hung on the one before": (
        ("interface Ethernet1/1\n  mtu 9216\ninterface Ethernet1/2\n  shutdown", "hostname leaf-1"),
        [(3, 1, 0)],
    ),
    "a line of the switch hung on the port before": (
        ("interface Ethernet1/1\n  mtu 9216", "interface Ethernet1/2\n  shutdown\nhostname leaf-1"),
        [(5, 3, 0)],
    ),
    "a line hung on its sister": (
        (f"vpc domain 1\n{DEEPER}  role priority 1\n{DEEPER * 2}  peer-switch", "hostname leaf-1"),
        [(3, 2, 1)],
    ),
    "lines taken for a banner": (
        (f"interface Ethernet1/1\n  mtu 9216{VERBATIM}interface Ethernet1/2", "  shutdown", "hostname leaf-1"),
        [(3, None, 0), (4, 0, 3)],
    ),
    "a banner that swallows a command": (
        (f"banner motd ^C{VERBATIM}a ^ b{VERBATIM}^C{VERBATIM}hostname leaf-1", ""),
        [(4, 1, 0)],
    ),
    "a comment hung on a sister": ((f"vlan 10\n  name a\n{DEEPER * 2}!",), [(3, 2, 0)]),
    "an ip line of the port at the left margin, where nothing is a script": (
        ("interface Ethernet1/1\n  mtu 9216\nip anything", ""),
        [(3, 1, 0)],
    ),
}


@pytest.mark.parametrize(("raws", "expected"), WRONG.values(), ids=WRONG)
def test_a_wrong_tree_is_noticed(raws: tuple[str, ...], expected: list[tuple[int, int | None, int | None]]) -> None:
    """A tree that hangs a line on the wrong one is contradicted, with the line and both holders, and no kind."""
    assert [
        (each.line, each.ours, each.theirs) for each in disagreements(ConfigTree(raws)) if not each.kind
    ] == expected


def test_a_script_hides_no_wrong_tree() -> None:
    """In a script, too, a line is explained only in the open block right above it that can hold it."""
    port = "interface Ethernet1/1\nmtu 9216"
    good = ConfigTree((port, "interface Ethernet1/2", "hostname leaf-1"))
    assert [kind for *_, kind in found(good)] == ["script"]
    for bad in (
        (f"{port}\ninterface Ethernet1/2", "hostname leaf-1"),
        (port, "interface Ethernet1/2\nhostname leaf-1"),
        (port, "interface Ethernet1/2\nip route 192.0.2.0/24 198.51.100.1"),
        (f"{port}\n{DEEPER}shutdown", "hostname leaf-1"),
    ):
        assert [kind for *_, kind in found(ConfigTree(bad))] == ["script", ""]


def holders(tree: ConfigTree) -> dict[int, int]:
    """The number of the line that holds it, for each line that is no comment; 0 for none."""
    todo = [(0, entry) for entry in tree.entries()]
    seen = {}
    for above, entry in todo:
        if entry.text and entry.text[0] not in COMMENT:
            seen[entry.line] = above
        todo += [(entry.line if entry.text else above, child) for child in entry.children]
    return seen


CUT = "\x04"
"""Stands for a line break between two blocks; no text that can be parsed holds it."""

CUTS = (CUT, VERBATIM, "\n", f"\n{DEEPER}", f"\n{DEEPER * 2}")


def recut(tree: ConfigTree, chance: random.Random) -> ConfigTree:
    """The same text as another tree: one line break, by chance, is that of a block, of its inside or of a banner."""
    joined = CUT.join(tree.raws)
    at = chance.choice([at for at, mark in enumerate(joined) if mark in (CUT, "\n", VERBATIM)])
    cut = joined[:at] + chance.choice(CUTS) + joined[at + 1 :].lstrip(DEEPER)
    return ConfigTree(tuple(cut.split(CUT)))


def assert_noticed(wrong: ConfigTree, right: ConfigTree) -> None:
    """Every command that the wrong tree hangs elsewhere, or has lost, is one of the unexplained."""
    assert wrong.text == right.text
    before, after = holders(right), holders(wrong)
    moved = {line for line, holder in before.items() if after.get(line) != holder}
    assert moved <= {each.line for each in unexplained(wrong)}


@given(texts(), st.randoms(use_true_random=False))
def test_any_wrong_cut_is_noticed(text: str, chance: random.Random) -> None:
    """Whichever line break is taken for another one, each command that thereby moves is named."""
    assert_noticed(recut(parse(text), chance), parse(text))


@pytest.mark.parametrize("seed", range(3))
def test_a_wrong_cut_of_a_real_configuration_is_noticed(corpus_config: Path, seed: int) -> None:
    """In a real configuration, too, each command that moves with a wrong cut is named."""
    tree = parse(read(corpus_config))
    if any(kind == "script" for *_, kind in found(tree)):
        pytest.skip("a script: ciscoconfparse2 does not see its modes")
    assert_noticed(recut(tree, random.Random(seed)), tree)


def test_the_differ_reads_the_same_tree(corpus_config: Path) -> None:
    """What the differ files under a block is held by the block's line in the tree, past lines that open no block."""
    tree = parse(read(corpus_config))
    lines, above = tree.text.split("\n"), holders(tree)
    wrong = []
    for number, where, outer, inner in filed(facts(tree.blocks()), ""):
        holder = above[number]
        while holder and is_leaf(lines[holder - 1].strip(), inner):
            holder = above[holder]
        if where not in (opens(lines[holder - 1].strip(), outer) if holder else {""}):
            wrong.append((number, where))
    assert wrong == []


def filed(block: Facts, where: str, outer: str = "") -> Iterator[tuple[int, str, str, str]]:
    """The number of each line that a block states, with the block's key and the modes around and inside it."""
    numbers = [
        *(fact.number for fact in block.known.values()),
        *(text.number for text in block.unknown),
        *(inner.number for inner in block.blocks.values()),
    ]
    yield from ((number, where, outer, block.mode) for number in numbers)
    for key, inner in block.blocks.items():
        yield from filed(inner, key, block.mode)


def is_leaf(text: str, mode: str) -> bool:
    """Whether a line is one that opens nothing, as the catalogue knows it in that mode."""
    line = recognise(mode, text)
    return line is not None and not line.row.opens


def opens(text: str, mode: str) -> set[str]:
    """The keys of the blocks that a line opens in that mode."""
    line = recognise(mode, text)
    if line and line.row.opens and isinstance(line.value, VlanSet):
        return {f"{line.key} {vlan}" for vlan in line.value}
    return {line.key} if line else set(heads(text))
