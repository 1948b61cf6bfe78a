"""Plans written by hand, for whatever shows one: quiet growth, a change that hurts, one switch only, and nothing."""

from __future__ import annotations

from collections.abc import Sequence

from mlagkit.diff import Uncompared
from mlagkit.drill import Cell
from mlagkit.drill.event import parse_event
from mlagkit.drill.outcome import HostOutcome, Seconds
from mlagkit.finding import Finding, Origin, Severity
from mlagkit.nxos.catalogue import Impact
from mlagkit.plan import Command, Permission, Plan, Step, Stop
from tests.drills_shown import D, W, dual

A, B = "leaf-101", "leaf-102"
LEG = "interface port-channel12"
GATE = "keepalive alive, peer-link up, consistency success"


def at(line: int) -> Origin:
    """A line of the pair file."""
    return Origin("pairs/dc1-leaf.yaml", line, 3)


def lines(*texts: str, line: int = 0) -> tuple[Command, ...]:
    """Commands, each behind the headers that it is in with `` / `` between; ``line`` is where the first comes from."""
    found = []
    for number, text in enumerate(texts):
        *section, last = text.split(" / ")
        inner = any(other.startswith(f"{text} / ") for other in texts)
        found.append(Command(tuple(section), last, inner, at(line + number) if line else None))
    return tuple(found)


def step(
    switch: str,
    reason: str,
    commands: Sequence[Command],
    undo: Sequence[Command],
    impact: Impact = Impact.NONE,
    affected: Sequence[str] = (),
    gate: str = "",
) -> Step:
    """A step, the words in the order in which one reads it."""
    return Step(
        switch=switch,
        commands=tuple(commands),
        undo=tuple(undo),
        reason=reason,
        impact=impact,
        affected=tuple(affected),
        gate=gate,
    )


def finding(rule: str, name: str, message: str, switch: str | None = None) -> Finding:
    """An error of a rule in a line of the pair file."""
    return Finding(
        rule=rule, name=name, severity=Severity.ERROR, message=message, origin=at(9), pair="dc1-leaf", switch=switch
    )


def cell(events: Sequence[str], host: str, before: HostOutcome | None, after: HostOutcome | None) -> Cell:
    """A cell of the matrix."""
    return Cell(events=tuple(map(parse_event, events)), host=host, before=before, after=after)


ROLES = {A: "primary", B: "secondary"}
BASE = {A: "a" * 64, B: "b" * 64}

_VLAN = lines("vlan 20", "vlan 20 / name db", line=21)
_NO_VLAN = lines("no vlan 20")
_CHANNEL = lines(
    LEG, f"{LEG} / switchport mode trunk", f"{LEG} / switchport trunk allowed vlan 20", f"{LEG} / vpc 12", line=30
)
_NO_CHANNEL = lines("no interface port-channel12")

GROWS = Plan(
    pair="dc1-leaf",
    switches=(A, B),
    roles=ROLES,
    base=BASE,
    steps=(
        step(B, "VLAN 20", _VLAN, _NO_VLAN),
        step(A, "VLAN 20", _VLAN, _NO_VLAN, gate=GATE),
        step(B, "port-channel12", _CHANNEL, _NO_CHANNEL),
        step(A, "port-channel12", _CHANNEL, _NO_CHANNEL, gate=GATE),
        step(
            B,
            "Ethernet1/12",
            lines("interface Ethernet1/12 / channel-group 12 mode active", line=34),
            lines("interface Ethernet1/12 / no channel-group"),
            gate=f"{GATE}, vpc 12 up",
        ),
    ),
    cells=(
        cell([], "db-01", None, dual(12, W, D)),
        cell(["power-off leaf-101"], "web-01", dual(11, D, D), dual(11, D, W, Seconds(1, 8))),
        cell(["power-off leaf-101"], "web-02", dual(11, D, D), dual(11, D, W, Seconds(1, 8))),
        cell(["reload leaf-101"], "web-01", dual(11, D, D), dual(11, D, W, Seconds(1, 8))),
        cell(["reload leaf-101"], "web-02", dual(11, D, D), dual(11, D, W, Seconds(1, 8))),
    ),
)
"""VLAN and vPC come to both switches; nobody notices."""

_MTU = "mtu 9216"
_WHY = "both of its links are down"
HURTS = Plan(
    pair="dc1-leaf",
    switches=(A, B),
    roles={A: "secondary, operational primary", B: "primary, operational secondary"},
    base=BASE,
    steps=(
        step(
            B,
            "mtu of port-channel11",
            lines(f"interface port-channel11 / {_MTU}", line=40),
            lines("interface port-channel11 / no mtu"),
            Impact.BRIEF,
            ["web-01"],
        ),
        step(
            A,
            "mtu of port-channel11",
            lines(f"interface port-channel11 / {_MTU}", line=40),
            lines("interface port-channel11 / no mtu"),
            Impact.OUTAGE,
            ["web-01", "VLAN 10"],
            "peer-link up, vpc 11 up",
        ),
        step(
            A,
            "domain 101",
            lines("vpc domain 101 / peer-switch", "vpc domain 101 / peer-keepalive destination 192.0.2.102", line=12),
            lines("vpc domain 101 / no peer-switch"),
            Impact.BRIEF,
        ),
        step(
            A,
            "users",
            lines("username audit password 5 $5$s3cret", "banner motd #\nno entry\n#", line=50),
            (),
        ),
    ),
    stops=(
        Stop(Permission.OUTAGE, A, "mtu of port-channel11: an outage for web-01, VLAN 10"),
        Stop(
            Permission.KEEPALIVE,
            A,
            "vpc domain 101 / peer-keepalive destination 192.0.2.102: nothing protects the pair",
        ),
        Stop(Permission.MANAGEMENT, A, "username audit password 5 $5$s3cret: the way to the switch itself"),
    ),
    findings=(finding("KA03", "keepalive-over-peer-link", "the keepalive runs over the peer-link", A),),
    passing=(finding("MB10", "leg-mtu", "vPC 11 has an MTU of 9216 on leaf-102 and of 1500 on leaf-101"),),
    cells=(
        cell(["peer-link down"], "web-01", dual(11, W, W), dual(11, D, D, Seconds(None, None), _WHY)),
        cell(["keepalive down", "peer-link down"], "web-01", dual(11, W, W), dual(11, D, D, Seconds(None, None), _WHY)),
        cell([], "old-01", dual(13, W, W), None),
    ),
    reloads={A: "the size of a table changes"},
    asks=((B, "no feature tacacs+"),),
    unproven=((B, "no some knob 5"),),
    deleted=12,
    unmanaged={A: 3, B: 1},
    uncompared={
        A: (
            Uncompared(
                ("interface Vlan10", "hsrp 10"),
                "authentication md5 key-string 7 s3cret",
                ("env:HSRP_KEY",),
                (120, 98),
                Origin("leaf.yaml", 31),
            ),
        ),
        B: tuple(
            Uncompared((), f"tacacs-server host 192.0.2.{number} key 7 s3cret", ("env:TACACS",), (number, number))
            for number in range(1, 11)
        ),
    },
)
"""Hosts notice it, rules find errors, and it needs permissions, one of which tests give."""

ONE_SIDE = Plan(
    pair="dc1-leaf",
    switches=(A, B),
    roles=ROLES,
    base=BASE,
    steps=(step(B, "port-channel11", lines("interface port-channel11 / description web", line=7), lines()),),
)
NOTHING = Plan(pair="dc1-leaf", switches=(A, B), roles=ROLES, base=BASE, steps=())

PLANS = {"grows": GROWS, "hurts": HURTS, "one-side": ONE_SIDE, "nothing": NOTHING}
