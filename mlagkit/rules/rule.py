"""What a rule is: one function with an id, a severity, and a docstring that explains it with examples."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from mlagkit.finding import Finding, Severity
from mlagkit.switch import Part, Switch

Hit = tuple[Switch, Part, str, str]
"""What a rule yields: on which switch, on which part of it, which field of that, and what is wrong."""

Peers = tuple[Switch, Switch]
PairCheck = Callable[[Peers], Iterable[Hit]]

_SECTIONS = ("Why", "Bad", "Good", "Source")
_HEADING = re.compile(rf"^({'|'.join(_SECTIONS)}):\s*$", re.M)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: a stable ``id``, a ``name`` for people, how bad a hit is, the check, and its explanation by section."""

    id: str
    name: str
    severity: Severity
    check: PairCheck
    summary: str
    sections: Mapping[str, str]


def pair_rule(rule_id: str, severity: Severity) -> Callable[[PairCheck], Rule]:
    """Make a rule of a function that looks at both switches; it gets valid ones and does nothing but look.

    Raises ValueError, when the module is imported, for a docstring without a summary or one of its sections.
    """

    def decorate(check: PairCheck) -> Rule:
        name = getattr(check, "__name__", "").replace("_", "-")
        summary, sections = _explanation(rule_id, inspect.getdoc(check) or "")
        return Rule(rule_id, name, severity, check, summary, sections)

    return decorate


def _explanation(rule_id: str, text: str) -> tuple[str, Mapping[str, str]]:
    """Summary and sections of a docstring."""
    summary, *rest = _HEADING.split(text)
    found = {name: inspect.cleandoc(f"\n{body}") for name, body in zip(rest[::2], rest[1::2], strict=True)}
    missing = [name for name in _SECTIONS if not found.get(name)]
    if missing or not summary.strip():
        raise ValueError(f"{rule_id}: its docstring lacks {', '.join(missing) or 'a summary'}")
    return " ".join(summary.split()), found


def judged(rules: Iterable[Rule], pair: str, peers: Peers) -> list[Finding]:
    """What the rules find on both switches of a pair; a hit on both at one place is one finding."""
    found: dict[tuple[str, object, str], Finding] = {}
    for rule in rules:
        for switch, part, field, message in rule.check(peers):
            path = (*part.path, *field.split(".")) if field else part.path
            origin = switch.source.origin(path)
            finding = Finding(
                rule=rule.id,
                name=rule.name,
                severity=rule.severity,
                message=message,
                origin=origin,
                pair=pair,
                switch=switch.name,
                object=".".join(map(str, part.path)),
            )
            found.setdefault((rule.id, origin, message), finding)
    return list(found.values())
