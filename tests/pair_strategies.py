"""Generated pair files over the whole model: every key that the schema has, each value of its type.

What the schema can't say is said here: which names must be declared, what may be claimed once, what needs what.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from hypothesis import assume, event
from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from mlagkit.errors import InputError
from mlagkit.intent import Pair, pair_of
from mlagkit.intent.schema import pair_schema
from mlagkit.source import Data, Key
from mlagkit.values import VLAN_MAX, VlanSet
from tests.pair_files import flow
from tests.pair_values import ETHERNETS, FEATURES, HOPS, LEVELS, VLAN_SETS, VLANS, Schema, numbers, raw_lines, texts

SCHEMA = pair_schema()
HOSTNAMES = (("leaf-a", "leaf-b"), ("b", "a"), ("n.1", "n.10"), ("x1_2", "X1_2"))
PROFILES = ("server", "p.1", "0")
PORTS = 40
"""Ethernet1/1 to this one, each claimed once by a switch."""
CHANNELS = 4096
NOTHING: Schema = {"type": "null"}
MARKINGS = ("precedence", "tos", "tos_byte")
NEEDED = frozenset({"domain", "group", "groups"})
"""Keys without which what stands beside them is refused."""
NEEDS_A_DOMAIN = frozenset({"vpcs", "peer_link", "keepalive"})
T = TypeVar("T")
Path = tuple[str, ...]
ANY = "*"
"""In a path, where a key stands that is no word of the model."""


@dataclass(frozen=True)
class Drawn:
    """A pair file that the loader takes: its data, its text, and what the loader made of it."""

    text: str
    data: dict[Key, Data]
    pair: Pair

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: bool) -> None:
        """What hypothesis shows of it."""
        printer.text(self.text)


@dataclass
class _Pen:
    """Writes one pair file; ``scope`` are the switches that a value is for, ``claimed`` what each has given away."""

    draw: st.DrawFn
    names: tuple[str, str]
    profiles: tuple[str, ...]
    scope: tuple[str, ...] = ()
    claimed: set[tuple[str, str]] = field(default_factory=set)
    hosts: list[str] = field(default_factory=list)

    def whole(self) -> dict[Key, Data]:
        """The pair file."""
        sections = self.draw(_some_of(_sections(), 0 if self._seldom(4) else 6, 18))
        if not {"domain"}.isdisjoint(sections) or not NEEDS_A_DOMAIN.isdisjoint(sections):
            sections = ["domain", *(each for each in sections if each != "domain")]
        if "profiles" not in sections:
            self.profiles = ()
        found = self._object(SCHEMA, (), ["pair", "switches", *sections])
        assert isinstance(found, dict)
        return found

    def _object(self, part: Schema, path: Path, keys: Sequence[str]) -> Data:
        needed = NEEDED.union(part.get("required", ()))
        values = ((key, self.value(part["properties"][key], (*path, key), needed=key in needed)) for key in keys)
        return {key: value for key, value in values if value is not OMITTED}

    def value(self, part: Schema, path: Path, *, needed: bool = False) -> Data:
        """A value of that place: one for each switch, nothing at all, or one of the forms that it may have."""
        each, forms = _alternatives(part)
        luck = self.draw(_up_to(23))
        if each is not None and luck > 20:
            return self._for_each(each, path, needed=needed)
        if NOTHING in forms and len(forms) > 1:
            if luck == 20 and not needed:
                return None
            forms = tuple(form for form in forms if form != NOTHING)
        special = SPECIAL.get(path[-1]) if path else None
        return special(self, forms, path) if special else self._of(self._any(forms), path)

    def _seldom(self, times: int) -> bool:
        return self.draw(_up_to(times - 1)) == times - 1

    def _any(self, forms: Sequence[Schema]) -> Schema:
        return forms[self.draw(_up_to(len(forms) - 1))] if len(forms) > 1 else forms[0]

    def _for_each(self, part: Schema, path: Path, *, needed: bool) -> Data:
        (one,) = part["patternProperties"].values()
        outside = self.scope
        hosts = [name for name in self.names if name in outside]
        if not needed and self._seldom(3):
            hosts = [hosts[self.draw(_up_to(len(hosts) - 1))]]
        found: dict[Key, Data] = {}
        for host in hosts:
            self.scope = (host,)
            value = self.value(one, path, needed=needed)
            if value is not OMITTED:
                found[host] = value
        self.scope = outside
        return found or OMITTED

    def _of(self, form: Schema, path: Path) -> Data:
        """A value of one form."""
        if "enum" in form or "const" in form:
            choices: list[Data] = form.get("enum") or [form["const"]]
            return self.draw(_one_of(tuple(choices)))
        kind = form["type"]
        if kind == "object":
            return self._mapping(form, path)
        if kind == "array":
            return [self.value(form["items"], path) for _ in range(self.draw(_up_to(2)) + 1)]
        if kind == "integer":
            return self.draw(numbers(form["minimum"], form["maximum"], form.get("multipleOf", 1)))
        if kind == "boolean":
            return self.draw(st.booleans())
        if kind == "null":
            return None
        if "pattern" not in form:
            return self.draw(FEATURES if "features" in path else HOPS)
        return self.draw(texts(form["pattern"], form.get("minLength", 0), form.get("maxLength", 1000)))

    def _mapping(self, form: Schema, path: Path) -> Data:
        if "properties" in form:
            needed = [*form.get("required", ()), *self._mostly(path)]
            others = self._but_one_marking(key for key in form["properties"] if key not in needed)
            fewest, most = (len(others) // 3, len(others)) if self._seldom(4) else (0, 14)
            return self._object(form, path, [*needed, *self.draw(_some_of(others, fewest, most))])
        ((pattern, inner),) = form["patternProperties"].items()
        limits = form.get("propertyNames", {})
        found: dict[Key, Data] = {}
        for _ in range(self.draw(_up_to(2)) + 1):
            key = self._key(pattern, limits, path)
            if key not in found and (value := self.value(inner, (*path, ANY))) is not OMITTED:
                found[key] = value
        return found

    def _but_one_marking(self, keys: Iterator[str]) -> tuple[str, ...]:
        """The keys without two of the three that exclude each other."""
        found = tuple(keys)
        if MARKINGS[0] not in found:
            return found
        kept = MARKINGS[self.draw(_up_to(len(MARKINGS) - 1))]
        return tuple(key for key in found if key == kept or key not in MARKINGS)

    def _mostly(self, path: Path) -> Iterator[str]:
        """A keepalive has an address, unless it may be that of the peer's management; gateways stand deep inside."""
        if path == ("keepalive",) and not self._seldom(6):
            yield "destination"
        if path == ("svis", ANY) and not self._seldom(2):
            yield self.draw(_one_of(("hsrp", "vrrp", "vrrpv3")))

    def _key(self, pattern: str, limits: Schema, path: Path) -> str | int:
        """A key of a mapping whose keys are numbers or texts."""
        own = KEYS.get(path[-1])
        if own is not None:
            return own(self, path)
        text = self.draw(texts(pattern, limits.get("minLength", 0), limits.get("maxLength", 1000)))
        self.hosts += [text] if path == ("hosts",) else []
        return text if re.search("[A-Za-z!]", pattern.replace(r"\d", "")) else int(text)

    def claim(self, kind: str, first: int, last: int) -> int:
        """A number of that kind, such as a port, that no other place of these switches has; the next free one."""
        number = self.draw(numbers(first, last))
        while any((name, f"{kind}{number}") in self.claimed for name in self.scope):
            number = number + 1 if number < last else first
        self.claimed |= {(name, f"{kind}{number}") for name in self.scope}
        return number

    def port(self) -> str:
        """A port in one of its spellings."""
        number = self.claim("Ethernet1/", 1, PORTS)
        return f"{self.draw(_one_of(('Ethernet1/', 'Ethernet1/', 'eth1/', 'Ethernet 1/')))}{number}"

    def interface(self) -> str:
        """A port that stands by itself, or a subinterface."""
        if not self._seldom(4):
            return self.port()
        number = self.claim("subinterface", 1, 60)
        return f"port-channel{number}.{number}" if self._seldom(3) else f"Ethernet2/{number}.{number + 5}"

    def channel(self) -> int:
        """The number of a port-channel."""
        return self.claim("port-channel", 1, CHANNELS)

    def members(self, _forms: Sequence[Schema], path: Path) -> Data:
        """Ports as one text, as a list, or each with settings."""
        ports = [self.port() for _ in range(self.draw(_up_to(2)) + 1)]
        form = self.draw(_up_to(2))
        if form == 0:
            return [*ports]
        if form == 1:
            return ", ".join(ports)
        return {port: self.value(_definition("Member"), (*path, ANY)) for port in ports}

    def profile(self, _forms: Sequence[Schema], _path: Path) -> Data:
        """One of those that the file has."""
        return self.draw(_one_of(self.profiles)) if self.profiles else OMITTED

    def hosts_before(self, _forms: Sequence[Schema], _path: Path) -> Data:
        """A name, or names, among the hosts that the file has up to here, without the last one, which is speaking."""
        *before, _ = self.hosts
        if not before:
            return OMITTED
        return before[0] if self._seldom(3) else [*self.draw(_some_of(tuple(sorted({*before})), 1, 2))]

    def its_profiles(self, _forms: Sequence[Schema], path: Path) -> Data:
        """Every profile that the file has."""
        return {name: self.value(_definition("Profile"), (*path, ANY)) for name in self.profiles}

    def switches(self, _forms: Sequence[Schema], path: Path) -> Data:
        """Both switches, with different addresses."""
        return {name: self.value(_definition("SwitchFacts"), (*path, ANY)) for name in self.names}

    def raw(self, _forms: Sequence[Schema], path: Path) -> Data:
        """Raw lines; those of spanning tree stand with it."""
        place = {1: "top", 2: path[0]}.get(len(path), "")
        found = self.draw(raw_lines("top" if path[0] == "switches" else place))
        return [found] if self._seldom(9) else found + self.draw(_one_of(("\n", "")))

    def level(self, _forms: Sequence[Schema], _path: Path) -> Data:
        """A percentage."""
        return self.draw(LEVELS)

    def gateway(self, forms: Sequence[Schema], path: Path) -> Data:
        """HSRP, VRRP or VRRPv3 in one of both forms: a group with its settings, or several."""
        (form,) = forms
        properties = form["properties"]
        head = {"version"} & properties.keys()
        if self._seldom(2):
            others = tuple(key for key in properties if key not in (*head, "groups", "group"))
            keys = [*sorted(head), "group", *self.draw(_some_of(others, len(others) // 3, len(others)))]
            found = self._object(form, path, keys)
        else:
            found = self._object(form, path, [*sorted(head), "groups"])
        if isinstance(found, dict) and head:
            found |= {"version": 2} if self._is_high(found) else {}
        return found

    def _is_high(self, said: Mapping[Key, Data]) -> bool:
        """Whether a group has a number that only version 2 takes; or, by chance, whether to say 2 anyhow."""
        return any(number > 255 for number in _group_numbers(said)) or self._seldom(4)

    def group_key(self, path: Path) -> str | int:
        """The number of a group, and the family of one of HSRP or VRRPv3."""
        number = self.draw(numbers(0, 4095) if "hsrp" in path else numbers(1, 255))
        family = self.draw(_up_to(3)) if "vrrp" not in path else 0
        return number if family < 2 else f"{number} ipv{'46'[family - 2]}"

    def instances(self, _forms: Sequence[Schema], _path: Path) -> Data:
        """VLANs of MST instances; each VLAN in one."""
        numbers_ = self.draw(st.lists(numbers(1, VLAN_MAX), min_size=1, max_size=3, unique=True))
        return dict(zip(numbers_, map(str, self._apart(len(numbers_))), strict=False))

    def priorities(self, forms: Sequence[Schema], path: Path) -> Data:
        """Lists of VLANs with a priority; each VLAN has one. Under ``priority`` of a group, a number."""
        (form,) = forms
        if form["type"] != "object":
            return self._of(form, path)
        ((_, inner),) = form["patternProperties"].items()
        keys = [str(vlans) for vlans in self._apart(self.draw(_up_to(2)) + 1)]
        values = {key: self.value(inner, (*path, ANY)) for key in keys}
        return {int(key) if key.isdecimal() else key: value for key, value in values.items()}

    def _apart(self, count: int) -> Iterator[VlanSet]:
        """So many sets of VLANs that have none in common, or fewer."""
        seen: set[int] = set()
        for _ in range(count):
            vlans = VlanSet(self.draw(VLAN_SETS) - seen)
            seen |= vlans
            if vlans:
                yield vlans


OMITTED: Data = "\0"
"""In the place of a value: the key is left out."""

Special = Callable[[_Pen, Sequence[Schema], Path], Data]
SPECIAL: Mapping[str, Special] = {
    "members": _Pen.members,
    "profile": _Pen.profile,
    "profiles": _Pen.its_profiles,
    "reaches": _Pen.hosts_before,
    "switches": _Pen.switches,
    "extra": _Pen.raw,
    "broadcast": _Pen.level,
    "multicast": _Pen.level,
    "unicast": _Pen.level,
    "hsrp": _Pen.gateway,
    "vrrp": _Pen.gateway,
    "vrrpv3": _Pen.gateway,
    "instances": _Pen.instances,
    "priority": _Pen.priorities,
    "mst_priority": _Pen.priorities,
    "root_priority": _Pen.priorities,
    "designated_priority": _Pen.priorities,
    "port_channel": lambda pen, _forms, _path: pen.channel(),
}
"""Values that the schema alone does not make fit."""

KEYS: Mapping[str, Callable[[_Pen, Path], str | int]] = {
    "interfaces": lambda pen, _: pen.interface(),
    "vpcs": lambda pen, _: pen.channel(),
    "port_channels": lambda pen, _: pen.channel(),
    "vlans": lambda pen, _: pen.draw(VLANS),
    "svis": lambda pen, _: pen.draw(VLANS),
    "groups": _Pen.group_key,
    "cabling": lambda pen, _: pen.draw(ETHERNETS),
    "features": lambda pen, _: pen.draw(FEATURES),
}
"""Keys of mappings that the schema alone does not make fit."""


def _group_numbers(said: Mapping[Key, Data]) -> Iterator[int]:
    groups = said.get("groups")
    for key in [said.get("group"), *(groups if isinstance(groups, dict) else ())]:
        yield from (int(word) for word in str(key).split()[:1] if word.isdecimal())


def _definition(name: str) -> Schema:
    found: Schema = SCHEMA["definitions"][name]
    return found


@cache
def _sections() -> tuple[str, ...]:
    return tuple(key for key in SCHEMA["properties"] if key not in ("pair", "switches"))


_SEEN: dict[int, tuple[Schema | None, tuple[Schema, ...]]] = {}


def _alternatives(part: Schema) -> tuple[Schema | None, tuple[Schema, ...]]:
    """The form of a value per switch, if it may be one, and the other forms."""
    if id(part) not in _SEEN:
        forms = [*_flat(part)]
        each = next((form for form in forms if _is_per_switch(form)), None)
        _SEEN[id(part)] = each, tuple(form for form in forms if not _is_per_switch(form))
    return _SEEN[id(part)]


def _flat(part: Schema) -> Iterator[Schema]:
    if "$ref" in part:
        yield from _flat(_definition(part["$ref"].rpartition("/")[2]))
    elif "anyOf" in part:
        for form in part["anyOf"]:
            yield from _flat(form)
    else:
        yield part


def _is_per_switch(form: Schema) -> bool:
    return "per_switch_key" in str(form.get("propertyNames", ""))


@cache
def _up_to(highest: int) -> st.SearchStrategy[int]:
    return st.integers(0, highest)


_CHOICES: dict[str, st.SearchStrategy[Any]] = {}


def _one_of(choices: tuple[T, ...]) -> st.SearchStrategy[T]:
    return _CHOICES.setdefault(repr(choices), st.sampled_from(choices))


@cache
def _some_of(keys: tuple[str, ...], fewest: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(keys), min_size=fewest, max_size=most, unique=True) if keys else st.just([])


@st.composite
def pair_files(draw: st.DrawFn) -> Drawn:
    """Pair files over the whole model that the loader takes."""
    names = draw(_one_of(HOSTNAMES))
    profiles = PROFILES[: draw(_up_to(len(PROFILES) - 1)) + 1]
    data = _Pen(draw, names, profiles, scope=names).whole()
    found = _repaired(data, names)
    assume(found is not None)
    assert found is not None
    return found


_ROUNDS = 6


def _repaired(data: dict[Key, Data], names: Sequence[str]) -> Drawn | None:
    """The file without what the loader refuses; None where that does not help."""
    for number in range(_ROUNDS):
        try:
            pair = pair_of(flow(data), "pair.yaml")
        except InputError as error:
            dropped = [_drop(data, finding.keys, names) for finding in error.findings]
            if not all(dropped):
                break
            continue
        event(f"repaired {number} times")
        return Drawn(flow(data), data, pair)
    event("refused")
    return None


def _drop(data: Data, path: Sequence[str], names: Sequence[str]) -> bool:
    """Drop what a path names, as far as it is there; it says nothing of values per switch."""
    if not isinstance(data, dict) or not path:
        return False
    if set(data) <= set(names) and path[0] not in names:
        dropped = [_drop(inner, path, names) for inner in data.values()]
        return any(dropped)
    for key in data:
        if str(key) == path[0]:
            if not _drop(data[key], path[1:], names):
                del data[key]
            return True
    return False


def loaded(data: dict[Key, Data]) -> Drawn:
    """The pair file of these data."""
    return Drawn(flow(data), data, pair_of(flow(data), "pair.yaml"))


def without(drawn: Drawn, *keys: str) -> Drawn:
    """The same file without some of its top-level keys."""
    return loaded({key: value for key, value in drawn.data.items() if key not in keys})


def smallest(drawn: Drawn, fails: Callable[[Drawn], object]) -> Drawn:
    """A file, made of that one by leaving out whatever it can do without, that fails, too."""
    for part, key in _parts(data := copy.deepcopy(drawn.data)):
        value = part.pop(key)
        try:
            if fails(loaded(data)):
                continue
        except InputError:
            pass
        part[key] = value
    return loaded(data)


def _parts(data: Data) -> Iterator[tuple[dict[Key, Data], Key]]:
    """Every key with the mapping that it stands in, the outer before the inner."""
    if isinstance(data, dict):
        for key in list(data):
            yield data, key
            yield from _parts(data.get(key))
