"""A pair file as a person writes it: short mappings on one line, sections apart, raw lines as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from mlagkit.importing.data import Table
from mlagkit.source import Data, Key
from mlagkit.source.scalars import STR, tag_of

WIDTH = 100
"""Characters up to which a mapping stands on one line."""

_SECTIONS_BY_LINE = frozenset(
    ("switches", "vlans", "profiles", "vpcs", "port_channels", "interfaces", "svis", "vrfs", "loopbacks", "routes")
)
"""Sections with a line, or a block, for each object, so that a change of one is a change of its lines."""

_PLAIN = re.compile(r"[A-Za-z0-9_/](?:(?:[A-Za-z0-9_./@+=, -]|:(?=[A-Za-z0-9_/]))*[A-Za-z0-9_./@+=-])?")

Comments = Mapping[tuple[Key, ...], str]
"""Remarks behind a key, by its path."""


def pair_text(table: Table, head: str = "", comments: Comments | None = None) -> str:
    """The file: a remark in ``head``, then each top-level key."""
    writer = _Writer(comments or {})
    parts: list[str] = [head] if head else []
    simple = [key for key in table if not isinstance(table[key], dict | list) and key != "extra"]
    parts.append("".join(f"{line}\n" for key in simple for line in writer.entry((key,), table[key], 0)))
    for key, value in table.items():
        if key not in simple:
            parts.append("".join(f"{line}\n" for line in writer.entry((key,), value, 0)))
    return "\n".join(parts)


class _Writer:
    """Puts data into lines, each with the remark that belongs to it."""

    def __init__(self, comments: Comments) -> None:
        self.comments = comments

    def entry(self, path: tuple[Key, ...], value: Data, depth: int) -> Iterator[str]:
        """The lines of one key with its value."""
        head = "  " * depth + scalar(path[-1], flow=False) + ":"
        remark = f"  # {self.comments[path]}" if path in self.comments else ""
        if isinstance(value, str) and "\n" in value:
            yield f"{head} |{remark}"
            yield from (f"{'  ' * (depth + 1)}{line}" if line else "" for line in value.rstrip("\n").split("\n"))
            return
        if isinstance(value, dict) and value and not self._fits(path, value, head + remark):
            yield head + remark
            for key, inner in value.items():
                yield from self.entry((*path, key), inner, depth + 1)
            return
        text = flow(value) if isinstance(value, dict | list) else scalar(value, flow=False)
        yield f"{head} {text}".rstrip() + remark

    def _fits(self, path: tuple[Key, ...], value: Table, head: str) -> bool:
        """Whether a mapping may stand on one line: short, without raw lines and without a remark inside."""
        if len(path) == 1 and path[0] in _SECTIONS_BY_LINE:
            return False
        if len(path) == 2 and path[0] == "interfaces" and any(isinstance(inner, dict) for inner in value.values()):
            return False  # the ports of one switch
        if any(len(at) > len(path) and at[: len(path)] == path for at in self.comments):
            return False
        return not _has_lines(value) and _depth(value) <= _DEEPEST and len(head) + len(flow(value)) + 1 <= WIDTH


_DEEPEST = 2
"""Mappings inside each other that can still be read on one line."""


def _has_lines(value: Data) -> bool:
    if isinstance(value, dict):
        return any(map(_has_lines, value.values()))
    return isinstance(value, str) and "\n" in value


def _depth(value: Data) -> int:
    return 1 + max(map(_depth, value.values()), default=0) if isinstance(value, dict) else 0


def flow(value: Data) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(_flow_entry(key, inner) for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value, flow=True)


def _flow_entry(key: Key, value: Data) -> str:
    text = "" if value is None else flow(value)
    return f"{scalar(key, flow=True)}: {text}"


def scalar(value: Data, *, flow: bool) -> str:
    """A scalar, in quotes where it would be read as something else without; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    plain = _PLAIN.fullmatch(value) and tag_of(value) == STR and not (flow and "," in value)
    return value if plain else json.dumps(value, ensure_ascii=False)
