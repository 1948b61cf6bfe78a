"""A pair that becomes another one to its hosts: one switch stands apart while it does, so that no host sees both.

The reference (section 6, domain id: G106) isolates one switch, gives it the new id, moves the hosts and follows with
the other one; the same for ``system-mac`` and ``system-priority``. What lines can do of it: the operational secondary
shuts its legs and its peer-link, then changes; the other one follows, which is the outage; then they meet again. Hosts
are not moved in between: whether a switch brings up its legs without its peer-link is nothing that a configuration
tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from mlagkit.nxos.change import isolation, touches
from mlagkit.nxos.change.edit import Edit
from mlagkit.nxos.effective import Side
from mlagkit.plan.order import Placed
from mlagkit.plan.way import Work
from mlagkit.switch import Port, Switch
from mlagkit.topology.carried import open_legs


def apart(placed: Sequence[Placed], before: Mapping[str, Switch], first: str) -> list[Placed]:
    """The same lines, with the switch that is ``first`` apart while both become another pair; else just the same."""
    link = before[first].peer_link
    if link is None or link.shutdown:
        return list(placed)
    touched = {each.edit.leg for each in placed}
    legs = [leg for leg in open_legs(before[first]).values() if f"interface {leg.name}" not in touched]
    groups = max((each.group for each in placed), default=0)
    found: list[Placed] = []
    for _, run in groupby(placed, key=lambda each: (each.grows, each.stage, each.group)):
        lines = list(run)
        if {each.switch for each in lines if _makes_another(each.edit, before[each.switch])} == before.keys():
            lines = list(_apart(lines, first, legs, link, groups))
            groups += _STEPS
        found += lines
    return found


_STEPS = 4
"""The steps around the change: legs down, peer-link down, peer-link up, legs up."""


def _apart(lines: Sequence[Placed], first: str, legs: Sequence[Port], link: Port, groups: int) -> Iterator[Placed]:
    def step(number: int, ports: Iterable[Port], *, up: bool) -> Iterator[Placed]:
        for port in ports:
            edit = isolation.meanwhile(port.name, up=up)
            yield replace(lines[0], switch=first, edit=edit, group=groups + number)

    yield from step(1, legs, up=False)
    yield from step(2, [link], up=False)
    for each in lines:
        yield replace(each, edit=replace(each.edit, leg=f"interface {link.name}")) if each.switch == first else each
    yield from step(3, [link], up=True)
    yield from step(_STEPS, legs, up=True)


def _makes_another(edit: Edit, before: Switch) -> bool:
    """Whether a line makes the pair another one to its hosts, and does not end it."""
    return touches.domain_id(edit, before) and not (edit.opens and edit.new is None)


def with_blocks(work: Mapping[str, Work], whole: Mapping[str, Side], placed: Iterable[Placed]) -> Mapping[str, Work]:
    """The work with every interface that is shut for a while, also where nothing of it differs and it was not read."""
    passing = [each for each in placed if each.edit.passing]
    heads = {name: dict.fromkeys(each.edit.head for each in passing if each.switch == name) for name in work}
    return {name: _with(each, whole[name], heads[name]) for name, each in work.items()}


def _with(work: Work, whole: Side, heads: Iterable[str]) -> Work:
    read = {*work.old.root.blocks, *work.new.root.blocks}
    missing = {head: whole.root.blocks[head] for head in heads if head in whole.root.blocks and head not in read}
    old, new = (
        side._replace(root=replace(side.root, blocks={**side.root.blocks, **missing})) for side in (work.old, work.new)
    )
    return replace(work, old=old, new=new)
