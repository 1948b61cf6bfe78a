"""This host: what is installed, where pushes are recorded, and which of them nobody finished."""

from __future__ import annotations

import importlib.util
import os
import platform
from collections.abc import Iterator
from pathlib import Path

from mlagkit import __version__
from mlagkit.doctor.item import Item, unknown, wrong
from mlagkit.extras import EXTRAS
from mlagkit.push.leftover import Leftover, leftovers
from mlagkit.push.lock import Holder, holder_of, is_dead
from mlagkit.pushing import Office

_OPTIONAL = frozenset({"lab"})
"""Without these a push lacks nothing."""


def of_machine(office: Office) -> Iterator[Item]:
    """Every item of this host."""
    yield Item("Python", f"{platform.python_version()}, mlagkit {__version__}")
    for extra in EXTRAS:
        yield _installed(extra)
    yield _folder(office.folder)
    yield from (_left(office, each) for each in leftovers(office.folder))


def missing(extra: str) -> list[str]:
    """The libraries of an extra that are not installed."""
    return [library for library in EXTRAS[extra] if importlib.util.find_spec(library) is None]


def _installed(extra: str) -> Item:
    absent = missing(extra)
    if not absent:
        return Item(f"extra {extra}", "installed")
    seen, advice = f"without {', '.join(absent)}", f"install mlagkit[{extra}]"
    if extra in _OPTIONAL:
        return Item(f"extra {extra}", seen, advice=f"{advice} for `mlagkit lab`; a push does not need it")
    return wrong(f"extra {extra}", seen, advice)


def _folder(folder: Path) -> Item:
    """Journals, locks and proofs are written below it, or below what is there of it."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        return wrong("state folder", f"{folder} can't be written", "set XDG_STATE_HOME to a folder that can")
    return Item("state folder", str(folder))


def _left(office: Office, left: Leftover) -> Item:
    name = f"run {left.run}"
    if left.broken:
        return unknown(
            name, f"its journal can't be used: {left.broken}", "see who changed it, and look at the switches"
        )
    what = "a proof of the timers" if left.is_proof else "a push"
    seen = f"{what} of {left.pair} since {left.since[:16].replace('T', ' ')}"
    holder = holder_of(office.locks, left.pair)
    if holder and holder.run == left.run and not is_dead(holder, office.host):
        return Item(name, f"{seen}, under way: {_whose(holder)}")
    again = f"mlagkit push --resume {left.run} finishes it, or takes it back"
    return wrong(name, f"{seen}, which nobody finished", f"{again}; so does --prove-revert" if left.is_proof else again)


def _whose(holder: Holder) -> str:
    return f"{holder.user} on {holder.host}, process {holder.process}"
