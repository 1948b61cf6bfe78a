"""Which journals are meant: files, folders that hold them, or runs of this user."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from mlagkit.errors import InputError
from mlagkit.finding import Finding, Origin
from mlagkit.input_rules import input_finding
from mlagkit.push.journal import runs


def journals(words: Iterable[str], home: Path) -> list[Path]:
    """Each journal once, in the order of the words, those of a folder the oldest run first.

    A word is a file, a folder, or the name of a run whose journal is in ``home``. Raises InputError with every word
    that is none of these; a folder may hold no journal.
    """
    found: dict[Path, None] = {}
    wrong: list[Finding] = []
    for word in words:
        path = _meant(word, home)
        if path is None:
            message = f"there is no journal here, and none of a run of that name in {home}"
            wrong.append(input_finding("IN28", message, Origin(word)))
        else:
            found |= dict.fromkeys(_below(path) if path.is_dir() else [path])
    if wrong:
        raise InputError(wrong)
    return [*found]


def _meant(word: str, home: Path) -> Path | None:
    return next((path for path in (Path(word), home / f"{word}.jsonl") if os.path.exists(path)), None)


def _below(folder: Path) -> Iterator[Path]:
    """The journals of a folder, or of the folder of a user's state, in which they are one below."""
    for place in (folder, folder / "runs"):
        yield from (place / f"{run}.jsonl" for run in runs(place))
