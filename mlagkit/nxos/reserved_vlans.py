"""Which VLANs a switch keeps for itself."""

from __future__ import annotations

from mlagkit.nxos.context import family
from mlagkit.switch import Switch
from mlagkit.values import VLAN_MAX, VlanSet

_LENGTH = 128
_USUAL = VlanSet(range(3968, VLAN_MAX + 1))
"""The block of N9K and N3K (BF)."""
_OLDER = VlanSet([*range(3968, 4048), 4094])
"""What N5K, N6K and N7K keep, and so what every product line does (reference 2.4, different by release)."""


def reserved_vlans(switch: Switch) -> VlanSet:
    """The block of the switch: 128 VLANs from where it was moved to (BF), else that of the product line.

    Without a model it is what every product line reserves.
    """
    if switch.vlan_reserve != min(_USUAL):
        return VlanSet(range(switch.vlan_reserve, min(switch.vlan_reserve + _LENGTH, VLAN_MAX + 1)))
    is_newer = switch.model is not None and family(switch.model) in ("n3k", "n9k")
    return _USUAL if is_newer else _OLDER
