"""What the rules find now and did not before, and the other way round."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mlagkit.finding import Finding
from mlagkit.values import VlanSet

Identity = tuple[str, str | None, str | None, str, str]
_VLANS = re.compile(r"\bVLANs? (\d(?:[\d,-]*\d)?)\b")


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
    """Hold the findings of both sides against each other; lines may have moved, so a place tells nothing.

    What is said of other VLANs than before is not over, and new only if one of them was not among those.
    """
    old, new = list(then), list(now)
    counted = _count(each for each in old if not each.waived)
    accepted = _count(each for each in old if each.waived)
    here = _count(new)
    fresh = _beyond((each for each in new if not each.waived), counted)
    gone = _beyond((each for each in old if not each.waived), here)
    on_others = _on_other_vlans(gone, fresh)
    fresh = [each for each in fresh if each not in on_others or _spreads(on_others[each], each)]
    return Turned(
        new=tuple(fresh),
        resolved=tuple(each for each in gone if each not in on_others.values()),
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


def _on_other_vlans(then: Iterable[Finding], now: Iterable[Finding]) -> dict[Finding, Finding]:
    """The findings of now that say what one of then said, but not quite of the same VLANs; each with that one."""
    before = list(then)
    return {each: old for each in now for old in before if _alike(old, each)}


def _alike(one: Finding, other: Finding) -> bool:
    masked = (replace(each, message=_VLANS.sub("", each.message)) for each in (one, other))
    here, there = _vlans(one), _vlans(other)
    if not (here and there) or len({_identity(each) for each in masked}) > 1:
        return False
    return not any(old.isdisjoint(new) for old, new in zip(here, there, strict=True))


def _spreads(then: Finding, now: Finding) -> bool:
    """Whether the VLANs that a finding speaks of were not all among those of before."""
    return not all(new <= old for old, new in zip(_vlans(then), _vlans(now), strict=True))


def _vlans(finding: Finding) -> list[VlanSet]:
    """The lists of VLANs in a message; none where what stands there is no such list, as a site's own rule may say."""
    try:
        return [VlanSet.parse(text) for text in _VLANS.findall(finding.message)]
    except ValueError:
        return []


def _identity(finding: Finding) -> Identity:
    return finding.rule, finding.pair, finding.switch, finding.object, finding.message
