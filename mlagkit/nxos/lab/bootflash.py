"""The files of one switch, and the commands that list, show and delete them.

Rows as in ntc-templates' cisco_nxos_dir_01.raw and genie's `Dir` golden output [certain]; the totals are those of the
N9Kv in scrapli_cfg's recorded sessions [certain].
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from mlagkit.nxos.lab import texts
from mlagkit.nxos.lab.answer import Rejected

_FREE = 1_950_945_280
_TOTAL = 4_183_900_160
_DRIVE = "bootflash:"


def file_name(typed: str) -> str:
    """The name that ``bootflash:X``, ``bootflash:/X``, ``bootflash:///X`` or ``X`` stands for.

    Rejected where it names another drive or a folder: the lab has neither.
    """
    drive, colon, name = typed.rpartition(":")
    name = name.lstrip("/")
    if (colon and f"{drive}:" != _DRIVE) or not name or "/" in name:
        raise Rejected(texts.NO_FILE)
    return name


@dataclass(frozen=True, slots=True)
class File:
    """One file; ``content`` is text as a client sent it, bytes that are no UTF-8 as lone surrogates."""

    content: str
    written: datetime

    @property
    def data(self) -> bytes:
        """Its bytes."""
        return self.content.encode("utf-8", "surrogateescape")


class Bootflash:
    """The files by name. ``limit`` is how many bytes fit, where that is less than the drive has."""

    def __init__(self, limit: int | None = None) -> None:
        self.files: dict[str, File] = {}
        self._limit = _FREE if limit is None else limit

    @property
    def free(self) -> int:
        """The bytes that are left."""
        return max(0, self._limit - sum(len(file.data) for file in self.files.values()))

    def read(self, typed: str) -> str:
        """The content of a file; Rejected where it is not there."""
        file = self.files.get(file_name(typed))
        if file is None:
            raise Rejected(texts.NO_FILE)
        return file.content

    def write(self, typed: str, content: str, now: datetime) -> None:
        """Write a file, over one that is there; Rejected where it does not fit."""
        name, file = file_name(typed), File(content, now)
        old = self.files.get(name)
        if len(file.data) > self.free + (len(old.data) if old else 0):
            raise Rejected(texts.NO_SPACE)
        self.files[name] = file

    def has(self, typed: str) -> bool:
        """Whether there is such a file."""
        return file_name(typed) in self.files

    def delete(self, typed: str) -> None:
        """Delete a file; Rejected where it is not there."""
        if self.files.pop(file_name(typed), None) is None:
            raise Rejected(texts.NO_FILE)

    def md5(self, typed: str) -> str:
        """What ``show file X md5sum`` prints: the bare sum (device-side 4.4)."""
        self.read(typed)
        return hashlib.md5(self.files[file_name(typed)].data, usedforsecurity=False).hexdigest()

    def listing(self, typed: str = "") -> str:
        """What ``dir`` prints, of all files or of one."""
        if typed in ("", _DRIVE):
            names = sorted(self.files)
        else:
            self.read(typed)
            names = [file_name(typed)]
        rows = [f"{len(self.files[n].data):>11}    {self.files[n].written:%b %d %H:%M:%S %Y}  {n}" for n in names]
        usage = [f"{_TOTAL - self.free:>12} bytes used", f"{self.free:>12} bytes free", f"{_TOTAL:>12} bytes total"]
        return "\n".join([*rows, "", "Usage for bootflash://sup-local", *usage, ""])
