"""Commands that ask back, or that take effect only after a reload."""

from __future__ import annotations

from collections.abc import Sequence

_LATE: Sequence[tuple[str, str, str]] = (
    ("system vlan ", " reserve", "the block of reserved VLANs moves (BF; reload [likely])"),
    ("hardware access-list tcam region ", "", "TCAM regions are carved anew (VXG: fabric peering needs it)"),
    ("hardware profile ", "", "hardware profiles are read while the switch boots (K)"),
    ("system routing template-", "", "routing templates are read while the switch boots (K)"),
)
"""Beginning and end of a line that needs a reload, and why."""

_ID = "vpc domain "
_ASKS: Sequence[tuple[str, str]] = (
    ("no feature ", "G106, NU: automation sends terminal dont-ask"),
    (_ID, "id 36917214629: Changing domain id will flap peer-link and vPCs. Continue (yes/no)?"),
    ("no vpc domain ", "ANS2"),
    ("peer-switch", "ANS: automation sends terminal dont-ask"),
    ("peer-gateway", "ANS: automation sends terminal dont-ask"),
    ("no username ", "ANN .deploy"),
)
"""How lines begin that a switch may answer with a question (reference 7.19), and the source."""


def reload_for(line: str) -> str | None:
    """Why a line takes effect only after a reload, None for one that does at once."""
    bare = line.removeprefix("no ")
    return next((why for start, end, why in _LATE if bare.startswith(start) and bare.endswith(end)), None)


def asks_back(line: str, *, replaces: bool) -> bool:
    """Whether a switch may answer that line with a question; ``replaces`` that the setting was there before."""
    return any(line.startswith(beginning) and (replaces or beginning != _ID) for beginning, _ in _ASKS)
