"""The peer-link and the legs: up, consistent, with their VLANs and their ports."""

from __future__ import annotations

from collections.abc import Iterator, Set

from mlagkit.drill import State
from mlagkit.nxos.reply import Show
from mlagkit.state import ConsistencyState, Leg, LinkStatus, PeerLink, PeerStatus, Verdict, VpcState
from mlagkit.values import VlanSet, in_order
from mlagkit.verify.check import Check, listed_ports
from mlagkit.verify.implied import ImpliedChannel
from mlagkit.verify.observed import Side
from mlagkit.verify.parameters import parameters

_FINE = ("bundled", "hot standby")
"""What a port of a channel is; the second where the channel takes no more of them."""
_CONFIGURE = "bring the configuration to what the pair file says"


def peer_link(side: Side, vpc: VpcState) -> Iterator[Check]:
    """The peer-link with its VLANs and its ports; nothing where none is intended."""
    must = side.must.peer_link
    if must is None:
        return
    link = next((each for each in vpc.peer_links if each.port == must.port), None)
    of, expected = f"peer-link {must.port}", _words(must.state)
    if link is None:
        yield side.check("peer-link", of, expected, "absent", must.state is not State.UP, advice=_CONFIGURE)
        return
    good = link.status is LinkStatus.UP or must.state is not State.UP
    yield side.check(
        *("peer-link", of, expected, link.status.value, good),
        why=_better(must, link.status),
        advice="the secondary suspends its vPCs without it: look at its cables and at the peer's end",
        settles=True,
    )
    if must.state is State.UP and link.status is LinkStatus.UP:
        yield _vlans(side, "peer-link vlans", of, must, link, _suspended(side))
        yield _members(side, "peer-link members", of, must)


def leg(side: Side, number: int, must: ImpliedChannel, vpc: VpcState) -> Iterator[Check]:
    """One vPC on this switch."""
    of, expected = f"vPC {number} {must.port}", _words(must.state)
    told = next((each for each in vpc.legs if each.vpc == number), None)
    if told is None:
        yield side.check("vpc", of, expected, "absent", must.state is not State.UP, advice=_CONFIGURE)
        return
    yield _state(side, of, must, told, is_compared=vpc.peer is PeerStatus.OK)
    yield from parameters(side, number, must)
    if must.state is not State.UP or told.status is not LinkStatus.UP:
        return
    yield _consistency(side, of, must, told)
    yield _vlans(side, "vpc vlans", of, must, told)
    yield _members(side, "vpc members", of, must)


def _state(side: Side, of: str, must: ImpliedChannel, told: Leg, *, is_compared: bool) -> Check:
    is_up = told.status is LinkStatus.UP
    good: bool | None = is_up or must.state is not State.UP
    if not good and not must.sure:
        good = None
    return side.check(
        *("vpc", of, _words(must.state), told.status.value, good),
        why=_better(must, told.status) or ("" if good else told.reason or ""),
        advice=_advice(told, is_compared=is_compared),
        settles=True,
    )


def _advice(told: Leg, *, is_compared: bool) -> str:
    if not is_compared:
        return "bring the peer-link back first: without it nothing is compared"
    if told.consistency is Verdict.FAILED:
        return "make the parameter the same on both"
    return "look at its ports and at the device behind them"


def _words(state: State) -> str:
    return {State.UP: "up", State.SUSPENDED: "suspended", State.DOWN: "down", State.ABSENT: "absent"}[state]


def _better(must: ImpliedChannel, status: LinkStatus) -> str:
    """What is worth a note: that the intent itself keeps it down, or that it is up all the same."""
    if must.state is State.UP:
        return ""
    because = f" ({', '.join(must.because)})" if must.because else ""
    if status is LinkStatus.UP:
        return f"it is up, though by intent it would be {_words(must.state)}{because}"
    return f"the intent itself keeps it {_words(must.state)}{because}"


def _consistency(side: Side, of: str, must: ImpliedChannel, told: Leg) -> Check:
    good: bool | None = told.consistency is Verdict.SUCCESS or must.consistency is Verdict.FAILED
    if not good and not must.sure:
        good = None
    notes = [told.reason or ""]
    if must.consistency is Verdict.FAILED:
        notes.append(f"the intent differs in {', '.join(must.because)}")
    return side.check(
        *("vpc consistency", f"consistency of {of}", must.consistency.value, told.consistency.value, good),
        why="; ".join(filter(None, notes)),
        advice="see which type-1 parameter of the port-channel differs on the two switches",
        settles=told.consistency is Verdict.NOT_APPLICABLE,
    )


def _vlans(
    side: Side, name: str, of: str, must: ImpliedChannel, told: PeerLink | Leg, suspended: Set[int] = frozenset()
) -> Check:
    expected = str(must.vlans) or "none"
    if told.vlans is None:
        return side.unknown(name, f"VLANs of {of}", expected, "the switch cut its list of VLANs short")
    missing, more = VlanSet(must.vlans - told.vlans), VlanSet(told.vlans - must.vlans)
    good: bool | None = not missing
    if missing and not must.sure:
        good = None
    return side.check(
        *(name, f"VLANs of {of}", expected, str(told.vlans) or "none", good),
        why=_why(missing, more, missing & suspended),
        advice="see that both switches have the VLAN, and both ends and the peer-link allow it",
        gaps=frozenset(map(str, missing)),
        settles=True,
    )


def _suspended(side: Side) -> VlanSet:
    """The VLANs that the switch says that it suspends on its peer-link and so everywhere."""
    told = side.state.consistency
    return told.suspended or VlanSet() if isinstance(told, ConsistencyState) else VlanSet()


def _why(missing: VlanSet, more: VlanSet, suspended: Set[int]) -> str:
    """What a switch suspends it has itself: the peer lacks it, or has it otherwise (OUT3)."""
    if suspended:
        return f"VLAN {missing} is not forwarded; this switch has VLAN {VlanSet(suspended)} and suspends it"
    return f"VLAN {missing} is not forwarded" if missing else f"VLAN {more} is not of the intent" if more else ""


def _members(side: Side, name: str, of: str, must: ImpliedChannel) -> Check:
    expected = listed_ports(must.members)
    told = side.told(side.state.port_channels, Show.PORT_CHANNEL_SUMMARY)
    if isinstance(told, str):
        return side.unknown(name, f"ports of {of}", expected, told)
    channel = next((each for each in told if each.port == must.port), None)
    ports = {each.port: each.status for each in channel.members} if channel else {}
    missing = {port: ports.get(port, "no member") for port in must.members if ports.get(port) not in _FINE}
    return side.check(
        *(
            name,
            f"ports of {of}",
            expected,
            listed_ports(port for port, status in ports.items() if status in _FINE),
            not missing,
        ),
        why=", ".join(f"{port} is {missing[port]}" for port in in_order(missing)),
        advice="look at the port, its cable, and the device behind it",
        gaps=frozenset(map(str, missing)),
        settles=True,
    )
