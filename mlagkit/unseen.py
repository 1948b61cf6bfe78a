"""Raw lines of a pair file that say what a key says: whatever looks at keys sees nothing of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mlagkit.finding import Finding
from mlagkit.input_rules import input_finding
from mlagkit.nxos.keyed import keyed
from mlagkit.switch import Switch


def unseen(switches: tuple[Switch, Switch]) -> tuple[Finding, ...]:
    """A finding (EX01) for each such line, once where both switches have it from one place."""
    found = {(finding.origin, finding.message): finding for switch in switches for finding in _unseen(switch)}
    return tuple(found.values())


def _unseen(switch: Switch) -> Iterator[Finding]:
    for part, line, key in keyed(switch):
        path = (*part.path, "extra")
        message = f"no rule sees the raw line `{line}`; it has the key `{key}`"
        found = input_finding("EX01", message, switch.source.origin(path), path=path)
        yield replace(found, pair=switch.pair)
