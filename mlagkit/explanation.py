"""What can be told about a rule, whatever kind of rule it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mlagkit.finding import Severity
from mlagkit.input_rules import INPUT_RULES
from mlagkit.rules import RULES
from mlagkit.rules.rule import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A rule in words: ``scope`` is what it looks at, ``sections`` its docstring by heading, where it has one."""

    id: str
    name: str
    severity: Severity
    scope: str
    summary: str
    sections: Mapping[str, str] = field(default_factory=dict)


def explanations(rules: Iterable[Rule] = RULES) -> tuple[Explanation, ...]:
    """Everything that a finding can be of, by id: rules about inputs and waivers, and those that are asked."""
    found = [
        Explanation(id=rule.id, name=rule.name, severity=rule.severity, scope="input", summary=rule.summary)
        for rule in INPUT_RULES.values()
    ]
    found += [
        Explanation(
            id=rule.id,
            name=rule.name,
            severity=rule.severity,
            scope=rule.scope,
            summary=rule.summary,
            sections=rule.sections,
        )
        for rule in rules
    ]
    return tuple(sorted(found, key=lambda rule: rule.id))


def explanation_of(word: str, known: Sequence[Explanation]) -> Explanation | None:
    """The rule of that id or name, in whatever case."""
    return next((rule for rule in known if word.lower() in (rule.id.lower(), rule.name)), None)
