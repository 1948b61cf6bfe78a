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
    base = Base(history, history.files(named.keys(history)))
    there = {name: key_of(history, Path(name)) for name in named.rules}
    absent = tuple(name for name, key in there.items() if key is not None and key not in base.blobs)
    with ExitStack() as texts:
        found = [_read(name, key, base, texts) for name, key in there.items() if name not in absent]
        return Rules.of(tuple(found)), absent


def _read(name: str, key: str | None, base: Base, texts: ExitStack) -> str:
    """What a file is called that is read: one of the base where it lies in the repository, with its text of then."""
    if key is None:
        return name
    label = base.history.label(key)
    texts.enter_context(instead(label, base.fetch([key])[key]))
    return label
