"""Where things of the base stand, said so that people and git find it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from mlagkit.finding import Finding, Origin
from mlagkit.history import History
from mlagkit.render import render_annotated
from mlagkit.report.document import Document
from mlagkit.review.then import Base
from mlagkit.revision import git_error
from mlagkit.switch import Switch


@dataclass(frozen=True, slots=True)
class Copy:
    """The files of the base that are needed, written to a folder of their own."""

    history: History
    folder: Path

    def path(self, key: str) -> Path:
        """Where a file is, or would be."""
        return self.folder / key

    def is_at(self, key: str, file: str) -> bool:
        """Whether a file of the working tree has that name for git."""
        return self.history.key(file) == key

    def origin(self, origin: Origin) -> Origin:
        """The place in the commit for one in the folder."""
        inside = f"{self.folder}{os.sep}"
        if not origin.file.startswith(inside):
            return origin
        key = Path(origin.file).relative_to(self.folder).as_posix()
        return origin._replace(file=self.history.label(key))

    def finding(self, finding: Finding) -> Finding:
        """A finding in the base."""
        message = finding.message.replace(f"{self.folder}{os.sep}", "")
        waived = finding.waived and replace(finding.waived, origin=self.origin(finding.waived.origin))
        return replace(finding, message=message, waived=waived, origin=self.origin(finding.origin))


def copied(base: Base, keys: Iterable[str], folder: Path) -> Copy:
    """Write files of the base; InputError for a name that no file of a repository may have."""
    for key, content in base.fetch(keys).items():
        if ".." in Path(key).parts or Path(key).is_absolute():
            raise git_error("the base holds a name that leads out of it", Path(key))
        path = folder / key
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(content)  # in a folder that nobody else can enter
    return Copy(base.history, folder)


def in_the_pair_file(
    document: Document, switches: Mapping[str, Switch], templates: Path | None, tell: Callable[[Origin], Origin]
) -> Document:
    """The document, with the line of the pair file that made it for every line of a configuration of the base.

    ``switches`` are those of the base by what their configurations are called; ``tell`` says where a place is.
    """

    @cache
    def places(name: str) -> list[Origin]:
        return [line.origin for line in render_annotated(switches[name], templates=templates)]

    def walked(data: object) -> object:
        if isinstance(data, list):
            return [walked(each) for each in data]
        if not isinstance(data, dict):
            return data
        found = {key: walked(value) for key, value in data.items()}
        if found.get("file") in switches and isinstance(line := found.get("line"), int):
            origin = tell(places(found["file"])[line - 1])
            found |= {"file": origin.file, "line": origin.line}
        return found

    told = walked(document)
    return told if isinstance(told, dict) else {}
