"""From text to nodes with positions, in one pass over the parser's events, and never deeper or larger than allowed.

PyYAML's own composer recurses in C: 100,000 opening brackets kill the process. It also keeps the last of two equal
keys in silence and reads scalars as YAML 1.1. Events are safe, so the nodes are composed from them here; every mistake
but broken syntax and a passed limit leaves a tree, and the search for more goes on.
"""

from __future__ import annotations

import io
import re
import warnings
from typing import Any, NamedTuple, Protocol, TypeAlias

import yaml
from yaml.error import Mark, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from mlagkit.excerpt import visible
from mlagkit.finding import Finding, Origin
from mlagkit.input_rules import input_finding
from mlagkit.part import Path
from mlagkit.source.keys import accepted_entries
from mlagkit.source.scalars import FLOAT, INT, MAP, NULL, SEQ, STR, doubt, tag_of
from mlagkit.source.syntax import syntax_finding
from mlagkit.source.text import MAX_BYTES, MAX_FINDINGS, UNSAFE_IN_VALUE, name_of, too_many
from mlagkit.source.tree import Entry

MAX_DEPTH = 50
"""Collections inside each other, also through aliases."""
MAX_NODES = 200_000
"""Scalars and collections, aliases counted as what they repeat."""
MAX_ALIASES = 100

_Event: TypeAlias = Any  # the type stubs give events another kind of mark than nodes


def compose(text: str, file: str) -> tuple[Node | None, list[Finding]]:
    """The tree of the one document and what is wrong with it; no tree if it is empty, broken or over a limit."""
    composer = _Composer(text, file)
    try:
        composer.run()
    except _Stop:
        composer.root = None
    return composer.root, composer.findings


class _Stop(Exception):
    """A finding was made that ends the reading."""


class _EventSource(Protocol):
    def get_event(self) -> _Event: ...


class _Named(io.BytesIO):
    """Bytes with a name, which the parser puts into every mark."""

    def __init__(self, raw: bytes, name: str) -> None:
        super().__init__(raw)
        self.name = name


class _SlowParser(Reader, Scanner, Parser):
    """PyYAML's parser in pure Python, with the interface of the one in C."""

    def __init__(self, stream: _Named) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)


def _parser(text: str, file: str) -> _EventSource:
    stream = _Named(text.encode("utf-8"), file)
    if not yaml.__with_libyaml__:
        warnings.warn(
            "PyYAML was built without libyaml: reading YAML takes 15 times as long", RuntimeWarning, stacklevel=2
        )
        return _SlowParser(stream)
    from yaml._yaml import CParser

    return CParser(stream)


class _Weight(NamedTuple):
    """What repeating a node adds: nodes, levels of nesting, characters."""

    nodes: int
    height: int
    characters: int


class _Composer:
    """One pass over one document; a frame of the stack is an open collection and the nodes found in it so far."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.root: Node | None = None
        self.findings: list[Finding] = []
        self._stack: list[tuple[_Event, list[Node]]] = []
        self._items: list[Node] = []  # of the innermost open collection; at first, the root alone
        self._nodes = 0
        self._aliases = 0
        self._repeated = 0  # characters that aliases repeat
        self._anchors: dict[str, Node] = {}
        self._anchored: set[int] = set()  # ids of the nodes in _anchors
        self._weights: dict[int, _Weight] = {}

    def run(self) -> None:
        """Compose the document; raises _Stop where reading can't go on."""
        try:
            self._read()
        except YAMLError as error:
            self._check_open()
            self.findings.append(syntax_finding(error, self.text, self.file))

    def _read(self) -> None:
        get_event = _parser(self.text, self.file).get_event
        items = self._items
        while (event := get_event()) is not None:
            kind = type(event)
            if kind is ScalarEvent:
                self._items.append(self._scalar(event))
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._open(event)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self._close(event)
            elif kind is AliasEvent:
                self._items.append(self._alias(event))
            elif kind is DocumentEndEvent:
                self.root = items[0]
                self._expect_end(event.end_mark)
                return

    def _check_open(self) -> None:
        """Look at the complete entries of what was open when the syntax broke."""
        while self._stack:
            children = self._items
            start, self._items = self._stack.pop()
            if type(start) is MappingStartEvent:
                self._entries(start, children[: len(children) // 2 * 2])

    def _entries(self, start: _Event, children: list[Node]) -> list[Entry]:
        return accepted_entries(children, bool(start.flow_style), self._anchored, self.text, self._report)

    def _scalar(self, event: _Event) -> ScalarNode:
        value, style = event.value, event.style or ""
        tag = STR if style else tag_of(value)
        if tag is not STR or style == '"':
            tag = self._checked(event, tag)
        if event.tag is not None:
            self._refuse_tag(event)
        node = ScalarNode(tag, value, event.start_mark, event.end_mark, style)
        if event.anchor is not None:
            self._anchor(event.anchor, node)
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._count(event, 0)
        return node

    def _checked(self, event: _Event, tag: str) -> str:
        """Look for a number that isn't clear and a control character that hides in an escape; the tag to go on with."""
        value = event.value
        if tag in (INT, FLOAT) and (why := doubt(value, tag)):
            self._report("IN12", f"`{visible(value, 40)}` {why}", event.start_mark)
            return STR
        may_hide = event.style == '"' and not value.isprintable()
        if may_hide and (unsafe := re.search(UNSAFE_IN_VALUE, value)):
            message = f"the text holds the control character {name_of(unsafe[0])}; remove its escape"
            self._report("IN07", message, event.start_mark)
        return tag

    def _open(self, event: _Event) -> None:
        self._count(event, 1)
        if event.tag is not None:
            self._refuse_tag(event)
        self._stack.append((event, self._items))
        self._items = []
        if len(self._stack) > MAX_DEPTH:
            self._stop(f"more than {MAX_DEPTH} levels inside each other", event.start_mark)

    def _close(self, event: _Event) -> None:
        children, end = self._items, event.end_mark
        start, self._items = self._stack.pop()
        node: Node
        if type(event) is MappingEndEvent:
            node = MappingNode(MAP, self._entries(start, children), start.start_mark, end, start.flow_style)
        else:
            node = SequenceNode(SEQ, children, start.start_mark, end, start.flow_style)
        if start.anchor is not None:
            self._anchor(start.anchor, node)
        self._items.append(node)

    def _alias(self, event: _Event) -> Node:
        name = f"`*{visible(str(event.anchor), 40)}`"
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            self._stop(f"more than {MAX_ALIASES} aliases", event.start_mark)
        target = self._anchors.get(str(event.anchor))
        if target is None:
            if any(start.anchor == event.anchor for start, _ in self._stack):
                self._stop(f"{name} repeats a value inside itself, without end", event.start_mark)
            self._report("IN09", f"{name} repeats what no `&` before it names", event.start_mark)
            return ScalarNode(NULL, "", event.start_mark, event.end_mark, "")
        weight = self._weight(target)
        self._count(event, weight.nodes)
        self._repeated += weight.characters
        if self._repeated > MAX_BYTES or len(self._stack) + weight.height > MAX_DEPTH:
            self._stop(f"with {name} the file becomes larger or deeper than a pair file can be", event.start_mark)
        return target

    def _weight(self, node: Node) -> _Weight:
        """How much a repetition of this finished node adds; each collection is measured once."""
        if isinstance(node, ScalarNode):
            return _Weight(1, 0, len(node.value))
        known = self._weights.get(id(node))
        if known is None:
            parts = [part for entry in node.value for part in entry] if isinstance(node, MappingNode) else node.value
            inner = [self._weight(part) for part in parts]
            height = 1 + max((part.height for part in inner), default=0)
            known = _Weight(1 + sum(part.nodes for part in inner), height, sum(part.characters for part in inner))
            self._weights[id(node)] = known
        return known

    def _anchor(self, name: str, node: Node) -> None:
        if name in self._anchors:
            self._report("IN02", f"`&{visible(name, 40)}` is set twice; which one counts?", node.start_mark)
            return
        self._anchors[name] = node
        self._anchored.add(id(node))

    def _count(self, event: _Event, nodes: int) -> None:
        self._nodes += nodes
        if self._nodes > MAX_NODES:
            self._stop(f"more than {MAX_NODES:,} values", event.start_mark)

    def _refuse_tag(self, event: _Event) -> None:
        tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
        message = f"the tag `{visible(tag, 40)}` is not read here; remove it, or put the text in quotes"
        self._report("IN10", message, event.start_mark)

    def _expect_end(self, mark: Mark) -> None:
        """Look at the text behind the document without parsing it: a second one may be hostile, too."""
        line = mark.line
        for number, rest in enumerate(self.text[mark.index :].split("\n")):
            column = mark.column if number == 0 else 0
            content = rest.strip()
            if content and not content.startswith("#"):
                what = "a second document" if content.startswith("---") else "text behind the end of the document"
                origin = Origin(self.file, line + number + 1, column + len(rest) - len(rest.lstrip()) + 1)
                message = f"{what}; a file holds one mapping and nothing else"
                self.findings.append(input_finding("IN13", message, origin))
                return

    def _path(self) -> Path:
        """The path of the value being read: the last key of each open mapping, the place in each list."""
        frames = [*(items for _, items in self._stack[1:]), self._items] if self._stack else []
        steps: list[str | int] = []
        for (start, _), items in zip(self._stack, frames, strict=True):
            if isinstance(start, SequenceStartEvent):
                steps.append(len(items))
            elif len(items) % 2 and isinstance(items[-1], ScalarNode):
                steps.append(visible(items[-1].value, 40))
        return tuple(steps)

    def _stop(self, message: str, mark: Mark) -> None:
        self._report("IN03", message, mark)
        raise _Stop

    def _report(self, rule: str, message: str, mark: Mark, fix: str = "") -> None:
        origin = Origin(self.file, mark.line + 1, mark.column + 1)
        self.findings.append(input_finding(rule, message, origin, path=self._path(), fix=fix))
        if len(self.findings) > MAX_FINDINGS:
            self.findings[-1] = too_many(origin)
            raise _Stop
