"""The files of the base: their contents, and which of them are not as they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from os.path import isfile  # not that of Path, which raises for a name that is too long
from pathlib import Path

from mlagkit.history import Blob, History


@dataclass(frozen=True, slots=True)
class Base:
    """The files of the base, by key; their contents are fetched when they are asked for, many at once."""

    history: History
    blobs: Mapping[str, Blob]
    known: dict[str, bytes] = field(default_factory=dict)

    def fetch(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The contents of those that there were."""
        wanted = {key: self.blobs[key].id for key in keys if key in self.blobs}
        self.known.update(self.history.contents({*wanted.values()} - self.known.keys()))
        return {key: self.known[blob] for key, blob in wanted.items()}

    def differing(self, files: Mapping[str, Path]) -> set[str]:
        """The keys of files of the working tree that the base has otherwise, or not at all; line ends don't count."""
        now = {key: path.read_bytes() for key, path in files.items() if isfile(path)}
        suspects = {key for key, content in now.items() if key in self.blobs and not self.blobs[key].holds(content)}
        then = self.fetch(suspects)
        differ = {key for key in suspects if _lines(now[key]) != _lines(then[key])}
        return differ | {key for key in files if (key in now) is not (key in self.blobs)}

    def inside(self, place: str) -> list[str]:
        """The keys of a file, or of all that a folder held."""
        return [key for key in self.blobs if key == place or key.startswith(f"{place}/")]


def _lines(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n")
