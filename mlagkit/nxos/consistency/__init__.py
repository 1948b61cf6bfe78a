"""What both switches of a pair compare, in the words and the order of `show vpc consistency-parameters`.

Two tables of rows, for a switch and for the leg of a vPC; each row says where its name and its values were seen. What
follows when two values differ is not said here: see `mlagkit.verdict`.
"""

from __future__ import annotations

from mlagkit.nxos.consistency.carried import carried_by_peer_link, carried_on
from mlagkit.nxos.consistency.leg import LEG_ROWS, Leg
from mlagkit.nxos.consistency.listing import Listing, listing_of
from mlagkit.nxos.consistency.row import Mark, Row
from mlagkit.nxos.consistency.vlan import VLAN_ROWS, VlanOf
from mlagkit.nxos.consistency.whole import FORMING, WHOLE_ROWS

__all__ = [
    "FORMING",
    "LEG_ROWS",
    "VLAN_ROWS",
    "WHOLE_ROWS",
    "Leg",
    "Listing",
    "Mark",
    "Row",
    "VlanOf",
    "carried_by_peer_link",
    "carried_on",
    "listing_of",
]
