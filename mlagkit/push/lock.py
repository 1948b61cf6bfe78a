"""One push at a time for each pair: a lock that says who holds it, since when, and for which run."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from mlagkit.errors import Refused
from mlagkit.write import private_folder, put_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a lock: ``id`` is what breaks it, ``since`` an ISO time with its zone, ``run`` its name."""

    id: str
    pair: str
    user: str
    host: str
    process: int
    since: str
    run: str


class Held(Refused):
    """Somebody else holds the lock of a pair."""

    def __init__(self, holder: Holder, now: datetime) -> None:
        age = now - datetime.fromisoformat(holder.since)
        super().__init__(
            f"{holder.pair} is being pushed by {holder.user} on {holder.host} (process {holder.process}) since "
            f"{holder.since}, {max(0, int(age.total_seconds()))} s ago, as run {holder.run}; if that push is dead, "
            f"mlagkit push --resume {holder.run} ends it, with --break-lock {holder.id} where this is said once more: "
            "another process may have its number by now; without its journal --break-lock alone takes over"
        )
        self.holder = holder


@contextmanager
def locked(
    folder: Path, pair: str, run: str, user: str, host: str, now: datetime, broken: str = ""
) -> Iterator[Holder]:
    """Hold the lock of a pair; Held where somebody else does.

    ``broken`` is the id of a lock that its owner left behind: it is taken over if it is still that one.
    """
    private_folder(folder)
    path = folder / f"{pair}.lock"
    if broken:
        _break(path, broken)
    holder = Holder(
        id=secrets.token_hex(4),
        pair=pair,
        user=user,
        host=host,
        process=os.getpid(),
        since=now.isoformat(timespec="seconds"),
        run=run,
    )
    _take(path, holder, now)
    try:
        yield holder
    finally:
        if _read(path) == holder:
            with suppress(OSError):  # one that stays is told from its dead process; how the push ended must be told
                path.unlink()


def holder_of(folder: Path, pair: str) -> Holder | None:
    """Who holds the lock of a pair, alive or dead; None where nobody does."""
    return _read(folder / f"{pair}.lock")


def left_behind(folder: Path, pair: str, host: str) -> str:
    """The id of the lock of a pair whose process, on this host, is dead; ``""`` where there is none."""
    holder = holder_of(folder, pair)
    return holder.id if holder and is_dead(holder, host) else ""


def is_dead(holder: Holder, host: str) -> bool:
    """Whether who holds a lock is known to be dead, which is known only on the ``host`` that it was made on."""
    return holder.host == host and not _is_alive(holder.process)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # somebody else's
    return True


def _take(path: Path, holder: Holder, now: datetime) -> None:
    """Put a whole file in place of nothing, so that whoever sees a lock can read whose it is."""
    try:
        put_file(path, json.dumps(asdict(holder), sort_keys=True).encode(), overwrite=False)
    except FileExistsError:
        other = _read(path)
        if other is None:
            raise Refused(f"{path} is a lock that nobody can read; see who made it, and delete it") from None
        raise Held(other, now) from None


def _break(path: Path, name: str) -> None:
    """Take a lock away that has that id, by a rename, so that of two who try only one gets it."""
    found = _read(path)
    if found is None or found.id != name:
        raise Refused(f"there is no lock {name} on this pair; it may have been released or taken since")
    aside = path.with_name(f".{path.name}-{name}-{secrets.token_hex(4)}")
    with suppress(FileNotFoundError):
        os.rename(path, aside)
        if _read(aside) != found:
            os.link(aside, path)  # somebody else broke it first, and this is their lock
        aside.unlink()


def _read(path: Path) -> Holder | None:
    try:
        return Holder(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
