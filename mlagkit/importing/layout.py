"""The order in which a person writes a pair file, and the remarks on what deserves a look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlagkit.importing.data import Table
from mlagkit.source import Data, Key

_TOP = (
    *("pair", "model", "release", "switches", "system", "domain", "keepalive", "peer_link", "vlans", "spanning_tree"),
    *("profiles", "vpcs", "port_channels", "interfaces", "svis", "vrfs", "loopbacks", "nve", "routes", "features"),
    *("management", "extra"),
)
_FIRST = (
    *("profile", "id", "peer_switch", "port_channel", "host", "version", "group", "name", "description", "address"),
    *("members", "gateway"),
    *("mode", "lacp", "vlan", "vlans", "native_vlan", "port_type"),
)
_LAST = ("hsrp", "vrrp", "vrrpv3", "vnis", "evpn", "routes", "families", "extra")
_WATCHED = frozenset({"domain", "peer_link", "keepalive", "vpcs", "spanning_tree"})
"""What belongs to the vPC: raw lines in it deserve a look, and so does what only one switch has."""


def in_order(table: Table) -> Table:
    """The same data as a person orders them: the sections from the whole to the parts, raw lines last."""
    found: Table = {key: _inner(table[key]) for key in _TOP if key in table}
    return found | {key: _inner(value) for key, value in table.items() if key not in found}


def _inner(value: Data) -> Data:
    if not isinstance(value, dict):
        return value
    first = [key for key in _FIRST if key in value]
    last = [key for key in _LAST if key in value]
    middle = [key for key in value if key not in first and key not in last]
    return {key: _inner(value[key]) for key in (*first, *middle, *last)}


def remarks(table: Table, names: Sequence[str]) -> dict[tuple[Key, ...], str]:
    """What to say behind a key: what only one switch has, and raw lines that concern the vPC."""
    return {path: text for key in table if key in _WATCHED for path, text in _about((key,), table[key], names)}


def _about(path: tuple[Key, ...], value: Data, names: Sequence[str]) -> Iterator[tuple[tuple[Key, ...], str]]:
    if path[-1] == "extra":
        yield path, "not modelled: a look is worth it"
    if not isinstance(value, dict):
        return
    if len(value) == 1 and (only := str(next(iter(value)))) in names:
        yield path, f"on {only} only"
    for key, inner in value.items():
        yield from _about((*path, key), inner, names)
