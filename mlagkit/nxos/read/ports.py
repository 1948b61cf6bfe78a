"""Ports of one switch: port-channels with their members, single ports, subinterfaces, mgmt0."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from mlagkit.nxos.context import Context
from mlagkit.nxos.effective import GROUP, Side, channel_of
from mlagkit.nxos.facts import Facts
from mlagkit.nxos.objects import interface_name, is_physical
from mlagkit.nxos.read.block import Block, told
from mlagkit.nxos.read.places import Places
from mlagkit.part import Path
from mlagkit.switch import Port, StormControl, Switch
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


@dataclass(slots=True)
class Known:
    """A switch as it was read last, so that after a line only the ports that it touches are read again.

    ``hosts`` are those behind its ports, which no configuration tells. ``side`` is what was read, and the ``switch``
    what came of it, with its ``places``.
    """

    hosts: Mapping[InterfaceName, str] = field(default_factory=dict)
    ports: dict[InterfaceName, _Read] = field(default_factory=dict)
    side: Side | None = None
    switch: Switch | None = None
    places: Places = field(default_factory=lambda: Places(""))


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
        own = tuple(in_order(members.get(int(name.number), ()))) if _bundles(name) else ()
        read = known.ports.get(name)
        if read is None or not _is_same(read, facts, side, own):
            read = known.ports[name] = _read(side, facts, name, own, places.file, known.hosts)
        _note(read, places)
        if not read.idle:
            found[name] = read.port
    for name in known.ports.keys() - blocks.keys():
        del known.ports[name]
    return {name: found[name] for name in in_order(found)}


def ports_again(
    side: Side, was: Side, keys: Iterable[str], before: Mapping[InterfaceName, Port], known: Known, places: Places
) -> Mapping[InterfaceName, Port]:
    """The ports of a ``known`` switch that differs in the blocks with these ``keys`` alone from what it was.

    A block decides its own port; that of a port-channel decides its members, too, and a port that joins or leaves the
    list of them. Nothing else of a port hangs on another one. ``places`` are kept up to date.
    """
    names = {name: key for key in keys if (name := interface_name(key))}
    numbers = {name: (_number(was, key), _number(side, key)) for name, key in names.items()}
    channels = {name for name in names if _bundles(name)}
    channels |= {_channel(number) for old, new in numbers.values() if old != new for number in (old, new) if number}
    members = {name: _members_again(name, numbers, side, known) for name in channels}
    touched = dict.fromkeys((*names, *channels))
    for name in channels & names.keys():
        touched |= dict.fromkeys((*members[name], *_members_before(name, known)))
    ports = dict(before)
    for name in touched:
        read = _read_again(side, name, members.get(name, ()), known, places)
        if read is None or read.idle:
            ports.pop(name, None)
        else:
            ports[name] = read.port
    return ports if ports.keys() == before.keys() else {name: ports[name] for name in in_order(ports)}


def _members_again(
    channel: InterfaceName, numbers: Mapping[InterfaceName, tuple[int, int]], side: Side, known: Known
) -> tuple[InterfaceName, ...]:
    """The ports of a port-channel, from those that it had and those that came and went."""
    number = int(channel.number)
    if channel in known.ports:
        had = set(_members_before(channel, known))
    else:
        had = {name for key in side.root.blocks if _number(side, key) == number and (name := interface_name(key))}
    return tuple(in_order(had - numbers.keys() | {name for name, (_, new) in numbers.items() if new == number}))


def _members_before(channel: InterfaceName, known: Known) -> tuple[InterfaceName, ...]:
    return known.ports[channel].members if channel in known.ports else ()


def _read_again(
    side: Side, name: InterfaceName, own: tuple[InterfaceName, ...], known: Known, places: Places
) -> _Read | None:
    """One port as it is now; None for one of which nothing is said."""
    before, facts = known.ports.pop(name, None), side.root.blocks.get(f"interface {name}")
    for path in before.places.lines if before else ():
        places.lines.pop(path, None)
    if before and before.places.residue:
        places.residue[:] = [raw for raw in places.residue if raw not in before.places.residue]
    if facts is None or (facts.empty and is_physical(name)):
        return None
    is_same = before is not None and _is_same(before, facts, side, own)
    read = before if before and is_same else _read(side, facts, name, own, places.file, known.hosts)
    known.ports[name] = read
    _note(read, places)
    return read


def _note(read: _Read, places: Places) -> None:
    places.lines.update(read.places.lines)
    places.residue.extend(read.places.residue)


def _bundles(name: InterfaceName) -> bool:
    return name.kind == "port-channel" and "." not in name


def _channel(number: int) -> InterfaceName:
    return InterfaceName(f"port-channel{number}")


def _number(side: Side, key: str) -> int:
    """The number of the port-channel that a port is in, 0 for one that is in none."""
    facts = side.root.blocks.get(key)
    group = _group(facts) if facts else None
    return group[0] if group else 0


def _is_same(read: _Read, facts: Facts, side: Side, members: tuple[InterfaceName, ...]) -> bool:
    """Whether nothing that decides a port has changed: blocks are never changed once they were handed out."""
    same = read.facts is facts and read.members == members and read.context == side.context
    return same and read.channel is channel_of(side.root, facts)


def _read(
    side: Side,
    facts: Facts,
    name: InterfaceName,
    members: tuple[InterfaceName, ...],
    file: str,
    hosts: Mapping[InterfaceName, str],
) -> _Read:
    places = Places(file)
    port = _port(side, facts, name, _group(facts), members, places)
    idle = is_physical(name) and port == replace(_blank(side.context, name.kind), name=name)
    if name in hosts:
        port = replace(port, host=hosts[name])
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
