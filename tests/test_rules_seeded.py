"""Faults that are put into one switch of many correct pairs: each is found, and nothing else is called an error.

Every pair file of the project runs as two configurations. Both get the same correct lines (a gateway in a VLAN that the
two share, uplinks, services); then one switch gets the fault.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from mlagkit.intent import load_pair
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.peers import peers_of
from mlagkit.render import render
from mlagkit.rules import judge
from mlagkit.rules.rule import Peers
from mlagkit.switch import Switch
from mlagkit.topology.carried import on_legs, on_peer_link
from tests.pair_files import PAIRS

SVI = """\
interface Vlan{vlan}
  no shutdown
  mtu 9216
  no ip redirects
  no ipv6 redirects
  ip address 203.0.113.{own}/24
"""
GATEWAY = (
    SVI
    + """\
  hsrp version 2
  hsrp 7
    priority {priority}
    ip 203.0.113.1
"""
)
OSPF = SVI + "  ip router ospf 7 area 0.0.0.0\nrouter ospf 7\n"
RELAY = GATEWAY + "  ip dhcp relay address 192.0.2.53\n"
ENOUGH = 10
"""How many pairs a fault is tried on at least."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Lines that both switches have, and those that one of them has besides or instead."""

    rule: str
    right: str
    before: str
    after: str


FAULTS = (
    Fault("L301", GATEWAY, GATEWAY, ""),
    Fault("L302", SVI, "  no shutdown\n", "  shutdown\n"),
    Fault("L304", GATEWAY, "{own}/24", "{own}/25"),
    Fault("L305", GATEWAY, "203.0.113.{own}/24", "203.0.113.{other}/24"),
    Fault("L306", GATEWAY, "mtu 9216", "mtu 9000"),
    Fault("L307", GATEWAY, "hsrp 7\n", "hsrp 8\n"),
    Fault("L307", GATEWAY, "    ip 203.0.113.1\n", "    ip 203.0.113.9\n"),
    Fault("L307", GATEWAY, "  hsrp version 2\n", ""),
    Fault("L307", GATEWAY, "    ip 203.0.113.1\n", "    ip 203.0.113.1\n    authentication text example\n"),
    Fault("L308", GATEWAY, "priority {priority}", "priority {their_priority}"),
    Fault("L322", OSPF, "area 0.0.0.0", "area 0.0.0.1"),
    Fault("L322", OSPF, "mtu 9216", "mtu 9000"),
    Fault("L323", RELAY, "  ip dhcp relay address 192.0.2.53\n", ""),
    Fault("L326", "router ospf 7\n  router-id 192.0.2.24{own}\n", "24{own}", "24{other}"),
    Fault("L327", GATEWAY, "    ip 203.0.113.1\n", "    ip 203.0.113.1\n    mac-address 0200.0000.0a01\n"),
    Fault("SE04", "ntp server 192.0.2.85 use-vrf management\n", "192.0.2.85", "192.0.2.86"),
    Fault("SE12", "logging server 192.0.2.6 use-vrf management\n", "192.0.2.6", "192.0.2.7"),
    Fault("QS01", "class-map type qos match-any C\n  match dscp 10\n", "dscp 10", "dscp 12"),
)


def _running(switch: Switch, lines: str) -> Switch:
    text = f"{render(switch)}\n{lines}"
    return read(parse(text, switch.name), peer=switch.peer, pair=switch.pair, model=switch.model)


def _filled(text: str, switch: Switch, *, first: bool, vlan: int) -> str:
    """The lines of one switch; the one with the lower role priority gets the higher one of HSRP."""
    own, other = (2, 3) if first else (3, 2)
    here, there = (120, 90) if first else (90, 120)
    return text.format(vlan=vlan, own=own, other=other, priority=here, their_priority=there)


def _ordered(peers: Peers) -> Peers:
    """The future primary first."""
    one, other = peers
    late = one.domain and other.domain and one.domain.role_priority > other.domain.role_priority
    return (other, one) if late else (one, other)


def _free_vlan(peers: Peers) -> int | None:
    """A VLAN that both switches have on the peer-link and on a leg, and neither routes."""
    one, other = peers
    shared = on_peer_link(one) & on_peer_link(other) & (on_legs(one) | on_legs(other))
    used = one.svis.keys() | other.svis.keys()
    known = one.vlans.keys() & other.vlans.keys()
    return next((vlan for vlan in sorted(shared & known) if vlan not in used and vlan != 1), None)


def _with_vlan(peers: Peers) -> tuple[Peers, int]:
    """The pair, and a VLAN for a gateway; one is made where it has none to spare."""
    found = _free_vlan(peers)
    if found is not None:
        return peers, found
    more = "vlan 777\ninterface {leg}\n  switchport mode trunk\n  switchport trunk allowed vlan add 777\n"
    link = "interface {peer_link}\n  switchport trunk allowed vlan add 777\n"
    numbers = peers[0].vpcs.keys() & peers[1].vpcs.keys()
    texts = [
        more.format(leg=switch.vpcs[min(numbers)].name)
        + link.format(peer_link=switch.peer_link.name if switch.peer_link else "")
        for switch in peers
    ]
    one, other = (_running(switch, text) for switch, text in zip(peers, texts, strict=True))
    return (one, other), 777


def _usable(path: Path) -> Peers | None:
    one, other = peers_of(load_pair(path))
    joined = one.peer_link and other.peer_link and one.vpcs.keys() & other.vpcs.keys()
    return _ordered((one, other)) if joined else None


USABLE = [peers for peers in map(_usable, PAIRS) if peers]


def _new(fault: Fault, peers: Peers, vlan: int, wrong: int) -> dict[str, set[str]]:
    """The rules that find more with the fault in one switch than without, by severity."""
    right = [_filled(fault.right, switch, first=at == 0, vlan=vlan) for at, switch in enumerate(peers)]
    bad = _filled(fault.right.replace(fault.before, fault.after), peers[wrong], first=wrong == 0, vlan=vlan)
    assert bad != right[wrong]
    texts = [bad if at == wrong else text for at, text in enumerate(right)]
    before, after = (
        judge([(_running(peers[0], first), _running(peers[1], second))]) for first, second in (right, texts)
    )
    known = {(each.rule, each.message) for each in before}
    found: dict[str, set[str]] = {}
    for each in after:
        if (each.rule, each.message) not in known:
            found.setdefault(str(each.severity), set()).add(each.rule)
    return found


@pytest.mark.parametrize("wrong", [0, 1], ids=["primary", "secondary"])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.rule} {fault.after.strip()[:24]}")
def test_seeded_fault(fault: Fault, wrong: int) -> None:
    """A fault in one switch is found in every pair, and no other rule calls anything an error."""
    assert len(USABLE) >= ENOUGH
    for pair in USABLE:
        peers, vlan = _with_vlan(pair)
        found = _new(fault, peers, vlan, wrong)
        assert fault.rule in set().union(*found.values()), (peers[0].pair, found)
        assert found.get("error", set()) <= {fault.rule}, (peers[0].pair, found)


def test_what_is_right_stays_right() -> None:
    """The correct lines by themselves bring no error into any pair."""
    for pair in USABLE:
        peers, vlan = _with_vlan(pair)
        known = {(each.rule, each.message) for each in judge([peers])}
        for right in {fault.right for fault in FAULTS}:
            texts = [_filled(right, switch, first=at == 0, vlan=vlan) for at, switch in enumerate(peers)]
            one, other = (_running(switch, text) for switch, text in zip(peers, texts, strict=True))
            # A routed VLAN in the VRF of the underlay is one more infra-VLAN of a VTEP, and that is rightly said.
            errors = [each for each in judge([(one, other)]) if each.severity == "error" and each.rule != "VX08"]
            assert [each for each in errors if (each.rule, each.message) not in known] == []
