"""How many ports a port-channel takes."""

from __future__ import annotations

from mlagkit.nxos.chassis import product_line

_LIMITS = {
    ("n9k", True): 40,
    ("n9k", False): 32,
    ("n5k", True): 16,
    ("n7k", True): 16,
    ("n7k", False): 8,
}
"""By product line, and whether LACP bundles: G106 (N9K: 32, and 8 in reserve with LACP), N7K guide p.168."""


def most_ports(model: str | None, release: str | None, *, lacp: bool) -> int | None:
    """How many ports a port-channel takes, None where no source says or neither model nor release is known."""
    line = product_line(model, release)
    return _LIMITS.get((line, lacp)) if line else None
