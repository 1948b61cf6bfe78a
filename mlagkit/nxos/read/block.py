"""One block of a configuration on its way into a part of a Switch: a loop over the catalogue's rows.

What is read is taken; what nothing takes stays raw lines.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TypeVar, cast

from mlagkit.nxos.catalogue import ROWS, Kind, Row, implied_by
from mlagkit.nxos.catalogue.match import command_of
from mlagkit.nxos.context import Context
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
    are not taken. Most fields of most parts have no line: theirs are the defaults of the context, looked up once.
    """
    fills = _fills(kind, block.facts.mode, prefix)
    if only:
        return {only: fills.by_field[only].read(block)}
    found = dict(_usual(kind, block.facts.mode, prefix, block.values.context))
    for fill in fills.spoken_of(block):
        if fill.name not in without:
            found[fill.name] = fill.read(block)
    return found


@dataclass(frozen=True, slots=True)
class _Fill:
    """A field of a part with the row whose lines fill it: the row's words, and how its lines make a value."""

    name: str
    row: Row
    key: str
    shape: Callable[[Block, _Fill], object]

    def read(self, block: Block) -> object:
        """The value of the field; its lines are taken."""
        return self.shape(block, self)


@dataclass(frozen=True, slots=True)
class _Fills:
    """All of a kind of part in one mode: by field, by the key of a line, by the row of a line that has many keys."""

    by_field: Mapping[str, _Fill]
    by_key: Mapping[str, _Fill]
    by_row: Mapping[int, _Fill]
    inherited: Sequence[_Fill]

    def spoken_of(self, block: Block) -> Iterator[_Fill]:
        """Those that a line of the block, or its port-channel, says something of."""
        if block.values.channel:
            yield from self.inherited
        for key, fact in block.facts.known.items():
            fill = self.by_key.get(key) or self.by_row.get(id(fact.line.row))
            if fill:
                yield fill
            if flag := implied_by(key):
                yield from filter(None, (self.by_key.get(flag),))


@functools.cache
def _fills(kind: type, mode: str, prefix: str) -> _Fills:
    """Every line of that mode that fills a field of that kind."""
    names = {f"{prefix}{each.name}": each.name for each in fields(kind)}
    rows = [row for row in ROWS if row.mode == mode and row.field in names]
    found = [_Fill(names[row.field or ""], row, " ".join(command_of(row.command).words), _shape(row)) for row in rows]
    return _Fills(
        by_field={fill.name: fill for fill in found},
        by_key={fill.key: fill for fill in found if "#" not in fill.row.command},
        by_row={id(fill.row): fill for fill in found if "#" in fill.row.command},
        inherited=[fill for fill in found if fill.row.inherited],
    )


@functools.lru_cache(maxsize=1024)
def _usual(kind: type, mode: str, prefix: str, context: Context) -> Mapping[str, object]:
    """What each field is without a line."""
    nothing = Block(Values(Facts("", mode), context), (), Places(""))
    return {name: fill.read(nothing) for name, fill in _fills(kind, mode, prefix).by_field.items()}


def _shape(row: Row) -> Callable[[Block, _Fill], object]:
    if "#" not in row.command:
        return _single
    return {Kind.FLAG: _listed, Kind.VLANS: _by_value, Kind.VALUE: _by_key}[row.kind]


def _single(block: Block, fill: _Fill) -> object:
    """The one value of a setting."""
    if block.take(fill.key) is not None:
        block.places.lines[*block.path, fill.name] = block.facts.known[fill.key].number
    return block.values.used(fill.key, fill.row)


def _listed(block: Block, fill: _Fill) -> tuple[str, ...]:
    """What accumulates, such as addresses: the words that tell the lines apart, in one order, since NX-OS has none."""
    found = {_identity(fact): fact.number for fact in _of_field(block, fill) if not fact.line.negated}
    block.places.lines.update({(*block.path, fill.name, word): number for word, number in found.items()})
    return tuple(sorted(found))


def _by_value(block: Block, fill: _Fill) -> Mapping[int, VlanSet]:
    """The VLANs of each value; not those that have what every VLAN has without a line."""
    found = {int(_identity(fact)): fact.line.value for fact in _of_field(block, fill)}
    kept = {number: vlans for number, vlans in found.items() if isinstance(vlans, VlanSet) and vlans}
    return {number: kept[number] for number in sorted(kept) if number != fill.row.neutral}


def _by_key(block: Block, fill: _Fill) -> Mapping[int, object] | Mapping[str, object]:
    """A value, or none, for each number or word."""
    keyed = {_identity(fact): fact.line.value for fact in _of_field(block, fill) if not fact.line.negated}
    values: dict[str, object] = {key: None if value is True else value for key, value in keyed.items()}
    return {int(key): value for key, value in values.items()} if "<#int>" in fill.row.command else values


def _of_field(block: Block, fill: _Fill) -> list[Fact]:
    """The lines of that field, by whatever command; they are taken."""
    found = [(key, fact) for key, fact in block.facts.known.items() if fact.line.row.field == fill.row.field]
    block.taken.update(key for key, _ in found)
    for _, fact in found[:1]:
        block.places.lines[*block.path, fill.name] = fact.number
    return [fact for _, fact in found]


def _identity(fact: Fact) -> str:
    """What tells a line from others of its row: its key behind the words of the command."""
    return fact.line.key[len(" ".join(command_of(fact.line.row.command).words)) + 1 :]
