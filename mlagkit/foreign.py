"""Settings whose lines a switch does not take: those of other hardware, and features side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mlagkit.finding import Finding, Severity
from mlagkit.input_rules import input_finding
from mlagkit.nxos.foreign import EXCLUSIVE, Foreign, foreign
from mlagkit.switch import Switch


def foreign_keys(switches: tuple[Switch, Switch]) -> tuple[Finding, ...]:
    """A finding (HW01, HW02) for each such key or line, once where both switches have it from one place."""
    found = [finding for switch in switches for finding in (*_foreign(switch), *_exclusive(switch))]
    return tuple({(finding.origin, finding.message): finding for finding in found}.values())


def _foreign(switch: Switch) -> Iterator[Finding]:
    for each in foreign(switch):
        path = (*each.part.path, *each.key.split("."))
        found = input_finding("HW01", _told(each), switch.source.origin(path), path=path)
        # Without a model the product line is a guess from the release.
        severity = found.severity if switch.model else Severity.WARNING
        yield replace(found, pair=switch.pair, severity=severity)


def _exclusive(switch: Switch) -> Iterator[Finding]:
    for one, other in EXCLUSIVE:
        if {one, other} <= switch.features:
            svi = next((svi for svi in switch.svis.values() if getattr(svi, other, ())), None)
            path, place = (getattr(svi, other)[0].path,) * 2 if svi else (("features",), ("features", other))
            message = f"a switch has the feature {one} or {other}, not both; say all gateways in one of them"
            found = input_finding("HW02", message, switch.source.origin(place), path=path)
            yield replace(found, pair=switch.pair)


def _told(each: Foreign) -> str:
    return f"`{each.key}`: {each.why}; take it away"
