"""The domain of both switches: who leads, whether they hear each other, what they compare, whether a delay runs."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.drill import State
from mlagkit.nxos.reply import Show
from mlagkit.nxos.system_mac import SURE, system_mac
from mlagkit.state import (
    Absent,
    ConsistencyState,
    KeepaliveState,
    KeepaliveStatus,
    PairState,
    PeerStatus,
    RoleState,
    Verdict,
    VpcState,
)
from mlagkit.values import VlanSet
from mlagkit.verify.check import Check, Result
from mlagkit.verify.implied import Implied
from mlagkit.verify.observed import Side
from mlagkit.verify.parameters import vlan_consistency, vlan_parameters

_DUAL = "both act as primary: the pair is split. Bring back the peer-link and the keepalive before anything else"


def leaders(state: PairState) -> list[str]:
    """The switches that say that they lead."""
    return [name for name, each in state.switches.items() if isinstance(each.vpc, VpcState) and each.vpc.role.leads]


def roles(implied: Implied, state: PairState) -> Check:
    """Exactly one leads; which one is a matter of the past, since roles are sticky, and so only worth a note."""
    told = {name: each.vpc.role for name, each in state.switches.items() if isinstance(each.vpc, VpcState)}
    seen = ", ".join(f"{name} {role.value}" for name, role in told.items())
    must = implied.led[implied.primary or implied.hostnames[0]]
    is_led = any(switch.role.leads for switch in must.values())
    expected = f"{implied.primary or 'either'} leads" if is_led else "nobody leads"
    lead = leaders(state)
    result, why, advice = Result.OK, "", ""
    if len(told) < len(implied.hostnames):
        result, why = Result.NOT_KNOWN, "not both switches told their role"
    elif len(lead) > 1:
        result, advice = Result.NOT_OK, _DUAL
    elif is_led and not lead:
        result, advice = Result.NOT_OK, "no peer-link has formed: look at the keepalive first, then at the peer-link"
    elif is_led and implied.primary not in (None, *lead):
        why = f"{lead[0]} leads since an earlier takeover or change; roles stay as they are until the next election"
    return Check(
        name="roles",
        switch=None,
        object="roles",
        expected=expected,
        seen=seen or "none",
        result=result,
        why=why,
        advice=advice,
        settles=True,
    )


def absent(side: Side) -> Check:
    """The one check of a switch that tells nothing of vPC."""
    must = "none" if side.must.domain is None else str(side.must.domain)
    if side.state.vpc is Absent.UNKNOWN_COMMAND:
        advice = "bring the configuration to what the pair file says"
        return side.check("domain", "vPC domain", must, "none", side.must.domain is None, advice=advice)
    return side.unknown("domain", "vPC domain", must, side.unread.get(Show.VPC, "the switch was not asked"))


def domain(side: Side, vpc: VpcState) -> Iterator[Check]:
    """The domain, the adjacency, the keepalive, the consistency of the whole switch, and its delays."""
    must = side.must
    expected, seen = (str(number or "none") for number in (must.domain, vpc.domain))
    advice = "this may be the wrong switch; compare the configuration with the pair file"
    yield side.check("domain", "vPC domain", expected, seen, expected == seen, advice=advice)
    yield from identity(side)
    yield _adjacency(side, vpc)
    yield _keepalive(side, vpc)
    if must.peer_link and must.peer_link.state is State.UP and vpc.peer is PeerStatus.OK:  # else nothing is compared
        yield _consistency(side, vpc)
        yield from _type_2(side, vpc)
        yield from vlan_consistency(side, vpc)
        yield from vlan_parameters(side)
        yield from settings(side, vpc)
    yield from _delays(side, vpc)


def _adjacency(side: Side, vpc: VpcState) -> Check:
    link = side.must.peer_link
    forms = bool(link and link.state is State.UP)
    is_formed = vpc.peer is PeerStatus.OK
    role = side.state.role
    split = isinstance(role, RoleState) and role.dual_active
    why = "it has shut its vPCs because the peer lives on without the peer-link" if split else ""
    if not forms:
        why = "the two meet, though by intent they would not" if is_formed else "by intent the two do not meet"
    advice = "look at the peer-link, and whether domain, system MAC and system priority are the same on both"
    expected = "formed" if forms else "not formed"
    good = is_formed or not forms
    return side.check(
        "adjacency", "peer adjacency", expected, vpc.peer_said, good, why=why, advice=advice, settles=True
    )


def _keepalive(side: Side, vpc: VpcState) -> Check:
    is_alive = vpc.keepalive is KeepaliveStatus.ALIVE
    if not side.must.keepalive:
        why = "" if is_alive else "by intent it has no way to the peer"
        return side.check("keepalive", "peer-keepalive", "not alive", vpc.keepalive_said, good=True, why=why)
    advice = "without it a lost peer-link splits the pair: look at its source, destination, VRF and cable on both"
    seen, told = vpc.keepalive_said, side.state.keepalive
    ways = (told.send, told.receive) if isinstance(told, KeepaliveState) else (None, None)
    why = "" if is_alive or None in ways else f"sending: {ways[0]}, receiving: {ways[1]}"
    return side.check("keepalive", "peer-keepalive", "alive", seen, is_alive, why=why, advice=advice, settles=True)


def _consistency(side: Side, vpc: VpcState) -> Check:
    """Type 1 of the whole switch."""
    must, notes = side.must, [vpc.consistency_reason or "", *_differing(side, 1)]
    if must.consistency is Verdict.FAILED:
        notes.append(f"the intent differs in {', '.join(must.because)}")
    good = vpc.consistency is Verdict.SUCCESS or must.consistency is Verdict.FAILED
    return side.check(
        *("consistency", "consistency", must.consistency.value, vpc.consistency.value, good),
        why="; ".join(filter(None, notes)) if vpc.consistency is not Verdict.SUCCESS or not good else "",
        advice="make the parameter the same on both: the secondary suspends its vPCs over it",
        settles=True,
    )


def _differing(side: Side, kind: int) -> Iterator[str]:
    """The parameters of that type that differ, as the switch itself shows them."""
    if isinstance(side.state.consistency, ConsistencyState):
        for row in side.state.consistency.differing:
            if row.type == kind:
                yield f"{row.name}: {row.local or 'none'} here, {row.peer or 'none'} there"


def _type_2(side: Side, vpc: VpcState) -> Iterator[Check]:
    """What the switches only log; nothing where the switch does not show it.

    Where a configuration does not tell all of it (QoS) it is not known whether a difference is intended, unless it is
    in a parameter that the intent has the same on both.
    """
    told = vpc.type_2_consistency
    if told is None:
        return
    must = side.must
    expected = "success" if must.type_2 is None else must.type_2.value
    good: bool | None = told is Verdict.SUCCESS or must.type_2 is Verdict.FAILED
    if not good and must.type_2 is None and not _told_otherwise(side):
        good = None
    notes = [vpc.type_2_reason or "", *_differing(side, 2)] if told is not Verdict.SUCCESS else []
    if must.type_2_because:
        notes.append(f"the intent differs in {', '.join(must.type_2_because)}")
    yield side.check(
        *("type-2 consistency", "type-2 consistency", expected, told.value, good),
        why="; ".join(filter(None, notes)),
        advice="traffic goes on, but not as intended: make the parameter the same on both",
        settles=True,
    )


def _told_otherwise(side: Side) -> bool:
    """Whether the switch names a parameter of type 2 that differs, and is the same on both by intent."""
    told = side.state.consistency
    same = {row.name for row in side.must.judged.whole if row.type == 2 and row.equal}
    return isinstance(told, ConsistencyState) and any(row.name in same for row in told.differing)


def _delays(side: Side, vpc: VpcState) -> Iterator[Check]:
    """No delay runs: until then not everything is up that will be."""
    timers = {
        "vPCs": vpc.delay_restore,
        "SVIs": vpc.delay_restore_interface_vlan,
        "orphan ports": vpc.delay_restore_orphan_port,
        "recovery without the peer": vpc.auto_recovery_timer,
    }
    known = {what: timer for what, timer in timers.items() if timer is not None and timer.running is not None}
    if not known:
        return
    running = [
        f"{what}{f' {timer.left} s left' if timer.left is not None else ''}"
        for what, timer in known.items()
        if timer.running
    ]
    seen = ", ".join(running) or "none runs"
    advice = "wait until it is over: --wait"
    yield side.check("delays", "delays of a return", "none runs", seen, not running, advice=advice, settles=True)


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
