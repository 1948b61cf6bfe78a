"""Where the peers speak from: the interfaces that have to be there before the line that names them."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.nxos.change.carrying import keepalive_of, virtual_peer_link_of
from mlagkit.nxos.change.effects import members
from mlagkit.nxos.effective import Side
from mlagkit.nxos.facts import Facts
from mlagkit.nxos.objects import interface_name


def keepalive_sources(old: Side, new: Side) -> frozenset[str]:
    """The headers of the interfaces that a new keepalive is sent from, and of their ports; none where it stays.

    "New VRF/IP reachable first" (reference 6, keepalive line: N5OPS).
    """
    line = keepalive_of(new)
    if line is None or line == keepalive_of(old):
        return frozenset()
    return frozenset(_sources(str(line).split(), new))


def virtual_peer_link_sources(old: Side, new: Side) -> frozenset[str]:
    """The headers of the interfaces that a new peer-link through the fabric runs from; none where it stays."""
    ends = virtual_peer_link_of(new)
    if ends is None or ends == virtual_peer_link_of(old):
        return frozenset()
    _, source, *_ = str(ends).split()
    named = {head: facts for head, facts in new.root.blocks.items() if interface_name(head) is not None}
    return frozenset(head for head, facts in named.items() if _sends(facts, source, None))


def _sources(words: list[str], side: Side) -> Iterator[str]:
    said = {word: words[at + 1] for at, word in enumerate(words[:-1])}
    for head, facts in side.root.blocks.items():
        name = interface_name(head)
        if name is not None and name.kind != "mgmt" and _sends(facts, said.get("source"), said.get("vrf")):
            yield head
            yield from members(side, name) if name.kind == "port-channel" else ()


def _sends(facts: Facts, source: str | None, vrf: str | None) -> bool:
    """Whether an interface has the address that the keepalive names, or is in its VRF where it names none."""
    address = facts.value("ip address")
    if source is not None:
        return str(address).partition("/")[0] == source
    return address is not None and vrf is not None and facts.value("vrf member") == vrf
