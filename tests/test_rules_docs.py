"""Rules are listed and explained, on the command line and in pages that are written from the same docstrings."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from mlagkit.explanation import explanations
from mlagkit.finding import Severity
from mlagkit.input_rules import INPUT_RULES
from mlagkit.report.rules import pages, rule_page, rule_text
from mlagkit.rules import RULES
from tests.command import Run
from tests.conftest import ROOT, Golden

FOLDER = ROOT / "docs" / "rules"


def test_pages(golden: Golden) -> None:
    """The pages in the repository say what the docstrings say; `make rules-docs` writes them."""
    written = dict(pages(explanations()))
    for name, text in written.items():
        golden(FOLDER / name, text)
    assert {path.name for path in FOLDER.iterdir()} == set(written)


def test_every_rule_has_its_page() -> None:
    """The index links a page for each rule, also for those about inputs and waivers."""
    index = (FOLDER / "README.md").read_text("utf-8")
    for rule_id in (*INPUT_RULES, *(rule.id for rule in RULES)):
        assert f"[{rule_id}]({rule_id}.md)" in index


def test_hostile_docstring() -> None:
    """Nothing that an own rule says of itself ends a block of code early or reaches a terminal."""
    doc = "A \x1b[31m.\n\nWhy:\n    Because.\n\nBad:\n    ```\n    x\n    ````\n\nGood:\n    y\n"
    rule = replace(RULES[0], doc=doc)
    (told,) = (each for each in explanations([rule]) if each.id == rule.id)
    assert "\n`````yaml\n```\nx\n````\n`````\n" in rule_page(told)
    assert "```yaml\ny\n```" in rule_page(told)
    assert "\x1b" not in rule_text(told)


def test_list(run: Run) -> None:
    """The list has a line for each rule, by id, with severity, scope and name."""
    lines = run("rules").out.splitlines()
    assert [line[:4] for line in lines] == sorted({*INPUT_RULES, *(rule.id for rule in RULES)})
    assert [line.split()[1:4] for line in lines if line.startswith("DO02")] == [["error", "pair", "domain-id-mismatch"]]


def test_explanation(run: Run, golden: Golden) -> None:
    """An explanation has why, both examples, the fix and the source; case and name don't matter."""
    shown = run("rules", "DO02")
    golden(ROOT / "tests" / "fixtures" / "cli" / "rules-DO02.txt", shown.out)
    assert run("rules", "do02") == run("rules", "Domain-Id-Mismatch") == shown


def test_json(run: Run) -> None:
    """JSON lists all rules with what is known of them, or one."""
    document = json.loads(run("rules", "--format", "json").out)
    assert document["format"] == "mlagkit.rules/1"
    assert len(document["rules"]) == len(INPUT_RULES) + len(RULES)
    (one,) = json.loads(run("rules", "DO02", "--format", "json").out)["rules"]
    assert one in document["rules"]
    assert set(one) == {*("id", "name", "severity", "scope", "summary"), *("why", "bad", "good", "fix", "source")}


def test_markdown(run: Run) -> None:
    """Markdown is what the pages hold."""
    assert run("rules", "DO02", "--format", "markdown").out == (FOLDER / "DO02.md").read_text("utf-8")
    assert run("rules", "--format", "markdown").out == (FOLDER / "README.md").read_text("utf-8")


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_family(form: str, run: Run) -> None:
    """The letters that ids begin with list those rules, and no other whose id begins in the same way."""
    shown = run("rules", "pl", "--format", form).out
    assert set(re.findall(r"\b[A-Z]{2}\d\d\b", shown)) == {rule.id for rule in RULES if rule.id.startswith("PL")}


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("KA02x", "did you mean KA02?"),
        ("HO15", "did you mean HO13?"),  # of its own kind, where OR05 is as near
        ("domain-id-mismach", "did you mean domain-id-mismatch?"),
        ("unknown_key", "did you mean unknown-key?"),
        ("zzzzzz", "`mlagkit rules` lists them"),
    ],
)
def test_unknown(word: str, hint: str, run: Run) -> None:
    """A rule that does not exist is a usage error with the nearest that does."""
    ended = run("rules", word)
    assert (ended.code, ended.out) == (2, "")
    assert f"there is no rule {word}; {hint}" in ended.err


def test_text_is_only_text() -> None:
    """What a docstring holds is shown, whatever it looks like: no markup in a page, no escape on a terminal."""
    rule = replace(next(each for each in explanations() if each.id == "DO02"), summary="a | <b> *c* `<d>`")
    assert r"a \| &lt;b> \*c\* `<d>`" in rule_page(rule)
    hostile = replace(rule, sections={"Why": "\x1b[2Jx"}, severity=Severity.INFO)
    assert "\x1b" not in rule_text(hostile)
