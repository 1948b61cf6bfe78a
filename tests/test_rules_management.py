"""Rules of management, QoS and hosts where it is not plain."""

from __future__ import annotations

from textwrap import indent

import pytest

from mlagkit.rules import judge
from tests.judged import Found, judged, laid_over, of

HARDENED = """\
username admin password 5 $5$ABC$example role network-admin
aaa authentication login default group ADMINS
copp profile strict
ntp server 192.0.2.5 use-vrf management
logging server 192.0.2.6 use-vrf management
no cdp enable
line console
  exec-timeout 10
line vty
  exec-timeout 10
  access-class ADMINS in
"""
FAMILIES = ("SE", "QS", "HO")
NAS = "hosts: {nas-01: {bond: %s}}\nvlans: {30: x}\npeer_link: {vlans: [10, 20]}\n"
PORT = "{host: nas-01, mode: access, vlan: 30, port_type: edge, mtu: 9216}"


def extra(lines: str, more: str = "") -> str:
    """YAML with these raw lines for both switches, and other YAML."""
    return f"{more}\nextra: |\n{indent(lines, '  ')}"


FOUND: dict[str, tuple[str, list[Found]]] = {
    "hardened: nothing": (extra(HARDENED), []),
    "some of the management in the pair file: what it lacks is left to others": (
        extra("ntp server 192.0.2.5 use-vrf management\n"),
        [],
    ),
    "nothing but a user: everything is missing": (
        extra(HARDENED.splitlines()[0]),
        [
            Found(rule, "info" if rule == "SE11" else "warning", switch, "")
            for rule in ("SE02", "SE04", "SE05", "SE07", "SE08", "SE08", "SE09", "SE11")
            for switch in (("sw-a", "sw-b") if rule == "SE04" else (None,))
        ],
    ),
    "SE03: only a community that everybody guesses is an error": (
        extra(
            "snmp-server community example group network-operator\nsnmp-server community private group network-admin\n"
        ),
        [Found("SE03", "error", None, ""), Found("SE03", "warning", None, "")],
    ),
    "SE04: in VRF default there must be an address": (
        "svis: {10: {shutdown: true}}\n" + extra("ntp server 192.0.2.5\n"),
        [Found("SE04", "warning", "sw-a", ""), Found("SE04", "warning", "sw-b", "")],
    ),
    "SE04: in VRF default there is one": (extra("ntp server 192.0.2.5\n"), []),
    "SE04: a server that only the peer asks": (
        "extra:\n  sw-a: ntp server 192.0.2.5\n  sw-b: |\n    ntp server 192.0.2.5\n    ntp server 192.0.2.7\n",
        [Found("SE04", "warning", "sw-a", "")],
    ),
    "SE05: no fallback": (
        extra("no aaa authentication login default fallback error local\n"),
        [Found("SE05", "warning", None, "")],
    ),
    "SE06: a password in the clear": (
        extra(HARDENED + "username lab password example role network-operator\n"),
        [Found("SE06", "warning", None, "")],
    ),
    "SE08: vty alone": (
        extra(HARDENED.replace("vty\n  exec-timeout 10", "vty\n  exec-timeout 0")),
        [Found("SE08", "warning", None, "")],
    ),
    "SE10: encrypted, in every VRF, and the management is told": (
        extra(HARDENED + "nxapi https port 443\n", "features: [nxapi]"),
        [Found("SE10", "warning", None, "")],
    ),
    "SE10: lines of a feature that is off": (extra("nxapi http port 80\n"), []),
    "SE11: CDP, where the port itself is quiet": (
        extra(HARDENED.replace("no cdp enable\n", ""), "vpcs: {11: {members: {Ethernet1/1: {extra: no cdp enable}}}}"),
        [Found("SE11", "info", None, "")],
    ),
    "SE11: no port speaks": (
        extra(
            HARDENED.replace("no cdp enable\n", ""),
            "vpcs: {11: {members: {Ethernet1/1: {extra: no cdp enable}}},"
            " 12: {members: {Ethernet1/2: {extra: no cdp enable}}}}",
        ),
        [],
    ),
    "SE12: keys of users and the place of a switch are its own": (
        (
            "extra:\n  sw-a: |\n    snmp-server location room 1\n    snmp-server user a network-admin auth md5 0x1\n"
            "  sw-b: |\n    snmp-server location room 2\n"
        ),
        [],
    ),
    "SE12: of an access list only the name is compared": (
        (
            "extra:\n  sw-a: |\n    ip access-list NMS\n      10 permit ip 192.0.2.11/32 any\n"
            "  sw-b: |\n    ip access-list NMS\n      10 permit ip 192.0.2.12/32 any\n"
        ),
        [],
    ),
    "SE12: each switch lacks something": (
        (
            "extra:\n  sw-a: |\n    aaa group server tacacs+ ADMINS\n      server 192.0.2.7\n"
            "  sw-b: |\n    aaa group server tacacs+ ADMINS\n      server 192.0.2.8\n"
        ),
        [Found("SE12", "warning", "sw-a", ""), Found("SE12", "warning", "sw-b", "")],
    ),
    "QS01: the order of classes in a policy counts": (
        (
            "extra:\n  sw-a: |\n    policy-map type qos P\n      class A\n      class B\n"
            "  sw-b: |\n    policy-map type qos P\n      class B\n      class A\n"
        ),
        [Found("QS01", "warning", None, "")],
    ),
    "QS01: that of a class's matches does not": (
        (
            "extra:\n  sw-a: |\n    class-map type qos match-any A\n      match dscp 10\n      match dscp 12\n"
            "  sw-b: |\n    class-map type qos match-any A\n      match dscp 12\n      match dscp 10\n"
        ),
        [],
    ),
    "QS01: a policy on one leg only": (
        "vpcs: {11: {extra: {sw-a: service-policy type qos input P}}}",
        [Found("QS01", "warning", "sw-b", "vpcs.11")],
    ),
    "QS03: the jumbo MTU is what the switch says it is": (
        "system: {jumbo_mtu: 9000}\nvpcs: {11: {mtu: 9000}, 12: {mtu: 1500}}\n",
        [],
    ),
    "QS03: Nexus 5000 has its MTU from a policy": (
        (
            "model: N5K-C5596UP\nvpcs: {11: {mtu: 9216}, 12: {mtu: 1500}}\n"
            "interfaces: {Ethernet1/7: {address: {sw-a: 198.51.100.1/31, sw-b: 198.51.100.3/31}, mtu: 9216}}"
        ),
        [Found("QS03", "warning", None, "vpcs.11")],
    ),
    "HO01: a static bond on LACP, and an LACP bond on a static channel": (
        "hosts: {web-01: {bond: balance-xor}}\nvpcs: {12: {lacp: on}}",
        [Found("HO01", "error", None, "vpcs.11"), Found("HO01", "error", None, "vpcs.12")],
    ),
    "HO01: a static bond on a static channel": ("hosts: {web-01: {bond: balance-rr}}\nvpcs: {11: {lacp: on}}", []),
    "HO01: of a bond that nobody described nothing is said": ("hosts: {web-01: {bond: }}\nvpcs: {11: {lacp: on}}", []),
    "HO02: one link is no bond": (NAS % "none" + f"interfaces: {{sw-a: {{Ethernet1/41: {PORT}}}}}", []),
    "HO02: links that the cabling tells": (
        NAS % "none"
        + f"interfaces: {{sw-a: {{Ethernet1/41: {PORT}, Ethernet1/42: {PORT}}}}}".replace("host: nas-01, ", "")
        + "\ncabling: {sw-a: {Ethernet1/41: nas-01 eno1, Ethernet1/42: nas-01 eno2}}",
        [Found("HO02", "warning", "sw-a", "interfaces.Ethernet1/41")],
    ),
    "HO02: a link that is shut down does not count": (
        NAS % "none" + f"interfaces: {{sw-a: {{Ethernet1/41: {PORT}, Ethernet1/42: {PORT[:-1]}, shutdown: true}}}}}}",
        [],
    ),
    "HO03: two vPCs, one on each switch": (
        (
            "vpcs:\n  13: {sw-a: {host: nas-01, vlan: 20, lacp: active, lacp_rate: fast, members: [Ethernet1/3]}}\n"
            "  14: {sw-b: {host: nas-01, vlan: 20, lacp: active, lacp_rate: fast, members: [Ethernet1/3]}}\n"
            "hosts: {nas-01: {bond: 802.3ad}}\n"
        ),
        [Found("HO03", "error", "sw-a", "vpcs.13"), Found("HO03", "error", "sw-b", "vpcs.14")],
    ),
    "HO03: a management port beside the vPC": (
        "interfaces: {sw-a: {Ethernet1/41: {host: web-01, mode: access, vlan: 10, port_type: edge, mtu: 9216}}}",
        [],
    ),
    "HO03: one channel on one switch is a channel": (
        NAS % "802.3ad" + "port_channels:\n"
        f"  sw-a: {{41: {PORT[:-1]}, lacp: active, lacp_rate: fast, members: Ethernet1/41-42}}}}\n",
        [Found("HO02", "warning", "sw-a", "port_channels.41")],
    ),
    "HO04: a VLAN on one of its ports is enough": (
        (
            "hosts: {web-01: {needs: [10, 30]}}\nvlans: {30: x}\npeer_link: {vlans: [10, 20]}\n"
            "interfaces: {sw-a: {Ethernet1/41: {host: web-01, mode: access, vlan: 30, port_type: edge, mtu: 9216}}}"
        ),
        [],
    ),
    "HO04: a host without a port is nobody's": ("hosts: {nas-01: {needs: 77}}", []),
    "HO07: two links to each switch": (
        "hosts: {web-01: {min_links: 2}}\nvpcs: {11: {members: [Ethernet1/1, Ethernet1/3]}}",
        [],
    ),
    "HO07: a member that is shut down is no link": (
        (
            "hosts: {web-01: {min_links: 2}}\n"
            "vpcs: {11: {members: {Ethernet1/1: {}, Ethernet1/3: {shutdown: {sw-a: true, sw-b: false}}}}}"
        ),
        [Found("HO07", "warning", "sw-a", "hosts.web-01")],
    ),
    "HO08: one of the two is fast": ("hosts: {web-01: {lacp_rate: slow}}", []),
}


@pytest.mark.parametrize("case", FOUND)
def test_found(case: str) -> None:
    """Each case has these findings of its families and no others."""
    text, expected = FOUND[case]
    assert of(judged(text), *FAMILIES) == sorted(expected, key=str)


@pytest.mark.parametrize("case", FOUND)
def test_order_of_the_switches(case: str) -> None:
    """Which switch comes first changes nothing."""
    one, other = laid_over(FOUND[case][0])
    assert of(judge([(other, one)])) == of(judge([(one, other)]))


def test_what_no_line_says_is_not_told_as_off() -> None:
    """A terminal line without exec-timeout has what the release has; one with 0 has none."""
    text = extra(HARDENED.replace("vty\n  exec-timeout 10", "vty\n  exec-timeout 0").replace("  exec-timeout 10\n", ""))
    assert [each.message for each in judged(text) if each.rule == "SE08"] == [
        "no line says when an idle session on console is ended: it has no exec-timeout",
        "an idle session on vty is never ended: its exec-timeout is 0",
    ]


def test_running_configurations_know_no_hosts() -> None:
    """What a running-config does not tell about hosts is no fault of theirs."""
    text = (
        "hosts: {web-01: {bond: none, min_links: 8, needs: 77, lacp_rate: slow, mtu: 9216, pxe: true, iscsi: 10}, "
        "db-01: {miimon: 0, heartbeats: 20, system: hyper-v-set}}\n"
        "vpcs: {11: {lacp_rate: normal, mtu: }}\nsvis: {10: {mtu: }}"
    )
    families = ("HO", "QS", "MB31")
    known = {"HO01", "HO04", "HO05", "HO06", "HO07", "HO08", "HO09", "HO11", "HO12", "MB31", "QS02"}
    assert {each.rule for each in of(judged(text), *families)} == known
    assert of(judged(text, {"sw-a": "!"}), *families) == []


def test_no_mtu_of_a_port_is_proposed_where_ports_have_none() -> None:
    """On Nexus 5000 and 6000 the MTU stands in a policy; elsewhere the jumbo MTU is proposed, if it is enough."""
    told = "hosts: {web-01: {mtu: 9216}}\nvpcs: {11: {mtu: }}\nsvis:\n"
    for more, fix in (
        ("model: N5K-C5548UP\nrelease: 7.3(7)N1(1)", ""),
        ("", "mtu: 9216"),
        ("system: {jumbo_mtu: 9000}", ""),
    ):
        found = [each.fix for each in judged(told + more) if each.rule == "HO05"]
        assert found == [fix], more


def test_no_secret_in_a_message() -> None:
    """Communities, passwords and keys never come up in what a rule says."""
    lines = "snmp-server community hidden1 group network-admin\nusername a password hidden2 role network-admin\n"
    more = "tacacs-server key 7 hidden3\n"
    findings = judged(f"extra:\n  sw-a: |\n{indent(lines + more, '    ')}  sw-b: |\n{indent(lines, '    ')}")
    assert {"SE03", "SE06", "SE12"} <= {each.rule for each in findings}
    assert not [each for each in findings if "hidden" in each.message + each.fix]


def test_a_mark_is_heeded_by_another_pair() -> None:
    """What one pair marks another pair of the site may match, but on both of its switches."""
    mark = "extra: |\n  policy-map type qos MARK\n    class class-default\n      set dscp 10\n"
    match = "extra:\n  %s: |\n    class-map type qos match-any GOLD\n      match dscp 10\n"
    whole = match % "sw-a" + (match % "sw-b").removeprefix("extra:\n")

    def site(other: str) -> list[str]:
        texts = (f"pair: one\n{mark}", f"pair: two\n{other}")
        return [each.rule for each in of(judge([*map(laid_over, texts)]), "QS04")]

    assert site(whole) == []
    assert site(match % "sw-a") == ["QS04"]
