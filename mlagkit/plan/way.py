"""The way from what runs to what is intended: lines in an order that, typed one by one, leads there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mlagkit.diff.change import Action, Change, Policy, Unmanaged
from mlagkit.diff.walk import Walk
from mlagkit.nxos.catalogue import Kind, Phase
from mlagkit.nxos.change.edit import Edit, edits, row_of, without_stanzas
from mlagkit.nxos.change.gateways import phase_behind_gateway
from mlagkit.nxos.change.join import (
    as_typed,
    belongs_to_peer_link,
    is_trunk,
    phase_beside_peer_link,
    shows_channel,
    takes_from_channel,
)
from mlagkit.nxos.change.order import grows
from mlagkit.nxos.change.shut import shut_for_good, shut_meanwhile, shut_to_leave, shut_to_switch
from mlagkit.nxos.change.sources import keepalive_sources, virtual_peer_link_sources
from mlagkit.nxos.change.typed import Typed
from mlagkit.nxos.effective import Side
from mlagkit.nxos.objects import interface_name
from mlagkit.nxos.redact import redact
from mlagkit.plan.order import Disturbs, Placed, ordered

ROUNDS = 4
"""How often lines may be added for what others did besides what they say; two is the most that was seen."""


@dataclass(frozen=True, slots=True)
class Work:
    """One switch: how it runs, how it shall run, and what may be removed."""

    old: Side
    new: Side
    policy: Policy


class NoWay(Exception):
    """What is left that no order of lines brought about, by switch; its message goes into a report without secrets."""

    def __init__(self, left: Mapping[str, Sequence[Change]]) -> None:
        super().__init__("; ".join(f"{name}: {_shown(change)}" for name, found in left.items() for change in found))
        self.left = left


def _shown(change: Change) -> str:
    old, new = (None if line is None else redact(line) for line in (change.old, change.new))
    return f"{old!r} -> {new!r}"


@dataclass(frozen=True, slots=True)
class Way:
    """The lines in their order, and how each switch stands after each of them."""

    placed: tuple[Placed, ...]
    ends: Mapping[str, Side]


def way(work: Mapping[str, Work], switches: Sequence[str], disturbs: Disturbs) -> Way:
    """The lines that lead there; NoWay where none do.

    What a line does besides what it says, such as erasing addresses, is seen in a second look at what is left: the
    lines for it take their place among the others.
    """
    wanted: dict[str, list[Edit]] = {name: [] for name in work}
    found = Way((), {name: each.old for name, each in work.items()})
    for again in range(ROUNDS):
        left = {name: list(remaining(each, found.ends[name])) for name, each in work.items()}
        lost = {name: list(erased(each, found.ends[name])) if again else [] for name, each in work.items()}
        if not any(left.values()) and not any(lost.values()):
            return found
        more = False
        for name, changes in left.items():
            known = set(wanted[name])
            lines = without_stanzas(list(lines_of(work[name], [*changes, *lost[name]])))
            told = [edit for edit in lines if again or not takes_from_channel(edit, work[name].new)]
            new = [edit for edit in _with_shut(work[name], told) if edit not in known]
            wanted[name] += new
            more = more or bool(new)
        if again and not more:
            break
        found = typed(ordered(wanted, {name: each.old for name, each in work.items()}, switches, disturbs), work)
    left = {name: list(remaining(each, found.ends[name])) for name, each in work.items()}
    if any(left.values()):
        raise NoWay(left)
    return found


def _with_shut(work: Work, lines: Sequence[Edit]) -> Iterator[Edit]:
    """The lines, and what is shut for them: for a while, or for good where nobody declares it."""
    lines = list(shut_to_leave(list(shut_to_switch(lines, work.old, work.new)), work.old, work.new))
    found = shut_meanwhile(lines, work.old, work.new)
    if work.policy.removes("interfaces", declared=False):
        return found
    return shut_for_good(found, work.new)


def remaining(work: Work, at: Side) -> Iterator[Change]:
    """What still differs on a switch that stands like that."""
    return (item for item in Walk(at, work.new, work.policy).items() if isinstance(item, Change))


def erased(work: Work, at: Side) -> Iterator[Change]:
    """What nobody manages and a line took along all the same, such as what a VRF erases: it is typed again (7.15)."""
    if work.policy.strict:
        return
    there = {(item.section, item.text) for item in _left_alone(work, at)}
    for item in _left_alone(work, work.old):
        row = row_of(item.section, item.text)
        if row is not None and item.section and shows_channel(item.section[0], row, at):
            continue
        if (item.section, item.text) not in there and (row is None or row.kind is not Kind.VLANS):
            yield Change(Action.ADD, item.section, None, item.text, 0, 0, item.text, row)


def _left_alone(work: Work, at: Side) -> Iterator[Unmanaged]:
    return (item for item in Walk(at, work.new, work.policy).items() if isinstance(item, Unmanaged))


def lines_of(work: Work, changes: Sequence[Change]) -> Iterator[Edit]:
    """What is typed for differences; ValueError for one that can't be taken back."""
    first = keepalive_sources(work.old, work.new) | virtual_peer_link_sources(work.old, work.new)
    for change in changes:
        place = tuple(map(_in_full, change.section[:1])) + change.section[1:]
        section = place or (_in_full(change.new or change.old or ""),)
        link = belongs_to_peer_link(section, work.old, work.new)
        trunk = change.row is not None and change.row.trunk and is_trunk(section[0], work.old)
        old, new = change.old, change.new
        if not place:
            old, new = old and _in_full(old), new and _in_full(new)
        found = edits(place, change.row, change.key, old, new, change.vlans, peer_link=link, trunk=trunk)
        for edit in found:
            early = edit.head in first and edit.row is not None and grows(edit)
            beside = phase_beside_peer_link if link else phase_behind_gateway
            phase = beside(edit, work.old, work.new)
            phase = min(edit.phase, Phase.VLAN) if early else phase
            yield edit.of(phase, (change.old_line, change.new_line))


def _in_full(head: str) -> str:
    """The head of an interface as the switch prints it, whatever it is called in a text."""
    name = interface_name(head)
    return head if name is None else f"interface {name}"


def typed(order: Sequence[Placed], work: Mapping[str, Work]) -> Way:
    """The lines that change something when they are typed in that order, as they have to be typed."""
    running = {name: Typed.of(each.old) for name, each in work.items()}
    done = []
    for each in order:
        for edit in as_typed(each.edit, running[each.switch]):
            if running[each.switch].enter(edit.section, edit.text):
                done.append(each if edit is each.edit else replace(each, edit=edit))
    return Way(tuple(done), {name: each.side() for name, each in running.items()})
