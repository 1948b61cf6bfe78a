"""What a pair must be by its intent: the steady state of the drill and the verdict, for either switch as the leader.

A pair that is intended inconsistent is expected to be what the switches will make of it, not what was hoped for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mlagkit.drill import State, SwitchOutcome, drill
from mlagkit.drill.exits import exits_of
from mlagkit.drill.wiring import Peers
from mlagkit.nxos.consistency import Mark, carried_by_peer_link, carried_on
from mlagkit.state import Role
from mlagkit.state import Verdict as Told
from mlagkit.switch import Domain, Port, Switch
from mlagkit.topology.attached import links
from mlagkit.topology.carried import orphans
from mlagkit.values import InterfaceName, VlanSet
from mlagkit.verdict import Action, Consequence, Roles, Verdict, verdict

_OF_ALL = (Action.SUSPENDS_ALL, Action.KEEPS_ALL)
_OF_VPC = (Action.SUSPENDS_VPC, Action.KEEPS_VPC)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpliedChannel:
    """The peer-link or a leg: its state, the VLANs that it forwards where it is up, its open ports.

    ``consistency`` is what the switches will make of it, ``because`` the parameters that differ by intent; ``sure`` is
    False where the sources are not sure what a switch does about that.
    """

    port: InterfaceName
    state: State
    vlans: VlanSet
    members: frozenset[InterfaceName]
    consistency: Told = Told.SUCCESS
    because: tuple[str, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpliedSwitch:
    """One switch as it must be; ``type_2`` is None where no configuration tells.

    ``domains`` are its own and the peer's, None where one of them has none.
    ``judged`` is the verdict on both, of which this is the one at ``at``. ``carried`` are the VLANs that its peer-link
    has, ``failing`` those of them that differ, ``vlan_because`` in which parameters of a VLAN alone. ``routed`` are the
    gateways of VLANs and the tunnel, ``uplinks`` the ports over which packets leave the pair. ``declared`` are those
    that the intent speaks of, ``orphans`` those of no vPC. ``ends`` are the devices behind ports, where LLDP is to run
    (``lldp``).
    """

    name: str
    peer: str
    domain: int | None
    domains: tuple[Domain, Domain] | None
    role: Role
    keepalive: bool
    peer_link: ImpliedChannel | None
    consistency: Told
    because: tuple[str, ...]
    type_2: Told | None
    type_2_because: tuple[str, ...]
    judged: Verdict
    at: int
    carried: VlanSet
    failing: VlanSet
    vlan_consistency: Told
    vlan_because: tuple[str, ...]
    legs: Mapping[int, ImpliedChannel]
    routed: Mapping[InterfaceName, State]
    uplinks: frozenset[InterfaceName]
    orphans: frozenset[InterfaceName]
    declared: frozenset[InterfaceName]
    ends: Mapping[InterfaceName, str]
    lldp: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Implied:
    """What a pair must be while either of its switches leads; ``primary`` leads by priority, None where either may.

    ``delay`` is how many seconds a switch that comes back keeps its ports down at most.
    """

    pair: str
    hostnames: tuple[str, str]
    primary: str | None
    delay: int
    led: Mapping[str, Mapping[str, ImpliedSwitch]]


def implied(peers: Peers) -> Implied:
    """What must be, for either switch as the leader: roles are sticky, so that a takeover of the past is no fault."""
    one, other = peers
    return Implied(
        pair=one.pair,
        hostnames=(one.name, other.name),
        primary=_primary(one, other),
        delay=max(_delay(switch) for switch in peers),
        led={leader.name: _steady(peers, leader.name) for leader in peers},
    )


def _primary(one: Switch, other: Switch) -> str | None:
    here, there = (switch.domain.role_priority if switch.domain else 0 for switch in (one, other))
    return None if here == there else one.name if here < there else other.name


def _delay(switch: Switch) -> int:
    delay = switch.domain.delay_restore if switch.domain else None
    return max(delay.vpc, delay.interface_vlan, delay.orphan_port) if delay else 0


def _steady(peers: Peers, leader: str) -> Mapping[str, ImpliedSwitch]:
    """Both switches once all is settled, with that one as the operational primary."""
    one, other = (_with_priority(switch, 1 + (switch.name != leader)) for switch in peers)
    outcome = drill((one, other), ()).switches
    judged = verdict(*peers, Roles(of=(outcome[one.name].role, outcome[other.name].role), because=""))
    differing, exits = _of_vlans(judged), exits_of(*peers).values()
    found = {}
    for at, switch in enumerate(peers):
        there = outcome[switch.name]
        carried = carried_by_peer_link(switch)
        mine = [each for each in judged.consequences if each.switch == switch.name]
        link = switch.peer_link
        found[switch.name] = ImpliedSwitch(
            name=switch.name,
            peer=switch.peer,
            domain=switch.domain.id if switch.domain else None,
            domains=_domains(switch, peers[1 - at]),
            role=there.role,
            keepalive=there.keepalive,
            peer_link=_peer_link(switch, link, there.peer_link, mine) if link else None,
            consistency=Told.FAILED if any(each.action in _OF_ALL for each in mine) else Told.SUCCESS,
            because=tuple(name for each in mine if each.action in _OF_ALL for name in each.because),
            type_2=_type_2(judged),
            type_2_because=tuple(row.name for row in judged.whole if row.type == 2 and row.fails),
            judged=judged,
            at=at,
            carried=carried,
            failing=VlanSet(carried & judged.vlans.keys()),
            vlan_consistency=Told.FAILED if differing else Told.SUCCESS,
            vlan_because=differing,
            legs={vpc: _leg(switch, vpc, state, mine) for vpc, state in there.legs.items() if vpc in switch.vpcs},
            routed=dict(_routed(switch, there)),
            uplinks=frozenset(_of_wire(port) for each in exits for port in each.uplinks[at]),
            orphans=frozenset(port.name for port in orphans(switch)),
            declared=frozenset(switch.ports),
            ends=_ends(switch),
            lldp="lldp" in switch.features,
        )
    return found


def _domains(own: Switch, other: Switch) -> tuple[Domain, Domain] | None:
    return (own.domain, other.domain) if own.domain and other.domain else None


def _with_priority(switch: Switch, priority: int) -> Switch:
    return replace(switch, domain=replace(switch.domain, role_priority=priority)) if switch.domain else switch


def _peer_link(switch: Switch, link: Port, state: State, mine: list[Consequence]) -> ImpliedChannel:
    vlans = carried_by_peer_link(switch) - _suspended(mine, None)
    return ImpliedChannel(
        port=link.name,
        state=state,
        vlans=VlanSet(vlans),
        members=frozenset(port.name for port in links(switch, link)),
    )


def _leg(switch: Switch, vpc: int, state: State, mine: list[Consequence]) -> ImpliedChannel:
    port = switch.vpcs[vpc]
    about = [each for each in mine if each.action in _OF_ALL or each.vpc == vpc]
    failing = [each for each in about if each.action in (*_OF_ALL, *_OF_VPC)]
    return ImpliedChannel(
        port=port.name,
        state=state,
        vlans=VlanSet(carried_on(switch, port) - _suspended(mine, vpc)),
        members=frozenset(each.name for each in links(switch, port)),
        consistency=Told.FAILED if failing else Told.SUCCESS,
        because=tuple(name for each in about for name in each.because),
        sure=all(each.mark is Mark.CERTAIN for each in about),
    )


def _routed(switch: Switch, there: SwitchOutcome) -> Iterator[tuple[InterfaceName, State]]:
    for vlan, state in there.svis.items():
        yield switch.svis[vlan].name, state
    if switch.nve and there.tunnel:
        yield switch.nve.name, there.tunnel


def _of_wire(port: InterfaceName) -> InterfaceName:
    """The port that a subinterface is a part of."""
    return InterfaceName(port.partition(".")[0])


def _suspended(mine: list[Consequence], vpc: int | None) -> frozenset[int]:
    """The VLANs that a switch suspends there: those of its peer-link are suspended on its legs, too."""
    several = (each.vlans for each in mine if each.action is Action.SUSPENDS_VLANS and each.vpc in (None, vpc))
    return frozenset[int]().union(*several)


def _of_vlans(judged: Verdict) -> tuple[str, ...]:
    """The parameters of type 1 in which single VLANs differ."""
    rows = (row for vlan in judged.vlans.values() for row in vlan)
    return tuple(dict.fromkeys(row.name for row in rows if row.type == 1 and row.fails))


def _type_2(judged: Verdict) -> Told | None:
    rows = [row for row in judged.whole if row.type == 2]
    if any(row.fails for row in rows):
        return Told.FAILED
    return None if any(row.equal is None for row in rows) else Told.SUCCESS


def _ends(switch: Switch) -> Mapping[InterfaceName, str]:
    """The device behind each port that is up: where the cabling says so, and the peer behind the peer-link."""
    members = links(switch, switch.peer_link) if switch.peer_link else ()
    known = {port.name: switch.peer for port in members}
    told = {name: end.split()[0] for name, end in switch.cabling.items() if end.split()}
    open_ports = {port.name for port in switch.ports.values() if not port.shutdown}
    return {name: end for name, end in {**known, **told}.items() if name in open_ports}
