"""How a pair stands before the first step and after each of them.

A step mostly touches a port or two of a pair that has thousands. What it changes is then looked for on those parts of
the pair alone that have to do with these ports (`_after`), so that many steps take no longer each than a few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from operator import attrgetter

from mlagkit.drill import State, drill, judged_for_drill
from mlagkit.nxos.consistency import carried_by_peer_link
from mlagkit.plan.circles import Circles, Place, changed, circles_of
from mlagkit.plan.state import Peers, Staying, Thing, forwarding, lasting, mismatches
from mlagkit.switch import Switch
from mlagkit.topology.channels import ROUTED
from mlagkit.values import InterfaceName, in_order


@dataclass(frozen=True, slots=True)
class Stand:
    """Both switches at one moment of a plan: the Type-1 parameters in which they differ, and what forwards."""

    peers: Peers
    mismatches: frozenset[str]
    forwards: frozenset[Thing]


@dataclass(frozen=True, slots=True)
class Ends:
    """What is so at every moment: what both switches have at both ends, who leads, which ports belong together."""

    staying: tuple[Staying, Staying]
    primary: str
    circles: Circles

    @classmethod
    def of(cls, states: Sequence[Peers], primary: str) -> Ends:
        """Look at the pair in all its states, which follow each other."""
        one, other = (Staying.of(*each) for each in zip(states[0], states[-1], strict=True))
        return cls((one, other), primary, circles_of(states))


@dataclass(frozen=True, slots=True)
class _Seen:
    """A pair, or a part of it: how often each Type-1 parameter differs, what forwards, and whether it is settled.

    A pair is settled while the peer-link is up and no gateway hangs on single ports. ``shared`` are the ports of each
    switch that matter to all of it.
    """

    differing: Counter[str]
    forwards: frozenset[Thing]
    is_settled: bool
    shared: tuple[frozenset[InterfaceName], frozenset[InterfaceName]]

    @classmethod
    def of(cls, peers: Peers, ends: Ends) -> _Seen:
        """Ask the verdict and the drill."""
        judged = judged_for_drill(peers)
        pair = lasting(peers, ends.staying, ends.primary)
        is_the_same = pair[0] is peers[0] and pair[1] is peers[1]
        outcome = drill(pair, (), ends.primary, judged if is_the_same else None)
        is_linked = all(switch.peer_link is State.UP for switch in outcome.switches.values())
        is_settled = is_linked and not any(map(_hangs_on_ports, pair))
        return cls(mismatches(judged, peers), forwarding(outcome), is_settled, (_shared(peers[0]), _shared(peers[1])))


def stands_of(states: Sequence[Peers], primary: str) -> list[Stand]:
    """How the pair stands in each of these states, which follow each other."""
    ends = Ends.of(states, primary)
    found = [_Seen.of(states[0], ends)]
    for before, peers in pairwise(states):
        found.append(_after(before, peers, found[-1], ends) or _Seen.of(peers, ends))
    return [Stand(peers, frozenset(seen.differing), seen.forwards) for peers, seen in zip(states, found, strict=True)]


def stand(peers: Peers, ends: Ends) -> Stand:
    """How the pair stands in one state, looked at as a whole."""
    seen = _Seen.of(peers, ends)
    return Stand(peers, frozenset(seen.differing), seen.forwards)


def _after(before: Peers, peers: Peers, seen: _Seen, ends: Ends) -> _Seen | None:
    """What is seen of a pair that differs in ports alone from what was ``seen``; None where that can't be told.

    What changes on the ports that belong together with these is all that changes on the pair:

    - The verdict compares both switches as a whole, by what is the same, and then each vPC by itself.
    - While the peer-link is up and nothing fails, where a frame comes to that enters a port is decided by the VLANs,
      gateways and routed ports of both switches and the peer-link, which are the same. Who else is in its VLAN matters
      only beside a peer-link that is down or loses frames (`View._way`).
    - The gateway of a VLAN that the peer-link carries is up then (`View.svi_state`). One of another VLAN may hang on
      any port; where there is one, the pair is not settled and is looked at as a whole.
    - How a host fares is decided by the ports that it is on, and by those of the hosts that it must reach.
    """
    places = [*changed(before, peers)]
    if not seen.is_settled or not all(map(_is_same_but_for_ports, before, peers)):
        return None
    if any(name in seen.shared[at] or _is_shared(peers[at], name) for at, name in places):
        return None
    circle = ends.circles.around(places)
    was, now = (_Seen.of(_part(each, circle, seen), ends) for each in (before, peers))
    if not (was.is_settled and now.is_settled):
        return None
    differing = seen.differing.copy()
    differing.subtract(was.differing)
    differing.update(now.differing)
    gone, come = was.forwards - now.forwards, now.forwards - was.forwards
    return replace(seen, differing=+differing, forwards=seen.forwards - gone | come)


def _is_same_but_for_ports(old: Switch, new: Switch) -> bool:
    """Whether two switches differ in their ports alone, and in where these are written."""
    return old is new or all(same(old) is same(new) or same(old) == same(new) for same in _BESIDE_PORTS)


_BESIDE_PORTS = [attrgetter(each.name) for each in fields(Switch) if each.name not in ("ports", "source")]


def _shared(switch: Switch) -> frozenset[InterfaceName]:
    """The ports that matter to all of a switch."""
    return frozenset(name for name in switch.ports if _is_shared(switch, name))


def _is_shared(switch: Switch, name: InterfaceName) -> bool:
    """Whether a port may be a way out of the pair, or is one of the peer-link."""
    port, link = switch.ports.get(name), switch.peer_link
    return port is not None and (port.mode == ROUTED or (link is not None and name in (link.name, *link.members)))


def _part(peers: Peers, circle: Iterable[Place], seen: _Seen) -> Peers:
    """The pair with no other ports than these, and those that matter to all of it."""
    one, other = (
        replace(switch, ports={name: switch.ports[name] for name in in_order(kept) if name in switch.ports})
        for at, switch in enumerate(peers)
        for kept in [seen.shared[at].union(name for where, name in circle if where == at)]
    )
    return one, other


def _hangs_on_ports(switch: Switch) -> bool:
    """Whether a gateway may be down because no port is up in its VLAN, though the peer-link is up."""
    on_link = carried_by_peer_link(switch)
    return any(
        svi.autostate and not svi.shutdown and vlan in switch.vlans and vlan not in on_link
        for vlan, svi in switch.svis.items()
    )
