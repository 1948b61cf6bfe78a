"""The vPC domain."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.rules.rule import Hit, pair_rule
from mlagkit.switch import Switch


@pair_rule("DO02", Severity.ERROR)
def domain_id_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two switches are in vPC domains of different numbers.

    Why:
        The peer-link's VLANs are suspended, and no vPC comes up.

    Bad:
        domain: {id: {sw-a: 1, sw-b: 2}}

    Good:
        domain: {id: 1}

    Fix:
        Give both the number of one of them. Changing it flaps the peer-link and all vPCs of that switch.

    Source:
        G106 [certain]
    """
    if switch.domain and peer.domain and switch.domain.id != peer.domain.id:
        message = f"{switch.name} is in domain {switch.domain.id}, {peer.name} in domain {peer.domain.id}"
        yield Hit(switch.domain, "id", message)
