"""The other side of each question that a rule asks: pairs that differ in it alone, and what its message then says."""

from __future__ import annotations

from typing import TypedDict

import pytest
import yaml

from mlagkit.finding import Finding
from tests.conftest import ROOT
from tests.judged import judged
from tests.rule_examples import by_id


class Edge(TypedDict):
    """What is laid over the base, and where the rule speaks of it."""

    over: str
    found: str


class Edges(TypedDict):
    """The file of cases."""

    found: dict[str, dict[str, Edge]]
    words: dict[str, dict[str, str]]


CASES: Edges = yaml.safe_load((ROOT / "tests" / "fixtures" / "rule_edges.yaml").read_text("utf-8"))
FOUND = [(rule, why) for rule, edges in CASES["found"].items() for why in edges]
WORDS = [(rule, words) for rule, texts in CASES["words"].items() for words in texts]


def _at(finding: Finding) -> str:
    severity = "" if finding.severity is by_id()[finding.rule].severity else str(finding.severity)
    return " ".join(filter(None, (finding.switch or "both", finding.object, severity)))


@pytest.mark.parametrize(("rule", "why"), FOUND, ids=map(" ".join, FOUND))
def test_found(rule: str, why: str) -> None:
    """The rule speaks at these places, and at no others."""
    case = CASES["found"][rule][why]
    assert ", ".join(sorted(_at(each) for each in judged(case["over"]) if each.rule == rule)) == case["found"]


@pytest.mark.parametrize(("rule", "words"), WORDS, ids=map(" ".join, WORDS))
def test_words(rule: str, words: str) -> None:
    """The message tells the sides apart, and the fix is the right one of several."""
    found = [each for each in judged(CASES["words"][rule][words]) if each.rule == rule]
    assert any(text.endswith(words) for each in found for text in (each.message, each.fix)), found
