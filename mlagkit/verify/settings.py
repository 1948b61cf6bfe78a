"""What is in force of the domain, which its configuration alone does not tell: some of it takes both switches."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.nxos.system_mac import SURE, system_mac
from mlagkit.state import RoleState, VpcState
from mlagkit.values import VlanSet
from mlagkit.verify.check import Check
from mlagkit.verify.observed import Side

_AS_INTENDED = "as intended"


def settings(side: Side, vpc: VpcState) -> Iterator[Check]:
    """What the intent switches on is on; what is on beyond that is a note, since the defaults of releases differ.

    So does that of automatic recovery (reference 2.1): where it is off nobody knows whether it was to be on. The
    graceful check works only where both have it (G106: `Disabled (due to peer configuration)`).
    """
    both = side.must.domains
    if both is None:
        return
    own, other = both
    graceful = own.graceful_consistency_check and other.graceful_consistency_check
    pairs = {
        "peer gateway": (own.peer_gateway, vpc.peer_gateway),
        "graceful check": (graceful, vpc.graceful_consistency),
        "layer 3 peer router": (own.layer3_peer_router and other.layer3_peer_router, vpc.layer3_peer_router),
        "virtual peer-link": (own.virtual_peer_link is not None, vpc.virtual_peer_link),
        "automatic recovery": (own.auto_recovery, vpc.auto_recovery),
    }
    off = {what: f"{what} is off" for what, (must, told) in pairs.items() if must and told is False}
    more = [f"{what} is on" for what, (must, told) in pairs.items() if told and not must]
    if vpc.dual_active_excluded is not None:
        missing = VlanSet(own.dual_active_exclude_vlans - vpc.dual_active_excluded)
        off |= {"exclusion": f"VLAN {missing} is not excluded"} if missing else {}
    yield side.check(
        *("domain settings", "domain settings", _AS_INTENDED, ", ".join(off.values()) or _AS_INTENDED),
        good=None if off.keys() == {"automatic recovery"} else not off,
        why=f"not of the intent: {', '.join(more)}" if more else vpc.graceful_reason or "",
        advice="see whether both switches have the line: some of it works only where both do",
        gaps=frozenset(off.values()),
        settles=True,
    )


def identity(side: Side) -> Iterator[Check]:
    """The system by which hosts and the peer know the domain, as it is in force; nothing where it is not told."""
    told, both = side.state.role, side.must.domains
    if not isinstance(told, RoleState) or both is None:
        return
    own = both[0]
    expected, seen = _system(system_mac(own), own.system_priority), _system(told.system_mac, told.system_priority)
    is_sure = own.system_mac is not None or own.id <= SURE
    yield side.check(
        *("domain identity", "domain identity", expected, seen),
        good=expected == seen or (False if is_sure else None),
        advice="two that differ do not meet, and hosts see two systems: make it the same on both, and see it in force",
    )


def _system(mac: str, priority: int) -> str:
    return f"{mac}, priority {priority}"
