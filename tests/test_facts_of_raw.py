"""What is told by raw lines that no field of a switch holds: further domains, and where routing protocols run."""

from __future__ import annotations

import pytest

from mlagkit.nxos.facts_of_domain import domain_facts
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.nxos.routing import routing_of


@pytest.mark.parametrize(
    ("text", "others", "unread"),
    [
        ("vpc domain 10\n  peer-keepalive destination 192.0.2.12", (), False),
        ("vpc domain 10\n  peer-keepalive towards 192.0.2.12", (), True),
        ("vpc domain 10\nvpc domain 9\n  peer-switch", (9,), False),
        ("vpc domain 10\n  role priority 1\nvpc domain 10\n  peer-switch", (), False),
        ("hostname sw-a", (), False),
    ],
)
def test_domain(text: str, others: tuple[int, ...], unread: bool) -> None:
    """A second domain is told, and a keepalive that can't be read, which is not none."""
    told = domain_facts(read(parse(text)))
    assert (told.others, told.unread_keepalive) == (others, unread)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("router ospf 1", {"default"}),
        ("router ospf 1\n  router-id 192.0.2.1", {"default"}),
        ("router ospf 1\n  vrf tenant\n    router-id 192.0.2.1", {"default", "tenant"}),
        ("router bgp 65001\n  neighbor 192.0.2.1\n    remote-as 65002", {"default"}),
        ("interface Vlan10\n  vrf member tenant\n  ip router ospf 1 area 0", {"tenant"}),
        ("interface loopback0\n  ipv6 router ospfv3 1 area 0", {"default"}),
        ("vrf context tenant\n  ip route 0.0.0.0/0 192.0.2.1", set()),
        ("ip route 0.0.0.0/0 192.0.2.1\nvlan 10\n  name router", set()),
    ],
)
def test_routing(text: str, expected: set[str]) -> None:
    """A protocol runs in the VRFs of its block and of the interfaces that name it; a static route is none."""
    assert routing_of(read(parse(text))).vrfs == expected
