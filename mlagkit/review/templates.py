"""A site's own templates as the base has them, for a review and for whatever else holds a pair against a revision."""

from __future__ import annotations

from pathlib import Path

from mlagkit.history import history_at
from mlagkit.review.beside import Beside, key_of
from mlagkit.review.places import Copy, copied
from mlagkit.review.settings import Settings
from mlagkit.review.then import Base


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
