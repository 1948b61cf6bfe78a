"""Which routing protocols run where: OSPF, EIGRP, IS-IS, RIP and BGP, most of it read from raw lines.

The forms are those that the device prints: Cisco Nexus 9000 unicast routing guides, and the configurations of the
corpus. A line that is none of them says nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from ipaddress import ip_address
from typing import NamedTuple

from mlagkit.nxos.nested import Line, blocks, lines_of
from mlagkit.part import asked_once
from mlagkit.record import record
from mlagkit.switch import Interface, Route, Switch
from mlagkit.values import InterfaceName

_ENABLED = (
    r"(?P<family>ip|ipv6) router (?P<protocol>ospf|ospfv3|eigrp|isis|rip) (?P<process>\S+)"
    r"(?: area (?P<area>\S+))?(?: |\Z)"
)
_PASSIVE = (
    r"(?P<no>no )?(?:ip (?P<behind>ospf|rip) passive-interface|(?P<before>ospfv3|isis) passive-interface"
    r"|ip passive-interface (?P<eigrp>eigrp) \S+)"
)
_ROUTERS = ("ospf", "ospfv3", "eigrp", "isis", "rip", "bgp")
_NOWHERE = "Null0"
_NO_MTU_CHECK = frozenset(("ip ospf mtu-ignore", "ospfv3 mtu-ignore"))


@record
class Igp:
    """An interior protocol on one interface; ``active`` is whether it looks for neighbours there."""

    protocol: str
    process: str
    area: str | None
    active: bool
    ignores_mtu: bool


@record
class RouterId:
    """What a line sets as router-id, an address or an interface, with the protocol, process and VRF it counts for."""

    protocol: str
    process: str
    vrf: str
    text: str


@record
class Routing:
    """Routing protocols of one switch: the interior ones by interface, BGP's neighbours by VRF.

    ``vrfs`` are those that may have routes which no line of the configuration names: a ``router`` block runs in the
    default VRF and in those that it names, what a line enables on an interface in the interface's VRF.
    """

    igps: Mapping[InterfaceName, tuple[Igp, ...]]
    neighbours: Mapping[str, frozenset[str]]
    router_ids: tuple[RouterId, ...]
    vrfs: frozenset[str]

    def active_on(self, name: InterfaceName) -> tuple[Igp, ...]:
        """The interior protocols that look for neighbours on an interface."""
        return tuple(igp for igp in self.igps.get(name, ()) if igp.active)


@asked_once
def routing_of(switch: Switch) -> Routing:
    """What a switch and its interfaces say of routing protocols, the most of it in raw lines."""
    routers = [
        (protocol, words[0] if words else "", below)
        for protocol in _ROUTERS
        for words, below in blocks(lines_of(switch.extra), f"router {protocol}")
    ]
    quiet = {(protocol, process, vrf) for protocol, process, vrf, below in _scopes(routers) if _is_quiet(below)}
    igps = {part.name: tuple(_igps(part, quiet)) for part in switch.interfaces if part.extra or part.ospf}
    of_interfaces = (part.vrf for part in switch.interfaces if igps.get(part.name))
    return Routing(
        igps={name: each for name, each in igps.items() if each},
        neighbours=_neighbours(routers),
        router_ids=tuple(_router_ids(routers)),
        vrfs=frozenset((*(vrf for _, _, vrf, _ in _scopes(routers)), *of_interfaces)),
    )


class NextHop(NamedTuple):
    """Where a static route leads: through an interface, to an address, or to both; nowhere where it is Null0."""

    interface: str | None
    address: str | None


def next_hop_of(route: Route) -> NextHop:
    """What the words of a static route say (``192.0.2.1``, ``Ethernet1/1 192.0.2.1``, ``192.0.2.1 vrf red``)."""
    first, *rest = route.next_hop.split()
    if _is_address(first):
        return NextHop(None, first)
    address = rest[0] if rest and _is_address(rest[0]) else None
    return NextHop(None if first == _NOWHERE else first, address)


_Router = tuple[str, str, tuple[Line, ...]]


def _scopes(routers: Sequence[_Router]) -> Iterator[tuple[str, str, str, tuple[Line, ...]]]:
    """Each process in each of its VRFs: protocol, process, VRF, lines."""
    for protocol, process, below in routers:
        yield protocol, process, "default", below
        for words, inner in blocks(below, "vrf"):
            yield protocol, process, words[0] if words else "default", inner


def _is_quiet(lines: Sequence[Line]) -> bool:
    """Whether interfaces of the process are passive unless they say otherwise."""
    return any(line.behind("passive-interface default") is not None for line in lines)


def _igps(part: Interface, quiet: set[tuple[str, str, str]]) -> Iterator[Igp]:
    enabled = [f"ip router ospf {process} area {area}" for process, area in part.ospf.items()]
    lines = [*enabled, *(line.text for line in lines_of(part.extra))]
    said = {protocol: passive for protocol, passive in map(_passive, lines) if protocol}
    for text in lines:
        match = re.match(_ENABLED, text)
        if match:
            protocol, process = match["protocol"], match["process"]
            passive = said.get(protocol, (protocol, process, part.vrf) in quiet)
            ignores = not _NO_MTU_CHECK.isdisjoint(lines)
            yield Igp(
                protocol=protocol,
                process=process,
                area=_area(match["area"]),
                active=not passive and not part.shutdown,
                ignores_mtu=ignores,
            )


def _passive(text: str) -> tuple[str, bool]:
    """The protocol that a line makes passive, or active with ``no``; no protocol for another line."""
    match = re.match(_PASSIVE, text)
    if not match:
        return "", False
    return match["behind"] or match["before"] or match["eigrp"], not match["no"]


def _area(text: str | None) -> str | None:
    """An area as one number: ``0`` and ``0.0.0.0`` are the same."""
    if text is None:
        return None
    try:
        return str(int(ip_address(text))) if "." in text else text
    except ValueError:
        return text


def _neighbours(routers: Sequence[_Router]) -> Mapping[str, frozenset[str]]:
    """The addresses of BGP's neighbours by VRF; a range that may call in, or an interface, is none."""
    found: dict[str, set[str]] = {}
    for protocol, _, vrf, below in _scopes(routers):
        for words, _ in blocks(below, "neighbor") if protocol == "bgp" else ():
            if words and _is_address(words[0]):
                found.setdefault(vrf, set()).add(words[0])
    return {vrf: frozenset(addresses) for vrf, addresses in found.items()}


def _router_ids(routers: Sequence[_Router]) -> Iterator[RouterId]:
    for protocol, process, vrf, below in _scopes(routers):
        for line in below:
            words = line.behind("router-id")
            if words:
                yield RouterId(protocol=protocol, process=process, vrf=vrf, text=words[0])


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
