"""Keys of one kind of port that are written at another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mlagkit.intent.expected import keys_at
from mlagkit.intent.model import Model
from mlagkit.part import Path

_PORTS: Mapping[str, Path] = {
    "interfaces": ("interfaces", "Ethernet1/1"),
    "port_channels": ("port_channels", 1),
    "vpcs": ("vpcs", 1),
    "peer_link": ("peer_link",),
}
"""The sections that hold ports, with the place of an entry's keys."""

_NEEDLESS = {
    ("vpcs", "orphan_suspend"): "the ports of a vPC are suspended with it anyway, and NX-OS refuses it; take it away",
    ("peer_link", "orphan_suspend"): "the peer-link is what orphan ports are suspended for; take it away",
}
"""What is to be done about a key instead of moving it, by the section that it stands in (MB32, PL02: G106, ANS2)."""


def advice(model: type[Model], loc: Path) -> str:
    """Whose key it is, for one at a port that another kind of port has; else nothing."""
    section, key = str(loc[0]), str(loc[-1])
    owners = [name for name, path in _PORTS.items() if key in keys_at(model, path)] if section in _PORTS else []
    if not owners:
        return ""
    needless = _NEEDLESS.get((section, key))
    return f"; it is for {_listed(owners)}{f': {needless}' if needless else ''}"


def _listed(names: Sequence[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}" if len(quoted) > 1 else quoted[0]
