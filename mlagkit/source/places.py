"""Where the scalars of a file stand in its text, for whoever changes some of them and leaves all else as it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mlagkit.source.compose import compose


class Place(NamedTuple):
    """One scalar: from where to where its text goes, quotes and all, what it means, and the key that it belongs to.

    ``style`` is a quote, ``|`` or ``>`` for a block, ``""`` for plain text; a key has no ``key``.
    """

    start: int
    end: int
    style: str
    value: str
    key: str


def places(text: str) -> list[Place] | None:
    """Every scalar in the order of the text; None for a text that has no tree."""
    root, _ = compose(text, "")
    return None if root is None else sorted(set(_places(root, "")))


def _places(node: Node, key: str) -> Iterator[Place]:
    """What an alias repeats stands at one place only."""
    if isinstance(node, ScalarNode):
        start, end = node.start_mark.index, node.end_mark.index
        yield Place(start, end, node.style or "", str(node.value), key)
    elif isinstance(node, MappingNode):
        for name, value in node.value:
            yield from _places(name, "")
            yield from _places(value, str(name.value))
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _places(item, key)
