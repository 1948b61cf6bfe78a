"""A plan from two running-configs and what is intended, with its proof."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mlagkit.config import ConfigTree
from mlagkit.diff import fingerprint
from mlagkit.drill import difference
from mlagkit.finding import Finding, Origin
from mlagkit.nxos.catalogue import Impact
from mlagkit.nxos.context import Context
from mlagkit.nxos.dialogue import reload_for
from mlagkit.nxos.edit import Edit
from mlagkit.nxos.effective import Side
from mlagkit.nxos.facts import facts
from mlagkit.nxos.gist import gist
from mlagkit.nxos.typed import Typed
from mlagkit.plan.gate import gate
from mlagkit.plan.impact import Impacts, Notice
from mlagkit.plan.invariants import Breach, breaches
from mlagkit.plan.order import Placed
from mlagkit.plan.proof import proven
from mlagkit.plan.state import Thing, Told, errors, forwarding, mismatches
from mlagkit.plan.step import Permission, Plan, Step, Stop
from mlagkit.plan.steps import Part, commands, parts, undo
from mlagkit.plan.stops import Reach, once, stops_of_edit, stops_of_step
from mlagkit.plan.way import Work, way
from mlagkit.state import Role
from mlagkit.switch import Switch
from mlagkit.values import VlanSet
from mlagkit.verdict.roles import roles_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a plan is made of, by switch in the order of the pair file.

    ``running`` are the configurations, ``work`` what differs, ``told`` the intended switches, ``where`` says which
    line caused one that is typed.
    """

    pair: str
    running: Mapping[str, ConfigTree]
    work: Mapping[str, Work]
    told: Mapping[str, Switch]
    where: Callable[[str, Edit], Origin | None] = lambda _, __: None
    reach: Reach = field(default=Reach())


@dataclass(frozen=True, slots=True)
class Stand:
    """Both switches at one moment of a plan."""

    peers: tuple[Switch, Switch]
    mismatches: frozenset[str]
    forwards: frozenset[Thing]


def plan(task: Task) -> Plan:
    """The steps that lead there, proven; NoWay where no order of lines does, ValueError for what can't be taken back.

    What is not said to disturb anybody disturbs nobody in the drill of every state in between.
    """
    names = tuple(task.work)
    whole = {name: _whole(task, name) for name in names}
    told = {name: Told(task.told[name]) for name in names}
    before = {name: told[name].of(side) for name, side in whole.items()}
    roles = _roles(before)
    order = sorted(names, key=lambda name: roles[name].leads)
    rough = way(task.work, order, lambda _, __: False)
    after = {name: told[name].of(side) for name, side in _ends(rough.placed, whole).items()}
    impacts = Impacts.of(before, after, task.work)
    found = way(task.work, order, lambda name, edit: impacts.notice(name, edit).impact is not Impact.NONE)
    cut = parts(found.placed, task.work)
    backs = [undo(part) for part in cut]
    proven(task.work, found, cut, backs)
    stands = _stands(cut, whole, told, roles)
    broken = list(breaches(found.placed, {name: each.old for name, each in task.work.items()}, found.ends))
    steps = tuple(_steps(task, cut, backs, impacts, stands, broken))
    first, last = stands[0].peers, stands[-1].peers
    passing, lasting = _findings(cut, stands)
    edits = [(part.switch, edit) for part in cut for edit in part.edits]
    return Plan(
        pair=task.pair,
        switches=names,
        roles={name: role.value for name, role in roles.items()},
        base={name: fingerprint(tree) for name, tree in task.running.items()},
        steps=steps,
        stops=once(_stops(task, steps, edits, impacts, stands)),
        findings=lasting,
        passing=passing,
        cells=difference(first, last) if steps else (),
        reloads={name: why for name, edit in edits if (why := reload_for(edit.text))},
        deleted=sum(edit.opens and edit.new is None for _, edit in edits),
    )


def _whole(task: Task, name: str) -> Side:
    tree, told = task.running[name], task.told[name]
    return Side(facts(tree.blocks()), Context.of(tree, told.model, told.release))


def _roles(before: Mapping[str, Switch]) -> Mapping[str, Role]:
    """The roles by the running configurations; where these do not tell, whose name comes first leads."""
    one, other = before
    roles = roles_of(before[one], before[other]).of
    if Role.PRIMARY not in roles:
        first = min(one, other)
        return {name: Role.PRIMARY if name == first else Role.SECONDARY for name in (one, other)}
    return dict(zip((one, other), roles, strict=True))


def _ends(placed: Iterable[Placed], whole: Mapping[str, Side]) -> Mapping[str, Side]:
    """How whole configurations stand after the lines."""
    running = {name: Typed.of(side) for name, side in whole.items()}
    for each in placed:
        running[each.switch].enter(each.edit.section, each.edit.text)
    return {name: typed.side() for name, typed in running.items()}


def _stands(
    cut: Sequence[Part], whole: Mapping[str, Side], told: Mapping[str, Told], roles: Mapping[str, Role]
) -> list[Stand]:
    """How the pair stands before the first part and after each."""
    running = {name: Typed.of(side) for name, side in whole.items()}
    current = {name: told[name].of(side) for name, side in whole.items()}
    states = [tuple(current.values())]
    for part in cut:
        for edit in part.edits:
            running[part.switch].enter(edit.section, edit.text)
        current[part.switch] = told[part.switch].of(running[part.switch].side())
        states.append(tuple(current.values()))
    primary = next(name for name, role in roles.items() if role.leads)
    kept = tuple(
        VlanSet(first.vlans.keys() & last.vlans.keys()) for first, last in zip(states[0], states[-1], strict=True)
    )
    return [
        Stand((one, other), mismatches((one, other)), forwarding((one, other), (kept[0], kept[1]), primary))
        for one, other in states
    ]


def _steps(
    task: Task,
    cut: Sequence[Part],
    backs: Sequence[Sequence[Edit]],
    impacts: Impacts,
    stands: Sequence[Stand],
    broken: Sequence[Breach],
) -> Iterator[Step]:
    for number, (part, back) in enumerate(zip(cut, backs, strict=True), 1):
        name, stand = part.switch, stands[number]
        notices = [impacts.notice(name, edit) for edit in part.edits]
        notices += [
            Notice(Impact.OUTAGE, (breach.what,))
            for breach in broken
            if breach.switch == name and breach.edit in part.edits
        ]
        impact, lost = _interrupts(stands, number)
        who = dict.fromkeys(each for notice in notices for each in notice.who)
        agree = stand.mismatches <= stands[0].mismatches | stands[-1].mismatches
        yield Step(
            switch=name,
            commands=commands(part.edits, lambda edit, name=name: task.where(name, edit)),  # type: ignore[misc]
            undo=commands(back),
            reason=gist(part.edits),
            impact=_worst(impact, *(notice.impact for notice in notices)),
            affected=tuple(dict.fromkeys((*who, *lost))),
            gate=gate(part, stand.peers, agree=agree),
        )


def _interrupts(stands: Sequence[Stand], number: int) -> tuple[Impact, tuple[str, ...]]:
    """What forwards before and after the plan, and not in the state after that part; once, where it stops."""
    kept = stands[0].forwards & stands[-1].forwards
    lost = kept - stands[number].forwards - (kept - stands[number - 1].forwards)
    if not lost:
        return Impact.NONE, ()
    hosts = tuple(sorted(what for switch, what in lost if not switch))
    names = tuple(sorted(f"{what} of {switch}" for switch, what in lost if switch))
    still = {what for _, what in stands[number].forwards}
    alone = any(what not in still for switch, what in lost if switch)
    return (Impact.OUTAGE if hosts or alone else Impact.BRIEF), hosts or names


def _worst(*impacts: Impact) -> Impact:
    return max(impacts, key=[*Impact].index)


def _findings(cut: Sequence[Part], stands: Sequence[Stand]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The errors that are new between two stages only, and those that are new at the end."""
    before, end = errors(stands[0].peers), errors(stands[-1].peers)
    gates = [number for number, part in enumerate(cut, 1) if part.last and number < len(cut)]
    passing = {
        key: finding
        for number in gates
        for key, finding in errors(stands[number].peers).items()
        if key not in before and key not in end
    }
    return tuple(passing.values()), tuple(finding for key, finding in end.items() if key not in before)


def _stops(
    task: Task,
    steps: Sequence[Step],
    edits: Sequence[tuple[str, Edit]],
    impacts: Impacts,
    stands: Sequence[Stand],
) -> Iterator[Stop]:
    for name, edit in edits:
        yield from stops_of_edit(name, edit, impacts, task.reach)
    for step, stand in zip(steps, stands[1:], strict=True):
        yield from stops_of_step(step)
        for parameter in sorted(stand.mismatches - stands[0].mismatches - stands[-1].mismatches):
            message = f"{parameter}: until both switches have it, the consistency check fails"
            yield Stop(Permission.TYPE_1, step.switch, message)
