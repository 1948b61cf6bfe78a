"""Ports of one switch: port-channels with their members, single ports, subinterfaces, mgmt0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from mlagkit.nxos.effective import Side
from mlagkit.nxos.facts import Facts
from mlagkit.nxos.read.block import Block, told
from mlagkit.nxos.read.places import Places
from mlagkit.part import Path
from mlagkit.switch import Port, StormControl
from mlagkit.values import InterfaceName, in_order

KINDS = frozenset(("Ethernet", "port-channel", "mgmt"))
"""The kinds of interface that are ports."""

_GROUP = "channel-group force mode"
_LAYER_2 = "switchport"


def ports_of(side: Side, heads: Mapping[str, InterfaceName], places: Places) -> dict[InterfaceName, Port]:
    """Every port that a line says something about, in the order of a chassis; ``heads`` are keys of blocks.

    A physical port whose lines say nothing but the default is as good as one without a stanza, and not here.
    """
    blocks = {name: side.root.blocks[key] for key, name in heads.items()}
    groups = {name: _group(facts) for name, facts in blocks.items()}
    found = {
        name: _port(side, facts, name, groups, places)
        for name, facts in blocks.items()
        if not (facts.empty and _without_stanza(name))
    }
    blanks = {kind: _blank(side, InterfaceName(f"{kind}0")) for kind in {name.kind for name in found}}
    idle = {
        name for name, port in found.items() if _without_stanza(name) and port == replace(blanks[name.kind], name=name)
    }
    return {name: found[name] for name in in_order(found.keys() - idle)}


def _without_stanza(name: InterfaceName) -> bool:
    """Whether the port is there without a line: all physical ones are."""
    return name.kind in ("Ethernet", "mgmt") and "." not in name


def _blank(side: Side, name: InterfaceName) -> Port:
    """The port as it is without a stanza."""
    return _port(side, Facts(f"interface {name}", "interface"), name, {}, Places(""))


def _group(facts: Facts) -> tuple[int, str] | None:
    """The port-channel of a member, and its mode there."""
    value = facts.value(_GROUP)
    if not isinstance(value, str) or not facts.has(_GROUP):
        return None
    number, _, mode = value.partition(" ")
    return int(number), mode


Groups = Mapping[InterfaceName, tuple[int, str] | None]


def _port(side: Side, facts: Facts, name: InterfaceName, groups: Groups, places: Places) -> Port:
    values = side.values(facts)
    block = Block(values, _path(facts, name), places)
    group = groups.get(name)
    if group:
        block.take(_GROUP)
    storm = told(block, StormControl, "storm_control.")
    return block.part(
        Port,
        name=name,
        mode=_mode(block, name),
        channel=group[0] if group else None,
        lacp=group[1] if group else None,
        storm_control=StormControl(**storm),  # type: ignore[arg-type]  # the catalogue's rows give texts
        members=_members(name, groups) if name.kind == "port-channel" and "." not in name else (),
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


def _members(name: InterfaceName, groups: Groups) -> tuple[InterfaceName, ...]:
    number = int(name.number)
    members: Iterable[InterfaceName] = (port for port, group in groups.items() if group and group[0] == number)
    return tuple(in_order(members))
