"""Nodes of one or more files: their plain data, their places, and one laid over the other.

A node keeps the marks of the file it came from, so that an origin always points at the file that said it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from yaml.error import Mark
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mlagkit.finding import Origin
from mlagkit.source.scalars import INT, MAP, Scalar, scalar

Key: TypeAlias = str | int
YamlPath: TypeAlias = Sequence[Key]
Data: TypeAlias = dict[Key, "Data"] | list["Data"] | Scalar
Entry: TypeAlias = tuple[Node, Node]


def empty(file: str) -> MappingNode:
    """The tree of a file that says nothing, where everything that isn't there has one place: its beginning."""
    mark = Mark(file, 0, 0, 0, None, 0)
    return MappingNode(MAP, [], mark, mark)


def construct(node: Node) -> Data:
    """Plain data: dicts, lists and YAML 1.2 scalars; keys are ``str``, or ``int`` where written as a number."""
    if isinstance(node, ScalarNode):
        return scalar(node)
    if isinstance(node, MappingNode):
        return {key_of(key): construct(value) for key, value in node.value}
    return [construct(item) for item in node.value]


def key_of(node: Node) -> Key:
    """The key that a key node stands for; anything but a number is its text."""
    if node.tag == INT and isinstance(node, ScalarNode):
        return int(node.value, 0) if node.value[:2] in ("0x", "0o") else int(node.value)
    return str(node.value)


def find(node: Node, path: YamlPath) -> Node | None:
    """The node at exactly this path, or None."""
    for step in path:
        entry = _entry(node, step)
        if entry is None:
            return None
        node = entry[1]
    return node


def locate(node: Node, path: YamlPath) -> Origin:
    """The place of the key (or list item) at this path, as far as the path exists.

    What doesn't exist is skipped: a missing key is reported at the mapping that lacks it, and steps that only
    pydantic knows (a union's tag, ``[key]``) change nothing.
    """
    return _origin(_follow(node, path)[0])


class Index:
    """One tree in which many places are looked up: the keys of a mapping are read when it is first looked into."""

    __slots__ = ("_entries", "_root")

    def __init__(self, root: Node) -> None:
        self._root = root
        self._entries: dict[int, dict[str, Entry]] = {}  # by id: the tree is kept, so no other node gets the same

    def locate(self, path: YamlPath) -> Origin:
        """The same as the function of that name."""
        return _origin(_follow(self._root, path, self._entry)[0])

    def _entry(self, node: Node, step: Key) -> Entry | None:
        if not isinstance(node, MappingNode):
            return _entry(node, step)
        known = self._entries.get(id(node))
        if known is None:  # reversed, since of equal keys the first one counts
            known = {str(key_of(key)): (key, value) for key, value in reversed(node.value)}
            self._entries[id(node)] = known
        return known.get(str(step))


def value_origin(node: Node, path: YamlPath) -> Origin:
    """The place of the value at this path, as far as the path exists; of an alias, the place that it repeats."""
    return _origin(_follow(node, path)[1])


def overlay(base: Node, top: Node, depth: int = 0) -> Node:
    """``top`` laid over ``base``: its keys win, keys that only ``base`` has are added; neither is changed.

    ``depth`` is how many levels of mappings below the first are laid over each other in the same way: 0 lets a value
    of ``top`` replace that of ``base`` whole. Lists and scalars always replace, also an explicit null.
    """
    if not isinstance(base, MappingNode) or not isinstance(top, MappingNode):
        return top
    entries: dict[str, Entry] = {str(key_of(key)): (key, value) for key, value in base.value}
    for key, value in top.value:
        below = entries.get(str(key_of(key)))
        merged = overlay(below[1], value, depth - 1) if depth and below else value
        entries[str(key_of(key))] = (key, merged)
    return with_entries(top, list(entries.values()))


def with_entries(node: MappingNode, entries: list[Entry]) -> MappingNode:
    """The mapping with other entries, at the same place."""
    return MappingNode(node.tag, entries, node.start_mark, node.end_mark, node.flow_style)


def _entry(node: Node, step: Key) -> Entry | None:
    if isinstance(node, MappingNode):
        wanted = str(step)
        return next(((key, value) for key, value in node.value if str(key_of(key)) == wanted), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _follow(node: Node, path: YamlPath, entry_of: Callable[[Node, Key], Entry | None] = _entry) -> Entry:
    place = node
    for step in path:
        entry = entry_of(node, step)
        if entry is not None:
            place, node = entry
    return place, node


def _origin(node: Node) -> Origin:
    mark = node.start_mark
    return Origin(mark.name, mark.line + 1, mark.column + 1)
