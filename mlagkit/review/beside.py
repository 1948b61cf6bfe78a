"""What every pair depends on besides its own files: templates of somebody's own, and rules of a site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from os.path import isdir  # not that of Path, which raises for a name that is too long
from pathlib import Path

from mlagkit.errors import InputError
from mlagkit.history import History
from mlagkit.review.then import Base

TEMPLATES, RULES = "templates", "own rules"
"""Why all pairs are looked at."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A folder of templates, and files of own rules; what lies outside of the repository is the same then and now."""

    templates: Path | None = None
    rules: tuple[str, ...] = ()

    def keys(self, history: History) -> list[str]:
        """The keys of those that lie in the repository."""
        given = [*([self.templates] if self.templates else []), *map(Path, self.rules)]
        return [key for each in given if (key := key_of(history, each)) is not None]

    def templates_at(self, base: Base) -> str | None:
        """The key of the folder of templates, if the base had any file there."""
        key = key_of(base.history, self.templates) if self.templates else None
        return key if key is not None and base.inside(key) else None

    def rules_at(self, base: Base) -> list[str | Path]:
        """The files of rules as the base has them: a key, or the file itself where it lies outside."""
        keyed = [(each, key_of(base.history, Path(each))) for each in self.rules]
        return [Path(each) if key is None else key for each, key in keyed if key is None or key in base.blobs]


def differing(then: Beside, now: Beside, base: Base) -> list[str]:
    """Which of the two are not as they were: others were meant, or what lies there is not the same."""
    rules = [Path(each) for each in now.rules]
    found = []
    if now.templates != then.templates or (now.templates and _differ(base, [*_files(now.templates)], [now.templates])):
        found.append(TEMPLATES)
    if now.rules != then.rules or _differ(base, rules, rules):
        found.append(RULES)
    return found


def key_of(history: History, path: Path) -> str | None:
    """The key of a file or folder; None for one outside of the repository."""
    try:
        return history.key(path)
    except InputError:
        return None


def _differ(base: Base, files: Sequence[Path], places: Sequence[Path]) -> bool:
    """Whether any file, or any that there was at these places, is not as it was."""
    keyed = {key: file for file in files if (key := key_of(base.history, file)) is not None}
    kept = [key for place in places if (key := key_of(base.history, place)) is not None]
    gone = any(key not in keyed for place in kept for key in base.inside(place))
    return gone or bool(base.differing(keyed))


def _files(folder: Path) -> Iterator[Path]:
    found = folder.rglob("*") if isdir(folder) else ()
    return (path for path in sorted(found) if path.is_file())
