"""What a rule is: one function with an id, a severity, and a docstring that explains it with examples."""

import functools
import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any, NamedTuple

from mlagkit.finding import Origin, Severity
from mlagkit.part import Part, Path
from mlagkit.record import record
from mlagkit.switch import Switch


class Hit(NamedTuple):
    """What a rule yields: on which part, on which field of it, what is wrong, and what to write instead if mechanical.

    ``field`` is a field's name in the pair file, dotted where it is nested, empty for the part as a whole.
    ``fix`` is the value of that field, or what to lay over the pair file, from the top.
    ``severity`` is that of this hit where it is another than the rule's.
    """

    part: Part
    field: str
    message: str
    fix: str = ""
    severity: Severity | None = None


@record
class Spot:
    """A field of a part of a switch, with its place: what is left of it when the switch is gone."""

    pair: str
    switch: str
    path: Path
    field: str
    origin: Origin


def spot(switch: Switch, part: Part, field: str) -> Spot:
    """Where a field of a part of the switch stands; an empty field is the part as a whole."""
    path = (*part.path, *field.split(".")) if field else part.path
    return Spot(pair=switch.pair, switch=switch.name, path=part.path, field=field, origin=switch.source.origin(path))


class SiteHit(NamedTuple):
    """What a rule yields that sees many pairs: where, and the rest as in a `Hit`."""

    at: Spot
    message: str
    fix: str = ""
    severity: Severity | None = None


Peers = tuple[Switch, Switch]
SwitchCheck = Callable[[Switch], Iterable[Hit]]
PairCheck = Callable[[Switch, Switch], Iterable[Hit]]
SiteCheck = Callable[[Sequence[Any]], Iterable[SiteHit]]
Facts = Callable[[Peers], Any]
"""What a rule of a site takes from one pair. Its values are small, and of types that `mlagkit.plain` can write down."""


def whole(peers: Peers) -> Peers:
    """All that both switches are told: the facts of a rule that names no others, and keeps all pairs in memory."""
    return peers


SECTIONS = ("Why", "Needs", "Bad", "Bad config", "Good", "Good config", "Fix", "Source")
_NEEDED = ("Why", "Fix", "Source")
_HEADING = rf"(?m)^({'|'.join(SECTIONS)}):"


@record
class Rule:
    """One rule: a stable ``id``, a ``name`` for people, how bad a hit is, and its explanation by section.

    Of the three checks it has one: on a switch, on a switch and its peer (asked both ways), on all pairs of a site,
    of which it sees the ``facts``.
    In its docstring each section has a heading at the margin, and its text behind that or indented below.
    ``Bad`` and ``Good`` are laid over ``tests/fixtures/base.yaml``; ``Bad config`` and ``Good config`` are lines that
    the first switch of that pair has besides, for what a pair file can't express. ``Needs`` is what only a pair file
    tells: such a rule is silent on running-configs.
    """

    id: str
    name: str
    severity: Severity
    doc: str = field(repr=False)
    on_switch: SwitchCheck | None = None
    on_pair: PairCheck | None = None
    on_site: SiteCheck | None = None
    facts: Facts = whole

    @property
    def summary(self) -> str:
        """What it flags, in one sentence."""
        return _explanation(self.doc)[0]

    @property
    def sections(self) -> Mapping[str, str]:
        """Its docstring by heading."""
        return _explanation(self.doc)[1]

    @property
    def advice(self) -> str:
        """What is to be done about it, in one line."""
        return " ".join(self.sections.get("Fix", "").split())

    @property
    def scope(self) -> str:
        """What it looks at: ``switch``, ``pair`` or ``site``."""
        return "switch" if self.on_switch else "pair" if self.on_pair else "site"

    @property
    def is_certain(self) -> bool:
        """Whether its source was read or seen, and is not only likely or different by release."""
        source = self.doc.rpartition("Source:")[2]
        return "[likely" not in source and "[varies" not in source

    @property
    def gaps(self) -> tuple[str, ...]:
        """What its docstring lacks: a summary, or sections; an error needs a certain source, too.

        Whoever takes in rules from outside asks for it, and the tests do of all that come along: to read every
        docstring would cost each command's start.
        """
        said = self.sections
        missing = [] if self.summary else ["a summary"]
        missing += [name for name in said if not said[name]]
        missing += [name for name in _NEEDED if name not in said]
        missing += [name for name in ("Bad", "Good") if said.keys().isdisjoint((name, f"{name} config"))]
        missing += (
            ["a certain source, being an error"] if self.severity is Severity.ERROR and not self.is_certain else []
        )
        return tuple(missing)


def switch_rule(rule_id: str, severity: Severity) -> Callable[[SwitchCheck], Rule]:
    """Make a rule of a function that looks at one switch; what its docstring lacks is told by `Rule.gaps`."""
    return lambda check: _rule(rule_id, severity, check, on_switch=check)


def pair_rule(rule_id: str, severity: Severity) -> Callable[[PairCheck], Rule]:
    """Make a rule of a function that looks at a switch with its peer; it is asked for both, and speaks of the first."""
    return lambda check: _rule(rule_id, severity, check, on_pair=check)


def site_rule(rule_id: str, severity: Severity, facts: Facts = whole) -> Callable[[SiteCheck], Rule]:
    """Make a rule of a function that looks at all pairs that were given: at what ``facts`` takes from each."""
    return lambda check: _rule(rule_id, severity, check, on_site=check, facts=facts)


def _rule(
    rule_id: str,
    severity: Severity,
    check: Callable[..., object],
    *,
    on_switch: SwitchCheck | None = None,
    on_pair: PairCheck | None = None,
    on_site: SiteCheck | None = None,
    facts: Facts = whole,
) -> Rule:
    return Rule(
        id=rule_id,
        name=getattr(check, "__name__", "").replace("_", "-"),
        severity=severity,
        doc=check.__doc__ or "",
        on_switch=on_switch,
        on_pair=on_pair,
        on_site=on_site,
        facts=facts,
    )


@functools.cache
def _explanation(doc: str) -> tuple[str, Mapping[str, str]]:
    """Summary and sections of a docstring."""
    summary, *rest = re.split(_HEADING, inspect.cleandoc(doc))
    found = {name: inspect.cleandoc(body) for name, body in zip(rest[::2], rest[1::2], strict=True)}
    return " ".join(summary.split()), found
