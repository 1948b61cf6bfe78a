"""Where the peers speak from: what has to be there before the line that names it."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.nxos.change.carrying import keepalive_of, virtual_peer_link_of
from mlagkit.nxos.change.effects import members
from mlagkit.nxos.effective import Side
from mlagkit.nxos.facts import Facts
from mlagkit.nxos.objects import interface_name


def keepalive_sources(old: Side, new: Side) -> frozenset[str]:
    """The headers of what a new keepalive is sent from: interfaces, their ports, the VRF; none where it stays.

    "New VRF/IP reachable first" (reference 6, keepalive line: N5OPS). So the routes of the VRF come with the address:
    where that is the one of mgmt0, nobody far away could type the rest without them.
    """
    line = keepalive_of(new)
    if line is None or line == keepalive_of(old):
        return frozenset()
    words = str(line).split()
    said = {word: words[at + 1] for at, word in enumerate(words[:-1])}
    vrf = said.get("vrf", _USUAL_VRF)
    return frozenset({f"vrf context {vrf}", *_senders(said.get("source"), vrf, new)})


def virtual_peer_link_sources(old: Side, new: Side) -> frozenset[str]:
    """The headers of the interfaces that a new peer-link through the fabric runs from; none where it stays."""
    ends = virtual_peer_link_of(new)
    if ends is None or ends == virtual_peer_link_of(old):
        return frozenset()
    _, source, *_ = str(ends).split()
    named = {head: facts for head, facts in new.root.blocks.items() if interface_name(head) is not None}
    return frozenset(head for head, facts in named.items() if _sends(facts, source, None))


def _senders(source: str | None, vrf: str, side: Side) -> Iterator[str]:
    for head, facts in side.root.blocks.items():
        name = interface_name(head)
        if name is not None and _sends(facts, source, vrf):
            yield head
            yield from members(side, name) if name.kind == "port-channel" else ()


_USUAL_VRF = "management"
"""The VRF of a keepalive that names none (reference 2.2: ANS)."""


def _sends(facts: Facts, source: str | None, vrf: str | None) -> bool:
    """Whether an interface has the address that the keepalive names, or is in its VRF where it names none."""
    addresses = set(_addresses(facts))
    if source is not None:
        return source in addresses
    return bool(addresses) and facts.value("vrf member") == vrf


def _addresses(facts: Facts) -> Iterator[str]:
    """The addresses of an interface, without the lengths of their subnets."""
    lines = (fact.text.split() for fact in facts.known.values())
    return (words[2].partition("/")[0] for words in lines if words[1:2] == ["address"])
