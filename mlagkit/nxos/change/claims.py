"""What only one object of a switch can have at a time: an address, the number of a vPC, a segment's number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from ipaddress import ip_interface

from mlagkit.nxos.catalogue import Row, recognise
from mlagkit.nxos.change.edit import MADE_AGAIN, Edit
from mlagkit.nxos.change.gateways import waits_for_gateway
from mlagkit.nxos.change.join import SWITCHES
from mlagkit.nxos.change.order import channel_said, comes_up, grows, joins, leaves, turns_layer
from mlagkit.nxos.commands import command
from mlagkit.nxos.effective import Side, channel_of, group_of
from mlagkit.nxos.facts import Facts
from mlagkit.nxos.objects import interface_name, svi_of

Claim = tuple[str, str]
"""A kind of thing, and which one."""

ALONE = "text"
"""The kind of claim that nothing else hangs on."""

LAYER = "layer"
"""The same of what a port-channel has to be rid of before it begins to route, or to switch."""

BUNDLE = "bundle"
"""The same of a port-channel with LACP, or without it: its ports leave before the first one joins in another way."""

SUBNET = "subnet"
"""The kind of claim that an interface shares with nobody but itself: no two have addresses of one subnet (K)."""

_KINDS: Mapping[str, str] = {
    "ip address <prefix>": "address",
    "ip address <#prefix> secondary": "address",
    "ipv6 address <#prefix>": "address",
    "ip <ipv4>": "address",  # of HSRP: each interface has an address of its own beside it (N7K unicast guide 6.x, HSRP)
    "vn-segment <int>": "segment of a VLAN",
    "vni <int>": "segment of a VRF",
    "vpc <int>": "vPC",
    "vpc peer-link": "peer-link",
    "encapsulation dot1q <int>": "tag",
}
EXCLUSIVE = frozenset((*_KINDS.values(), SUBNET))
"""The kinds of claim of which a switch refuses to give one thing to two objects."""
_ONCE = ("system nve infra-vlans <vlans>", *MADE_AGAIN)
"""The rows of which the old line goes before the new one comes, with the words that tell one entry from another."""
_ORPHAN = "vpc orphan-port suspend"
_VPC = ("vpc <int>", "vpc peer-link")
_HSRP = ("hsrp <#int> [ipv4]", "hsrp <#int> ipv6")
_ANYCAST = "fabric forwarding mode anycast-gateway"
_OF_HSRP = ("hsrp version <int>", *_HSRP)
_GATEWAY = {_ANYCAST: ("HSRP", "anycast gateway"), **dict.fromkeys(_OF_HSRP, ("anycast gateway", "HSRP"))}
"""What has to be off an SVI for each kind of gateway, and what is off it when that one goes.

Nothing says that one SVI takes both (VXG, coexistence of HSRP and anycast gateways, has them on two switches).
"""
_SEGMENT = ("member vni <#int>", "member vni <#int> associate-vrf")
_ROUTES = ("ip route <#text>", "ipv6 route <#text>")
_OF_A_ROUTE = ("name", "tag", "track")
"""The words of a route that are followed by what it is called, tagged with or depends on."""
_PREEMPT = ("preempt", "preempt delay [minimum <int>] [reload <int>] [sync <int>]")
_NAMED = frozenset(("address-family", "class", "key", "neighbor", "route-map", "router", "template", "track", "vrf"))
"""The first words of lines that name an object of their own, which is no other value of another one."""
_CHANNEL = "channel-group <int> [force] [mode {on|active|passive}]"


def freed(edit: Edit, side: Side) -> Iterator[Claim]:
    """What a line sets free, on a switch that stands as ``side`` says."""
    if grows(edit) and edit.old is None:
        return
    if edit.opens:
        facts = _inside(side.root, edit.path)
        if facts is not None and not grows(edit):
            yield from _claimed(facts)
            yield from _segment(edit)
            yield from _gateway(edit, 1)
    elif edit.row is not None and edit.old is not None:
        yield from _claim(edit, edit.row, edit.old)
        if edit.row.command == _CHANNEL and edit.new is None:
            number = edit.old.split()[1]
            yield "shape", f"port-channel{number}"  # what leaves keeps what the port-channel has then
            yield LAYER, f"port-channel{number}"
        port = side.root.blocks.get(edit.head)
        if edit.new is None and port is not None and edit.old.startswith(SWITCHES):
            yield LAYER, f"port-channel{group_of(port)}"  # a port of a routed one takes no line about switching
        if edit.new is None and edit.row.command in _VPC:
            yield LAYER, str(interface_name(edit.head))
        if edit.new is None:
            yield from _gateway(edit, 1)
    else:
        yield from _of_text(edit)


def taken(edit: Edit) -> Iterator[Claim]:
    """What a line needs to be free."""
    if edit.row is None:
        yield from _of_text(edit)
        return
    if edit.row.command == _VPC[0] and edit.adds and (name := interface_name(edit.leg)):
        yield from ((BUNDLE, f"{name.number} {lacp}") for lacp in (True, False))
    if edit.new is not None and edit.row.command != _CHANNEL:
        yield from _claim(edit, edit.row, edit.new)
        yield from _segment(edit)
        yield from _gateway(edit, 0)
    if edit.new is not None and edit.old is None and edit.row.command == _CHANNEL:
        number, lacp = _bundle(edit.row, edit.new)
        yield BUNDLE, f"{number} {not lacp}"
    if (edit.row.inherited or joins(edit)) and (name := interface_name(edit.head)):
        yield "port", name
        if turns_layer(edit) and name.kind == "port-channel":
            yield LAYER, name
        if edit.row.trunk and edit.adds and name.kind == "port-channel":
            yield "shape", name


def regated(edits: Iterable[Edit]) -> dict[int, str]:
    """The VLANs whose gateway goes and comes again as one of the other kind, each with that kind."""
    found: dict[int, dict[bool, str]] = {}
    for edit in edits:
        if edit.row is None or edit.row.command not in (_ANYCAST, *_HSRP):
            continue
        if (vlan := svi_of(edit.head)) is not None:
            found.setdefault(vlan, {})[edit.adds] = _GATEWAY[edit.row.command][1]
    return {vlan: kinds[True] for vlan, kinds in found.items() if len({*kinds.values()}) > 1}


def moved_gateways(edits: Sequence[Edit], side: Side) -> frozenset[Edit]:
    """The lines of gateways that move to other VLANs together with ports, and those of the ports.

    No two SVIs have addresses of one subnet, so that neither VLAN has a gateway in between.
    """
    ports = {edit: (_vlan(edit.old), _vlan(edit.new)) for edit in edits if waits_for_gateway(edit)}
    if not ports:
        return frozenset()
    gone, come = _subnets(edits, lambda edit: freed(edit, side)), _subnets(edits, taken)
    moved = {each for each in ports.values() if not gone.get(each[0], set()).isdisjoint(come.get(each[1], set()))}
    vlans = {vlan for each in moved for vlan in each}
    return frozenset(edit for edit in edits if svi_of(edit.head) in vlans or ports.get(edit) in moved)


def _vlan(line: str | None) -> int:
    return int((line or "").split()[-1])


def _subnets(edits: Iterable[Edit], claims: Callable[[Edit], Iterable[Claim]]) -> dict[int, set[str]]:
    """The subnets in what lines of SVIs claim, by VLAN."""
    found: dict[int, set[str]] = {}
    for edit in edits:
        if (vlan := svi_of(edit.head)) is not None:
            found.setdefault(vlan, set()).update(subnet for kind, subnet in claims(edit) if kind == SUBNET)
    return found


def waiting_for_layer(edits: Sequence[Edit], side: Side) -> dict[Edit, str]:
    """The lines of ports that wait for a port-channel which begins to route, or to switch, each with its header.

    A port joins one of its own layer, and one that begins to route with its port-channel is shut if nothing is said
    (reference 2.3), so that it comes up behind that.
    """
    channels = {edit.head for edit in edits if turns_layer(edit)}
    ports = [edit for edit in edits if joins(edit) or comes_up(edit)] if channels else []
    joined = {edit.head: channel_said(edit.new) for edit in ports if joins(edit)}
    left = {edit.head for edit in edits if leaves(edit)} if ports else set()
    found = {edit: joined.get(edit.head) or ("" if edit.head in left else _channel(edit.head, side)) for edit in ports}
    return {edit: head for edit, head in found.items() if head in channels}


def _channel(head: str, side: Side) -> str:
    """The header of the port-channel that a port is in, ``""`` for one that is in none."""
    port = side.root.blocks.get(head)
    channel = None if port is None else channel_of(side.root, port)
    return "" if channel is None else channel.head


def _claim(edit: Edit, row: Row, line: str) -> Iterator[Claim]:
    if row.command == _CHANNEL and (name := interface_name(edit.head)):
        yield "port", name
        number, lacp = _bundle(row, line)
        yield BUNDLE, f"{number} {lacp}"
    if row.command in _ONCE:
        found = recognise(row.mode, line)
        yield ALONE, "\n".join((*edit.section, found.key if found else line))
    if row.command in _ROUTES:
        yield ALONE, "\n".join((*edit.section, *_leads(line)))
    if row.command in _PREEMPT:
        yield ALONE, "\n".join((*edit.section, _PREEMPT[0]))
    if row.command in (_ORPHAN, *_VPC):  # one port-channel is but one of these (reference 2.3, PL02)
        yield "sort of vPC", edit.head
    yield from _only_one(row, edit.head, line)


def _leads(line: str) -> Iterator[str]:
    """Where a route leads, without its tag, name, track and preference.

    What is typed with others replaces it, or stands beside it until ``no`` with the words of either takes both: the old
    one goes first [assumed].
    """
    words = iter(line.split())
    for word in words:
        if word in _OF_A_ROUTE:
            next(words, None)
        elif not word.isdecimal():
            yield word


def _segment(edit: Edit) -> Iterator[Claim]:
    """A segment that is on the interface in one way has to go before it comes in the other."""
    if edit.row is not None and edit.row.command in _SEGMENT:
        yield ALONE, "\n".join((*edit.section, *edit.text.removeprefix("no ").split()[:3]))


def _gateway(edit: Edit, end: int) -> Iterator[Claim]:
    if edit.row is not None and edit.row.command in _GATEWAY:
        yield ALONE, "\n".join((edit.head, _GATEWAY[edit.row.command][end]))


def _only_one(row: Row, head: str, line: str) -> Iterator[Claim]:
    """What no two objects have at a time."""
    kind = _KINDS.get(row.command)
    if kind is None:
        return
    value = line.removesuffix(" secondary").rsplit(" ", 1)[1]
    if kind == "tag":
        value = f"{head.partition('.')[0]} {value}"
    if kind == "address":
        value = value.partition("/")[0]
        if subnet := _subnet(row, line):
            yield SUBNET, subnet
    yield kind, value


def _subnet(row: Row, line: str) -> str:
    found = recognise(row.mode, line)
    words = f"{found.key} {found.value}".split() if found else []
    prefix = next((word for word in words if "/" in word), "")
    try:
        return str(ip_interface(prefix).network) if prefix else ""
    except ValueError:
        return ""


def ended(edit: Edit) -> Edit:
    """The end of what a line replaces, where another object needs it before the line can be typed."""
    return replace(edit, text=command(edit.row, edit.old, None), adds=False, new=None)


def _of_text(edit: Edit) -> Iterator[Claim]:
    """A line that the catalogue does not know may be another value of one that goes, which would take both along.

    So what goes goes first where it begins alike.
    """
    words = (edit.new or edit.old or "").removeprefix("no ").split()
    named = 2 if words and words[0] in _NAMED else 1
    yield ALONE, "\n".join((*edit.section, *words[:named]))


def _bundle(row: Row, line: str) -> tuple[str, bool]:
    """The number of a port's port-channel and whether it speaks LACP: its ports all do, or none does (G106)."""
    number, mode = (row.canonical(line) if row.canonical else line).split()[:2]
    return number, mode != "on"


def _claimed(facts: Facts) -> Iterator[Claim]:
    for fact in facts.known.values():
        if not fact.line.negated:
            yield from _only_one(fact.line.row, facts.head, fact.text)
    for inner in facts.blocks.values():
        yield from _claimed(inner)


def _inside(root: Facts, path: tuple[str, ...]) -> Facts | None:
    """The block at a path of heads."""
    facts: Facts | None = root
    for head in path:
        if facts is not None:
            same = (inner for inner in facts.blocks.values() if inner.head == head)
            facts = facts.blocks.get(head) or next(same, None)
    return facts
