"""Rules of Layer 3 where it is not plain: effective values, what is not known, both orders, running-configs."""

from __future__ import annotations

import pytest

from mlagkit.rules import judge
from tests.judged import Found, judged, laid_over, of
from tests.rule_examples import with_lines

SVI_20 = "svis: {20: {mtu: 9216, address: {sw-a: 10.0.20.2/24, sw-b: 10.0.20.3/24}%s}}\n"
ROUTER = "extra: |\n  router ospf 1\n"
OSPF = "ip router ospf 1 area 0.0.0.0"

SEGMENT = (
    "vlans: {30: x}\npeer_link: {vlans: [10, 20]}\n"
    "interfaces: {Ethernet1/40: {mode: access, vlan: 30, port_type: edge, mtu: 9216}}\n"
    "svis: {30: {mtu: 9216, address: {sw-a: 10.0.30.2/24, sw-b: 10.0.30.3/24}%s}}\n"
)
"""A VLAN that both switches route, and the peer-link does not carry."""
VRRPV3 = ", vrrpv3: {group: 20, priority: {sw-a: 110, sw-b: 90}%s}"
VRRP = ", vrrp: {group: 20, address: %s, priority: {sw-a: 110, sw-b: 90}, shutdown: %s}"

FOUND: dict[str, tuple[str, list[Found]]] = {
    "L301: an SVI that is no gateway": (
        "svis: {20: {sw-a: {mtu: 9216, address: 10.0.20.2/24}}}",
        [Found("L301", "warning", "sw-a", "svis.20")],
    ),
    "L301: a gateway whose VLAN is on no leg": (
        (
            "vlans: {30: x}\npeer_link: {vlans: [10, 20, 30]}\n"
            "svis: {30: {sw-a: {mtu: 9216, address: 10.0.30.2/24, hsrp: {version: 2, group: 3, address: 10.0.30.1}}}}"
        ),
        [Found("L301", "warning", "sw-a", "svis.30")],
    ),
    "L301: a gateway by VRRPv3": (
        ("svis: {20: {sw-a: {mtu: 9216, address: 10.0.20.2/24, vrrpv3: {group: 20, address: 10.0.20.1}}}}"),
        [Found("L301", "error", "sw-a", "svis.20")],
    ),
    "L304: an SVI without an address is in no subnet": (
        "svis: {20: {mtu: 9216, address: {sw-a: 10.0.20.2/24}}}",
        [],
    ),
    "L304: a link-local address on one switch only is no subnet": (
        'svis: {10: {ipv6_addresses: {sw-a: ["fe80::1/64"]}}}',
        [],
    ),
    "L307: a standby that learns the address": (
        SVI_20 % ", hsrp: {version: 2, group: 20, address: {sw-a: 10.0.20.1}, priority: {sw-a: 110, sw-b: 90}}",
        [],
    ),
    "L307: VRRP": (
        SVI_20 % (VRRP % ("{sw-a: 10.0.20.1, sw-b: 10.0.20.9}", "false")),
        [Found("L307", "error", "sw-a", "svis.20.vrrp"), Found("L307", "error", "sw-b", "svis.20.vrrp")],
    ),
    "L307: a VRRP group that is shut down on one switch": (
        SVI_20 % (VRRP % ("10.0.20.1", "{sw-a: true, sw-b: false}")),
        [Found("L307", "error", "sw-b", "svis.20.vrrp")],
    ),
    "L307: groups of one number in two families": (
        SVI_20
        % (
            ", hsrp: {version: 2, groups: {5: {address: {sw-a: 10.0.20.1, sw-b: 10.0.20.9},"
            " priority: {sw-a: 110, sw-b: 90}},"
            ' 5 ipv6: {address: "fe80::5", priority: {sw-a: 110, sw-b: 90}}}}'
        ),
        [
            Found("L307", "error", "sw-a", "svis.20.hsrp.groups.5"),
            Found("L307", "error", "sw-b", "svis.20.hsrp.groups.5"),
        ],
    ),
    "L309, L311: a VLAN that is not on the peer-link": (
        SEGMENT % ', hsrp: {version: 2, group: 3, address: 10.0.30.1}, extra: "hsrp use-bia\\nhsrp bfd"',
        [],
    ),
    "L309, L311: an SVI that is shut down": (
        'svis: {10: {shutdown: true, extra: "hsrp use-bia\\nhsrp bfd"}}',
        [],
    ),
    "L301: a gateway on one switch only is an error": (
        "svis: {20: {sw-a: {mtu: 9216, address: 10.0.20.2/24, hsrp: {version: 2, group: 20, address: 10.0.20.1}}}}",
        [Found("L301", "error", "sw-a", "svis.20")],
    ),
    "L301: an SVI that is shut down is not missed at the peer": (
        "svis: {20: {sw-b: {mtu: 9216, address: 10.0.20.2/24, shutdown: true}}}",
        [],
    ),
    "L302: an SVI that is shut down on one switch differs in nothing else": (
        "svis: {10: {shutdown: {sw-a: true, sw-b: false}, mtu: {sw-a: 1500, sw-b: 9216}, address: 10.0.10.2/24}}",
        [Found("L302", "warning", "sw-a", "svis.10")],
    ),
    "L303: the VLAN exists and no port has it": (
        "vlans: {30: x}\nsvis: {30: {mtu: 9216, address: {sw-a: 10.0.30.2/24, sw-b: 10.0.30.3/24}}}",
        [Found("L303", "error", None, "svis.30")],
    ),
    "L303: a port that is shut down carries nothing": (
        (
            "vlans: {30: x}\nsvis: {30: {mtu: 9216, address: {sw-a: 10.0.30.2/24, sw-b: 10.0.30.3/24}}}\n"
            "peer_link: {vlans: [10, 20]}\n"
            "interfaces: {Ethernet1/40: {shutdown: {sw-a: true, sw-b: false}, mode: access, vlan: 30, port_type: edge}}"
        ),
        [Found("L303", "error", "sw-a", "svis.30")],
    ),
    "L303: without autostate, with a VNI, or shut down an SVI needs no port": (
        (
            "vlans: {30: x, 40: {vni: 10040}, 50: y}\nsvis:\n  30: {autostate: false}\n  40: {ip_forward: true}\n"
            "  50: {shutdown: true}\n"
        ),
        [],
    ),
    "L304: a secondary subnet of one switch is a difference": (
        "svis: {10: {secondary_addresses: {sw-a: 10.0.11.2/24}}}",
        [Found("L304", "error", "sw-a", "svis.10"), Found("L304", "error", "sw-b", "svis.10")],
    ),
    "L304: an IPv6 prefix counts, a link-local address does not": (
        'svis: {10: {ipv6_addresses: {sw-a: ["fe80::1/64", "2001:db8:1::2/64"], sw-b: ["2001:db8:2::3/64"]}}}',
        [Found("L304", "error", "sw-a", "svis.10"), Found("L304", "error", "sw-b", "svis.10")],
    ),
    "L304: equal link-local addresses are of each switch alone": (
        'svis: {10: {ipv6_addresses: {sw-a: ["fe80::1/64"], sw-b: ["fe80::1/64"]}}}',
        [],
    ),
    "L304: the VLAN of an SVI that the peer-link does not carry is another segment on each switch": (
        (
            "vlans: {30: x}\npeer_link: {vlans: [10, 20]}\n"
            "interfaces: {Ethernet1/40: {mode: access, vlan: 30, port_type: edge, mtu: 9216}}\n"
            "svis: {30: {mtu: {sw-a: 1500, sw-b: 9216}, address: {sw-a: 10.0.30.2/24, sw-b: 10.0.31.3/24}}}"
        ),
        [],
    ),
    "L305: an anycast gateway has one address on purpose": (
        (
            "svis: {20: {mtu: 9216, address: 10.0.20.1/24, anycast_gateway: true}}\n"
            "nve: {anycast_gateway_mac: 0200.0000.0001}"
        ),
        [],
    ),
    "L305: an anycast gateway on one switch only is no excuse": (
        (
            "svis: {20: {mtu: 9216, address: 10.0.20.1/24, anycast_gateway: {sw-a: true, sw-b: false}}}\n"
            "nve: {anycast_gateway_mac: 0200.0000.0001}"
        ),
        [Found("L305", "error", None, "svis.20")],
    ),
    "L306: VRF and MTU are two findings on each switch": (
        "vrfs: {a: {}, b: {}}\nsvis: {10: {vrf: {sw-a: a, sw-b: b}, mtu: {sw-a: 9216, sw-b: 1500}}}",
        [Found("L306", "warning", switch, "svis.10") for switch in ("sw-a", "sw-a", "sw-b", "sw-b")],
    ),
    "L307: a group on one switch only is one finding": (
        SVI_20 % ", hsrp: {sw-a: {version: 2, group: 20, address: 10.0.20.1, priority: 110}}",
        [Found("L307", "error", "sw-a", "svis.20.hsrp")],
    ),
    "L307: versions differ": (
        "svis: {10: {hsrp: {version: {sw-a: 1, sw-b: 2}}}}",
        [Found("L307", "error", "sw-a", "svis.10"), Found("L307", "error", "sw-b", "svis.10")],
    ),
    "L307: authentication on one switch only": (
        "svis: {10: {hsrp: {authentication: {sw-a: env:HSRP}}}}",
        [Found("L307", "error", "sw-a", "svis.10.hsrp"), Found("L307", "error", "sw-b", "svis.10.hsrp")],
    ),
    "L307: a key that is another reference on each switch may be the same key": (
        "svis: {10: {hsrp: {authentication: {sw-a: env:HSRP_A, sw-b: env:HSRP_B}}}}",
        [],
    ),
    "L307: secondary addresses differ": (
        "svis: {10: {hsrp: {secondary_addresses: {sw-a: [10.0.10.7]}}}}",
        [Found("L307", "error", "sw-a", "svis.10.hsrp"), Found("L307", "error", "sw-b", "svis.10.hsrp")],
    ),
    "L307: VRRPv3 with another address, and with version 2 on one switch only": (
        SVI_20 % (VRRPV3 % ", address: {sw-a: 10.0.20.1, sw-b: 10.0.20.9}, vrrpv2: {sw-a: true}"),
        [Found("L307", "error", switch, "svis.20.vrrpv3") for switch in ("sw-a", "sw-a", "sw-b", "sw-b")],
    ),
    "L307: a VRRPv3 group of one family is none of the other": (
        SVI_20 % ", vrrpv3: {sw-a: {groups: {5: {priority: 110}}}, sw-b: {groups: {5 ipv6: {priority: 90}}}}",
        [
            Found("L307", "error", "sw-a", "svis.20.vrrpv3.groups.5"),
            Found("L307", "error", "sw-b", "svis.20.vrrpv3.groups.5 ipv6"),
        ],
    ),
    "L307: a VRRPv3 group that is shut down on one switch": (
        SVI_20 % (VRRPV3 % ", shutdown: {sw-a: true, sw-b: false}"),
        [Found("L307", "error", "sw-b", "svis.20.vrrpv3")],
    ),
    "L308: VRRPv3": (
        SVI_20 % ", vrrpv3: {group: 20, address: 10.0.20.1}",
        [Found("L308", "warning", None, "svis.20.vrrpv3")],
    ),
    "L308: the owner of an address of IPv6 is active whatever the priority": (
        SVI_20
        % (
            ', ipv6_addresses: {sw-a: "2001:db8::2/64", sw-b: "2001:db8::3/64"},'
            ' vrrpv3: {group: 5, family: ipv6, address: "2001:db8::2"}'
        ),
        [],
    ),
    "L308: equal priorities are one finding in a pair file": (
        "svis: {10: {hsrp: {priority: 100}}}",
        [Found("L308", "warning", None, "svis.10.hsrp")],
    ),
    "L308: the owner of the address is active whatever the priority": (
        (
            "svis: {20: {mtu: 9216, address: {sw-a: 10.0.20.2/24, sw-b: 10.0.20.3/24},"
            " vrrp: {group: 20, address: 10.0.20.2, priority: 100}}}"
        ),
        [],
    ),
    "L308: with equal role priorities no switch is the wrong one": (
        (
            "switches: {sw-a: {role_priority: 8192}, sw-b: {role_priority: 8192}}\n"
            "svis: {10: {hsrp: {priority: {sw-a: 90, sw-b: 110}}}}"
        ),
        [],
    ),
    "L309: without HSRP the line does nothing": (
        SVI_20 % ", extra: hsrp use-bia",
        [],
    ),
    "L310: timers in milliseconds, VRRPv3 and PIM": (
        (
            "svis:\n  10: {hsrp: {timers: msec 250 msec 750}, extra: ip pim hello-interval 1000}\n"
            "  20: {mtu: 9216, address: {sw-a: 10.0.20.2/24, sw-b: 10.0.20.3/24}"
            f"{VRRPV3 % ', timers_advertise: 999'}}}"
        ),
        [
            Found("L310", "warning", None, "svis.10"),
            Found("L310", "warning", None, "svis.10.hsrp"),
            Found("L310", "warning", None, "svis.20.vrrpv3"),
        ],
    ),
    "L310: slower timers than usual are nobody's business": (
        "svis: {10: {hsrp: {timers: msec 5000 msec 15000}}}",
        [],
    ),
    "L313: one switch without peer-gateway is a difference of the domains": (
        "domain: {peer_gateway: {sw-a: true, sw-b: false}, layer3_peer_router: false}",
        [],
    ),
    "L313: without a routed VLAN there is nothing to forward": (
        "domain: {peer_gateway: false, layer3_peer_router: false}\nsvis: {10: {shutdown: true}}",
        [],
    ),
    "L314: redirects of IPv6": (
        'svis: {10: {ipv6_redirects: true, ipv6_addresses: {sw-a: "2001:db8::2/64", sw-b: "2001:db8::3/64"}}}',
        [Found("L314", "warning", None, "svis.10")],
    ),
    "L315: other product lines can do it": (
        "model: N7K-C7009\ndomain: {peer_gateway_exclude_vlans: 20}",
        [],
    ),
    "L315: of an unknown model the release tells the product line": (
        "model:\ndomain: {peer_gateway_exclude_vlans: 20}",
        [Found("L315", "warning", None, "domain")],
    ),
    "L315: of an unknown model and release nothing is said": (
        "model:\nrelease:\ndomain: {peer_gateway_exclude_vlans: 20}",
        [],
    ),
    "L316: BGP between the two switches needs no peer-router": (
        "domain: {layer3_peer_router: false}\n"
        + SVI_20 % ""
        + "extra:\n  sw-a: |\n    router bgp 1\n      neighbor 10.0.20.3\n"
        "  sw-b: |\n    router bgp 1\n      neighbor 10.0.20.2\n",
        [],
    ),
    "L316: an interior protocol in a VLAN of a leg that is no gateway may find a router": (
        "domain: {layer3_peer_router: false}\n" + SVI_20 % f", extra: {OSPF}" + ROUTER,
        [Found("L316", "warning", None, "svis.20")],
    ),
    "L316: on a link of two it finds the peer only": (
        "domain: {layer3_peer_router: false}\nvlans: {99: x}\npeer_link: {vlans: [10, 20, 99]}\n"
        f"svis: {{99: {{address: {{sw-a: 198.51.100.1/30, sw-b: 198.51.100.2/30}}, extra: {OSPF}}}}}\n" + ROUTER,
        [],
    ),
    "L317 takes the place of L313": (
        "domain: {peer_gateway: false}",
        [Found("L317", "error", None, "domain")],
    ),
    "L319: passive on the interface": (
        f'svis: {{10: {{extra: "{OSPF}\\nip ospf passive-interface"}}}}\n' + ROUTER,
        [],
    ),
    "L319: passive by default, active on the interface": (
        (
            f'svis: {{10: {{extra: "{OSPF}\\nno ip ospf passive-interface"}}}}\n'
            "extra: |\n  router ospf 1\n    passive-interface default\n"
        ),
        [Found("L319", "warning", None, "svis.10")],
    ),
    "L321: another subnet is no link": (
        (
            "vlans: {99: x}\nvpcs: {11: {vlans: [10, 20, 99]}}\n"
            "svis: {99: {mtu: 9216, address: {sw-a: 198.51.100.1/29, sw-b: 198.51.100.2/29}}}"
        ),
        [],
    ),
    "L322: MTU, where neither end ignores it": (
        "svis: {20: {mtu: {sw-a: 9216, sw-b: 1500}, address: {sw-a: 10.0.20.2/24, sw-b: 10.0.20.3/24},"
        f" extra: {OSPF}}}}}\n" + ROUTER,
        [Found("L322", "error", "sw-a", "svis.20"), Found("L322", "error", "sw-b", "svis.20")],
    ),
    "L322: an end that ignores the MTU": (
        "svis: {20: {mtu: {sw-a: 9216, sw-b: 1500}, address: {sw-a: 10.0.20.2/24, sw-b: 10.0.20.3/24},"
        f' extra: {{sw-a: "{OSPF}\\nip ospf mtu-ignore", sw-b: {OSPF}}}}}}}\n' + ROUTER,
        [],
    ),
    "L322: hellos of two paces": (
        "svis: {20: {mtu: 9216, address: {sw-a: 10.0.20.2/24, sw-b: 10.0.20.3/24}, ospf_hello_interval: {sw-a: 3},"
        f" extra: {OSPF}}}}}\n" + ROUTER,
        [Found("L322", "error", "sw-a", "svis.20"), Found("L322", "error", "sw-b", "svis.20")],
    ),
    "L322: intervals that come to the same": (
        "svis: {20: {mtu: 9216, address: {sw-a: 10.0.20.2/24, sw-b: 10.0.20.3/24}, ospf_dead_interval: {sw-a: 40},"
        f" extra: {OSPF}}}}}\n" + ROUTER,
        [],
    ),
    "L322: cabled ends in two subnets": (
        (
            "interfaces: {Ethernet1/50: {mtu: 9216, address: {sw-a: 198.51.100.1/30, sw-b: 198.51.100.5/30}}}\n"
            "cabling: {sw-a: {Ethernet1/50: sw-b Ethernet1/50}, sw-b: {Ethernet1/50: sw-a Ethernet1/50}}"
        ),
        [
            Found("L322", "error", "sw-a", "interfaces.Ethernet1/50"),
            Found("L322", "error", "sw-b", "interfaces.Ethernet1/50"),
        ],
    ),
    "L323: a switch that relays nowhere": (
        "svis: {10: {dhcp_relay: {sw-a: [192.0.2.53]}}}",
        [Found("L323", "warning", "sw-b", "svis.10")],
    ),
    "L324: ARP inspection, and source guard on a leg": (
        "extra: ip arp inspection vlan 10-20\nvpcs: {11: {extra: ip verify source dhcp-snooping-vlan}}",
        [Found("L324", "warning", None, ""), Found("L324", "warning", None, "vpcs.11")],
    ),
    "L325: of an unknown model the release tells the product line": (
        "model:\nsvis: {10: {extra: ip nat inside}}",
        [Found("L325", "warning", None, "svis.10")],
    ),
    "L325: of an unknown model and release nothing is said": (
        "model:\nrelease:\nsvis: {10: {extra: ip nat inside}}",
        [],
    ),
    "L326: a loopback of one name has an address of its own on each": (
        (
            "extra: |\n  router isis underlay\n    router-id loopback0\n"
            "loopbacks: {0: {address: {sw-a: 192.0.2.201/32, sw-b: 192.0.2.202/32}}}"
        ),
        [],
    ),
    "L326: loopbacks with one address": (
        ("extra: |\n  router isis underlay\n    router-id loopback0\nloopbacks: {0: {address: 192.0.2.201/32}}"),
        [Found("L326", "error", None, "")],
    ),
    "L326: a router-id that the switch finds by itself": ("extra: |\n  router bgp 1\n    router-id auto", []),
    "L326: other VRFs are other processes": (
        (
            "extra:\n  sw-a: |\n    router ospf 1\n      router-id 192.0.2.201\n"
            "  sw-b: |\n    router ospf 1\n      vrf A\n        router-id 192.0.2.201\n"
        ),
        [],
    ),
    "L327: a MAC address on one switch only": (
        "svis: {10: {hsrp: {mac_address: {sw-b: 0200.0000.0a01}}}}",
        [Found("L327", "error", "sw-a", "svis.10.hsrp"), Found("L327", "error", "sw-b", "svis.10.hsrp")],
    ),
}

BACKUP = """
features: [ospf]
interfaces:
  Ethernet1/49: {mtu: 9216, address: {sw-a: 198.51.100.1/31, sw-b: 198.51.100.3/31}, extra: ip router ospf 1 area 0}
"""
JOINED = {
    "a VLAN where both run the protocol": "svis: {10: {extra: ip router ospf 1 area 0}}\n" + ROUTER,
    "a VLAN of two, without any protocol": "vlans: {99: x}\npeer_link: {vlans: [10, 20, 99]}\n"
    "svis: {99: {mtu: 9216, address: {sw-a: 198.51.100.9/30, sw-b: 198.51.100.10/30}}}\n",
    "static routes": "routes: {sw-a: {0.0.0.0/0: 10.0.10.3}, sw-b: {0.0.0.0/0: 10.0.10.2}}\n",
    "BGP between them": "extra:\n  sw-a: |\n    router bgp 1\n      neighbor 10.0.10.3\n"
    "  sw-b: |\n    router bgp 1\n      neighbor 10.0.10.2\n",
}


@pytest.mark.parametrize("case", FOUND)
def test_found(case: str) -> None:
    """Each case has these findings of Layer 3 and no others."""
    text, expected = FOUND[case]
    assert of(judged(text), "L3") == sorted(expected, key=str)


@pytest.mark.parametrize("case", FOUND)
def test_order_of_the_switches(case: str) -> None:
    """Which switch comes first changes nothing."""
    one, other = laid_over(FOUND[case][0])
    assert of(judge([(other, one)])) == of(judge([(one, other)]))


@pytest.mark.parametrize("how", JOINED)
def test_joined(how: str) -> None:
    """Every routed path between the two switches counts as one."""
    assert "L320" in {each.rule for each in of(judged(BACKUP), "L320")}
    assert of(judged(BACKUP + JOINED[how]), "L320") == []


def test_uplinks_without_routing_are_not_judged() -> None:
    """Where nothing tells of a routing protocol on the uplinks, no path between the switches is missed."""
    assert of(judged(BACKUP.replace("extra: ip router ospf 1 area 0", "load_interval: 30")), "L3") == []


def test_the_keepalive_is_no_uplink() -> None:
    """A port in the keepalive's VRF is no way out."""
    ends = "destination: {sw-a: 192.0.2.62, sw-b: 192.0.2.61}, source: {sw-a: 192.0.2.61, sw-b: 192.0.2.62}"
    text = BACKUP.replace("mtu: 9216,", "mtu: 9216, vrf: ka,") + f"vrfs: {{ka: {{}}}}\nkeepalive: {{vrf: ka, {ends}}}\n"
    assert of(judged(text), "L3") == []


def test_vteps_have_a_rule_of_their_own() -> None:
    """The underlay of a VTEP pair is not asked for a path here."""
    assert of(judged(BACKUP + "nve: {source_interface: loopback1}\n"), "L320") == []


def test_running_configurations() -> None:
    """Two running-configs are judged as a pair file is, each at its own line."""
    peers = with_lines(laid_over(""), {"sw-a": "interface Vlan10\n  hsrp 10\n    ip 10.0.10.9\n"})
    findings = [each for each in judge([peers]) if each.rule == "L307"]
    assert {each.switch: each.origin.file for each in findings} == {"sw-a": "sw-a.cfg", "sw-b": "sw-b.cfg"}
    assert all(each.origin.line > 1 for each in findings)


def test_fabricpath_carries_vlans_on_no_port() -> None:
    """With FabricPath an SVI needs no port that names its VLAN."""
    text = "model: N7K-C7009\nvlans: {30: x}\nsvis: {30: {address: {sw-a: 10.0.30.2/24, sw-b: 10.0.30.3/24}}}\n"
    assert "L303" in {each.rule for each in of(judged(text), "L3")}
    assert "L303" not in {each.rule for each in of(judged(text + "domain: {fabricpath_switch_id: 11}\n"), "L3")}


def test_untold_vlans_are_not_missed() -> None:
    """Where a switch says nothing of any VLAN, no SVI is without one."""
    assert of(judged("vlans:\n"), "L303") == []
