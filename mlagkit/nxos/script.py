"""Scripts that set every line at the left margin: which of them belong to the block above."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from mlagkit.config import DEEPER, first_line
from mlagkit.nxos.catalogue import ROWS, Row, recognise
from mlagkit.nxos.ranges import members

_NO_COMMAND = ("!", "#")
_LEAVE = ("end", "configure terminal", "configure")
_EITHER = frozenset(("ip", "ipv6"))
"""First words of commands of the switch and of an interface alike."""


_ALSO_OUTSIDE = frozenset(("port-channel", "role", "track"))
"""First words that begin commands of the switch, too, which the catalogue has no row for (corpus)."""


def _words_of(rows: Iterable[Row]) -> frozenset[str]:
    return frozenset(row.command.partition(" ")[0] for row in rows)


_INNER_WORDS = (
    frozenset(word for word in _words_of(row for row in ROWS if row.mode) if word[0] not in "<{")
    - _words_of(row for row in ROWS if not row.mode)
    - _ALSO_OUTSIDE
)
"""The first words of commands that exist only inside a block."""

_INNER_MODES = frozenset(row.mode for row in ROWS if row.mode)


def is_script(raws: Sequence[str], words: Collection[str] | None = None) -> bool:
    """Whether some line at the left margin can only be meant for a block; ``words`` are the first words of all."""
    if _INNER_WORDS.isdisjoint(words if words is not None else {raw.partition(" ")[0] for raw in raws}):
        return False
    return any(raw.partition(" ")[0] in _INNER_WORDS and _only_inside(raw) for raw in raws)


def _only_inside(raw: str) -> bool:
    head = first_line(raw).strip()
    return any(recognise(mode, head) for mode in _INNER_MODES)


@dataclass(slots=True)
class _Reading:
    """The blocks so far and the modes that the device would be in, outermost first.

    ``joined`` is whether the last block has a line at the left margin besides its head.
    """

    blocks: list[str] = field(default_factory=list)
    modes: list[str] = field(default_factory=list)
    joined: bool = False

    def take(self, raw: str) -> None:
        """Put the next line where the device would take it: in its mode, or in one around it."""
        head = first_line(raw).strip()
        if self.modes and (not head or head.startswith(_NO_COMMAND)):
            self.blocks[-1] += "\n" + raw
        elif self.modes and head == "exit":
            self.blocks[-1] += "\n" + raw
            self.modes.pop()
        elif head in _LEAVE or not self._inside(raw, head):
            self.blocks.append(raw)
            self.modes, self.joined = _opened("", head), False

    def _inside(self, raw: str, head: str) -> bool:
        for depth in range(len(self.modes) - 1, -1, -1):
            line = recognise(self.modes[depth], head)
            if line is not None:
                self._join(raw, depth)
                self.modes[depth + 1 :] = _opened(self.modes[depth], head)
                return True
        if self.modes and self.joined and recognise("", head) is None and _first_word(head) in _EITHER:
            self._join(raw, len(self.modes) - 1)
            return True
        return False

    def _join(self, raw: str, depth: int) -> None:
        self.joined = True
        self.blocks[-1] += "\n" + DEEPER * depth + raw


def _first_word(head: str) -> str:
    return head.removeprefix("no ").split(None, 1)[0]


def _opened(mode: str, head: str) -> list[str]:
    """The mode that a line opens, if it opens one."""
    line = recognise(mode, head) or next((recognise(mode, each) for each in members(mode, head)), None)
    return [line.row.opens] if line and line.row.opens and not line.negated else []


def nested(raws: Iterable[str]) -> tuple[str, ...]:
    """The blocks of a script, each line joined to the block in whose mode the device would take it."""
    reading = _Reading()
    for raw in raws:
        reading.take(raw)
    return tuple(reading.blocks)
