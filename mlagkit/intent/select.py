"""Choosing each switch's value where the file says one per switch, on the tree that YAML gave.

A mapping whose keys are hostnames of the pair stands for the value of the switch in question. Done before the model
looks at the data, this holds for every value at any depth, and every position survives.
"""

from __future__ import annotations

from collections.abc import Collection

from yaml.nodes import MappingNode, Node

from mlagkit.excerpt import visible
from mlagkit.finding import Finding
from mlagkit.input_rules import input_finding
from mlagkit.intent.pair import PairFacts
from mlagkit.part import Path
from mlagkit.source import key_of, locate, nearest, with_entries
from mlagkit.source.scalars import INT

PAIR_LEVEL = frozenset(PairFacts.model_fields)
"""Top-level keys that are said once for the pair: nothing is chosen inside them."""


def select(root: MappingNode, hostname: str, hostnames: Collection[str]) -> tuple[MappingNode, list[Finding]]:
    """The tree as ``hostname`` sees it, and what mixes hostnames with other keys (IN08).

    A value that exists only for the other switch is left out. Parts without per-switch values are shared with
    ``root``, never copied.
    """
    chooser = _Chooser(hostname, hostnames)
    entries = []
    for key, value in root.value:
        chosen = value if key_of(key) in PAIR_LEVEL else chooser.choose(value, (key_of(key),))
        if chosen is not None:
            entries.append((key, chosen))
    return with_entries(root, entries), chooser.findings


class _Chooser:
    """One walk over a tree for one switch."""

    def __init__(self, hostname: str, hostnames: Collection[str]) -> None:
        self.hostname = hostname
        self.hostnames = hostnames
        self.findings: list[Finding] = []

    def choose(self, node: Node, path: Path) -> Node | None:
        """The node with every per-switch value chosen; None where this switch has none."""
        if not isinstance(node, MappingNode):
            return node  # a list is one value: per switch as a whole
        # By their text, which is told sooner than the key that it stands for; a number is no hostname.
        strangers = [key for key, _ in node.value if key.value not in self.hostnames or key.tag == INT]
        if len(strangers) == len(node.value):
            return self._descend(node, path)
        if strangers:
            self.findings += [self._stranger(key, path) for key in strangers]
            return None
        return next((self._descend(value, path) for key, value in node.value if key.value == self.hostname), None)

    def _descend(self, node: Node, path: Path) -> Node:
        """The node with what is chosen below it: a value of one switch is chosen already, whatever its keys are."""
        if not isinstance(node, MappingNode):
            return node
        chosen = [
            (key, self.choose(value, (*path, key_of(key))) if isinstance(value, MappingNode) else value)
            for key, value in node.value
        ]
        if all(before[1] is after[1] for before, after in zip(node.value, chosen, strict=True)):
            return node
        entries = [(key, value) for key, value in chosen if value is not None]
        return with_entries(node, entries)

    def _stranger(self, key: Node, path: Path) -> Finding:
        name = str(key_of(key))
        near = nearest(name, self.hostnames)
        advice = f"did you mean `{near}`?" if near else "give one value for both switches, or one per switch"
        message = f"`{visible(name, 40)}` stands beside a switch and is none of {', '.join(self.hostnames)}; {advice}"
        return input_finding("IN08", message, locate(key, ()), path=(*path, name), fix=near or "")
