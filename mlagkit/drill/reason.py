"""Why a host fares as it does, in one sentence that names the switch, the port and the rule of the game."""

from __future__ import annotations

from mlagkit.drill.condition import Condition, Legs, Power, keepalive_up, recovers
from mlagkit.drill.outcome import State
from mlagkit.drill.reach import Fare, View, Way
from mlagkit.drill.wiring import Attached, Attachment

_WAYS = {
    Way.SUSPENDED: "{port} is up, but the consistency check suspends VLANs that it needs on {switch}",
    Way.NO_GATEWAY: "{port} is up on {switch}, but no gateway can be reached there",
    Way.NO_WAY_OUT: "nothing that comes over {port} leaves {switch}: no uplink is up, no routed path leads to {peer}",
    Way.ISOLATED: "{port} is up on {switch}, but the peer-link to the others in its VLANs is down",
    Way.UNREACHED: "{port} is up on {switch}, but a host that it must reach can't be reached over it",
    Way.SPLIT: "both switches are active without a peer-link: nothing gets from {port} of {switch} to {peer} and back",
    Way.LOSSY: "the peer-link loses frames, and some of those of {port} on {switch} have to cross it",
}


def reason(view: View, host: Attached, fare: Fare) -> str:
    """The sentence; empty where nothing is wrong."""
    told = []
    for index, port in enumerate(host.attachments):
        words = _of_port(view, host, port, fare, index)
        if words and words not in told:
            told.append(words)
    return "; ".join(told)


def _of_port(view: View, host: Attached, port: Attachment, fare: Fare, index: int) -> str:
    switch, peer = view.wiring.peers[port.at].name, view.wiring.peers[1 - port.at].name
    if view.condition.switches[port.at].power is not Power.ON:
        return _of_switch(view.condition, port.at, switch, has_carrier=fare.carrier[index])
    if not fare.carrier[index]:
        return _of_down(view, host, port, switch)
    way = fare.ways[index]
    return _WAYS[way].format(port=port.name, switch=switch, peer=peer) if way in _WAYS else ""


def _of_switch(condition: Condition, at: int, switch: str, *, has_carrier: bool) -> str:
    if condition.switches[at].power is Power.OFF:
        return f"{switch} is off"
    return f"{switch} hangs with carrier up, which the host does not notice" if has_carrier else f"{switch} hangs"


def _of_down(view: View, host: Attached, port: Attachment, switch: str) -> str:
    """Why a port is down on a switch that runs."""
    own = view.condition.switches[port.at]
    state = view.attachment(port)
    if state is State.UP:
        return f"{host.name} has fewer links than its bond wants"
    if state is State.SUSPENDED and port.vpc is None:
        return f"{port.name} is suspended with the vPCs of {switch}"
    if own.legs is Legs.SHUT:
        return f"the vPC domain of {switch} is down"
    if state is State.DOWN:
        held = port.vpc is not None and (port.at, port.vpc) in view.condition.held
        said = "stays down: nobody can check it while the peer-link is down" if held else "is down"
        return f"{port.name} on {switch} {said}"
    if own.legs is Legs.SUSPENDED:
        return f"{switch} suspends its vPCs: {_suspended(view, port.at)}"
    if own.legs is Legs.WAITING:
        return f"{switch} keeps its vPCs down: {_waiting(view)}"
    return f"{switch} suspends {port.name}: type-1 mismatch"


def _suspended(view: View, at: int) -> str:
    if keepalive_up(view.wiring, view.condition):
        return "the peer-link is down and its peer alive"
    if recovers(view.wiring.peers[at]):
        return "the peer-link is down"
    return "it lost the peer-link while its peer was alive, and without auto-recovery it never takes over"


def _waiting(view: View) -> str:
    if not view.wiring.has_peer_link:
        return "no peer-link can form"
    if keepalive_up(view.wiring, view.condition):
        return "it came up without a peer-link"
    return "it came up without hearing its peer, and auto-recovery is off"
