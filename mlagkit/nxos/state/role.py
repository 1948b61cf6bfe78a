"""`show vpc role`: own code, since ntc-templates 9.3 has no template for it."""

from __future__ import annotations

from mlagkit.nxos.state import words
from mlagkit.nxos.state.body import Json, scalars
from mlagkit.nxos.state.facts import Facts, labelled, need, others, want
from mlagkit.nxos.state.lines import Line, squeezed
from mlagkit.state import RoleState
from mlagkit.values import parse_mac

# What only a terminal shows.
_LOCAL, _PEER = "vpc local config role-priority", "vpc peer config role-priority"
# corpus, both forms.
_KEYS = {
    "vpc role": "vpc-current-role",
    "dual active detection status": "dual-active-detected",
    "vpc system-mac": "vpc-system-mac",
    "vpc system-priority": "vpc-system-prio",
    "vpc local system-mac": "vpc-local-system-mac",
    "vpc local role-priority": "vpc-local-role-prio",
    _LOCAL: _LOCAL,
    "vpc peer system-mac": "vpc-peer-system-mac",
    "vpc peer role-priority": "vpc-peer-role-prio",
    _PEER: _PEER,
}


def from_text(lines: list[Line]) -> RoleState:
    """The roles that a terminal shows."""
    if squeezed(lines[0].text) != "vpc role status":
        raise lines[0].misread()
    return _state(labelled(lines[1:], _KEYS))


def from_body(body: Json) -> RoleState:
    """The roles that NX-API tells."""
    return _state(scalars(body))


def _state(facts: Facts) -> RoleState:
    return RoleState(
        role=need(facts, "vpc-current-role", words.role),
        dual_active=need(facts, "dual-active-detected", words.flag),
        system_mac=need(facts, "vpc-system-mac", parse_mac),
        system_priority=need(facts, "vpc-system-prio", words.number),
        local_mac=need(facts, "vpc-local-system-mac", parse_mac),
        local_role_priority=need(facts, "vpc-local-role-prio", words.number),
        local_configured_role_priority=want(facts, _LOCAL, words.number),
        peer_mac=need(facts, "vpc-peer-system-mac", parse_mac),
        peer_role_priority=need(facts, "vpc-peer-role-prio", words.number),
        peer_configured_role_priority=want(facts, _PEER, words.number),
        others=others(facts, _KEYS.values()),
    )
