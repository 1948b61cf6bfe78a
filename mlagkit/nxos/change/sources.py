"""Where the peer-keepalive is sent from: the interface that has to be there before the line that names it."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.nxos.change.carrying import keepalive_of
from mlagkit.nxos.change.effects import members
from mlagkit.nxos.effective import Side, interface_name
from mlagkit.nxos.facts import Facts


def keepalive_sources(old: Side, new: Side) -> frozenset[str]:
    """The headers of the interfaces that a new keepalive is sent from, and of their ports; none where it stays.

    "New VRF/IP reachable first" (reference 6, keepalive line: N5OPS).
    """
    line = keepalive_of(new)
    if line is None or line == keepalive_of(old):
        return frozenset()
    return frozenset(_sources(str(line).split(), new))


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
