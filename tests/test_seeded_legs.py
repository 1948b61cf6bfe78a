"""Faults put into one switch's legs or peer-link, of pairs that are right in that point: each is found, alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest

from mlagkit.rules.rule import Peers
from mlagkit.switch import Port, Switch
from mlagkit.values import VlanSet
from tests.pair_cases import found
from tests.test_seeded_faults import FILES, peers_of

Fault = Callable[[Switch, Port], Mapping[str, object] | None]
"""What a leg, or the peer-link, and its ports have instead; None where there is nothing to make wrong."""


def _other(field: str, *values: object) -> Fault:
    """The first of the values that the port-channel does not have."""
    return lambda _, port: {field: next(value for value in values if value != getattr(port, field))}


def _only(mode: str, fault: Fault) -> Fault:
    return lambda switch, port: fault(switch, port) if port.mode == mode else None


def _not_virtual(fault: Fault) -> Fault:
    return lambda switch, port: None if switch.domain and switch.domain.virtual_peer_link else fault(switch, port)


def _without_a_vlan(switch: Switch, port: Port) -> Mapping[str, object] | None:
    gone = max(port.vlans & switch.vlans.keys() - {1}, default=None)
    return {"vlans": VlanSet(port.vlans - {gone})} if gone and port.mode == "trunk" else None


def _limited(_: Switch, port: Port) -> Mapping[str, object]:
    return {"storm_control": replace(port.storm_control, broadcast="7.00")}


def _other_bundling(switch: Switch, port: Port) -> Mapping[str, object] | None:
    modes = {switch.ports[name].lacp for name in port.members}
    return {"lacp": "active" if "on" in modes else "on"} if modes else None


def _delaying(switch: Switch, port: Port) -> Mapping[str, object] | None:
    return {"lacp_mode_delay": not port.lacp_mode_delay} if _speaks_lacp(switch, port) else None


def _suspending(switch: Switch, port: Port) -> Mapping[str, object] | None:
    return {"lacp_suspend_individual": not port.lacp_suspend_individual} if _speaks_lacp(switch, port) else None


def _speaks_lacp(switch: Switch, port: Port) -> bool:
    return any(switch.ports[name].lacp != "on" for name in port.members)


_LEAST = 4
"""How often a fault can be had at least; access ports are the rarest."""

_HOSTS = frozenset({"HO01", "HO04", "HO05"})
_MTU = frozenset({"QS02", "QS03", "HO05"})

LEGS: Mapping[str, tuple[str, Fault, frozenset[str]]] = {
    "LACP": ("MB05", _other_bundling, _HOSTS | {"DO01"}),
    "another mode": ("MB08", _other("mode", "access", "trunk"), _HOSTS | {"MB26", "PL11"}),
    "another native VLAN": ("MB09", _only("trunk", _other("native_vlan", 10, 20)), _HOSTS),
    "a VLAN is not allowed": ("MB10", _without_a_vlan, _HOSTS),
    "another access VLAN": ("MB11", _only("access", _other("vlan", 10, 20)), _HOSTS | {"PL11"}),
    "another MTU": ("MB12", _other("mtu", 1500, 9216), _MTU),
    "another type": ("MB13", _other("port_type", "edge trunk", "normal", "edge"), frozenset()),
    "another guard": ("MB14", _other("guard", "root", "none"), frozenset()),
    "another speed": ("MB15", _other("speed", "10000", "25000"), frozenset()),
    "another duplex mode": ("MB15", _other("duplex", "full", "half"), frozenset()),
    "suspended without LACP": ("MB16", _suspending, frozenset()),
    "delayed LACP": ("MB16", _delaying, frozenset()),
    "another BPDU filter": ("MB27", _other("bpdufilter", "enable", "disable"), frozenset()),
    "another cost": ("MB27", _other("stp_cost", 77, 78), frozenset()),
    "a leg is shut": ("MB28", _other("shutdown", True, False), frozenset()),
    "a limit of flooding": ("MB30", _limited, frozenset()),
}
"""Rule, fault of a leg, and the errors of other topics that may well speak of it besides."""

LINKS: Mapping[str, tuple[str, Fault, frozenset[str]]] = {
    "LACP": ("PL09", _not_virtual(_other_bundling), frozenset({"DO01"})),
    "a VLAN is not allowed": ("PL12", _without_a_vlan, frozenset({"L303", "VX11"})),
    "another native VLAN": ("PL13", _other("native_vlan", 10, 20), frozenset({"VX11"})),
    "another MTU": ("PL16", _other("mtu", 1500, 9216), _MTU),
}
"""The same of the peer-link."""


def _changed(switch: Switch, channel: Port, fault: Fault) -> Switch | None:
    """The switch with the fault in a port-channel and in what its ports have from it."""
    fields = fault(switch, channel)
    if fields is None:
        return None
    own = {field: value for field, value in fields.items() if field != "lacp"}
    ports = {name: replace(switch.ports[name], **fields) for name in channel.members}  # type: ignore[arg-type]
    return replace(switch, ports={**switch.ports, **ports, channel.name: replace(channel, **own)})  # type: ignore[arg-type]


def _pairs(fault: Fault, *, peer_link: bool) -> Iterator[tuple[Peers, Peers]]:
    """Every pair before and after the fault in one of its switches."""
    for path in FILES:
        one, other = peers_of(path)
        for switch, peer in ((one, other), (other, one)):
            channel = switch.peer_link if peer_link else _leg(switch, peer, fault)
            wrong = _changed(switch, channel, fault) if channel else None
            if wrong is not None:
                yield (one, other), (wrong, peer) if switch is one else (peer, wrong)


def _leg(switch: Switch, peer: Switch, fault: Fault) -> Port | None:
    """The first open leg of both switches that can have the fault."""
    legs = (leg for number, leg in switch.vpcs.items() if number in peer.vpcs and not leg.shutdown)
    return next((leg for leg in legs if _changed(switch, leg, fault)), None)


def _is_found(rule: str, before: Peers, after: Peers, consequences: frozenset[str]) -> bool:
    """Whether the fault is found, and no error is new but of that rule and its consequences."""
    new = found([after], [""]) - found([before], [""])
    errors = {each for each, severity, _, _ in new if severity == "error"}
    return rule in {each for each, _, _, _ in new} and errors <= {rule} | consequences


@pytest.mark.parametrize("fault", LEGS)
def test_leg(fault: str) -> None:
    """A fault in a leg of either switch, of every pair that can have it, is found, and makes no error of others."""
    rule, seed, consequences = LEGS[fault]
    seeded = [*_pairs(seed, peer_link=False)]
    assert len(seeded) >= _LEAST
    for before, after in seeded:
        assert _is_found(rule, before, after, consequences), (before[0].pair, fault)


@pytest.mark.parametrize("fault", LINKS)
def test_peer_link(fault: str) -> None:
    """A fault in the peer-link of either switch, of every pair that can have it, is found, and no error of others."""
    rule, seed, consequences = LINKS[fault]
    seeded = [*_pairs(seed, peer_link=True)]
    assert len(seeded) >= _LEAST
    for before, after in seeded:
        assert _is_found(rule, before, after, consequences), (before[0].pair, fault)


def test_lone_leg() -> None:
    """A leg that one switch loses is found of every vPC of every pair, and makes no error of others."""
    for path in FILES:
        one, other = peers_of(path)
        for leg in other.vpcs.values():
            gone = {leg.name, *leg.members}
            less = replace(other, ports={name: port for name, port in other.ports.items() if name not in gone})
            assert leg.vpc not in one.vpcs or _is_found("MB01", (one, other), (one, less), frozenset({"HO02"}))
