"""Asking the rules: every hit becomes a finding with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from mlagkit.finding import Finding
from mlagkit.rules.rule import Hit, Peers, Rule, SiteHit
from mlagkit.switch import Switch


def findings(rules: Iterable[Rule], pairs: Sequence[Peers]) -> list[Finding]:
    """What the rules find on all pairs; a hit on both switches at one place is one finding, of no switch."""
    found: dict[tuple[object, ...], Finding] = {}
    for rule in rules:
        for switch, hit in hits_of(rule, pairs):
            finding = _finding(rule, switch, hit)
            key = (rule.id, finding.pair, finding.origin, finding.message)
            known = found.setdefault(key, finding)
            if known.switch != finding.switch:
                found[key] = _of_both(known)
    return list(found.values())


def hits_of(rule: Rule, pairs: Sequence[Peers]) -> Iterator[SiteHit]:
    """What one rule yields on all pairs, of each pair asked both ways."""
    if rule.on_site:
        yield from rule.on_site(pairs)
    for one, other in pairs:
        for switch, peer in ((one, other), (other, one)):
            if rule.on_switch:
                yield from (SiteHit(switch, hit) for hit in rule.on_switch(switch))
            elif rule.on_pair:
                yield from (SiteHit(switch, hit) for hit in rule.on_pair(switch, peer))


def _finding(rule: Rule, switch: Switch, hit: Hit) -> Finding:
    path = (*hit.part.path, *hit.field.split(".")) if hit.field else hit.part.path
    keys = tuple(map(str, hit.part.path))
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=hit.severity or rule.severity,
        message=hit.message,
        origin=switch.source.origin(path),
        pair=switch.pair,
        switch=switch.name,
        object=".".join(keys),
        fix=hit.fix,
        keys=keys,
    )


def _of_both(finding: Finding) -> Finding:
    return replace(finding, switch=None)
