"""What the rules find now and did not before, and the other way round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mlagkit.finding import Finding

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
