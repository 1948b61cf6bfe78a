"""The parameters of one VLAN: `show vpc consistency-parameters vlans`, whose text no sample was at hand of.

The command is that of CR93, the names of its rows are those of `global`; the row `Vlan to Vn-segment Map` stands in
`global` on N9K of 7.x and on N5600 (OUT5), later releases show it with `vlans vnseg` (CR93).
"""

from __future__ import annotations

from typing import NamedTuple

from mlagkit.nxos.consistency.carried import is_on_peer_link
from mlagkit.nxos.consistency.row import Mark, Row
from mlagkit.switch import Switch


class VlanOf(NamedTuple):
    """One VLAN of one switch."""

    switch: Switch
    vlan: int


def _segment(of: VlanOf) -> str:
    found = of.switch.vlans.get(of.vlan)
    return "" if found is None or found.vni is None else str(found.vni)


def _tree(of: VlanOf) -> str:
    return str(of.vlan) if of.vlan in of.switch.spanning_tree.disabled_vlans else "None"


def _allowed(of: VlanOf) -> str:
    return str(of.vlan) if is_on_peer_link(of.switch, of.vlan) else "-"


VLAN_ROWS: tuple[Row[VlanOf], ...] = (
    Row(
        name="Vlan to Vn-segment Map",
        type=1,
        source="OUT5, CR93; VLANs only: VXG [likely]",
        mark=Mark.LIKELY,
        value=_segment,
    ),
    Row(name="STP Disabled", type=1, source="G106 (state of a VLAN)", mark=Mark.LIKELY, value=_tree),
    Row(name="Allowed VLANs", type=None, source="OUT3, DG10", mark=Mark.CERTAIN, value=_allowed),
)
"""What may differ of one VLAN alone; an empty value is one that the other must not have either."""
