"""The order of a change over both switches: what grows by phase, what shrinks the other way round (reference 6).

Within a phase one switch comes after the other, and whatever disturbs an object stands apart from what does not: it is
done on both switches before the next object is touched.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby
from math import inf

from mlagkit.nxos.catalogue import Phase
from mlagkit.nxos.change.carrying import leg_of, legs_of
from mlagkit.nxos.change.claims import (
    ALONE,
    BUNDLE,
    EXCLUSIVE,
    LAYER,
    SUBNET,
    Claim,
    ended,
    freed,
    moved_gateways,
    regated,
    taken,
    waiting_for_layer,
)
from mlagkit.nxos.change.edit import Edit
from mlagkit.nxos.change.order import (
    comes_up,
    grows,
    is_channel,
    is_port,
    joins,
    keys,
    leaves,
    lowers_priority,
    released,
    replaces_keepalive,
    unit,
)
from mlagkit.nxos.effective import Side
from mlagkit.nxos.objects import svi_of

_STAGES: Sequence[frozenset[Phase]] = (
    frozenset((Phase.FEATURE, Phase.SYSTEM, Phase.VRF, Phase.VLAN)),
    frozenset((Phase.SPANNING_TREE,)),
    frozenset((Phase.DOMAIN,)),
    frozenset((Phase.PEER_LINK,)),
    frozenset((Phase.PORT_CHANNEL, Phase.VPC)),
    frozenset((Phase.MEMBER,)),
    frozenset((Phase.SVI, Phase.ROUTING)),
)
"""Phases between which both switches wait for each other.

A vPC gets its number before its port-channel gets ports, so that no host ever sees two systems (section 6, "add vPC").
"""

_OF_PHASE = {phase: number for number, phases in enumerate(_STAGES) for phase in phases}
_MEMBERS = _OF_PHASE[Phase.MEMBER]
_PORTS = _OF_PHASE[Phase.PORT_CHANNEL]
_LAST = _OF_PHASE[Phase.ROUTING]
_OF_BOTH = (Phase.PEER_LINK, Phase.MEMBER)
"""The phases in which a port-channel is shut that is so on both switches before anything of it is done."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with its switch and its place: growing before shrinking, its stage, and the group that it is done in.

    ``group`` is 0 for all that disturbs nobody, else the number of the object that is disturbed; ``unit`` is what that
    one is called.
    """

    switch: str
    edit: Edit
    grows: bool
    stage: int
    group: int
    unit: str = ""


def is_behind_peer_link(placed: Placed) -> bool:
    """Whether a line that grows comes when all is said of the peer-link."""
    return placed.stage > _OF_PHASE[Phase.PEER_LINK]


Disturbs = Callable[[str, Edit], bool]


def ordered(
    work: Mapping[str, Sequence[Edit]], sides: Mapping[str, Side], switches: Sequence[str], disturbs: Disturbs
) -> list[Placed]:
    """All lines in the order in which they are typed.

    ``work`` holds the lines of each switch, ``sides`` how it runs before, and ``switches`` says who is first within a
    stage.
    """
    placed = _placed(work, sides, disturbs)
    growing = list(_sorted([each for each in placed if each.grows], switches))
    shrinking = list(_sorted([each for each in placed if not each.grows], switches))
    return list(_shut_first(list(_interleaved(growing, shrinking, sides)), switches, _uneven(sides)))


def root_first(placed: Iterable[Placed], leader: str) -> Iterator[Placed]:
    """The same with the leader first where both only get lower priorities, so that nobody else becomes the root.

    That is the order of the reference (section 6, STP priority [likely]) where the two do not speak as one bridge.
    """
    for (_, _, group), run in groupby(placed, key=lambda each: (each.grows, each.stage, each.group)):
        lines = list(run)
        if group and all(lowers_priority(each.edit) for each in lines):
            lines.sort(key=lambda each: each.switch != leader)
        yield from lines


_Stage = tuple[bool, int]
"""Whether a line grows, and its stage."""


def _placed(work: Mapping[str, Sequence[Edit]], sides: Mapping[str, Side], disturbs: Disturbs) -> list[Placed]:
    stages: dict[tuple[str, Edit], _Stage] = {}
    for switch, edits in work.items():
        joining = {head for edit in edits if joins(edit) for head in (edit.head, edit.leg)}
        leaving = released(edits)
        guarded = _guarded(edits)
        for edit in edits:
            growing = grows(edit) and edit.head not in leaving
            stage = _OF_PHASE[edit.phase]
            late = growing and stage == _PORTS and edit.head in joining
            stages[switch, edit] = growing, _LAST if growing and edit in guarded else _MEMBERS if late else stage
    units = _units(work, sides)
    disturbing = {place: stage for place, stage in stages.items() if disturbs(*place) or replaces_keepalive(place[1])}
    groups = _groups(disturbing, units, growing=True) | _groups(disturbing, units, growing=False)
    return [
        Placed(*place, *stage, groups.get((stage, units[place]), 0), units[place]) for place, stage in stages.items()
    ]


_GATEWAYS = "gateways"


def _units(work: Mapping[str, Sequence[Edit]], sides: Mapping[str, Side]) -> dict[tuple[str, Edit], str]:
    """What is changed on both switches before anything else of its stage is.

    Gateways that become others of another kind are one: no VLAN notices what becomes of the gateway of another one, and
    each goes through the same as it would alone. So are those that move to other VLANs, with the ports that do. A port
    joins its port-channel, or comes up with it, where that has changed its layer.
    """
    turned = frozenset[int]().union(*map(regated, work.values()))
    uneven = _uneven(sides)
    found: dict[tuple[str, Edit], str] = {}
    for switch, edits in work.items():
        channels = waiting_for_layer(edits, sides[switch])
        moved = moved_gateways(edits, sides[switch])
        for edit in edits:
            gateway = edit in moved or (turned and svi_of(edit.head) in turned)
            own = unit(edit)
            found[switch, edit] = _GATEWAYS if gateway else channels.get(edit) or uneven.get((switch, own), own)
    return found


def _uneven(sides: Mapping[str, Side]) -> Mapping[tuple[str, str], str]:
    """The legs of a vPC that has two port-channels, by switch and header: each with what both are called."""
    legs = [
        (switch, head, leg.number)
        for switch, side in sides.items()
        for head in legs_of(side)
        if (leg := leg_of(head, side))
    ]
    heads: dict[int, set[str]] = {}
    for _, head, number in legs:
        heads.setdefault(number, set()).add(head)
    return {(switch, head): f"vPC {number}" for switch, head, number in legs if len(heads[number]) > 1}


def _groups(
    disturbing: Mapping[tuple[str, Edit], _Stage], units: Mapping[tuple[str, Edit], str], *, growing: bool
) -> dict[tuple[_Stage, str], int]:
    """The numbers of the objects that are disturbed by what grows, or by what shrinks."""
    places = [
        ((place[1].phase, is_port(place[1].head)), (stage, units[place]))
        for place, stage in disturbing.items()
        if stage[0] is growing
    ]
    places.sort(key=lambda each: each[0], reverse=not growing)
    return {place: number for number, place in enumerate(dict.fromkeys(place for _, place in places), 1)}


def _guarded(edits: Collection[Edit]) -> set[Edit]:
    """The lines that bring up what also gets a line that the catalogue does not know, which may be a filter.

    They come behind it, but for the peer-link, which is up before anything that needs it.
    """
    heads = {edit.head for edit in edits if edit.row is None and edit.adds and edit.section}
    return {edit for edit in edits if edit.head in heads and comes_up(edit) and edit.phase is not Phase.PEER_LINK}


def _sorted(placed: Iterable[Placed], switches: Sequence[str]) -> Iterator[Placed]:
    """By stage, quiet lines first, then object by object; the lines of a switch by phase, each object in one piece.

    What shrinks has its quiet lines last: an object goes when all that used it has left.
    """
    parts: dict[tuple[int, float, int], list[Placed]] = {}
    for each in placed:
        stage, group = (each.stage, each.group) if each.grows else (-each.stage, each.group or inf)
        parts.setdefault((stage, group, switches.index(each.switch)), []).append(each)
    for key in sorted(parts):
        part = parts[key]
        of_edit = {each.edit: each for each in part}
        guarded = _guarded(of_edit)
        by_phase: dict[int, list[Edit]] = {}
        for edit in of_edit:
            when = Phase.ROUTING if edit in guarded else edit.phase
            whole = part[0].stage == _PORTS or (part[0].grows and part[0].stage == _MEMBERS)
            by_phase.setdefault(0 if whole else when, []).append(edit)
        for phase in sorted(by_phase, reverse=not part[0].grows):
            places = keys(by_phase[phase], growing=part[0].grows)
            for edit in sorted(places, key=places.__getitem__, reverse=not part[0].grows):
                yield of_edit[edit]


def _interleaved(growing: list[Placed], shrinking: list[Placed], sides: Mapping[str, Side]) -> Iterator[Placed]:
    """What grows, then what shrinks; what shrinks comes earlier where it sets free what is needed.

    With it comes all that would have come before it, so that nothing is ended that is still in use, but for a route
    whose prefix gets another one, which leads there until then, and for what stands in a block that is still to be
    made, or to get its name. Nothing comes with the ports of a port-channel that others join with LACP instead of
    without, or the other way round: what is done to one leg waits for no other one.
    """
    needs = [list(taken(each.edit)) for each in growing]
    wanted = {(each.switch, claim) for each, claims in zip(growing, needs, strict=True) for claim in claims}
    leaving = {(each.switch, each.edit.head) for each in shrinking if leaves(each.edit)}
    frees = [
        {(each.switch, claim) for claim in freed(each.edit, sides[each.switch]) if _counts(claim, each, leaving)}
        & wanted
        for each in (shrinking if wanted else ())
    ]
    by_claim: dict[tuple[str, Claim], list[int]] = {}
    for at, freeing in enumerate(frees):
        for claimed in freeing:
            by_claim.setdefault(claimed, []).append(at)
    renewed = {_named(each) for each in growing} - {None}
    coming = {(each.switch, each.edit.head) for each in growing if _is_made(each.edit)}
    left = dict.fromkeys(range(len(shrinking)))
    holders = _holders(growing, sides, wanted)
    replaced: set[Placed] = set()
    done = -1
    for each, claims in zip(growing, needs, strict=True):
        replaced.add(each)
        for claim in claims:
            place = (each.switch, claim)
            places = [at for at in by_claim.get(place, ()) if at in left and not _is_own(claim, shrinking[at], each)]
            if claim[0] not in (ALONE, BUNDLE, LAYER) and not is_channel(each.edit.leg):
                done, first = max([done, *places]), done + 1
                places = [at for at in range(first, done + 1) if _named(shrinking[at]) not in renewed]
                places = [at for at in places if (shrinking[at].switch, shrinking[at].edit.head) not in coming]
            for at in places:
                if at in left:
                    del left[at]
                    yield _for(each, shrinking[at])
            for holder in holders.get(place, ()):
                if holder not in replaced and not _is_own(claim, holder, each):
                    replaced.add(holder)
                    yield _for(each, replace(holder, edit=ended(holder.edit), grows=False))
        if _is_made(each.edit):
            coming.discard((each.switch, each.edit.head))
        yield each
    yield from (shrinking[at] for at in left)


def _counts(claim: Claim, going: Placed, leaving: Container[tuple[str, str]]) -> bool:
    """Whether a claim is anybody's: a port that has left its port-channel is not concerned by its layer any more."""
    return claim[0] != LAYER or leaves(going.edit) or (going.switch, going.edit.head) not in leaving


def _for(coming: Placed, going: Placed) -> Placed:
    """A gateway that goes for another one is done with it: in between there is neither, and nothing to wait for.

    Behind a port that leaves for another port-channel there is: whether the others carry what it did.
    """
    if not (coming.group and coming.unit == going.unit == _GATEWAYS and coming.switch == going.switch):
        return going
    return replace(going, grows=True, stage=coming.stage, group=coming.group)


def _is_made(edit: Edit) -> bool:
    """Whether a line makes a block, or gives it another name: what is typed below it before would do it, too."""
    return edit.opens and not edit.section and edit.new is not None


def _named(placed: Placed) -> tuple[str, ...] | None:
    """The object that the first words of a line name, such as the prefix of a route; None for most."""
    edit = placed.edit
    if edit.row is None or not edit.row.object_words:
        return None
    return placed.switch, *edit.section, *(edit.new or edit.old or "").split()[: edit.row.object_words]


def _shut_first(
    order: Sequence[Placed], switches: Sequence[str], uneven: Mapping[tuple[str, str], str]
) -> Iterator[Placed]:
    """The same with a leg shut before anything of it is done; one that ends is shut on both switches before."""
    shutting: dict[tuple[str, str], list[Placed]] = {}
    for each in order:
        if each.edit.passing and not comes_up(each.edit):
            ends = each.edit.phase in _OF_BOTH and is_channel(each.edit.head)
            for switch in switches if ends else (each.switch,):
                shutting.setdefault((switch, uneven.get((each.switch, each.edit.leg), each.edit.leg)), []).append(each)
    shut: set[Placed] = set()
    for each in order:
        if each.edit.leg and not each.edit.passing:
            leg = uneven.get((each.switch, each.edit.leg), each.edit.leg)
            before = [one for one in shutting.pop((each.switch, leg), ()) if one not in shut]
            shut.update(before)
            yield from before
        if not each.edit.passing or each not in shut:
            shut.update((each,) if each.edit.passing else ())
            yield each


def _holders(
    growing: Sequence[Placed], sides: Mapping[str, Side], wanted: Set[tuple[str, Claim]]
) -> Mapping[tuple[str, Claim], list[Placed]]:
    """The lines that replace another one of which something else needs what it has, such as two that change places."""
    found: dict[tuple[str, Claim], list[Placed]] = {}
    for each in growing:
        if each.edit.old is not None and each.edit.new is not None and each.edit.row is not None:
            for claim in freed(each.edit, sides[each.switch]):
                if claim[0] in EXCLUSIVE and (each.switch, claim) in wanted:
                    found.setdefault((each.switch, claim), []).append(each)
    return found


def _is_own(claim: Claim, holder: Placed, each: Placed) -> bool:
    """Whether an interface only stays in a subnet of its own."""
    return claim[0] == SUBNET and holder.edit.head == each.edit.head
