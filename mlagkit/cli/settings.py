"""Options set in a file: ``[tool.mlagkit]`` of pyproject.toml, or mlagkit.toml."""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import date, time
from pathlib import Path
from typing import Any

import click

OPTIONS = frozenset(
    {
        *("format", "output", "color", "verbose", "jobs", "fail_level", "date"),
        *("annotate", "base", "ca_file", "connect", "device", "insecure", "jump", "names", "stdin_filename"),
        *("allow", "allow_local_rules", "detailed_exitcode", "isolate", "max_delete", "max_pairs", "save"),
        *("approve", "break_lock", "plan_file", "prove_revert", "replace", "resume", "rollback", "timer"),
        *("cache_dir", "consistency", "depth", "event", "no_cache"),
        *("from_device", "name", "secrets"),
        *("before", "limit", "wait"),
        *("rules", "running", "strict", "switch", "syslog", "templates", "fingerprint", "yes"),
    }
)
"""Every option of every command; known here so that a mistyped key is an error and nothing has to be imported."""

_LISTS = {
    "allow": 'permissions, such as ["outage"]',
    "connect": 'ways to switches, such as ["sw-a=192.0.2.1"]',
    "event": 'events, such as ["peer-link down"]',
    "from_device": 'two switches, such as ["192.0.2.1", "192.0.2.2"]',
    "rules": 'files, such as ["rules.py"]',
    "running": 'files or folders, such as ["configs"]',
}
"""Options that take several values, and of what."""


def default_map(commands: Collection[str], folder: Path | None = None) -> dict[str, Any] | None:
    """The values for each command, from the file that is nearest to ``folder`` (the working directory).

    Looked for in the folder and above it up to the top of its git repository; without one, in the folder only.
    A table named after a command holds only for that one; own rules and templates are meant as seen from the file.
    None where there is no such file; raises click.ClickException for a file that can't be used.
    """
    found = next(filter(None, map(_read, _folders(folder or Path.cwd()))), None)
    if found is None:
        return None
    file, table = found
    # `rules` is an option and a command: a list sets the option, a table is for the command.
    names = tuple(name for name in commands if name not in OPTIONS or isinstance(table.get(name), dict))
    general = {key: value for key, value in table.items() if key not in names}
    return {name: _checked(file, general | (_table(file, table, name) if name in names else {})) for name in commands}


def _folders(start: Path) -> list[Path]:
    above = [start, *start.parents]
    top = next((index for index, folder in enumerate(above) if (folder / ".git").exists()), 0)
    return above[: top + 1]


def _read(folder: Path) -> tuple[Path, dict[str, Any]] | None:
    own, project = folder / "mlagkit.toml", folder / "pyproject.toml"
    if own.is_file():
        return own, _parse(own)
    if project.is_file() and b"tool.mlagkit" in project.read_bytes():
        return project, _table(project, _table(project, _parse(project), "tool"), "mlagkit")
    return None


def _parse(file: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{file}: {error}") from error


def _table(file: Path, table: dict[str, Any], name: str) -> dict[str, Any]:
    inner = table.get(name, {})
    if not isinstance(inner, dict):
        raise click.ClickException(f"{file}: {name} must be a table")
    return inner


def _checked(file: Path, table: dict[str, Any]) -> dict[str, Any]:
    values = {key.replace("-", "_"): value for key, value in table.items()}
    unknown = sorted(set(values) - OPTIONS)
    if unknown:
        from mlagkit.source.nearest import nearest

        likely = nearest(unknown[0], OPTIONS)
        hint = f"; did you mean {likely.replace('_', '-')}?" if likely else ""
        raise click.ClickException(f"{file}: there is no option {unknown[0].replace('_', '-')}{hint}")
    found = {key: _value(file, key, value) for key, value in values.items()}
    if "rules" in found:
        found["rules"] = [_beside(file, name) for name in found["rules"]]
    if found.get("templates"):
        found["templates"] = _beside(file, str(found["templates"]))
    return found


def _beside(file: Path, name: str) -> str:
    return os.path.relpath(file.parent / name)


def _value(file: Path, key: str, value: object) -> Any:  # noqa: ANN401  # whatever the option takes
    """The value as it would stand on a command line: TOML knows days and times, click reads text."""
    if isinstance(value, date | time):
        return value.isoformat()
    if key in _LISTS and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
        raise click.ClickException(f"{file}: {key.replace('_', '-')} takes a list of {_LISTS[key]}")
    if isinstance(value, dict) or (isinstance(value, list) and key not in _LISTS):
        raise click.ClickException(f"{file}: {key.replace('_', '-')} takes one value")
    return value
