"""A site's own rules as a revision has them, for whatever is judged before it is carried out.

They run with all that the caller may do, so a push does not take them from the change that it carries out (trust.md,
S17).
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from mlagkit.history import history_at
from mlagkit.review.beside import Beside, key_of
from mlagkit.review.settings import Settings
from mlagkit.review.then import Base
from mlagkit.revision import git_error
from mlagkit.source import instead
from mlagkit.validate import Rules


def rules_at(revision: str, place: Path, files: tuple[str, ...], settings: Settings) -> Rules:
    """Every rule, with those of the files as they stood at a revision of the repository that a ``place`` lies in.

    Where the settings file has the say, the one of then names the files. What lies outside of the repository is the
    same then and now. InputError where a file, or the settings, can't be had as they stood.
    """
    history = history_at(revision, place)
    then = settings.then(history)
    if then is None:
        raise git_error(f"the settings file of {revision} can't be used, so nobody knows its own rules", place)
    named = settings.beside(Beside(rules=files), then)
    base = Base(history, history.files(named.keys(history)))
    with ExitStack() as texts:
        return Rules.of(tuple(_file(each, base, texts) for each in named.rules))


def _file(name: str, base: Base, texts: ExitStack) -> str:
    """What a file of rules is called, whose text of then is read in its place."""
    key = key_of(base.history, Path(name))
    if key is None:
        return name
    if key not in base.blobs:
        raise git_error(f"{base.history.revision} has no file of rules of this name", Path(name))
    label = base.history.label(key)
    texts.enter_context(instead(label, base.fetch([key])[key]))
    return label
