"""A whole running-config after lines were typed into it: the text that a switch would print, as far as it is known.

Whatever the lines do not touch stands as it was read, byte for byte; a block that they touch is written anew. Whether
the text says what was meant is for whoever uses it to prove: it is parsed again and held against the memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mlagkit.config import COMMENT, VERBATIM, ConfigTree
from mlagkit.nxos.catalogue import Kind, Line, recognise
from mlagkit.nxos.commands import list_line
from mlagkit.nxos.facts import Fact, Facts, Text
from mlagkit.nxos.ranges import members
from mlagkit.values import VlanSet

_MARGIN = "  "


def candidate(tree: ConfigTree, before: Facts, after: Facts) -> str:
    """The text of ``tree``, whose facts are ``before``, where it has the facts of ``after``."""
    return _Writer(before, after).text(tree)


@dataclass(slots=True)
class _Writer:
    """Goes through the old text once; ``done`` are the keys that the new one has already."""

    before: Facts
    after: Facts
    done: set[str] = field(default_factory=set)

    def text(self, tree: ConfigTree) -> str:
        """The new text."""
        parts: list[str] = []
        for head, raw in zip(tree.heads, tree.raws, strict=True):
            parts += self._part(head.strip(), raw)
        for key, fact in self.after.known.items():
            then = self.before.known.get(key)
            is_new = then is None or then.line != fact.line  # a list of VLANs may follow from stanzas alone
            if is_new and key not in self.done and (line := _line(fact)):
                _put(parts, line)
        for key, block in self.after.blocks.items():
            if key not in self.done:
                _put(parts, "\n".join((block.head or key, *_inside(block, 1))))
        for text in self.after.unknown:
            if not any(text.text == old.text for old in self.before.unknown):
                _put(parts, "\n".join(_text(text, 0)))
        return "\n".join(parts).replace(VERBATIM, "\n").rstrip("\n") + "\n"

    def _part(self, head: str, raw: str) -> Iterator[str]:
        """What becomes of one block of the old text."""
        if not head or head[0] in COMMENT:
            yield raw
            return
        line = recognise(self.after.mode, head)
        if line is None:
            kept = {text.text for text in self.after.unknown}
            if head in kept or not any(text.text == head for text in self.before.unknown):
                yield raw
            return
        keys = self._stanzas(line, head, raw)
        if not keys:
            yield from self._fact(line.key, raw)
        elif all(self.after.blocks.get(key) is self.before.blocks[key] for key in keys):
            self.done.update(keys)
            yield raw
        else:
            yield from self._anew(keys)

    def _stanzas(self, line: Line, head: str, raw: str) -> Sequence[str]:
        """The blocks that a part of the old text opens; none where it is a line of its own."""
        if line.row.kind is Kind.VLANS and isinstance(line.value, VlanSet):
            keys = [f"{line.key} {vlan}" for vlan in sorted(line.value)] if "\n" in raw.strip() else []
        else:
            keys = [*(members("", head) or (line.key,))]
        return [key for key in keys if key in self.before.blocks]

    def _anew(self, keys: Sequence[str]) -> Iterator[str]:
        for key in keys:
            block = self.after.blocks.get(key)
            if block is not None and key not in self.done:
                self.done.add(key)
                yield "\n".join((block.head or key, *_inside(block, 1)))

    def _fact(self, key: str, raw: str) -> Iterator[str]:
        """A line of its own: as it was, as it is now, or gone."""
        now, then = self.after.known.get(key), self.before.known.get(key)
        if now is not None and then is not None and now.line == then.line:
            self.done.add(key)
            yield raw  # a list may stand in several such lines
        elif now is not None and key not in self.done:
            self.done.add(key)
            yield from filter(None, [_line(now)])


def _put(parts: list[str], raw: str) -> None:
    """Add a part behind the last one that begins with the same word, else at the end."""
    word = raw.split(" ", 1)[0]
    at = max((number for number, part in enumerate(parts) if part.split(" ", 1)[0] == word), default=len(parts) - 1)
    parts.insert(at + 1, raw)


def _line(fact: Fact) -> str:
    """The line; a list of VLANs whole, whatever was typed last, and nothing for one that is empty and no trunk's."""
    line = fact.line
    if not isinstance(line.value, VlanSet):
        return fact.text
    return list_line(line.row, line.key, line.value) if line.value or line.row.trunk else ""


def _inside(block: Facts, depth: int) -> Iterator[str]:
    """What stands in a block, in the order in which it came to be there."""
    margin = _MARGIN * depth
    rows = [(fact.number, [f"{margin}{line}"]) for fact in block.known.values() if (line := _line(fact))]
    rows += [(inner.number, [f"{margin}{inner.head}", *_inside(inner, depth + 1)]) for inner in block.blocks.values()]
    rows += [(text.number, list(_text(text, depth))) for text in block.unknown]
    for _, lines in sorted(rows, key=lambda row: row[0] if row[0] > 0 else 10**9):
        yield from lines


def _text(text: Text, depth: int) -> Iterator[str]:
    yield f"{_MARGIN * depth}{text.text}"
    for child in text.children:
        yield from _text(child, depth + 1)
