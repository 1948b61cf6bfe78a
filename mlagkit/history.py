"""What a repository held at the merge base of a revision and the checked-out commit: many files, few calls of git."""

from __future__ import annotations

import hashlib
import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mlagkit.revision import git, git_error

TOP = "."
_LINK = "120000"
_FILE = "100"  # and the permissions behind it
_HOPS = 8  # symbolic links that point at each other


@dataclass(frozen=True, slots=True)
class Blob:
    """A file of a commit: its mode and the id of its content."""

    mode: str
    id: str

    def holds(self, content: bytes) -> bool:
        """Whether that is its content, to the byte."""
        make = hashlib.sha1 if len(self.id) == 40 else hashlib.sha256
        return make(b"blob %d\0" % len(content) + content).hexdigest() == self.id


@dataclass(frozen=True, slots=True)
class History:
    """A repository: its top folder, the ``revision`` that was asked for, its merge ``base`` with the ``head``."""

    top: Path
    revision: str
    base: str
    head: str

    def key(self, path: str | Path) -> str:
        """How git names a file or folder of the working tree; InputError for one outside of the repository.

        Folders are followed where they are links, the file itself is not: git keeps a link as a link.
        """
        absolute = Path(os.path.abspath(path))
        real = Path(os.path.realpath(absolute.parent)) / absolute.name
        if os.path.realpath(absolute) == str(self.top):
            return TOP
        if not real.is_relative_to(self.top):
            raise git_error(f"it lies outside of the repository {self.top}, so there is no base for it", Path(path))
        return real.relative_to(self.top).as_posix()

    def files(self, keys: Iterable[str]) -> dict[str, Blob]:
        """The files of the base at or below those names; of a symbolic link the file that it leads to."""
        names = list(dict.fromkeys(keys))
        if not names:
            return {}
        if TOP in names:
            names = []
        answer = git(self.top, "ls-tree", "-r", "-z", "--full-tree", self.base, "--", *names)
        found = dict(_entries(answer.stdout))
        return {name: blob for name in found if (blob := self._followed(name, found))}

    def _followed(self, name: str, found: Mapping[str, Blob]) -> Blob | None:
        known = dict(found)
        for _ in range(_HOPS):
            blob = known.get(name)
            if blob is None or blob.mode != _LINK:
                return blob if blob and blob.mode.startswith(_FILE) else None
            target = os.fsdecode(self.contents([blob.id])[blob.id])
            name = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
            if name not in known:
                answer = git(self.top, "ls-tree", "-z", "--full-tree", self.base, "--", name)
                known |= dict(_entries(answer.stdout))
        return None

    def contents(self, ids: Iterable[str]) -> dict[str, bytes]:
        """The content of each id."""
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return {}
        answer = git(self.top, "cat-file", "--batch", given="".join(f"{each}\n" for each in wanted).encode())
        return dict(_objects(answer.stdout, self.top))

    def renames(self, old: Iterable[str], new: Iterable[str]) -> dict[str, str]:
        """New name -> old name, where git takes a file for another one that was moved; it knows tracked files only."""
        names = [*old, *new]
        if not names:
            return {}
        options = ("--raw", "-z", "--find-renames", "--no-ext-diff", "--no-textconv", "--diff-filter=R")
        pathspecs = (f":(top,literal){name}" for name in names)
        answer = git(self.top, "diff", *options, self.base, "--", *pathspecs)
        words = os.fsdecode(answer.stdout).split("\0")
        return {words[at + 2]: words[at + 1] for at in range(0, len(words) - 2, 3)}

    def label(self, key: str) -> str:
        """How a file of the base is named to people, and to ``git show``."""
        return f"{self.base[:12]}:{key}"


def history_of(revision: str, folder: Path) -> History:
    """The repository that a folder lies in; InputError where there is none, or nothing that both have in common."""
    top = _top(folder, folder)
    then, head = _commit(top, revision, folder), _commit(top, "HEAD", folder)
    found = git(top, "merge-base", then, head).stdout.decode().split()
    if not found:
        hint = "; this clone is shallow: `git fetch --unshallow` brings the rest" if _is_shallow(top) else ""
        raise git_error(f"{revision!r} and what is checked out have no commit in common here{hint}", folder)
    return History(top, revision, found[0], head)


def history_at(revision: str, file: Path) -> History:
    """The repository that a file lies in at the revision itself, whatever is checked out."""
    top = _top(file.parent, file)
    commit = _commit(top, revision, file)
    return History(top, revision, commit, commit)


def _top(folder: Path, place: Path) -> Path:
    answer = git(folder, "rev-parse", "--show-toplevel")
    if answer.returncode or not answer.stdout.strip():
        raise git_error("this is in no git repository with files, so there is no revision to compare with", place)
    return Path(os.path.realpath(os.fsdecode(answer.stdout.removesuffix(b"\n"))))


def _commit(top: Path, revision: str, place: Path) -> str:
    # --end-of-options: a revision that begins with a hyphen is never an option of git.
    answer = git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if answer.returncode:
        hint = "; a shallow clone must fetch it first" if _is_shallow(top) else ""
        raise git_error(f"git knows no revision {revision!r} here{hint}", place)
    return answer.stdout.decode().strip()


def _is_shallow(top: Path) -> bool:
    return git(top, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def _entries(answer: bytes) -> Iterator[tuple[str, Blob]]:
    """The lines of ``git ls-tree -z``: mode, kind and id, then a tab and the name."""
    for entry in filter(None, os.fsdecode(answer).split("\0")):
        told, _, name = entry.partition("\t")
        mode, _, blob = told.split(" ")
        yield name, Blob(mode, blob)


def _objects(answer: bytes, top: Path) -> Iterator[tuple[str, bytes]]:
    """The answers of ``git cat-file --batch``: a line with id, kind and size, the content, a line break."""
    at = 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        words = answer[at:end].decode().split(" ")
        if len(words) != 3:
            raise git_error(f"git has lost an object of the base: {' '.join(words)}", top)
        size = int(words[2])
        yield words[0], answer[end + 1 : end + 1 + size]
        at = end + size + 2
