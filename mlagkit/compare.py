"""What differs between a pair's intent and what its switches run, as one value for both."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from mlagkit.config import ConfigTree
from mlagkit.diff import (
    Change,
    Policy,
    Section,
    Uncompared,
    Unmanaged,
    Walk,
    fingerprint,
    uncompared,
    walk,
    with_running,
)
from mlagkit.errors import DeviceError
from mlagkit.expand import expand
from mlagkit.finding import Origin
from mlagkit.intent.pair import Intent, Pair
from mlagkit.nxos.commands import trunk_list
from mlagkit.nxos.context import Context
from mlagkit.nxos.parse import parse
from mlagkit.nxos.running import hostname
from mlagkit.nxos.unprinted import unprinted
from mlagkit.part import asked_once
from mlagkit.render import render, render_annotated
from mlagkit.render.shown import Secrets
from mlagkit.switch import Switch


@dataclass(frozen=True, slots=True)
class OwnTemplates:
    """Folders of templates of somebody's own, for what is intended and for what was at the base revision."""

    head: Path | None = None
    base: Path | None = None


SHIPPED = OwnTemplates()


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchResult:
    """One switch: its changes, each with the place that it comes from; or why there is nothing to compare.

    ``file`` is where the running-config came from. A change's origin is the line of the pair file that
    declares it, of what is removed the line of the running-config. ``uncompared`` are the references to
    secrets that can't be had and without which nobody knows whether a line is as intended.
    """

    file: str = ""
    changes: tuple[tuple[Change, Origin], ...] = ()
    unmanaged: tuple[Unmanaged, ...] = ()
    uncompared: tuple[str, ...] = ()
    fingerprint: str = ""
    error: DeviceError | None = None


@dataclass(frozen=True, slots=True)
class PairDiff:
    """Both switches of a pair, in the order of the pair file."""

    pair: str
    switches: Mapping[str, SwitchResult]

    @property
    def differs(self) -> bool:
        """Whether there is any change."""
        return any(result.changes for result in self.switches.values())


Read = ConfigTree | DeviceError
"""What came of reading a running-config."""


def compare(
    pair: Pair,
    running: Mapping[str, Read],
    *,
    secrets: Secrets,
    base: Pair | None = None,
    strict: bool = False,
    templates: OwnTemplates = SHIPPED,
) -> PairDiff:
    """What has to change on both switches so that they do what the pair file says.

    ``running`` is by hostname. ``secrets`` gives the value behind a reference, or None. ``base`` is the pair
    as it was intended before: what it declared and ``pair`` does not is removed. With ``strict`` everything
    that the intent does not declare counts as a difference. Raises InputError where the intent can't be
    rendered.
    """
    results: dict[str, SwitchResult] = {}
    tasks = comparisons(pair, running, secrets=secrets, base=base, strict=strict, templates=templates)
    for name, task in tasks.items():
        results[name] = SwitchResult(error=task) if isinstance(task, DeviceError) else _compared(task)
    return PairDiff(pair.name, results)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One switch before its comparison: what runs, and what is intended.

    ``before`` is what the base revision declared, ``missing`` are the references whose secrets can't be had.
    ``uncompared`` are running lines that stand in ``intended``, too, each in the place of one that may differ from it
    in such a secret only. ``places`` traces where each line of ``intended`` was declared.
    """

    switch: Switch
    running: ConfigTree
    intended: ConfigTree
    before: ConfigTree | None
    policy: Policy
    missing: tuple[str, ...]
    places: Callable[[], Sequence[Origin]] = field(repr=False, compare=False)
    uncompared: tuple[Uncompared, ...] = ()

    def walk(self) -> Walk:
        """Both sides, read as far as they differ."""
        here, there = (
            Context.of(each, self.switch.model, self.switch.release) for each in (self.running, self.intended)
        )
        return walk(self.running, self.intended, policy=self.policy, base=self.before, contexts=(here, there))

    def origin(self, old: int, new: int) -> Origin:
        """Where a difference comes from, by its running and its intended line, 0 for none."""
        if not new:
            return self.running.origin(old or 1)
        return self.places()[new - 1]


def _places(switch: Switch, templates: Path | None) -> Callable[[], Sequence[Origin]]:
    """What traces the lines of the intent, once, and only where a place is asked for."""
    return cache(lambda: _traced(switch, templates)) if templates else lambda: _traced_shipped(switch)


@asked_once
def _traced_shipped(switch: Switch) -> Sequence[Origin]:
    return _traced(switch, None)


def _traced(switch: Switch, templates: Path | None) -> Sequence[Origin]:
    return [line.origin for line in render_annotated(switch, templates=templates)]


def comparisons(
    pair: Pair,
    running: Mapping[str, Read],
    *,
    secrets: Secrets,
    base: Pair | None = None,
    strict: bool = False,
    templates: OwnTemplates = SHIPPED,
) -> Mapping[str, Comparison | DeviceError]:
    """What is to be compared on each switch; the arguments are those of `compare`."""
    told = cache(secrets)
    before = {name: _written(switch, base.intents[name]) for name, switch in expand(base).items()} if base else {}
    found: dict[str, Comparison | DeviceError] = {}
    for name, switch in expand(pair).items():
        read = running[name]
        if isinstance(read, DeviceError):
            found[name] = read
            continue
        intent = pair.intents[name]
        sections = frozenset(("spanning_tree",) if intent.spanning_tree else ())
        policy = Policy(strict=strict, owns=pair.owns, sections=sections, grows=_grows(switch, intent))
        found[name] = _comparison(switch, read, before.get(name), policy, _asked(intent), told, templates)
    return found


def _grows(switch: Switch, intent: Intent) -> frozenset[tuple[Section, str]]:
    """The peer-link's list of VLANs where it follows from the vPCs and orphans that are declared.

    What is left alone may carry more VLANs, and each that leaves the peer-link stops there.
    """
    link, said = switch.peer_link, intent.peer_link
    if link is None or said is None or said.link.vlans is not None:
        return frozenset()
    return frozenset((trunk_list(link.name),))


def _asked(intent: Intent) -> frozenset[str]:
    """The features that a person wrote down, who did not leave them to follow from what is used."""
    return frozenset(feature for feature, on in intent.features.items() if on)


def _written(switch: Switch, intent: Intent) -> Switch:
    """What was intended before, without the features that nobody wrote but that followed from what was used.

    A feature takes everything that needs it along, also what is left alone; so only a word of a person ends one.
    """
    features = switch.features & _asked(intent)
    evpn = switch.nv_overlay_evpn and intent.nve is not None and intent.nve.nv_overlay_evpn is not None
    return replace(switch, features=features, nv_overlay_evpn=evpn)


def _comparison(
    switch: Switch,
    running: ConfigTree,
    before: Switch | None,
    policy: Policy,
    asked: Collection[str],
    secrets: Secrets,
    templates: OwnTemplates,
) -> Comparison:
    looked_up: dict[str, str | None] = {}

    def noted(reference: str) -> str | None:
        return looked_up.setdefault(reference, secrets(reference))

    text = render(switch, templates=templates.head, secrets=noted)
    task = Comparison(
        switch=switch,
        running=running,
        intended=_as_printed(text, running, asked),
        before=parse(render(before, templates=templates.base, secrets=secrets)) if before else None,
        policy=policy,
        missing=tuple(reference for reference, secret in looked_up.items() if secret is None),
        places=_places(switch, templates.head),
    )
    return _as_far_as_known(task) if task.missing else task


def _as_far_as_known(task: Comparison) -> Comparison:
    """The same without a difference where only a secret may differ that nobody has."""
    found = tuple(uncompared(task.walk().items(), task.missing))
    return replace(task, intended=with_running(task.intended, found), uncompared=found)


def _compared(task: Comparison) -> SwitchResult:
    found = list(task.walk().items())
    changes = [item for item in found if isinstance(item, Change)]
    origins = [task.origin(change.old_line, change.new_line) for change in changes]
    unknown = {secret for each in task.uncompared for secret in each.secrets}
    return SwitchResult(
        file=task.running.file,
        changes=tuple(zip(changes, origins, strict=True)),
        unmanaged=tuple(item for item in found if isinstance(item, Unmanaged)),
        uncompared=tuple(reference for reference in task.missing if reference in unknown),
        fingerprint=fingerprint(task.running),
    )


def _as_printed(intended: str, running: ConfigTree, asked: Collection[str]) -> ConfigTree:
    """The intent without lines that the switch does not print though it is as intended; each other where it was.

    A part of a running-config has no name, and was told whose it is. ``asked`` are the features that a person named.
    """
    tree = parse(intended)
    numbers = [*unprinted(running, tree, asked)]
    if not hostname(running) and (named := hostname(tree)):
        numbers.append(named[1])
    if not numbers:
        return tree
    lines = intended.split("\n")
    for number in numbers:
        lines[number - 1] = ""
    return parse("\n".join(lines))
