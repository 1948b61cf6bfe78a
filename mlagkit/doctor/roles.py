"""Who leads: what each switch says that it is, whether its priority implies that, and whether just one leads."""

from __future__ import annotations

from collections.abc import Mapping

from mlagkit.doctor.item import Item, unknown, wrong
from mlagkit.state import Role, RoleState, SwitchState, VpcState

_KEEPALIVE_FIRST = "look at the keepalive first, then at the peer-link, which does not form without it"


def role(state: SwitchState) -> Item:
    """The role of one switch; one that a takeover of the past has left is no fault: roles are sticky."""
    vpc, told = state.vpc, state.role
    if not isinstance(vpc, VpcState):
        return unknown("role", "it does not tell its role")
    if vpc.role is Role.NONE:
        return wrong("role", f"{vpc.role.value}: it has not met its peer since it started", _KEEPALIVE_FIRST)
    if not isinstance(told, RoleState):
        return Item("role", f"{vpc.role.value}; it does not tell the priorities")
    if told.dual_active:
        seen = f"{vpc.role.value}, and it has shut its vPCs: its peer lives on without the peer-link"
        return wrong("role", seen, "bring the peer-link back before anything else: its legs return with it")
    return Item("role", f"{vpc.role.value}, {_as_implied(vpc.role, told)}")


def _as_implied(role: Role, told: RoleState) -> str:
    """Whether this is what the priorities make of it that the next election will use (G106, T-ELEC)."""
    mine = told.local_configured_role_priority or told.local_role_priority
    theirs = told.peer_configured_role_priority or told.peer_role_priority
    leads = (mine, told.local_mac) < (theirs, told.peer_mac)
    by = f"priority {mine} against {theirs}" if mine != theirs else f"the system MACs, both having priority {mine}"
    if leads is role.leads:
        return f"as by {by}"
    return f"though {'primary' if leads else 'secondary'} by {by}: roles stay as they are until the next election"


def roles(states: Mapping[str, SwitchState]) -> Item:
    """Whether one of the two leads, and no more."""
    told = {name: each.vpc.role for name, each in states.items() if isinstance(each.vpc, VpcState)}
    lead = [name for name, each in told.items() if each.leads]
    if len(told) < len(states):
        return unknown("roles", "not both tell their role")
    if len(lead) > 1:
        advice = "bring the peer-link and the keepalive back before anything else: a push of a split pair is refused"
        return wrong("roles", "both act as primary: the pair is split", advice)
    if lead:
        return Item("roles", f"{lead[0]} leads")
    return wrong("roles", "nobody leads", _KEEPALIVE_FIRST)
