"""Drills as one HTML page with pictures."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from mlagkit.drill.outcome import HostOutcome, Link, LinkState, Outcome, Seconds, State
from mlagkit.report.document import Document
from mlagkit.report.drill.document import pair_document
from mlagkit.report.drill.html import drill_html
from mlagkit.report.drill.picture import picture
from mlagkit.state import Role
from mlagkit.values import InterfaceName
from tests.conftest import Golden
from tests.drills_shown import (
    AFTER_PEER_LINK,
    DUAL_ACTIVE,
    FIRST,
    MATRIX,
    NAMES,
    NO_EVENT,
    QUIET,
    SECOND,
    SEQUENCE,
    WELL,
    D,
    L,
    W,
    dead,
    dual,
    many,
    outcome,
)
from tests.test_report_drill import HOSTILE, UNREADABLE, hostile

GOLDEN = Path(__file__).parent / "fixtures" / "cli"


class Elements(HTMLParser):
    """The elements of a page with the names of their attributes, and all of its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count an element and what it has."""
        self.found[" ".join([tag, *(name for name, _ in attrs)])] += 1

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.text.append(data)


def drawn(scenario: Outcome, start: Outcome = NO_EVENT) -> ElementTree.Element:
    """The picture of a scenario as a tree of elements."""
    pair = pair_document(replace(QUIET, scenarios=(start, scenario)))
    first, now = pair["scenarios"]
    return ElementTree.fromstring(picture(now, first, first["hosts"] | now["hosts"]))


def classes(tree: ElementTree.Element, tag: str, kind: str) -> list[str]:
    """The states of elements of one kind, in the order in which they are drawn."""
    found = (element.attrib.get("class", "") for element in tree.iter(tag))
    return [words.removeprefix(f"{kind} ") for words in found if words.startswith(f"{kind} ")]


def labels(tree: ElementTree.Element) -> list[str]:
    """Every text of a picture."""
    return [element.text or "" for element in tree.iter("text")]


@pytest.mark.parametrize("case", ["matrix", "sequence"])
def test_page(case: str, golden: Golden) -> None:
    """The page is the expected file."""
    pair = pair_document(MATRIX) if case == "matrix" else pair_document(SEQUENCE, in_sequence=True)
    golden(GOLDEN / f"drill-{case}.html", drill_html([pair]))


def page(*pairs: Document) -> str:
    """The page of some pairs, or of the one with everything."""
    return drill_html(pairs or [pair_document(MATRIX)])


def test_page_needs_nothing_else() -> None:
    """The page has no script, no address, no element that loads anything, and forbids them all."""
    names = {name.split(" ")[0] for name in Elements(page()).found}
    assert names <= {
        *("html", "head", "meta", "title", "style", "body", "section", "article", "div", "span", "b"),
        *("h1", "h2", "h3", "p", "dl", "dt", "dd", "details", "summary"),
        *("svg", "g", "rect", "path", "text"),
    }
    assert "default-src 'none'" in page()
    assert not re.search(r"url\(|@import|https?:| style=", page())
    assert "prefers-color-scheme: dark" in page()
    assert 'content="width=device-width' in page()


@pytest.mark.parametrize("in_sequence", [False, True])
@pytest.mark.parametrize("word", [HOSTILE, *HOSTILE.split(" ")])
def test_hostile_text(word: str, in_sequence: bool) -> None:
    """No text can become an element, an attribute or a control character."""
    found, harmless = (
        page(pair_document(replace(hostile(text), depth=1), in_sequence=in_sequence)) for text in (word, "harmless")
    )
    assert Elements(found).found == Elements(harmless).found
    assert not re.search(UNREADABLE, found)
    found.encode("utf-8")


def test_several_pairs() -> None:
    """Each of several pairs has its heading; one alone is named by the title."""
    one, two = pair_document(MATRIX), pair_document(replace(QUIET, pair="dc2"))
    assert re.findall("<h2>(.*?)</h2>", page(one, two)) == ["dc1", "dc2"]
    assert (re.findall("<h2>", page(one)), "<h1>mlagkit drill: dc1</h1>" in page(one)) == ([], True)


def test_a_picture_for_each_row() -> None:
    """Each row has its picture, the pair before any event, too, and a picture tells what it shows."""
    found = page()
    assert found.count("<article") == found.count('role="img"') == found.count('<svg viewBox="0 0 360') == 7
    assert "<title>peer-link down. leaf-101: primary; peer-link down, keepalive alive. leaf-102: " in found


def test_before_any_event_there_is_one_row() -> None:
    """What is cut off without any event is told once, first."""
    cut = outcome([], hosts={**WELL, "web-01": dual(11, D, D)})
    found = page(pair_document(replace(QUIET, scenarios=(cut,))))
    assert re.findall("<h3>(.*?)</h3>", found) == ["before any event"]
    assert '<b class="cut-off">cut off until repaired</b>: web-01' in found


def test_many_names_are_folded_away() -> None:
    """All names are there, most of them where a click shows them."""
    hosts = {f"host-{number:03}": dual(number, D, D) for number in range(1, 101)}
    cut = outcome(["peer-link down"], hosts=hosts)
    found = page(pair_document(replace(many(100), depth=1, scenarios=(many(100).scenarios[0], cut))))
    assert "<summary>and 92 more</summary>host-009, " in found
    assert "host-100</details>" in found


def test_links_by_their_state() -> None:
    """A link is drawn as what it is worth; hosts that fare alike are drawn once, with a count."""
    tree = drawn(AFTER_PEER_LINK)
    assert classes(tree, "rect", "host") == ["cut-off", "interrupted"]
    assert classes(tree, "rect", "port") == ["lost", "works", "down"]
    assert classes(tree, "path", "link") == ["lost", "works", "down"]
    assert [label for label in labels(tree) if "host" in label or "port" in label] == ["4 hosts", "4 ports", "4 ports"]
    assert {"backup-01", "Eth1/40", "cut off", "interrupted 0.05-1 s"} <= set(labels(tree))


def test_shapes_without_color() -> None:
    """Each state of a link has a shape of its own: whole, cut short by a bar, crossed out."""
    shapes = {
        state: {element.attrib["class"] for element in drawn(only(state)).iter("path")} & {"stop", "cross"}
        for state in (W, L, D)
    }
    assert shapes == {W: set(), L: {"stop"}, D: {"cross"}}


def only(state: LinkState) -> Outcome:
    """One host with one link in that state."""
    link = Link(NAMES[0], InterfaceName("Ethernet1/1"), state)
    host = HostOutcome(
        connected=state is W, degraded=False, partial=False, seconds=Seconds(0, 0), why="", links=(link,)
    )
    return replace(outcome(["svi 10 down leaf-101"]), hosts=dict.fromkeys(WELL, host))


def test_what_joins_the_switches() -> None:
    """Peer-link and keepalive are drawn by their states, and told in words."""
    assert {"peer-link up", "keepalive alive"} <= set(labels(drawn(NO_EVENT)))
    tree = drawn(DUAL_ACTIVE)
    assert {"peer-link down", "keepalive dead", "secondary, operational primary"} <= set(labels(tree))
    assert classes(tree, "path", "peer") == ["down", "down"]
    one_way = outcome(["keepalive down"], replace(FIRST, keepalive=False))
    assert "keepalive heard by one only" in labels(drawn(one_way))
    odd = outcome(["peer-link down"], replace(FIRST, peer_link=State.SUSPENDED))
    assert "peer-link suspended" in labels(drawn(odd))


def test_switches_by_their_state() -> None:
    """A switch that is down is drawn so and crossed out; one without a role says so."""
    tree = drawn(outcome(["power-off leaf-101"], dead(FIRST)))
    assert classes(tree, "rect", "switch") == ["dead"]
    assert "down" in labels(tree)
    assert "no role" in labels(drawn(outcome(["keepalive down"], replace(FIRST, role=Role.NONE), SECOND)))


def test_many_links() -> None:
    """Of many links to one switch some are drawn, the worst of them always, and all are counted."""
    states = [W, W, W, D, L]
    links = tuple(Link(NAMES[0], InterfaceName(f"Ethernet1/{at}"), state) for at, state in enumerate(states, 1))
    host = replace(dual(11, W, W), links=links, degraded=True)
    tree = drawn(
        outcome(["link down leaf-101 Ethernet1/4"], hosts=dict.fromkeys(WELL, WELL["web-01"]) | {"web-01": host})
    )
    assert sorted(classes(tree, "rect", "port")[:3]) == ["down", "lost", "works"]
    assert "5 ports" in labels(tree)


def test_long_names_are_cut() -> None:
    """A name that has no room is cut in the picture, and whole for who asks."""
    name = "x" * 60
    tree = drawn(outcome(["keepalive down"], hosts={name: dual(11, W, D)}), outcome([], hosts={name: dual(11, W, W)}))
    assert f"{'x' * 19}…" in labels(tree)
    assert f"{name}: degraded" in [element.text for element in tree.iter("title")]
