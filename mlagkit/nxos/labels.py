"""Lines that are there for people: whoever reads them knows more, and no packet goes another way."""

from __future__ import annotations

from mlagkit.nxos.catalogue import Row

_LABELS = {("interface", "description"), ("vrf", "description"), ("nve", "description"), ("vlan", "name")}
"""Mode and field. The name of an MST region is none of them, since both switches compare it."""


def is_label(row: Row | None) -> bool:
    """Whether a line of that row is a description or a name and nothing else."""
    return row is not None and (row.mode, row.field) in _LABELS
