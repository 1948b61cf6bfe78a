"""Which VLANs a switch keeps for itself."""

from __future__ import annotations

import re

from mlagkit.nxos.context import family
from mlagkit.switch import Switch
from mlagkit.values import VlanSet

_MOVED = r"system vlan ([0-9]{1,4}) reserve\b"
_USUAL = VlanSet(range(3968, 4095))
"""The block of N9K and N3K (BF)."""
_OLDER = VlanSet([*range(3968, 4048), 4094])
"""What N5K, N6K and N7K keep, and so what every product line does (reference 2.4, different by release)."""


def reserved_vlans(switch: Switch) -> VlanSet:
    """The block of the switch: 128 VLANs from a ``system vlan <start> reserve`` on, else that of the product line.

    Without a model it is what every product line reserves.
    """
    starts = [int(found[1]) for line in switch.extra if (found := re.match(_MOVED, line))]
    if starts:
        return VlanSet(range(starts[-1], min(starts[-1] + 128, 4095)))
    is_newer = switch.model is not None and family(switch.model) in ("n3k", "n9k")
    return _USUAL if is_newer else _OLDER
