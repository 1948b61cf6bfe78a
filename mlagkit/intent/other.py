"""Files of another kind where a pair file is expected: one sentence in place of a mistake in each of their lines."""

from __future__ import annotations

import re
from collections.abc import Collection

from yaml.nodes import MappingNode, ScalarNode

from mlagkit.errors import InputError
from mlagkit.finding import Finding, Origin
from mlagkit.input_rules import input_finding
from mlagkit.source import Key, find, key_of, read_bytes
from mlagkit.source.text import decode

# In any form of YAML, also in one that is broken elsewhere.
_A_PAIR = r"""(?m)^[\s{"'-]*(?:pair|switches)["']?[ \t]*:"""
_SOMETHING = r"(?m)^\s*[^\s#]"
_WRITTEN = r"mlagkit\.\w+/\d+"
_PLAN = "mlagkit.plan/"


def other_kind(file: str, root: MappingNode | None, known: Collection[Key]) -> Finding | None:
    """The finding (IN29) that a file is something else, None where it is a pair file, as broken as it may be.

    ``root`` is its tree, if it has one; ``known`` are the keys that the top level of a pair file takes.
    """
    if root is None:
        return _of_no_tree(file)
    written = find(root, ("format",))
    if isinstance(written, ScalarNode) and re.fullmatch(_WRITTEN, written.value):
        taken = "; `mlagkit push --plan FILE` carries a plan out" if written.value.startswith(_PLAN) else ""
        return _finding(file, f", but what mlagkit wrote as `{written.value}`{taken}")
    alike = not root.value or any(key_of(key) in known for key, _ in root.value)
    return None if alike else _unlike(file)


def _of_no_tree(file: str) -> Finding | None:
    try:
        text = decode(read_bytes(file), file)
    except InputError:
        return None  # it can't be told what is in it
    return _unlike(file) if re.search(_SOMETHING, text) and not re.search(_A_PAIR, text) else None


def _unlike(file: str) -> Finding:
    advice = "`mlagkit import A.cfg B.cfg` writes one for two running-configs"
    return _finding(file, f": nothing in it is called `pair` or `switches`; {advice}")


def _finding(file: str, why: str) -> Finding:
    return input_finding("IN29", f"this is no pair file{why}", Origin(file))
