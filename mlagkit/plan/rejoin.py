"""A switch that comes back into service: whatever carries the pair is up before hosts send through it again.

The order is that of the reference (section 6, "isolate and rejoin a peer": CSCus92802, JP2): keepalive, peer-link,
uplinks, legs, with a gate behind each. Auto-recovery, which is off meanwhile, comes last: a switch that still stands
alone would take the lead with it (section 5, F22). A plan knows such a return by its lines, whoever took the switch
out, and however: legs that were shut come up, and with them other ports or auto-recovery.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum

from mlagkit.nxos.change import isolation
from mlagkit.nxos.change.order import comes_up
from mlagkit.nxos.objects import interface_name
from mlagkit.plan.order import Placed, is_behind_peer_link
from mlagkit.plan.use import whole
from mlagkit.switch import Switch
from mlagkit.topology.channels import leads_to_fabric
from mlagkit.topology.keepalive_source import sender


class _Turn(IntEnum):
    """When something comes back; other ports do where they would in any plan, which is in between."""

    KEEPALIVE = 1
    PEER_LINK = 2
    OTHER_PORTS = 3
    LEGS = 4
    AUTO_RECOVERY = 5


def rejoined(placed: Sequence[Placed], before: Mapping[str, Switch], after: Mapping[str, Switch]) -> Sequence[Placed]:
    """The same lines, in the order of a return where they are one; ``before`` and ``after`` are the ends of the way."""
    said = Counter((each.switch, each.edit.head) for each in placed)
    turns = {
        each: _turn(each, before[each.switch], after[each.switch], alone=said[each.switch, each.edit.head] == 1)
        for each in placed
    }
    if not {_Turn.LEGS} < {*turns.values()} - {None}:
        return placed
    groups = max(max(each.stage, each.group) for each in placed)

    def step(turn: _Turn) -> Iterator[Placed]:
        return (
            Placed(each.switch, each.edit, True, groups + turn, groups + turn) for each in placed if turns[each] is turn
        )

    rest = [each for each in placed if turns[each] in (None, _Turn.OTHER_PORTS)]
    grown = max((at for at, each in enumerate(rest, 1) if each.grows), default=0)
    # A port-channel that is shut for what a port needs may be so before all is said of the peer-link.
    last = max((at for at, each in enumerate(rest, 1) if each.grows and not is_behind_peer_link(each)), default=0)
    linked = next((at for at, each in enumerate(rest[last:], last) if each.grows and is_behind_peer_link(each)), grown)
    return [
        *rest[:linked],
        *step(_Turn.KEEPALIVE),
        *step(_Turn.PEER_LINK),
        *rest[linked:grown],
        *step(_Turn.LEGS),
        *step(_Turn.AUTO_RECOVERY),
        *rest[grown:],
    ]


def _turn(placed: Placed, before: Switch, after: Switch, *, alone: bool) -> _Turn | None:
    """When a line comes that has to do with a return; ``alone``: nothing else is said of its object.

    A port that also becomes another one has to be that first, so it stays where it is.
    """
    edit = placed.edit
    if isolation.lets_lead(edit):
        return _Turn.AUTO_RECOVERY
    name = interface_name(edit.head) if comes_up(edit) and not edit.passing else None
    was, port = (each.ports.get(name) if name else None for each in (before, after))
    if was is None or port is None:
        return None
    channel, source = whole(after, port), sender(after)
    if channel.vpc is not None:
        return _Turn.LEGS
    if channel.peer_link or (alone and leads_to_fabric(after, channel)):
        return _Turn.PEER_LINK
    return _Turn.KEEPALIVE if alone and is_behind_peer_link(placed) and source == channel else _Turn.OTHER_PORTS
