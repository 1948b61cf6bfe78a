"""Who is the secondary, as far as two configurations tell."""

from __future__ import annotations

from mlagkit.state import Role
from mlagkit.switch import Switch
from mlagkit.verdict.outcome import Roles

_UNKNOWN = (Role.NONE, Role.NONE)


def roles_of(one: Switch, other: Switch) -> Roles:
    """By role priority, the lower is primary (G106, T-ELEC); between equals the system MAC decides.

    That is how two switches elect that meet for the first time: roles are not preemptive, and a switch that took over
    keeps its role until the next election.
    """
    if one.domain is None or other.domain is None:
        return Roles(of=_UNKNOWN, because="a switch has no vPC domain")
    here, there = one.domain.role_priority, other.domain.role_priority
    if here == there:
        said = f"both have priority {here}: the lower system MAC is primary, which no configuration tells"
        return Roles(of=_UNKNOWN, because=said)
    roles = (Role.PRIMARY, Role.SECONDARY) if here < there else (Role.SECONDARY, Role.PRIMARY)
    return Roles(of=roles, because=f"by their priorities, {here} and {there}; a takeover since would have changed it")
