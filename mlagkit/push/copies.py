"""What both switches ran before a run, kept here, and which of these copies nobody needs any more.

A run can be gone on with until it has ended, and taken back until the next one of its pair is done, which drops the
checkpoint. Copies hold secrets, so they do not pile up: the latest ten of a pair stay, as a switch keeps ten
checkpoints, and of the older ones those of runs that somebody has to go on with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from mlagkit.errors import InputError
from mlagkit.push.journal import read
from mlagkit.push.resume import UNFINISHED, how_it_ended

KEPT = 10
"""Runs of a pair whose copies stay whatever has become of them."""


def copy_of(runs: Path, run: str, switch: str) -> Path:
    """What a switch ran when a run began."""
    return runs / run / f"{switch}.cfg"


def drop_outdated(runs: Path, switches: Collection[str]) -> list[str]:
    """Delete the copies of a pair that nobody needs any more; the runs that they were of. Their journals stay."""
    dropped = []
    for run in [*_of_pair(runs, switches)][:-KEPT]:
        if _has_ended(runs, run):
            with suppress(OSError):  # it costs room, and the next push tries again
                for switch in switches:
                    copy_of(runs, run, switch).unlink()
                (runs / run).rmdir()
                dropped.append(run)
    return dropped


def _of_pair(runs: Path, switches: Collection[str]) -> Iterator[str]:
    """The runs that have copies of just these switches, the latest last."""
    names = {copy_of(runs, "", switch).name for switch in switches}
    for folder in sorted(path for path in runs.iterdir() if path.is_dir()):
        if {path.name for path in folder.iterdir()} == names:
            yield folder.name


def _has_ended(runs: Path, run: str) -> bool:
    try:
        return how_it_ended(read(runs / f"{run}.jsonl").lines) not in ("", UNFINISHED)
    except InputError:
        return False  # whoever finds out what became of it may need them
