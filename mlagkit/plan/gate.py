"""What must hold before the next step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from mlagkit.nxos.change.order import moves_an_end
from mlagkit.nxos.objects import interface_name
from mlagkit.plan.steps import Part
from mlagkit.plan.use import vpc_of
from mlagkit.switch import Switch
from mlagkit.topology.carried import open_legs
from mlagkit.topology.channels import open_members
from mlagkit.values import InterfaceName

Peers = tuple[Switch, Switch]


def gate(part: Part, start: Peers, before: Peers, peers: Peers, *, agree: bool, consistent: bool, heard: bool) -> str:
    """The conditions after a part, with commas between; ``""`` where the other switch goes on at once.

    ``start`` are both switches before the plan, ``before`` and ``peers`` before and after the part. ``agree``: no
    Type-1 parameter differs that differs only on the way. While one does, the other switch has to follow before
    anything can be waited for. ``consistent``: none differs at all; nobody waits for a check that has to fail.
    ``heard``: no keepalive is lost only on the way.
    """
    return ", ".join(_conditions(part, start, before, peers, agree=agree, consistent=consistent, heard=heard))


def _conditions(
    part: Part, start: Peers, before: Peers, peers: Peers, *, agree: bool, consistent: bool, heard: bool
) -> Iterator[str]:
    disturbs = any(each.group for each in part.placed)
    deaf = not part.last and any(map(moves_an_end, part.edits))
    if deaf or not agree or not (part.last or disturbs):
        return
    if all(switch.keepalive for switch in peers) and heard:
        yield "keepalive alive"
    if not all(map(_linked, peers)):
        return
    yield "peer-link up"
    if not consistent:
        return
    yield "consistency success"
    names = {name for edit in part.edits if (name := interface_name(edit.head))}
    first, earlier, switch = (
        next(each for each in both if each.name == part.switch) for both in (start, before, peers)
    )
    touched = {vpc_of(switch, name) for name in names} | _left(earlier, names)
    for number, leg in open_legs(switch).items():
        ports = [port.name for port in open_members(switch, leg)]
        if number in touched and ports and not _is_half(number, ports, first, peers):
            yield f"vpc {number} up"


def _left(earlier: Switch, names: Iterable[InterfaceName]) -> Set[int | None]:
    """The open legs that ports were in: where one has left, nobody knows yet whether the others work."""
    return {vpc_of(earlier, name) for name in names if name.kind == "Ethernet"} & open_legs(earlier).keys()


def _is_half(number: int, ports: Iterable[InterfaceName], first: Switch, peers: Peers) -> bool:
    """Whether all ports of a leg were in another vPC that still has open ones on some switch.

    Whoever is behind them still hears two numbers in LACP, of which it takes one, and nobody knows which.
    """
    numbers = {vpc_of(first, name) for name in ports}
    if numbers & {number, None}:
        return False
    return any(open_members(each, leg) for each in peers for old, leg in open_legs(each).items() if old in numbers)


def _linked(switch: Switch) -> bool:
    """Whether the peer-link of a switch can be up: in the middle of its move it can't be waited for."""
    link = switch.peer_link
    if switch.domain is None or link is None or link.shutdown:
        return False
    return switch.domain.virtual_peer_link is not None or bool(open_members(switch, link))
