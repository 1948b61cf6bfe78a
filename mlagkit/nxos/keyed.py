"""Raw lines that say what a key of a pair file says, so that nothing that looks at keys sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mlagkit.finding import Finding
from mlagkit.input_rules import input_finding
from mlagkit.nxos.catalogue import Row, recognise
from mlagkit.nxos.objects import OWNER_OF_KIND, SECTIONS, interface_name
from mlagkit.nxos.orphan import is_refused
from mlagkit.part import Part
from mlagkit.switch import Port, Switch

_UNSAID = frozenset(("routes",))
"""The fields that hold some forms of their lines only: no key says that a route watches an object."""

_OWN_SECTION = frozenset(("nve", "system"))
"""The sections whose settings a switch has at its top."""


_CALLED = {"channel": "members", "hsrp_version": "hsrp.version", "vpc": "vpcs"}
"""Keys that are called otherwise than the field that they fill."""


def unseen(switches: tuple[Switch, Switch]) -> tuple[Finding, ...]:
    """A finding (EX01) for each such line, once where both switches have it from one place."""
    found = {(finding.origin, finding.message): finding for switch in switches for finding in _unseen(switch)}
    return tuple(found.values())


def _unseen(switch: Switch) -> Iterator[Finding]:
    """The raw lines of a switch that have a key; what stands below one of them is said with it."""
    for part, mode, lines in _extras(switch):
        for line in lines:
            found = None if line.startswith(" ") or not _fits_a_key(line) else recognise(mode, line)
            key = _key(found.row, line) if found else None
            if found and key and not is_refused(switch, part, line):
                path = (*part.path, "extra")
                message = _message(part, found.row, line, _CALLED.get(key, key))
                yield replace(input_finding("EX01", message, switch.source.origin(path), path=path), pair=switch.pair)


def _fits_a_key(line: str) -> bool:
    """Whether a key could hold what the line says: text in keys is ASCII without a question mark."""
    return line.isascii() and "?" not in line


def _message(part: Part, row: Row, line: str, key: str) -> str:
    """What is wrong with the line, and where its key stands."""
    if isinstance(part, Port) and key == "mode" and part.mode == "routed":
        return f"the raw line `{line}` contradicts `mode: routed`, by which rules and drill go"
    told = f"no rule sees the raw line `{line}`; "
    if isinstance(part, Port) and part.channel is not None and row.inherited:
        return f"{told}its key `{key}` stands at port-channel{part.channel}, for all ports of it"
    if isinstance(part, Port) and part.name.kind == "mgmt" and key == "address":
        key = "switches.NAME.management"
    return f"{told}it has the key `{key}`"


def _extras(switch: Switch) -> Iterator[tuple[Part, str, Iterable[str]]]:
    yield switch, "", switch.extra
    if switch.domain is not None:
        yield switch.domain, "vpc-domain", switch.domain.extra
    for interface in switch.interfaces:
        yield interface, "interface", interface.extra
    for vlan in switch.vlans.values():
        yield vlan, "vlan", vlan.extra
    for vrf in switch.vrfs.values():
        yield vrf, "vrf", vrf.extra
    if switch.nve is not None:
        yield switch.nve, "nve", switch.nve.extra


def _key(row: Row, line: str) -> str | None:
    name = None if row.mode else interface_name(line)
    if name is not None:
        return OWNER_OF_KIND.get(name.kind, OWNER_OF_KIND["Ethernet"])
    if row.field is None:
        return ".".join(map(str, SECTIONS.get(row.opens or "", ()))) or None
    if row.field in _UNSAID:
        return None
    return f"{row.owner}.{row.field}" if not row.mode and row.owner in _OWN_SECTION else row.field
