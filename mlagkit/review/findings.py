"""What the rules find now and did not before, and the other way round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mlagkit.finding import Finding
from mlagkit.input_rules import INPUT_RULES
from mlagkit.intent import SITE
from mlagkit.rules.judge import together
from mlagkit.rules.rule import Rule
from mlagkit.validate import Look
from mlagkit.waivers import settled

Identity = tuple[str, str | None, str | None, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """The findings that a change brings, ends, and accepts; those that it leaves as they are only counted.

    ``new`` count now and did not before: nothing was found, or it was waived. ``waived`` are waived now and were not:
    they counted, or were not there at all.
    """

    new: tuple[Finding, ...]
    resolved: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    unchanged: int


def judged(looks: Sequence[Look], others: Sequence[Look], rules: Sequence[Rule], day: date) -> list[Finding]:
    """What the rules find on one side, those that are waived marked as such.

    ``others`` are pairs that did not change, of which only the rules see anything that hold pairs against each other.
    So nobody knows which of their waivers are needed, and nothing is said of them.
    """
    every = [*looks, *others]
    found = settled(
        together(rules, [each.alone for each in every]),
        [each.accepted for each in every],
        rules,
        day,
        partial=bool(others),
    )
    own = {file for each in looks for file in (each.file, str(Path(each.file).with_name(SITE)))}
    return [finding for finding in found if finding.rule not in INPUT_RULES or finding.origin.file in own]


def turned(then: Iterable[Finding], now: Iterable[Finding]) -> Turned:
    """Hold the findings of both sides against each other; lines may have moved, so a place tells nothing."""
    old, new = list(then), list(now)
    counted = _count(each for each in old if not each.waived)
    accepted = _count(each for each in old if each.waived)
    here = _count(new)
    fresh = _beyond((each for each in new if not each.waived), counted)
    return Turned(
        new=tuple(fresh),
        resolved=tuple(_beyond((each for each in old if not each.waived), here)),
        waived=tuple(_beyond((each for each in new if each.waived), accepted)),
        unchanged=sum(not each.waived for each in new) - len(fresh),
    )


def named_as_now(findings: Iterable[Finding], pairs: Mapping[str, str], switches: Mapping[str, str]) -> list[Finding]:
    """Findings of the base, with the names that its pairs and switches have now, by those of then."""
    return [
        replace(each, pair=pairs.get(each.pair or "", each.pair), switch=switches.get(each.switch or "", each.switch))
        for each in findings
    ]


def _count(findings: Iterable[Finding]) -> Counter[Identity]:
    return Counter(map(_identity, findings))


def _beyond(findings: Iterable[Finding], known: Counter[Identity]) -> list[Finding]:
    """Those that are not among the known, each of which stands for one."""
    left = Counter(known)
    found = []
    for each in findings:
        left[_identity(each)] -= 1
        if left[_identity(each)] < 0:
            found.append(each)
    return found


def _identity(finding: Finding) -> Identity:
    return finding.rule, finding.pair, finding.switch, finding.object, finding.message
