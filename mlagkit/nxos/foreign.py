"""Settings whose lines a switch does not take: of other hardware or releases, or features side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mlagkit.finding import Finding, Severity
from mlagkit.input_rules import input_finding
from mlagkit.nxos.catalogue import ROWS, Row
from mlagkit.nxos.chassis import product_line
from mlagkit.nxos.context import Context, release_numbers
from mlagkit.part import Part
from mlagkit.switch import Switch

_EXCLUSIVE = (("vrrp", "vrrpv3"),)
"""Features of which a switch takes one (Cisco's data model for NX-OS, netascode, chapters VRRP and VRRPv3)."""

_NAMES = {"n3k": "Nexus 3000", "n5k": "Nexus 5000", "n6k": "Nexus 6000", "n7k": "Nexus 7000", "n9k": "Nexus 9000"}
_OF_ITS_OWN = r"\)F\d"
"""A train beside the others, 7.0(3)F3(1): what is in it does not follow from its numbers."""

_LIMITED = tuple(row for row in ROWS if row.field and (row.known_by or row.unknown_to or row.since))


def foreign_keys(switches: tuple[Switch, Switch]) -> tuple[Finding, ...]:
    """A finding (HW01, HW02) for each such key or line, once where both switches have it from one place."""
    found = [finding for switch in switches for finding in (*_foreign(switch), *_exclusive(switch))]
    return tuple({(finding.origin, finding.message): finding for finding in found}.values())


def _foreign(switch: Switch) -> Iterator[Finding]:
    """Settings that the switch does not know; nothing where neither model nor release is known."""
    line = product_line(switch.model, switch.release)
    if line is None:
        return
    for row in _LIMITED:
        why = _unknown(row, line) or _too_old(row, line, switch.release)
        for part in _parts(switch, row) if why else ():
            key = row.field or ""
            path = (*part.path, *key.split("."))
            found = input_finding("HW01", f"`{key}`: {why}; take it away", switch.source.origin(path), path=path)
            # Without a model the product line is a guess from the release.
            severity = found.severity if switch.model else Severity.WARNING
            yield replace(found, pair=switch.pair, severity=severity)


def _parts(switch: Switch, row: Row) -> Iterator[Part]:
    """The parts that say something else than what is so without a line."""
    for mode, part in _every(switch):
        if mode == row.mode and getattr(part, row.field or "", None) not in (None, row.default_in(Context())):
            yield part


def _every(switch: Switch) -> Iterator[tuple[str, Part]]:
    if switch.domain is not None:
        yield "vpc-domain", switch.domain
    for port in switch.ports.values():
        yield "interface", port


def _unknown(row: Row, line: str) -> str:
    """Why a product line does not know the line of a row."""
    if row.known_by and line not in row.known_by:
        known = " or ".join(_NAMES[each] for each in row.known_by)
        return f"only {known} knows the line, and the switch is a {_NAMES[line]}"
    return f"a {_NAMES[line]} does not know the line" if line in row.unknown_to else ""


def _too_old(row: Row, line: str, release: str | None) -> str:
    """Why a release does not know the line of a row; a train of its own is not compared."""
    if not (row.since and release and line == "n9k") or re.search(_OF_ITS_OWN, release):
        return ""
    older = release_numbers(release) < release_numbers(row.since)
    return f"the line is there from {row.since} on, and the release is {release}" if older else ""


def _exclusive(switch: Switch) -> Iterator[Finding]:
    for one, other in _EXCLUSIVE:
        if {one, other} <= switch.features:
            svi = next((svi for svi in switch.svis.values() if getattr(svi, other, ())), None)
            path, place = (getattr(svi, other)[0].path,) * 2 if svi else (("features",), ("features", other))
            message = f"a switch has the feature {one} or {other}, not both; say all gateways in one of them"
            found = input_finding("HW02", message, switch.source.origin(place), path=path)
            yield replace(found, pair=switch.pair)
