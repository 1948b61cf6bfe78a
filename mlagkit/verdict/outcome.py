"""The values of a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mlagkit.nxos.consistency import Listing, Mark
from mlagkit.state import Parameter, Role
from mlagkit.values import InterfaceName, VlanSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One parameter with the value of each switch; ``type`` is 1, 2, or None where the switch only informs.

    A value is None where that switch has none. ``equal`` is None where a configuration does not tell, or the check
    ignores it; ``note`` says which. ``spoiled`` says why the check fails though both values are the same, ``prints``
    is False where the switch leaves the values out of its table, ``per_vlan`` is set where a difference concerns
    single VLANs.
    """

    name: str
    type: int | None
    values: tuple[str | None, str | None]
    equal: bool | None
    source: str
    mark: Mark
    note: str = ""
    spoiled: str = ""
    prints: bool = True
    per_vlan: bool = False

    @property
    def fails(self) -> bool:
        """Whether the check of the switches fails."""
        return self.equal is False or bool(self.spoiled)

    @property
    def parameters(self) -> tuple[Parameter, Parameter]:
        """The row that each switch should print; a value that is not known is empty in it."""
        here, there = (value or "" if self.prints else "" for value in self.values)
        return (
            Parameter(name=self.name, type=self.type, local=here, peer=there),
            Parameter(name=self.name, type=self.type, local=there, peer=here),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class VpcTable:
    """One vPC: its port-channel on each switch, None where it has none, and what both compare of it."""

    number: int
    ports: tuple[InterfaceName | None, InterfaceName | None]
    rows: tuple[Comparison, ...]


class Action(StrEnum):
    """What a switch does about a difference."""

    FORMS_NO_PEER_LINK = "forms no peer-link"
    SUSPENDS_ALL = "suspends all its vPCs"
    SUSPENDS_VPC = "suspends vPC"
    KEEPS_ALL = "keeps its vPCs up"
    KEEPS_VPC = "keeps vPC up"
    SUSPENDS_VLANS = "suspends VLANs"
    KEEPS_VLANS = "keeps VLANs up"
    LOGS = "logs it"


NO_VLANS = VlanSet()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """What one switch does, over which parameters.

    ``role`` is the role that it is assumed to have where what it does depends on that: NONE where it can't be told
    which of the two is the secondary, so that this holds if it is this one. ``vpc`` is None for all.
    """

    switch: str
    action: Action
    because: tuple[str, ...]
    source: str
    mark: Mark
    role: Role | None = None
    vpc: int | None = None
    vlans: VlanSet = NO_VLANS


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """The operational roles that both are assumed to have, NONE for both where that can't be told, and why."""

    of: tuple[Role, Role]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Everything that both switches of a pair compare, and what follows; the first of two values is the first switch's.

    ``forming`` must be the same before anything is compared at all. ``vlans`` are those that differ.
    """

    pair: str
    switches: tuple[str, str]
    roles: Roles
    graceful: tuple[bool, bool]
    listing: Listing
    forming: tuple[Comparison, ...]
    whole: tuple[Comparison, ...]
    vpcs: Mapping[int, VpcTable]
    vlans: Mapping[int, tuple[Comparison, ...]]
    consequences: tuple[Consequence, ...]

    @property
    def comparisons(self) -> Iterator[Comparison]:
        """Every row of every table."""
        yield from (*self.forming, *self.whole)
        for vpc in self.vpcs.values():
            yield from vpc.rows
        for rows in self.vlans.values():
            yield from rows
