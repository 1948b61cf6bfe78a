"""Results of an earlier run, in a folder of their own: taken again as long as nothing changed that they depend on.

One file for each kind of result and pair file, which the next result replaces. What lies there is data and nothing
else, is its owner's only, and is believed where everything about it is as it was left: any doubt is a result that is
not there, and so is everything that can't be read or written. The folder may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mlagkit import __version__
from mlagkit.intent import SITE
from mlagkit.shipped import shipped

FORMAT = "mlagkit.cache/1"
_MAX_BYTES = 64 * 1024 * 1024


def digest(*parts: bytes) -> str:
    """One word for all these bytes, each of which counts by itself."""
    found = hashlib.sha256()
    for part in parts:
        found.update(b"%d:" % len(part))
        found.update(part)
    return found.hexdigest()


def program() -> str:
    """One word for the mlagkit that runs: its version, and each of its files as it lies there."""
    files = (f"{path} {status.st_size} {status.st_mtime_ns}" for path, status in sorted(_files()))
    return digest(__version__.encode(), repr(sys.version_info).encode(), *(os.fsencode(file) for file in files))


def _files() -> Iterator[tuple[str, os.stat_result]]:
    for root in (Path(__file__).parent, shipped("templates")):
        for folder, _, names in os.walk(root):
            for name in names:
                if name.endswith((".py", ".j2")):
                    path = os.path.join(folder, name)
                    yield path, os.stat(path)


@dataclass(frozen=True, slots=True)
class Cache:
    """Results of one ``kind`` that depend on a pair file, the site file beside it, and what ``basis`` stands for."""

    folder: Path
    kind: str
    basis: str

    def key(self, file: str) -> str:
        """One word for all that a result depends on, as it is now; empty where a file can't be read, or only once."""
        try:
            return digest(FORMAT.encode(), self.basis.encode(), os.fsencode(file), *_contents(file))
        except OSError:
            return ""

    def read(self, file: str) -> Any:  # noqa: ANN401  # whatever JSON can hold
        """What was written for the file as everything is now; None where there is no such thing."""
        with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
            head, body = _read(self._path(file)).split(b"\n", 1)
            key = self.key(file)
            if key and json.loads(head) == _head(key, body):
                return json.loads(body)
        return None

    def write(self, file: str, key: str, data: object) -> None:
        """Leave a result that was made when the key was this; not if something changed meanwhile."""
        if not key or key != self.key(file):
            return
        body = json.dumps(data, separators=(",", ":")).encode("ascii")
        head = json.dumps(_head(key, body)).encode("ascii")
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder)  # its owner's only
            try:
                with open(handle, "wb") as stream:
                    stream.write(head + b"\n" + body)
                os.replace(name, self._path(file))
            except OSError:
                os.unlink(name)

    def _path(self, file: str) -> Path:
        name = digest(self.kind.encode(), os.fsencode(os.path.realpath(file)), os.fsencode(file))
        return self.folder / f"{name[:40]}.json"


def _head(key: str, body: bytes) -> dict[str, str]:
    return {"format": FORMAT, "key": key, "body": digest(body)}


def _contents(file: str) -> Iterable[bytes]:
    """The bytes of the pair file, and those of the site file or that there is none."""
    yield _regular(file)
    site = Path(file).with_name(SITE)
    yield b"site" + _regular(str(site)) if site.exists() else b""


def _regular(file: str) -> bytes:
    if not stat.S_ISREG(os.stat(file).st_mode):  # whoever opens a pipe takes what is in it
        raise OSError(f"{file} is no file whose content stays")
    with open(file, "rb") as stream:
        return stream.read()


def _read(path: Path) -> bytes:
    """A file that nobody else may have written."""
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as stream:
        status = os.fstat(stream.fileno())
        others = stat.S_IWGRP | stat.S_IWOTH
        if status.st_uid != os.getuid() or status.st_mode & others or status.st_size > _MAX_BYTES:
            raise OSError(f"{path} is not ours alone")
        return stream.read()
