"""Which pairs changed since the base: by the content of files, before anything is loaded."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from os.path import exists  # not that of Path, which raises for a name that is too long
from pathlib import Path, PurePosixPath

from mlagkit.errors import InputError
from mlagkit.finding import Origin
from mlagkit.history import TOP, History
from mlagkit.input_rules import input_finding
from mlagkit.intent import SITE
from mlagkit.intent.load import LOOKS_LIKE_A_PAIR, pair_files
from mlagkit.review.beside import Beside
from mlagkit.review.live import Live
from mlagkit.review.then import Base

PAIR_FILE, SITE_FILE = "pair file", "site file"
"""Why a pair is looked at, beside what `Beside` knows."""

_NAME = re.compile(rb"""(?m)^pair[ \t]*:[ \t]*["']?([A-Za-z0-9][A-Za-z0-9._-]*)""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A pair that is not as it was: its file now (None: deleted), and the key of its file then (None: new).

    ``live`` is what its switches run, where that was asked for.
    """

    file: str | None
    was: str | None
    because: tuple[str, ...]
    live: Live | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The pairs that changed, and the files of those that did not with the names that stand in them."""

    changed: tuple[Changed, ...]
    unchanged: Mapping[str, str]


def changed_pairs(base: Base, paths: Sequence[str], common: Sequence[str]) -> Changes:
    """Compare the working tree with the base; InputError for what is not there and has no pairs, then and now.

    ``common`` is what is not as it was and concerns every pair.
    """
    given = {base.history.key(path) for path in paths}
    found, errors = _now(base, paths)
    now = {key: file for key, file in found.items() if exists(file)}
    _refuse_unknown(base, {key: file for key, file in found.items() if key not in now})
    old = {key for key in base.blobs if _may_be_pair(key, given)}
    gone = _pairs_of(base, old - now.keys(), given)
    _refuse(errors, base, [*gone, *now])
    differing = base.differing({key: Path(file) for key, file in now.items()})
    sites = base.differing({site: Path(file).with_name(SITE) for site, file in _sites(now).items()})
    changed, unchanged = [], {}
    for key, file in now.items():
        because = [*([PAIR_FILE] if key in differing else []), *([SITE_FILE] if site_of(key) in sites else []), *common]
        if because:
            changed.append(Changed(file=file, was=key if key in old else None, because=tuple(because)))
        else:
            unchanged[file] = file
    names = _names({file: Path(file).read_bytes() for file in unchanged})
    matched = _with_renamed(base, changed, gone)
    return Changes(changed=tuple(matched), unchanged={file: names.get(file, file) for file in unchanged})


def listed(history: History, paths: Sequence[str], beside: Iterable[Beside]) -> Base:
    """The base with all that may matter of it: what lies at or below the paths, site files, templates and rules."""
    given = [history.key(path) for path in paths]
    sites = [site_of(key) for key in given if key != TOP]
    return Base(history, history.files([*given, *sites, *(key for each in beside for key in each.keys(history))]))


def _now(base: Base, paths: Sequence[str]) -> tuple[dict[str, str], list[InputError]]:
    files = pair_files(paths)
    keyed = {base.history.key(file): file for file in files if isinstance(file, str)}
    return keyed, [file for file in files if isinstance(file, InputError)]


def _may_be_pair(key: str, given: Collection[str]) -> bool:
    """Whether it was named itself, or has the name of a pair file and lies in a folder that was named."""
    if key in given:
        return True
    if not key.endswith((".yaml", ".yml")) or posixpath.basename(key) == SITE:
        return False
    path = PurePosixPath(key)
    inside = (path.relative_to(folder) for folder in given if path.is_relative_to(folder))
    return any(all(not part.startswith(".") for part in each.parts) for each in inside)


def _pairs_of(base: Base, keys: Collection[str], given: Collection[str]) -> list[str]:
    """Those of the base that held a pair."""
    contents = base.fetch(keys)
    return [key for key in sorted(keys) if key in given or re.search(LOOKS_LIKE_A_PAIR, contents[key])]


def _below(keys: Iterable[str], folder: str) -> bool:
    return any(key == folder or key.startswith(f"{folder}/") for key in keys)


def _refuse(errors: Sequence[InputError], base: Base, pairs: Sequence[str]) -> None:
    """InputError for folders without any pair, but for those that had some."""
    findings = [finding for error in errors for finding in error.findings]
    left = [each for each in findings if not _has_any(base.history.key(each.origin.file), pairs)]
    if left:
        raise InputError(left)


def _refuse_unknown(base: Base, absent: Mapping[str, str]) -> None:
    """InputError for files that are not there and were not at the base."""
    message = "there is no such file or folder, nor was there one at the base"
    unknown = [file for key, file in absent.items() if not _below(base.blobs, key)]
    if unknown:
        raise InputError([input_finding("IN11", message, Origin(file)) for file in unknown])


def _has_any(folder: str, pairs: Sequence[str]) -> bool:
    return bool(pairs) if folder == TOP else _below(pairs, folder)


def _sites(keys: Mapping[str, str]) -> dict[str, str]:
    """The site file of each folder, with one of the pair files beside it."""
    return {site_of(key): file for key, file in keys.items()}


def site_of(key: str) -> str:
    """The key of the site file that lies beside a pair file."""
    return posixpath.join(posixpath.dirname(key), SITE)


def _names(contents: Mapping[str, bytes]) -> dict[str, str]:
    """The names of pairs as they stand in files that nobody loads."""
    found = {file: _NAME.search(content) for file, content in contents.items()}
    return {file: match[1].decode("ascii") for file, match in found.items() if match}


def _with_renamed(base: Base, changed: Sequence[Changed], gone: Sequence[str]) -> list[Changed]:
    """The pairs with those that are gone: a new file of the same pair, or which git takes for the old one, is that."""
    new = {base.history.key(each.file): each.file for each in changed if each.file and each.was is None}
    moved = _same_name(base.fetch(gone), {key: Path(file).read_bytes() for key, file in new.items()})
    left = [key for key in gone if key not in moved.values()], [key for key in new if key not in moved]
    if all(left):
        moved |= {now: then for now, then in base.history.renames(*left).items() if now in left[1] and then in left[0]}
    told = [
        replace(each, was=moved.get(base.history.key(each.file))) if each.file and each.was is None else each
        for each in changed
    ]
    lost = [Changed(file=None, was=key, because=(PAIR_FILE,)) for key in gone if key not in moved.values()]
    return [*told, *lost]


def _same_name(then: Mapping[str, bytes], now: Mapping[str, bytes]) -> dict[str, str]:
    """New key -> old key, where exactly one file on either side has that name of a pair."""
    old, new = _names(then), _names(now)
    times = Counter(old.values()), Counter(new.values())
    by_name = {name: key for key, name in old.items() if times[0][name] == 1}
    return {key: by_name[name] for key, name in new.items() if name in by_name and times[1][name] == 1}
