"""The examples in the docstrings of rules, as pairs of switches that the rules can be asked about."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from mlagkit.finding import Finding
from mlagkit.intent import pair_of
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.peers import peers_of, peers_of_running
from mlagkit.render import render
from mlagkit.rules import RULES, judge
from mlagkit.rules.rule import Peers, Rule
from tests.conftest import ROOT

BASE = (ROOT / "tests" / "fixtures" / "base.yaml").read_text("utf-8")
"""The pair that every example is laid over."""

USUAL = ("sw-a", "sw-b")
"""Its switches."""


def example(rule: Rule, kind: str) -> list[Peers]:
    """The pairs that a rule's ``Bad`` or ``Good`` example describes; ``---`` separates the pairs of a site."""
    pairs = [of_yaml(text) for text in rule.sections.get(kind, "").split("\n---\n")]
    lines = rule.sections.get(f"{kind} config")
    return [with_lines(pairs[0], {pairs[0][0].name: lines})] if lines else pairs


def of_yaml(text: str) -> Peers:
    """The pair that a text makes of the base; several of a site give their switches names of their own."""
    return peers_of(pair_of(text or "pair: base", "example.yaml", _base_for(text)))


def _base_for(text: str) -> str:
    """The base, whose switches have the names that the example gives them if it calls them otherwise (in a site)."""
    told = yaml.safe_load(text)
    names = [*told.get("switches", {})] if isinstance(told, dict) else []
    base = BASE
    if len(names) == len(USUAL) and not set(names) & set(USUAL):
        for usual, name in zip(USUAL, names, strict=True):
            base = base.replace(usual, name)
    return base


def with_lines(peers: Peers, lines: Mapping[str, str]) -> Peers:
    """Both switches as read from their configurations, to which lines were added by hostname."""
    one, other = (
        read(
            parse(f"{render(switch)}\n{lines.get(switch.name, '')}\n", f"{switch.name}.cfg"),
            peer=switch.peer,
            pair=switch.pair,
            model=switch.model,
        )
        for switch in peers
    )
    return one, other


def as_running(peers: Peers) -> Peers:
    """Both switches as their running-configs alone tell of them."""
    trees = {each.name: parse(f"version {each.release}\n{render(each)}", f"{each.name}.cfg") for each in peers}
    return peers_of_running(trees)


def found(rule: Rule, kind: str) -> list[Finding]:
    """What all rules find on an example."""
    return judge(example(rule, kind))


def by_id() -> dict[str, Rule]:
    """Every rule by its id."""
    return {rule.id: rule for rule in RULES}
