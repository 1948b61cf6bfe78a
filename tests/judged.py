"""What the rules find on small pairs: the base with YAML laid over it, and lines that a switch runs besides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mlagkit.expand import expand
from mlagkit.finding import Finding
from mlagkit.intent import pair_of
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.render import render
from mlagkit.rules import judge
from mlagkit.switch import Switch
from tests.rule_examples import BASE


class Found(NamedTuple):
    """What a table of findings names: the rule, how bad it is, on which switch (None for both), on what."""

    rule: str
    severity: str
    switch: str | None
    object: str


def laid_over(text: str) -> tuple[Switch, Switch]:
    """Both switches of the base with this YAML laid over it."""
    one, other = expand(pair_of(f"pair: base\n{text}", "case.yaml", BASE)).values()
    return one, other


def running(peers: tuple[Switch, Switch], lines: Mapping[str, str]) -> tuple[Switch, Switch]:
    """The same two as read from what they run, with more lines each."""
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


def judged(text: str = "", lines: Mapping[str, str] | None = None) -> list[Finding]:
    """What the rules find on the base with this YAML over it; with ``lines``, on what both switches then run."""
    peers = laid_over(text)
    return judge([running(peers, lines) if lines else peers])


def of(findings: list[Finding], *families: str) -> list[Found]:
    """The findings of some families of rules, in one order."""
    found = (
        Found(each.rule, str(each.severity), each.switch, each.object)
        for each in findings
        if each.rule.startswith(families)
    )
    return sorted(found, key=str)
