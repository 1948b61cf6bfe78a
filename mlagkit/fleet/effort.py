"""How much is done for many pair files: in how many processes, and what an earlier run did already.

One file needs neither other processes nor earlier results. What these take is loaded where they are used: it would be
a sixteenth of what `validate` takes for one file.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from mlagkit.errors import InputError
from mlagkit.record import record
from mlagkit.workers import each

if TYPE_CHECKING:
    from mlagkit.cache import Cache

R = TypeVar("R")

FEW = 8
"""So many files are done before results of an earlier run would help."""


def cache_folder(environ: Mapping[str, str], home: Path) -> Path:
    """``$XDG_CACHE_HOME/mlagkit``, or ``~/.cache/mlagkit`` where that is unset or not absolute."""
    cache = Path(environ.get("XDG_CACHE_HOME", ""))
    return (cache if cache.is_absolute() else home / ".cache") / "mlagkit"


@record
class Effort:
    """How the work is done, which changes nothing of its result: in how many processes, with which cache folder."""

    jobs: int = 1
    cache: Path | None = None

    def keeps(self, files: Sequence[object]) -> bool:
        """Whether results for so many files are taken from an earlier run, and left for the next."""
        return self.cache is not None and len(files) > FEW

    def cache_for(self, files: Sequence[object], kind: str, *basis: bytes) -> Cache | None:
        """Results of that kind for so many files, which depend on mlagkit itself and on the basis."""
        if self.cache is None or not self.keeps(files):
            return None
        from mlagkit.cache import Cache, digest, program

        return Cache(self.cache, kind, digest(program().encode(), *basis))


def named_bytes(file: str | Path) -> bytes:
    """Name and bytes of a file that results depend on."""
    return os.fsencode(file) + b"\0" + Path(file).read_bytes()


def _nothing(_: str) -> None:
    """What is kept of a file where nothing is."""


def results(
    task: Callable[[str], R | InputError],
    files: Sequence[str | InputError],
    jobs: int,
    kept: Callable[[str], R | None] = _nothing,
) -> Iterator[R | InputError]:
    """What the task gives for each file, in their order; asked only where nothing is kept from an earlier run."""
    known = [file if isinstance(file, InputError) else kept(file) for file in files]
    asked = [file for file, found in zip(files, known, strict=True) if found is None and isinstance(file, str)]
    new = iter(each(task, asked, 1 if any(map(_comes_once, asked)) else jobs))
    return (next(new) if found is None else found for found in known)


def _comes_once(file: str) -> bool:
    """Whether a file is a pipe: what another process has read from it is gone for this one."""
    with suppress(OSError, ValueError):
        return stat.S_ISFIFO(os.stat(file).st_mode)
    return False
