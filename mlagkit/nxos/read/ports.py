"""Ports of one switch: port-channels with their members, single ports, subinterfaces, mgmt0."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mlagkit.nxos.context import Context
from mlagkit.nxos.effective import GROUP, Side, channel_of, is_physical
from mlagkit.nxos.facts import Facts
from mlagkit.nxos.read.block import Block, told
from mlagkit.nxos.read.places import Places
from mlagkit.part import Path
from mlagkit.switch import Port, StormControl
from mlagkit.values import InterfaceName, in_order

KINDS = frozenset(("Ethernet", "port-channel", "mgmt"))
"""The kinds of interface that are ports."""

_LAYER_2 = "switchport"


Group = tuple[int, str]
"""The number of a port-channel that a port is in, and its mode there."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A port as it was read: what decides it, where its values stand, and whether it is as if it had no stanza."""

    facts: Facts
    channel: Facts | None
    context: Context
    members: tuple[InterfaceName, ...]
    port: Port
    places: Places
    idle: bool


@dataclass(frozen=True, slots=True)
class Known:
    """The ports of a switch as they were read last, so that after a line only those that it touches are read again."""

    ports: dict[InterfaceName, _Read] = field(default_factory=dict)


def ports_of(
    side: Side, heads: Mapping[str, InterfaceName], places: Places, known: Known | None = None
) -> dict[InterfaceName, Port]:
    """Every port that a line says something about, in the order of a chassis; ``heads`` are keys of blocks.

    A physical port whose lines say nothing but the default is as good as one without a stanza, and not here. Of a
    switch that is ``known`` a port whose blocks are the very same is the same.
    """
    known = known or Known()
    every = {name: side.root.blocks[key] for key, name in heads.items()}
    blocks = {name: facts for name, facts in every.items() if not (facts.empty and is_physical(name))}
    groups = {name: group for name, facts in blocks.items() if (group := _group(facts))}
    members: dict[int, list[InterfaceName]] = {}
    for name, (number, _) in groups.items():
        members.setdefault(number, []).append(name)
    found: dict[InterfaceName, Port] = {}
    for name, facts in blocks.items():
        bundles = name.kind == "port-channel" and "." not in name
        own = tuple(in_order(members.get(int(name.number), ()))) if bundles else ()
        read = known.ports.get(name)
        if read is None or not _is_same(read, facts, side, own):
            read = known.ports[name] = _read(side, facts, name, groups.get(name), own, places.file)
        places.lines.update(read.places.lines)
        places.residue.extend(read.places.residue)
        if not read.idle:
            found[name] = read.port
    return {name: found[name] for name in in_order(found)}


def _is_same(read: _Read, facts: Facts, side: Side, members: tuple[InterfaceName, ...]) -> bool:
    """Whether nothing that decides a port has changed: blocks are never changed once they were handed out."""
    same = read.facts is facts and read.members == members and read.context == side.context
    return same and read.channel is channel_of(side.root, facts)


def _read(
    side: Side,
    facts: Facts,
    name: InterfaceName,
    group: Group | None,
    members: tuple[InterfaceName, ...],
    file: str,
) -> _Read:
    places = Places(file)
    port = _port(side, facts, name, group, members, places)
    idle = is_physical(name) and port == replace(_blank(side.context, name.kind), name=name)
    return _Read(facts, channel_of(side.root, facts), side.context, members, port, places, idle)


@functools.lru_cache(maxsize=64)
def _blank(context: Context, kind: str) -> Port:
    """A port of that kind as it is without a stanza."""
    name = InterfaceName(f"{kind}0")
    return _port(Side(Facts("", ""), context), Facts(f"interface {name}", "interface"), name, None, (), Places(""))


def _group(facts: Facts) -> Group | None:
    """The port-channel of a member, and its mode there."""
    value = facts.value(GROUP)
    if not isinstance(value, str) or not facts.has(GROUP):
        return None
    number, _, mode = value.partition(" ")
    return int(number), mode


def _port(
    side: Side,
    facts: Facts,
    name: InterfaceName,
    group: Group | None,
    members: tuple[InterfaceName, ...],
    places: Places,
) -> Port:
    values = side.values(facts)
    block = Block(values, _path(facts, name), places)
    if group:
        block.take(GROUP)
    storm = told(block, StormControl, "storm_control.")
    return block.part(
        Port,
        name=name,
        mode=_mode(block, name),
        channel=group[0] if group else None,
        lacp=group[1] if group else None,
        storm_control=StormControl(**storm),  # type: ignore[arg-type]  # the catalogue's rows give texts
        members=members,
        host=None,
    )


def _path(facts: Facts, name: InterfaceName) -> Path:
    """Where a pair file would say it; a member has a place of its own."""
    if name.kind == "mgmt":
        return ("management",)
    if name.kind != "port-channel" or "." in name:
        return ("interfaces", name)
    vpc = facts.value("vpc")
    if isinstance(vpc, int) and vpc is not True:
        return ("vpcs", vpc)
    return ("peer_link",) if facts.has("vpc peer-link") else ("port_channels", int(name.number))


def _mode(block: Block, name: InterfaceName) -> object:
    """Routed, or the mode of a switched port; a line for the other of the two is left where it is."""
    context = block.values.context
    could_switch = name.kind != "mgmt" and not context.subinterface
    if could_switch or not block.facts.has(_LAYER_2):
        block.take(_LAYER_2)
    return "routed" if context.routed or not could_switch else block.value(Port, "mode")
