"""What the live switches of a pair run: the drift that was there before the change, and where a push would start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mlagkit.compare import OwnTemplates, PairDiff, Read, compare
from mlagkit.config import ConfigTree
from mlagkit.errors import InputError
from mlagkit.intent import Pair, load_pair
from mlagkit.render.shown import Secrets
from mlagkit.state import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """What came of reading both switches, by the hostnames of the base, with what a plan for them takes.

    That is the secrets, which are asked for here as they are by a push, the ``user`` who would log in, and the
    operational ``roles``, if both told them.
    """

    running: Mapping[str, Read]
    secrets: Secrets
    user: str | None = None
    roles: Mapping[str, Role] = field(default_factory=dict)

    @property
    def trees(self) -> Mapping[str, ConfigTree] | None:
        """What runs, if both could be read: a plan is for both."""
        found = {name: read for name, read in self.running.items() if isinstance(read, ConfigTree)}
        return found if len(found) == len(self.running) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How live switches are read, with their roles: of many pairs at once, by file; whose secrets, and who logs in."""

    read: Callable[[Sequence[Pair]], Mapping[str, tuple[Mapping[str, Read], Mapping[str, Role]]]]
    secrets: Secrets
    user: Callable[[Pair], str | None]

    def live(self, files: Sequence[Path]) -> dict[Path, Live]:
        """What runs on the switches of these pair files of the base; of a file with mistakes nothing is known.

        The base says how they are reached: until a change is pushed they are where they were, and nobody who opens a
        pull request says where a login is sent.
        """
        pairs = {file: pair for file in files if (pair := _loaded(file))}
        read = self.read([*pairs.values()]) if pairs else {}
        return {
            file: Live(running=running, roles=roles, secrets=self.secrets, user=self.user(pair))
            for file, pair in pairs.items()
            for running, roles in [read[pair.file]]
        }


def drift(live: Live, base: Pair, templates: Path | None) -> PairDiff:
    """What would have to change so that the switches do what the base says; what it does not speak of is left alone."""
    return compare(base, live.running, secrets=live.secrets, templates=OwnTemplates(head=templates))


def _loaded(file: Path) -> Pair | None:
    try:
        return load_pair(file)
    except InputError:
        return None
