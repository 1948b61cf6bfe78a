"""What is true of a product line: whether its chassis takes line cards, how many ports a port-channel holds."""

from __future__ import annotations

import re

from mlagkit.nxos.context import family

_MODULAR = re.compile(r"(?i)N9K-C(?:94|95|98)\d\d|N7K-C70\d\d|N77-C77\d\d")
"""Models whose slots take line cards (reference KA18 and DO23: N7K, N9500; 9400 and 9800 by their names: K)."""

_LINKS = {
    ("n9k", True): 40,
    ("n9k", False): 32,
    ("n5k", True): 16,
    ("n7k", True): 16,
    ("n7k", False): 8,
}
"""Ports that a port-channel takes, by product line and whether it speaks LACP: G106 (N9K: 32, and 8 in reserve with
LACP), N7K guide p. 168."""


def is_modular(model: str | None) -> bool:
    """Whether ports with different first numbers are on different line cards; no where the model is not known."""
    return model is not None and bool(_MODULAR.match(model))


def most_links(model: str | None, *, lacp: bool) -> int | None:
    """How many ports a port-channel takes, None where no source says; an unknown model counts as the largest."""
    return _LINKS.get((family(model), lacp))
