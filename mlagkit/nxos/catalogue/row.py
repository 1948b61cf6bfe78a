"""One row of the command catalogue, and how a line is recognised by it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum

from mlagkit.nxos.context import Context
from mlagkit.values import InterfaceName, VlanSet, parse_address, parse_mac, parse_prefix


class Kind(Enum):
    """What a second line of the same key does to the first."""

    FLAG = "is there, or is negated"
    VALUE = "replaces it"
    VLANS = "adds to a set of VLANs"
    BLOCK = "opens the same block again"
    NOISE = "means nothing for the configuration"


class Negation(Enum):
    """How a line is taken back."""

    WORDS = "no and the key"
    LINE = "no and the whole line"
    NEVER = "not at all"


class Impact(StrEnum):
    """What traffic notices while the line takes effect."""

    NONE = "none"
    BRIEF = "brief"
    OUTAGE = "outage"


class Phase(IntEnum):
    """When in a growing change a line is sent; a shrinking one runs backwards (reference section 6)."""

    FEATURE = 1
    SYSTEM = 2
    VRF = 3
    VLAN = 4
    SPANNING_TREE = 5
    DOMAIN = 6
    PEER_LINK = 7
    PORT_CHANNEL = 8
    MEMBER = 9
    VPC = 10
    SVI = 11
    ROUTING = 12


@dataclass(frozen=True, slots=True)
class ByContext:
    """A default that is a property of the Context, by its name."""

    name: str


Value = bool | int | str | VlanSet
Default = Value | ByContext | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is known of one command.

    ``command`` is written with its parameters: ``<int>`` is part of the value, ``<#int>``
    part of the key, ``[...]`` may be missing, ``{a|b}`` is a choice. ``field`` is the field
    of a Switch's part that the line fills, dotted where the part is nested; ``opens`` the
    mode of a block's lines; ``owner`` the word of ``owns:`` for the object that it belongs to.
    ``source`` is the key in the reference or the place in the corpus that the facts come from.
    """

    mode: str
    command: str
    kind: Kind
    source: str
    field: str | None = None
    default: Default = None
    negation: Negation = Negation.WORDS
    phase: Phase = Phase.SYSTEM
    impact: Impact = Impact.NONE
    secret: bool = False
    opens: str | None = None
    owner: str | None = None
    inherited: bool = False
    relists: bool = False
    canonical: Callable[[str], str] | None = None

    def default_in(self, context: Context) -> Value | None:
        """The value that the device uses without the line; None where there is none."""
        return getattr(context, self.default.name) if isinstance(self.default, ByContext) else self.default


@dataclass(frozen=True, slots=True)
class Line:
    """A recognised line: its row, the key that tells it from others of its mode, and its value."""

    row: Row
    key: str
    value: Value
    negated: bool = False


_TYPES: dict[str, str] = {
    "int": r"\d+",
    "vlans": r"\d[\d,\- ]*",
    "word": r"\S+",
    "text": r".*\S",
    "ip": r"[\da-fA-F.:]+",
    "prefix": r"[\da-fA-F.:]+(?:/\d+| [\d.]+)",
    "mac": r"[\da-fA-F.:-]+",
    "interface": r"[A-Za-z][A-Za-z-]*\s*\d[\d/.]*",
    "nve": r"[Nn][Vv][Ee]\s*\d+",
    "ports": r"[A-Za-z][A-Za-z-]*\s*\d[\d/.,\- A-Za-z]*",
}
_READ: dict[str, Callable[[str], Value]] = {
    "int": int,
    "vlans": VlanSet.parse,
    "ip": parse_address,
    "prefix": parse_prefix,
    "mac": parse_mac,
    "interface": InterfaceName.parse,
    "nve": InterfaceName.parse,
}
_TOKEN = re.compile(r"<(#?)(\w+)>|\{([^}]+)\}|(\[)|(\])|([^\s\[\]]+)|\s+")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row's command as two expressions: as printed, and with every word cut short."""

    exact: re.Pattern[str]
    loose: re.Pattern[str]
    words: tuple[str, ...]
    parameters: tuple[tuple[str, bool], ...]


@functools.cache
def pattern(command: str) -> Pattern:
    """Compile a row's command once, when a line first asks for it."""
    exact: list[str] = []
    loose: list[str] = []
    words: list[str] = []
    parameters: list[tuple[str, bool]] = []
    for match in _TOKEN.finditer(command):
        hash_mark, kind, choice, opened, closed, word = match.groups()
        if opened or closed:
            _both(exact, loose, "(?:" if opened else ")?")
        elif kind or choice:
            is_key = bool(hash_mark) or (choice or "").startswith("#")
            parameters.append((kind or "word", is_key))
            _both(exact, loose, _blank(exact) + f"({_TYPES[kind] if kind else _any_of(choice.lstrip('#'))})")
        elif word:
            words.append(word)
            exact.append(_blank(exact) + re.escape(word))
            loose.append(_blank(loose) + _shortened(word))
    return Pattern(
        re.compile("".join(exact) + r"\s*\Z", re.I),
        re.compile("".join(loose) + r"\s*\Z", re.I),
        tuple(words),
        tuple(parameters),
    )


def _blank(before: list[str]) -> str:
    return r"\s+" if before else ""


def _any_of(choice: str) -> str:
    """The longest first, so that ``edge trunk`` is not read as ``edge``."""
    return "|".join(sorted(map(re.escape, choice.split("|")), key=len, reverse=True))


def _both(exact: list[str], loose: list[str], text: str) -> None:
    exact.append(text)
    loose.append(text)


def _shortened(word: str) -> str:
    """An expression for the word or any beginning of it of two letters or more."""
    head, tail = word[:2], word[2:]
    return re.escape(head) + "".join(f"(?:{re.escape(letter)}" for letter in tail) + ")?" * len(tail)


def read_line(row: Row, text: str, *, loose: bool = False) -> Line | None:
    """The line as that row understands it, without a leading ``no``; None where it is another command."""
    compiled = pattern(row.command)
    match = (compiled.loose if loose else compiled.exact).match(text)
    if not match:
        return None
    keys: list[str] = []
    values: list[Value] = []
    for (kind, is_key), found in zip(compiled.parameters, match.groups(), strict=True):
        if found is None:
            continue
        try:
            value = _READ.get(kind, str)(found.strip())
        except ValueError:
            return None
        (keys if is_key else values).append(str(value) if is_key else value)  # type: ignore[arg-type]
    return Line(row, " ".join((*compiled.words, *keys)), _value(row, text, values))


def _value(row: Row, text: str, values: list[Value]) -> Value:
    """True for what is only there or not, the typed value of a single parameter, else the words."""
    if row.canonical:
        return row.canonical(" ".join(text.split()))
    if row.kind in (Kind.FLAG, Kind.BLOCK) or not values:
        return True
    return values[0] if len(values) == 1 else " ".join(str(value) for value in values)
