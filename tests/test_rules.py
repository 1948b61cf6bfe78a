"""Every rule by its own examples, and the reference by the rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mlagkit.finding import Severity
from mlagkit.rules import RULES, judge
from mlagkit.rules.rule import Rule
from tests.conftest import ROOT
from tests.rule_examples import example, found

REFERENCE = ROOT.parent / "shared" / "domain" / "vpc-reference.md"
_ROW = re.compile(r"^\| ([A-Z][A-Z0-9]\d\d) \| ([a-z0-9-]+) \|", re.M)


def test_the_base_is_right() -> None:
    """The pair that examples are laid over has nothing that any rule finds."""
    assert RULES
    base = example(RULES[0], "Nothing")
    assert [(finding.rule, finding.message) for finding in judge(base)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_bad_example(rule: Rule) -> None:
    """A rule's bad example is found by that rule, at a place in the example, and by no other."""
    findings = found(rule, "Bad")
    assert {finding.rule for finding in findings} == {rule.id}, [
        (finding.rule, finding.message) for finding in findings
    ]
    assert all(finding.message and finding.origin.line >= 1 for finding in findings)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_good_example(rule: Rule) -> None:
    """A rule's good example has nothing that any rule finds."""
    assert [(finding.rule, finding.message) for finding in found(rule, "Good")] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_name_and_mark(rule: Rule) -> None:
    """A rule has the name of the reference, and what is only likely is a warning at most."""
    if not REFERENCE.is_file():
        pytest.skip("../shared/domain is not here")
    names = dict(_ROW.findall(REFERENCE.read_text("utf-8")))
    assert names[rule.id] == rule.name
    assert rule.is_certain or rule.severity is not Severity.ERROR


def test_places_are_in_the_example() -> None:
    """A finding of an example points into it or at its base, never at nothing."""
    for rule in RULES:
        for finding in found(rule, "Bad"):
            assert Path(finding.origin.file).suffix in (".yaml", ".cfg"), (rule.id, finding)
