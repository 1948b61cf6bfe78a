"""Faults put into one switch's legs or peer-link, of pairs that are right in that point: each is found, alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from mlagkit.switch import Port, Switch
from mlagkit.values import InterfaceName, VlanSet
from tests.correct_pairs import FILES
from tests.judged import found
from tests.seeded import Fault, Seed, check

Wrong = Callable[[Switch, Port], Mapping[str, object] | None]
"""What a leg, or the peer-link, and its ports have instead; None where there is nothing to make wrong."""


def _other(field: str, *values: object) -> Wrong:
    """The first of the values that the port-channel does not have."""
    return lambda _, port: {field: next(value for value in values if value != getattr(port, field))}


def _only(mode: str, wrong: Wrong) -> Wrong:
    return lambda switch, port: wrong(switch, port) if port.mode == mode else None


def _not_virtual(wrong: Wrong) -> Wrong:
    return lambda switch, port: None if switch.domain and switch.domain.virtual_peer_link else wrong(switch, port)


def _without_a_vlan(switch: Switch, port: Port) -> Mapping[str, object] | None:
    gone = max(port.vlans & switch.vlans.keys() - {1}, default=None)
    return {"vlans": VlanSet(port.vlans - {gone})} if gone and port.mode == "trunk" else None


def _with_a_vlan(switch: Switch, port: Port) -> Mapping[str, object] | None:
    return {"vlans": VlanSet(port.vlans | {1999})} if 1999 not in switch.vlans.keys() | port.vlans else None


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


def _on_leg(wrong: Wrong) -> Seed:
    """The fault in the first open leg of both switches that can have it."""

    def seed(switch: Switch, peer: Switch) -> Switch | None:
        legs = [leg for number, leg in switch.vpcs.items() if number in peer.vpcs and not leg.shutdown]
        return next((found for leg in legs if (found := _changed(switch, leg, wrong))), None)

    return seed


def _on_peer_link(wrong: Wrong) -> Seed:
    return lambda switch, _: _changed(switch, switch.peer_link, wrong) if switch.peer_link else None


def _changed(switch: Switch, channel: Port, wrong: Wrong) -> Switch | None:
    """The switch with the fault in a port-channel and in what its ports have from it."""
    fields = wrong(switch, channel)
    if fields is None:
        return None
    own = {field: value for field, value in fields.items() if field != "lacp"}
    ports = {name: replace(switch.ports[name], **fields) for name in channel.members}  # type: ignore[arg-type]
    return replace(switch, ports={**switch.ports, **ports, channel.name: replace(channel, **own)})  # type: ignore[arg-type]


def _crossed(switch: Switch, peer: Switch) -> Switch | None:
    """The switch whose first two legs have changed hosts."""
    legs = [leg for number, leg in switch.vpcs.items() if number in peer.vpcs and leg.host and not leg.shutdown][:2]
    if len({leg.host for leg in legs}) < 2:
        return None
    hosts = {one.name: other.host for one, other in zip(legs, reversed(legs), strict=True)}
    return replace(
        switch, ports={name: replace(port, host=hosts.get(name, port.host)) for name, port in switch.ports.items()}
    )


def _renumbered(switch: Switch, peer: Switch) -> Switch | None:
    """The switch whose first leg is a port-channel of another number."""
    leg = next((leg for number, leg in switch.vpcs.items() if number in peer.vpcs), None)
    if leg is None:
        return None
    name = InterfaceName("port-channel4000")
    ports = {each: replace(switch.ports[each], channel=4000) for each in leg.members}
    others = {each: port for each, port in switch.ports.items() if each != leg.name}
    return replace(switch, ports={**others, **ports, name: replace(leg, name=name)})


def _lone(switch: Switch, peer: Switch) -> Switch | None:
    """The switch without the first leg that its peer has, too."""
    leg = next((leg for number, leg in switch.vpcs.items() if number in peer.vpcs), None)
    if leg is None:
        return None
    gone = {leg.name, *leg.members}
    return replace(switch, ports={name: port for name, port in switch.ports.items() if name not in gone})


_LEGS: tuple[tuple[str, str, Wrong, Mapping[str, str]], ...] = (
    ("MB05", "LACP", _other_bundling, {"DO01": "it is the first to use LACP", "HO01": "the host bundles otherwise"}),
    ("MB08", "another mode", _other("mode", "access", "trunk"), {"PL11": "the peer-link does not carry its one VLAN"}),
    ("MB09", "another native VLAN", _only("trunk", _other("native_vlan", 10, 20)), {}),
    ("MB10", "a VLAN is not allowed", _without_a_vlan, {}),
    ("MB11", "another access VLAN", _only("access", _other("vlan", 10, 20)), {}),
    ("MB12", "another MTU", _other("mtu", 1500, 9216), {}),
    ("MB13", "another type", _other("port_type", "edge trunk", "normal", "edge"), {}),
    ("MB14", "another guard", _other("guard", "root", "none"), {}),
    ("MB15", "another speed", _other("speed", "10000", "25000"), {}),
    ("MB15", "another duplex mode", _other("duplex", "full", "half"), {}),
    ("MB16", "suspended without LACP", _suspending, {}),
    ("MB16", "delayed LACP", _delaying, {}),
    ("MB27", "another BPDU filter", _other("bpdufilter", "enable", "disable"), {}),
    ("MB27", "another cost", _other("stp_cost", 77, 78), {}),
    ("MB28", "a leg is shut", _other("shutdown", True, False), {}),
    ("MB30", "a limit of flooding", _limited, {}),
    ("VL02", "a VLAN that is not there", _only("trunk", _with_a_vlan), {}),
)

_LINKS: tuple[tuple[str, str, Wrong, Mapping[str, str]], ...] = (
    ("PL09", "LACP", _not_virtual(_other_bundling), {"DO01": "it is the first to use LACP"}),
    ("PL12", "a VLAN is not allowed", _without_a_vlan, {"L303": "the gateway of the VLAN has no port"}),
    ("PL13", "another native VLAN", _other("native_vlan", 10, 20), {}),
    ("PL16", "another MTU", _other("mtu", 1500, 9216), {}),
)

FAULTS = (
    *(Fault(rule, words, _on_leg(wrong), follows) for rule, words, wrong, follows in _LEGS),
    *(Fault(rule, f"peer-link: {words}", _on_peer_link(wrong), follows) for rule, words, wrong, follows in _LINKS),
    Fault("MB01", "a leg is gone", _lone, {}),
    Fault("MB03", "a port-channel of another number", _renumbered, {}),
    Fault("MB04", "two legs are crossed", _crossed, {"HO03": "the links of a host are in two vPCs"}),
    Fault("HO03", "two legs are crossed", _crossed),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault(fault: Fault) -> None:
    """A fault in a leg or in the peer-link is found, in each switch of every pair that can have it."""
    check(fault)


def test_lone_leg() -> None:
    """A leg that one switch loses is found of every vPC of every pair, and makes no error of others."""
    for one, other in FILES.values():
        for leg in other.vpcs.values():
            gone = {leg.name, *leg.members}
            less = replace(other, ports={name: port for name, port in other.ports.items() if name not in gone})
            new = found([(one, less)], [""]) - found([(one, other)], [""])
            errors = {rule for rule, severity, _, _ in new if severity == "error"}
            assert leg.vpc not in one.vpcs or ("MB01" in errors and errors <= {"MB01", "HO02"}), (one.pair, leg.name)
