"""Where in a plan a line stands, beside what the cases and the properties of plans say of all of them."""

from __future__ import annotations

from mlagkit.diff import Action, Change, Policy, walk
from mlagkit.nxos.catalogue import Phase
from mlagkit.nxos.change.edit import Edit
from mlagkit.nxos.change.gist import gist
from mlagkit.nxos.context import Context
from mlagkit.nxos.effective import Side
from mlagkit.nxos.facts import facts
from mlagkit.nxos.parse import parse
from mlagkit.plan import NoWay, Work, typed_lines, way
from mlagkit.plan.steps import commands
from mlagkit.values import VlanSet
from tests.plan_journey import STRICT, never, work_of

CHANNELS = "interface port-channel10\n  mtu 9216\ninterface port-channel20\n  mtu 9000\n"


def side(text: str) -> Side:
    """A whole configuration."""
    tree = parse(text)
    return Side(facts(tree.blocks()), Context.of(tree))


def typed(running: str, intended: str, disturbs: bool = False) -> list[tuple[str, ...]]:
    """The lines of the way with their sections; each disturbs somebody, or none does."""
    found = way({"A": Work(side(running), side(intended), STRICT)}, ("A",), lambda _, __: disturbs)
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


def test_port_leaves_before_its_channel_becomes_routed() -> None:
    """It keeps what it has of a port-channel, so it leaves one that still has it; others grow before anything ends."""
    trunk = "  switchport\n  switchport mode trunk\n  switchport trunk allowed vlan 2-3\n"
    link = f"interface port-channel1\n{trunk}  spanning-tree port type network\n  vpc peer-link\n"
    port = f"interface Ethernet1/2\n{trunk}"
    found = typed(f"{link}{port}  channel-group 1 mode active\n", f"interface port-channel1\n{port}")
    assert found == [
        ("interface Ethernet1/2", "shutdown"),
        ("interface Ethernet1/2", "no channel-group"),
        ("interface port-channel1", "no vpc peer-link"),
        ("interface port-channel1", "no switchport"),
        ("interface Ethernet1/2", "no shutdown"),
    ]
    routed = "interface Ethernet1/2\n  no switchport\n  ip address 192.0.2.1/30\n  no shutdown\n"
    found = typed(
        f"{link}{port}  ip address 192.0.2.1/30\n  shutdown\n  channel-group 1 mode active\n", f"{link}{routed}"
    )
    assert [path[1] for path in found] == ["no channel-group", "no switchport", "no shutdown"]
    channel, member = f"interface port-channel1\n{trunk}", f"{port}  channel-group 1 mode active\n"
    found = typed(f"{channel}{member}interface Vlan9\n", f"{channel}  description web\n{port}")
    named = ("interface port-channel1", "description web")
    assert found.index(named) < found.index(("no interface Vlan9",))


def test_port_that_routes_gets_no_line_about_switching() -> None:
    """What it had as a switched port is gone with that, and a list must not be opened on the way."""
    trunk = "interface Ethernet1/1\n  switchport\n  switchport mode trunk\n  switchport trunk allowed vlan 2-3\n"
    found = typed(trunk, "interface Ethernet1/1\n  no switchport\n")
    assert [path[1] for path in found] == ["shutdown", "no switchport"]


def test_port_that_left_to_route_does_so_before_another_ends() -> None:
    """It is a new way out, and the old one stays until it is there; a port that stays switched has only to leave."""
    uplink = "interface Ethernet1/{}\n  no switchport\n  ip address 192.0.2.{}/31\n  no shutdown\n"
    found = typed(
        f"{CHANNELS}interface Ethernet1/1\n  channel-group 10 mode active\n{uplink.format(2, 3)}",
        CHANNELS + uplink.format(1, 1) + "interface Ethernet1/2\n",
    )
    assert found[0] == ("interface Ethernet1/1", "no channel-group")
    assert found.index(("interface Ethernet1/1", "no shutdown")) < found.index(("interface Ethernet1/2", "switchport"))


def test_port_joins_before_it_comes_up() -> None:
    """A port that was shut comes up as a member, never by itself with what it was."""
    found = typed(
        f"{CHANNELS}interface Ethernet1/1\n  switchport access vlan 10\n  shutdown\n",
        f"{CHANNELS}interface Ethernet1/1\n  channel-group 10 mode active\n",
    )
    assert [path[1] for path in found][-2:] == ["channel-group 10 force mode active", "no shutdown"]


def test_channel_is_shut_while_its_ports_join_otherwise() -> None:
    """It comes up when its ports are back; a peer-link is not shut, or both switches would lead."""
    channel = "interface port-channel10\n  mtu 9216\n{}interface Ethernet1/1\n  channel-group 10{}\n"
    rejoined = [("interface Ethernet1/1", text) for text in ("no channel-group", "channel-group 10 mode active")]
    shut, up = [("interface port-channel10", text) for text in ("shutdown", "no shutdown")]
    assert typed(channel.format("", ""), channel.format("", " mode active")) == [shut, *rejoined, up]
    link = "  vpc peer-link\n"
    assert typed(channel.format(link, ""), channel.format(link, " mode active")) == rejoined


def test_reason_of_a_port_that_lists_less_than_its_channel() -> None:
    """No VLAN comes to the trunk, and the reason says what the port lists instead."""
    trunk = "  switchport mode trunk\n  switchport trunk allowed vlan {}\n"
    channel = f"interface port-channel10\n{trunk.format('10,20')}"
    port = f"interface Ethernet1/1\n{trunk}  channel-group 10 mode active\n"
    running, intended = channel + port.format("10"), channel + port.format("10,20")
    found = way({"A": Work(side(running), side(intended), STRICT)}, ("A",), never)
    assert gist(placed.edit for placed in found.placed) == "VLAN 10,20 listed on Ethernet1/1"


def test_reason_of_a_port_that_stops_being_a_trunk() -> None:
    """It is told as that: the list that goes with it brings VLANs to nothing."""
    port = "interface Ethernet1/1\n  switchport mode {}\n"
    running, intended = f"{port.format('trunk')}  switchport trunk allowed vlan 10\n", port.format("access")
    found = way({"A": Work(side(running), side(intended), STRICT)}, ("A",), never)
    assert [placed.edit.text for placed in found.placed][-1] == "switchport trunk allowed vlan 1-4094"
    assert gist(placed.edit for placed in found.placed) == "Ethernet1/1 is no trunk any more"


def test_interface_comes_up_behind_its_filter() -> None:
    """A line that the catalogue does not know may be a filter: an interface without it lets everything through."""
    svi = "interface Vlan10\n  no shutdown\n  ip address 192.0.2.1/24\n  ip access-group GUESTS in\n"
    port = "interface Ethernet1/1\n  no switchport\n  no shutdown\n  service-policy type qos input MARK\n"
    found = typed("vlan 10\n", f"vlan 10\n{svi}{port}")
    for head, last in (("interface Vlan10", "ip access-group"), ("interface Ethernet1/1", "service-policy")):
        lines = [path[1] for path in found if path[0] == head and len(path) > 1]
        assert lines[-1] == "no shutdown"
        assert lines[-2].startswith(last)


def test_secondary_address_is_there_with_a_first_one_only() -> None:
    """It comes behind the first and goes before it, in whichever order a text says them."""
    head, first, second = "interface Vlan10", "ip address 192.0.2.1/24", "ip address 198.51.100.1/24 secondary"
    none, both = f"{head}\n  no shutdown\n", f"{head}\n  {second}\n  {first}\n  no shutdown\n"
    assert typed(none, both) == [(head, first), (head, second)]
    assert typed(both, none) == [(head, f"no {second}"), (head, f"no {first}")]


def test_unknown_text_comes_behind_what_it_may_need() -> None:
    """A line that the catalogue does not know may need an address, or another such line before it."""
    unknown, known, last = ("vpc banana", "banana 1"), ("ip address 192.0.2.1/24", "hsrp version 2"), "no shutdown"
    found = typed("vlan 10\n", "\n  ".join(("vlan 10\ninterface Vlan10", *unknown, *known, last)) + "\n")
    assert [path[1] for path in found if len(path) > 1] == [*known, *unknown, last]


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


def test_peer_link_comes_up_before_what_needs_it() -> None:
    """A line that the catalogue does not know may come behind it: no leg is up without the peer-link."""
    link = "interface port-channel1\n  switchport mode trunk\n{}  vpc peer-link\n"
    leg = "interface port-channel11\n{}  vpc 11\n"
    found = typed(
        link.format("  shutdown\n") + leg.format("  shutdown\n"),
        link.format("  service-policy type qos input MARK\n") + leg.format(""),
    )
    assert [path[0].removeprefix("interface ") for path in found] == [
        "port-channel1",
        "port-channel11",
        "port-channel1",
    ]


def test_feature_goes_last() -> None:
    """What a feature takes along is taken back before it, whether that disturbs somebody or not."""
    running = "feature vn-segment-vlan-based\nvlan 1,10\nvlan 10\n  vn-segment 10010\n"
    for disturbs in (False, True):
        for intended, line in (("vlan 1,10\n", ("vlan 10", "no vn-segment")), ("vlan 1\n", ("no vlan 10",))):
            assert typed(running, intended, disturbs) == [line, ("no feature vn-segment-vlan-based",)]


def test_other_text_ends_when_its_time_comes() -> None:
    """Text that comes in place of some is no reason to end other text earlier."""
    assert typed("banana 1\ncherry 1\n", "banana 2\n") == [("no banana 1",), ("banana 2",), ("no cherry 1",)]


def test_address_of_the_same_interface_may_wait() -> None:
    """A subnet is free for the interface that has it; for another one it has to be given up."""
    gateway = "interface Vlan10\n  ip address 10.0.0.{}/24\n"
    found = typed(gateway.format(1) + "  ip address 10.0.0.2/24 secondary\n", gateway.format(5))
    assert [path[1] for path in found] == ["ip address 10.0.0.5/24", "no ip address 10.0.0.2/24 secondary"]
    found = typed(
        gateway.format(1) + "interface Vlan20\n", "interface Vlan10\n" + gateway.format(2).replace("10\n", "20\n")
    )
    assert [path[1] for path in found] == ["no ip address 10.0.0.1/24", "ip address 10.0.0.2/24"]


def test_leg_that_ends_early_is_shut_on_both() -> None:
    """It ends before all else where something that goes later has what is needed; no host loses both legs unasked."""
    text = "feature vn-segment-vlan-based\nvlan 1,10,20\nvlan {}\n  vn-segment 10010\n"
    leg = "interface port-channel11\n  vpc 11\ninterface Ethernet1/1\n  channel-group 11\n"
    work = Work(side(text.format(10) + leg), side(text.format(20)), STRICT)
    found = [(each.switch, each.edit.text) for each in way({"A": work, "B": work}, ("B", "A"), never).placed]
    lines = "shutdown", "no channel-group", "no interface port-channel11"
    assert found[:6] == [(switch, line) for line in lines for switch in ("B", "A")]


def test_leg_without_ports_is_not_shut() -> None:
    """It is down already; its end waits all the same until the other switch has shut the leg that its host is on."""
    leg = "interface port-channel11\n  vpc 11\n"
    work = {
        "A": Work(side(f"{leg}interface Ethernet1/1\n  channel-group 11\n"), side(""), STRICT),
        "B": Work(side(leg), side(""), STRICT),
    }
    found = [(each.switch, each.edit.text) for each in way(work, ("B", "A"), never).placed]
    ends = "no interface port-channel11"
    assert found == [("A", "shutdown"), ("A", "no channel-group"), ("B", ends), ("A", ends)]


def test_object_of_text_goes_behind_the_one_that_comes() -> None:
    """Lines that name an object, such as a neighbor, are no other values of one another."""
    head = "router bgp 65001\n  neighbor {}\n    foo\n"
    assert typed(head.format("192.0.2.1"), head.format("192.0.2.2"))[-1][-1] == "no neighbor 192.0.2.1"


USER = "snmp-server user ops {} auth md5 {} localizedkey"


def test_user_comes_into_another_group_before_it_leaves_one() -> None:
    """A user is in one group at least, and is there all the while."""
    old, new = USER.format("network-operator", "0x1"), USER.format("network-admin", "0x1")
    assert typed(old, new) == [(new,), ("no snmp-server user ops network-operator",)]


def test_user_that_gets_another_key() -> None:
    """It is typed over the first, and no other user is touched."""
    other = "snmp-server user eve network-admin auth md5 0x3 localizedkey\n"
    old, new = (f"{USER.format('network-admin', key)}\n" for key in ("0x1", "0x2"))
    work = Work(side(old + other), side(new), Policy())
    assert [each.edit.text for each in way({"A": work}, ("A",), never).placed] == [new.rstrip()]


def test_user_goes_with_its_last_group() -> None:
    """One group after the other, and then the user, which takes what else there is of it along."""
    groups = f"{USER.format('network-admin', '0x1')}\nsnmp-server user ops network-operator\n"
    found = typed(f"{groups}snmp-server user ops use-ipv4acl MANAGERS\n", "")
    assert found[-1] == ("no snmp-server user ops",)
    assert {path[-1].split()[4] for path in found[:-1]} <= {"use-ipv4acl", "network-admin", "network-operator"}
    assert len({*found}) == len(found) <= 3


def test_filter_of_a_user_that_goes() -> None:
    """Nobody manages it, and it is not typed again, since it would speak of nobody."""
    there = f"{USER.format('network-admin', '0x1')}\nsnmp-server user ops use-ipv4acl MANAGERS\n"
    gone: dict[tuple[tuple[str, ...], str], VlanSet] = {((), "snmp-server user ops network-admin"): VlanSet()}
    work = Work(side(there), side(""), Policy(dropped=gone))
    assert [each.edit.text for each in way({"A": work}, ("A",), never).placed] == ["no snmp-server user ops"]


def test_vlan_with_a_stanza_is_not_listed_as_well() -> None:
    """Who types the name of a VLAN has made it."""
    assert typed("vlan 1\n", "vlan 1,10,20\nvlan 20\n  name guests\n") == [("vlan 10",), ("vlan 20", "name guests")]


def test_so_many_ranges_a_line() -> None:
    """Five ranges of a trunk, fifteen of VLANs (reference 7.8)."""
    vlans = ",".join(str(vlan) for vlan in range(10, 42, 2))
    trunk = "interface port-channel11\n  switchport mode trunk\n  switchport trunk allowed vlan {}\n"
    found = typed(f"vlan 1\n{trunk.format('10,12')}", f"vlan 1,{vlans}\n{trunk.format(vlans)}")
    assert [path[-1].count(",") + 1 for path in found] == [15, 1, 5, 5, 4]


def test_what_a_vrf_erases_is_typed_again() -> None:
    """What nobody manages is there afterwards, too."""
    svi = "vrf context A\ninterface Vlan10\n{}  ip address 192.0.2.1/24\n"
    work = Work(side(svi.format("") + "  ip access-group GUESTS in\n"), side(svi.format("  vrf member A\n")), Policy())
    found = [each.edit.text for each in way({"A": work}, ("A",), never).placed]
    assert found == ["vrf member A", "ip address 192.0.2.1/24", "ip access-group GUESTS in"]


def test_each_line_of_an_unknown_block_has_its_header() -> None:
    """Nobody knows which of them opens another mode: a header is typed again before each."""
    lines = [Edit(("router eigrp 1",), text, True, Phase.ROUTING) for text in ("passive-interface default", "stub")]
    head = "router eigrp 1"
    assert [*typed_lines(commands(lines))] == [head, "  passive-interface default", head, "  stub"]


def test_list_that_narrows() -> None:
    """From all VLANs to a list of one line that line is typed; to a longer one, what leaves."""
    trunk = "interface port-channel11\n  switchport mode trunk\n"
    listed = f"{trunk}  switchport trunk allowed vlan 10,20,30,40,50"
    assert [path[1] for path in typed(trunk, f"{listed}\n")] == ["switchport trunk allowed vlan 10,20,30,40,50"]
    assert [path[1] for path in typed(trunk, f"{listed},60\n")] == [
        "switchport trunk allowed vlan remove 51-59,61-4094",
        "switchport trunk allowed vlan remove 1-9,11-19,21-29,31-39,41-49",
    ]


def test_what_adds_up_or_has_a_number_is_taken_back_first() -> None:
    """A list that adds up loses what leaves it, and an entry goes before another one has its number."""
    head = "feature nv overlay\nsystem nve infra-vlans {}\n"
    found = typed(head.format("10,20"), head.format("10,30"))
    assert found == [("no system nve infra-vlans 20",), ("system nve infra-vlans 10,30",)]
    head = "ip access-list A\n  10 {} ip any any\n"
    found = typed(head.format("permit"), head.format("deny"))
    assert [path[-1] for path in found] == ["no 10", "10 deny ip any any"]


def test_interface_is_called_by_its_whole_name() -> None:
    """Whatever it is called in a text."""
    found = typed("interface po11\n  description a\n", "interface po11\n  description b\n")
    assert found == [("interface port-channel11", "description b")]


def test_leg_becomes_the_peer_link() -> None:
    """A port-channel is but one of both (reference 2.3): the number goes first."""
    head = "feature vpc\ninterface port-channel11\n  {}\n"
    found = [path[-1] for path in typed(head.format("vpc 11"), head.format("vpc peer-link"))]
    assert found.index("no vpc") < found.index("vpc peer-link")


def test_port_leaves_before_its_channel_gets_what_is_not_for_it() -> None:
    """What leaves keeps what the port-channel has then."""
    trunk = "  switchport mode trunk\n  switchport trunk allowed vlan {}\n"
    both = f"interface port-channel10\n{trunk}interface Ethernet1/1\n{trunk}"
    found = typed(both.format(10, 10) + "  channel-group 10 mode active\n", both.format("10,20", 10))
    assert [path[1] for path in found] == ["no channel-group", "switchport trunk allowed vlan add 20"]


def test_feature_set_comes_before_features() -> None:
    """It is installed, then enabled, then used."""
    lines = ["install feature-set fex", "feature-set fex", "feature lacp"]
    assert typed("", "\n".join(reversed(lines)) + "\n") == [(line,) for line in lines]


def test_no_secret_in_what_is_left() -> None:
    """The message goes into the report of an internal error, which people send to others."""
    line = "username admin password 5 $5$s3cr3t$s3cr3t role network-admin"
    left = NoWay({"sw-a": [Change(Action.REPLACE, (), line, line.replace("s3cr3t", "h1dd3n"))]})
    assert "s3cr3t" not in str(left)
    assert "h1dd3n" not in str(left)
    assert "username admin" in str(left)


def test_segment_goes_before_it_comes_in_the_other_way() -> None:
    """A segment is on the interface once: the ``no`` of its old line would take the new one along."""
    head = "feature nv overlay\ninterface nve1\n  member vni 10010{}\n"
    found = typed(head.format(""), head.format(" associate-vrf"))
    assert [path[-1] for path in found] == ["no member vni 10010", "member vni 10010 associate-vrf"]


def test_what_a_vrf_erases_is_not_taken_back() -> None:
    """Text that went with something else is gone: its ``no`` form would be a line of its own."""
    head = "vrf context A\ninterface Ethernet1/1\n  no switchport\n"
    assert typed(f"{head}  no ip ospf passive-interface\n", f"{head}  vrf member A\n") == [
        ("interface Ethernet1/1", "vrf member A"),
    ]


def test_mtu_of_a_peer_link_is_no_line() -> None:
    """A peer-link has its MTU without a line, a port that brings such a line does not fit it (G106)."""
    link = "interface port-channel1\n  switchport mode trunk\n  vpc peer-link\n"
    port = "interface Ethernet1/1\n  switchport mode trunk\n  mtu 9216\n"
    assert typed(f"{link}{port}", f"{link}interface Ethernet1/1\n  channel-group 1 mode active\n")[0] == (
        "interface Ethernet1/1",
        "channel-group 1 force mode active",
    )


def test_text_and_its_opposite() -> None:
    """Text of which the intent says the opposite is not left alone, though nobody manages it."""
    for running, intended in (("ip x", "no ip x"), ("no ip x", "ip x")):
        work = Work(side(f"{running}\n"), side(f"{intended}\n"), Policy())
        found = way({"A": work}, ("A",), never)
        assert [each.edit.text for each in found.placed] == [intended, intended]
        assert [text.text for text in found.ends["A"].root.unknown] == [intended]


def test_route_with_another_tag() -> None:
    """Where the same next hop gets a tag, the ``no`` of the old line may take both: it is typed first."""
    route = "ip route 10.0.0.0/8 192.0.2.1"
    for old, new in ((route, f"{route} tag 5"), (f"{route} name A 20", f"{route} track 1"), (f"{route} 9", route)):
        assert typed(f"{old}\n", f"{new}\n") == [(f"no {old}",), (new,)]
        assert typed(f"vrf context A\n  {old}\n", f"vrf context A\n  {new}\n") == [
            ("vrf context A", f"no {old}"),
            ("vrf context A", new),
        ]
    other = "ip route 10.0.0.0/8 Vlan10 192.0.2.1"
    assert typed(f"{route}\n", f"{other}\n") == [(other,), (f"no {route}",)]


def test_new_ports_of_a_platform_that_routes() -> None:
    """Where ports are routed and shut without a line, new ones are made switched and come up (7.17)."""
    there = "interface port-channel1\n  switchport\n  switchport mode trunk\n"
    new = "interface port-channel2\n  switchport mode trunk\n  vpc 2\ninterface Ethernet1/7\n  channel-group 2\n"
    assert typed(there, there.replace("  switchport\n", "") + new) == [
        ("interface port-channel2",),
        ("interface port-channel2", "switchport"),
        ("interface port-channel2", "switchport mode trunk"),
        ("interface port-channel2", "vpc 2"),
        ("interface Ethernet1/7", "shutdown"),
        ("interface Ethernet1/7", "switchport"),
        ("interface Ethernet1/7", "channel-group 2 force"),
        ("interface Ethernet1/7", "no shutdown"),
    ]


def test_port_of_the_peer_link_joins_another_port_channel() -> None:
    """A port that was one of the peer-link joins a port-channel when that is there, or it would make it as it is.

    It keeps the speed of the peer-link, which no force takes from it.
    """
    link = "interface port-channel1\n  switchport mode trunk\n  speed 100000\n  vpc peer-link\n"
    found = typed(
        f"{link}interface Ethernet1/1\n  channel-group 1\ninterface Ethernet1/2\n  channel-group 1\n",
        f"{link}interface port-channel2\n  vpc 2\ninterface Ethernet1/1\n  channel-group 1\n"
        "interface Ethernet1/2\n  channel-group 2\n",
    )
    assert found == [
        ("interface port-channel2",),
        ("interface port-channel2", "vpc 2"),
        ("interface Ethernet1/2", "shutdown"),
        ("interface Ethernet1/2", "no channel-group"),
        ("interface Ethernet1/2", "no speed"),
        ("interface Ethernet1/2", "channel-group 2 force"),
        ("interface Ethernet1/2", "no shutdown"),
    ]


def test_port_of_the_peer_link_comes_up_where_it_goes() -> None:
    """What is said of a port that leaves the peer-link waits until it has left: to route may shut it."""
    link = "interface port-channel1\n  switchport mode trunk\n  vpc peer-link\n"
    found = typed(
        f"{link}interface Ethernet1/1\n  channel-group 1\ninterface Ethernet1/2\n  channel-group 1\n",
        f"{link}interface port-channel2\n  no switchport\ninterface Ethernet1/1\n  channel-group 1\n"
        "interface Ethernet1/2\n  no switchport\n  channel-group 2\n  no shutdown\n",
    )
    assert [path[-1] for path in found if path[0] == "interface Ethernet1/2"] == [
        "shutdown",
        "no channel-group",
        "no switchport",
        "channel-group 2",
        "no shutdown",
    ]


def test_speed_of_a_port_channel_ends_before_a_port_joins() -> None:
    """A port is told no speed that its port-channel is about to lose."""
    leg = "interface port-channel2\n  switchport mode trunk\n{}  vpc 2\n"
    found = typed(
        f"{leg.format('  speed 1000' + chr(10))}interface Ethernet1/1\n  channel-group 2\n",
        f"{leg.format('')}interface Ethernet1/1\n  channel-group 2\ninterface Ethernet1/2\n  channel-group 2\n",
    )
    assert [path[-1] for path in found] == ["no speed", "channel-group 2 force"]


def test_port_takes_no_layer_that_its_port_channel_is_about_to_lose() -> None:
    """It would carry for a while what the port-channel does, at another neighbour's cable; a switch refuses it so."""
    route = "  no switchport\n  ip address 192.0.2.{}/31\n"
    found = typed(
        "interface port-channel2\n  switchport mode trunk\ninterface Ethernet1/1\n  switchport mode trunk\n"
        f"  channel-group 2\ninterface Ethernet1/2\n{route.format(0)}",
        f"interface port-channel2\n{route.format(2)}interface Ethernet1/1\n"
        "interface Ethernet1/2\n  no switchport\n  channel-group 2\n",
    )
    assert ("interface Ethernet1/2", "switchport") not in found


def test_nothing_is_typed_into_a_domain_before_it_has_its_id() -> None:
    """The header of a line gives the domain its new id as well, so no line that goes early is one of the domain."""
    vlan = "feature vn-segment-vlan-based\nvlan 1,10,20\nvlan {}\n  vn-segment 10010\n"
    found = typed(
        f"{vlan.format(10)}vpc domain 10\n  reload restore\n",
        f"{vlan.format(20)}vpc domain 20\n",
    )
    assert found == [
        ("vlan 10", "no vn-segment"),
        ("vlan 20", "vn-segment 10010"),
        ("vpc domain 20",),
        ("vpc domain 20", "no reload restore"),
    ]


def test_port_type_of_a_peer_link_is_said_behind_it() -> None:
    """A peer-link makes its port type another one (2.3), so that what the intent says of it is typed after that."""
    found = typed("", "interface port-channel1\n  spanning-tree port type edge trunk\n  vpc peer-link\n")
    assert [path[-1] for path in found[1:]] == ["vpc peer-link", "spanning-tree port type edge trunk"]


def test_peer_link_is_one_in_any_words() -> None:
    """A peer-link whose name is cut short is made before its ports join it."""
    link = "interface po1\n  spanning-tree port type network\n  vpc peer-link\n"
    found = typed("", f"{link}interface Ethernet1/1\n  channel-group 1 mode active\n")
    assert found[0] == ("interface port-channel1",)
    assert found[-1] == ("interface Ethernet1/1", "channel-group 1 mode active")


def test_what_a_new_block_has_by_itself_goes_when_the_block_is_there() -> None:
    """An SVI that is made while the domain is a peer-gateway has lines that nobody typed; they go behind its head."""
    domain = "feature interface-vlan\nvpc domain 1\n{}"
    found = typed(domain.format("  peer-gateway\n"), domain.format("") + "interface Vlan20\n  description a\n")
    assert found.index(("interface Vlan20",)) < found.index(("interface Vlan20", "ip redirects"))


def test_peer_link_moves_to_a_port_channel_that_says_nothing_of_its_port_type() -> None:
    """What the new peer-link gets by itself is taken back behind it, though its number has to be free before."""
    link = "interface port-channel1\n{}interface port-channel11\n{}"
    here, there = link.format("  vpc peer-link\n", ""), link.format("", "  vpc peer-link\n")
    assert typed(here, there) == [
        ("interface port-channel1", "no vpc peer-link"),
        ("interface port-channel11", "vpc peer-link"),
        ("interface port-channel11", "no spanning-tree port type"),
    ]
    assert typed("", "interface port-channel1\n  vpc peer\n")[1:] == [
        ("interface port-channel1", "vpc peer"),
        ("interface port-channel1", "no spanning-tree port type"),
    ]


def test_port_says_nothing_of_switching_when_its_port_channel_routes() -> None:
    """What a port says for itself about switching goes before that: a port that is routed takes no such line."""
    port = "interface Ethernet1/1\n{}  channel-group 1 mode active\n"
    guarded = port.format("  spanning-tree bpdufilter enable\n")
    assert typed(
        f"interface port-channel1\n{guarded}", f"interface port-channel1\n  no switchport\n{port.format('')}"
    ) == [
        ("interface Ethernet1/1", "no spanning-tree bpdufilter"),
        ("interface port-channel1", "no switchport"),
    ]


def test_block_of_text_that_stands_there_twice_is_one() -> None:
    """What its second part says goes, too, and what comes is said once."""
    block = "router eigrp 1\nzz\nrouter eigrp 1\n  router-id 192.0.2.1\n"
    assert typed(block, "router eigrp 1\nzz\n") == [("router eigrp 1", "no router-id 192.0.2.1")]
    assert typed(block, block.replace("192.0.2.1", "192.0.2.2")) == [
        ("router eigrp 1", "no router-id 192.0.2.1"),
        ("router eigrp 1", "router-id 192.0.2.2"),
    ]


def test_text_that_begins_like_a_known_line_is_text() -> None:
    """A line that only a port understands makes nothing a port of a port-channel where something else stands."""
    lines = "  member of\n    channel-group 10 mode active\n"
    assert typed("", f"{CHANNELS}zz\n{lines}")[-3:] == [
        ("zz",),
        ("zz", "member of"),
        ("zz", "member of", "channel-group 10 mode active"),
    ]
    nve = "feature nv overlay\ninterface nve1\n"
    assert typed(nve, f"{nve}  switchport zz\n") == [("interface nve1", "switchport zz")]
    group = "interface Vlan10\n  hsrp 1\n"
    assert typed(group, f"{group}    switchport zz\n") == [("interface Vlan10", "hsrp 1", "switchport zz")]


def test_number_of_a_port_channel_with_a_nought() -> None:
    """The port-channel of a port is looked up whatever way its number is written."""
    channel = "interface port-channel1\n"
    port = f"{channel}interface Ethernet1/1\n  channel-group 01 mode active\n"
    found = way({"A": work_of(parse(channel), parse(port), STRICT)}, ("A",), never)
    assert [each.edit.text for each in found.placed] == ["channel-group 01 mode active"]


def test_line_that_says_there_is_no_value() -> None:
    """``show running-config all`` prints some (corpus/nxos/single/batfish-interface-show-all-1): none is a value."""
    port = "interface port-channel11\n"
    for value, no in (("vpc 11", "no vpc"), ("vpc 11", "no vpc 11"), ("mtu 9216", "no mtu")):
        assert typed(f"{port}  {no}\n", f"{port}  {value}\n") == [("interface port-channel11", value)]
        there = typed(f"{port}  {value}\n", f"{port}  {no}\n")
        assert ("interface port-channel11", no.removesuffix(" 11")) in there
        assert not typed(f"{port}  {no}\n", port)
        assert not typed(port, f"{port}  {no}\n")
    member = "interface Ethernet1/1\n  {}channel-group 11 mode active\n"
    assert typed(f"{port}{member.format('')}", f"{port}{member.format('no ')}") == [
        ("interface Ethernet1/1", "no channel-group"),
    ]


def test_port_brings_no_value_into_its_port_channel() -> None:
    """Where a port says that it has no port type, and its port-channel has one, nothing stands for it behind that."""
    said, port = "interface Ethernet1/2\n  no spanning-tree port type edge trunk\n", "interface Ethernet1/2\n"
    channel = "interface port-channel12\n  spanning-tree port type edge\n"
    work = Work(side(said), side(f"{channel}{port}  channel-group 12 mode active\n"), Policy())
    lines = [each.edit.text for each in way({"A": work}, ("A",), never).placed if each.edit.head in port]
    assert lines == ["no spanning-tree port type", "channel-group 12 mode active"]


def test_line_of_what_a_vrf_erases_does_not_make_it_again() -> None:
    """A group that goes with its VRF has nothing to take back any more; it is made when the interface has the other."""
    vlan = "vrf context A\nvrf context B\ninterface Vlan10\n  vrf member {}\n  hsrp 10\n"
    assert typed(f"{vlan.format('A')}    priority 110\n", vlan.format("B")) == [
        ("interface Vlan10", "vrf member B"),
        ("interface Vlan10", "hsrp 10"),
    ]


LEAVING = (
    "interface Ethernet1/1\n  channel-group 10 mode active\ninterface Ethernet1/2\n  channel-group 10 mode active\n"
)
"""Two ports of a port-channel, of which the base declared both."""


def leaves(intended: str, policy: Policy | None = None, running: str = LEAVING) -> list[str]:
    """What is typed into the first port when a port-channel is intended otherwise than it was at the base."""
    tree, there = parse(CHANNELS + running), parse(CHANNELS + intended)
    found = walk(tree, there, policy=policy, base=tree)
    placed = way({"A": Work(found.old, found.new, found.policy)}, ("A",), never).placed
    return [each.edit.text for each in placed if each.edit.head == "interface Ethernet1/1"]


def test_port_that_leaves_and_is_declared_by_nobody_is_shut() -> None:
    """It stays cabled, and what is behind it may go on sending: it is shut before it leaves, and stays so."""
    stays = LEAVING.partition("interface Ethernet1/2")
    assert leaves("".join(stays[1:])) == ["shutdown", "no channel-group"]
    shut = LEAVING.replace("mode active", "mode active\n  shutdown", 1)
    assert "shutdown" not in leaves("".join(stays[1:]), running=shut)


def test_port_that_leaves_and_is_declared_is_as_it_is_declared() -> None:
    """So is one that joins another port-channel, and each where whole interfaces are owned."""
    declared = LEAVING.replace("  channel-group 10 mode active", "  description web", 1)
    assert leaves(declared) == ["no channel-group", "no mtu", "description web"]
    assert leaves(LEAVING.replace("10", "20", 1)) == ["no channel-group", "channel-group 20 force mode active"]
    gone = LEAVING.partition("interface Ethernet1/2")
    assert leaves("".join(gone[1:]), Policy(owns={"interfaces": "overridden"})) == ["no channel-group", "no mtu"]
