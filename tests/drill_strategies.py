"""Small pairs and sequences of events for the drill, drawn at random, with all that an observer of a pair can know.

A drawn pair is first a plan in words of its own (VLANs, guests, uplinks); the pair file is written from it. So a test
can say from the plan who is wired to what, and need not ask what the drill makes of the pair file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from mlagkit.drill import Event, Outcome, parse_event
from mlagkit.drill.play import Play
from mlagkit.drill.wire import wiring_of
from mlagkit.drill.wiring import Peers
from mlagkit.expand import expand
from mlagkit.intent import pair_of
from tests.pair_files import Data, flow

Both = tuple[bool, bool]
"""One answer for each switch."""

EACH: tuple[Both, ...] = ((True, True), (True, False), (False, True))
NAMES = ("sw-a", "sw-b")
VLANS = (10, 20, 30)
KEEPALIVE, ROUTING = 3900, 3901
"""VLANs on the peer-link that no host is in."""
MEMBERS = ("Ethernet1/53", "Ethernet1/54")
OSPF = "ip router ospf 1 area 0.0.0.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vlan:
    """A VLAN: where it exists, which end of the peer-link lets it through, which switch has a gateway in it."""

    exists: Both
    on_link: Both
    gateway: Both

    @property
    def crosses(self) -> bool:
        """Whether the peer-link carries it."""
        return all(self.exists) and all(self.on_link)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """A host, on a vPC or on orphan ports; ``number`` is that of its vPC and of its first port.

    ``configured`` says which switch has the vPC or the port, ``open`` on which it is not shut, ``vlans`` which VLANs
    each of them lets through.
    """

    number: int
    is_orphan: bool
    configured: Both
    open: Both
    vlans: tuple[frozenset[int], frozenset[int]]
    suspend: bool
    bond: str | None
    links: int

    @property
    def name(self) -> str:
        """Its name."""
        return f"host-{self.number}"

    @property
    def ports(self) -> list[str]:
        """Its ports on a switch."""
        return [f"Ethernet1/{self.number + 10 * link}" for link in range(self.links)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A pair; ``primary`` is who leads at first where both have one priority.

    ``mismatch`` is a type-1 difference in the configurations: of a vPC by its number, of the switches by 0.
    """

    priorities: tuple[int, int]
    auto_recovery: Both
    graceful: Both
    vlans: Mapping[int, Vlan]
    guests: tuple[Guest, ...]
    uplinks: Both
    backup: str
    keepalive_over_peer_link: bool
    excluded: frozenset[int]
    mismatch: int | None
    primary: int
    names: tuple[str, str] = NAMES
    peers: Peers = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make the switches."""
        switches = expand(pair_of(flow(pair_file(self)), "drawn.yaml"))
        object.__setattr__(self, "peers", (switches[self.names[0]], switches[self.names[1]]))

    def outcomes(self, events: Iterable[Event]) -> Iterator[Outcome]:
        """What there is before any event, and after each of them."""
        play = Play.of(wiring_of(self.peers), self.names[self.primary])
        played: tuple[Event, ...] = ()
        yield play.outcome(played)
        for event in events:
            played = (*played, event)
            yield play.outcome(played)


def pair_file(plan: Plan) -> dict[object, Data]:
    """The pair file of a plan."""
    on_link = [{KEEPALIVE, ROUTING} | {v for v, vlan in plan.vlans.items() if vlan.on_link[at]} for at in (0, 1)]
    excluded: dict[object, Data] = {"dual_active_exclude_vlans": sorted(plan.excluded)} if plan.excluded else {}
    return {
        "pair": "drawn",
        "switches": {
            name: {"management": f"192.0.2.1{at}/24", "role_priority": plan.priorities[at]}
            for at, name in enumerate(plan.names)
        },
        "domain": {
            "id": 10,
            "peer_switch": True,
            "auto_recovery": dict(zip(plan.names, plan.auto_recovery, strict=True)),
            "graceful_consistency_check": dict(zip(plan.names, plan.graceful, strict=True)),
            **excluded,
        },
        "keepalive": _keepalive(plan),
        "peer_link": {
            "port_channel": 100,
            "lacp": "active",
            "members": [*MEMBERS],
            "vlans": {name: sorted(on_link[at]) for at, name in enumerate(plan.names)},
        },
        "features": ["ospf"],
        "extra": "router ospf 1",
        "vlans": {KEEPALIVE: "keepalive", ROUTING: "routing", **_vlans(plan)},
        "spanning_tree": {"mode": "rapid-pvst", "loopguard": {plan.names[0]: plan.mismatch == 0, plan.names[1]: False}},
        "svis": _svis(plan),
        "vrfs": {"keepalive": {}},
        "vpcs": {guest.number: _of_guest(plan, guest) for guest in plan.guests if not guest.is_orphan},
        "interfaces": _interfaces(plan),
        "hosts": {guest.name: {"bond": guest.bond} if guest.bond else {} for guest in plan.guests},
    }


def _keepalive(plan: Plan) -> Data:
    if not plan.keepalive_over_peer_link:
        return {"vrf": "management"}
    one, other = plan.names
    return {
        "vrf": "keepalive",
        "destination": {one: "203.0.113.2", other: "203.0.113.1"},
        "source": {one: "203.0.113.1", other: "203.0.113.2"},
    }


def _vlans(plan: Plan) -> dict[object, Data]:
    return {
        number: {name: f"vlan{number}" for at, name in enumerate(plan.names) if vlan.exists[at]}
        for number, vlan in plan.vlans.items()
    }


def _svis(plan: Plan) -> dict[object, Data]:
    found: dict[object, Data] = {}
    for number, vlan in plan.vlans.items():
        svis = {
            name: {
                "address": f"10.0.{number}.{2 + at}/24",
                "hsrp": {"version": 2, "group": number, "address": f"10.0.{number}.1"},
            }
            for at, name in enumerate(plan.names)
            if vlan.gateway[at]
        }
        found |= {number: svis} if svis else {}
    if plan.keepalive_over_peer_link:
        found[KEEPALIVE] = {
            name: {"vrf": "keepalive", "address": f"203.0.113.{1 + at}/30"} for at, name in enumerate(plan.names)
        }
    if plan.backup == "SVI":
        found[ROUTING] = {
            name: {"address": f"198.51.100.{8 + at}/31", "extra": OSPF} for at, name in enumerate(plan.names)
        }
    return found


def _of_guest(plan: Plan, guest: Guest) -> dict[object, Data]:
    """The port or vPC of a guest on each switch that has it."""
    found: dict[object, Data] = {}
    for at, name in enumerate(plan.names):
        if guest.configured[at]:
            vlans = sorted(guest.vlans[at])
            port: dict[object, Data] = {"host": guest.name, "mode": "trunk", "vlans": vlans}
            if guest.is_orphan:
                port |= {"orphan_suspend": guest.suspend, "shutdown": not guest.open[at]}
            else:
                members: dict[object, Data] = {each: {"shutdown": not guest.open[at]} for each in guest.ports}
                mtu = 9216 if at == 0 and plan.mismatch == guest.number else 1500
                port |= {"lacp": "active", "mtu": mtu, "members": members}
            found[name] = port
    return found


def _interfaces(plan: Plan) -> dict[object, Data]:
    found: dict[object, Data] = {guest.ports[0]: _of_guest(plan, guest) for guest in plan.guests if guest.is_orphan}
    uplinks: dict[object, Data] = {
        name: {"address": f"198.51.100.{1 + 2 * at}/31", "extra": OSPF}
        for at, name in enumerate(plan.names)
        if plan.uplinks[at]
    }
    found |= {"Ethernet1/49": uplinks} if uplinks else {}
    if plan.backup == "link":
        found["Ethernet1/50"] = {
            name: {"address": f"198.51.100.{16 + at}/31", "extra": OSPF} for at, name in enumerate(plan.names)
        }
    return found


def exchanged(plan: Plan) -> Plan:
    """The same pair whose switches have each other's names."""
    return replace(plan, names=plan.names[::-1])


def _mostly(usual: Both = (True, True)) -> st.SearchStrategy[Both]:
    """An answer for each switch, most often the usual one."""
    return st.sampled_from([usual] * 4 + [each for each in (*EACH, (False, False)) if each != usual])


@st.composite
def _guests(draw: st.DrawFn, number: int) -> Guest:
    is_orphan = draw(st.sampled_from([False, False, True]))
    configured = draw(st.sampled_from(EACH if is_orphan else [(True, True)] * 6 + [*EACH]))
    is_open = draw(st.sampled_from([configured] * 3 + [each for each in EACH if each <= configured]))
    is_open = (is_open[0] and configured[0], is_open[1] and configured[1])
    vlans = draw(st.frozensets(st.sampled_from(VLANS), min_size=1, max_size=1 if is_orphan else 3))
    other = draw(st.sampled_from([vlans] * 5 + [vlans - {min(vlans)} if len(vlans) > 1 else vlans]))
    bonds = ["active-backup", None] if is_orphan else ["802.3ad", None]
    return Guest(
        number=number,
        is_orphan=is_orphan,
        configured=configured,
        open=is_open,
        vlans=(vlans, other),
        suspend=draw(st.booleans()) and is_orphan,
        bond=draw(st.sampled_from(bonds)),
        links=1 if is_orphan else draw(st.integers(1, 2)),
    )


@st.composite
def _vlan(draw: st.DrawFn) -> Vlan:
    exists = draw(_mostly())
    exists = exists if any(exists) else (True, True)
    gateway = draw(st.sampled_from([(True, True)] * 3 + [*EACH[1:], (False, False), (False, False)]))
    return Vlan(exists=exists, on_link=draw(_mostly()), gateway=(gateway[0] and exists[0], gateway[1] and exists[1]))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Pairs."""
    guests = tuple(draw(_guests(number)) for number in range(1, 1 + draw(st.integers(1, 4))))
    numbers = [guest.number for guest in guests if not guest.is_orphan and all(guest.configured)]
    return Plan(
        priorities=draw(st.sampled_from([(100, 200), (200, 100), (100, 100)])),
        auto_recovery=draw(_mostly()),
        graceful=draw(_mostly()),
        vlans={number: draw(_vlan()) for number in VLANS},
        guests=guests,
        uplinks=draw(st.sampled_from([(False, False), (True, True), (True, True), (True, False), (False, True)])),
        backup=draw(st.sampled_from(["none", "link", "SVI"])),
        keepalive_over_peer_link=draw(st.sampled_from([False] * 4 + [True])),
        excluded=draw(st.sampled_from([frozenset[int]()] * 4 + [frozenset({10}), frozenset(VLANS)])),
        mismatch=draw(st.sampled_from([None] * 5 + [0, *numbers])),
        primary=draw(st.integers(0, 1)),
    )


def events_of(plan: Plan) -> list[str]:
    """Everything that can happen to a pair and return, in words."""
    found = ["peer-link down", "peer-link shutdown", "peer-link lossy", "keepalive down", "power-off both"]
    found += [f"peer-link member down {member}" for member in MEMBERS]
    found.append("type-1 mismatch")
    for at, name in enumerate(plan.names):
        found += [f"{word} {name}" for word in ("power-off", "reload", "hang", "uplinks down", "track down")]
        found.append(f"shutdown domain {name}")
        found += [f"svi {number} down {name}" for number in VLANS]
        for guest in plan.guests:
            if guest.configured[at]:
                found += [f"link down {name} {port}" for port in guest.ports]
                found += [] if guest.is_orphan else [f"vpc {guest.number} down on {name}"]
    found += [f"type-1 mismatch vpc {guest.number}" for guest in plan.guests if not guest.is_orphan]
    return found


def returned(word: str) -> str:
    """The words of the return of an event."""
    for death in ("power-off ", "reload ", "hang "):
        if word.startswith(death) and not word.endswith(" both"):
            return f"power-on {word.removeprefix(death)}"
    return f"{word} up"


@st.composite
def sequences(draw: st.DrawFn, plan: Plan, most: int = 6) -> tuple[Event, ...]:
    """Events of a pair one after another, returns of earlier ones among them."""
    known = events_of(plan)
    said: list[str] = []
    for _ in range(draw(st.integers(0, most))):
        back = [returned(word) for word in said if word in known]
        is_return = bool(back) and draw(st.booleans())
        said.append(draw(st.sampled_from([*back, *back, "role preempt"] if is_return else known)))
    return tuple(map(parse_event, said))


@st.composite
def played(draw: st.DrawFn, most: int = 6) -> tuple[Plan, tuple[Event, ...]]:
    """A pair and what happens to it."""
    plan = draw(plans())
    return plan, draw(sequences(plan, most))
