"""What a plan is made of: commands, steps, and what must be allowed by name before it may be carried out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mlagkit.diff import Uncompared
from mlagkit.drill import Cell
from mlagkit.finding import Finding, Origin
from mlagkit.nxos.catalogue import Impact


@dataclass(frozen=True, slots=True)
class Command:
    """One line as it is typed: ``section`` are the headers above it, ``origin`` the line that caused it, if one did.

    ``opens``: the switch may stand in another mode behind it.
    """

    section: tuple[str, ...]
    text: str
    opens: bool = False
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Lines that one switch takes at once.

    ``undo`` takes the switch back to where it was before. ``reason`` says what the step is for, in the words of the
    intent. ``affected`` are the hosts and VLANs that notice the ``impact``. ``gate`` are the conditions that must hold
    before the next step, with commas between; ``""`` where there is nothing to wait for.
    """

    switch: str
    commands: tuple[Command, ...]
    undo: tuple[Command, ...]
    reason: str
    impact: Impact
    affected: tuple[str, ...]
    gate: str


class Permission(StrEnum):
    """What can hurt, by the name that allows it (``cli.md``); a push knows more of them."""

    OUTAGE = "outage"
    DOMAIN_ID = "domain-id-change"
    VPC_REMOVAL = "vpc-removal"
    VLAN_REMOVAL = "vlan-removal-in-use"
    FEATURE_REMOVAL = "feature-removal"
    KEEPALIVE = "keepalive-change"
    PEER_LINK = "peer-link-change"
    TYPE_1 = "type-1-change"
    MANAGEMENT = "management-path"
    ROLE = "role-change"
    NEW_ERRORS = "new-errors"


@dataclass(frozen=True, slots=True)
class Stop:
    """A reason not to go on: what needs the ``permission``, on which switch, in which line of the plan."""

    permission: Permission
    switch: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The steps for both switches of a pair, and what is known of them.

    ``switches`` are the two in the order of the pair file, ``roles`` the operational roles that the order assumes,
    ``base`` the fingerprints of the running-configs that it starts from. ``stops`` need a permission each, whether it
    was given or not. ``findings`` are the errors of rules that were not there before the change, at the end of it;
    ``accepted`` those of them that somebody waived, ``passing`` those that are there only between two steps. ``cells``
    are what changes in the drill, ``reloads`` the switches that need a reload before all of it takes effect, with the
    reason, ``asks`` the lines, with their switch, that a switch may answer with a question, ``unproven`` those that are
    the plain ``no`` form of a line that the catalogue does not know. ``deleted`` counts the objects that go, each once
    for both switches; ``unmanaged`` the lines by switch that stay, since the intent does not declare them.
    ``uncompared`` are the lines by switch that stay as they are, since nobody has the secret that tells whether they
    are as intended.
    """

    pair: str
    switches: tuple[str, ...]
    roles: Mapping[str, str]
    base: Mapping[str, str]
    steps: tuple[Step, ...]
    stops: tuple[Stop, ...] = ()
    findings: tuple[Finding, ...] = ()
    accepted: tuple[Finding, ...] = ()
    passing: tuple[Finding, ...] = ()
    cells: tuple[Cell, ...] = ()
    reloads: Mapping[str, str] = field(default_factory=dict)
    asks: tuple[tuple[str, str], ...] = ()
    unproven: tuple[tuple[str, str], ...] = ()
    deleted: int = 0
    unmanaged: Mapping[str, int] = field(default_factory=dict)
    uncompared: Mapping[str, tuple[Uncompared, ...]] = field(default_factory=dict)

    @property
    def impact(self) -> Impact:
        """The worst of its steps."""
        return max((step.impact for step in self.steps), key=[*Impact].index, default=Impact.NONE)


def typed_lines(commands: Iterable[Command]) -> Iterator[str]:
    """The commands as they are typed, indented by their section.

    A header stands once for what follows it in its mode; whoever is in a deeper mode comes back by typing it again,
    since a line may mean something in that mode, too.
    """
    mode: tuple[str, ...] = ()
    for command in commands:
        path = (*command.section, command.text)
        shared = len(mode) if command.section[: len(mode)] == mode else 0
        for depth in range(shared, len(path)):
            margin = "  " * depth
            yield f"{margin}{path[depth]}"
        mode = path if command.opens else command.section
