"""One block of a configuration on its way into a part of a Switch: a loop over the catalogue's rows.

What is read is taken; what nothing takes stays raw lines.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TypeVar, cast

from mlagkit.nxos.catalogue import ROWS, Kind, Row
from mlagkit.nxos.catalogue.match import command_of
from mlagkit.nxos.effective import Values
from mlagkit.nxos.facts import Fact, Facts, Text
from mlagkit.nxos.raw import Raw, raw_lines
from mlagkit.nxos.read.places import Places
from mlagkit.part import Path
from mlagkit.values import VlanSet

T = TypeVar("T")


@dataclass(slots=True)
class Block:
    """A block with its effective values, where its part stands, and the keys of what has been taken from it.

    ``places`` are those of all values of the switch.
    """

    values: Values
    path: Path
    places: Places
    taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.facts.number:
            self.places.lines[self.path] = self.facts.number

    @property
    def facts(self) -> Facts:
        """Everything that the block states."""
        return self.values.facts

    def inner(self, key: str, path: Path) -> Block:
        """A block inside this one, which is taken with it."""
        self.taken.add(key)
        return Block(Values(self.facts.blocks[key], self.values.context), path, self.places)

    def blocks(self, mode: str) -> Iterator[tuple[str, str]]:
        """Key and identity (``hsrp ipv4 10`` and ``10``) of each block inside this one that opens that mode."""
        for key, facts in self.facts.blocks.items():
            if facts.mode == mode:
                yield key, key.rpartition(" ")[2]

    def part(self, kind: type[T], **fixed: object) -> T:
        """The part that the block's lines make; ``fixed`` are the fields that the caller knows, raw lines among them.

        Whatever of the block was not taken until now becomes the part's ``extra``.
        """
        said = told(self, kind, without=fixed)
        return cast("Callable[..., T]", kind)(**{"path": self.path, **said, "extra": self.residue(), **fixed})

    def value(self, kind: type, name: str) -> object:
        """What the block says, or the device uses, for one field of a part of that kind."""
        return told(self, kind, only=name)[name]

    def take(self, key: str) -> Fact | None:
        """A known line that the caller understands by itself."""
        fact = self.facts.known.get(key)
        if fact is not None:
            self.taken.add(key)
        return fact

    def leave(self, key: str) -> None:
        """Give back a line that turned out to say more than its part can hold."""
        self.taken.discard(key)

    def residue(self, unknown: Iterable[Text] | None = None) -> tuple[str, ...]:
        """The lines that nothing took, nested and in order as they were; of the ``unknown`` ones those, or all."""
        texts = self.facts.unknown if unknown is None else unknown
        return self.carry(raw_lines(self.values, taken=self.taken, unknown=texts))

    def carry(self, raws: Iterable[Raw]) -> tuple[str, ...]:
        """The text of raw lines that a part carries, which are noted as residue."""
        kept = [*raws]
        self.places.residue.extend(kept)
        return tuple(raw.text for raw in kept)


def told(
    block: Block, kind: type, prefix: str = "", *, without: Collection[str] = (), only: str = ""
) -> dict[str, object]:
    """What the block says, or the device uses, for each field of that kind of part that a line fills.

    ``prefix`` is the part's own name where it is nested (``delay_restore.``). Lines of the fields in ``without``
    are not taken.
    """
    rows = _rows(kind, block.facts.mode, prefix)
    return {
        name: shape(block, row, key, name)
        for name, row, key, shape in rows
        if name not in without and (not only or name == only)
    }


_Shape = Callable[[Block, Row, str, str], object]


@functools.cache
def _rows(kind: type, mode: str, prefix: str) -> Sequence[tuple[str, Row, str, _Shape]]:
    """Field, row, key and reader of every line of that mode that fills a field of that kind."""
    names = {f"{prefix}{each.name}": each.name for each in fields(kind)}
    return [
        (names[row.field], row, " ".join(command_of(row.command).words), _shape(row))
        for row in ROWS
        if row.mode == mode and row.field in names
    ]


def _shape(row: Row) -> _Shape:
    if "#" not in row.command:
        return _single
    return {Kind.FLAG: _listed, Kind.VLANS: _by_value, Kind.VALUE: _by_key}[row.kind]


def _single(block: Block, row: Row, key: str, name: str) -> object:
    """The one value of a setting."""
    if block.take(key) is not None:
        block.places.lines[*block.path, name] = block.facts.known[key].number
    return block.values.used(key, row)


def _listed(block: Block, row: Row, key: str, name: str) -> tuple[str, ...]:
    """What accumulates, such as addresses: the words that tell the lines apart, in one order, since NX-OS has none."""
    return tuple(sorted(_identity(key, fact) for fact in _of_row(block, row, name) if not fact.line.negated))


def _by_value(block: Block, row: Row, key: str, name: str) -> Mapping[int, VlanSet]:
    """The VLANs of each value; not those that have what every VLAN has without a line."""
    found = {int(_identity(key, fact)): fact.line.value for fact in _of_row(block, row, name)}
    kept = {number: vlans for number, vlans in found.items() if isinstance(vlans, VlanSet) and vlans}
    return {number: kept[number] for number in sorted(kept) if number != row.neutral}


def _by_key(block: Block, row: Row, key: str, name: str) -> Mapping[int, int | None]:
    """A number, or none, for each number."""
    found = [fact for fact in _of_row(block, row, name) if not fact.line.negated]
    return {
        int(_identity(key, fact)): None if fact.line.value is True else cast("int", fact.line.value) for fact in found
    }


def _of_row(block: Block, row: Row, name: str) -> list[Fact]:
    found = [(key, fact) for key, fact in block.facts.known.items() if fact.line.row is row]
    block.taken.update(key for key, _ in found)
    for _, fact in found[:1]:
        block.places.lines[*block.path, name] = fact.number
    return [fact for _, fact in found]


def _identity(key: str, fact: Fact) -> str:
    """What tells a line from others of its row: its key behind the words of the command."""
    return fact.line.key[len(key) + 1 :]
