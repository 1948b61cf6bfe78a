"""What the rules find on one side of a change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from mlagkit.finding import Finding
from mlagkit.input_rules import INPUT_RULES
from mlagkit.intent import SITE
from mlagkit.rules.rule import Rule
from mlagkit.validate import Look, found_on
from mlagkit.waivers import settled


def judged(looks: Sequence[Look], others: Sequence[Look], rules: Sequence[Rule], day: date) -> list[Finding]:
    """What the rules find on one side, those that are waived marked as such.

    ``others`` are pairs that did not change, of which only the rules see anything that hold pairs against each other.
    So nobody knows which of their waivers are needed, and nothing is said of them.
    """
    every = [*looks, *others]
    found = settled(
        found_on(every, rules),
        [each.accepted for each in every],
        rules,
        day,
        partial=bool(others),
    )
    own = {file for each in looks for file in (each.file, str(Path(each.file).with_name(SITE)))}
    return [finding for finding in found if finding.rule not in INPUT_RULES or finding.origin.file in own]
