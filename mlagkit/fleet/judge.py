"""The rules, asked about many pairs: each by itself, and then all of them beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mlagkit.errors import InputError
from mlagkit.fleet.effort import Effort, results
from mlagkit.intent.load import gathered, pair_files
from mlagkit.record import record
from mlagkit.validate import Judged, Look, Rules, judged, look

if TYPE_CHECKING:
    from mlagkit.cache import Cache
    from mlagkit.rules.rule import Rule


def judge_fleet(paths: Iterable[str | Path], rules: Rules, day: date, effort: Effort, *, consistency: bool) -> Judged:
    """What the rules find on the pairs as of that day.

    InputError with all that is wrong with any of the files and folders. ``consistency`` asks for verdicts, too.
    """
    files = pair_files(paths)
    task = _Looking(rules=rules, consistency=consistency)
    return judged(gathered(_looks(task, "look", files, effort)), rules.rules, day)


def facts_of(files: Sequence[str], rules: Rules, effort: Effort) -> list[Look | InputError]:
    """What the rules that hold pairs against each other get to see of each pair file, and nothing else of it.

    That is much cheaper than to judge it. A file that can't be used is the error that says why.
    """
    task = _Looking(rules=rules, is_of_site=True)
    return [*_looks(task, "facts", files, effort)] if task.asked else []


def _looks(task: _Looking, kind: str, files: Sequence[str | InputError], effort: Effort) -> Iterator[Look | InputError]:
    """What is left of each pair file that was looked at by itself; looks of that ``kind`` are kept for the next run."""
    kept = None
    if effort.keeps(files) and not task.consistency:
        from mlagkit.fleet.kept import kept_looks

        kept = kept_looks(effort, files, kind, task.asked, task.rules.files)
    if kept is None:
        return results(task, files, effort.jobs)
    return results(replace(task, cache=kept.cache), files, effort.jobs, kept.look)


@record
class _Looking:
    """Judges one pair file by itself; with ``is_of_site`` it only takes what the rules of a site will see."""

    rules: Rules
    consistency: bool = False
    cache: Cache | None = None
    is_of_site: bool = False

    @property
    def asked(self) -> tuple[Rule, ...]:
        """The rules that are asked."""
        rules = self.rules.rules
        return tuple(rule for rule in rules if rule.on_site) if self.is_of_site else rules

    def __call__(self, file: str) -> Look | InputError:
        key = self.cache.key(file) if self.cache else ""
        try:
            found = look(file, self.asked, consistency=self.consistency)
        except InputError as error:
            return error
        if self.cache:
            from mlagkit.fleet.kept import keep

            keep(self.cache, file, key, found)
        return found
