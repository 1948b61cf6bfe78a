"""What the keepalive shares its fate with: other devices' addresses, supervisors, modules, one management switch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from mlagkit.finding import Severity
from mlagkit.nxos.chassis import has_two_supervisors, slot, socket
from mlagkit.record import record
from mlagkit.rules.hardware import has_modules, physical
from mlagkit.rules.rule import Hit, Peers, SiteHit, Spot, pair_rule, site_rule, spot, switch_rule
from mlagkit.switch import Switch
from mlagkit.topology.addresses import MANAGEMENT, addressed, addresses, has_vrf
from mlagkit.topology.keepalive_source import sender, source_of
from mlagkit.values import InterfaceName

_MGMT0 = InterfaceName("mgmt0")
_HOST_BITS = 2  # of a network for two switches: /30 or /31, /126 or /127


@record
class Hello:
    """Where a switch sends its keepalive from; ``apart`` says that nobody but the peer can be there."""

    vrf: str
    address: str
    apart: bool
    at: Spot


@record
class Addressed:
    """A switch with its keepalive and all its addresses, by VRF."""

    name: str
    hello: Hello | None
    addresses: Mapping[str, tuple[str, ...]]


def addressed_pair(peers: Peers) -> tuple[Addressed, ...]:
    """Both switches, as others may meet their keepalives."""
    return tuple(Addressed(name=each.name, hello=_hello(each), addresses=_by_vrf(each)) for each in peers)


@site_rule("KA12", Severity.ERROR, facts=addressed_pair)
def keepalive_ip_duplicate(pairs: Sequence[tuple[Addressed, ...]]) -> Iterator[SiteHit]:
    """A keepalive's address is used on a switch of another pair, too.

    Why: Hellos may reach the wrong switch: the addresses must be unique in the network. In a VRF with no route and
        no other network than the one between the two peers they can't meet; then this is a warning.

    Bad:
        pair: base
        ---
        pair: other
        switches:
          sw-c: {management: 192.0.2.11/24}
          sw-d: {management: 192.0.2.14/24}
        domain: {id: 11}
        svis:

    Good:
        pair: base
        ---
        pair: other
        switches:
          sw-c: {management: 192.0.2.13/24}
          sw-d: {management: 192.0.2.14/24}
        domain: {id: 11}
        svis:

    Fix: Give one of the two another address. Addresses are compared within VRFs of one name.

    Source: G106 [certain]
    """
    users = _users(pairs)
    for number, pair in enumerate(pairs):
        for switch in pair:
            hello = switch.hello
            if hello is None:
                continue
            users_here = users[hello.vrf, hello.address]
            others = sorted({name for at, name in users_here if at != number and name != switch.name})
            if others:
                message = f"{switch.name}'s keepalive address {hello.address} is used on {', '.join(others)}, too"
                yield SiteHit(hello.at, message, severity=Severity.WARNING if hello.apart else None)


def _users(pairs: Sequence[Sequence[Addressed]]) -> Mapping[tuple[str, str], set[tuple[int, str]]]:
    """Which switches, with the numbers of their pairs, have an address that a keepalive has, in its VRF."""
    hellos = (switch.hello for pair in pairs for switch in pair)
    found: dict[tuple[str, str], set[tuple[int, str]]] = {(each.vrf, each.address): set() for each in hellos if each}
    for number, pair in enumerate(pairs):
        for switch in pair:
            for vrf, own in switch.addresses.items():
                for address in own:
                    if (vrf, address) in found:
                        found[vrf, address].add((number, switch.name))
    return found


def _hello(switch: Switch) -> Hello | None:
    address, keepalive = source_of(switch), switch.keepalive
    if keepalive is None or address is None or not has_vrf(switch, keepalive.vrf):
        return None
    at = spot(switch, keepalive, "source")
    return Hello(vrf=keepalive.vrf, address=str(address), apart=_is_apart(switch), at=at)


def _by_vrf(switch: Switch) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for interface in switch.interfaces:
        found[interface.vrf] += [str(address.ip) for address in addresses(interface)]
    return {vrf: tuple(own) for vrf, own in found.items() if own}


def _is_apart(switch: Switch) -> bool:
    """Whether the keepalive's VRF has one network only and no route: nobody else is there."""
    vrf = switch.keepalive.vrf if switch.keepalive else MANAGEMENT
    known = switch.vrfs.get(vrf)
    networks = {address.network for address, _ in addressed(switch, vrf)}
    return vrf != MANAGEMENT and known is not None and not known.routes and len(networks) == 1


@switch_rule("KA18", Severity.WARNING)
def keepalive_mgmt_direct_cable(switch: Switch) -> Iterator[Hit]:
    """The keepalive runs over a cable between the management ports of chassis with two supervisors.

    Why: After a switchover mgmt0 is that of the other supervisor, where the cable is not. A network of two hosts on
        mgmt0 says that there is a cable and no management switch.

    Needs: `model` in a pair file; running-configs do not tell it.

    Bad:
        model: N9K-C9504
        peer_link: {members: [Ethernet1/53, Ethernet2/53]}
        management: {gateway: }
        switches:
          sw-a: {management: 192.0.2.13/30}
          sw-b: {management: 192.0.2.14/30}

    Good:
        model: N9K-C9504
        peer_link: {members: [Ethernet1/53, Ethernet2/53]}

    Fix: Connect all four management ports to a management network.

    Source: G106 [certain]
    """
    mgmt = switch.ports.get(_MGMT0)
    if switch.keepalive is None or switch.keepalive.vrf != MANAGEMENT or mgmt is None or switch.model is None:
        return
    small = [each for each in addresses(mgmt) if each.max_prefixlen - each.network.prefixlen <= _HOST_BITS]
    if small and has_two_supervisors(switch.model):
        message = f"mgmt0 is in {small[0].network}, a cable to the peer, and the chassis has two supervisors"
        yield Hit(switch.keepalive, "", message)


@switch_rule("KA19", Severity.WARNING)
def keepalive_shares_module(switch: Switch) -> Iterator[Hit]:
    """The keepalive's port is in a module, or is a lane of a port, that a member of the peer-link is in, too.

    Why: One line card, or one optic, takes both; without either, both switches become primary.

    Bad:
        model: N9K-C9504
        peer_link: {members: [Ethernet1/53, Ethernet2/53]}
        vrfs: {keepalive: {description: keepalive}}
        keepalive:
          vrf: keepalive
          destination: {sw-a: 198.51.100.2, sw-b: 198.51.100.1}
          source: {sw-a: 198.51.100.1, sw-b: 198.51.100.2}
        interfaces:
          Ethernet2/48:
            {description: keepalive, vrf: keepalive, address: {sw-a: 198.51.100.1/30, sw-b: 198.51.100.2/30}}

    Good:
        model: N9K-C9504
        peer_link: {members: [Ethernet1/53, Ethernet2/53]}
        vrfs: {keepalive: {description: keepalive}}
        keepalive:
          vrf: keepalive
          destination: {sw-a: 198.51.100.2, sw-b: 198.51.100.1}
          source: {sw-a: 198.51.100.1, sw-b: 198.51.100.2}
        interfaces:
          Ethernet3/48:
            {description: keepalive, vrf: keepalive, address: {sw-a: 198.51.100.1/30, sw-b: 198.51.100.2/30}}

    Fix: Use a port of another module, or mgmt0. A port-channel with ports of several modules is good as it is. Slots
        count where the model has line cards, or where ports of several slots are in use.

    Source: N5OPS (via tachyondynamics.com) [certain]
    """
    interface, link = sender(switch), switch.peer_link
    if interface is None or link is None or switch.keepalive is None:
        return
    ports, members = physical(switch, interface), link.members
    for what, ask in (("module", slot), ("port", socket)):
        places = {ask(name) for name in ports}
        shared = places & {ask(name) for name in members} - {None}
        if len(places) == 1 and shared and (what == "port" or has_modules(switch)):
            message = (
                f"the keepalive's {interface.name} is in the same {what} ({shared.pop()}) as a member of the peer-link"
            )
            yield Hit(switch.keepalive, "", message)


@pair_rule("KA20", Severity.INFO)
def keepalive_single_path(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The keepalive runs over one management switch, through which both switches are reached, too.

    Why: When it fails the keepalive is down and nobody can look; nothing else shows that. Whether there is another way
        to the switches is not known, so this is a hint.

    Needs: `cabling` in a pair file; running-configs do not tell of it.

    Bad:
        cabling:
          sw-a: {mgmt0: oob-1 Gi1/0/1}
          sw-b: {mgmt0: oob-1 Gi1/0/2}

    Good:
        cabling:
          sw-a: {mgmt0: oob-1 Gi1/0/1}
          sw-b: {mgmt0: oob-2 Gi1/0/1}

    Fix: Let something watch the keepalive, or use two management switches.

    Source: fragmentationneeded.net 2010 [likely]
    """
    ends = {_far_device(switch), _far_device(peer)}
    if switch.keepalive and switch.keepalive.vrf == MANAGEMENT and len(ends) == 1 and None not in ends:
        device = ends.pop()
        if device not in (switch.name, peer.name):
            yield Hit(switch.keepalive, "", f"the keepalive and the management of both switches depend on {device}")


def _far_device(switch: Switch) -> str | None:
    """Where the cabling says that mgmt0 leads."""
    far = switch.cabling.get(_MGMT0)
    return far.partition(" ")[0] if far else None
