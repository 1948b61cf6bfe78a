"""What a template sees of a switch: every value as text, and nothing that the device would not print.

A Switch holds effective values, a running-config hides those at their default. So each part
gets a view with the same field names in which a field is

- ``None`` where the device uses that value without a line,
- text, as NX-OS writes it, where a line carries it (a number is text, too: ``0`` is a value),
- ``True`` or ``False`` for what is only there or not, and
- a tuple, perhaps empty, for whatever takes one line per item.

The defaults come from the catalogue and from nowhere else, so a template says nothing but form.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from itertools import compress
from operator import attrgetter, is_not
from types import MappingProxyType
from typing import Any

from mlagkit.nxos.catalogue import ROWS, defaults
from mlagkit.nxos.context import Context, is_of_extender
from mlagkit.nxos.form import list_lines
from mlagkit.nxos.redact import with_secrets
from mlagkit.part import Part, Path
from mlagkit.values import VLAN_MAX, InterfaceName, VlanSet

Secrets = Callable[[str], str | None]
"""Gives the value of a reference such as ``env:NAME``, None where it can't be had."""

REFERENCES = ("env:", "file:", "cmd:")
"""What a reference begins with; other words behind ``authentication`` name a key chain and are no secret."""

_NOTHING: Mapping[str, object] = MappingProxyType({})
_MANY = ("tuple[", "Mapping[", "VlanSet")


class Shown:
    """The view of one part: a field that is hidden is None (or empty), a name that is no field does not exist."""

    path: Path = ()
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Shape:
    """How parts of one type are shown in one mode and context: its fields side by side, and the class of the view."""

    names: tuple[str, ...]
    values: Callable[[object], tuple[object, ...]]
    defaults: tuple[object, ...]
    texts: tuple[Callable[[Any], object] | None, ...]
    view: type[Shown]


@functools.cache
def _view(kind: type) -> type[Shown]:
    """A class whose attributes are the hidden fields, so that only what is shown costs anything."""
    hidden = {each.name: () if str(each.type).startswith(_MANY) else None for each in fields(kind)}
    return type(kind.__name__, (Shown,), {**hidden, "path": (), "extra": ()})


@functools.lru_cache(maxsize=1024)
def _shape(kind: type, mode: str, prefix: str, context: Context) -> _Shape:
    """Look up the type's fields in the catalogue, once per context."""
    known = defaults(mode, context)
    types = {each.name: str(each.type) for each in fields(kind) if each.name not in ("path", "extra")}
    one_line = {row.field for row in ROWS if row.mode == mode and row.relists}

    @functools.lru_cache(maxsize=256)
    def nested(name: str, value: object) -> Shown:
        return Viewer().show(value, mode, context, prefix=f"{prefix}{name}.")

    def text(name: str) -> Callable[[Any], object] | None:
        if prefix + name in one_line:
            return str
        part = functools.partial(nested, name)
        return next((make for start, make in _TEXTS if types[name].startswith(start)), part)

    def default(name: str) -> object:
        return () if types[name].startswith("tuple") else known.get(prefix + name)

    return _Shape(
        names=tuple(types),
        values=attrgetter(*types),
        defaults=tuple(map(default, types)),
        texts=tuple(map(text, types)),
        view=_view(kind),
    )


@dataclass(frozen=True, slots=True)
class Viewer:
    """Makes the views of one switch; ``secrets`` None leaves references as they are."""

    secrets: Secrets | None = None
    contexts: dict[tuple[str, bool | None, bool, bool], Context] = field(default_factory=dict)
    shapes: dict[tuple[type, str, int], _Shape] = field(default_factory=dict)

    def show(
        self, part: object, mode: str, context: Context, own: Mapping[str, object] = _NOTHING, *, prefix: str = ""
    ) -> Shown:
        """The view of a part in that mode of the catalogue; ``own`` are fields that the caller shows its own way."""
        shape = self._shape(type(part), mode, prefix, context)
        view = shape.view()
        found = vars(view)
        values = shape.values(part)
        rows = zip(shape.names, values, shape.defaults, shape.texts, strict=True)
        # Most fields are the very object that the catalogue gave as their default: passed over without a look.
        for name, value, default, text in compress(rows, map(is_not, values, shape.defaults)):
            if value is None:
                continue
            if (_same(value, default) if type(value) is VlanSet else value == default) or name in own:
                continue
            found[name] = text(value) if text else value
        found.update(own)
        if isinstance(part, Part):
            found["path"] = part.path
            found["extra"] = tuple(map(self.told_in, part.extra)) if self.secrets and part.extra else part.extra
        return view

    def at(
        self, context: Context, name: InterfaceName, *, routed: bool | None = None, peer_link: bool = False
    ) -> Context:
        """``context.at``, and one Context for all interfaces that are alike."""
        key = (f"{name.kind}." if "." in name else name.kind, routed, peer_link, is_of_extender(name))
        if key not in self.contexts:
            self.contexts[key] = context.at(name, routed=routed, peer_link=peer_link)
        return self.contexts[key]

    def _shape(self, kind: type, mode: str, prefix: str, context: Context) -> _Shape:
        """The shape, without asking a Context for its hash more than once; all of them live as long as this."""
        key = (kind, mode + prefix, id(context))
        shape = self.shapes.get(key)
        if shape is None:
            shape = self.shapes[key] = _shape(kind, mode, prefix, context)
        return shape

    def told(self, text: str | None) -> str | None:
        """The secret, where the text is a reference to one that was asked for and can be had; else the text."""
        secret = self.secrets(text) if self.secrets and text and text.startswith(REFERENCES) else None
        return text if secret is None else secret

    def told_in(self, line: str) -> str:
        """A raw line with the secrets that references in it stand for, where they can be had.

        Only where a secret stands: what goes out in that place is masked wherever it is shown.
        """
        return with_secrets(line, lambda _, word: self.told(word) or word)


def _same(value: object, default: object) -> bool:
    """Equality that does not walk through 4094 VLANs: a set of as many as all of them is all of them."""
    if isinstance(value, VlanSet) and isinstance(default, VlanSet):
        return len(value) == len(default) and (len(default) == VLAN_MAX or value == default)
    return False


@functools.lru_cache(maxsize=4096)
def _lists(vlans: VlanSet) -> tuple[str, ...]:
    """The same few sets stand on many ports."""
    return list_lines(vlans)


def _of_vlans(value: Mapping[int, VlanSet]) -> tuple[tuple[str, str], ...]:
    """A pair of number and list per line, in the order of the VLANs."""
    numbers = sorted(value, key=lambda number: (min(value[number], default=0), number))
    return tuple((str(number), ids) for number in numbers for ids in _lists(value[number]))


def _of_numbers(value: Mapping[int, int | None]) -> tuple[tuple[str, str], ...]:
    """A pair of numbers per line; the second may be empty."""
    return tuple((str(number), "" if other is None else str(other)) for number, other in sorted(value.items()))


def _of_words(value: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """A pair of words per line."""
    return tuple(sorted(value.items()))


_TEXTS: tuple[tuple[str, Callable[[Any], object] | None], ...] = (
    ("bool", None),
    ("str", None),
    ("InterfaceName", None),
    ("tuple", None),
    ("int", str),
    ("VlanSet", _lists),
    ("Mapping[int, VlanSet]", _of_vlans),
    ("Mapping[int, int", _of_numbers),
    ("Mapping[str, str]", _of_words),
)
"""How a field is put into text, by the beginning of its type; every other type is a part of its own."""
