"""Who is the root bridge: peer-switch, bridge priorities, and the role in the pair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mlagkit.finding import Severity
from mlagkit.rules.differences import side_by_side
from mlagkit.rules.rule import Hit, pair_rule
from mlagkit.switch import Switch
from mlagkit.topology.attached import far_end
from mlagkit.topology.carried import carried, carried_by, common_legs, existing, orphans, vpc_vlans
from mlagkit.values import ALL_VLANS, VlanSet

_USUAL = 32768
"""The bridge priority without a line (G106, DME)."""


@pair_rule("ST08", Severity.ERROR)
def peer_switch_asymmetric(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Peer-switch is on on one switch only.

    Why: One speaks spanning tree as the pair and the other as itself: the bridges behind see two roots.

    Bad:
        domain: {peer_switch: {sw-a: true, sw-b: false}}

    Good:
        domain: {peer_switch: true}

    Fix: Turn it on on both, with equal bridge priorities.

    Source: G106 [certain]
    """
    if switch.domain and peer.domain and switch.domain.peer_switch > peer.domain.peer_switch:
        message = f"{switch.name} has peer-switch on, {peer.name} has not"
        yield Hit(switch.domain, "peer_switch", message)


@pair_rule("ST09", Severity.ERROR)
def peer_switch_priority_mismatch(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Peer-switch is on, but the bridge priority of a vPC VLAN or MST instance is not equal on both.

    Why: Peer-switch does not work: the two speak as one bridge with two priorities. A root priority of the
        pseudo-information counts instead of the VLAN's own, since that is what is sent while peer-switch works.

    Bad:
        spanning_tree: {priority: {1-3967: {sw-a: 4096, sw-b: 8192}}}

    Good:
        spanning_tree: {priority: {1-3967: 4096}}

    Fix: Give both switches the same priority, within seconds of each other.

    Source: G106, T-PSW [certain]
    """
    if not (_has_peer_switch(switch) and _has_peer_switch(peer)) or _mode(switch) != _mode(peer):
        return
    own, other = _shared(switch, peer)
    for values in sorted({(own[number], other[number]) for number in own if own[number] != other[number]}):
        numbers = VlanSet(number for number in own if (own[number], other[number]) == values)
        told = side_by_side(switch, values[0], peer, values[1])
        message = f"with peer-switch, {_words(switch, numbers)} must have one priority: {told}"
        yield Hit(switch.spanning_tree, _field(switch), message)


@pair_rule("ST10", Severity.WARNING)
def peer_switch_not_root(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Peer-switch is on, and the pair has the default bridge priority, so that it is root by chance only.

    Why: Peer-switch is documented for a pair that is root of all its VLANs. In practice it is also used on pairs
        below another root (sources disagree, reference 10 (8)): accept the finding there. What other bridges have is
        not known; VLANs that are on no vPC do not count. Where neither switch says a priority, that holds for every
        VLAN, and the finding stays the same when one more comes to a vPC.

    Bad:
        spanning_tree: {priority: }

    Good:
        spanning_tree: {priority: {1-3967: 4096}}

    Fix: Give both switches a lower priority than all other bridges.

    Source: G106; disputed in community m-p/5310130 [certain as documented]
    """
    if not (_has_peer_switch(switch) and _has_peer_switch(peer)) or _mode(switch) != _mode(peer):
        return
    own, other = _shared(switch, peer)
    used = own.keys() if _mode(switch) == "mst" else carried_by(common_legs(switch, peer).values())
    usual = VlanSet(number for number in used & own.keys() if min(own[number], other[number]) >= _USUAL)
    if usual:
        said = _mode(switch) == "mst" or _says_a_priority(switch) or _says_a_priority(peer)
        words = _words(switch, usual if said else ALL_VLANS)
        message = f"with peer-switch, {words} have no better priority than any other bridge"
        yield Hit(switch.spanning_tree, _field(switch), message)


@pair_rule("ST11", Severity.WARNING)
def root_not_on_primary(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Without peer-switch the switch of the lower role priority is not root, or the other one is not second.

    Why: Only the primary sends BPDUs on vPCs: a root elsewhere means detours over the peer-link and a second
        convergence. Where both have the default priority the root is another bridge, and nothing is said; neither
        where the role priorities are equal.

    Bad:
        domain: {peer_switch: false}
        spanning_tree: {priority: {1-3967: {sw-a: 8192, sw-b: 4096}}}

    Good:
        domain: {peer_switch: false}
        spanning_tree: {priority: {1-3967: {sw-a: 4096, sw-b: 8192}}}

    Fix: Give the switch of the lower role priority the lowest bridge priority, and the other one the next.

    Source: G106, DG15 [certain]
    """
    if switch.domain is None or peer.domain is None or _has_peer_switch(switch) or _has_peer_switch(peer):
        return
    if switch.domain.role_priority >= peer.domain.role_priority or _mode(switch) != _mode(peer):
        return
    own, other = _shared(switch, peer)
    tuned = {number for number in own if min(own[number], other[number]) < _USUAL}
    if wrong := VlanSet(number for number in tuned if own[number] >= other[number]):
        message = f"{switch.name} becomes primary, but is not before {peer.name} as root of {_words(switch, wrong)}"
        yield Hit(switch.spanning_tree, _field(switch), message)
    if last := VlanSet(number for number in tuned - wrong if other[number] >= _USUAL):
        message = f"{switch.name} is root of {_words(switch, last)}, but {peer.name} is not sure to be second"
        yield Hit(switch.spanning_tree, _field(switch), message)


@pair_rule("ST12", Severity.WARNING)
def peer_switch_hybrid(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """With peer-switch a second trunk between the peers carries VLANs of equal bridge priority.

    Why: Both ends speak as one bridge, so the trunk is blocked as a backup of itself. Where a trunk leads is known
        from the cabling alone, and MST is not judged, because no example of it was found.

    Needs: `cabling` in a pair file; running-configs do not tell of it.

    Bad:
        vlans: {30: routing}
        interfaces:
          Ethernet1/40: {mode: trunk, vlans: 30}
        peer_link: {vlans: [10, 20]}
        cabling:
          sw-a: {Ethernet1/40: sw-b Ethernet1/40}
          sw-b: {Ethernet1/40: sw-a Ethernet1/40}

    Good:
        vlans: {30: routing}
        interfaces:
          Ethernet1/40: {mode: trunk, vlans: 30}
        peer_link: {vlans: [10, 20]}
        cabling:
          sw-a: {Ethernet1/40: sw-b Ethernet1/40}
          sw-b: {Ethernet1/40: sw-a Ethernet1/40}
        spanning_tree:
          pseudo_information: {designated_priority: {30: {sw-a: 8192, sw-b: 16384}}}

    Fix: Give the VLANs of that trunk different designated priorities (`pseudo_information`), or different priorities.

    Source: G106 [certain]
    """
    if not (_has_peer_switch(switch) and _has_peer_switch(peer)) or _mode(switch) == "mst":
        return
    for port in orphans(switch):
        vlans = existing(switch, carried(port))
        if port.mode == "trunk" and far_end(switch, port) == peer.name:
            own, other = _designated(switch, vlans), _designated(peer, vlans)
            if equal := VlanSet(vlan for vlan in vlans if own[vlan] == other[vlan]):
                message = f"{port.name} leads to {peer.name}, and VLANs {equal} have one priority on both switches"
                yield Hit(port, "", message)


def _has_peer_switch(switch: Switch) -> bool:
    return switch.domain is not None and switch.domain.peer_switch


def _mode(switch: Switch) -> str:
    return switch.spanning_tree.mode


def _field(switch: Switch) -> str:
    return "mst_priority" if _mode(switch) == "mst" else "priority"


def _words(switch: Switch, numbers: VlanSet) -> str:
    return f"MST instances {numbers}" if _mode(switch) == "mst" else f"VLANs {numbers}"


def _says_a_priority(switch: Switch) -> bool:
    """Whether any VLAN has a line of its own, so that one more may be news."""
    return bool(switch.spanning_tree.priority or switch.spanning_tree.pseudo_information.root_priority)


def _shared(switch: Switch, peer: Switch) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """The bridge priorities of both switches: by MST instance, else by VLAN that both have on the peer-link."""
    if _mode(switch) == "mst":
        numbers = {0} | switch.spanning_tree.mst.instances.keys() & peer.spanning_tree.mst.instances.keys()
        return (
            _by_number(switch.spanning_tree.mst_priority, numbers),
            _by_number(peer.spanning_tree.mst_priority, numbers),
        )
    vlans = vpc_vlans(switch) & vpc_vlans(peer)
    return _spoken(switch, vlans), _spoken(peer, vlans)


def _spoken(switch: Switch, vlans: frozenset[int]) -> Mapping[int, int]:
    """The priority by VLAN that is sent on vPCs."""
    own = _by_number(switch.spanning_tree.priority, vlans)
    if not _has_peer_switch(switch):
        return own
    return {**own, **_said(switch.spanning_tree.pseudo_information.root_priority, vlans)}


def _designated(switch: Switch, vlans: frozenset[int]) -> Mapping[int, int]:
    """The priority by VLAN that is sent on other ports while peer-switch works."""
    own = _by_number(switch.spanning_tree.priority, vlans)
    return {**own, **_said(switch.spanning_tree.pseudo_information.designated_priority, vlans)}


def _by_number(priorities: Mapping[int, VlanSet], numbers: frozenset[int] | set[int]) -> Mapping[int, int]:
    """The priority of each number, the usual one where nothing is said."""
    return {**dict.fromkeys(sorted(numbers), _USUAL), **_said(priorities, numbers)}


def _said(priorities: Mapping[int, VlanSet], numbers: frozenset[int] | set[int]) -> Mapping[int, int]:
    return {number: priority for priority, having in priorities.items() for number in having & numbers}
