"""What a switch has after a line was typed into it, worked out in memory: the facts of a configuration, carried on.

Beside what the line says there is what it does to others: a VRF erases the addresses of its interface, a port that
joins a port-channel takes its lines. See `mlagkit.nxos.change.effects`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mlagkit.nxos.catalogue import Kind, Line, recognise
from mlagkit.nxos.change.edit import Section
from mlagkit.nxos.change.effects import BY_ITSELF, EFFECTS, SHOWN_BY_MEMBERS, Entered, follow, leave
from mlagkit.nxos.context import Context
from mlagkit.nxos.effective import GROUP, Side, group_of, successors
from mlagkit.nxos.facts import Fact, Facts, Text, by_text, note, opened

_MARGIN = "  "
"""What a line stands in deeper for each header above it."""
_DOMAIN = "vpc-domain"


@dataclass(slots=True)
class Typed:
    """A configuration into which lines are typed; ``side`` is how it stands.

    What is handed out is never changed: a block is copied before the first line after `side` changes it.
    """

    root: Facts
    context: Context
    _own: set[str] = field(default_factory=set)
    _fresh: bool = False
    _ports: dict[str, dict[str, None]] | None = None
    _domains: set[str] | None = None

    @classmethod
    def of(cls, side: Side) -> Typed:
        """The configuration before the first line."""
        return cls(side.root, side.context)

    def side(self) -> Side:
        """How it stands now."""
        self._own, self._fresh = set(), False
        return Side(self.root, self.context)

    def enter(self, section: Section, text: str) -> bool:
        """Type one line in a section; whether that changed anything."""
        self._begin()
        place: Facts | list[Text] = self.root
        for depth, head in enumerate(section):
            place = self._opened(place, head, top=not depth)
        return _type_in(self, place, section, text)

    def type(self, lines: Sequence[str]) -> None:
        """Type lines as a terminal takes them, whose margins say what they stand in."""
        above: list[str] = []
        for line in lines:
            text = line.lstrip()
            del above[(len(line) - len(text)) // len(_MARGIN) :]
            self.enter(tuple(above), text)
            above.append(text)

    def holds(self, section: Section) -> bool:
        """Whether there is what a section stands in."""
        return self._place(section) is not None

    def stands(self, section: Section, text: str) -> bool:
        """Whether a line that the catalogue does not know stands in a section."""
        place = self._place(section)
        texts = place.unknown if isinstance(place, Facts) else place or ()
        return any(each.text == text for each in texts)

    def _place(self, section: Section) -> Facts | list[Text] | None:
        """What a section stands in, None where it is not there."""
        place: Facts | list[Text] = self.root
        for head in section:
            found = place.blocks.get(_key(place.mode, head)) if isinstance(place, Facts) else None
            texts = place.unknown if isinstance(place, Facts) else place
            below = by_text(each for each in texts if each.text == head)
            if found is None and not below:
                return None
            place = found or below[head].children
        return place

    def members(self, number: str) -> list[str]:
        """The heads of the ports that are in the port-channel with that number."""
        if self._ports is None:
            self._ports = {}
            for head, block in self.root.blocks.items():
                self._ports.setdefault(group_of(block), {})[head] = None
        ports = [head for head in self._ports.get(number, ()) if head in self.root.blocks]
        return [head for head in ports if group_of(self.root.blocks[head]) == number]

    def domains(self) -> list[str]:
        """The key of the vPC domain, if there is one; a text that somebody wrote may have more."""
        if self._domains is None:
            self._domains = {key for key, block in self.root.blocks.items() if block.mode == _DOMAIN}
        return [key for key in self._domains if key in self.root.blocks]

    def made(self, head: str) -> Facts:
        """A new block at the left margin, as one's own."""
        self._begin()
        self._own.add(head)
        return opened(self.root, head, 0)

    def joined(self, number: str, head: str) -> None:
        """Note that a port is in a port-channel now."""
        if self._ports is not None:
            self._ports.setdefault(number, {})[head] = None

    def _begin(self) -> None:
        if self._fresh:
            return
        root = self.root
        self.root = Facts(root.head, root.mode, root.number, dict(root.known), dict(root.blocks), list(root.unknown))
        self._fresh = True

    def block(self, key: str) -> Facts | None:
        """A block at the left margin, as one's own."""
        self._begin()
        found = self.root.blocks.get(key)
        if found is None or key in self._own:
            return found
        self._own.add(key)
        self.root.blocks[key] = copied = _copy(found)
        return copied

    def _opened(self, place: Facts | list[Text], head: str, *, top: bool) -> Facts | list[Text]:
        """The block with that head, made if it is not there."""
        if isinstance(place, list):
            return _text(place, head).children
        line = recognise(place.mode, head)
        if line is None or line.row.opens is None:
            return _text(place.unknown, head).children
        if line.row.kind is Kind.VLANS:
            note(place, Fact(line, head, 0))
            head = f"{line.key} {line.value}"
            found = opened(place, head, 0, line)
            return (self.block(head) or found) if top else found
        if top and line.key not in place.blocks:
            self._succeed(line)
        found = opened(place, head, 0, line)
        return (self.block(line.key) or found) if top else found

    def _succeed(self, line: Line) -> None:
        """A block of which there is but one keeps its lines under its new number (reference 2.1)."""
        if line.row.opens != _DOMAIN:
            return
        if self._domains is not None:
            self._domains.add(line.key)
        new = Facts("", "", blocks={line.key: Facts(line.key, _DOMAIN)})
        for key, before in successors(self.root, new).items():
            self.root.blocks[key] = replace(_copy(self.root.blocks.pop(before)), head=line.key)
            self._own.add(key)


def _key(mode: str, head: str) -> str:
    line = recognise(mode, head)
    if line is None:
        return head
    return f"{line.key} {line.value}" if line.row.kind is Kind.VLANS else line.key


def _text(texts: list[Text], head: str) -> Text:
    """The unknown line with that text as one's own, made if it is not there; what stands there twice is one block."""
    same = [at for at, found in enumerate(texts) if found.text == head]
    if not same:
        texts.append(Text(head, 0))
        return texts[-1]
    first, *others = same
    whole = by_text(texts[at] for at in same)[head]
    texts[first] = Text(head, whole.number, list(whole.children))
    for at in reversed(others):
        del texts[at]
    return texts[first]


def _copy(facts: Facts) -> Facts:
    blocks = {key: _copy(inner) for key, inner in facts.blocks.items()}
    return Facts(facts.head, facts.mode, facts.number, dict(facts.known), blocks, list(facts.unknown))


def _type_in(typed: Typed, place: Facts | list[Text], section: Section, text: str) -> bool:
    """Carry a line out in the block that it is typed in; whether that changed anything."""
    if isinstance(place, list):
        return _type_text(place, text)
    line = recognise(place.mode, text)
    if line is None:
        return _type_text(place.unknown, text)
    before, gone = place.known.get(line.key), place.blocks.get(line.key)
    if line.row.kind is Kind.BLOCK and not line.negated:
        typed._opened(place, text, top=not section)
    elif line.row.kind is Kind.BLOCK:
        place.blocks.pop(line.key, None)
    elif line.negated and line.row.kind is Kind.VALUE:
        if line.key == GROUP:
            leave(typed, place)
        place.known.pop(line.key, None)
    else:
        note(place, Fact(line, text, 0))
    after = place.known.get(line.key)
    changed = (before and before.line) != (after and after.line) or (gone is None) == (line.key in place.blocks)
    if changed:
        for effect in EFFECTS.get(line.row.command, ()):
            effect(Entered(typed, place, line, gone, before is not None and not before.line.negated))
        if line.row.inherited and line.key.startswith(SHOWN_BY_MEMBERS):
            follow(typed, place, line.key)
    return changed or (before is not None and before.number == BY_ITSELF)


def _type_text(texts: list[Text], text: str) -> bool:
    """Unknown text stands as it was typed; its ``no`` form takes it away, and stands itself where there is none.

    What stands as a ``no`` form is on by default, which no switch prints (7.2).
    """
    opposite = text[3:] if text.startswith("no ") else f"no {text}"
    left = [each for each in texts if each.text != opposite]
    takes = len(left) < len(texts)
    adds = not takes and all(each.text != text for each in left)
    texts[:] = [*left, Text(text, 0)] if adds else left
    return takes or adds
