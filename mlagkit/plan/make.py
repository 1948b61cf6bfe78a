"""A plan from two running-configs and what is intended, with its proof."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mlagkit.config import ConfigTree
from mlagkit.diff import fingerprint
from mlagkit.drill import difference
from mlagkit.finding import Finding, Origin, Waived
from mlagkit.nxos.catalogue import Impact
from mlagkit.nxos.change.dialogue import asks_back, reload_for
from mlagkit.nxos.change.edit import Edit, ended_by
from mlagkit.nxos.change.gist import gist
from mlagkit.nxos.change.typed import Typed
from mlagkit.nxos.context import Context
from mlagkit.nxos.effective import Side
from mlagkit.nxos.facts import facts
from mlagkit.plan.apart import apart, with_blocks
from mlagkit.plan.gate import gate
from mlagkit.plan.impact import EVERYBODY, Impacts, Notice
from mlagkit.plan.invariants import breaches
from mlagkit.plan.order import Placed, root_first
from mlagkit.plan.proof import proven
from mlagkit.plan.rejoin import rejoined
from mlagkit.plan.stands import Stand, stands_of
from mlagkit.plan.state import Peers, Thing, Told, errors, is_linked, is_there
from mlagkit.plan.step import Permission, Plan, Step, Stop
from mlagkit.plan.steps import Part, commands, parts, undos
from mlagkit.plan.stops import Reach, once, stops_of_edit, stops_of_findings, stops_of_step
from mlagkit.plan.tunnel import readdressed
from mlagkit.plan.use import with_hosts_of
from mlagkit.plan.way import Way, Work, typed, way
from mlagkit.rules import RULES
from mlagkit.rules.rule import Rule
from mlagkit.state import Role
from mlagkit.switch import Switch
from mlagkit.topology.keepalive_source import hear_each_other
from mlagkit.verdict.roles import roles_of

Waives = Callable[[Finding], Waived | None]
"""Says of a finding whether somebody accepted it, and who."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a plan is made of, by switch in the order of the pair file.

    ``running`` are the configurations, ``work`` what differs, ``told`` the intended switches, ``was`` those that were
    intended before, where that is known. ``where`` says which line caused one that is typed. ``roles`` are the
    operational ones, where the switches told them. ``rules`` judge what it comes to; ``waives`` says of a finding by
    whom, why and until when it was accepted, None where it was not.
    """

    pair: str
    running: Mapping[str, ConfigTree]
    work: Mapping[str, Work]
    told: Mapping[str, Switch]
    was: Mapping[str, Switch] = field(default_factory=dict)
    where: Callable[[str, Edit], Origin | None] = lambda _, __: None
    reach: Reach = field(default=Reach())
    roles: Mapping[str, Role] = field(default_factory=dict)
    rules: Sequence[Rule] = RULES
    waives: Waives = lambda _: None


def plan(task: Task) -> Plan:
    """The steps that lead there, proven; NoWay where no order of lines does, CantBeTakenBack for one that can't be.

    What is not said to disturb anybody disturbs nobody in the drill of every state in between.
    """
    pair = Pair.of(task)
    rough = way(task.work, pair.order, lambda _, __: False)
    impacts = Impacts.of(pair.named, pair.ends(rough.placed), task.work)
    found = way(task.work, pair.order, lambda name, edit: impacts.notice(name, edit).impact is not Impact.NONE)
    if not all(switch.domain and switch.domain.peer_switch for switch in pair.before.values()):
        found = replace(found, placed=tuple(root_first(found.placed, pair.primary)))
    lines = readdressed(found.placed, pair.before, impacts.after, pair.order)
    lines = rejoined(apart(lines, pair.before, pair.order[0]), pair.before, impacts.after)
    if tuple(lines) != found.placed:
        task = replace(task, work=with_blocks(task.work, pair.whole, lines))
        found = typed(lines, task.work)
    starts = {name: each.old for name, each in task.work.items()}
    broken = {(each.switch, each.edit): each.what for each in breaches(found.placed, starts, found.ends)}

    def notices(name: str, edit: Edit) -> Iterator[Notice]:
        yield impacts.notice(name, edit)
        if (name, edit) in broken and not edit.passing:
            yield Notice(Impact.OUTAGE, (broken[name, edit],))

    made = assembled(task, pair, found, impacts, notices)
    return replace(made, stops=(*made.stops, *once(stops_of_findings(made.findings, made.switches))))


@dataclass(frozen=True, slots=True)
class Pair:
    """Both switches as they run: the ``whole`` configurations, what they are told, and who is assumed to lead.

    ``named`` has the hosts that were attached before, too: of what goes the intent tells none. ``order`` is that of the
    switches within a stage: the operational secondary first.
    """

    whole: Mapping[str, Side]
    told: Mapping[str, Told]
    before: Mapping[str, Switch]
    named: Mapping[str, Switch]
    roles: Mapping[str, Role]

    @classmethod
    def of(cls, task: Task) -> Pair:
        """Read both configurations as a whole."""
        whole = {name: _whole(task, name) for name in task.work}
        told = {name: Told.by(task.told[name]) for name in task.work}
        before = {name: told[name].of(side) for name, side in whole.items()}
        named = {name: with_hosts_of(switch, task.was.get(name)) for name, switch in before.items()}
        return cls(whole, told, before, named, task.roles or _roles(before))

    @property
    def order(self) -> Sequence[str]:
        """Who is first within a stage."""
        return sorted(self.before, key=lambda name: self.roles[name].leads)

    @property
    def primary(self) -> str:
        """Who leads."""
        return next(name for name, role in self.roles.items() if role.leads)

    def ends(self, placed: Iterable[Placed]) -> Mapping[str, Switch]:
        """Both switches after the lines."""
        running = {name: Typed.of(side) for name, side in self.whole.items()}
        for each in placed:
            running[each.switch].enter(each.edit.section, each.edit.text)
        return {name: self.told[name].of(typed.side()) for name, typed in running.items()}


Notices = Callable[[str, Edit], Iterator[Notice]]


def assembled(
    task: Task, pair: Pair, found: Way, impacts: Impacts, notices: Notices, hosts_alone: bool = False
) -> Plan:
    """The plan of lines in their order, with its proof.

    Whatever forwards before and after has to go on forwarding in between; with ``hosts_alone`` every host that has a
    path has to keep one, and nothing else.
    """
    cut = parts(found.placed, task.work)
    backs = undos(cut, found.ends)
    proven(task.work, found, cut, backs)
    stands = stands_of(_states(cut, pair), pair.primary)
    start = stands[0].forwards
    kept = frozenset(each for each in start if not each[0]) if hosts_alone else start & stands[-1].forwards
    steps = tuple(_steps(task, cut, backs, notices, stands, kept, impacts))
    one, other = (pair.named[peer.name] for peer in stands[0].peers)
    passing, lasting = _findings(cut, stands, task.rules)
    waived = [replace(finding, waived=task.waives(finding)) for finding in lasting]
    edits = [(part.switch, edit) for part in cut for edit in part.edits]
    return Plan(
        pair=task.pair,
        switches=tuple(task.work),
        roles={name: role.value for name, role in pair.roles.items()},
        base={name: fingerprint(tree) for name, tree in task.running.items()},
        steps=steps,
        stops=once(_stops(task, steps, edits, impacts, stands)),
        findings=tuple(finding for finding in waived if not finding.waived),
        accepted=tuple(finding for finding in waived if finding.waived),
        passing=passing,
        cells=difference((one, other), stands[-1].peers) if steps else (),
        reloads=_reloads(edits),
        asks=tuple((name, edit.text) for name, edit in edits if asks_back(edit.text, replaces=edit.old is not None)),
        unproven=tuple((name, edit.text) for name, edit in edits if edit.is_unproven),
        deleted=len({each for _, edit in edits for each in ended_by(edit)}),
    )


def _reloads(edits: Iterable[tuple[str, Edit]]) -> Mapping[str, str]:
    """The switches that need a reload, with every reason once."""
    found: dict[str, list[str]] = {}
    for name, edit in edits:
        why = reload_for(edit.text)
        if why and why not in found.setdefault(name, []):
            found[name].append(why)
    return {name: "; ".join(reasons) for name, reasons in found.items() if reasons}


def _whole(task: Task, name: str) -> Side:
    tree, told = task.running[name], task.told[name]
    return Side(facts(tree.blocks()), Context.of(tree, told.model, told.release))


def _roles(before: Mapping[str, Switch]) -> Mapping[str, Role]:
    """The roles by the running configurations; where these do not tell, who has a domain leads, else the first name."""
    one, other = before
    roles = roles_of(before[one], before[other]).of
    if Role.PRIMARY not in roles:
        first = min(one, other, key=lambda name: (before[name].domain is None, name))
        return {name: Role.PRIMARY if name == first else Role.SECONDARY for name in (one, other)}
    return dict(zip((one, other), roles, strict=True))


def _states(cut: Sequence[Part], pair: Pair) -> list[Peers]:
    """Both switches before the first part and after each."""
    running = {name: Typed.of(side) for name, side in pair.whole.items()}
    current = dict(pair.before)
    states = [_both(current)]
    for part in cut:
        for edit in part.edits:
            running[part.switch].enter(edit.section, edit.text)
        current[part.switch] = pair.told[part.switch].of(running[part.switch].side())
        states.append(_both(current))
    return states


def _both(switches: Mapping[str, Switch]) -> Peers:
    one, other = switches.values()
    return one, other


def _steps(
    task: Task,
    cut: Sequence[Part],
    backs: Sequence[Sequence[Edit]],
    notices: Notices,
    stands: Sequence[Stand],
    kept: frozenset[Thing],
    impacts: Impacts,
) -> Iterator[Step]:
    ends_heard = hear_each_other(stands[-1].peers)
    for number, (part, back) in enumerate(zip(cut, backs, strict=True), 1):
        name, stand = part.switch, stands[number]
        told = [_beside(notice, name, stands, number) for edit in part.edits for notice in notices(name, edit)]
        told.append(_interrupts(stands, number, kept, impacts))
        agree = stand.mismatches <= stands[0].mismatches | stands[-1].mismatches
        yield Step(
            switch=name,
            commands=commands(part.edits, lambda edit, name=name: task.where(name, edit)),  # type: ignore[misc]
            undo=commands(back),
            reason=gist(part.edits),
            impact=max((notice.impact for notice in told), key=[*Impact].index),
            affected=_affected(told, impacts, stands[0]),
            gate=gate(
                part,
                stands[0].peers,
                stands[number - 1].peers,
                stand.peers,
                agree=agree,
                consistent=not stand.mismatches,
                heard=not ends_heard or hear_each_other(stand.peers),
            ),
        )


def _affected(told: Iterable[Notice], impacts: Impacts, start: Stand) -> tuple[str, ...]:
    """Who notices, each once: the hosts first, whom a reader knows; where each vPC is named there is no other one."""
    found = dict.fromkeys(who for notice in told for who in notice.who)
    if impacts.legs and impacts.legs <= found.keys():
        found.pop(EVERYBODY, None)
    return tuple(sorted(found, key=lambda who: ("", who) not in start.forwards))


def _beside(notice: Notice, name: str, stands: Sequence[Stand], number: int) -> Notice:
    """The same where the other leg of the vPC forwards all the while: hosts notice it for a moment only."""
    other = next(peer.name for peer in stands[0].peers if peer.name != name)
    leg = (other, f"vPC {notice.vpc}")
    if notice.impact is not Impact.OUTAGE or not all(leg in each.forwards for each in stands[number - 1 : number + 1]):
        return notice
    return replace(notice, impact=Impact.BRIEF)


def _interrupts(stands: Sequence[Stand], number: int, kept: frozenset[Thing], impacts: Impacts) -> Notice:
    """What has to go on forwarding, and stops after that part."""
    lost = (kept - stands[number].forwards) & stands[number - 1].forwards
    if not lost:
        return Notice(Impact.NONE)
    hosts = {what for switch, what in lost if not switch}
    still = {what for _, what in stands[number].forwards}
    alone = any(what not in still for switch, what in lost if switch)
    who = impacts.who((switch, what) for switch, what in lost if not hosts or not switch)
    return Notice(Impact.OUTAGE if hosts or alone else Impact.BRIEF, who)


def _findings(
    cut: Sequence[Part], stands: Sequence[Stand], rules: Sequence[Rule]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The errors that are new between two stages only, and those that are new at the end.

    What the plan itself makes or ends may be wrong until it is done.
    """
    before, end = errors(stands[0].peers, rules), errors(stands[-1].peers, rules)
    gates = [number for number, part in enumerate(cut, 1) if part.last and number < len(cut)]
    passing = {
        key: finding
        for number in gates
        for key, finding in errors(stands[number].peers, rules).items()
        if key not in before and key not in end and _stays(finding, stands)
    }
    return tuple(passing.values()), tuple(finding for key, finding in end.items() if key not in before)


def _stays(finding: Finding, stands: Sequence[Stand]) -> bool:
    """Whether the object of a finding is there before and after."""
    return all(any(is_there(finding, switch) for switch in stand.peers) for stand in (stands[0], stands[-1]))


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
        passing = stand.mismatches - stands[0].mismatches - stands[-1].mismatches
        for parameter in sorted(passing) if is_linked(stand.peers) else ():
            message = f"{parameter}: until both switches have it, the consistency check fails"
            yield Stop(Permission.TYPE_1, step.switch, message)
