"""Cases for rules: a pair, as it differs from the base, and what the rules of some families say of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from mlagkit.rules import judge
from mlagkit.rules.rule import Peers
from tests.rule_examples import of_yaml, with_lines


@dataclass(frozen=True, slots=True)
class Case:
    """What is laid over the base, what the first switch's configuration has besides, and what is found.

    ``found`` is ``RULE SWITCH OBJECT`` for each finding, with commas between them; the switch is ``both`` where it is
    at one place for both.
    """

    why: str
    yaml: str
    found: str = ""
    lines: str = ""

    @property
    def pairs(self) -> list[Peers]:
        """The pairs of the case; ``---`` separates those of a site."""
        pairs = [of_yaml(text) for text in self.yaml.split("\n---\n")]
        return [with_lines(pairs[0], {pairs[0][0].name: self.lines})] if self.lines else pairs

    @property
    def expected(self) -> list[str]:
        """What must be found, in one order."""
        return sorted(self.found.split(", ")) if self.found else []

    def said(self, families: Collection[str]) -> list[str]:
        """What the rules of the families say, in one order."""
        findings = [finding for finding in judge(self.pairs) if finding.rule[:2] in families]
        return sorted(f"{each.rule} {each.switch or 'both'} {each.object}".strip() for each in findings)
