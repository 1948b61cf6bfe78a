"""Load: a YAML file to nodes that know their place in it, safely, with every mistake in one run.

Nothing here knows what a pair is. `inspect_source` gives a `Source`; `construct` makes plain data of
its nodes, `locate` finds the line and column of a path, an `Index` those of many, `overlay` lays one file over
another.
"""

from __future__ import annotations

import re

from yaml.nodes import MappingNode, Node, ScalarNode

from mlagkit.errors import InputError
from mlagkit.excerpt import visible
from mlagkit.finding import Finding, Origin
from mlagkit.input_rules import input_finding
from mlagkit.record import record
from mlagkit.source.compose import compose
from mlagkit.source.nearest import nearest
from mlagkit.source.text import MAX_BYTES, UNSAFE_IN_FILE, decode, directive, instead, read_bytes, unsafe_characters
from mlagkit.source.tree import (
    Data,
    Index,
    Key,
    construct,
    empty,
    find,
    key_of,
    locate,
    overlay,
    value_origin,
    with_entries,
)

__all__ = [
    "MAX_BYTES",
    "Data",
    "Index",
    "Key",
    "Source",
    "construct",
    "empty",
    "find",
    "inspect_source",
    "instead",
    "key_of",
    "locate",
    "nearest",
    "overlay",
    "read_bytes",
    "value_origin",
    "visible",
    "with_entries",
]


@record
class Source:
    """One YAML file: its name as origins show it, its text (without a byte order mark) and its tree."""

    file: str
    text: str
    root: MappingNode


def inspect_source(raw: bytes, file: str) -> tuple[Source | None, tuple[Finding, ...]]:
    """The source as far as it can be had, and everything that is wrong with its YAML.

    For callers that go on to check what is readable, so that all mistakes show in one run: a duplicate key leaves
    a source (the first one counts), broken syntax or a passed limit doesn't. Never raises.
    """
    try:
        text = decode(raw, file)
    except InputError as error:
        return None, error.findings
    if (refused := directive(text, file)) is not None:
        return None, (refused,)
    findings = unsafe_characters(text, file)
    # Replaced by a harmless character, so that positions stay and the rest can be checked all the same; what this
    # does to the syntax is nobody's mistake.
    root, more = compose(re.sub(UNSAFE_IN_FILE, "_", text) if findings else text, file)
    findings += [finding for finding in more if not (findings and finding.rule in {"IN01", "IN13"})]
    if not isinstance(root, MappingNode):
        if not findings:
            findings.append(_not_a_mapping(root, file))
        return None, _in_order(findings)
    return Source(file=file, text=text, root=root), _in_order(findings)


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.origin))


def _not_a_mapping(root: Node | None, file: str) -> Finding:
    if root is None or (isinstance(root, ScalarNode) and not root.value):
        return input_finding("IN13", "the file is empty; it must hold a mapping (`key: value` lines)", Origin(file))
    found = f"`{visible(root.value, 40)}`" if isinstance(root, ScalarNode) else "a list"
    message = f"the file must hold a mapping (`key: value` lines), not {found}"
    return input_finding("IN13", message, locate(root, ()))
