"""What a line does besides what it says, by its row: to its block, to other blocks, to defaults.

What a device does is only told where a source says it, which stands with each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from mlagkit.nxos.catalogue import Line, known
from mlagkit.nxos.context import Context
from mlagkit.nxos.effective import GROUP, Side, channel_of, group_of
from mlagkit.nxos.facts import Fact, Facts
from mlagkit.nxos.objects import interface_name
from mlagkit.values import InterfaceName


class Running(Protocol):
    """What a line changes: the configuration that it is typed into (`mlagkit.nxos.change.typed`)."""

    root: Facts
    context: Context

    def block(self, key: str) -> Facts | None:
        """A block at the left margin, to be changed."""

    def made(self, head: str) -> Facts:
        """A new block at the left margin."""

    def members(self, number: str) -> list[str]:
        """The heads of the ports that are in the port-channel with that number."""

    def joined(self, number: str, head: str) -> None:
        """Note that a port is in a port-channel now."""

    def domains(self) -> list[str]:
        """The key of the vPC domain, if there is one."""


SHOWN_BY_MEMBERS = ("switchport", "mtu", "speed", "duplex")
"""How the lines begin that a member shows of its port-channel, takes when it joins and keeps when it leaves (7.9, 7.10;
corpus/nxos/pairs/suzieq-leaf12: not those about spanning tree)."""

_EXCLUDED = "peer-gateway exclude-vlan"

BY_ITSELF = -1
"""The number of a line that is there though nobody typed it. Some releases print none (reference 7.11, the corpus), so
that it is typed all the same where it is wanted."""

_SVI = "interface Vlan"
_NETWORK = "spanning-tree port type network"
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
    "ospf": ("router ospf ", "ip router ospf ", "ip ospf "),
    "bgp": ("router bgp ",),
    "isis": ("router isis ", "ip router isis ", "isis "),
    "pim": ("ip pim ",),
}
"""How the lines begin that a feature takes along when it goes (reference 2.1); of another one nobody knows."""


def without_their_feature(old: Facts, new: Facts) -> Iterator[tuple[str, int]]:
    """The features that only ``new`` has though a line of theirs stands in ``old``, with the first such line.

    So ``old`` is not all of what a switch has.
    """
    for feature, beginnings in _OF_FEATURE.items():
        key = f"feature {feature}"
        if new.has(key) and not old.has(key):
            found = next((number for number, line in _lines(old) if line.startswith(beginnings)), None)
            if found is not None:
                yield feature, found


def _lines(facts: Facts) -> Iterator[tuple[int, str]]:
    """Every line by its key, blocks included; not what stands below a line that the catalogue does not know."""
    yield from ((fact.number, key) for key, fact in facts.known.items())
    yield from ((text.number, text.text.removeprefix("no ")) for text in facts.unknown)
    for key, block in facts.blocks.items():
        yield block.number, key
        yield from _lines(block)


def members(side: Side, channel: InterfaceName) -> Iterator[str]:
    """The heads of the ports that are in a port-channel."""
    return (head for head, block in side.root.blocks.items() if group_of(block) == channel.number)


def follow(typed: Running, channel: Facts, key: str) -> None:
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


@dataclass(frozen=True, slots=True)
class Entered:
    """A line that was typed into a block, the block that it ended, if it did, and whether the line stood before."""

    typed: Running
    block: Facts
    line: Line
    gone: Facts | None = None
    had: bool = False

    @property
    def negated(self) -> bool:
        """Whether it was a ``no`` form."""
        return self.line.negated


Effect = Callable[[Entered], None]


def _erase_layer_3(at: Entered) -> None:
    """Another VRF erases the layer 3 lines of the interface (7.15)."""
    _drop(at.block, _LAYER_3)


def _change_layer(at: Entered) -> None:
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


def _group(at: Entered) -> None:
    """A port that joins takes the lines of its port-channel, which is made if it is not there.

    One that leaves keeps what it had of it.
    """
    typed, port = at.typed, at.block
    if at.negated:
        return
    number = str(at.line.value).split()[0]
    typed.joined(number, port.head)
    head = f"interface port-channel{number}"
    channel = typed.block(head)
    if channel is None:
        channel = typed.made(head)
        channel.known.update(_shared(port))
    for key in _shared(port):
        del port.known[key]


def leave(typed: Running, port: Facts) -> None:
    """Give a port what it keeps of its port-channel when it leaves it."""
    channel = channel_of(typed.root, port)
    if channel is not None:
        port.known.update(_shared(channel))


def _shared(block: Facts) -> dict[str, Fact]:
    """The lines that a port-channel and its members have in common."""
    return {
        key: fact for key, fact in block.known.items() if fact.line.row.inherited and key.startswith(SHOWN_BY_MEMBERS)
    }


def _peer_link(at: Entered) -> None:
    """The port type of a peer-link becomes ``network`` by itself (2.3)."""
    line = known("interface", _NETWORK)
    if not at.negated:
        at.block.known[line.key] = Fact(line, _NETWORK, BY_ITSELF)


def _drop_feature(at: Entered) -> None:
    """A feature that goes takes all its lines along (2.1)."""
    beginnings = _OF_FEATURE.get(at.line.key.removeprefix("feature "), ()) if at.negated else ()
    if not beginnings:
        return
    for key in list(at.block.blocks):
        block = at.typed.block(key)
        if block is not None:
            _drop(block, beginnings)
    _drop(at.block, beginnings)


def _drop_excluded(at: Entered) -> None:
    """The list of excluded VLANs implies its flag, so the flag's ``no`` takes both [likely]."""
    if at.negated:
        at.block.known.pop(_EXCLUDED, None)


def _drop_delay(at: Entered) -> None:
    """The delay implies its flag, so the flag's ``no`` takes both [likely]."""
    if at.negated:
        at.block.known.pop("auto-recovery reload-delay", None)


def _replace_preempt(at: Entered) -> None:
    """The delay is said in the same line, so that it replaces the bare one, and its end ends both (BF)."""
    at.block.known.pop("preempt", None)


def _replace_vni(at: Entered) -> None:
    """A segment is on the interface once, with or without ``associate-vrf``, and its end ends either [likely]."""
    number = at.line.key.split()[-1]
    for key in (f"member vni {number}", f"member vni associate-vrf {number}"):
        if key != at.line.key:
            at.block.blocks.pop(key, None)


def _drop_user(at: Entered) -> None:
    """The end of a user of SNMP takes all of its lines (cisco.nxos issue 794)."""
    user = at.line.key.split()
    for key in [key for key in at.block.known if key.split()[: len(user)] == user] if at.negated else ():
        del at.block.known[key]


def _default(at: Entered) -> None:
    """A switch-wide default changes what ports without a line of their own are."""
    on, context = not at.negated, at.typed.context
    if at.line.row.field == "switchport_default":
        if at.had and not on:  # what stood was no default, so nothing is printed now; see `Context.of`
            del at.block.known[at.line.key]
            said = {block.has("switchport") for block in at.typed.root.blocks.values()}
            on = False in said or True not in said
        at.typed.context = context._replace(switchport=on)
    else:
        at.typed.context = context._replace(switchport_shutdown=on)


def _jumbo(at: Entered) -> None:
    value = at.line.value if isinstance(at.line.value, int) and not at.negated else 9216
    at.typed.context = at.typed.context._replace(jumbo_mtu=value)


def _release_members(at: Entered) -> None:
    """The ports of a port-channel that is deleted are in none, and keep its lines (Interfaces guide [likely])."""
    name = interface_name(at.line.key)
    if name is None or name.kind != "port-channel" or not at.negated or at.gone is None:
        return
    for key in at.typed.members(name.number):
        port = at.typed.block(key)
        if port is not None:
            del port.known[GROUP]
            port.known.update(_shared(at.gone))


def _quiet_redirects(at: Entered) -> None:
    """Under ``peer-gateway`` every SVI has these two lines, without anybody typing them (7.11)."""
    if at.negated:
        return
    for head in [head for head in at.typed.root.blocks if head.startswith(_SVI)]:
        svi = at.typed.block(head)
        if svi is not None:
            _quieten(svi)


def _quieten(svi: Facts) -> None:
    for text in ("no ip redirects", "no ipv6 redirects"):
        line = known("interface", text)
        svi.known.setdefault(line.key, Fact(line, text, BY_ITSELF))


def _has_peer_gateway(domain: Facts) -> bool:
    return bool(domain.has("peer-gateway") or domain.has(_EXCLUDED))


def _fresh_svi(at: Entered) -> None:
    """So has one that is made later."""
    svi = at.typed.block(at.line.key) if at.line.key.startswith(_SVI) and not at.negated else None
    if svi is not None and any(_has_peer_gateway(at.typed.root.blocks[key]) for key in at.typed.domains()):
        _quieten(svi)


EFFECTS: Mapping[str, tuple[Effect, ...]] = {
    "vrf member <word>": (_erase_layer_3,),
    "switchport": (_change_layer,),
    "channel-group <int> [force] [mode {on|active|passive}]": (_group,),
    "vpc peer-link": (_peer_link,),
    "feature <#text>": (_drop_feature,),
    "preempt delay [minimum <int>] [reload <int>] [sync <int>]": (_replace_preempt,),
    "snmp-server user <#word>": (_drop_user,),
    "member vni <#int>": (_replace_vni,),
    "member vni <#int> associate-vrf": (_replace_vni,),
    "auto-recovery": (_drop_delay,),
    "system default switchport": (_default,),
    "system default switchport shutdown": (_default,),
    "system jumbomtu <int>": (_jumbo,),
    "peer-gateway": (_quiet_redirects, _drop_excluded),
    "peer-gateway exclude-vlan <vlans>": (_quiet_redirects,),
    "interface <#interface>": (_release_members, _fresh_svi),
}
"""What a line does besides standing there, by its row; the sources are in the functions."""
