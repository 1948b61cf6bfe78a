"""In which order which product line prints its rows."""

from __future__ import annotations

from dataclasses import dataclass

from mlagkit.nxos.consistency.leg import LEG_ROWS
from mlagkit.nxos.consistency.row import Mark
from mlagkit.nxos.consistency.whole import WHOLE_ROWS
from mlagkit.nxos.context import family

SUSPENDED = "Local suspended VLANs"
"""The last row of every list; it follows from both switches."""

_TREE_OF_N5K = (
    "STP Mode",
    "STP Disabled",
    "STP MST Region Name",
    "STP MST Region Revision",
    "STP MST Region Instance to VLAN Mapping",
    "STP Loopguard",
    "STP Bridge Assurance",
    "STP Port Type, Edge BPDUFilter, Edge BPDUGuard",
    "STP MST Simulate PVST",
)
_NOT_N9K = ("Dot1q Tunnel", "Shut Lan")
_WHOLE = tuple(row.name for row in WHOLE_ROWS)
_QOS = tuple(row.name for row in WHOLE_ROWS if row.unseen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The names of the rows as a product line prints them, for the whole switch and for a leg, with the source."""

    families: tuple[str, ...]
    source: str
    mark: Mark
    whole: tuple[str, ...]
    leg: tuple[str, ...]


LISTINGS: tuple[Listing, ...] = (
    Listing(
        families=("n9k",),
        source="global: corpus nickelface-07, OUT1, OUT3; vPC: OUT1",
        mark=Mark.CERTAIN,
        whole=_WHOLE,
        leg=tuple(row.name for row in LEG_ROWS if row.name not in _NOT_N9K),
    ),
    Listing(
        families=("n3k",),
        source="vPC: id 30598270160; global: as N9K [likely]",
        mark=Mark.LIKELY,
        whole=_WHOLE,
        leg=(
            *("STP Port Type", "STP Port Guard", "STP MST Simulate PVST", "mode", "delayed-lacp", "Speed", "Duplex"),
            *("Port Mode", "Native Vlan", "MTU", "Dot1q Tunnel", "Switchport Isolated", "lag-id", "vPC card type"),
            "Allowed VLANs",
        ),
    ),
    Listing(
        families=("n5k", "n6k"),
        source="N5OPS page 1-2 and 1-3; SVI rows: OUT5; from 5.0(2)N1(1) on, before it QoS was of type 1",
        mark=Mark.VARIES,
        whole=(
            *(*_QOS, *_TREE_OF_N5K, "Interface-vlan admin up", "Interface-vlan routing capability"),
            "Allowed VLANs",
        ),
        leg=(
            *("STP Port Type", "STP Port Guard", "STP MST Simulate PVST", "lag-id", "mode", "Speed", "Duplex"),
            *("Port Mode", "Native Vlan", "Shut Lan", "Allowed VLANs"),
        ),
    ),
)


def listing_of(model: str | None) -> Listing:
    """That of the model's product line; of an N7K no output was at hand, it is shown as an N9K."""
    found = family(model)
    return next((listing for listing in LISTINGS if found in listing.families), LISTINGS[0])
