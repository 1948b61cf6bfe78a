"""What is on the ports: no orphan that the intent does not know, and the neighbours that the cabling says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mlagkit.drill import State
from mlagkit.nxos.reply import Show
from mlagkit.values import InterfaceName, VlanSet, in_order
from mlagkit.verify.check import Check, listed_ports
from mlagkit.verify.observed import Side

DEFAULT_VLAN = 1
CONNECTED = "connected"
"""What is up (corpus: show-interface-status, SVIs and tunnels included)."""


def orphan_ports(side: Side) -> Check:
    """No port carries a vPC VLAN outside of any vPC, but for those that the intent has.

    A port that the intent does not speak of and that is only in the default VLAN is as it came: a note.
    """
    of, expected = "orphan ports", listed_ports(side.must.orphans)
    told = side.told(side.state.orphan_ports, Show.VPC_ORPHAN_PORTS)
    if isinstance(told, str):
        return side.unknown(of, of, expected, told)
    carried: dict[InterfaceName, set[int]] = defaultdict(set)
    for row in told:
        for port in row.ports:
            carried[port] |= row.vlans
    more = {port: VlanSet(vlans) for port, vlans in carried.items() if port not in side.must.orphans}
    idle = {port for port, vlans in more.items() if port not in side.must.declared and set(vlans) == {DEFAULT_VLAN}}
    new = in_order(more.keys() - idle)
    notes = [f"{port} carries VLAN {more[port]}" for port in new]
    if idle:
        notes.append(f"not of the intent and only in VLAN {DEFAULT_VLAN}: {listed_ports(idle)}")
    return side.check(
        *(of, of, expected, listed_ports(carried), not new),
        why="; ".join(notes),
        advice="what is on it loses its way with the peer-link: make it a vPC, or write the port into the pair file",
        gaps=frozenset(map(str, new)),
    )


def routed(side: Side) -> Iterator[Check]:
    """The gateways of VLANs and the tunnel are up; what the intent keeps down may be either."""
    advice = "it needs its VLAN on a port that is up, and must not be shut"
    for port, state in side.must.routed.items():
        yield _connected(side, port, ("routed", port), advice, must_be=state is State.UP)


def uplinks(side: Side) -> Iterator[Check]:
    """The ports over which packets leave the pair are up: vPC does not notice their loss (reference 5.3, F31)."""
    advice = "what is routed over it goes another way, or none: look at its cable; shut it until it has one"
    for port in in_order(side.must.uplinks):
        yield _connected(side, port, ("uplinks", f"uplink {port}"), advice, must_be=True)


def _connected(side: Side, port: InterfaceName, what: tuple[str, str], advice: str, *, must_be: bool) -> Check:
    expected = CONNECTED if must_be else "down"
    told = side.told(side.state.interfaces, Show.INTERFACE_STATUS)
    if isinstance(told, str):
        return side.unknown(*what, expected, told)
    seen = next((each.status for each in told if each.port == port), None)
    if seen is None:
        return side.unknown(*what, expected, "the switch does not list it")
    return side.check(*what, expected, seen, seen == CONNECTED or not must_be, advice=advice, settles=True)


def neighbours(side: Side) -> Iterator[Check]:
    """Who is heard on the ports whose far end is known, where LLDP is to run."""
    if not side.must.lldp:
        return
    told = side.told(side.state.neighbours, Show.LLDP_NEIGHBORS)
    for port in in_order(side.must.ends):
        device = side.must.ends[port]
        of = f"neighbour {port}"
        if isinstance(told, str):
            yield side.unknown("neighbour", of, device, told)
            continue
        heard = [each.device for each in told if each.port == port]
        if not heard:
            yield side.unknown("neighbour", of, device, "nobody is heard there: the device may not speak LLDP")
            continue
        good = any(_short(name) == _short(device) for name in heard)
        advice = "the cable leads elsewhere than the pair file says: correct one of them"
        yield side.check("neighbour", of, device, ", ".join(heard), good, advice=advice)


def _short(name: str) -> str:
    """A name without its domain, which one side may give and the other not."""
    return name.partition(".")[0].casefold()
