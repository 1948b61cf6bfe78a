"""Checkpoints: whole configurations that a switch keeps under a name, or writes to a file.

Rules from "Configuring Rollback" of the N3548 System Management Guide 7.x, pp. 197-198: ten at most, a name of up to
80 characters without blanks that does not begin with ``system`` and is not taken yet, a description of up to 80; one
without a name is called ``user-checkpoint-N`` [certain]. How the switch words its refusals is [assumed].
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mlagkit.nxos.lab import texts
from mlagkit.nxos.lab.answer import Rejected
from mlagkit.nxos.lab.store import Snapshot, Store

MOST = 10
_LONGEST = 80
_HEAD = "!Command: Checkpoint cmd vdc 1"  # corpus/nxos/single/napalm-n9k-checkpoint-initial.cfg [certain]
_STAMP = "%a %b %e %H:%M:%S %Y"


def checkpoint_text(store: Store, now: datetime) -> str:
    """The text of a checkpoint.

    A switch also writes the defaults that the running-config hides, some as ``!#line`` (vpc-reference 7 row 2);
    which ones a release has is not known here, so they are missing.
    """
    return "\n".join([_HEAD, f"!Time: {now:{_STAMP}}", "", *store.body(), ""])


def is_checkpoint(text: str) -> bool:
    """Whether a file was written by ``checkpoint file``; no other is rolled back to (guide, p. 198 [certain])."""
    return text.lstrip().startswith("!Command: Checkpoint cmd")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One configuration under a name."""

    name: str
    snapshot: Snapshot
    text: str
    made: datetime
    description: str = ""

    def rows(self, number: int) -> Iterable[str]:
        """Its part of the summary: corpus/nxos/show/show-checkpoint-summary/genie-go.txt."""
        return (
            f"{number}) {self.name}:",
            "Created by admin",
            f"Created at {self.made:%a, %H:%M:%S %d %b %Y}",
            f"Size is {len(self.text.encode('utf-8', 'surrogateescape')):,} bytes",
            f"Description: {self.description or 'None'}",
            "",
        )


class Checkpoints:
    """The checkpoints of one switch, in the order in which they were made."""

    def __init__(self) -> None:
        self._held: dict[str, Checkpoint] = {}

    def make(self, store: Store, now: datetime, name: str = "", description: str = "") -> Checkpoint:
        """Keep the present configuration; Rejected where the name or the number of checkpoints is not allowed."""
        if name.lower().startswith("system"):
            raise Rejected(texts.CHECKPOINT_SYSTEM)
        if len(name) > _LONGEST or len(description) > _LONGEST:
            raise Rejected(texts.CHECKPOINT_LONG)
        if name in self._held:
            raise Rejected(texts.CHECKPOINT_TAKEN)
        if len(self._held) >= MOST:
            raise Rejected(texts.CHECKPOINT_FULL)
        free = (f"user-checkpoint-{number}" for number in range(1, MOST + 1))
        name = name or next(each for each in free if each not in self._held)
        made = Checkpoint(name, store.snapshot(), checkpoint_text(store, now), now, description)
        self._held[name] = made
        return made

    def get(self, name: str) -> Checkpoint:
        """A checkpoint by its name; Rejected where there is none."""
        found = self._held.get(name)
        if found is None:
            raise Rejected(texts.CHECKPOINT_MISSING)
        return found

    def drop(self, name: str) -> None:
        """``no checkpoint NAME``."""
        self.get(name)
        del self._held[name]

    def clear(self) -> None:
        """``clear checkpoint database``."""
        self._held.clear()

    @property
    def names(self) -> tuple[str, ...]:
        """The names, oldest first."""
        return tuple(self._held)

    def summary(self) -> str:
        """What ``show checkpoint summary`` prints; nothing where there is none (genie's empty output)."""
        if not self._held:
            return ""
        rows = [row for number, each in enumerate(self._held.values(), 1) for row in each.rows(number)]
        return "\n".join(["User Checkpoint Summary", "-" * 80, *rows])
