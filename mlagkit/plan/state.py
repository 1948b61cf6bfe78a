"""How a pair stands between two steps: what forwards, which errors there are, whether both switches agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace

from mlagkit.drill import Outcome, State
from mlagkit.finding import Finding
from mlagkit.nxos.effective import Side
from mlagkit.nxos.read import Known, read_side
from mlagkit.rules.judge import errors_of
from mlagkit.rules.rule import Rule
from mlagkit.switch import Switch
from mlagkit.topology.channels import TRUNK
from mlagkit.values import InterfaceName, VlanSet
from mlagkit.verdict import Verdict

Peers = tuple[Switch, Switch]
Thing = tuple[str, str]
"""A switch, and what of it forwards: a leg, an orphan port, a gateway; for a host the switch is ``""``."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a pair file knows of a switch and no configuration says, from the intended ``switch``.

    It is ``known`` as it was read last: from one moment of a plan to the next most of its ports stay the same.
    """

    switch: Switch
    known: Known = field(compare=False)

    @classmethod
    def by(cls, switch: Switch) -> Told:
        """What the intended switch tells, before anything was read."""
        return cls(switch, Known({name: port.host for name, port in switch.ports.items() if port.host}))

    def of(self, side: Side) -> Switch:
        """The switch that stands like that, with what is attached to it."""
        there = self.switch
        found = read_side(
            side,
            name=there.name,
            peer=there.peer,
            pair=there.pair,
            model=there.model,
            release=there.release,
            known=self.known,
        )
        return replace(
            found,
            name=there.name,
            hosts=there.hosts,
            cabling=there.cabling,
            line_cards=there.line_cards,
        )


@dataclass(frozen=True, slots=True)
class Staying:
    """What a switch has before and after a change: the VLANs as a whole, and those that each port carries.

    A VLAN that comes to a trunk, or leaves it, is on one leg of a vPC only until the other switch has followed: whoever
    talks in the others notices nothing.
    """

    vlans: frozenset[int]
    carried: Mapping[InterfaceName, VlanSet]

    @classmethod
    def of(cls, first: Switch, last: Switch) -> Staying:
        """What there is at both ends; the ports are those that do not carry the same."""
        both = ((port, last.ports[name]) for name, port in first.ports.items() if name in last.ports)
        return cls(
            frozenset(first.vlans.keys() & last.vlans.keys()),
            {
                before.name: VlanSet(before.vlans & after.vlans)
                for before, after in both
                if before.vlans != after.vlans and TRUNK in (before.mode, after.mode)
            },
        )

    def within(self, switch: Switch) -> Switch:
        """The switch at some moment in between, with nothing that comes or goes."""
        if not self.carried and switch.vlans.keys() <= self.vlans:
            return switch
        there = ((name, vlans, switch.ports[name]) for name, vlans in self.carried.items() if name in switch.ports)
        ports = {name: replace(port, vlans=VlanSet(port.vlans & vlans)) for name, vlans, port in there}
        return replace(
            switch,
            vlans={number: vlan for number, vlan in switch.vlans.items() if number in self.vlans},
            ports={**switch.ports, **ports} if ports else switch.ports,
        )


def lasting(peers: Peers, staying: tuple[Staying, Staying], primary: str | None) -> Peers:
    """Both switches as one pair, with what each has before and after the change."""
    one, other = (each.within(switch) for switch, each in zip(_one_pair(peers, primary), staying, strict=True))
    return one, other


def forwarding(outcome: Outcome) -> frozenset[Thing]:
    """What forwards: hosts, and of each switch its legs, gateways and orphan ports."""
    found = {("", name) for name, host in outcome.hosts.items() if host.connected}
    for name, switch in outcome.switches.items():
        legs = {f"vPC {number}": state for number, state in switch.legs.items()}
        gateways = {f"gateway of VLAN {vlan}": state for vlan, state in switch.svis.items()}
        orphans = {str(port): state for port, state in switch.orphans.items()}
        found |= {(name, what) for what, state in {**legs, **gateways, **orphans}.items() if state is State.UP}
    return frozenset(found)


def _one_pair(peers: Peers, primary: str | None) -> Peers:
    """Both as one pair while the peer-link is shut: who leads goes on (reference 5, F06), whatever the other is.

    What both have to agree in to be one pair is compared over the peer-link.
    """
    leader = next((switch.domain for switch in peers if switch.name == primary), None)
    if leader is None or is_linked(peers):
        return peers
    one, other = (
        replace(
            switch,
            domain=replace(
                switch.domain, id=leader.id, system_mac=leader.system_mac, system_priority=leader.system_priority
            ),
        )
        if switch.domain
        else switch
        for switch in peers
    )
    return one, other


def is_linked(peers: Peers) -> bool:
    """Whether no switch has its peer-link shut."""
    return not any(switch.peer_link and switch.peer_link.shutdown for switch in peers)


def errors(peers: Peers, rules: Iterable[Rule]) -> Mapping[tuple[str, str], Finding]:
    """The errors that the rules find, by rule and message."""
    return {(each.rule, each.message): each for each in errors_of(rules, peers)}


def is_there(finding: Finding, switch: Switch) -> bool:
    """Whether a switch has the object that a finding speaks of."""
    kind, name = (*finding.keys, "", "")[:2]
    known: Mapping[str, Container[object]] = {
        "vpcs": {str(number) for number in switch.vpcs},
        "port_channels": {port.name.number for port in switch.port_channels},
        "interfaces": switch.ports,
        "vlans": {str(vlan) for vlan in switch.vlans},
        "svis": {str(vlan) for vlan in switch.svis},
        "loopbacks": {str(number) for number in switch.loopbacks},
        "vrfs": switch.vrfs,
    }
    return kind not in known or name in known[kind]


def mismatches(judged: Verdict, peers: Peers) -> Counter[str]:
    """The Type-1 parameters in which both switches differ, and in how many tables.

    Of a VLAN that one of them has alone nothing is compared: what a peer lacks is ignored (reference 3.1: G106).
    """
    one, other = peers
    alone = one.vlans.keys() ^ other.vlans.keys()
    ignored = {id(row) for vlan in alone for row in judged.vlans.get(vlan, ())}
    rows = (row for row in judged.comparisons if id(row) not in ignored)
    return Counter(row.name for row in rows if row.type == 1 and row.fails and not row.per_vlan)
