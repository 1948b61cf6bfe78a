"""What became of the settings file since the base: options that pairs are rendered and judged by stand there, too."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mlagkit.history import History
from mlagkit.report.document import Document
from mlagkit.review.beside import Beside, key_of

NAMES = ("mlagkit.toml", "pyproject.toml")
"""What a settings file is called."""

ByCommand = Mapping[str, Mapping[str, object]]
"""The value of each option, by command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of ``now``; ``read`` gives those that hold in a folder, None where they can't be used.

    ``decide`` are the options of the ``command`` that nobody gave in another way, so that the file has the say.
    """

    command: str
    now: ByCommand
    read: Callable[[Path], ByCommand | None]
    decide: frozenset[str]

    def then(self, history: History) -> ByCommand | None:
        """Those of the base for whoever stands in the working directory; None where they can't be used."""
        here = key_of(history, Path.cwd())
        if here is None:  # what lies outside of the repository is the same then and now
            return self.now
        folders = [".", *_above(here)]
        blobs = history.files(os.path.normpath(f"{folder}/{name}") for folder in folders for name in NAMES)
        contents = history.contents(blob.id for blob in blobs.values())
        with tempfile.TemporaryDirectory(prefix="mlagkit-") as name:
            top = Path(name).resolve()
            (top / ".git").mkdir()  # nothing above is looked at
            (top / here).mkdir(parents=True, exist_ok=True)
            for key, blob in blobs.items():
                (top / key).write_bytes(contents[blob.id])
            found = self.read(top / here)
        return found if found is None else {name: _moved(each, top, history) for name, each in found.items()}

    def given(self, now: Beside) -> list[str]:
        """What pairs depend on besides their own files and nobody wrote into a settings file, as options."""
        templates = [] if "templates" in self.decide or now.templates is None else ["--templates", str(now.templates)]
        rules = () if "rules" in self.decide else now.rules
        return [*templates, *(word for file in rules for word in ("--rules", file))]

    def beside(self, now: Beside, then: ByCommand) -> Beside:
        """What the pairs depended on besides their own files, by the settings of then."""
        old, found = then.get(self.command, {}), now
        if "templates" in self.decide:
            found = replace(found, templates=Path(str(old["templates"])) if old.get("templates") else None)
        if "rules" in self.decide:
            rules = old.get("rules")
            found = replace(found, rules=tuple(map(str, rules)) if isinstance(rules, list) else ())
        return found


def differing(then: ByCommand, now: ByCommand) -> list[Document]:
    """The options that are set otherwise than they were, each with the commands that it is for; none: for all."""
    commands = list(dict.fromkeys([*then, *now]))
    found: dict[tuple[str, str | None, str | None], list[str]] = {}
    for command in commands:
        old, new = then.get(command, {}), now.get(command, {})
        for option in sorted({*old, *new}):
            if old.get(option) != new.get(option):
                key = (option.replace("_", "-"), _shown(old.get(option)), _shown(new.get(option)))
                found.setdefault(key, []).append(command)
    return [
        {"option": option, "was": was, "is": now_is, "commands": [] if len(some) == len(commands) else some}
        for (option, was, now_is), some in found.items()
    ]


def _above(key: str) -> Sequence[str]:
    parts = Path(key).parts
    return [os.path.join(*parts[:number]) for number in range(1, len(parts) + 1)]


def _moved(options: Mapping[str, object], top: Path, history: History) -> Mapping[str, object]:
    """Options whose rules and templates are named as they are in the working tree."""

    def named(name: str) -> str:
        path = Path(os.path.abspath(name))
        return os.path.relpath(history.top / path.relative_to(top)) if path.is_relative_to(top) else str(path)

    rules, templates = options.get("rules"), options.get("templates")
    moved: dict[str, object] = {}
    if isinstance(rules, list):
        moved["rules"] = [*map(named, rules)]
    if templates:
        moved["templates"] = named(str(templates))
    return {**options, **moved}


def _shown(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
