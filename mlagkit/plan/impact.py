"""What traffic notices of one line: none, brief or outage, and who notices it.

The catalogue says what a line does to something that is in use. What does not exist yet, is shut, or has nobody behind
it, is not disturbed by anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mlagkit.nxos.catalogue import Impact, Kind
from mlagkit.nxos.change import touches
from mlagkit.nxos.change.edit import Edit
from mlagkit.nxos.change.harmless import is_harmless
from mlagkit.nxos.change.order import comes_up, grows, leaves, only_adds
from mlagkit.nxos.facts import Facts
from mlagkit.nxos.objects import always_there, interface_name, vlan_of
from mlagkit.nxos.routing import routing_of
from mlagkit.plan.use import Peers, called, in_company, in_segment, in_use, named, parties, user, vpc_of
from mlagkit.plan.way import Work
from mlagkit.switch import Port, Switch
from mlagkit.topology.carried import vpc_vlans
from mlagkit.topology.channels import open_members
from mlagkit.topology.routed import bgp_neighbours
from mlagkit.values import InterfaceName, VlanSet

EVERYBODY = "every vPC"
"""Who notices what is done to the whole switch."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The impact of a line, and who notices it; ``vpc`` is the vPC of which it disturbs one leg."""

    impact: Impact
    who: tuple[str, ...] = ()
    vpc: int | None = None


_NOBODY = Notice(Impact.NONE)
_TO_ROUTE = ("peer_gateway", "layer3_peer_router")

Heads = Mapping[str, Facts | None]
"""What stands in a block, by its first line: the block that it opens, None for unknown text."""


@dataclass(frozen=True, slots=True)
class Impacts:
    """A pair as it runs and as it shall run: what lines do to those who use it.

    ``heads`` are those of what each switch has at the left margin, each with its block, None for unknown text, and
    ``legs`` all vPCs, as `called` names them.
    """

    before: Mapping[str, Switch]
    after: Mapping[str, Switch]
    heads: Mapping[str, Heads]
    legs: frozenset[str]
    company: VlanSet
    staying: VlanSet

    @classmethod
    def of(cls, before: Mapping[str, Switch], after: Mapping[str, Switch], work: Mapping[str, Work]) -> Impacts:
        """Look once at who is there."""
        old: Peers = tuple(before.values())
        staying = frozenset[int]().union(*(party.vlans for party in parties(tuple(after.values()))))
        heads = {name: _heads(each.old.root) for name, each in work.items()}
        legs = frozenset(called(switch, f"vPC {number}") for switch in old for number in switch.vpcs)
        return cls(before, after, heads, legs, in_company(old), VlanSet(staying))

    def notice(self, name: str, edit: Edit) -> Notice:
        """Who notices a line on that switch, and how much."""
        if edit.leg and not (edit.passing and edit.leg == edit.head):
            return _NOBODY
        vlan = vlan_of(edit.section)
        if _is_new(edit, self.heads[name]) or (vlan is not None and vlan not in self.before[name].vlans):
            return _NOBODY
        interface = interface_name(edit.head)
        if edit.row is None:
            return self._of_text(name, edit, interface)
        if edit.row.kind is Kind.VLANS and (edit.row.trunk or edit.row.opens):
            return self._of_vlans(name, edit, interface)
        if interface is not None:
            return self._of_interface(name, edit, interface)
        return self._of_switch(name, edit)

    def who(self, lost: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        """Who notices that this does not forward any more, each by its switch; that of a host is ``""``."""
        peers = tuple(self.before.values())
        found = {named((self.before[switch],) if switch else peers, what) for switch, what in lost}
        return tuple(sorted(found))

    def _of_text(self, name: str, edit: Edit, interface: InterfaceName | None) -> Notice:
        """Nobody knows what an unknown line does: one that comes may disturb for a moment, one that goes may end it."""
        if is_harmless(edit) or (interface is not None and not in_use(self.before[name], interface)):
            return _NOBODY
        who = (user(self.before[name], interface) if interface is not None else _whoever_needs(edit.head),)
        return Notice(Impact.BRIEF if edit.adds else Impact.OUTAGE, who)

    def _of_vlans(self, name: str, edit: Edit, interface: InterfaceName | None) -> Notice:
        """VLANs that join disturb nobody; those that leave are missed by whoever shares them with somebody."""
        if edit.adds:
            return _NOBODY
        switch = self.before[name]
        missed = VlanSet(edit.vlans & self.company & switch.vlans.keys())
        if interface is None or (interface in switch.ports and switch.ports[interface].peer_link):
            missed = VlanSet(missed & self.staying)  # who leaves first has left when its VLAN goes
        elif not in_use(switch, interface) or _is_of_peer_link(switch, interface):
            return _NOBODY
        return Notice(Impact.OUTAGE, tuple(f"VLAN {part}" for part in str(missed).split(","))) if missed else _NOBODY

    def _of_interface(self, name: str, edit: Edit, interface: InterfaceName) -> Notice:
        switch, row = self.before[name], edit.row
        if row is None or not in_use(switch, interface) or comes_up(edit) or only_adds(edit):
            return _NOBODY
        if row.field == "hsrp_version" and _has_no_group(switch, interface):
            return _NOBODY
        if row.field == "vlan" and self._is_trunk(name, interface):
            return _NOBODY
        port = switch.ports.get(interface)
        impact = Impact.BRIEF if edit.passing and self._returns(name, interface) else row.impact
        if edit.opens:
            emptied = port is not None and bool(port.members)  # its ports have left before
            impact = Impact.NONE if emptied or grows(edit) else Impact.OUTAGE
        elif row.command == "vpc <int>" and edit.old is None:
            impact = Impact.BRIEF  # "expect minimal disruption" (reference 6, move existing PO into a vPC: G106)
        elif port is not None and port.channel is not None and (leaves(edit) or edit.passing):
            impact = self._leaving(name, port.channel)
        elif port is not None and port.channel is not None and self._channel_after(name, port) is None:
            impact = Impact.NONE  # it has left its port-channel before
        segment = touches.segment(edit)
        who = (user(switch, interface),) if segment is None else in_segment(switch, segment)
        if impact is Impact.NONE or not who:
            return _NOBODY
        return Notice(impact, who, vpc_of(switch, interface))

    def _is_trunk(self, name: str, interface: InterfaceName) -> bool:
        """Whether a port is a trunk and stays one: its access VLAN counts for nobody."""
        ports = [each[name].ports.get(interface) for each in (self.before, self.after)]
        return all(port is not None and port.mode == "trunk" for port in ports)

    def _returns(self, name: str, interface: InterfaceName) -> bool:
        """Whether a port-channel that is shut for a while comes up as the same leg, with ports if it had some."""
        before, after = (each[name].ports.get(interface) for each in (self.before, self.after))
        if before is None or after is None or (before.members and not after.members):
            return False
        return before.vpc == after.vpc

    def _channel_after(self, name: str, port: Port) -> int | None:
        after = self.after[name].ports.get(port.name)
        return after.channel if after else None

    def _leaving(self, name: str, channel: int | None) -> Impact:
        """A port that leaves a port-channel is not noticed while another one stays, and for a moment if others come."""
        before, after = (each[name] for each in (self.before, self.after))
        head = InterfaceName(f"port-channel{channel}")
        if head not in before.ports:
            return Impact.BRIEF
        left = {port.name for port in open_members(before, before.ports[head])}
        stays = {port.name for port in open_members(after, after.ports[head])} if head in after.ports else set()
        if left & stays:
            return Impact.NONE
        return Impact.BRIEF if stays else Impact.OUTAGE

    def _of_switch(self, name: str, edit: Edit) -> Notice:
        row = edit.row
        if row is None or self._sleeps(name, edit):
            return _NOBODY
        if edit.opens:
            goes = not grows(edit) or (edit.old is not None and edit.new is not None)
            impact = row.impact if row.impact is not Impact.NONE else Impact.BRIEF
            return Notice(impact, (_head(edit),)) if goes else _NOBODY
        if comes_up(edit) or only_adds(edit):
            return _NOBODY
        if row.kind is Kind.VLANS:
            there = VlanSet(edit.vlans & self.before[name].vlans.keys())
            if row.mode != "mst" and "instances" not in row.command and not there:
                return _NOBODY
        who = self._whose(name, edit)
        return Notice(row.impact, who) if who and row.impact is not Impact.NONE else _NOBODY

    def _sleeps(self, name: str, edit: Edit) -> bool:
        """Whether a line is about the spanning tree that the switch does not run when it is typed (reference 2.4)."""
        switch = self.before[name] if grows(edit) else self.after[name]
        return touches.mode(edit) not in (None, switch.spanning_tree.mode)

    def _whose(self, name: str, edit: Edit) -> tuple[str, ...]:
        """Who notices a line that is about no interface.

        The hosts behind an anycast gateway have its old MAC address until they ask again (K). Peer-gateway and
        peer-router that come on disturb routing over vPC VLANs only (reference 6: G106). What an access list or a
        prefix list filters, and for whom, is not looked at.
        """
        vlan = vlan_of(edit.section)
        if vlan is not None:
            return (f"VLAN {vlan}",)
        if touches.vrf(edit):
            return (f"VRF {touches.vrf(edit)}",)
        if edit.row is not None and edit.row.field == "anycast_gateway_mac":
            return tuple(f"VLAN {vlan}" for vlan, svi in self.before[name].svis.items() if svi.anycast_gateway)
        if edit.row is not None and edit.row.field in _TO_ROUTE and edit.adds:
            return tuple(f"routing over VLAN {vlan}" for vlan in _routed_over(self.before[name]))
        filters = touches.filters(edit)
        return (_whoever_needs(filters) if filters else EVERYBODY,)


def _is_of_peer_link(switch: Switch, interface: InterfaceName) -> bool:
    """Whether a port is one of the peer-link: it has left that, and is shut, when VLANs are said of it alone."""
    return switch.peer_link is not None and interface in switch.peer_link.members


def _whoever_needs(head: str) -> str:
    return f"whoever needs {head!r}"


def _routed_over(switch: Switch) -> Iterator[int]:
    """The VLANs of the peer-link over which the switch may have a routing neighbour."""
    routing, shared = routing_of(switch), vpc_vlans(switch)
    for vlan, svi in switch.svis.items():
        if vlan in shared and (routing.active_on(svi.name) or bgp_neighbours(svi, routing)):
            yield vlan


def _has_no_group(switch: Switch, interface: InterfaceName) -> bool:
    """Whether the gateway of a VLAN runs without HSRP, so that nobody speaks the version that is set."""
    svi = switch.svis.get(int(interface.number)) if interface.kind == "Vlan" else None
    return svi is not None and not svi.hsrp


def _head(edit: Edit) -> str:
    return EVERYBODY if touches.domain(edit) else edit.head


def _heads(facts: Facts) -> Heads:
    texts = dict.fromkeys(text.text for text in facts.unknown)
    return {**texts, **{inner.head: inner for inner in facts.blocks.values()}, **facts.blocks}


def _is_new(edit: Edit, there: Heads) -> bool:
    """Whether a line is in something that does not run: it is made by the plan itself."""
    if edit.leg == edit.head:  # it is shut for a while, and was not read where nothing else of it differs
        return False
    for depth, head in enumerate(edit.section, 1):
        found = there.get(head)
        if found is None:
            return head not in there and not always_there(edit.section[:depth])
        there = _heads(found)
    return False
