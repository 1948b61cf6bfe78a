"""What a line does to others that it does not name, each case with what a switch has before it and behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mlagkit.nxos.change.typed import Typed
from mlagkit.nxos.facts import Facts
from mlagkit.nxos.parse import parse
from tests.plan_journey import whole

TRUNK = "  switchport\n  switchport mode trunk\n  switchport trunk allowed vlan 2-3\n"
CHANNEL = f"interface port-channel10\n{TRUNK}  mtu 9216\n"
PORT = "interface Ethernet1/1\n"
MEMBER = "  channel-group 10 mode active\n"
DOMAIN = "vpc domain 1\n  peer-keepalive destination 192.0.2.1\n"
SEGMENT = "interface nve1\n  member vni 10010\n"
LINK = "interface port-channel1\n  switchport mode trunk\n"

CASES = {
    "ports keep the lines of a port-channel that is deleted": (
        f"{CHANNEL}{PORT}{MEMBER}",
        "no interface port-channel10",
        f"{PORT}{TRUNK}  mtu 9216\n",
    ),
    "ports show the layer of their port-channel, without the lines of the other": (
        f"{CHANNEL}{PORT}{TRUNK}{MEMBER}",
        "interface port-channel10\n  no switchport",
        f"interface port-channel10\n  no switchport\n  mtu 9216\n{PORT}  no switchport\n{MEMBER}",
    ),
    "a peer-link is of port type network": (
        LINK,
        "interface port-channel1\n  vpc peer-link",
        f"{LINK}  vpc peer-link\n  spanning-tree port type network\n",
    ),
    "auto-recovery takes its delay along": (
        f"{DOMAIN}  auto-recovery\n  auto-recovery reload-delay 300\n",
        "vpc domain 1\n  no auto-recovery",
        f"{DOMAIN}  no auto-recovery\n",
    ),
    "peer-gateway takes the VLANs without it along": (
        f"{DOMAIN}  peer-gateway exclude-vlan 10\n",
        "vpc domain 1\n  no peer-gateway",
        f"{DOMAIN}  no peer-gateway\n",
    ),
    "the VLANs without peer-gateway switch it on for all others": (
        f"{DOMAIN}interface Vlan10\n  mtu 9216\n",
        "vpc domain 1\n  peer-gateway exclude-vlan 10",
        (
            f"{DOMAIN}  peer-gateway exclude-vlan 10\n"
            "interface Vlan10\n  mtu 9216\n  no ip redirects\n  no ipv6 redirects\n"
        ),
    ),
    "a segment is on the interface once": (
        f"{SEGMENT}    mcast-group 239.1.1.1\n",
        "interface nve1\n  member vni 10010 associate-vrf",
        "",
    ),
}


@pytest.mark.parametrize(("before", "typed", "after"), CASES.values(), ids=CASES)
def test_behind_the_line(before: str, typed: str, after: str) -> None:
    """The switch has what its configuration would say then, and nothing else."""
    switch = Typed.of(whole(parse(before)))
    switch.type(typed.splitlines())
    assert set(_said(switch.side().root)) == set(_said(whole(parse(after)).root))


def _said(block: Facts) -> Iterator[tuple[str, str]]:
    for fact in block.known.values():
        yield block.head, fact.text
    for inner in block.blocks.values():
        yield from _said(inner)
