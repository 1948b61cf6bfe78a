"""The vPC domain."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.rules.rule import Hit, Peers, pair_rule


@pair_rule("DO02", Severity.ERROR)
def domain_id_mismatch(peers: Peers) -> Iterator[Hit]:
    """The two switches are in vPC domains of different numbers.

    Why:
        The peer-link's VLANs are suspended, and no vPC comes up.

    Bad:
        domain: {id: {sw-a: 1, sw-b: 2}}

    Good:
        domain: {id: 1}

    Source:
        G106 [certain]
    """
    one, other = peers
    if one.domain and other.domain and one.domain.id != other.domain.id:
        for switch, peer in (peers, peers[::-1]):
            if switch.domain and peer.domain:
                message = f"{switch.name} is in domain {switch.domain.id}, {peer.name} in domain {peer.domain.id}"
                yield switch, switch.domain, "id", message
