"""Reviews as one HTML page with a picture, and as a diagram in mermaid: what they show, and that nothing breaks out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from mlagkit import __version__
from mlagkit.fleet.effort import Effort
from mlagkit.report.document import Document
from mlagkit.report.review.html import review_html
from mlagkit.report.review.links import drawn_links, told
from mlagkit.report.review.markdown import review_markdown
from mlagkit.report.review.mermaid import EDGES, diagram
from mlagkit.report.review.picture import impact_sign, review_picture
from mlagkit.review.beside import Beside
from mlagkit.review.run import Asked, reviewed
from tests.conftest import Golden
from tests.hostile_words import HIDDEN, HOSTILE
from tests.repositories import Repository
from tests.review_cases import BASES, CASES, FILE, OTHER, PAIR
from tests.test_report_drill_page import Elements, classes, labels
from tests.test_report_review import with_text

GOLDEN = Path(__file__).parent / "fixtures" / "review"
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]")

Reviews = Callable[..., Document]


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Reviews:
    """``review(name)``: one of the twelve changes; ``review(name, head)`` with other files in its place."""
    known: dict[str, Document] = {}

    def make(name: str, head: dict[str, str] | None = None) -> Document:
        if name not in known:
            with pytest.MonkeyPatch.context() as patch:
                base = {FILE: PAIR} | OTHER | dict(BASES.get(name, {}))
                repository = Repository.new(tmp_path_factory.mktemp("page"), base)
                patch.chdir(repository.top)
                repository.git("switch", "-c", "topic")
                repository.write(CASES[name] if head is None else head)
                repository.commit("change")
                beside = Beside(Path("templates") if Path("templates").exists() else None)
                asked = Asked(revision="main", paths=("pairs",), day=date(2026, 11, 27), beside=beside)
                known[name] = reviewed(asked, Effort())
        return known[name]

    return make


def one(document: Document) -> Document:
    """The only pair that changed."""
    (row,) = document["pairs"]
    assert isinstance(row, dict)
    return row


def drawn(document: Document) -> ElementTree.Element:
    """The picture of the only pair as a tree of elements."""
    return ElementTree.fromstring(review_picture(one(document)))


@pytest.mark.parametrize("name", CASES)
def test_page(name: str, review: Reviews, golden: Golden) -> None:
    """The page is the expected file."""
    document = review(name)
    text = review_html(document).replace(__version__, "VERSION")
    for commit, word in ((document["base"]["commit"], "BASE"), (document["head"], "HEAD")):
        text = text.replace(commit, word).replace(commit[:12], word)
    golden(GOLDEN / f"{name}.html", text)
    assert ("no effect on either configuration" in text) is (name in ("reordering-only", "waiver-only"))
    assert ("cosmetic: " in text) is (name == "description-only")


@pytest.mark.parametrize("name", CASES)
def test_page_needs_nothing_else(name: str, review: Reviews) -> None:
    """The page of each change has no script, no address, no element that loads anything, and forbids them all."""
    found = review_html(review(name))
    assert {tag.split(" ")[0] for tag in Elements(found).found} <= {
        *("html", "head", "meta", "title", "style", "body", "section", "article", "figure", "div", "span", "b", "a"),
        *("h1", "h2", "h3", "h4", "p", "ul", "li", "br", "details", "summary", "table", "thead", "tbody", "tr", "th"),
        *("td", "svg", "g", "rect", "path", "circle", "text"),
    }
    assert "default-src 'none'" in found
    assert not re.search(r"url\(|@import|https?:| style=", found)
    assert set(re.findall(r'href="(.*?)"', found)) <= {"#pair-1", "#pair-2"}


@pytest.mark.parametrize("word", [*HOSTILE, *HIDDEN])
def test_hostile_text(word: str, review: Reviews) -> None:
    """No text can become an element, an attribute or a control character, nor an edge or a node of the diagram."""
    document = review("keepalive-vrf")
    links = one(review("native-vlan"))["touched"]["links"] + one(review("add-vlan"))["touched"]["links"]
    document = document | {"pairs": [one(document) | {"touched": one(document)["touched"] | {"links": links}}]}
    hostile, harmless = (hostile_names(with_text(document, text), text) for text in (word, "harmless"))
    found, like = review_html(hostile), review_html(harmless)
    assert Elements(found).found == Elements(like).found
    assert not CONTROLS.search(found)
    assert found.count("<!--") == 0
    shown = diagram(one(hostile))
    assert skeleton(shown) == skeleton(diagram(one(harmless)))
    assert set("".join(re.findall('"(.*?)"', shown.replace("<br/>", "")))) <= SAFE


SAFE = {*"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 /+~,#;.:-"}


def hostile_names(document: object, word: str) -> Document:
    """The document, in which both switches of what is touched have a hostile name, too."""
    assert isinstance(document, dict)
    found = one(document)["touched"]
    found["switches"] = {f"{word} {name}": each for name, each in found["switches"].items()}
    for link in found["links"]:
        link["ends"] = {f"{word} {name}": each for name, each in link["ends"].items()}
    return document


def skeleton(shown: str) -> list[str]:
    """The lines of a diagram without what stands in its labels."""
    return [re.sub('".*?"', '""', line) for line in shown.split("\n")]


def test_what_a_vlan_touches(review: Reviews) -> None:
    """A VLAN that is added touches both switches, the peer-link and the trunks that carry it."""
    row = one(review("add-vlan"))
    links = row["touched"]["links"]
    assert [(link["kind"], link["vpc"], link["host"]) for link in links] == [
        ("peer-link", None, None),
        ("vpc", 11, "web-01"),
        ("vpc", 12, "web-02"),
    ]
    assert {(end["what"], end["gains"], end["loses"]) for link in links for end in link["ends"].values()} == {
        ("changed", "40", "")
    }
    assert row["touched"]["switches"]["leaf-101"] == {
        "vlans": {"new": "40", "changed": "", "gone": ""},
        "others": [],
    }


def test_what_a_new_vpc_touches(review: Reviews) -> None:
    """A new vPC is one link with an end on each switch, its members named with it."""
    (link,) = one(review("new-vpc"))["touched"]["links"]
    assert {(end["what"], end["interface"], *end["members"]) for end in link["ends"].values()} == {
        ("new", "port-channel23", "Ethernet1/5")
    }


def test_one_side_only(review: Reviews) -> None:
    """What changes on one switch only is told so; its other end stays as it is. A vPC that goes is gone on both."""
    text = PAIR.replace("  22:\n", "  23:\n").replace(
        "  leaf-101:\n    Ethernet1/40:", "  leaf-101:\n    Ethernet1/41:"
    )
    assert text.count("Ethernet1/41") == 1
    row = one(review("one side", {FILE: text}))
    said = [told(each) for each in drawn_links(row, 99)]
    assert "db-02, vPC 22: gone (outage)" in said
    assert "db-02, vPC 23: new" in said
    assert any("Ethernet1/41: new" in words for words in said)
    tree = ElementTree.fromstring(review_picture(row))
    assert set(classes(tree, "rect", "port")) >= {"new", "gone"}


def test_picture_by_shape(review: Reviews) -> None:
    """What becomes of an end has a shape beside its color, and words."""
    changed, new = drawn(review("native-vlan")), drawn(review("new-vpc"))
    assert classes(changed, "path", "port") == ["changed"] * 8
    assert classes(changed, "rect", "box") == ["outage"] * 4
    assert {"web-01, vPC 11", "changed", "outage", "Po11", "peer-link", "keepalive"} <= set(labels(changed))
    assert (classes(new, "rect", "port"), classes(new, "rect", "box")) == (["new", "new"], ["none"])
    assert len([each for each in new.iter("path") if each.attrib["class"] == "plus"]) == 2
    assert len({re.sub(r'class=".*?"', "", impact_sign(impact)) for impact in ("none", "brief", "outage")}) == 3


def test_long_names_are_cut(review: Reviews) -> None:
    """A name that has no room is cut in the picture, and whole for who asks."""
    row = one(review("new-vpc"))
    (link,) = row["touched"]["links"]
    long = row | {"touched": row["touched"] | {"links": [link | {"host": "x" * 60}]}}
    tree = ElementTree.fromstring(review_picture(long))
    assert f"{'x' * 19}…" in labels(tree)
    assert f"{'x' * 60}, vPC 23: new" in [element.text for element in tree.iter("title")]


def test_what_is_no_link(review: Reviews) -> None:
    """Where no link changes the settings are named, and every vPC is shown if a step disturbs them all."""
    tree = drawn(review("domain-id"))
    assert {"~ vpc domain 102", "every vPC", "as before", "outage"} <= set(labels(tree))
    assert "keepalive: changed" in labels(drawn(review("keepalive-vrf")))


def many(row: Document, number: int, *, alike: bool) -> Document:
    """The pair with so many vPCs that change, alike or each in its own way."""
    ends = {"interface": "port-channel9", "what": "changed", "members": [], "loses": ""}
    links = [
        {
            "kind": "vpc",
            "vpc": vpc,
            "host": None,
            "ends": dict.fromkeys(row["switches"], ends | {"gains": "7" if alike else str(vpc)}),
        }
        for vpc in range(1, number + 1)
    ]
    return row | {"touched": row["touched"] | {"links": links}}


def test_many_links(review: Reviews) -> None:
    """A hundred links that change alike are one of a picture and of a diagram; too many for mermaid are counted."""
    row = one(review("new-vpc"))
    alike, apart = many(row, 100, alike=True), many(row, EDGES // 2 + 1, alike=False)
    assert "100 vPCs" in labels(ElementTree.fromstring(review_picture(alike)))
    assert diagram(alike).count(" --- ") + diagram(alike).count(" ---|") == 2
    assert diagram(apart).startswith(f"No diagram: {EDGES + 2} ends of links")
    assert "and 227 more changes" in labels(ElementTree.fromstring(review_picture(apart)))


def test_diagram_goes_first(review: Reviews) -> None:
    """What is too long loses the diagram before anything else, which is said."""
    document = review("native-vlan")
    whole = review_markdown(document)
    assert "```mermaid\nflowchart LR\n" in whole
    short = review_markdown(document, len(whole) - 1)
    assert "mermaid\n" not in short
    assert "characters: diagram of 1 pair.**" in short


def test_line_that_goes_unproven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes by a plain ``no`` that nobody has seen is named with its plan, in a comment and on a page."""
    repository = Repository.new(tmp_path, {FILE: PAIR.replace("\nextra: |", "\nextra: |\n  some knob")} | OTHER)
    monkeypatch.chdir(repository.top)
    repository.write({FILE: PAIR})
    document = reviewed(Asked(revision="main", paths=("pairs",), day=date(2026, 11, 27)), Effort())
    comment, page = review_markdown(document), review_html(document)
    assert "no some knob" in comment.partition("Unproven: ")[2].partition("**Commands")[0]
    assert "no some knob" in page.partition("Unproven: ")[2].partition("</ul>")[0]
