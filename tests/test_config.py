"""A configuration as a tree: nothing is lost, and each line knows its number and its place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mlagkit.config import DEEPER, VERBATIM, Block, ConfigTree, Counted, Entry, first_line
from mlagkit.errors import InputError
from mlagkit.finding import Origin
from mlagkit.nxos.parse import parse
from tests.nxos_lines import texts

MARKS = f"\x01\x04\x05{VERBATIM}{DEEPER}"
CHARACTERS = st.characters(exclude_characters=MARKS, exclude_categories=())
PIECES = st.sampled_from(
    (
        *(
            "\n",
            "\n",
            "\n",
            "\r\n",
            " ",
            "  ",
            "\t",
            "!",
            "#",
            "exit",
            "end",
            "\x00",
            "\x85",
            "\u2028",
            "\x0c",
            "\udc80",
        ),
        *("hostname a", "interface Ethernet1/1", "interface Vlan10", "vpc domain 1", "switchport", "description x"),
        *("banner motd #", "banner motd ^C", "banner exec x", "^C", "address-family ipv4 unicast", "no shutdown"),
        *("class-map type qos c", "configure terminal", "vlan 10,20", "channel-group 10", "router bgp 1"),
    )
)
ANY_TEXT = st.lists(PIECES | st.text(CHARACTERS, max_size=3), max_size=25).map("".join)


def walk(entries: Iterator[Entry] | tuple[Entry, ...]) -> Iterator[Entry]:
    """Every line of a tree."""
    for entry in entries:
        yield entry
        yield from walk(entry.children)


@given(ANY_TEXT | texts())
@example("")
@example("\n")
@example(" a\n")
@example("\ta\n\n b")
@example("banner motd #\n a\n#\n b\n")
@example("interface Ethernet1/1\n\n\n  mtu 9216\n!\n no shutdown\n")
@example("interface Ethernet1/1\nswitchport\n!\n\nmtu 9216\nexit\nexit\n")
def test_text_is_kept(text: str) -> None:
    """Any text that was parsed and printed is the same."""
    assert parse(text).text == text


@given(ANY_TEXT, st.sampled_from(MARKS), ANY_TEXT)
def test_marks_are_refused(before: str, mark: str, after: str) -> None:
    """A text with one of the characters that no command can hold is refused, with the line where it stands."""
    with pytest.raises(InputError) as refusal:
        parse(before + mark + after, "a.cfg")
    (finding,) = refusal.value.findings
    assert finding.rule == "IN07"
    assert (finding.origin.file, finding.origin.line) == ("a.cfg", before.count("\n") + 1)


@given(ANY_TEXT | texts())
@example("banner motd #\nx\n#\n  b\n")
@example("banner motd #\nx\n#\n a\n  b\nc\n")
@example("interface Ethernet1/1\nswitchport\n\n!\nmtu 9216\n")
def test_every_line_has_its_number(text: str) -> None:
    """Each line that is not empty stands in the tree once, with its number; a banner is one entry."""
    lines = text.split("\n")
    seen: list[int] = []
    for entry in filter(lambda entry: entry.text, walk(parse(text).entries())):
        body = entry.text.split("\n")
        assert body[0].strip() == lines[entry.line - 1].strip()
        seen += range(entry.line, entry.line + len(body))
    assert len(seen) == len(set(seen))
    assert {number for number, line in enumerate(lines, 1) if line.strip()} <= set(seen)


@given(texts(), st.data())
def test_chosen_blocks_have_the_same_numbers(text: str, data: st.DataObject) -> None:
    """Some of the blocks are numbered like all of them."""
    tree = parse(text)
    blocks = list(tree.blocks())
    indexes = sorted(data.draw(st.sets(st.integers(0, len(blocks) - 1))))
    assert list(tree.chosen(indexes)) == [blocks[at] for at in indexes]


@given(texts(), texts(), st.data())
def test_what_was_counted_in_another_text_holds(text: str, other: str, data: st.DataObject) -> None:
    """Blocks have the same numbers whatever was counted before, also in a text as long that reads otherwise."""
    counted: Counted = {}
    for tree in map(parse, (other, text, text.replace("\n", "x"))):
        blocks = list(tree.blocks())
        indexes = sorted(data.draw(st.sets(st.integers(0, len(blocks) - 1))))
        assert list(tree.chosen(indexes, counted)) == [blocks[at] for at in indexes]


@given(texts())
def test_heads_are_the_first_lines(text: str) -> None:
    """The head of a block is its first line, whatever it is indented with, and its word the first of that line."""
    tree = parse(text)
    lines = text.split("\n")
    for head, block in zip(tree.heads, tree.blocks(), strict=True):
        assert head == first_line(block.raw)
        assert head.split(VERBATIM)[0] == lines[block.line - 1]
    assert tree.words == {head.split(" ")[0] for head in tree.heads if head}


def shape(entry: Entry) -> object:
    """An entry as nested tuples."""
    return (entry.text, *map(shape, entry.children)) if entry.children else entry.text


SHAPES = {
    "two levels": ("a\n  b\n  c\n", [("a", "b", "c")]),
    "three levels": ("a\n  b\n    c\n  d\n", [("a", ("b", "c"), "d")]),
    "indents of one": ("a\n b\n  c\n", [("a", ("b", "c"))]),
    "uneven indents": ("a\n   b\n      c\n  d\n", [("a", ("b", "c"), "d")]),
    "tabs": ("a\n\tb\n\t\tc\n", [("a", ("b", "c"))]),
    "a tab is as wide as a blank": ("a\n\tb\n  c\n", [("a", ("b", "c"))]),
    "nothing": ("", []),
    "blank lines alone": ("\n\n", []),
    "a blank line ends nothing": ("a\n  b\n\n  c\n", [("a", "b", "c")]),
    "a comment ends nothing": ("a\n  b\n!\n  c\nd\n", [("a", "b", "!", "c"), "d"]),
    "a comment ends nothing deep inside": ("a\n  b\n    c\n!\n    d\n", [("a", ("b", "c", "d"), "!")]),
    "a comment holds nothing": ("a\n  # x\n    b\n  c\n", [("a", "# x", "b", "c")]),
    "a banner is one line": ("banner motd #\n  x\n  y\n#\n", ["banner motd #\n  x\n  y\n#"]),
    "CRLF": ("a\r\n  b\r\nc\r\n", [("a", "b"), "c"]),
    "lines without one above": ("\n  b\n  c\nd\n", ["b", "c", "d"]),
    "an indented first line": ("  b\nc\n", ["b", "c"]),
}


@pytest.mark.parametrize(("text", "expected"), SHAPES.values(), ids=SHAPES)
def test_nesting(text: str, expected: list[object]) -> None:
    """A line belongs to the nearest one above it that is indented less."""
    entries = list(parse(text).entries())
    tops = [each for entry in entries for each in ((entry,) if entry.text else entry.children)]
    assert list(map(shape, tops)) == expected


def test_origin() -> None:
    """A line's place names the file that the text came from."""
    assert parse("a\n", "leaf-1.cfg").origin(1) == Origin("leaf-1.cfg", 1)


def test_an_empty_block_is_an_empty_entry() -> None:
    """A block of nothing but blanks is an entry without text."""
    assert Block("  ", 3).entry() == Entry("", 3, 0)


def test_trees_compare_by_their_text() -> None:
    """Two trees of the same text and file are equal, and their heads don't count."""
    assert parse("a\n b\n") == parse("a\n b\n")
    assert parse("a\n b\n") != parse("a\n\tb\n")
    assert ConfigTree(("a",), "x") != ConfigTree(("a",), "y")


# What may stand at the left margin, close to each other in every order: ends of words, and what sorts next to a blank.
WORDS = (
    "",
    "a",
    "b",
    "ab",
    "a!",
    "a\x1f",
    "é",
    "vlan",
    "vlan 1",
    "vlan 10",
    "vlan 1 ",
    "vlan 1\r",
    "vlan\t1",
    "a b",
    "\r",
)
RAWS = st.lists(st.sampled_from(WORDS).flatmap(lambda head: st.sampled_from((head, f"{head}\n  b", f"{head}\n")))).map(
    tuple
)
STARTS = st.lists(st.sampled_from(("b", "v", "vlan ", "é")), unique=True)


@given(RAWS, st.sampled_from(WORDS), STARTS)
def test_blocks_are_found_as_by_a_look_at_each(raws: tuple[str, ...], word: str, starts: list[str]) -> None:
    """The first words, the blocks that begin like something or like none of some, and those with one first line."""
    tree = ConfigTree(raws)
    tops = [first_line(raw) for raw in raws]
    assert tree.words == {top.split(" ")[0] for top in tops if top}
    assert tree.beginning(word) == sorted(raw for raw in raws if raw.startswith(word))
    assert tree.beginning_otherwise(starts) == sorted(raw for raw in raws if not raw.startswith(tuple(starts)))
    head = word.rstrip()
    assert list(tree.under(head)) == sorted(raw for raw, top in zip(raws, tops, strict=True) if top.rstrip() == head)
