"""How a review is shown: the comment that each change gets, what is left out of it, and that nothing breaks out."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import jsonschema
import pytest
from markdown_it import MarkdownIt

from mlagkit import __version__
from mlagkit.fleet.effort import Effort
from mlagkit.report.document import Document
from mlagkit.report.markdown import escaped, fenced, size
from mlagkit.report.review.html import review_html
from mlagkit.report.review.markdown import review_markdown
from mlagkit.report.review.text import review_text
from mlagkit.review.beside import Beside
from mlagkit.review.run import Asked, reviewed
from tests.conftest import Golden
from tests.hostile_words import HIDDEN, HOSTILE
from tests.report_forms import PLAN
from tests.repositories import Repository
from tests.review_cases import BASES, CASES, FILE, OTHER, PAIR
from tests.reviews_shown import hostile_pair, large_pair
from tests.test_report_drill_page import Elements

GOLDEN = Path(__file__).parent / "fixtures" / "review"


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Document]:
    """``changed(base, head)``: the review of a branch with these files."""

    def make(base: dict[str, str], head: dict[str, str]) -> Document:
        repository = Repository.new(tmp_path / str(len([*tmp_path.iterdir()])), base)
        monkeypatch.chdir(repository.top)
        repository.git("switch", "-c", "topic")
        repository.write(head)
        repository.commit("change")
        templates = Path("templates") if Path("templates").exists() else None
        asked = Asked(revision="main", paths=("pairs",), day=date(2026, 11, 27), beside=Beside(templates))
        return reviewed(asked, Effort())

    return make


@pytest.mark.parametrize("name", CASES)
def test_case(name: str, changed: Callable[..., Document], golden: Golden) -> None:
    """Each change of the twelve reads as it should."""
    document = changed({FILE: PAIR} | OTHER | dict(BASES.get(name, {})), CASES[name])
    shown = {"md": review_markdown(document), "txt": review_text(document, {}, width=100)}
    for suffix, text in shown.items():
        golden(GOLDEN / f"{name}.{suffix}", _timeless(text, document))
    for row in document["pairs"]:
        if row["plan"]:
            jsonschema.Draft202012Validator(PLAN).validate(row["plan"])
    verdict = document["verdict"]
    assert verdict in shown["txt"].replace("\n  ", " ")
    assert ("no effect" in verdict) is (name in ("reordering-only", "waiver-only"))
    assert ("cosmetic" in verdict) is (name == "description-only")
    assert header(shown["md"])["truncated"] is False


def _timeless(text: str, document: Document) -> str:
    """The text without what changes with every version, and with every line of the example."""
    text = text.replace(__version__, "VERSION")
    for commit, word in ((document["base"]["commit"], "BASE"), (document["head"], "HEAD")):
        text = text.replace(commit, word).replace(commit[:12], word)
    return text


def header(markdown: str) -> Document:
    """What a machine finds in a comment."""
    match = re.match(r"<!-- mlagkit: (\{.*\}) -->\n\n", markdown)
    assert match
    found: Document = json.loads(match[1])
    return found


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table")


@lru_cache(maxsize=4)
def shape(markdown: str) -> tuple[list[tuple[str, str]], Counter[str]]:
    """The elements of a comment as a renderer of CommonMark sees them: the blocks in order, the others counted.

    Names in summaries count for nothing, nor does where a text is broken into pieces.
    """
    blocks, inner = [], Counter[str]()
    for token in _parser().parse(markdown):
        content = token.content if token.type == "html_block" and not token.content.startswith("<!-- mlagkit") else ""
        blocks.append((token.type, re.sub(r"<summary>[^<]*</summary>", "<summary></summary>", content)))
        for child in token.children or ():
            if child.type not in ("text", "text_special"):
                inner[child.content if child.type == "html_inline" else child.type] += 1
    return blocks, inner


def outside_fences(markdown: str) -> str:
    """What a renderer takes for text, source and all; the header apart."""
    lines = markdown.splitlines()
    for token in _parser().parse(markdown):
        if token.type == "fence" and token.map:
            first, end = token.map
            lines[first:end] = [""] * (end - first)
    return "\n".join(lines[1:])


def assert_harmless(markdown: str, like: str) -> None:
    """The comment has the elements of another one, calls nobody, and no line of it is a command for a runner."""
    assert shape(markdown) == shape(like)
    assert not re.search(r"(?m)^\s*::|##\[", markdown)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", markdown)
    assert not re.search(r"@\w|#\d|://|\bwww\.\w|\bGH-\d", outside_fences(markdown))
    markdown.encode("utf-8")
    header(markdown)


KEPT = (
    *("severity", "effect", "impact", "action", "hash", "fingerprint", "commit", "head", "format", "day", "permission"),
    *("switch", "switches", "events", "rule", "name", "kind", "what"),
)
"""Keys of what nobody writes freely."""


def with_text(data: object, text: str, key: str = "") -> object:
    """A document in which every text that might be somebody's is that one."""
    if isinstance(data, dict):
        return {name: with_text(value, text, name) for name, value in data.items()}
    if isinstance(data, list):
        return [with_text(value, text, key) for value in data]
    return f"{text} {data}" if isinstance(data, str) and data and key not in KEPT else data


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """A review with something of everything."""
    with pytest.MonkeyPatch.context() as patch:
        repository = Repository.new(tmp_path_factory.mktemp("sample"), {FILE: PAIR} | OTHER)
        patch.chdir(repository.top)
        repository.git("switch", "-c", "topic")
        repository.git("mv", FILE, "pairs/moved.yaml")
        waiver = "waivers:\n  OR02 interfaces: {reason: it moves, owner: netops, expires: 2027-03-31}\n\nextra: |"
        text = CASES["keepalive-vrf"][FILE].replace("extra: |", waiver).replace("  22:\n", "  23:\n")
        repository.write({"pairs/moved.yaml": text.replace("max_interruption: 3s", "max_interruption: 9s")})
        repository.commit("change")
        document = reviewed(Asked(revision="main", paths=("pairs",), day=date(2026, 11, 27)), Effort())
    assert document["findings"]["new"]
    return document


@pytest.fixture(scope="module")
def harmless(sample: Document) -> str:
    """Its comment where every text that might be somebody's is harmless."""
    document = with_text(sample, "harmless")
    assert isinstance(document, dict)
    return review_markdown(document)


@pytest.mark.parametrize("text", [*HOSTILE, *HIDDEN])
def test_hostile_text(text: str, sample: Document, harmless: str) -> None:
    """Whatever a text holds, the comment keeps its shape."""
    hostile = with_text(sample, text)
    assert isinstance(hostile, dict)
    assert_harmless(review_markdown(hostile), harmless)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", review_text(hostile, {}))


def test_hostile_descriptions(changed: Callable[..., Document]) -> None:
    """Two hundred descriptions of a pair file, on their way through planner and report, stay descriptions."""
    harmless_pair = re.sub(r'description: ".*"}', "description: harmless}", hostile_pair())
    documents = [changed({FILE: PAIR}, {FILE: text}) for text in (hostile_pair(), harmless_pair)]
    shown, like = (review_markdown(document, 10**7) for document in documents)
    page, harmless = (Elements(review_html(document)).found for document in documents)
    assert page == harmless
    assert shown.count("description") > 200
    assert_harmless(shown, like)


def test_fence_is_longer_than_any_inside() -> None:
    """A fence ends where it should, whatever stands in it, and none of its lines is a command."""
    text = fenced(["a ````` b", "::error::x", "   ::x::", "vlan 1::2", "##[group]"])
    first, *_, last = text.splitlines()
    assert (first, last) == ("``````text", "``````")
    (token,) = _parser().parse(text)
    assert token.type == "fence"
    assert not re.search(r"(?m)^\s*::|##\[", text)
    assert "vlan 1::2" in text


@pytest.mark.parametrize("text", ["pair.yaml:100:3", "a:1234:b", ":smile:", ":+1:", "x:tada:"])
def test_no_emoji(text: str) -> None:
    """A line and a column are no emoji, although GitHub has one that is called 100."""
    assert not re.search(r":[\w+-]+:", escaped(text))
    assert escaped("pair.yaml:12:3") == "pair.yaml:12:3"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """500 VLANs and 100 vPCs more, with a mistake that rules find on each switch."""
    with pytest.MonkeyPatch.context() as patch:
        repository = Repository.new(tmp_path_factory.mktemp("large"), {FILE: PAIR} | OTHER)
        patch.chdir(repository.top)
        repository.write({FILE: large_pair()})
        return reviewed(Asked(revision="main", paths=("pairs",), day=date(2026, 11, 27)), Effort())


@pytest.mark.parametrize("limit", [4_000, 8_000, 32_768, 60_000, 150_000, 10**6])
def test_large_change(limit: int, large: Document) -> None:
    """A large change fits, with its verdict and all errors in it; what is missing is said; nobody approves it so."""
    text = review_markdown(large, limit)
    errors = [row for row in large["findings"]["new"] if row["severity"] == "error"]
    assert size(text) <= limit
    assert large["verdict"] in text
    assert large["pairs"][0]["plan"]["hash"] in text
    assert text.count("\n| error |") == len(errors) == 2
    assert header(text)["truncated"] is (limit < 10**6)
    assert (f"**Left out to stay within {limit:,} characters: " in text) is (limit < 10**6)
    assert ("</summary>" in text and "\n\nLeft out here: " in text) is (8_000 < limit < 10**6)
    assert ("Nobody can approve by reading this" in text) is (limit < 10**6)
    assert ("approve HASH" in text) is (limit == 10**6)


def test_what_goes_first(large: Document) -> None:
    """Undo goes before the commands, and these before all the rest; each time it is said."""
    texts = {limit: review_markdown(large, limit) for limit in range(20_000, 500_000, 5_000)}
    order = ("**Undo**", "**Commands", "**Both configurations", "unchanged: ")
    seen = {limit: [title in text for title in order] for limit, text in texts.items()}
    assert all(found == sorted(found) for found in seen.values())
    assert {sum(found) for found in seen.values()} >= {1, 4}
    for limit, text in texts.items():
        missing = [
            part for part, there in zip(("undo", "commands", "differences"), seen[limit], strict=False) if not there
        ]
        assert all(f"{part} of 1 pair" in text for part in missing)


def many(document: Document, times: int) -> Document:
    """The same change of so many pairs, with so many more that did not change."""
    rows = [row | {"pair": f"{row['pair']}-{number}"} for row in document["pairs"] for number in range(times)]
    found = document["findings"] | {"new": document["findings"]["new"] * times}
    return document | {"pairs": rows, "findings": found, "unchanged": [f"pair-{n}" for n in range(times * 10)]}


@pytest.mark.parametrize("limit", [4_000, 32_768, 60_000])
@pytest.mark.parametrize("times", [5, 100, 1_000])
def test_many_pairs(times: int, limit: int, sample: Document) -> None:
    """So many pairs that even their verdicts don't fit are counted, with the findings that don't."""
    text = review_markdown(many(sample, times), limit)
    assert size(text) <= limit
    if times == 1_000:
        assert re.search(r"more pairs?, none worse than these", text)
        assert re.search(r"[\d,]+ new findings \(", text)
        assert header(text)["truncated"] is True


def test_characters_that_count_twice() -> None:
    """A host whose language takes some characters for two gets no comment that is too long for it."""
    assert size("a\U0001f600") == 3
