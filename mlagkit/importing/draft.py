"""A pair file in the making, until the differ has nothing more to say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import TypeVar, cast

from mlagkit.config import ConfigTree
from mlagkit.diff import Change, Policy, diff
from mlagkit.errors import InputError
from mlagkit.expand import expand
from mlagkit.importing.data import Table, all_of, drop, for_both, get, put
from mlagkit.importing.layout import in_order, remarks
from mlagkit.importing.profiles import with_profiles
from mlagkit.importing.raw import append, carry, split
from mlagkit.importing.secrets import Names, take_out
from mlagkit.importing.skeleton import skeleton
from mlagkit.importing.terse import terse
from mlagkit.importing.text import pair_text
from mlagkit.importing.written import own_facts, written
from mlagkit.intent import Pair, pair_of, pair_said
from mlagkit.nxos.commands import command
from mlagkit.nxos.context import Context
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import Places
from mlagkit.nxos.redact import redact
from mlagkit.render import render
from mlagkit.render.contents import context_of
from mlagkit.source import Data, Key
from mlagkit.switch import Switch
from mlagkit.values import VlanSet

T = TypeVar("T")

_ROUNDS = 5
"""How often what a pair file refuses, or does not say, becomes raw lines; a value can hide another once."""


@dataclass(frozen=True, slots=True)
class Residue:
    """One line that the model can't hold: it stands in ``extra`` and is rendered, compared and pushed as it is."""

    switch: str
    line: int
    text: str


@dataclass(slots=True)
class Draft:
    """A pair file in the making: what is said of each switch, by hostname, and of each one alone.

    ``head`` stands above it. ``secrets`` are the values behind its references, ``carried`` the lines that it can't say
    otherwise although the model could, ``refused`` the paths that it does not take, whose lines are among those.
    """

    pair: str
    tables: dict[str, Table]
    own: dict[str, Table] = field(default_factory=dict)
    head: str = ""
    secrets: dict[str, str] = field(default_factory=dict)
    names_of_secrets: dict[str, Names] = field(default_factory=lambda: defaultdict(Names))
    carried: list[Residue] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, str]:
        """Both switches."""
        one, other = self.tables
        return one, other

    def table(self) -> Table:
        """The data of the file: each fact once."""
        one, other = self.names
        both = for_both(_without_extra(self.tables[one]), _without_extra(self.tables[other]), self.names)
        common, *rest = split(self.tables[one].get("extra"), self.tables[other].get("extra"))
        own: Table = {}
        for name, text in zip(self.names, rest, strict=True):
            own[name] = {**self.own.get(name, {}), "extra": text} if text else self.own.get(name, {})
        sections = both if isinstance(both, dict) else {}
        found: Table = {"pair": self.pair, "switches": own}
        found |= {key: value for key, value in sections.items() if value != {} or key == "management"}
        if common:
            found["extra"] = common
        return found

    def hide_secrets(self) -> None:
        """Put references in the place of secrets, and their values aside."""
        self.tables = take_out(self.tables, self.names_of_secrets, self.secrets, self.pair)

    def said(self) -> Pair:
        """The pair as far as a pair file can say it: what it would refuse is dropped from the draft."""
        return self._accepted(self._as_data)

    def as_file(self) -> tuple[str, Pair]:
        """The file, and the pair that it is read as; what it refuses is dropped from the draft."""
        return self._accepted(self._read_back)

    def _accepted(self, pair: Callable[[], T]) -> T:
        for _ in range(_ROUNDS):
            try:
                return pair()
            except InputError as error:
                if not self._drop(error):
                    raise
        return pair()

    def keep(self, name: str, tree: ConfigTree, number: int, path: Sequence[Key]) -> None:
        """Carry a line as it stands, with the object at that path."""
        line = tree.text.split("\n")[number - 1].strip()
        append(self.tables[name], path, line)
        self.carried.append(Residue(name, number, redact(line)))

    def _as_data(self) -> Pair:
        switches: Table = {name: self.own.get(name, {}) for name in self.names}
        return pair_said({"pair": self.pair, "switches": switches}, self.tables, self.pair)

    def _read_back(self) -> tuple[str, Pair]:
        table = in_order(with_profiles(self.table()))
        text = pair_text(table, self.head, remarks(table, self.names))
        return text, pair_of(text, self.pair)

    def _drop(self, error: InputError) -> bool:
        """Drop what the findings point at; whether there was anything."""
        places: list[tuple[Table, tuple[Key, ...]]] = []
        for finding in error.findings:
            own = cast("Table", {"switches": self.own})
            places.append((own, _real_path(own, finding.keys)))
            for name in [finding.switch] if finding.switch else self.names:
                places.append((self.tables[name], _real_path(self.tables[name], finding.keys)))
        for table, path in places:
            if path:
                drop(table, path)
                self.refused.append(".".join(map(str, path)))
        return any(path for _, path in places)


def _without_extra(table: Table) -> Table:
    return {key: value for key, value in table.items() if key != "extra"}


def _real_path(table: Data, names: Sequence[str]) -> tuple[Key, ...]:
    """The keys that are called so, as far as they are there; a key may be a number."""
    if not isinstance(table, dict) or not names:
        return ()
    found = next((key for key in table if str(key) == names[0]), None)
    return () if found is None else (found, *_real_path(table[found], names[1:]))


def draft(switches: Mapping[str, Switch], trees: Mapping[str, ConfigTree], pair: str, head: str) -> tuple[str, Draft]:
    """The file that renders what both switches run, and what it was made of; ``head`` stands above it."""
    bare = Draft(pair, {name: skeleton(switch) for name, switch in switches.items()})
    plain = expand(bare.said())
    said = {
        name: terse(all_of(bare.tables[name], written(switch, plain[name])), context_of(switch))
        for name, switch in switches.items()
    }
    found = Draft(pair, said, own_facts(switches, plain), head)
    for name, switch in switches.items():
        if switch.extra:
            found.tables[name]["extra"] = "".join(f"{line}\n" for line in switch.extra)
        if switch.release:
            found.tables[name]["release"] = switch.release
    _keep_the_shared_address(found, switches, trees)
    found.hide_secrets()
    _derive(found, switches)
    return _proven(found, trees), found


def _keep_the_shared_address(found: Draft, switches: Mapping[str, Switch], trees: Mapping[str, ConfigTree]) -> None:
    """Carry the line of a management address that both switches have, as no pair file says one of both."""
    path = ("management", "address")
    for name, switch in switches.items():
        if "management" not in found.own[name] and isinstance(switch.source, Places) and path in switch.source.lines:
            found.keep(name, trees[name], switch.source.lines[path], path[:1])


def _derive(found: Draft, switches: Mapping[str, Switch]) -> None:
    """Leave to the file what follows from the rest of it: features, the peer-link's VLANs, the management's part."""
    said = {name: get(table, ("peer_link", "vlans")) for name, table in found.tables.items()}
    for table in found.tables.values():
        drop(table, ("peer_link", "vlans"))
    told = expand(found.said())
    if any(_vlans(switch) != _vlans(told[name]) for name, switch in switches.items()):
        for name, vlans in said.items():
            if vlans is not None:
                put(found.tables[name], ("peer_link", "vlans"), vlans)
    for name, switch in switches.items():
        features = _besides(switch.features, told[name].features)
        if features:
            found.tables[name]["features"] = features
    _leave_the_management(found)


def _vlans(switch: Switch) -> VlanSet | None:
    """What the peer-link carries."""
    link = switch.peer_link
    return link.vlans if link else None


def _besides(features: Set[str], implied: Set[str]) -> Data:
    """What to say of features: those that do not follow, and those that would but are not there."""
    more, fewer = sorted(features - implied), sorted(implied - features)
    return {**dict.fromkeys(more, True), **dict.fromkeys(fewer, False)} if fewer else [*more]


def _leave_the_management(found: Draft) -> None:
    """Say the keepalive's ends only where they are not the management addresses, and the gateway where it belongs."""
    for name, peer in (found.names, found.names[::-1]):
        table = found.tables[name]
        route = get(table, ("vrfs", "management", "routes"))
        if isinstance(route, dict) and [*route] == ["0.0.0.0/0"] and isinstance(gateway := route["0.0.0.0/0"], str):
            put(table, ("management", "gateway"), gateway)
            drop(table, ("vrfs", "management", "routes"))
            if not get(table, ("vrfs", "management")):
                drop(table, ("vrfs", "management"))
        if table.get("management") == {} and "management" in found.own.get(name, {}):
            del table["management"]
        ends = {"destination": _address(found.own.get(peer, {})), "source": _address(found.own.get(name, {}))}
        keepalive = table.get("keepalive")
        if isinstance(keepalive, dict) and "vrf" not in keepalive and ends.items() <= keepalive.items():
            table["keepalive"] = {"vrf": "management", **{k: v for k, v in keepalive.items() if k not in ends}}


def _address(own: Table) -> str:
    """The management address of a switch without its length."""
    return str(own.get("management", "none")).partition("/")[0]


def _proven(found: Draft, trees: Mapping[str, ConfigTree]) -> str:
    """The file as it will be written, once the differ finds nothing that it does not say; that is carried as raw lines.

    The text is what is proven, with everything that it takes to make it: it is read, expanded and rendered again.
    """
    for _ in range(_ROUNDS):
        text, pair = found.as_file()
        left = {name: [*changes] for name, changes in _left(pair, found.secrets, trees)}
        if not any(left.values()):
            return text
        for name, changes in left.items():
            for change in changes:
                line = command(change.row, change.old, change.new)
                carry(found.tables[name], change.section, line)
                found.carried.append(Residue(name, change.new_line, redact(line)))
        found.hide_secrets()
    return found.as_file()[0]


def _left(
    pair: Pair, secrets: Mapping[str, str], trees: Mapping[str, ConfigTree]
) -> Iterator[tuple[str, Sequence[Change]]]:
    values = {f"env:{name}": value for name, value in secrets.items()}
    for name, switch in expand(pair).items():
        intended, running = parse(render(switch, secrets=values.get)), trees[name]
        contexts = Context.of(intended, switch.model, switch.release), Context.of(running, switch.model, switch.release)
        changes = diff(intended, running, policy=Policy(strict=True), contexts=contexts).changes
        yield name, [change for change in changes if not _names_the_nameless(change)]


def _names_the_nameless(change: Change) -> bool:
    """Whether all that differs is that the running-config does not name its switch, as a part of one does not."""
    return change.key == "hostname" and change.new is None
