"""Hardware and release of the two switches: that they can be a pair, and what one module takes along."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.nxos.chassis import chassis, is_9300, is_9500, is_modular, slot
from mlagkit.nxos.context import family
from mlagkit.rules.differences import side_by_side
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Interface, Port, Switch
from mlagkit.topology.addresses import addresses
from mlagkit.topology.channels import open_members
from mlagkit.topology.keepalive_source import sender
from mlagkit.values import InterfaceName


@switch_rule("DO22", Severity.WARNING)
def track_missing_single_module(switch: Switch) -> Iterator[Hit]:
    """The peer-link and all routed uplinks are in one module, and the domain tracks nothing.

    Why: When the module fails, the switch keeps its legs on other modules and attracts traffic that it can send
        nowhere.

    Bad:
        model:
        peer_link: {members: [Ethernet1/53, Ethernet1/54]}
        vpcs:
          11: {members: [Ethernet2/1]}
        interfaces:
          Ethernet1/49: {description: core, mtu: 9216, address: {sw-a: 198.51.100.1/31, sw-b: 198.51.100.3/31}}

    Good:
        model:
        domain: {track: 1}
        peer_link: {members: [Ethernet1/53, Ethernet1/54]}
        vpcs:
          11: {members: [Ethernet2/1]}
        interfaces:
          Ethernet1/49: {description: core, mtu: 9216, address: {sw-a: 198.51.100.1/31, sw-b: 198.51.100.3/31}}
        extra: |
          track 1 list boolean or
            object 2
            object 3
          track 2 interface port-channel1 line-protocol
          track 3 interface Ethernet1/49 line-protocol

    Fix: Track a list of the uplinks and the peer-link, joined by or; or spread them over modules. Slots count where the
        model has line cards, or where ports of several slots are in use.

    Source: G106 [certain]
    """
    link, uplinks = switch.peer_link, _uplinks(switch)
    if switch.domain is None or switch.domain.track or link is None or not link.members or not uplinks:
        return
    slots = {slot(name) for name in (*link.members, *uplinks)}
    if len(slots) == 1 and has_modules(switch):
        message = f"the peer-link and all uplinks are in module {slots.pop()}, and nothing is tracked"
        yield Hit(switch.domain, "track", message)


def _uplinks(switch: Switch) -> set[InterfaceName]:
    """The physical ports of routed interfaces that are up and have an address, but for the keepalive's own."""
    routed = [port for port in switch.ports.values() if addresses(port) and not port.shutdown]
    own = sender(switch)
    return {name for port in routed if port is not own for name in physical(switch, port)}


@switch_rule("PL06", Severity.WARNING)
def peer_link_single_module(switch: Switch) -> Iterator[Hit]:
    """All ports of the peer-link are on one line card of a modular chassis.

    Why: The peer-link goes with the line card. The rule needs the switch's `model`.

    Needs: `model` in a pair file; running-configs do not tell it.

    Bad:
        model: N9K-C9508
        peer_link: {members: [Ethernet1/53, Ethernet1/54]}

    Good:
        model: N9K-C9508
        peer_link: {members: [Ethernet1/53, Ethernet2/53]}

    Fix: Take ports of different line cards.

    Source: G106 [certain]
    """
    link = switch.peer_link
    if link is None or switch.model is None or not is_modular(switch.model):
        return
    ports = open_members(switch, link)
    slots = {slot(port.name) for port in ports}
    if len(ports) > 1 and len(slots) == 1:
        yield Hit(link, "members", f"all ports of the peer-link are in slot {slots.pop()}")


@pair_rule("DO23", Severity.ERROR)
def platform_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two switches are of models that make no pair.

    Why: Unequal hardware is not supported, and the card type is a type-1 parameter. Compared are the product lines, the
        models of the 9300 series, fixed against modular, and the cards in those slots of two 9500 that the pair file
        tells of on both, in `line_cards`.

    Needs: `model` in a pair file; running-configs do not tell it.

    Bad:
        model: {sw-a: N9K-C93180YC-FX, sw-b: N9K-C93180YC-EX}

    Good:
        model: N9K-C93180YC-FX

    Fix: Use two switches of one model, with the same line cards in the same slots.

    Source: G106 [certain]
    """
    if switch.model is None or peer.model is None:
        return
    alike = family(switch.model) == family(peer.model)
    is_any_chassis = alike and not is_9300(switch.model) and not is_9300(peer.model)
    if not is_any_chassis and chassis(switch.model) != chassis(peer.model):
        models = side_by_side(switch, switch.model, peer, peer.model)
        yield Hit(switch, "model", f"the models make no pair: {models}")
    for number in sorted(switch.line_cards.keys() & peer.line_cards.keys()) if is_9500(switch.model) else ():
        own, other = switch.line_cards[number], peer.line_cards[number]
        if own.upper() != other.upper():
            cards = side_by_side(switch, own, peer, other)
            yield Hit(switch, f"line_cards.{number}", f"the cards in slot {number} differ: {cards}")


@pair_rule("DO24", Severity.WARNING)
def release_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two switches run different releases.

    Why: That is supported during an upgrade only.

    Bad:
        release: {sw-a: "10.3(5)", sw-b: "10.3(4a)"}

    Good:
        release: "10.3(5)"

    Fix: Bring the other switch to the same release, soon.

    Source: G106 [certain]
    """
    if switch.release and peer.release and switch.release != peer.release:
        releases = side_by_side(switch, switch.release, peer, peer.release)
        yield Hit(switch, "release", f"the releases differ: {releases}")


def physical(switch: Switch, interface: Interface) -> tuple[InterfaceName, ...]:
    """The ports behind an interface: itself, its members, those of the one that it is a subinterface of; else none."""
    port = switch.ports.get(InterfaceName(interface.name.partition(".")[0]), interface)
    if not isinstance(port, Port) or port.name.kind == "mgmt":
        return ()
    return port.members if port.name.kind == "port-channel" else (InterfaceName(port.name.partition(".")[0]),)


def has_modules(switch: Switch) -> bool:
    """Whether a failure can take one slot and leave others: by the model, or because several slots are in use."""
    if switch.model and is_modular(switch.model):
        return True
    return len({slot(name) for name in switch.ports} - {None}) > 1
