"""Where in a plan a line stands, beside what the cases and the properties of plans say of all of them."""

from __future__ import annotations

from mlagkit.diff import Policy
from mlagkit.nxos.context import Context
from mlagkit.nxos.effective import Side
from mlagkit.nxos.facts import facts
from mlagkit.nxos.parse import parse
from mlagkit.plan import Work, way

CHANNELS = "interface port-channel10\n  mtu 9216\ninterface port-channel20\n  mtu 9000\n"


def side(text: str) -> Side:
    """A whole configuration."""
    tree = parse(text)
    return Side(facts(tree.blocks()), Context.of(tree))


def typed(running: str, intended: str) -> list[tuple[str, ...]]:
    """The lines of the way with their sections."""
    found = way({"A": Work(side(running), side(intended), Policy(strict=True))}, ("A",), lambda _, __: False)
    return [(*placed.edit.section, placed.edit.text) for placed in found.placed]


def test_route_stays_until_the_other_is_there() -> None:
    """A route that gets another next hop is not among what goes early because an address has to be free."""
    first, other = "interface Vlan10\n  no shutdown\n", "interface Vlan20\n  no shutdown\n"
    address = "  ip address 198.51.100.1/24\n"
    found = typed(
        f"ip route 10.0.0.0/8 192.0.2.1\n{first}{address}{other}",
        f"ip route 10.0.0.0/8 192.0.2.2\n{first}{other}{address}",
    )
    freed = found.index(("interface Vlan10", "no ip address 198.51.100.1/24"))
    assert freed < found.index(("interface Vlan20", "ip address 198.51.100.1/24"))
    assert found.index(("ip route 10.0.0.0/8 192.0.2.2",)) < found.index(("no ip route 10.0.0.0/8 192.0.2.1",))


def test_port_that_moved_follows_its_new_channel() -> None:
    """What a port-channel gets, its ports have, and only as long as they are its ports."""
    port = "interface Ethernet1/1\n  channel-group {} mode active\n"
    found = typed(
        CHANNELS + port.format(10),
        CHANNELS.replace("9216", "1600").replace("9000", "1700") + port.format(20),
    )
    assert {line for path in found for line in path if line.startswith("mtu ")} == {"mtu 1600", "mtu 1700"}
    assert [path for path in found if path[0] == "interface Ethernet1/1"] == [
        ("interface Ethernet1/1", "no channel-group"),
        ("interface Ethernet1/1", "channel-group 20 force mode active"),
    ]


def test_port_joins_before_it_comes_up() -> None:
    """A port that was shut comes up as a member, never by itself with what it was."""
    found = typed(
        f"{CHANNELS}interface Ethernet1/1\n  switchport access vlan 10\n  shutdown\n",
        f"{CHANNELS}interface Ethernet1/1\n  channel-group 10 mode active\n",
    )
    assert [path[1] for path in found][-2:] == ["channel-group 10 force mode active", "no shutdown"]


def test_interface_comes_up_behind_its_filter() -> None:
    """A line that the catalogue does not know may be a filter: an interface without it lets everything through."""
    svi = "interface Vlan10\n  no shutdown\n  ip address 192.0.2.1/24\n  ip access-group GUESTS in\n"
    port = "interface Ethernet1/1\n  no switchport\n  no shutdown\n  service-policy type qos input MARK\n"
    found = typed("vlan 10\n", f"vlan 10\n{svi}{port}")
    for head, last in (("interface Vlan10", "ip access-group"), ("interface Ethernet1/1", "service-policy")):
        lines = [path[1] for path in found if path[0] == head and len(path) > 1]
        assert lines[-1] == "no shutdown"
        assert lines[-2].startswith(last)


def test_old_text_goes_before_the_new_one_comes() -> None:
    """Where a block may have one line of a kind only, the ``no`` of the old one would take the new one along."""
    head = "router bgp 65001\n  neighbor 192.0.2.2\n    description {}\n"
    found = typed(head.format("old"), head.format("new"))
    assert [path[-1] for path in found] == ["no description old", "description new"]
    found = typed("tacacs-server key OLD\nsnmp-server location A\n", "snmp-server location A\ntacacs-server key NEW\n")
    assert found == [("no tacacs-server key OLD",), ("tacacs-server key NEW",)]


def test_bare_flag_comes_behind_what_implied_it() -> None:
    """Taking a delay back takes the flag that it implies, so the flag is typed behind it."""
    head = "feature hsrp\ninterface Vlan10\n  hsrp 1\n    {}\n"
    found = typed(head.format("preempt delay minimum 60"), head.format("preempt"))
    assert [path[-1] for path in found] == ["no preempt delay", "preempt"]
