"""A piece of what a switch is told, with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from mlagkit.finding import Origin

Path = tuple[str | int, ...]
"""Where a part stands: its keys from the top of the pair file, such as ``("vpcs", 11)``."""


class Source(Protocol):
    """What knows the file, line and column of a part's field."""

    def origin(self, path: Path) -> Origin:
        """The place of the value at that path, or of the nearest thing above it that exists."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a switch with its place; ``extra`` are raw lines that nothing here models."""

    path: Path = field(default=(), compare=False)
    extra: tuple[str, ...] = ()
