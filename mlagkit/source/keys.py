"""Which keys a mapping may have: words and whole numbers, each once, each with its value."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from yaml.error import Mark
from yaml.nodes import Node, ScalarNode

from mlagkit.excerpt import visible
from mlagkit.source.scalars import INT, NULL, STR
from mlagkit.source.tree import Entry, key_of


class Report(Protocol):
    """Takes one finding: the id of an input rule, what is wrong, where, what to write instead."""

    def __call__(self, rule: str, message: str, mark: Mark, fix: str = "") -> None:
        """Remember the finding; may raise to end the reading."""


def accepted_entries(
    nodes: Sequence[Node], flow: bool, anchored: Collection[int], text: str, report: Report
) -> list[Entry]:
    """The entries of a mapping (its nodes are key, value, key, value ...) that can stand; the others are reported.

    ``anchored`` holds the ids of nodes that have an anchor; ``text`` is the file, ``flow`` whether this is ``{...}``.
    """
    entries: list[Entry] = list(zip(nodes[::2], nodes[1::2], strict=True))
    if flow:
        entries = _without_strays(entries, text, report)
    seen: dict[str, Node] = {}
    accepted = []
    for key, value in entries:
        if (why := _refusal(key, anchored)) is not None:
            report(*why, key.start_mark)
            continue
        name = key.value if key.tag == STR else str(key_of(key))
        if name in seen:
            report("IN02", _twice(name, seen[name]), key.start_mark)
            continue
        seen[name] = key
        accepted.append((key, value))
    return accepted


def _refusal(key: Node, anchored: Collection[int]) -> tuple[str, str] | None:
    """The rule that a key breaks by itself, and the message."""
    if id(key) in anchored:
        return "IN05", "a key can't have an anchor or be an alias; write it out"
    if not isinstance(key, ScalarNode):
        return "IN05", "a key must be a word or a whole number, not a list or mapping"
    if not key.value:
        return "IN05", "a key is empty"
    if key.tag == STR and key.value == "<<" and not key.style:
        return "IN04", "unknown key `<<`: merging is not part of YAML 1.2; use a profile"
    if key.tag in (STR, INT):
        return None
    return "IN05", f"a key must be a word or a whole number; if `{visible(key.value, 40)}` is a name, put it in quotes"


def _twice(name: str, first: Node) -> str:
    mark = first.start_mark
    return f"the key `{visible(name, 40)}` is already set in line {mark.line + 1}, column {mark.column + 1}"


def _without_strays(entries: list[Entry], text: str, report: Report) -> list[Entry]:
    """Report the entries of ``{...}`` that are no ``key: value`` and leave them out.

    ``{vlans: 10,900}`` is ``vlans: 10`` and a key 900 without a value; that is never what was meant.
    """
    kept: list[Entry] = []
    strays: list[Node] = []
    for key, value in entries:
        if _has_no_colon(key, value, text):
            strays.append(key)
            continue
        _report_strays(kept, strays, text, report)
        strays = []
        kept.append((key, value))
    _report_strays(kept, strays, text, report)
    return kept


def _has_no_colon(key: Node, value: Node, text: str) -> bool:
    if value.tag != NULL or value.value:
        return False
    return ":" not in text[key.end_mark.index : value.start_mark.index]


def _report_strays(kept: list[Entry], strays: list[Node], text: str, report: Report) -> None:
    if not strays:
        return
    owner, value = kept[-1] if kept else (None, None)
    if not isinstance(owner, ScalarNode) or not isinstance(value, ScalarNode) or value.style or not value.value:
        for stray in strays:
            report("IN15", f"{_shown(stray, text)} has no value; inside {{...}} write `key: value`", stray.start_mark)
        return
    parts = [value.value, *(text[stray.start_mark.index : stray.end_mark.index] for stray in strays)]
    name = visible(owner.value, 40)
    whole, listed = visible(",".join(parts), 60), visible(", ".join(parts), 60)
    message = (
        f"inside {{...}} a comma ends the value: this is `{name}: {visible(value.value, 40)}` and a key "
        f'{_shown(strays[0], text)}; write `{name}: "{whole}"` or `{name}: [{listed}]`'
    )
    report("IN15", message, value.start_mark, fix=f'{name}: "{whole}"')


def _shown(node: Node, text: str) -> str:
    return f"`{visible(text[node.start_mark.index : node.end_mark.index], 40)}`"
