"""Comments that accept a finding: ``# mlagkit: allow <name>`` on the line that the finding points at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaml.nodes import MappingNode, Node, ScalarNode

from mlagkit.finding import Origin
from mlagkit.record import record

_ALLOW = r"(?m)(?:^|(?<=[ \t]))#[ \t]*mlagkit:[ \t]*allow\b[ \t]*([^#\r\n]*)(?:#[ \t]*([^\r\n]*))?"


@record
class Allowed:
    """One such comment: the rules that it names, by id or name, and the words behind a second ``#``."""

    origin: Origin
    names: tuple[str, ...]
    reason: str


def allowed(text: str, file: str, root: Node) -> list[Allowed]:
    """Every such comment of a file; what only looks like one, inside a value, is none.

    ``root`` is the tree of the text, which knows where the values stand: a tree holds no comments.
    """
    if "mlagkit:" not in text:
        return []
    values = list(_values(text, root))
    found = []
    for match in re.finditer(_ALLOW, text):
        if any(start <= match.start() < end for start, end in values):
            continue
        names = tuple(filter(None, (name.strip() for name in match[1].split(","))))
        origin, reason = Origin.of_index(text, match.start(), file), (match[2] or "").strip()
        found.append(Allowed(origin=origin, names=names, reason=reason))
    return found


def _values(text: str, node: Node) -> Iterator[tuple[int, int]]:
    """From where to where each scalar goes; a block begins behind its first line, which may have a comment."""
    if isinstance(node, ScalarNode):
        start, end = node.start_mark.index, node.end_mark.index
        yield (text.find("\n", start) if node.style in ("|", ">") else start), end
        return
    for entry in node.value:
        for part in entry if isinstance(node, MappingNode) else (entry,):
            yield from _values(text, part)
