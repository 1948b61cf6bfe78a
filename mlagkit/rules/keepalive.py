"""The peer-keepalive: its addresses and timers, by themselves and against the peer's."""

from __future__ import annotations

import math
from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.nxos.facts_of_domain import domain_facts
from mlagkit.rules.differences import side_by_side
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Keepalive, Switch
from mlagkit.topology.addresses import address_of, owner
from mlagkit.topology.keepalive_source import source_of, strange_source

_MAX_TIMEOUT = 20  # G106, DME: seconds
_USUAL_INTERVAL = 1000  # the defaults of reference 2.2, milliseconds and seconds
_USUAL_TIMEOUT = 5
_USUAL_HOLD_TIMEOUT = 3


@switch_rule("KA01", Severity.ERROR)
def keepalive_missing(switch: Switch) -> Iterator[Hit]:
    """A vPC domain has no peer-keepalive.

    Why: The keepalive must have been up once before the peer-link can form: without it there is no vPC.

    Bad:
        keepalive:

    Good:
        keepalive: {vrf: management}

    Fix: Add the keepalive, between the management addresses or over a routed link in a VRF of its own.

    Source: G106 [certain]
    """
    if switch.domain and switch.keepalive is None and not domain_facts(switch).unread_keepalive:
        message = "the vPC domain has no keepalive"
        yield Hit(switch.domain, "", message, fix="keepalive: {vrf: management}")


@pair_rule("KA02", Severity.ERROR)
def keepalive_not_mirrored(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """One switch sends its keepalives to another address than the one from which its peer sends.

    Why: Hellos go one way or nowhere: each switch reports that its peer is not reachable, and the peer-link never
        forms.

    Bad:
        keepalive:
          destination: {sw-a: 192.0.2.12, sw-b: 192.0.2.13}
          source: {sw-a: 192.0.2.11, sw-b: 192.0.2.12}

    Good:
        keepalive:
          destination: {sw-a: 192.0.2.12, sw-b: 192.0.2.11}
          source: {sw-a: 192.0.2.11, sw-b: 192.0.2.12}

    Fix: Make each destination the source of the other switch. (Where that source is wrong itself KA05 says so, where
        the destination is the switch's own address KA03.)

    Source: G106, OUT4 [certain]
    """
    keepalive, expected = switch.keepalive, source_of(peer)
    if keepalive is None or expected is None or _is_own(switch, keepalive) or strange_source(peer):
        return
    if address_of(keepalive.destination) != expected:
        message = f"{switch.name} sends to {keepalive.destination}, but {peer.name} sends from {expected}"
        yield Hit(keepalive, "destination", message, fix=str(expected))


@switch_rule("KA03", Severity.ERROR)
def keepalive_self(switch: Switch) -> Iterator[Hit]:
    """A switch sends its keepalives to itself.

    Why: The peer never hears them, and the peer-link never forms.

    Bad:
        keepalive:
          destination: {sw-a: 192.0.2.11, sw-b: 192.0.2.11}
          source: {sw-a: 192.0.2.11, sw-b: 192.0.2.12}

    Good:
        keepalive:
          destination: {sw-a: 192.0.2.12, sw-b: 192.0.2.11}
          source: {sw-a: 192.0.2.11, sw-b: 192.0.2.12}

    Fix: Make the destination the address that the peer sends from.

    Source: K [certain]
    """
    if switch.keepalive and _is_own(switch, switch.keepalive):
        message = f"{switch.name} sends its keepalives to its own address {switch.keepalive.destination}"
        yield Hit(switch.keepalive, "destination", message)


def _is_own(switch: Switch, keepalive: Keepalive) -> bool:
    """Whether the destination is an address of the switch in the keepalive's VRF, or its source."""
    destination = address_of(keepalive.destination)
    if destination is None:
        return False
    return destination == source_of(switch) or owner(switch, keepalive.vrf, destination) is not None


@pair_rule("KA10", Severity.WARNING)
def keepalive_vrf_differs(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two switches run the keepalive in VRFs of different names.

    Why: It can work, since a VRF's name is local, but is usually a slip.

    Bad:
        switches:
          sw-b: {management: 192.0.2.22/24}
        keepalive:
          vrf: {sw-a: management, sw-b: keepalive}
          destination: {sw-a: 192.0.2.12, sw-b: 192.0.2.11}
          source: {sw-a: 192.0.2.11, sw-b: 192.0.2.12}
        vrfs: {keepalive: {description: keepalive}}
        interfaces:
          sw-b:
            Ethernet1/48: {description: keepalive, vrf: keepalive, address: 192.0.2.12/24}

    Good:
        keepalive: {vrf: management}

    Fix: Use one name on both switches.

    Source: K [likely]
    """
    if switch.keepalive and peer.keepalive and switch.keepalive.vrf != peer.keepalive.vrf:
        names = side_by_side(switch, switch.keepalive.vrf, peer, peer.keepalive.vrf)
        yield Hit(switch.keepalive, "vrf", f"the keepalive's VRFs have different names: {names}")


@switch_rule("KA13", Severity.ERROR)
def keepalive_ipv6_source(switch: Switch) -> Iterator[Hit]:
    """A keepalive over IPv6 has no source, or runs between link-local addresses.

    Why: The switch refuses the line without a source, and link-local addresses are not supported.

    Bad:
        switches:
          sw-a: {management: "2001:db8::11/64"}
          sw-b: {management: "2001:db8::12/64"}
        management: {gateway: "2001:db8::1"}
        keepalive: {destination: {sw-a: "2001:db8::12", sw-b: "2001:db8::11"}}

    Good:
        switches:
          sw-a: {management: "2001:db8::11/64"}
          sw-b: {management: "2001:db8::12/64"}
        management: {gateway: "2001:db8::1"}
        keepalive:
          destination: {sw-a: "2001:db8::12", sw-b: "2001:db8::11"}
          source: {sw-a: "2001:db8::11", sw-b: "2001:db8::12"}

    Fix: Use global addresses and say the source.

    Source: G106 [certain]
    """
    keepalive = switch.keepalive
    destination = address_of(keepalive.destination) if keepalive else None
    if keepalive is None or destination is None or destination.version != 6:
        return
    if not keepalive.source:
        yield Hit(keepalive, "destination", f"the keepalive to {destination} says no source")
    for field, text in (("destination", keepalive.destination), ("source", keepalive.source)):
        address = address_of(text)
        if address and address.is_link_local:
            yield Hit(keepalive, field, f"the keepalive's {field} {address} is link-local")


_TIMERS = {
    "udp_port": "port",
    "interval": "interval in milliseconds",
    "timeout": "timeout in seconds",
    "hold_timeout": "hold-timeout in seconds",
}


@pair_rule("KA14", Severity.WARNING)
def keepalive_timers_differ(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """The two switches use different timers or ports for the keepalive.

    Why: The two take a peer for dead at different times. With different ports no hello arrives at all (likely, so a
        warning, too).

    Bad:
        keepalive: {vrf: management, hold_timeout: 3, interval: {sw-a: 1000, sw-b: 1500}}

    Good:
        keepalive: {vrf: management, interval: 1500}

    Fix: Give both switches the same values.

    Source: K [likely]
    """
    one, other = switch.keepalive, peer.keepalive
    if one is None or other is None:
        return
    for field, name in _TIMERS.items():
        if getattr(one, field) != getattr(other, field):
            values = side_by_side(switch, getattr(one, field), peer, getattr(other, field))
            yield Hit(one, field, f"the keepalive's {name} differs: {values}")


@switch_rule("KA15", Severity.ERROR)
def keepalive_timeout_too_short(switch: Switch) -> Iterator[Hit]:
    """The keepalive's timeout leaves no room for a lost hello.

    Why: When the peer-link is down, a switch that hears no hello within the timeout takes the peer for dead and becomes
        primary. With a timeout of one interval or less it may hear none although the peer is alive (an error); with
        less than three, one or two lost packets are enough (a warning).

    Bad:
        keepalive: {vrf: management, interval: 10000, timeout: 10}

    Good:
        keepalive: {vrf: management, interval: 2000, timeout: 6}

    Fix: Make the timeout at least three intervals.

    Source: G106 [certain]: arithmetic with its timers.
    """
    keepalive = switch.keepalive
    if keepalive is None or keepalive.timeout * 1000 >= 3 * keepalive.interval:
        return
    severity = Severity.ERROR if keepalive.timeout * 1000 <= keepalive.interval else Severity.WARNING
    enough = math.ceil(3 * keepalive.interval / 1000)
    message = f"the keepalive's timeout of {keepalive.timeout} s is short for hellos every {keepalive.interval} ms"
    yield Hit(keepalive, "timeout", message, fix=str(enough) if enough <= _MAX_TIMEOUT else "", severity=severity)


@switch_rule("KA16", Severity.INFO)
def keepalive_timers_aggressive(switch: Switch) -> Iterator[Hit]:
    """The keepalive's timers are shorter than the defaults.

    Why: The defaults (1000 ms, 5 s, hold-timeout 3 s) are what Cisco tests; others should have a reason. A longer
        hold-timeout also keeps the secondary from acting for longer after the peer-link failed.

    Bad:
        keepalive: {vrf: management, interval: 500}

    Good:
        keepalive: {vrf: management}

    Fix: Take the value away, or say in a comment why it is there.

    Source: K [likely]
    """
    keepalive = switch.keepalive
    if keepalive is None:
        return
    if keepalive.interval < _USUAL_INTERVAL:
        yield Hit(
            keepalive, "interval", f"hellos every {keepalive.interval} ms are more than the usual {_USUAL_INTERVAL}"
        )
    if keepalive.timeout < _USUAL_TIMEOUT:
        yield Hit(keepalive, "timeout", f"a timeout of {keepalive.timeout} s is less than the usual {_USUAL_TIMEOUT}")
    if keepalive.hold_timeout != _USUAL_HOLD_TIMEOUT:
        message = f"a hold-timeout of {keepalive.hold_timeout} s is not the usual {_USUAL_HOLD_TIMEOUT}"
        yield Hit(keepalive, "hold_timeout", message)
