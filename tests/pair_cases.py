"""Small pairs for tests of rules, from lines of a pair file or of two configurations, and what is found on them."""

from __future__ import annotations

from collections.abc import Iterable

from mlagkit.expand import expand
from mlagkit.intent import pair_of
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.rules import judge
from mlagkit.rules.rule import Peers
from tests.rule_examples import BASE

Found = set[tuple[str, str, str | None, str]]
"""Rule, severity, switch (None for both) and object of findings."""


def laid_over_base(text: str) -> Peers:
    """The pair of base.yaml with these lines laid over it."""
    one, other = expand(pair_of(text or "pair: base", "case.yaml", BASE)).values()
    return one, other


def running(first: str, second: str, model: str | None = None) -> Peers:
    """A pair of the switches sw-a and sw-b that run these lines."""
    a, b = (
        read(parse(text, f"{name}.cfg"), name=name, peer=peer, pair="case", model=model)
        for text, name, peer in ((first, "sw-a", "sw-b"), (second, "sw-b", "sw-a"))
    )
    return a, b


def found(pairs: Iterable[Peers], families: Iterable[str]) -> Found:
    """What the rules of some families find, told short."""
    wanted = tuple(families)
    return {
        (finding.rule, str(finding.severity), finding.switch, finding.object)
        for finding in judge([*pairs])
        if finding.rule.startswith(wanted)
    }
