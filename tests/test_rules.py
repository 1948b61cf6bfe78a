"""Every rule by its own examples, and the reference by the rules."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from mlagkit.finding import Finding, Severity
from mlagkit.rules import RULES, judge
from mlagkit.rules.judge import hits_of
from mlagkit.rules.rule import Rule
from tests.conftest import ROOT
from tests.rule_examples import as_running, example, found, of_yaml

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


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_nothing_is_missing(rule: Rule) -> None:
    """A rule explains itself, with both examples and a source that an error can rest on."""
    assert rule.gaps == ()


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.on_site], ids=lambda rule: rule.id)
def test_needs(rule: Rule) -> None:
    """A rule says so where running-configs do not tell what it goes by; every other one finds its example in them."""
    (peers,) = example(rule, "Bad")
    told = {finding.rule for finding in judge([as_running(peers)])}
    assert (rule.id not in told) == ("Needs" in rule.sections)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_fixes(rule: Rule) -> None:
    """What a fix proposes for a bad example is text that a pair file takes, and takes the finding away."""
    if "Bad config" in rule.sections:
        pytest.skip("lines of a configuration, which no pair file mends")
    bad = yaml.safe_load(rule.sections["Bad"].partition("\n---\n")[0]) or {}
    for finding in found(rule, "Bad"):
        if finding.fix:
            mended = _laid_over(bad, _proposed(rule, finding, bad))
            left = {each.message for each in judge([of_yaml(yaml.safe_dump(mended))]) if each.rule == rule.id}
            assert finding.message not in left


def _proposed(rule: Rule, finding: Finding, bad: dict[Any, Any]) -> object:
    """A fix as what to lay over a pair file: from the top, or within what the finding is on."""
    fix = yaml.safe_load(finding.fix)
    hits = hits_of(rule, example(rule, "Bad"))
    at, told = next((each.at, each.fix) for each in hits if each.message == finding.message)
    if told == finding.fix:
        return fix
    kind, *rest = (str(key) if isinstance(key, str) else key for key in at.path)
    path = (kind, finding.switch, *rest) if finding.switch in bad.get(kind, ()) else (kind, *rest)
    for key in reversed(path):
        fix = {key: fix}
    return fix


def _laid_over(below: object, above: object) -> object:
    if not (isinstance(below, dict) and isinstance(above, dict)):
        return above
    return below | {key: _laid_over(below.get(key), value) for key, value in above.items()}


def test_places_are_in_the_example() -> None:
    """A finding of an example points into it or at its base, never at nothing."""
    for rule in RULES:
        for finding in found(rule, "Bad"):
            assert Path(finding.origin.file).suffix in (".yaml", ".cfg"), (rule.id, finding)
