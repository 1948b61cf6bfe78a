"""The plan of a pair: from its pair file and what its switches run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from mlagkit.compare import SHIPPED, Comparison, OwnTemplates, comparisons
from mlagkit.config import ConfigTree
from mlagkit.diff import Uncompared, Unmanaged, Walk
from mlagkit.errors import DeviceError, Refused
from mlagkit.expand import expand
from mlagkit.finding import Origin, Waived
from mlagkit.intent.pair import Pair
from mlagkit.nxos.change.edit import Edit
from mlagkit.nxos.change.effects import without_their_feature
from mlagkit.nxos.change.impossible import at_odds, impossible
from mlagkit.nxos.commands import CantBeTakenBack
from mlagkit.nxos.read import side_of
from mlagkit.nxos.redact import redact, references_in
from mlagkit.plan import NoWay, Plan, Reach, Task, Waives, Work, isolate, plan
from mlagkit.render.shown import Secrets
from mlagkit.rules import RULES
from mlagkit.rules.rule import Rule
from mlagkit.state import Role
from mlagkit.validate import judged, look_at

_NAMED = 3
"""So many lines that no switch holds are named."""


def plan_pair(
    pair: Pair,
    running: Mapping[str, ConfigTree],
    *,
    secrets: Secrets,
    base: Pair | None = None,
    isolated: str | None = None,
    user: str | None = None,
    templates: OwnTemplates = SHIPPED,
    roles: Mapping[str, Role] | None = None,
    rules: Sequence[Rule] = RULES,
    day: date | None = None,
) -> Plan:
    """The steps by which both switches come to do what the pair file says.

    ``running`` is by hostname; ``base`` is the pair as it was intended before, ``user`` who will log in, ``roles`` are
    the operational ones if both switches told them. The ``rules`` judge what the steps come to: what is waived in the
    pair file as of that ``day`` is an error that was accepted; without a day nothing is. With the name of a switch in
    ``isolated`` the steps take that switch out of service, and the intent plays no part. Raises InputError where the
    intent can't be rendered; Refused where a line that can't be taken back would have to be, a secret to be typed can't
    be had, or what runs or is intended is nothing that a switch holds; NoWay where no order of lines leads there all
    the same.
    """
    found = comparisons(pair, running, secrets=secrets, base=base, templates=templates)
    tasks = {name: task for name, task in found.items() if not isinstance(task, DeviceError)}
    walks = {name: task.walk() for name, task in tasks.items()}
    for name, walk in walks.items():
        _refuse_parts(name, walk)
    work = {name: Work(each.old, each.new, each.policy) for name, each in walks.items()}
    addresses = frozenset(str(connect.host) for connect in pair.connect.values() if connect.host)
    task = Task(
        pair=pair.name,
        running={name: task.running for name, task in tasks.items()},
        work=work,
        told={name: task.switch for name, task in tasks.items()},
        was=expand(base) if base else {},
        where=_where(tasks),
        reach=Reach(addresses, user),
        roles=_in_order(roles, tasks) if roles else {},
        rules=rules,
        waives=_waives(pair, rules, day),
    )
    try:
        made = isolate(task, isolated) if isolated else plan(task)
    except CantBeTakenBack as error:
        raise Refused(str(error)) from error
    except NoWay as error:
        if why := _impossible([tasks[name] for name in error.left]):
            raise Refused(f"no switch holds such lines: {why}") from error
        raise
    _refuse_unknown_secrets(made, tasks)
    if isolated:
        return made
    return replace(
        made,
        unmanaged={name: left for name, walk in walks.items() if (left := _left_alone(walk))},
        uncompared={name: tuple(_with_places(task)) for name, task in tasks.items() if task.uncompared},
    )


def _waives(pair: Pair, rules: Sequence[Rule], day: date | None) -> Waives:
    """What tells who accepted a finding: the same of the same rule is waived in the pair file."""

    @cache  # the rules are asked of the pair file only where a plan ends with an error
    def waived() -> Mapping[tuple[str, str], Waived]:
        found = judged([look_at(pair, rules)], rules, day).findings if day else ()
        return {(finding.rule, finding.message): finding.waived for finding in found if finding.waived}

    return lambda finding: waived().get((finding.rule, finding.message))


def _refuse_parts(name: str, walk: Walk) -> None:
    """Refused for a running-config that has lines of a feature and not the feature, as no switch has them."""
    lacking = ", ".join(feature for feature, _ in without_their_feature(walk.old.root, walk.new.root))
    if lacking:
        raise Refused(f"what was read of {name} has lines of features that it lacks ({lacking}): give all of it")


def _impossible(tasks: Iterable[Comparison]) -> str:
    """What no switch holds of what these run, or of what is intended, each line with its place and the reason."""
    found = list(dict.fromkeys(each for task in tasks for each in _impossible_of(task)))
    more = len(found) - _NAMED
    return "; ".join(found if more <= 1 else [*found[:_NAMED], f"{more} more"])


def _impossible_of(task: Comparison) -> Iterator[str]:
    here, there = (side_of(tree, task.switch.model, task.switch.release) for tree in (task.running, task.intended))
    yield from (f"{task.origin(number, 0)}: {why}" for number, why in impossible(here, there))
    intended = (*impossible(there, here), *at_odds(here, there))
    yield from (f"{task.origin(0, number)}: {why}" for number, why in intended)


def _with_places(task: Comparison) -> Iterator[Uncompared]:
    """The lines that were not compared, each with the place that asks for it."""
    return (replace(each, origin=task.origin(*each.lines)) for each in task.uncompared)


def _left_alone(walk: Walk) -> int:
    return sum(isinstance(item, Unmanaged) for item in walk.items())


def _in_order(roles: Mapping[str, Role], names: Iterable[str]) -> Mapping[str, Role]:
    return {name: roles[name] for name in names}


def _where(tasks: Mapping[str, Comparison]) -> Callable[[str, Edit], Origin]:
    """What finds the line of the pair file, or of the running-config, that caused one that is typed."""
    return lambda name, edit: tasks[name].origin(*edit.lines)


def _refuse_unknown_secrets(made: Plan, tasks: Mapping[str, Comparison]) -> None:
    """Refused for a plan that types a secret which nobody has, with the first line that needs it."""
    needed: dict[str, str] = {}
    for secret, place in (found for name, task in tasks.items() for found in _needed(made, name, task)):
        needed.setdefault(secret, place)
    if needed:
        where = "; ".join(needed.values())
        raise Refused(f"a plan types every secret, and these can't be had: {', '.join(needed)}, for {where}")


def _needed(made: Plan, name: str, task: Comparison) -> Iterator[tuple[str, str]]:
    """The secrets that nobody has and the plan would type on a switch, each with a line that needs it.

    A line that was not compared may have to be typed again, as when its group is made anew: not with what ran there.
    """
    as_it_runs = {each.text: each.secrets for each in task.uncompared}
    for command in (command for step in made.steps if step.switch == name for command in step.commands):
        for secret in (*references_in(command.text, task.missing), *as_it_runs.get(command.text, ())):
            yield secret, " / ".join((name, *command.section, redact(command.text)))
