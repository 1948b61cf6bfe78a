"""Lines that no switch holds where they stand, so that nothing that is typed leads there, or back.

A configuration that a person wrote or cut may have some. Whoever only reads it makes the best of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlagkit.nxos.catalogue import recognise
from mlagkit.nxos.change.effects import SHOWN_BY_MEMBERS, without_their_feature
from mlagkit.nxos.change.join import SWITCHES, speaks_lacp
from mlagkit.nxos.effective import GROUP, Side, channel_of, group_of
from mlagkit.nxos.facts import Facts, Text, by_text
from mlagkit.nxos.objects import interface_name

_ON_ANY_PORT = "vpc orphan-port"
"""The one command of vPC that a port which routes may have, too (G106, CR93)."""
_ROUTES = ("vrf member", "ip address", "ipv6 address")
"""How the lines begin that give an interface its place in a network."""

Impossible = tuple[int, str]
"""The number of a line, and why no switch holds it there."""


def impossible(side: Side, other: Side) -> Iterator[Impossible]:
    """Every such line of a configuration.

    The ``other`` one tells which features there are: an excerpt that names none is nothing unusual. There is one vPC
    domain (reference 2.1).
    """
    for feature, number in without_their_feature(side.root, other.root):
        yield number, f"this is a line of the feature {feature}, which is not switched on"
    yield from _not_taken_back(side.root)
    domains = [block for block in side.root.blocks.values() if block.mode == "vpc-domain"]
    yield from ((block.number, "this is a second vPC domain") for block in domains[1:])
    for block in side.root.blocks.values():
        if interface_name(block.head) is not None:
            yield from _of_layer(side, block)
            yield from _of_member(side, block)


def at_odds(running: Side, intended: Side) -> Iterator[Impossible]:
    """Every intended line that makes a port one of a port-channel in which ports that nobody declares stay otherwise.

    They all speak LACP or none does (G106).
    """
    alone: dict[str, list[Facts]] = {}
    for head, block in running.root.blocks.items():
        if (number := group_of(block)) and head not in intended.root.blocks:
            alone.setdefault(number, []).append(block)
    for port in intended.root.blocks.values():
        for other in alone.get(group_of(port), ()):
            if speaks_lacp(other.value(GROUP)) != speaks_lacp(port.value(GROUP)):
                does = "speaks" if speaks_lacp(other.value(GROUP)) else "does not speak"
                yield (
                    port.known[GROUP].number,
                    f"{_name(other)}, which nobody declares, stays beside it and {does} LACP",
                )


def _not_taken_back(facts: Facts) -> Iterator[Impossible]:
    """Lines whose ``no`` form takes back another one, or stands there as well."""
    for text in facts.unknown:
        if recognise(facts.mode, f"no {text.text}"):
            yield text.number, f"`{text.text}` lacks its value"
    yield from _denied(facts.unknown)
    for block in facts.blocks.values():
        yield from _not_taken_back(block)


def _denied(texts: Sequence[Text]) -> Iterator[Impossible]:
    said = by_text(texts)
    for text in said.values():
        if f"no {text.text}" in said:
            yield text.number, "this line stands there with and without `no`"
        if text.text.startswith("no ") and text.children:
            yield text.number, "this line takes something back, and others stand below it"
        yield from _denied(text.children)


def _of_layer(side: Side, block: Facts) -> Iterator[Impossible]:
    """Lines about switching on an interface that routes, or the other way round: it loses them when it begins to."""
    context = side.values(block).context
    routed = context.routed or context.subinterface
    for number, line in _lines(block):
        if routed and line.startswith((*SWITCHES, "vpc")) and not line.startswith(_ON_ANY_PORT):
            yield number, f"{_name(block)} is routed, and this line is about switching"
        if not routed and line.startswith(_ROUTES):
            yield number, f"{_name(block)} is switched, and this line is about routing"


def _lines(block: Facts) -> Iterator[tuple[int, str]]:
    yield from ((fact.number, key) for key, fact in block.known.items())
    yield from ((text.number, text.text.removeprefix("no ")) for text in block.unknown)


def _of_member(side: Side, port: Facts) -> Iterator[Impossible]:
    """What is wrong with a port of a port-channel: it shows what that one says (7.9), and all speak LACP (G106)."""
    number = group_of(port)
    if not number:
        return
    line, name = port.known[GROUP].number, interface_name(port.head)
    channel = channel_of(side.root, port)
    if name is None or name.kind != "Ethernet":
        yield line, f"{_name(port)} can't be a port of a port-channel"
    elif channel is None:
        yield line, f"there is no port-channel{number}"
    else:
        lacp = {speaks_lacp(each.value(GROUP)) for each in side.root.blocks.values() if group_of(each) == number}
        if len(lacp) > 1:
            yield line, f"some ports of port-channel{number} speak LACP, and some do not"
        yield from _unlike(side, port, channel)


def _unlike(side: Side, port: Facts, channel: Facts) -> Iterator[Impossible]:
    mine, theirs = side.values(port).alone, side.values(channel)
    for key, fact in port.known.items():
        row = fact.line.row
        if row.inherited and key.startswith(SHOWN_BY_MEMBERS) and mine.of(key, row) != theirs.of(key, row):
            yield fact.number, f"a port shows what its port-channel says, and {_name(channel)} says otherwise"


def _name(block: Facts) -> str:
    return str(interface_name(block.head))
