"""Access lists in raw lines: what they do with a packet, and where that can't be told."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlagkit.nxos.facts_of_access import Refusal, Udp, refusal
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.values import InterfaceName

HELLO = Udp(source=ip_address("192.0.2.12"), destination=ip_address("192.0.2.11"), port=3200)
HELLO_6 = Udp(source=ip_address("2001:db8::12"), destination=ip_address("2001:db8::11"), port=3200)
END = Refusal(name="A", entry=None)


def refused(entries: str, packet: Udp = HELLO) -> Refusal | None:
    """What an access list of these entries does with a packet that comes in on mgmt0."""
    words = ("ipv6 traffic-filter", "ipv6") if packet is HELLO_6 else ("ip access-group", "ip")
    text = f"{words[1]} access-list A\n{entries}\ninterface mgmt0\n  {words[0]} A in\n"
    switch = read(parse(text), name="sw-a")
    return refusal(switch, switch.ports[InterfaceName("mgmt0")], packet)


def entry(text: str) -> Refusal:
    """The refusal by that entry."""
    return Refusal(name="A", entry=text)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ("  10 permit ip any any", None),
        ("  10 permit udp any any", None),
        ("  10 permit 17 any any", None),
        ("  10 permit tcp any any", END),
        ("  10 permit icmp any any", END),
        ("  10 permit udp host 192.0.2.12 host 192.0.2.11 eq 3200", None),
        ("  10 permit udp host 192.0.2.13 any", END),
        ("  10 permit udp 192.0.2.0/24 192.0.2.0/24 eq 3200 log", None),
        ("  10 permit udp 198.51.100.0/24 any", END),
        ("  10 permit udp 192.0.2.0 0.0.0.255 any", None),
        ("  10 permit udp 192.0.2.0 0.0.0.7 any", END),
        ("  10 permit udp any any eq 3201", END),
        ("  10 permit udp any any eq snmp", END),
        ("  10 permit udp any any neq 3200", END),
        ("  10 permit udp any any neq 3201", None),
        ("  10 permit udp any any lt 3200", END),
        ("  10 permit udp any any gt 3199", None),
        ("  10 permit udp any any range 3000 3200", None),
        ("  10 permit udp any any range 3201 3300", END),
        ("  10 deny udp any any eq 3200\n  20 permit ip any any", entry("deny udp any any eq 3200")),
        ("  20 permit ip any any\n  10 deny udp any any", entry("deny udp any any")),
        ("  deny udp any any\n  permit ip any any", entry("deny udp any any")),
        ("  10 remark permit ip any any\n  20 permit tcp any any", END),
        ("  statistics per-entry\n  10 permit udp any any", None),
    ],
)
def test_refused(entries: str, expected: Refusal | None) -> None:
    """The first entry that matches decides, in the order of the numbers; the end of a list refuses."""
    assert refused(entries) == expected


@pytest.mark.parametrize(
    "entries",
    [
        "  10 permit udp addrgroup PEERS any",
        "  10 permit udp any any portgroup KEEPALIVE",
        "  10 permit udp any eq 3200 any",
        "  10 permit udp any any eq 3200 dscp 48",
        "  10 permit udp any any eq unheard-of",
        "  10 permit udp nonsense",
        "  10 permit udp host 192.0.2.300 any",
    ],
)
def test_what_may_permit_does_not_refuse(entries: str) -> None:
    """An entry that may let the packet through, by something that is not known here, is taken to do so."""
    assert refused(entries) is None


def test_what_may_refuse_is_passed_over() -> None:
    """An entry that may refuse the packet is not blamed for it, but the end of the list is."""
    assert refused("  10 deny udp addrgroup PEERS any\n  20 permit ip any any") is None
    assert refused("  10 deny udp addrgroup PEERS any\n  20 permit tcp any any") == END


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ("  10 permit udp 2001:db8::/64 any eq 3200", None),
        ("  10 permit ipv6 any any", None),
        ("  10 permit udp host 2001:db8::13 any", END),
    ],
)
def test_ipv6(entries: str, expected: Refusal | None) -> None:
    """A list of IPv6 is applied by words of its own and read alike."""
    assert refused(entries, HELLO_6) == expected


def test_other_family() -> None:
    """A list of IPv4 says nothing of IPv6."""
    switch = read(parse("ip access-list A\n  10 deny ip any any\ninterface mgmt0\n  ip access-group A in\n"))
    mgmt0 = switch.ports[InterfaceName("mgmt0")]
    assert refusal(switch, mgmt0, HELLO) == entry("deny ip any any")
    assert refusal(switch, mgmt0, HELLO_6) is None


def test_only_on_the_way_in() -> None:
    """A list that is applied on the way out, or that is not there, refuses nothing that comes in."""
    for line in ("ip access-group A out", "ip access-group B in"):
        switch = read(parse(f"ip access-list A\n  10 deny ip any any\ninterface mgmt0\n  {line}\n"))
        assert refusal(switch, switch.ports[InterfaceName("mgmt0")], HELLO) is None


ENDS = st.sampled_from(
    ["any", "host 192.0.2.12", "host 192.0.2.11", "192.0.2.0/24", "192.0.2.8 0.0.0.7", "addrgroup G", "10.0.0.0/8"]
)
PORTS = st.sampled_from(["", " eq 3200", " eq snmp", " range 1 4000", " lt 100", " portgroup P", " established"])
ENTRIES = st.lists(
    st.builds(
        "{} {} {} {}{}".format,
        st.sampled_from(["permit", "deny"]),
        st.sampled_from(["ip", "udp", "tcp", "icmp", "17"]),
        ENDS,
        ENDS,
        PORTS,
    ),
    min_size=1,
    max_size=6,
)


@given(ENTRIES)
def test_a_permission_in_front_of_all_settles_it(entries: list[str]) -> None:
    """With the very packet permitted first nothing refuses it; with it denied first, that entry does."""
    below = "\n".join(f"  {number} {text}" for number, text in enumerate(entries, 10))
    exact = "udp host 192.0.2.12 host 192.0.2.11 eq 3200"
    assert refused(f"  1 permit {exact}\n{below}") is None
    assert refused(f"  1 deny {exact}\n{below}") == entry(f"deny {exact}")


@given(ENTRIES)
def test_order_of_lines_is_nothing(entries: list[str]) -> None:
    """Entries with numbers mean the same in whatever order they are written."""
    lines = [f"  {number} {text}" for number, text in enumerate(entries, 10)]
    assert refused("\n".join(lines)) == refused("\n".join(reversed(lines)))
