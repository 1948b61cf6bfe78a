"""Intended lines whose secret nobody has: what runs in their place may be what they say, and is left as it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from mlagkit.config import ConfigTree
from mlagkit.diff.change import Action, Change, Item, Section, Uncompared, Unmanaged
from mlagkit.nxos.parse import parse
from mlagkit.nxos.redact import may_be, references_in

Running = tuple[str, int]
"""A running line and its number."""


def uncompared(items: Iterable[Item], unknown: Collection[str]) -> Iterator[Uncompared]:
    """The running lines among what differs that may be intended ones, each in the place of one, in their order.

    ``unknown`` are the references to secrets that can't be had. A line of which more differs than its secret is a
    change: of whatever form it is, it would have to be typed.
    """
    found = list(items)
    left = _left(found)
    for change in found:
        if not isinstance(change, Change) or change.new is None:
            continue
        secrets = tuple(references_in(change.new, unknown))
        runs = [(change.old, change.old_line)] if change.old is not None else left.get(change.section, [])
        for line in runs if secrets else ():
            if may_be(line[0], change.new, unknown):
                yield Uncompared(change.section, line[0], secrets, (line[1], change.new_line))
                runs.remove(line)
                break


def _left(items: Iterable[Item]) -> Mapping[Section, list[Running]]:
    """The running lines by section in whose place nothing is intended: what is a part of its own key has no other."""
    found: dict[Section, list[Running]] = {}
    for item in items:
        if isinstance(item, Unmanaged):
            found.setdefault(item.section, []).append((item.text, item.line))
        elif item.action is Action.REMOVE and item.old is not None:
            found.setdefault(item.section, []).append((item.old, item.old_line))
    return found


def with_running(intended: ConfigTree, found: Iterable[Uncompared]) -> ConfigTree:
    """The intent with each of its lines that could not be compared as it runs; each where it was."""
    lines = intended.text.split("\n")
    for each in found:
        old = lines[each.lines[1] - 1]
        lines[each.lines[1] - 1] = old[: len(old) - len(old.lstrip())] + each.text
    return parse("\n".join(lines), intended.file)
