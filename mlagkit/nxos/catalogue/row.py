"""One row of the command catalogue, and a line as such a row understands it."""

from collections.abc import Callable
from enum import Enum, IntEnum, StrEnum
from typing import NamedTuple

from mlagkit.nxos.context import Context
from mlagkit.values import ALL_VLANS, VlanSet


class Kind(Enum):
    """What a second line of the same key does to the first."""

    FLAG = "is there, or is negated"
    VALUE = "replaces it"
    VLANS = "adds to a set of VLANs"
    BLOCK = "opens the same block again"
    NOISE = "means nothing for the configuration"


class Negation(Enum):
    """How a line is taken back."""

    WORDS = "no and the words before the value"
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


class ByContext(NamedTuple):
    """A default that is a property of the Context, by its name."""

    name: str


class VlanEdit(NamedTuple):
    """What a line does to a set of VLANs: its verb (``""`` sets, ``add``, ``remove``, ``except``) and the VLANs."""

    verb: str
    vlans: VlanSet

    @classmethod
    def parse(cls, text: str) -> "VlanEdit":
        """Read any form of a trunk's list: the VLANs alone, ``add``, ``remove``, ``except``, ``all`` or ``none``."""
        if text[:1].isdecimal():
            return cls("", VlanSet.parse(text))
        verb, _, rest = text.lower().rpartition(" ")
        if rest in ("all", "none"):
            return cls("", ALL_VLANS if rest == "all" else VlanSet())
        verb, _, _ = text.lower().partition(" ")
        if verb in ("add", "remove", "except"):
            return cls(verb, VlanSet.parse(text.partition(" ")[2]))
        return cls("", VlanSet.parse(text))

    def applied(self, before: VlanSet) -> VlanSet:
        """The set after the line, given the set before it."""
        if self.verb == "add":
            return VlanSet(before | self.vlans)
        if self.verb == "remove":
            return VlanSet(before - self.vlans)
        return VlanSet(ALL_VLANS - self.vlans) if self.verb == "except" else self.vlans


Value = bool | int | str | VlanSet | VlanEdit
Default = Value | ByContext | None


class Row(NamedTuple):
    """What is known of one command.

    ``command`` is written with its parameters: ``<int>`` is part of the value, ``<#int>``
    part of the key, ``[...]`` may be missing, ``{a|b}`` is a choice. ``field`` is the field
    of a Switch's part that the line fills, dotted where the part is nested; ``opens`` the
    mode of a block's lines; ``owner`` the word of ``owns:`` for the object that it belongs to.
    ``object_words`` counts the words of the key that name an object of its own, which the intent may not speak of.
    ``neutral`` is the value in a key that VLANs have without a line; ``takes_out`` marks a list whose
    ``no`` form is what is set: the VLANs that are taken out of what all have.
    ``inherited`` lines of a port-channel are its members' lines, too; ``relists`` marks a list that
    a second line replaces; ``alias`` is the key of the command that this one is another spelling of;
    ``implied_by`` the key of a line that switches this flag on, ``kept_by`` that of a line which says the same
    and more, and would be taken back with this one; ``known_by`` are the product lines that alone know the command,
    ``unknown_to`` those that do not, ``since`` is the first release of Nexus 9000 that does; ``undo`` what
    stands behind ``no`` where it is neither the whole line nor the words before the value.
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
    opens: str | None = None
    owner: str | None = None
    inherited: bool = False
    relists: bool = False
    takes_out: bool = False
    object_words: int = 0
    neutral: int | None = None
    alias: str | None = None
    implied_by: str | None = None
    kept_by: str | None = None
    undo: str | None = None
    known_by: tuple[str, ...] = ()
    unknown_to: tuple[str, ...] = ()
    since: str = ""
    canonical: Callable[[str], str] | None = None

    @property
    def trunk(self) -> bool:
        """Whether it is the list of a trunk, which all the VLANs or none of them can be on."""
        return "<trunk>" in self.command

    @property
    def by_value(self) -> bool:
        """Whether each VLAN has one value of that command, which stands in its key: a priority, an instance."""
        return self.kind is Kind.VLANS and "<#" in self.command

    def default_in(self, context: Context) -> Value | None:
        """The value that the device uses without the line; None where there is none."""
        return getattr(context, self.default.name) if isinstance(self.default, ByContext) else self.default


class Line(NamedTuple):
    """A recognised line: its row, the key that tells it from others of its mode, and its value."""

    row: Row
    key: str
    value: Value
    negated: bool = False
