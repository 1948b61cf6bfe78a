"""The review of a working tree: every pair that changed since the base, and what all of them come to."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from os.path import isdir  # not that of Path, which raises for a name that is too long
from pathlib import Path

from mlagkit.compare import OwnTemplates
from mlagkit.errors import InputError
from mlagkit.finding import Finding
from mlagkit.fleet.effort import Effort
from mlagkit.fleet.judge import facts_of
from mlagkit.history import History, history_of
from mlagkit.input_rules import INPUT_RULES
from mlagkit.intent import SITE
from mlagkit.intent.load import gathered
from mlagkit.report.document import Document
from mlagkit.report.paint import counted
from mlagkit.report.review.document import review_document
from mlagkit.review.beside import Beside, differing
from mlagkit.review.changed import Changed, Changes, changed_pairs, listed, site_of
from mlagkit.review.live import Reader
from mlagkit.review.own import templates_of
from mlagkit.review.pair import Reviewed, Reviewing
from mlagkit.review.places import Copy, copied
from mlagkit.review.settings import Settings
from mlagkit.review.settings import differing as set_otherwise
from mlagkit.review.then import Base
from mlagkit.rules.rule import Rule
from mlagkit.turned import Turned, named_as_now, turned
from mlagkit.validate import Look, Rules, found_on, refuse_twins
from mlagkit.waivers import settled
from mlagkit.workers import each


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be reviewed, and against what.

    ``beside`` are templates and own rules, ``settings`` what files say of them. ``key`` makes fingerprints of secrets,
    ``reader`` reads the live switches of the pairs that changed.
    """

    revision: str
    paths: tuple[str, ...]
    day: date
    beside: Beside = field(default=Beside())
    settings: Settings | None = None
    key: str | None = None
    reader: Reader | None = None


def reviewed(asked: Asked, effort: Effort) -> Document:
    """``mlagkit.review/1``: compare the working tree with the merge base of the revision and what is checked out.

    InputError with all that is wrong with any pair that changed, or where there is no base.
    """
    history = history_of(asked.revision, _folder(asked.paths[0]))
    settings, beside, notes = _settings(asked, history)
    base = listed(history, asked.paths, [beside, asked.beside])
    changes = changed_pairs(base, asked.paths, differing(beside, asked.beside, base))
    with tempfile.TemporaryDirectory(prefix="mlagkit-") as name:
        copy = copied(base, _needed(base, changes, beside), Path(name).resolve())
        rules, then, more = _rules(copy, base, asked.beside, beside)
        notes += more
        task = Reviewing(
            copy=copy,
            templates=OwnTemplates(asked.beside.templates, templates_of(copy, base, beside)),
            now=rules,
            then=then,
            key=asked.key,
            day=asked.day,
        )
        found = gathered(each(task, _with_live(changes.changed, copy, asked.reader), effort.jobs))
        others, more = _others(changes, rules, effort)
        _refuse_twins(found, others)
        told = _findings(found, others, (rules, then), asked.day, copy)
    notes += more
    return review_document(
        history,
        rows=[row for one in found for row in one.rows],
        unchanged=sorted(changes.unchanged.values()),
        turned=told,
        settings=settings,
        given=asked.settings.given(asked.beside) if asked.settings else (),
        notes=notes,
        day=asked.day.isoformat(),
    )


def _folder(path: str) -> Path:
    """A folder to ask git in: that of the path, or the nearest one above it that is still there."""
    place = Path(path).absolute()
    return next((each for each in (place, *place.parents) if isdir(each)), place)


def _with_live(changed: Sequence[Changed], copy: Copy, reader: Reader | None) -> list[Changed]:
    """The pairs with what their switches run; those that are new or gone have nothing that could have drifted."""
    if reader is None:
        return [*changed]
    live = reader.live([copy.path(one.was) for one in changed if one.file and one.was])
    return [replace(one, live=live.get(copy.path(one.was))) if one.was else one for one in changed]


def _needed(base: Base, changes: Changes, beside: Beside) -> list[str]:
    """The keys of the files of the base that are read."""
    pairs = [changed.was for changed in changes.changed if changed.was]
    templates = beside.templates_at(base)
    rules = [rule for rule in beside.rules_at(base) if isinstance(rule, str)]
    return [*pairs, *map(site_of, pairs), *(base.inside(templates) if templates else ()), *rules]


def _settings(asked: Asked, history: History) -> tuple[list[Document], Beside, list[str]]:
    """What was set otherwise, and what the pairs of the base depended on; a note where nobody can tell."""
    if asked.settings is None:
        return [], asked.beside, []
    then = asked.settings.then(history)
    if then is None:
        note = "the settings file of the base can't be used, so that the options of now hold for both sides"
        return [], asked.beside, [note]
    return set_otherwise(then, asked.settings.now), asked.settings.beside(asked.beside, then), []


def _rules(copy: Copy, base: Base, beside: Beside, then: Beside) -> tuple[Rules, Rules, list[str]]:
    """The rules of now and those of the base, or those of now twice where the latter can't be used, which is noted."""
    now = Rules.of(beside.rules)
    files = tuple(str(copy.path(rule) if isinstance(rule, str) else rule) for rule in then.rules_at(base))
    try:
        return now, Rules.of(files), []
    except InputError:
        return now, now, ["the rules of the base can't be used, so that both sides are judged by those of now"]


def _others(changes: Changes, rules: Rules, effort: Effort) -> tuple[list[Look], list[str]]:
    """What rules over many pairs see of those that did not change, and a note on what they can't see.

    Nothing is looked at where nothing changed; and a mistake in one of these files is not of this change.
    """
    found = facts_of([*changes.unchanged], rules, effort) if changes.changed else []
    looks = [each for each in found if not isinstance(each, InputError)]
    left = len(found) - len(looks)
    words = f"{counted(left, 'pair')} that did not change can't be read, so no rule holds the others against them"
    return looks, [words] if left else []


def _refuse_twins(found: Sequence[Reviewed], others: Sequence[Look]) -> None:
    """InputError where a pair that changed has a name that is taken; what others share among themselves was there."""
    taken = {(name.kind, name.name.casefold()): name for each in others for name in each.names}
    refuse_twins([*taken.values(), *(name for one in found if one.now for name in one.now.names)])


def _findings(
    found: Sequence[Reviewed],
    others: Sequence[Look],
    rules: tuple[Rules, Rules],
    day: date,
    copy: Copy,
) -> Turned:
    """The findings of both sides held against each other; those of a pair that is deleted are nobody's any more."""
    now = [one.now for one in found if one.now]
    then = [one.then for one in found if one.then]
    after = judged(now, others, rules[0].rules, day)
    before = judged(then, others, rules[1].rules, day)
    pairs = {old: new for one in found for old, new in one.pairs.items()}
    switches = {old: new for one in found for old, new in one.switches.items()}
    gone = {row["pair"] for one in found for row in one.rows if row["effect"] == "deleted"} - {*pairs.values()}
    told = named_as_now(map(copy.finding, before), pairs, switches)
    return turned((each for each in told if each.pair not in gone), after)


def judged(looks: Sequence[Look], others: Sequence[Look], rules: Sequence[Rule], day: date) -> list[Finding]:
    """What the rules find on one side, those that are waived marked as such.

    ``others`` are pairs that did not change, of which only the rules see anything that hold pairs against each other.
    So nobody knows which of their waivers are needed, and nothing is said of them.
    """
    every = [*looks, *others]
    found = settled(
        found_on(every, rules),
        [each.accepted for each in every],
        rules,
        day,
        partial=bool(others),
    )
    own = {file for each in looks for file in (each.file, str(Path(each.file).with_name(SITE)))}
    return [finding for finding in found if finding.rule not in INPUT_RULES or finding.origin.file in own]
