"""Rules: what is wrong with a pair, or unwise, judged from what both switches are told.

They see Switches only, so they judge a pair file and two running-configs alike. A rule lives in the module of its
topic; this table names the modules.
"""

from __future__ import annotations

from collections.abc import Mapping

from mlagkit.finding import Finding
from mlagkit.rules import domain, keepalive
from mlagkit.rules.rule import Rule, judged
from mlagkit.switch import Switch

__all__ = ["RULES", "Rule", "judge"]

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (rule for module in (domain, keepalive) for rule in vars(module).values() if isinstance(rule, Rule)),
        key=lambda rule: rule.id,
    )
)
"""Every rule, by id."""


def judge(switches: Mapping[str, Switch]) -> list[Finding]:
    """What every rule finds on the two switches of a pair."""
    one, other = switches.values()
    return judged(RULES, one.pair, (one, other))
