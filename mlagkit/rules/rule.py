"""What a rule is: one function with an id, a severity, and a docstring that explains it with examples."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mlagkit.finding import Severity
from mlagkit.part import Part
from mlagkit.switch import Switch


class Hit(NamedTuple):
    """What a rule yields: on which part, on which field of it, what is wrong, and what to write instead if mechanical.

    ``field`` is a field's name in the pair file, dotted where it is nested, empty for the part as a whole.
    ``severity`` is that of this hit where it is another than the rule's.
    """

    part: Part
    field: str
    message: str
    fix: str = ""
    severity: Severity | None = None


class SiteHit(NamedTuple):
    """The same of a rule that sees many pairs, with the switch that the part belongs to."""

    switch: Switch
    hit: Hit


Peers = tuple[Switch, Switch]
SwitchCheck = Callable[[Switch], Iterable[Hit]]
PairCheck = Callable[[Switch, Switch], Iterable[Hit]]
SiteCheck = Callable[[Sequence[Peers]], Iterable[SiteHit]]

SECTIONS = ("Why", "Bad", "Bad config", "Good", "Good config", "Fix", "Source")
_NEEDED = ("Why", "Fix", "Source")
_HEADING = re.compile(rf"^({'|'.join(SECTIONS)}):[ \t]*$", re.M)
_WEAK = re.compile(r"\[(?:likely|varies)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: a stable ``id``, a ``name`` for people, how bad a hit is, and its explanation by section.

    Of the three checks it has one: on a switch, on a switch and its peer (asked both ways), on all pairs of a site.
    ``Bad`` and ``Good`` are laid over ``tests/fixtures/base.yaml``; ``Bad config`` and ``Good config`` are lines that
    the first switch of that pair has besides, for what a pair file can't express.
    """

    id: str
    name: str
    severity: Severity
    summary: str
    sections: Mapping[str, str]
    on_switch: SwitchCheck | None = None
    on_pair: PairCheck | None = None
    on_site: SiteCheck | None = None

    @property
    def scope(self) -> str:
        """What it looks at: ``switch``, ``pair`` or ``site``."""
        return "switch" if self.on_switch else "pair" if self.on_pair else "site"

    @property
    def is_certain(self) -> bool:
        """Whether its source was read or seen, and is not only likely or different by release."""
        return not _WEAK.search(self.sections["Source"])


def switch_rule(rule_id: str, severity: Severity) -> Callable[[SwitchCheck], Rule]:
    """Make a rule of a function that looks at one switch.

    Like the others it raises ValueError, when the module is imported, for a docstring without a summary or one of
    its sections, and for an error that rests on a source that is not certain.
    """
    return lambda check: _rule(rule_id, severity, check, on_switch=check)


def pair_rule(rule_id: str, severity: Severity) -> Callable[[PairCheck], Rule]:
    """Make a rule of a function that looks at a switch with its peer; it is asked for both, and speaks of the first."""
    return lambda check: _rule(rule_id, severity, check, on_pair=check)


def site_rule(rule_id: str, severity: Severity) -> Callable[[SiteCheck], Rule]:
    """Make a rule of a function that looks at all pairs that were given."""
    return lambda check: _rule(rule_id, severity, check, on_site=check)


def _rule(
    rule_id: str,
    severity: Severity,
    check: Callable[..., object],
    *,
    on_switch: SwitchCheck | None = None,
    on_pair: PairCheck | None = None,
    on_site: SiteCheck | None = None,
) -> Rule:
    summary, sections = _explanation(rule_id, inspect.getdoc(check) or "")
    rule = Rule(
        id=rule_id,
        name=getattr(check, "__name__", "").replace("_", "-"),
        severity=severity,
        summary=summary,
        sections=sections,
        on_switch=on_switch,
        on_pair=on_pair,
        on_site=on_site,
    )
    if severity is Severity.ERROR and not rule.is_certain:
        raise ValueError(f"{rule_id}: a source that is not certain makes a warning at most")
    return rule


def _explanation(rule_id: str, text: str) -> tuple[str, Mapping[str, str]]:
    """Summary and sections of a docstring."""
    summary, *rest = _HEADING.split(text)
    found = {name: inspect.cleandoc(f"\n{body}") for name, body in zip(rest[::2], rest[1::2], strict=True)}
    missing = [name for name in _NEEDED if not found.get(name)]
    missing += [name for name in ("Bad", "Good") if not (found.get(name) or found.get(f"{name} config"))]
    if missing or not summary.strip():
        raise ValueError(f"{rule_id}: its docstring lacks {', '.join(missing) or 'a summary'}")
    return " ".join(summary.split()), found
