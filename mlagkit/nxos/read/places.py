"""Where everything that was read from a running-config stands in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from mlagkit.finding import Origin
from mlagkit.nxos.raw import Raw
from mlagkit.part import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The lines of a switch's values by path, and the ``residue``: the raw lines that its parts carry."""

    file: str
    lines: dict[Path, int] = field(default_factory=dict)
    residue: list[Raw] = field(default_factory=list)

    def origin(self, path: Path) -> Origin:
        """The line of the value at that path, or of the nearest thing above it that has one."""
        at = next((path[:end] for end in range(len(path), 0, -1) if path[:end] in self.lines), ())
        return Origin(self.file, self.lines.get(at, 1))
