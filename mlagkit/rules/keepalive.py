"""The peer-keepalive."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_interface

from mlagkit.finding import Severity
from mlagkit.rules.rule import Hit, pair_rule
from mlagkit.switch import Switch
from mlagkit.values import InterfaceName


@pair_rule("KA02", Severity.ERROR)
def keepalive_not_mirrored(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """One switch sends its keepalives to another address than the one from which its peer sends.

    Why:
        Hellos go one way or nowhere: each switch reports that its peer is not reachable, and the peer-link never
        forms.

    Bad:
        keepalive:
          destination: {sw-a: 192.0.2.12, sw-b: 192.0.2.13}
          source: {sw-a: 192.0.2.11, sw-b: 192.0.2.12}

    Good:
        keepalive:
          destination: {sw-a: 192.0.2.12, sw-b: 192.0.2.11}
          source: {sw-a: 192.0.2.11, sw-b: 192.0.2.12}

    Fix:
        Make each destination the source of the other switch.

    Source:
        G106, OUT4 [certain]
    """
    expected = _source(peer)
    if switch.keepalive and expected and switch.keepalive.destination != expected:
        message = f"{switch.name} sends to {switch.keepalive.destination}, but {peer.name} sends from {expected}"
        yield Hit(switch.keepalive, "destination", message, fix=expected)


def _source(switch: Switch) -> str | None:
    """The address that a switch sends keepalives from: what the line says, else that of mgmt0 (reference 2.2)."""
    if switch.keepalive is None:
        return None
    if switch.keepalive.source:
        return switch.keepalive.source
    mgmt = switch.ports.get(InterfaceName("mgmt0")) if switch.keepalive.vrf == "management" else None
    return str(ip_interface(mgmt.address).ip) if mgmt and mgmt.address else None
