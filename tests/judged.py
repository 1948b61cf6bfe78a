"""Small pairs for tests of rules, from lines of a pair file or of two configurations, and what is found on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from mlagkit.finding import Finding
from mlagkit.intent import pair_of
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.peers import peers_of
from mlagkit.rules import judge
from mlagkit.rules.rule import Peers
from tests.rule_examples import BASE, with_lines


class Found(NamedTuple):
    """What a table of findings names: the rule, how bad it is, on which switch (None for both), on what."""

    rule: str
    severity: str
    switch: str | None
    object: str


Told = set[tuple[str, str, str | None, str]]
"""The same of several, where it does not matter how often each is found."""


def laid_over(text: str) -> Peers:
    """Both switches of the base with this YAML laid over it."""
    return peers_of(pair_of(text or "pair: base", "case.yaml", BASE))


def running(first: str, second: str, model: str | None = None) -> Peers:
    """The switches sw-a and sw-b that run these lines, and no others."""
    a, b = (
        read(parse(text, f"{name}.cfg"), name=name, peer=peer, pair="case", model=model)
        for text, name, peer in ((first, "sw-a", "sw-b"), (second, "sw-b", "sw-a"))
    )
    return a, b


def judged(text: str = "", lines: Mapping[str, str] | None = None) -> list[Finding]:
    """What the rules find on the base with this YAML over it; with ``lines``, on what both switches then run."""
    peers = laid_over(text)
    return judge([with_lines(peers, lines) if lines else peers])


def of(findings: Iterable[Finding], *families: str) -> list[Found]:
    """The findings of some families of rules, in one order."""
    found = (
        Found(each.rule, str(each.severity), each.switch, each.object)
        for each in findings
        if each.rule.startswith(families)
    )
    return sorted(found, key=str)


def found(pairs: Iterable[Peers], families: Iterable[str]) -> Told:
    """What the rules of some families find on pairs."""
    return {*of(judge([*pairs]), *families)}
