"""A site's own rules and templates as a revision has them, for a review and whatever else is held against a revision.

Rules run with all that the caller may do, so a push does not take them from the change that it carries out (trust.md,
S17).
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

from mlagkit.history import History, history_at
from mlagkit.review.beside import Beside, key_of
from mlagkit.review.places import Copy, copied
from mlagkit.review.settings import Settings
from mlagkit.review.then import Base
from mlagkit.revision import git_error
from mlagkit.source import instead
from mlagkit.validate import Rules


def rules_at(revision: str, place: Path, files: tuple[str, ...], settings: Settings) -> tuple[Rules, tuple[str, ...]]:
    """Every rule, with those of the files as they stood at a revision of the repository that a ``place`` lies in.

    Where the settings file has the say, the one of then names the files. What lies outside of the repository is the
    same then and now. Beside them stand the files that the revision does not have, of which no rule is asked, as in a
    review. InputError where the settings, or the rules, can't be used as they stood.
    """
    history = history_at(revision, place)
    then = settings.then(history)
    if then is None:
        raise git_error(f"the settings file of {revision} can't be used, so nobody knows its own rules", place)
    named = settings.beside(Beside(rules=files), then)
    places = {name: _keys(name, history) for name in named.rules}
    base = Base(history, history.files(key for keys in places.values() for key in keys))
    there = {name: next((key for key in keys if key in base.blobs), None) for name, keys in places.items()}
    absent = tuple(name for name, keys in places.items() if keys and there[name] is None)
    with ExitStack() as texts:
        found = [_read(name, key, base, texts) for name, key in there.items() if name not in absent]
        return Rules.of(tuple(found)), absent


def _keys(name: str, history: History) -> list[str]:
    """What git may call a file of rules: as it is written, and behind the links of now; none for one that lies outside.

    A folder that a change made a link leads nobody out of the base: the name as it is written comes first.
    """
    written, top = Path(os.path.abspath(name)), history.top
    keys = [written.relative_to(top).as_posix() if written.is_relative_to(top) else None, key_of(history, Path(name))]
    return list(dict.fromkeys(key for key in keys if key is not None))


def _read(name: str, key: str | None, base: Base, texts: ExitStack) -> str:
    """What a file is called that is read: one of the base where it lies in the repository, with its text of then."""
    if key is None:
        return name
    label = base.history.label(key)
    texts.enter_context(instead(label, base.fetch([key])[key]))
    return label


def templates_of(copy: Copy, base: Base, beside: Beside) -> Path | None:
    """The templates of the base, which has the shipped ones where it has none of its own."""
    if beside.templates is None or key_of(base.history, beside.templates) is None:
        return beside.templates
    key = beside.templates_at(base)
    return copy.path(key) if key else None


def templates_at(revision: str, file: Path, templates: Path | None, settings: Settings, folder: Path) -> Path | None:
    """What a pair file, and those beside it, were rendered with at a revision; None for the shipped templates.

    ``templates`` are those of now. Where the settings file has the say, the one of then names those of then. They are
    written to ``folder``; what lies outside of the repository is the same then and now.
    """
    history = history_at(revision, file)
    then = settings.then(history)
    beside = Beside(templates) if then is None else settings.beside(Beside(templates), then)
    base = Base(history, history.files(beside.keys(history)))
    key = beside.templates_at(base)
    return templates_of(copied(base, base.inside(key) if key else (), folder), base, beside)
