"""One pair that changed, looked at from both sides; what is left of it is small, and plain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from mlagkit.compare import OwnTemplates
from mlagkit.errors import InputError
from mlagkit.expand import expand
from mlagkit.finding import Origin
from mlagkit.intent import Pair, load_pair
from mlagkit.nxos.redact import redact, redact_all
from mlagkit.report.diff import diff_document
from mlagkit.report.document import Document
from mlagkit.report.plan.document import cell_row, plan_document
from mlagkit.report.review.words import pair_words
from mlagkit.review.changed import Changed
from mlagkit.review.effect import (
    Effect,
    Then,
    effect,
    effect_of_deleted,
    effect_of_mended,
    effect_of_new,
    is_same,
    names_then,
    texts_of,
)
from mlagkit.review.live import Live, drift
from mlagkit.review.places import Copy, in_the_pair_file
from mlagkit.review.touched import touched
from mlagkit.revision import commit_of
from mlagkit.validate import Look, Rules, look_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A pair that changed: its rows in the document, and how either side was judged by itself.

    A file that now holds another pair has two rows. ``pairs`` and ``switches`` are names of now by those of then.
    """

    rows: tuple[Document, ...]
    now: Look | None
    then: Look | None
    pairs: dict[str, str]
    switches: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewing:
    """Looks at one pair that changed. All of it can be sent to another process."""

    copy: Copy
    templates: OwnTemplates
    now: Rules
    then: Rules
    key: str | None
    day: date

    def __call__(self, changed: Changed) -> Reviewed | InputError:
        """What is left of the pair, or what is wrong with it now."""
        try:
            return self._reviewed(changed)
        except InputError as error:
            return error

    def _reviewed(self, changed: Changed) -> Reviewed:
        then = self._then(changed) if changed.was else None
        if changed.file is None:
            rows = [self._deleted(changed, then)]
            return Reviewed(rows=tuple(rows), now=None, then=self._look_then(then), pairs={}, switches={})
        head = load_pair(changed.file)
        now = look_at(head, self.now.rules)
        if isinstance(then, InputError):
            found = effect_of_mended(head, self.templates, len(then.findings))
            return Reviewed(rows=(self._row(changed, found, head, now),), now=now, then=None, pairs={}, switches={})
        if then is None or not is_same(then[0], head):
            rows = [self._row(changed, effect_of_new(head, self.templates), head, now)]
            rows += [self._deleted(changed, then)] if then else []
            return Reviewed(rows=tuple(rows), now=now, then=self._look_then(then), pairs={}, switches={})
        base, texts = then
        names = names_then(base, head)
        files = {name: f"\0{name}" for name in names}  # no file of this name can be
        was = Then(pair=base, texts=texts, names=names, files=files)
        found = self._effect(was, head, changed.live)
        return Reviewed(
            rows=(self._row(changed, found, head, now, base),),
            now=now,
            then=self._look_then(then),
            pairs={base.name: head.name},
            switches={old: new for new, old in names.items()},
        )

    def _then(self, changed: Changed) -> tuple[Pair, dict[str, str]] | InputError:
        """The pair of the base with its configurations, or what is wrong with it."""
        try:
            pair = load_pair(self.copy.path(changed.was or ""))
            return pair, texts_of(pair, self.templates.base)
        except InputError as error:
            return InputError([self.copy.finding(finding) for finding in error.findings])

    def _look_then(self, then: tuple[Pair, dict[str, str]] | InputError | None) -> Look | None:
        """How the base was judged by itself; by the rules of now where one of those of then fails on it."""
        if then is None or isinstance(then, InputError):
            return None
        try:
            return look_at(then[0], self.then.rules)
        except InputError:
            return look_at(then[0], self.now.rules)

    def _effect(self, was: Then, head: Pair, live: Live | None) -> Effect:
        """What the change does; its plan is judged as its push is, by the rules of the base, unless one fails on it."""
        ask = partial(effect, was, head, self.templates, self.day, live)
        try:
            return ask(rules=self.then.rules)
        except InputError:
            return ask(rules=self.now.rules)

    def _deleted(self, changed: Changed, then: tuple[Pair, dict[str, str]] | InputError | None) -> Document:
        name = then[0].name if isinstance(then, tuple) else changed.was or ""
        return self._document(changed, effect_of_deleted(), name, None)

    def _row(self, changed: Changed, found: Effect, head: Pair, now: Look, base: Pair | None = None) -> Document:
        """A row, in which lines of the base point at the pair file of then."""
        row = self._document(changed, found, head.name, changed.file)
        row["plan"] = _with_places(self._plan(found, head), now)
        if base is not None:
            then = expand(base)
            names = names_then(base, head)
            if found.differences and found.diff:
                changes = {
                    name: [change for change, _ in result.changes] for name, result in found.diff.switches.items()
                }
                sides = {name: (then[names[name]], switch) for name, switch in expand(head).items()}
                row["touched"] = touched(changes, sides, partial(redact_all, key=self.key))
            switches = {f"\0{now}": then[old] for now, old in names.items()}
            row = in_the_pair_file(row, switches, self.templates.base, self.copy.origin)
            row["drift"] = self._drift(changed.live, base) if changed.live else None
        return row | {"verdict": pair_words(row)}

    def _document(self, changed: Changed, found: Effect, pair: str, file: str | None) -> Document:
        mask = partial(redact, key=self.key)
        diff = diff_document([found.diff], mask)["pairs"][0]["switches"] if found.diff else {}
        is_other = file is None or (changed.was and not self.copy.is_at(changed.was, file))
        row: Document = {
            "pair": pair,
            "file": file,
            "was": self.copy.history.label(changed.was) if changed.was and is_other else None,
            "because": list(changed.because),
            "effect": found.kind.value,
            "changes": len(found.differences),
            "deletions": found.deletions,
            "lines": dict(found.lines),
            "switches": diff,
            "plan": None,
            "plan_from": None if found.plan is None else "live" if found.is_live else "base",
            "no_plan": redact_all(found.no_plan, self.key),
            "drill": [cell_row(cell) for cell in found.cells],
            "touched": None,
            "drift": None,
        }
        return row | {"verdict": pair_words(row)}

    def _plan(self, found: Effect, head: Pair) -> Document | None:
        """The plan; references to secrets are masked like secrets, as they are when it is made to be carried out."""
        if found.plan is None:
            return None
        mask = partial(redact_all, key=self.key)
        commit = commit_of(head.file)
        return plan_document(found.plan, mask, created=self.day.isoformat(), expires=None, commit=commit)

    def _drift(self, live: Live, base: Pair) -> Document:
        """What the switches run otherwise than the base says, by hostname, as in ``mlagkit.diff/1``."""
        found = drift(live, base, self.templates.base)
        switches = {
            name: replace(result, changes=tuple((change, self.copy.origin(place)) for change, place in result.changes))
            for name, result in found.switches.items()
        }
        rows: Document = diff_document([replace(found, switches=switches)], partial(redact, key=self.key))["pairs"][0]
        return {"switches": rows["switches"]}


def _with_places(plan: Document | None, now: Look) -> Document | None:
    """The plan, whose findings are those of a state in no file, with the places of the same in the pair file."""
    if plan is None:
        return None
    places = {(each.rule, each.message): each.origin for each in now.alone.findings}
    found = {key: [dict(row) for row in plan[key]] for key in ("findings", "accepted", "passing")}
    for row in (row for rows in found.values() for row in rows if not row["file"]):
        place = places.get((row["rule"], row["message"]), Origin(now.file))
        row |= {"file": place.file, "line": place.line, "column": place.column}
    return plan | found
