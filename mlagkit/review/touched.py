"""What a change touches, for a picture of it: links with both of their ends, VLANs, and what is neither.

A link is what a person would draw as one line or two: the peer-link, the keepalive, a vPC with a leg on each switch, a
port-channel or a port of one switch. A change of a member is one of its port-channel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from mlagkit.diff import Action, Change
from mlagkit.nxos.catalogue import Kind
from mlagkit.nxos.objects import interface_name, vlan_of
from mlagkit.report.document import Document
from mlagkit.switch import Port, Switch
from mlagkit.topology.attached import attached
from mlagkit.values import InterfaceName, VlanSet, in_order

Mask = Callable[[str], str]
"""Takes the secrets out of a line of configuration."""

Sides = tuple[Switch | None, Switch | None]
"""One switch as it was and as it is to be."""


class LinkKind(StrEnum):
    """What kind of link it is, in the order in which they are told."""

    PEER_LINK = "peer-link"
    KEEPALIVE = "keepalive"
    VPC = "vpc"
    PORT = "port"


class What(StrEnum):
    """What becomes of one end of a link."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    SAME = "same"


Key = tuple[LinkKind, int | str, str]
"""The kind, a vPC's number or a port's name, and the switch where the link has one end only."""

_ORDER = [*LinkKind]


def touched(changes: Mapping[str, Sequence[Change]], sides: Mapping[str, Sides], mask: Mask) -> Document:
    """The links and the rest of each switch that the changes are about, by hostname; ``sides`` are both switches."""
    keys: dict[Key, set[tuple[str, str]]] = {}
    rest: dict[str, Document] = {}
    for name, own in changes.items():
        others: list[str] = []
        for change in own:
            port = interface_name(change.section[0] if change.section else _text(change))
            if _is_keepalive(change):
                keys.setdefault((LinkKind.KEEPALIVE, "", ""), set()).add((name, ""))
            elif port and (key := _key(port, name, sides[name])):
                keys.setdefault(key, set()).add((name, port))
            elif not _is_vlan(change):
                others += _others(change, port, mask)
        rest[name] = {"vlans": _vlans(own), "others": list(dict.fromkeys(others))}
    links = [_link(key, keys[key], sides) for key in sorted(keys, key=_rank)]
    return {"links": links, "switches": rest}


def _rank(key: Key) -> tuple[int, str, int, tuple[int, tuple[int, ...]]]:
    kind, which, switch = key
    number = which if isinstance(which, int) else 0
    return _ORDER.index(kind), switch, number, InterfaceName(which).order if kind is LinkKind.PORT else (0, ())


def _text(change: Change) -> str:
    return change.new if change.new is not None else change.old or ""


def _is_keepalive(change: Change) -> bool:
    return change.row is not None and (change.row.mode, change.row.field) == ("vpc-domain", "keepalive")


def _is_vlan(change: Change) -> bool:
    opens = change.row is not None and change.row.opens and change.row.kind is Kind.VLANS
    return bool(opens) or vlan_of(change.section) is not None


def _others(change: Change, port: str | None, mask: Mask) -> Iterator[str]:
    """What is neither a link nor a VLAN, by its heading, or the line itself where it has none."""
    text = port or mask(change.section[0] if change.section else _text(change))
    yield text.split("\n", 1)[0]


def _vlans(changes: Iterable[Change]) -> Document:
    """The VLANs that are made, that go, and whose settings change."""
    new, gone, changed = set[int](), set[int](), set[int]()
    for change in changes:
        if not _is_vlan(change):
            continue
        if not change.section:
            (gone if change.action is Action.REMOVE else new).update(change.vlans)
        elif (vlan := vlan_of(change.section)) is not None:
            changed.add(vlan)
    found = {What.NEW: new, What.CHANGED: changed - new - gone, What.GONE: gone}
    return {what.value: str(VlanSet(vlans)) for what, vlans in found.items()}


def _port(switch: Switch | None, name: str) -> Port | None:
    """The port of that name, or the port-channel that it is a member of."""
    port = switch.ports.get(InterfaceName(name)) if switch else None
    if switch is None or port is None or port.channel is None:
        return port
    return switch.ports.get(InterfaceName(f"port-channel{port.channel}"), port)


def _key(name: str, switch: str, sides: Sides) -> Key | None:
    """The link that a port belongs to: to that of now, if there is one."""
    for side in reversed(sides):
        port = _port(side, name)
        if port is not None:
            if port.peer_link:
                return LinkKind.PEER_LINK, "", ""
            return (LinkKind.PORT, port.name, switch) if port.vpc is None else (LinkKind.VPC, port.vpc, "")
    return None


def _found(key: Key, switch: Switch | None) -> Port | None:
    """The end of a link on a switch."""
    kind, which, _ = key
    if switch is None:
        return None
    if kind is LinkKind.PEER_LINK:
        return switch.peer_link
    if kind is LinkKind.VPC:
        return switch.vpcs.get(int(which))
    return switch.ports.get(InterfaceName(which)) if kind is LinkKind.PORT else None


def _link(key: Key, at: set[tuple[str, str]], sides: Mapping[str, Sides]) -> Document:
    kind, which, only = key
    ends: dict[str, Document] = {}
    hosts: list[str | None] = []
    for name, (before, now) in sides.items():
        if only in ("", name):
            was, port = _found(key, before), _found(key, now)
            inside = in_order(each for switch, each in at if switch == name and each)
            ends[name] = _end(was, port, inside, is_touched=any(switch == name for switch, _ in at))
            hosts += [attached(now, port) if now and port else None, attached(before, was) if before and was else None]
    return {
        "kind": kind.value,
        "vpc": which if kind is LinkKind.VPC else None,
        "host": next((host for host in hosts if host), None),
        "ends": ends,
    }


def _end(was: Port | None, port: Port | None, touched: Sequence[str], *, is_touched: bool) -> Document:
    """One end: its port, what becomes of it, the members that change with it, and the VLANs that it gains and loses."""
    before, now = (each.allowed if each else VlanSet() for each in (was, port))
    either = port or was
    what = What.SAME if not is_touched else What.CHANGED
    if (was is None) is not (port is None):
        what = What.NEW if was is None else What.GONE
    return {
        "interface": str(either.name) if either else None,
        "what": what.value,
        "members": [str(name) for name in touched if either and name != either.name],
        "gains": str(VlanSet(now - before)),
        "loses": str(VlanSet(before - now)),
    }
