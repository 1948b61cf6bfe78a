"""The configurations of many pairs, of which only those are made that are not there yet."""

from __future__ import annotations

import stat
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mlagkit.cache import Cache, digest
from mlagkit.configurations import annotated, configurations, switches_of
from mlagkit.errors import InputError
from mlagkit.finding import Origin
from mlagkit.fleet.effort import Effort, named_bytes, results
from mlagkit.intent import load_pair
from mlagkit.intent.load import gathered, pair_files
from mlagkit.plain import plain, read_plain
from mlagkit.validate import TakenName, names_of, one_of, refuse_twins
from mlagkit.write import PRIVATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Configurations:
    """The configurations of many switches; in ``kept`` those whose file is as it would be written, without a text."""

    packed: Mapping[str, bytes]
    kept: tuple[str, ...] = ()

    @property
    def texts(self) -> Iterator[tuple[str, str]]:
        """Name and text of each switch, of which only one is unpacked at a time."""
        return ((name, _unpacked(text)) for name, text in self.packed.items())


def render_fleet(
    paths: Iterable[str | Path],
    effort: Effort,
    *,
    switch: str | None = None,
    templates: Path | None = None,
    annotate: bool = False,
    folder: Path | None = None,
) -> Configurations:
    """The configurations of the pairs of all files and folders, or that of one ``switch``.

    ``folder`` is where they are going to be written. InputError with all that is wrong with any file, or where there
    is no such switch.
    """
    files, cache = pair_files(paths), None
    if folder is not None:
        cache = effort.cache_for(files, "render", repr(switch).encode(), *_contents(templates))
    task = _Rendering(switch=switch, templates=templates, annotate=annotate, folder=folder, cache=cache)
    found = gathered(results(task, files, effort.jobs, task.kept))
    names = [name for pair in found for name in pair.names]
    refuse_twins(names)
    hostnames = one_of([name.name for name in names if name.kind == "switch"], switch, found[0].switches)
    packed = {name: text for pair in found for name, text in pair.packed.items()}
    return Configurations(packed=packed, kept=tuple(name for name in hostnames if name not in packed))


def _contents(folder: Path | None) -> Iterator[bytes]:
    """Name and bytes of every file that templates may be made of."""
    for path in sorted(folder.rglob("*")) if folder else ():
        if path.is_file():
            yield named_bytes(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rendered:
    """What is left of one pair file that was rendered; a text that need not be written again is not there."""

    names: tuple[TakenName, ...]
    switches: Origin
    packed: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rendering:
    """Renders the switches of one pair file. Of a text, which may hold secrets, only a digest is ever kept."""

    switch: str | None
    templates: Path | None
    annotate: bool
    folder: Path | None
    cache: Cache | None

    def __call__(self, file: str) -> _Rendered | InputError:
        key = self.cache.key(file) if self.cache else ""
        make = annotated if self.annotate else configurations
        try:
            pair = load_pair(file)
            asked = [name for name in pair.hostnames if self.switch in (None, name)]
            texts = make(switches_of([pair], asked), self.templates)
        except InputError as error:
            return error
        packed = {name: _packed(text) for name, text in texts.items()}
        found = _Rendered(names=names_of(pair), switches=pair.switches_origin, packed=packed)
        if self.cache:
            digests = {name: digest(_encoded(text)) for name, text in texts.items()}
            self.cache.write(file, key, [plain(found.names), plain(found.switches), digests])
        return found

    def kept(self, file: str) -> _Rendered | None:
        """What an earlier run left of it, if the files that it wrote are still the same."""
        data: Any = self.cache.read(file) if self.cache else None
        with suppress(LookupError, ValueError, TypeError, AttributeError):
            names, switches, digests = data
            if self.folder and all(_is_written(self.folder / f"{name}.cfg", one) for name, one in digests.items()):
                found = read_plain(tuple[TakenName, ...], names)
                return _Rendered(names=found, switches=read_plain(Origin, switches), packed={})
        return None


def _is_written(path: Path, expected: str) -> bool:
    """Whether the file is what writing it again would make of it, its permissions included."""
    with suppress(OSError):
        status = path.lstat()
        is_private = stat.S_ISREG(status.st_mode) and stat.S_IMODE(status.st_mode) == PRIVATE
        return is_private and digest(path.read_bytes()) == expected
    return False


def _packed(text: str) -> bytes:
    """The configurations of a fleet, which must wait for each other, in a tenth of the memory."""
    return zlib.compress(_encoded(text), 1)


def _unpacked(packed: bytes) -> str:
    return zlib.decompress(packed).decode("utf-8", "surrogateescape")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
