"""What stands at the far end of the legs: whether it is one host, on both switches, and how it bundles its links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mlagkit.finding import Severity
from mlagkit.host import LACP_BOND
from mlagkit.part import asked_once
from mlagkit.record import record
from mlagkit.rules.differences import once, side_by_side
from mlagkit.rules.rule import Hit, Peers, SiteHit, Spot, pair_rule, site_rule, spot, switch_rule
from mlagkit.switch import Port, Switch
from mlagkit.topology.attached import attached, ports_to
from mlagkit.topology.channels import EDGE, channel_modes, port_type, speaks_lacp, vpc_legs
from mlagkit.values import InterfaceName

_PASSIVE = frozenset(("passive",))

Devices = frozenset[str]


@pair_rule("MB04", Severity.WARNING)
def vpc_hosts_crossed(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The legs of a vPC lead to different hosts.

    Why: Two hosts answer as one LACP partner: one of the legs is suspended. Two devices that may be one to LACP, which
        is what two other switches are, count only behind edge ports.

    Needs: `cabling` or `host` on both switches in a pair file, or its `hosts` where descriptions name them;
        running-configs do not tell of them.

    Bad:
        vpcs: {11: {host: {sw-a: web-01, sw-b: db-01}}, 12: {host: {sw-a: db-01, sw-b: web-01}}}
        hosts:

    Good:
        vpcs: {11: {host: web-01}, 12: {host: db-01}}
        hosts: {web-01: {needs: 20}}

    Fix: Exchange the cables on one switch, or mend what the pair file says of them.

    Source: OUT1 lag-id Type-1 [likely from config]
    """
    theirs = vpc_legs(peer)
    for number, leg in vpc_legs(switch).items():
        other = theirs.get(number)
        found = _first_known(switch, leg, peer, other) if other else None
        if found and found[0].isdisjoint(found[1]):
            own, there = ("/".join(sorted(devices)) for devices in found)
            message = f"vPC {number} leads to {side_by_side(switch, own, peer, there)}"
            yield from once(switch, peer, Hit(leg, "host", message))


def _first_known(switch: Switch, leg: Port, peer: Switch, other: Port) -> tuple[Devices, Devices] | None:
    """The devices behind two legs, from the first source that knows both; None where they may be one to LACP."""
    for own, theirs in zip(_devices(switch)[leg.name], _devices(peer)[other.name], strict=True):
        if own and theirs:
            both_edge = all(port_type(*at).startswith(EDGE) for at in ((switch, leg), (peer, other)))
            return (own, theirs) if both_edge or own | theirs <= switch.hosts.keys() else None
    return None


def _cabled(switch: Switch, leg: Port) -> Devices:
    """The devices that the cables of a leg lead to."""
    return frozenset(switch.cabling[name].split()[0] for name in leg.members if name in switch.cabling)


@asked_once
def _devices(switch: Switch) -> Mapping[InterfaceName, tuple[Devices, ...]]:
    """What is behind each leg by its cables, by the pair file's word for it, by its description; the best first."""
    return {leg.name: (_cabled(switch, leg), _named(leg), _described(switch, leg)) for leg in vpc_legs(switch).values()}


def _named(leg: Port) -> Devices:
    """The host that the pair file says is behind a leg."""
    return frozenset((leg.host,)) if leg.host else frozenset()


def _described(switch: Switch, leg: Port) -> Devices:
    """The host of the pair file that the description names, if it is one."""
    words = frozenset((leg.description or "").split()) & switch.hosts.keys()
    return words if len(words) == 1 else frozenset()


@record
class CabledLeg:
    """An open leg, and the far ports that its cables lead to, by device (empty where the cabling names none).

    ``edge`` is the place of its type where that is of an edge port, ``passive`` that of its mode where it is passive.
    """

    vpc: int
    far: Mapping[str, tuple[str, ...]]
    edge: Spot | None
    passive: Spot | None


@record
class Cabled:
    """A switch with its legs that have cables; ``lacp`` is the mode of every port where one of them is passive."""

    name: str
    legs: tuple[CabledLeg, ...]
    lacp: Mapping[str, str | None]


def cabled_pair(peers: Peers) -> tuple[Cabled, ...]:
    """Both switches, as those at the other ends of their cables see them."""
    return tuple(Cabled(name=each.name, legs=tuple(_cabled_legs(each)), lacp=_modes(each)) for each in peers)


def _cabled_legs(switch: Switch) -> Iterator[CabledLeg]:
    for number, leg in vpc_legs(switch).items():
        far: dict[str, list[str]] = {}
        for name in leg.members:
            device, _, port = switch.cabling.get(name, "").partition(" ")
            if device:
                far.setdefault(device, []).append(_port_name(port))
        if far and not leg.shutdown:
            is_edge, is_passive = port_type(switch, leg).startswith(EDGE), channel_modes(switch, leg) == _PASSIVE
            yield CabledLeg(
                vpc=number,
                far={device: tuple(ports) for device, ports in far.items()},
                edge=spot(switch, leg, "port_type") if is_edge else None,
                passive=spot(switch, leg, "lacp") if is_passive else None,
            )


def _modes(switch: Switch) -> Mapping[str, str | None]:
    modes = {str(name): port.lacp for name, port in switch.ports.items()}
    return modes if _PASSIVE & set(modes.values()) else {}


@site_rule("MB07", Severity.ERROR, facts=cabled_pair)
def lacp_both_passive(pairs: Sequence[tuple[Cabled, ...]]) -> Iterator[SiteHit]:
    """A leg and the switch behind it both wait for the other to begin with LACP.

    Why: Passive at both ends never bundles. The rule needs the `cabling` with the far port, and the other switch among
        the pairs that are looked at; nobody tells whether the bond of a server is passive, and hardly one is.

    Bad:
        vpcs: {11: {host: , lacp: passive, port_type: normal}}
        cabling: {sw-a: {Ethernet1/1: sw-c Ethernet1/1}}
        ---
        pair: other
        switches:
          sw-c: {management: 192.0.2.21/24, role_priority: 8192}
          sw-d: {management: 192.0.2.22/24, role_priority: 16384}
        domain: {id: 20}
        svis:
        vpcs: {11: {host: , lacp: passive, port_type: normal}}

    Good:
        vpcs: {11: {host: , lacp: passive, port_type: normal}}
        cabling: {sw-a: {Ethernet1/1: sw-c Ethernet1/1}}
        ---
        pair: other
        switches:
          sw-c: {management: 192.0.2.21/24, role_priority: 8192}
          sw-d: {management: 192.0.2.22/24, role_priority: 16384}
        domain: {id: 20}
        svis:
        vpcs: {11: {host: , lacp: active, port_type: normal}}

    Fix: Make one end active, better both.

    Source: K [certain]
    """
    for leg, other in switches_behind(pairs):
        far = {other.lacp[port] for port in leg.far[other.name] if port in other.lacp}
        if leg.passive and far == _PASSIVE:
            message = f"vPC {leg.vpc} is passive, and so is {other.name} behind it"
            yield SiteHit(leg.passive, message, fix="active")


def switches_behind(pairs: Sequence[tuple[Cabled, ...]]) -> Iterator[tuple[CabledLeg, Cabled]]:
    """Every open leg with each switch of another pair that its cables lead to."""
    switches = {switch.name: switch for pair in pairs for switch in pair}
    for pair in pairs:
        own = {each.name for each in pair}
        for leg in (leg for switch in pair for leg in switch.legs):
            yield from ((leg, switches[name]) for name in sorted(leg.far) if name in switches and name not in own)


def _port_name(text: str) -> InterfaceName:
    """The name of a port in the one spelling; of another text what it says."""
    try:
        return InterfaceName.parse(text)
    except ValueError:
        return InterfaceName(text)


@pair_rule("MB29", Severity.WARNING)
def single_homed_vpc(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The host behind a vPC has links to one switch only.

    Why: It is what a vPC is not for: with that switch the host is gone. The rule needs the `cabling` of both switches.

    Needs: `cabling` in a pair file; running-configs do not tell of it.

    Bad:
        cabling:
          sw-a: {Ethernet1/1: web-01 eno1, Ethernet1/2: db-01 eno1}
          sw-b: {Ethernet1/2: db-01 eno2}

    Good:
        cabling:
          sw-a: {Ethernet1/1: web-01 eno1, Ethernet1/2: db-01 eno1}
          sw-b: {Ethernet1/1: web-01 eno2, Ethernet1/2: db-01 eno2}

    Fix: Cable the host to the other switch, too, or make its port an orphan port.

    Source: G106 [certain]
    """
    devices = {text.split()[0] for text in peer.cabling.values()}
    theirs = vpc_legs(peer)
    for number, leg in vpc_legs(switch).items():
        other, hosts = theirs.get(number), _cabled(switch, leg)
        if other and hosts and devices and devices.isdisjoint(hosts) and not _cabled(peer, other):
            message = f"vPC {number} leads to {'/'.join(sorted(hosts))}, which has no cable to {peer.name}"
            yield Hit(leg, "host", message)


@switch_rule("MB31", Severity.WARNING)
def pxe_boot_unready(switch: Switch) -> Iterator[Hit]:
    """A host that boots over the network is on ports that wait for its LACP.

    Of a static channel, which does not help either, the rule about mode on speaks.

    Why: Before its system is there a host speaks no LACP, and the ports are suspended: it can't be installed. The rule
        needs the host's `pxe`.

    Needs: `hosts` in a pair file; running-configs do not tell of them.

    Bad:
        hosts:
          web-01: {pxe: true}

    Good:
        hosts:
          web-01: {pxe: true}
        vpcs:
          11: {lacp_suspend_individual: false, lacp_mode_delay: true}

    Fix: Set `lacp_suspend_individual: false` on both switches, where the channel has to be shut for it, and on Nexus
        9000 `lacp_mode_delay: true`, too.

    Source: G106, davidsudjiman.wordpress.com [certain]
    """
    for host in switch.hosts.values():
        for port in ports_to(switch, host.name) if host.pxe else ():
            if port.lacp_suspend_individual and speaks_lacp(switch, port):
                message = f"{host.name} boots over the network, and {port.name} suspends ports without LACP"
                yield Hit(port, "lacp_suspend_individual", message, fix="false")


@switch_rule("MB34", Severity.INFO)
def graceful_convergence_foreign(switch: Switch) -> Iterator[Hit]:
    """A leg to a host uses graceful convergence, which is made for Nexus switches.

    Why: When a port leaves the port-channel, some partners that are no Nexus lose frames by it. Where none are lost
        there is nothing to do. The rule needs the host's `bond`.

    Needs: `hosts` in a pair file; running-configs do not tell of them.

    Bad:
        vpcs: {11: {lacp_graceful_convergence: true}}

    Good:
        vpcs: {11: {lacp_graceful_convergence: false}}

    Fix: Turn it off if the host loses traffic; the port-channel has to be shut for it.

    Source: learnduty.com, N7K guide p.168 [likely]
    """
    for number, leg in vpc_legs(switch).items():
        host = switch.hosts.get(attached(switch, leg) or "")
        if host and host.bond == LACP_BOND and leg.lacp_graceful_convergence and speaks_lacp(switch, leg):
            message = f"vPC {number} uses graceful convergence towards {host.name}, which is no Nexus"
            yield Hit(leg, "lacp_graceful_convergence", message)
