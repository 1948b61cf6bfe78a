"""What a switch has after a line was typed into it, worked out in memory: the facts of a configuration, carried on.

Beside what the line says there is what it does to others: a VRF erases the addresses of its interface, a port that
joins a port-channel takes its lines. What a device does is only told where a source says it; the effects are below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from mlagkit.nxos.catalogue import Kind, Line, recognise
from mlagkit.nxos.context import Context
from mlagkit.nxos.edit import Section
from mlagkit.nxos.effective import Side, interface_name, successors
from mlagkit.nxos.facts import Fact, Facts, Text, note, opened
from mlagkit.values import InterfaceName

GROUP = "channel-group force mode"
SHOWN_BY_MEMBERS = ("switchport", "mtu", "speed", "duplex")
"""How the lines begin that a member shows of its port-channel, takes when it joins and keeps when it leaves (7.9, 7.10;
corpus/nxos/pairs/suzieq-leaf12: not those about spanning tree)."""

BY_ITSELF = -1
"""The number of a line that is there though nobody typed it. Some releases print none (reference 7.11, the corpus), so
that it is typed all the same where it is wanted."""

_SVI = "interface Vlan"
_LAYER_2 = ("switchport ", "spanning-tree ", "vpc")
_LAYER_3 = ("ip ", "ipv6 ", "hsrp ", "vrrp", "fabric forwarding ", "isis ")
_OF_FEATURE: Mapping[str, tuple[str, ...]] = {
    "vpc": ("vpc",),
    "interface-vlan": ("interface Vlan",),
    "hsrp": ("hsrp ",),
    "vrrp": ("vrrp ",),
    "vrrpv3": ("vrrpv3 ",),
    "lacp": ("lacp ",),
    "nv overlay": ("interface nve", "system nve "),
    "vn-segment-vlan-based": ("vn-segment",),
    "fabric forwarding": ("fabric forwarding ",),
    "ospf": ("router ospf ", "ip router ospf ", "ip ospf "),
    "bgp": ("router bgp ",),
    "isis": ("router isis ", "ip router isis ", "isis "),
    "pim": ("ip pim ",),
}
"""How the lines begin that a feature takes along when it goes (reference 2.1); of another one nobody knows."""


@dataclass(slots=True)
class Typed:
    """A configuration into which lines are typed; ``side`` is how it stands.

    What is handed out is never changed: a block is copied before the first line after `side` changes it.
    """

    root: Facts
    context: Context
    _own: set[str] = field(default_factory=set)
    _fresh: bool = False
    _ports: dict[str, dict[str, None]] | None = None

    @classmethod
    def of(cls, side: Side) -> Typed:
        """The configuration before the first line."""
        return cls(side.root, side.context)

    def side(self) -> Side:
        """How it stands now."""
        self._own, self._fresh = set(), False
        return Side(self.root, self.context)

    def enter(self, section: Section, text: str) -> bool:
        """Type one line in a section; whether that changed anything."""
        self._begin()
        place: Facts | list[Text] = self.root
        for depth, head in enumerate(section):
            place = self._opened(place, head, top=not depth)
        return _type_in(self, place, section, text)

    def members(self, number: str) -> list[str]:
        """The heads of the ports that are in the port-channel with that number."""
        if self._ports is None:
            self._ports = {}
            for head, block in self.root.blocks.items():
                self._ports.setdefault(_group_of(block), {})[head] = None
        ports = [head for head in self._ports.get(number, ()) if head in self.root.blocks]
        return [head for head in ports if _group_of(self.root.blocks[head]) == number]

    def _joined(self, number: str, head: str) -> None:
        """Note that a port is in a port-channel now."""
        if self._ports is not None:
            self._ports.setdefault(number, {})[head] = None

    def _begin(self) -> None:
        if self._fresh:
            return
        self.root = replace(self.root, known=dict(self.root.known), blocks=dict(self.root.blocks))
        self.root.unknown = list(self.root.unknown)
        self._fresh = True

    def block(self, key: str) -> Facts | None:
        """A block at the left margin, as one's own."""
        self._begin()
        found = self.root.blocks.get(key)
        if found is None or key in self._own:
            return found
        self._own.add(key)
        self.root.blocks[key] = copied = _copy(found)
        return copied

    def _opened(self, place: Facts | list[Text], head: str, *, top: bool) -> Facts | list[Text]:
        """The block with that head, made if it is not there."""
        if isinstance(place, list):
            return _text(place, head).children
        line = recognise(place.mode, head)
        if line is None or line.row.opens is None:
            return _text(place.unknown, head).children
        if line.row.kind is Kind.VLANS:
            note(place, Fact(line, head, 0))
            head = f"{line.key} {line.value}"
            found = opened(place, head, 0, line)
            return (self.block(head) or found) if top else found
        if top and line.key not in place.blocks:
            self._succeed(line)
        found = opened(place, head, 0, line)
        return (self.block(line.key) or found) if top else found

    def _succeed(self, line: Line) -> None:
        """A block of which there is but one keeps its lines under its new number (reference 2.1)."""
        new = Facts("", "", blocks={line.key: Facts(line.key, line.row.opens or "")})
        for key, before in successors(self.root, new).items():
            self.root.blocks[key] = replace(_copy(self.root.blocks.pop(before)), head=line.key)
            self._own.add(key)


def _text(texts: list[Text], head: str) -> Text:
    """The unknown line with that text as one's own, made if it is not there."""
    for at, found in enumerate(texts):
        if found.text == head:
            texts[at] = Text(head, found.number, list(found.children))
            return texts[at]
    texts.append(Text(head, 0))
    return texts[-1]


def _group_of(block: Facts) -> str:
    """The number of the port-channel that a port is in, ``""`` for one that is in none."""
    fact = block.known.get(GROUP)
    return "" if fact is None or fact.line.negated else str(fact.line.value).split()[0]


def _copy(facts: Facts) -> Facts:
    return replace(
        facts,
        known=dict(facts.known),
        blocks={key: _copy(inner) for key, inner in facts.blocks.items()},
        unknown=list(facts.unknown),
    )


def _type_in(typed: Typed, place: Facts | list[Text], section: Section, text: str) -> bool:
    """Carry a line out in the block that it is typed in; whether that changed anything."""
    if isinstance(place, list):
        return _type_text(place, text)
    line = recognise(place.mode, text)
    if line is None:
        return _type_text(place.unknown, text)
    before, gone = place.known.get(line.key), place.blocks.get(line.key)
    if line.row.kind is Kind.BLOCK and not line.negated:
        typed._opened(place, text, top=not section)
    elif line.row.kind is Kind.BLOCK:
        place.blocks.pop(line.key, None)
    elif line.negated and line.row.kind is Kind.VALUE:
        if line.key == GROUP:
            _leave(typed, place)
        place.known.pop(line.key, None)
    else:
        note(place, Fact(line, text, 0))
    after = place.known.get(line.key)
    changed = (before and before.line) != (after and after.line) or (gone is None) == (line.key in place.blocks)
    if changed:
        for effect in _EFFECTS.get(line.row.command, ()):
            effect(_Line(typed, place, line, gone, before is not None and not before.line.negated))
        if line.row.inherited and line.key.startswith(SHOWN_BY_MEMBERS):
            _follow(typed, place, line.key)
    return changed or (before is not None and before.number == BY_ITSELF)


def members(side: Side, channel: InterfaceName) -> Iterator[str]:
    """The heads of the ports that are in a port-channel."""
    return (head for head, block in side.root.blocks.items() if _group_of(block) == channel.number)


def _follow(typed: Typed, channel: Facts, key: str) -> None:
    """What the ports of a port-channel show of it is what it says itself (7.9); another layer takes along the rest."""
    name = interface_name(channel.head)
    if name is None or name.kind != "port-channel":
        return
    for head in typed.members(name.number):
        port = typed.block(head)
        if port is None:
            continue
        for shown in _shared(port) if key == "switchport" else (key,):
            port.known.pop(shown, None)
        if key in channel.known:
            port.known[key] = channel.known[key]


def _type_text(texts: list[Text], text: str) -> bool:
    """Unknown text stands as it was typed; its ``no`` form takes it away, and stands itself where there is none.

    What stands as a ``no`` form is on by default, which no switch prints (7.2).
    """
    opposite = text[3:] if text.startswith("no ") else f"no {text}"
    left = [each for each in texts if each.text != opposite]
    takes = len(left) < len(texts)
    adds = not takes and all(each.text != text for each in left)
    texts[:] = [*left, Text(text, 0)] if adds else left
    return takes or adds


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that was typed into a block, the block that it ended, if it did, and whether the line stood before."""

    typed: Typed
    block: Facts
    line: Line
    gone: Facts | None = None
    had: bool = False

    @property
    def negated(self) -> bool:
        return self.line.negated


Effect = Callable[[_Line], None]


def _erase_layer_3(at: _Line) -> None:
    """Another VRF erases the layer 3 lines of the interface (7.15)."""
    _drop(at.block, _LAYER_3)


def _change_layer(at: _Line) -> None:
    """A port loses the lines of the layer that it leaves (Interfaces guide, "Configuring a routed interface").

    Whether it stays up varies by platform (7.17), so that ``no shutdown`` is typed again.
    """
    _drop(at.block, _LAYER_2 if at.negated else (*_LAYER_3, "vrf member"))
    if at.block.has("shutdown") is False:
        del at.block.known["shutdown"]


def _drop(port: Facts, beginnings: tuple[str, ...]) -> None:
    for key in [key for key in port.known if key.startswith(beginnings)]:
        del port.known[key]
    for key in [key for key in port.blocks if key.startswith(beginnings)]:
        del port.blocks[key]
    port.unknown[:] = [text for text in port.unknown if not text.text.removeprefix("no ").startswith(beginnings)]


def _group(at: _Line) -> None:
    """A port that joins takes the lines of its port-channel, which is made if it is not there.

    One that leaves keeps what it had of it.
    """
    typed, port = at.typed, at.block
    if at.negated:
        return
    number = str(at.line.value).split()[0]
    typed._joined(number, port.head)
    head = f"interface port-channel{number}"
    channel = typed.block(head)
    if channel is None:
        channel = opened(typed.root, head, 0)
        typed._own.add(head)
        channel.known.update(_shared(port))
    for key in _shared(port):
        del port.known[key]


def _leave(typed: Typed, port: Facts) -> None:
    """Give a port what it keeps of its port-channel when it leaves it."""
    fact = port.known.get(GROUP)
    if fact is None or fact.line.negated:
        return
    channel = typed.root.blocks.get(f"interface port-channel{str(fact.line.value).split()[0]}")
    if channel is not None:
        port.known.update(_shared(channel))


def _shared(block: Facts) -> dict[str, Fact]:
    """The lines that a port-channel and its members have in common."""
    return {
        key: fact for key, fact in block.known.items() if fact.line.row.inherited and key.startswith(SHOWN_BY_MEMBERS)
    }


def _peer_link(at: _Line) -> None:
    """The port type of a peer-link becomes ``network`` by itself (2.3)."""
    text = "spanning-tree port type network"
    known = recognise("interface", text)
    if known is not None and not at.negated:
        at.block.known[known.key] = Fact(known, text, BY_ITSELF)


def _drop_feature(at: _Line) -> None:
    """A feature that goes takes all its lines along (2.1)."""
    beginnings = _OF_FEATURE.get(at.line.key.removeprefix("feature "), ()) if at.negated else ()
    if not beginnings:
        return
    for key in list(at.block.blocks):
        block = at.typed.block(key)
        if block is not None:
            _drop(block, beginnings)
    _drop(at.block, beginnings)


def _drop_delay(at: _Line) -> None:
    """The delay implies its flag, so the flag's ``no`` takes both [likely]."""
    if at.negated:
        at.block.known.pop("auto-recovery reload-delay", None)


def _replace_preempt(at: _Line) -> None:
    """The delay is said in the same line, so that it replaces the bare one, and its end ends both (BF)."""
    at.block.known.pop("preempt", None)


def _default(at: _Line) -> None:
    """A switch-wide default changes what ports without a line of their own are."""
    on, context = not at.negated, at.typed.context
    if at.line.row.field == "switchport_default":
        if at.had and not on:  # what stood was no default, so nothing is printed now; see `Context.of`
            del at.block.known[at.line.key]
            said = {block.has("switchport") for block in at.typed.root.blocks.values()}
            on = False in said or True not in said
        at.typed.context = replace(context, switchport=on)
    else:
        at.typed.context = replace(context, switchport_shutdown=on)


def _jumbo(at: _Line) -> None:
    value = at.line.value if isinstance(at.line.value, int) and not at.negated else 9216
    at.typed.context = replace(at.typed.context, jumbo_mtu=value)


def _release_members(at: _Line) -> None:
    """The ports of a port-channel that is deleted are in none, and keep its lines (Interfaces guide [likely])."""
    name = interface_name(at.line.key)
    if name is None or name.kind != "port-channel" or not at.negated or at.gone is None:
        return
    for key in at.typed.members(name.number):
        port = at.typed.block(key)
        if port is not None:
            del port.known[GROUP]
            port.known.update(_shared(at.gone))


def _quiet_redirects(at: _Line) -> None:
    """Under ``peer-gateway`` every SVI has these two lines, without anybody typing them (7.11)."""
    if at.negated:
        return
    for head in [head for head in at.typed.root.blocks if head.startswith(_SVI)]:
        svi = at.typed.block(head)
        if svi is not None:
            _quieten(svi)


def _quieten(svi: Facts) -> None:
    for text in ("no ip redirects", "no ipv6 redirects"):
        known = recognise("interface", text)
        if known is not None:
            svi.known.setdefault(known.key, Fact(known, text, BY_ITSELF))


def _fresh_svi(at: _Line) -> None:
    """So has one that is made later."""
    svi = at.typed.block(at.line.key) if at.line.key.startswith(_SVI) and not at.negated else None
    if svi is not None and any(block.has("peer-gateway") for block in at.typed.root.blocks.values()):
        _quieten(svi)


_EFFECTS: Mapping[str, tuple[Effect, ...]] = {
    "vrf member <word>": (_erase_layer_3,),
    "switchport": (_change_layer,),
    "channel-group <int> [force] [mode {on|active|passive}]": (_group,),
    "vpc peer-link": (_peer_link,),
    "feature <#text>": (_drop_feature,),
    "preempt delay [minimum <int>] [reload <int>] [sync <int>]": (_replace_preempt,),
    "auto-recovery": (_drop_delay,),
    "system default switchport": (_default,),
    "system default switchport shutdown": (_default,),
    "system jumbomtu <int>": (_jumbo,),
    "peer-gateway": (_quiet_redirects,),
    "interface <#interface>": (_release_members, _fresh_svi),
}
"""What a line does besides standing there, by its row; the sources are in the functions."""
