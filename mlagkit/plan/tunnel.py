"""The tunnel interface is shut while the loopback that it sends from gets other addresses.

Cisco's VXLAN guide wants the tunnel shut on both switches before the address changes that they have in common ("vPC
Considerations for VXLAN Deployment", K [likely]): the one that has another would fail the type-1 check
otherwise. Of the address that a switch has for itself no text says what an open tunnel does with another one; it is
shut on that switch alone, as for another loopback (node-utils, vxlan_vtep.rb). Either is an outage for the tunnel.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mlagkit.nxos.change import isolation, touches
from mlagkit.plan.order import Placed
from mlagkit.switch import Switch
from mlagkit.values import InterfaceName


def readdressed(
    placed: Sequence[Placed], before: Mapping[str, Switch], after: Mapping[str, Switch], order: Sequence[str]
) -> Sequence[Placed]:
    """The same lines, with those that give the tunnel other addresses in one place, and the tunnel shut for them.

    ``before`` and ``after`` are the ends of the way, and ``order`` is who is first.
    """
    tunnels = {name: tunnel for name in order if (tunnel := _tunnel(before[name], after[name]))}
    lines = [each for each in placed if each.switch in tunnels and touches.tunnel(each.edit, before[each.switch])]
    if not lines:
        return placed
    moved = frozenset(lines)
    grown = [at for at, each in enumerate(placed) if each in moved and each.grows]
    anchor = grown[-1] if grown else placed.index(lines[0])
    run = list(_run(lines, placed[anchor], tunnels, max(each.group for each in placed)))
    return [
        *(each for each in placed[: anchor + 1] if each not in moved),
        *run,
        *(each for each in placed[anchor + 1 :] if each not in moved),
    ]


def _tunnel(before: Switch, after: Switch) -> InterfaceName | None:
    """The tunnel interface of a switch where it is up before and after, and sends from the same loopback."""
    was, will = before.nve, after.nve
    if was is None or will is None or was.shutdown or will.shutdown:
        return None
    return was.name if was.source_interface == will.source_interface else None


def _run(
    lines: Sequence[Placed], anchor: Placed, tunnels: Mapping[str, InterfaceName], groups: int
) -> Iterator[Placed]:
    """What goes comes before what is added, since a switch has an address once."""
    if any(touches.shared_address(each.edit) for each in lines):
        together = [list(tunnels)]
    else:
        together = [[name] for name in tunnels if any(each.switch == name for each in lines)]
    for names in together:
        for name in names:
            yield _passing(anchor, name, tunnels[name], groups + 1, up=False)
        for name in names:
            own = [each for each in lines if each.switch == name]
            for each in sorted(own, key=lambda line: line.edit.adds):
                edit = replace(each.edit, leg=f"interface {tunnels[name]}")
                yield replace(each, edit=edit, grows=anchor.grows, stage=anchor.stage, group=groups + _LINES)
        for name in names:
            yield _passing(anchor, name, tunnels[name], groups + _UP, up=True)


_LINES, _UP = 2, 3
"""The steps behind the one that shuts."""


def _passing(anchor: Placed, name: str, tunnel: InterfaceName, group: int, *, up: bool) -> Placed:
    edit = replace(isolation.meanwhile(tunnel, up=up), leg=f"interface {tunnel}")
    return replace(anchor, switch=name, edit=edit, group=group)
