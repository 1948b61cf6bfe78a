"""Asking the rules: every hit becomes a finding with its place.

A pair is looked at `alone` first. What is left of it then is small, and is all that the rules of a site get to see
when the pairs are held against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from mlagkit.finding import Finding, Severity
from mlagkit.record import record
from mlagkit.rules.rule import Facts, Hit, Peers, Rule, SiteHit, spot
from mlagkit.switch import Switch


@record
class Alone:
    """What the rules find on a pair by itself, and its facts for the rules of a site, by the name of who took them."""

    findings: tuple[Finding, ...]
    facts: Mapping[str, object]


def findings(rules: Iterable[Rule], pairs: Iterable[Peers]) -> list[Finding]:
    """What the rules find on all pairs; a hit on both switches at one place is one finding, of no switch."""
    rules = tuple(rules)
    return together(rules, [alone(rules, peers) for peers in pairs])


def errors_of(rules: Iterable[Rule], peers: Peers) -> list[Finding]:
    """What `findings` says of one pair, as far as it is an error; of all else no place is looked for."""
    return _merged((rule, hit) for rule in rules for hit in _errors(rule, peers))


def _errors(rule: Rule, peers: Peers) -> Iterator[SiteHit]:
    if rule.on_site:
        yield from (hit for hit in rule.on_site([rule.facts(peers)]) if _is_error(rule, hit))
    yield from (_placed(switch, hit) for switch, hit in _asked(rule, peers) if _is_error(rule, hit))


def _is_error(rule: Rule, hit: Hit | SiteHit) -> bool:
    return (hit.severity or rule.severity) is Severity.ERROR


def alone(rules: Sequence[Rule], peers: Peers) -> Alone:
    """One pair, for which nobody else is needed."""
    found = _merged((rule, hit) for rule in rules for hit in _hits_on(rule, peers))
    return Alone(findings=tuple(found), facts={name: take(peers) for name, take in takers(rules).items()})


def together(rules: Iterable[Rule], pairs: Sequence[Alone]) -> list[Finding]:
    """The findings of all pairs, rule by rule, with those of the rules of a site."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in (finding for pair in pairs for finding in pair.findings):
        by_rule.setdefault(finding.rule, []).append(finding)
    found: list[Finding] = []
    for rule in rules:
        if rule.on_site:
            name = _name(rule.facts)
            found += _merged((rule, hit) for hit in rule.on_site([pair.facts[name] for pair in pairs]))
        found += by_rule.get(rule.id, ())
    return found


def takers(rules: Iterable[Rule]) -> Mapping[str, Facts]:
    """Who takes the facts for the rules of a site, each once, by name."""
    return {_name(rule.facts): rule.facts for rule in rules if rule.on_site}


def hits_of(rule: Rule, pairs: Sequence[Peers]) -> Iterator[SiteHit]:
    """What one rule yields on all pairs, of each pair asked both ways."""
    if rule.on_site:
        yield from rule.on_site([rule.facts(peers) for peers in pairs])
    for peers in pairs:
        yield from _hits_on(rule, peers)


def _hits_on(rule: Rule, peers: Peers) -> Iterator[SiteHit]:
    return (_placed(switch, hit) for switch, hit in _asked(rule, peers))


def _asked(rule: Rule, peers: Peers) -> Iterator[tuple[Switch, Hit]]:
    """What a rule yields of both switches, each with the one that it speaks of."""
    one, other = peers
    for switch, peer in ((one, other), (other, one)):
        if rule.on_switch:
            yield from ((switch, hit) for hit in rule.on_switch(switch))
        elif rule.on_pair:
            yield from ((switch, hit) for hit in rule.on_pair(switch, peer))


def _placed(switch: Switch, hit: Hit) -> SiteHit:
    return SiteHit(spot(switch, hit.part, hit.field), hit.message, hit.fix, hit.severity)


def _name(facts: Facts) -> str:
    return f"{facts.__module__}.{facts.__qualname__}"


def _merged(hits: Iterable[tuple[Rule, SiteHit]]) -> list[Finding]:
    """A finding for each hit; what is said of both switches at one place is one, of no switch."""
    found: dict[tuple[object, ...], Finding] = {}
    for rule, hit in hits:
        finding = _finding(rule, hit)
        key = (rule.id, finding.pair, finding.origin, finding.message)
        known = found.setdefault(key, finding)
        if known.switch != finding.switch:
            found[key] = _of_both(known)
    return list(found.values())


def _finding(rule: Rule, hit: SiteHit) -> Finding:
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=hit.severity or rule.severity,
        message=hit.message,
        origin=hit.at.origin,
        pair=hit.at.pair,
        switch=hit.at.switch,
        keys=tuple(map(str, hit.at.path)),
        fix=_fix(hit),
        advice=rule.advice,
    )


def _fix(hit: SiteHit) -> str:
    """What to write, with its key: a fix that names none is the value of the field that the hit is on."""
    if not hit.fix or ": " in hit.fix:
        return hit.fix
    key, *inner = hit.at.field.split(".")
    value = f'"{hit.fix}"' if "," in hit.fix else hit.fix  # a comma would end it within braces
    for each in reversed(inner):
        value = f"{{{each}: {value}}}"
    return f"{key}: {value}"


def _of_both(finding: Finding) -> Finding:
    return replace(finding, switch=None)
