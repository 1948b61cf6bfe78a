"""How an emulated pair fares: what its two configurations and the events so far make of it, by the drill.

So whatever the lab answers of a pair is what the drill says, in the words of a switch: that proves what reads it, not
how NX-OS behaves. Words that no corpus file shows in that situation are marked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mlagkit.befalling import events_of, lost_by
from mlagkit.drill import Event, Kind, Outcome, State, SwitchOutcome, drill, parse_event
from mlagkit.drill.wiring import Peers
from mlagkit.nxos.consistency import carried_on
from mlagkit.nxos.lab.live import Configs, Happened, LabEvent
from mlagkit.nxos.parse import parse
from mlagkit.nxos.reply import without_stamps
from mlagkit.nxos.system_mac import system_mac
from mlagkit.peers import peers_of_running
from mlagkit.state import (
    InterfaceStatus,
    KeepaliveState,
    KeepaliveStatus,
    Leg,
    LinkStatus,
    MemberPort,
    Neighbour,
    OrphanPorts,
    PeerLink,
    PeerStatus,
    PortChannel,
    RoleState,
    SwitchState,
    Timer,
    Verdict,
    VpcState,
)
from mlagkit.switch import Port, Switch
from mlagkit.topology.attached import links
from mlagkit.topology.carried import orphans, vpc_vlans
from mlagkit.topology.channels import is_static
from mlagkit.values import InterfaceName, VlanSet
from mlagkit.verdict.printed import INCOMPATIBLE, leg_table, vlan_table, whole_table
from mlagkit.verify.implied import ImpliedChannel, ImpliedSwitch, implied

# corpus: show-vpc/ntc-show-vpc.txt, where neither had ever been heard.
_UNREACHABLE = "Suspended (Destination IP not reachable)"
_NOT_PERFORMED = "Consistency Check Not Performed"
_GLOBAL = "Global compat check failed"  # OUT3
_UDP_PORT, _TOS = 3200, 192  # corpus: show-vpc-peer-keepalive
Ends = Mapping[str, Mapping[InterfaceName, str]]
"""By switch, who is on which port."""


class Emulated:
    """Tells how the switches of a lab fare; the last answer is kept, since a reader asks for it many times."""

    def __init__(self, ends: Ends) -> None:
        self._ends = ends
        self._last: tuple[object, Mapping[str, SwitchState]] = (None, {})

    def understand(self, words: str, configs: Configs, happened: Sequence[Happened]) -> Sequence[LabEvent]:
        """What words mean to both; ValueError, with what was probably meant, where they can't happen now."""
        return events_of(words, _peers(configs), [parse_event(each.words) for each in happened])

    def __call__(self, configs: Configs, happened: Sequence[Happened]) -> Mapping[str, SwitchState]:
        """The state of both; of a lab that is no pair, nothing. ValueError for words that are no event."""
        events = [parse_event(each.words) for each in happened]
        if len(configs) != 2:
            return {}
        ago = [int(each.ago) for each in happened]
        key = ({name: without_stamps(text) for name, text in configs.items()}, events, ago)
        if self._last[0] != key:
            self._last = key, dict(_states(_Pair.of(_peers(configs), events, ago), self._ends))
        return self._last[1]


def _peers(configs: Configs) -> Peers:
    return peers_of_running({name: parse(text, name) for name, text in configs.items()})


@dataclass(frozen=True, slots=True)
class _Pair:
    """A pair after its events: before the last return and after all, and how many seconds ago that return was.

    ``ago`` is that of the last event where nothing returned. ``cut`` are the events that did not return, without those
    of whole switches.
    """

    peers: Peers
    before: Outcome
    now: Outcome
    returns: bool
    ago: int
    must: Mapping[str, ImpliedSwitch]
    cut: Collection[Event]

    @classmethod
    def of(cls, peers: Peers, events: Sequence[Event], ago: Sequence[int]) -> _Pair:
        now = drill(peers, events)
        must = implied(peers)
        lead = [name for name, each in now.switches.items() if each.role.leads]
        leader = lead[0] if len(lead) == 1 else must.primary or must.hostnames[0]
        back = [at for at, event in enumerate(events) if event.up and not event.is_local]
        last = back[-1] if back else len(events) - 1
        before = drill(peers, events[: max(last, 0)])
        return cls(peers, before, now, bool(back), ago[last] if events else 0, must.led[leader], lost_by(events))

    @property
    def differs(self) -> bool:
        """Whether an event made the switches differ in a parameter of the whole."""
        return Event(Kind.TYPE_1) in self.cut

    def differs_in(self, vpc: int) -> bool:
        """Whether an event made them differ in one of that vPC."""
        return Event(Kind.TYPE_1_VPC, number=vpc) in self.cut

    def is_cut(self, switch: Switch, port: InterfaceName) -> bool:
        """Whether an event took a single link."""
        link, member = Event(Kind.LINK, switch.name, port), Event(Kind.PEER_LINK_MEMBER, interface=port)
        is_member = switch.peer_link is not None and port in switch.peer_link.members
        return link in self.cut or (is_member and member in self.cut)


def _states(pair: _Pair, ends: Ends) -> Iterator[tuple[str, SwitchState]]:
    for at, (switch, peer) in enumerate((pair.peers, pair.peers[::-1])):
        legs = list(_legs(pair, switch))
        judged = pair.must[switch.name].judged
        channels = {leg.port: leg.status for leg in legs}
        if switch.peer_link:
            channels[switch.peer_link.name] = _link(pair.now.switches[switch.name].peer_link)
        yield (
            switch.name,
            SwitchState(
                hostname=switch.name,
                vpc=_vpc(pair, switch, legs) if switch.domain else None,
                role=_role(pair, switch, peer, at) if switch.domain else None,
                keepalive=_keepalive(pair, switch),
                consistency=whole_table(judged, at),
                vlan_consistency=vlan_table(judged),
                interface_consistency={leg.port: leg_table(judged, at, switch, leg.vpc) for leg in legs},
                orphan_ports=tuple(_orphans(switch)),
                port_channels=tuple(_channel(pair, switch, port, channels) for port in switch.port_channels),
                interfaces=tuple(_routed(pair, switch)),
                neighbours=tuple(_neighbours(pair, switch, ends.get(switch.name, {}))),
            ),
        )


def _link(state: State) -> LinkStatus:
    return LinkStatus.UP if state is State.UP else LinkStatus.DOWN


def _remaining(pair: _Pair, switch: Switch, *, leg: int | None = None) -> int:
    """Seconds that delay restore holds legs back: those that the last event brought back."""
    if not pair.returns or switch.domain is None:
        return 0
    before, now = pair.before.switches[switch.name].legs, pair.now.switches[switch.name].legs
    back = [vpc for vpc in now if now[vpc] is State.UP and before[vpc] is not State.UP and leg in (None, vpc)]
    left = switch.domain.delay_restore.vpc - pair.ago
    is_rejoined = pair.before.switches[switch.name].peer_link is not State.UP
    return max(0, left) if back and is_rejoined else 0


def _legs(pair: _Pair, switch: Switch) -> Iterator[Leg]:
    """The legs in the words of the corpus.

    The star of a leg that is down on both switches, too: show-vpc-brief/markovd-lab01-n7k-1.txt;
    without a peer-link: show-vpc/genie-go-5.txt.
    """
    here = pair.now.switches[switch.name]
    for vpc, must in pair.must[switch.name].legs.items():
        is_up = here.legs[vpc] is State.UP and not _remaining(pair, switch, leg=vpc)
        is_checked = here.peer_link is State.UP
        consistency, reason = must.consistency if is_checked else Verdict.SUCCESS, None
        if is_checked and (must.consistency is Verdict.FAILED or pair.differs or pair.differs_in(vpc)):
            consistency, reason = Verdict.FAILED, _of_leg(pair, must)
        forwarded = must.vlans if is_checked else carried_on(switch, switch.ports[must.port])
        yield Leg(
            vpc=vpc,
            port=must.port,
            status=LinkStatus.UP if is_up else LinkStatus.DOWN,
            over_peer_link=not is_up and is_checked,
            consistency=consistency,
            reason=reason,
            vlans=VlanSet(forwarded) if is_up else VlanSet(),
        )


def _of_leg(pair: _Pair, must: ImpliedChannel) -> str:
    if must.because:
        return _reason(must.because)
    return _GLOBAL if pair.differs else INCOMPATIBLE


def _reason(because: Sequence[str]) -> str:
    """corpus: show-vpc/genie-go-3.txt has these words of one parameter."""
    return f"{INCOMPATIBLE} - {because[0]} inconsistent"


def _vpc(pair: _Pair, switch: Switch, legs: Sequence[Leg]) -> VpcState:
    domain, must, here = switch.domain, pair.must[switch.name], pair.now.switches[switch.name]
    assert domain is not None
    is_up = here.peer_link is State.UP
    delay, remaining = domain.delay_restore, _remaining(pair, switch)
    svi = max(0, delay.interface_vlan - pair.ago) if remaining else 0
    return VpcState(
        domain=domain.id,
        peer=PeerStatus.OK if is_up else PeerStatus.LINK_DOWN,
        peer_said="peer adjacency formed ok" if is_up else "peer link is down",
        keepalive=_alive(here),
        keepalive_said="peer is alive" if here.keepalive else _UNREACHABLE,
        role=here.role,
        consistency=Verdict.FAILED if pair.differs or not is_up else must.consistency,
        consistency_reason=_whole(pair, must) if is_up else _NOT_PERFORMED,
        vlan_consistency=must.vlan_consistency if is_up else Verdict.SUCCESS,
        type_2_consistency=Verdict.FAILED if must.type_2_because or not is_up else Verdict.SUCCESS,
        type_2_reason=_type_2(must) if is_up else _NOT_PERFORMED,
        vpcs_configured=len(legs),
        peer_gateway=domain.peer_gateway,
        dual_active_excluded=domain.dual_active_exclude_vlans,
        graceful_consistency=domain.graceful_consistency_check,
        auto_recovery=domain.auto_recovery,
        auto_recovery_timer=Timer(running=False, timeout=domain.auto_recovery_reload_delay)
        if domain.auto_recovery
        else None,
        delay_restore=_timer(delay.vpc, remaining),
        delay_restore_interface_vlan=_timer(delay.interface_vlan, svi),
        delay_restore_orphan_port=_timer(delay.orphan_port, 0),
        layer3_peer_router=domain.layer3_peer_router,
        virtual_peer_link=domain.virtual_peer_link is not None,
        peer_links=tuple(_peer_links(must, is_up=is_up)),
        legs=tuple(legs),
    )


def _alive(here: SwitchOutcome) -> KeepaliveStatus:
    return KeepaliveStatus.ALIVE if here.keepalive else KeepaliveStatus.SUSPENDED


def _whole(pair: _Pair, must: ImpliedSwitch) -> str | None:
    if must.because:
        return _reason(must.because)
    return INCOMPATIBLE if pair.differs else None


def _type_2(must: ImpliedSwitch) -> str | None:
    """OUT3 has the words for SVIs; of the others they are assumed."""
    if not must.type_2_because:
        return None
    what = "SVI" if must.type_2_because[0].startswith("Interface-vlan") else must.type_2_because[0]
    return f"{what} type-2 configuration incompatible"


def _timer(timeout: int, left: int) -> Timer:
    return Timer(running=left > 0, timeout=timeout, left=left or None)


def _peer_links(must: ImpliedSwitch, *, is_up: bool) -> Iterator[PeerLink]:
    if must.peer_link:
        status = LinkStatus.UP if is_up else LinkStatus.DOWN
        yield PeerLink(
            id=1, port=must.peer_link.port, status=status, vlans=must.peer_link.vlans if is_up else VlanSet()
        )


def _role(pair: _Pair, switch: Switch, peer: Switch, at: int) -> RoleState:
    domain, there = switch.domain, peer.domain
    assert domain is not None
    here = pair.now.switches[switch.name]
    suspended = State.SUSPENDED in here.legs.values()
    mine, theirs = domain.role_priority, there.role_priority if there else 32667
    return RoleState(
        role=here.role,
        dual_active=suspended and here.peer_link is not State.UP and here.keepalive,
        system_mac=system_mac(domain),
        system_priority=domain.system_priority,
        local_mac=_own_mac(at),
        local_role_priority=mine,
        local_configured_role_priority=mine,
        peer_mac=_own_mac(1 - at),
        peer_role_priority=theirs,
        peer_configured_role_priority=theirs,
    )


def _own_mac(at: int) -> str:
    return f"0200.0000.01{at + 1:02x}"


def _keepalive(pair: _Pair, switch: Switch) -> KeepaliveState | None:
    own, here = switch.keepalive, pair.now.switches[switch.name]
    if own is None:
        return None
    return KeepaliveState(
        status=_alive(here),
        said="peer is alive" if here.keepalive else _UNREACHABLE,
        alive_for=pair.ago or 3600 if here.keepalive else None,
        last_update=None,
        send="Success",
        receive="Success" if here.keepalive else "Failed",
        sent_on=None,
        received_on=None,
        destination=own.destination,
        vrf=own.vrf,
        interval=own.interval,
        timeout=own.timeout,
        hold_timeout=own.hold_timeout,
        udp_port=own.udp_port or _UDP_PORT,
        tos=own.tos_byte or _TOS,
    )


def _orphans(switch: Switch) -> Iterator[OrphanPorts]:
    """A row for each VLAN that the peer-link has, as the public example shows it."""
    for vlan in sorted(vpc_vlans(switch)):
        ports = tuple(port.name for port in orphans(switch) if vlan in port.allowed)
        if ports:
            yield OrphanPorts(vlans=VlanSet((vlan,)), ports=ports)


def _routed(pair: _Pair, switch: Switch) -> Iterator[InterfaceStatus]:
    """Gateways, the tunnel and the uplinks, in words of corpus: show-interface-status/napalm-ssh-facts-n93180.txt."""
    domain, here = switch.domain, pair.now.switches[switch.name]
    delayed = domain is not None and _remaining(pair, switch) > 0 and domain.delay_restore.interface_vlan > pair.ago
    before = pair.before.switches[switch.name].svis
    states = {
        switch.svis[vlan].name: state is State.UP and not (delayed and before[vlan] is not State.UP)
        for vlan, state in here.svis.items()
    }
    if switch.nve:
        states[switch.nve.name] = here.tunnel is State.UP
    are_cut = Event(Kind.UPLINKS, switch.name) in pair.cut
    states |= {port: not are_cut and not pair.is_cut(switch, port) for port in pair.must[switch.name].uplinks}
    for port, is_up in states.items():
        yield InterfaceStatus(
            port=port, name=None, status="connected" if is_up else "down", vlan=None, duplex=None, speed=None, type=None
        )


def _channel(pair: _Pair, switch: Switch, port: Port, told: Mapping[InterfaceName, LinkStatus]) -> PortChannel:
    """A port-channel of neither kind is up with its open ports."""
    up = {each.name for each in links(switch, port) if not pair.is_cut(switch, each.name)}
    status = told.get(port.name, LinkStatus.UP if up else LinkStatus.DOWN)
    words = {True: "bundled", False: "down"}
    return PortChannel(
        port=port.name,
        switched=port.mode != "routed",
        status=status.value,
        protocol="NONE" if is_static(switch, port) else "LACP",
        members=tuple(
            MemberPort(port=name, status=words[name in up and status is LinkStatus.UP]) for name in port.members
        ),
    )


def _neighbours(pair: _Pair, switch: Switch, ends: Mapping[InterfaceName, str]) -> Iterator[Neighbour]:
    """Those that the pair file knows of; what they call their ports is assumed."""
    link = switch.peer_link
    for port, device in ends.items():
        if port in switch.ports and not switch.ports[port].shutdown:
            is_cut = (
                link is not None and port in link.members and pair.now.switches[switch.name].peer_link is State.DOWN
            )
            if not is_cut:
                yield Neighbour(port=port, device=device, far_port=str(port))
