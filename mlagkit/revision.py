"""A pair file as it stood at a git revision."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from mlagkit.errors import InputError
from mlagkit.finding import Finding, Origin
from mlagkit.input_rules import input_error
from mlagkit.intent import SITE, Pair, load_pair

_TIMEOUT = 30
"""Seconds; git answers from the disk, unless a partial clone has to fetch the file first."""


def pair_at(revision: str, file: str) -> Pair | None:
    """The pair that ``file`` described at that revision, with the site file of then; None if it did not exist.

    Raises InputError if git, the repository or the revision is missing, and with the file's own mistakes, each
    placed at ``REVISION:FILE``.
    """
    path = Path(file)
    commit = _commit(revision, path)
    text = _blob(commit, path)
    if text is None:
        return None
    with tempfile.TemporaryDirectory(prefix="mlagkit-") as name:
        folder = Path(name)
        (folder / path.name).write_bytes(text)
        site = _blob(commit, path.with_name(SITE))
        if site is not None:
            (folder / SITE).write_bytes(site)
        try:
            return load_pair(folder / path.name)
        except InputError as error:
            raise InputError([_moved(finding, revision, path) for finding in error.findings]) from error


def commit_of(file: str) -> str | None:
    """The commit that is checked out, if it holds the pair file and its site file as they are; None if not."""
    path = Path(file)
    try:
        answer = _git(path, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        commit = answer.stdout.decode().strip()
        if answer.returncode or not all(_is_in(commit, each) for each in (path, path.with_name(SITE))):
            return None
    except (InputError, OSError):
        return None
    return commit


def _is_in(commit: str, path: Path) -> bool:
    """Whether the file is there as the commit has it, or in neither; line ends may be those of the system."""
    then = _blob(commit, path)
    if then is None:
        return path.name == SITE and not path.exists()
    return path.exists() and then.replace(b"\r\n", b"\n") == path.read_bytes().replace(b"\r\n", b"\n")


def _moved(finding: Finding, revision: str, path: Path) -> Finding:
    """A finding of the temporary file, said of the file that it is a copy of."""
    there = path.with_name(Path(finding.origin.file).name)
    return replace(finding, origin=finding.origin._replace(file=f"{revision}:{there}"))


def _commit(revision: str, path: Path) -> str:
    # --end-of-options: a revision that begins with a hyphen is never an option of git.
    answer = _git(path, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if answer.returncode == 0:
        return answer.stdout.decode().strip()
    if _git(path, "rev-parse", "--git-dir").returncode:
        raise git_error("the file is in no git repository, so there is no revision to compare with", path)
    raise git_error(f"git knows no revision {revision!r} here; a shallow clone must fetch it first", path)


def _blob(commit: str, path: Path) -> bytes | None:
    # cat-file and not show: what was committed, without any filter for people.
    answer = _git(path, "cat-file", "blob", f"{commit}:./{path.name}")
    return answer.stdout if answer.returncode == 0 else None


def _git(path: Path, *args: str) -> subprocess.CompletedProcess[bytes]:
    return git(path.parent, *args)


def git(folder: Path, *args: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """What git answers there, to ``given`` on its stdin; InputError where there is no git, or no answer."""
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *args], input=given, capture_output=True, timeout=_TIMEOUT, check=False
        )
    except FileNotFoundError as error:
        raise git_error("git is not installed; --base needs it", folder) from error
    except subprocess.TimeoutExpired as error:
        raise git_error(f"git did not answer within {_TIMEOUT} s", folder) from error


def git_error(message: str, path: Path) -> InputError:
    """Why a revision can't be had, said of a file or a folder."""
    return input_error("IN25", message, Origin(str(path)))
