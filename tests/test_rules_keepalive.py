"""The rules of the keepalive where they are hard: effective values, what is not known, what another rule says."""

from __future__ import annotations

import pytest

from mlagkit.finding import Severity
from mlagkit.rules import judge
from tests.rule_cases import Case

ENDS = """
keepalive:
  vrf: keepalive
  destination: {sw-a: 198.51.100.2, sw-b: 198.51.100.1}
  source: {sw-a: 198.51.100.1, sw-b: 198.51.100.2}
"""
OWN_VRF = f"{ENDS}vrfs: {{keepalive: {{description: keepalive}}}}\n"
LINK = "description: keepalive, vrf: keepalive, address: {sw-a: 198.51.100.1/30, sw-b: 198.51.100.2/30}"
ON_PORT = f"{OWN_VRF}interfaces:\n  Ethernet1/48: {{{LINK}}}\n"
ON_SVI = f"{OWN_VRF}vlans: {{99: keepalive}}\nsvis: {{99: {{{LINK}, mtu: 9216}}}}\n"
ON_PEER_LINK = f'{ON_SVI}peer_link: {{vlans: "10,20,99"}}\n'
ON_LOOPBACKS = """
keepalive:
  vrf: default
  destination: {sw-a: 198.51.100.12, sw-b: 198.51.100.11}
  source: {sw-a: 198.51.100.11, sw-b: 198.51.100.12}
loopbacks: {0: {address: {sw-a: 198.51.100.11/32, sw-b: 198.51.100.12/32}}}
"""
ROUTED = f"{ON_LOOPBACKS}interfaces: {{Ethernet1/49: {{address: {{sw-a: 203.0.113.1/31, sw-b: 203.0.113.3/31}}}}}}\n"
NO_MGMT0 = "interface mgmt0\n  no ip address 192.0.2.11/24\n"
ACCESS_LIST = "management: {extra: ip access-group MGMT in}\nextra: |\n  ip access-list MGMT\n"
CHASSIS = "model: N9K-C9508\npeer_link: {members: [Ethernet1/53, Ethernet2/53]}\n"
OTHER = "pair: other\nswitches: {sw-c: {management: 192.0.2.13/24}, sw-d: {management: 192.0.2.14/24}}\nsvis:\n"

LOOPBACKS = """
keepalive:
  vrf: keepalive
  destination: {sw-a: 198.51.100.92, sw-b: 198.51.100.91}
  source: {sw-b: 198.51.100.92}
vrfs: {keepalive: {routes: {sw-a: {198.51.100.92/32: NEXT}, sw-b: {198.51.100.91/32: 198.51.100.1}}}}
loopbacks: {9: {vrf: keepalive, address: {sw-a: 198.51.100.91/32, sw-b: 198.51.100.92/32}}}
interfaces:
  Ethernet1/47: {vrf: keepalive, address: {sw-a: 198.51.100.1/30, sw-b: 198.51.100.2/30}}
  Ethernet1/48: {vrf: keepalive, address: {sw-a: 198.51.100.5/30, sw-b: 198.51.100.6/30}}
"""

BOTH_11 = "KA11 sw-a keepalive, KA11 sw-b keepalive"

THE_LINE = [
    Case("KA01: a line with a word that nobody knows is there", "", "", "vpc domain 10\n  peer-keepalive for a"),
    Case("KA01: no domain needs no keepalive", "domain:\nkeepalive:\npeer_link:\nvpcs:"),
    Case(
        "KA02: both send to the same third address",
        "keepalive: {destination: 192.0.2.99, source: {sw-a: 192.0.2.11, sw-b: 192.0.2.12}}",
        "KA02 sw-a keepalive, KA02 sw-b keepalive",
    ),
    Case(
        "KA02: without a source and an address of mgmt0, the peer's destination can't be judged",
        "",
        "",
        f"{NO_MGMT0}vpc domain 10\n  peer-keepalive destination 192.0.2.12",
    ),
    Case(
        "KA02: without a source it is the address of mgmt0",
        "",
        "KA02 sw-b keepalive",
        "interface mgmt0\n  ip address 192.0.2.15/24\nvpc domain 10\n  peer-keepalive destination 192.0.2.12",
    ),
    Case(
        "KA02: without a source it is the address of the interface that the route leads to",
        LOOPBACKS.replace("NEXT", "198.51.100.2"),
        "KA02 sw-b keepalive",
    ),
    Case(
        "KA02: where a routing protocol runs a static route does not tell",
        f"{LOOPBACKS}features: [ospf]\nextra: |\n  router ospf 1\n    vrf keepalive\n".replace("NEXT", "198.51.100.2"),
    ),
    Case(
        "KA02: two equal routes don't tell which address that is",
        LOOPBACKS.replace("NEXT", "[198.51.100.2, 198.51.100.6]"),
    ),
    Case(
        "KA02: two routes by one interface do",
        LOOPBACKS.replace("NEXT", "[198.51.100.2, Ethernet1/47 198.51.100.2]"),
        "KA02 sw-b keepalive",
    ),
    Case(
        "KA03: the line of the peer, whose source the switch lacks",
        "keepalive: {destination: 192.0.2.12, source: 192.0.2.11}",
        "KA03 sw-b keepalive, KA05 sw-b keepalive",
    ),
    Case(
        "KA03: an address of the switch in another VRF may be the peer's in this one",
        "vrfs: {lab: {description: lab}}\ninterfaces: {sw-a: {Ethernet1/48: {vrf: lab, address: 192.0.2.12/24}}}",
    ),
    Case("KA10: a VRF that is not named is management", "keepalive: {vrf: {sw-a: management, sw-b: }}"),
    Case(
        "KA13: link-local addresses",
        """
keepalive:
  destination: {sw-a: "fe80::12", sw-b: "fe80::11"}
  source: {sw-a: "fe80::11", sw-b: "fe80::12"}
management: {ipv6_addresses: {sw-a: "fe80::11/64", sw-b: "fe80::12/64"}}
""",
        "KA13 sw-a keepalive, KA13 sw-a keepalive, KA13 sw-b keepalive, KA13 sw-b keepalive",
    ),
    Case("KA14: different ports", "keepalive: {udp_port: {sw-a: 3201, sw-b: 3200}}", "KA14 both keepalive"),
    Case("KA14: the default said on one switch is no difference", "keepalive: {interval: {sw-a: 1000, sw-b: }}"),
    Case("KA15: three intervals are enough", "keepalive: {interval: 5000, timeout: 15}"),
    Case("KA15: a little less is not", "keepalive: {interval: 5000, timeout: 14}", "KA15 both keepalive"),
    Case("KA16: a hold-timeout beyond the default", "keepalive: {hold_timeout: 5}", "KA16 both keepalive"),
    Case("KA16: a short timeout", "keepalive: {timeout: 3}", "KA16 both keepalive"),
]

REACH = [
    Case(
        "KA04: a VRF that interfaces name makes no VRF",
        f"{ENDS}interfaces: {{Ethernet1/48: {{{LINK}}}}}",
        "KA04 both keepalive",
    ),
    Case(
        "KA04: a VRF of one switch only",
        f"{ENDS}vrfs: {{sw-a: {{keepalive: {{description: keepalive}}}}}}\ninterfaces: {{Ethernet1/48: {{{LINK}}}}}",
        "KA04 sw-b keepalive",
    ),
    Case(
        "KA05: the source stands on a port of another VRF",
        ON_PORT.replace(" vrf: keepalive, address", " address"),
        "KA05 sw-a keepalive, KA05 sw-b keepalive",
    ),
    Case("KA05: mgmt0 may have its address by DHCP", "", "", f"{NO_MGMT0}  ip address dhcp"),
    Case(
        "KA05: the source is a secondary address",
        f"""{OWN_VRF}
interfaces:
  Ethernet1/48:
    description: keepalive
    vrf: keepalive
    address: {{sw-a: 192.0.2.129/30, sw-b: 198.51.100.2/30}}
    secondary_addresses: {{sw-a: 198.51.100.1/30}}
""",
    ),
    Case("KA11: no route between loopbacks", ROUTED, f"{BOTH_11}, KA09 both keepalive"),
    Case("KA11: a protocol may bring the route", f"{ROUTED}extra: |\n  router ospf 1\n    log", "KA09 both keepalive"),
    Case(
        "KA11: a static route leads there",
        f"{ROUTED}routes: {{0.0.0.0/0: {{sw-a: 203.0.113.0, sw-b: 203.0.113.2}}}}",
        "KA09 both keepalive",
    ),
    Case(
        "KA11: a route into nothing leads nowhere",
        f'{ROUTED}routes: {{198.51.100.0/24: "Null0"}}',
        f"{BOTH_11}, KA09 both keepalive",
    ),
    Case(
        "KA11: a protocol in another VRF brings no route here, and a mask is wrong",
        f"{ON_PORT.replace('100.2/30', '100.2/31')}extra: |\n  router ospf 1\n    vrf tenant",
        "KA11 sw-b keepalive",
    ),
    Case("KA11: mgmt0 of another subnet with the gateway", "switches: {sw-b: {management: 203.0.113.12/24}}"),
    Case(
        "KA11: mgmt0 of another subnet without one",
        "switches: {sw-b: {management: 203.0.113.12/24}}\nmanagement: {gateway: }",
        BOTH_11,
    ),
    Case("KA17: an access list that is not there", "management: {extra: ip access-group NONE in}"),
    Case("KA17: one on the way out", f"{ACCESS_LIST.replace(' in', ' out')}    10 deny ip any any"),
    Case("KA17: one that permits everything", f"{ACCESS_LIST}    10 permit ip any any"),
    Case(
        "KA17: one that refuses the peer before it permits",
        f"{ACCESS_LIST}    10 deny udp host 192.0.2.12 any\n    20 permit ip any any",
        "KA17 sw-a management",
    ),
]

PATH = [
    Case(
        "KA06: the port is shut down",
        ON_PORT.replace("{description: keepalive, vrf", "{shutdown: true, vrf"),
        "KA06 both interfaces.Ethernet1/48",
    ),
    Case(
        "KA06: a port-channel without members",
        f"{OWN_VRF}port_channels: {{48: {{{LINK}}}}}",
        "KA06 both port_channels.48",
    ),
    Case(
        "KA06: a port-channel whose members are all shut down",
        f"{OWN_VRF}port_channels: {{48: {{{LINK}, members: {{Ethernet1/47: {{shutdown: true}}}}}}}}",
        "KA06 both port_channels.48",
    ),
    Case(
        "KA06: a port-channel of which one member is up",
        f"{OWN_VRF}port_channels: {{48: {{{LINK}, members: {{Ethernet1/47: {{shutdown: true}}, Ethernet1/48: }}}}}}",
    ),
    Case(
        "KA06: the port of a subinterface is shut down",
        f"""{OWN_VRF}
interfaces:
  Ethernet1/48: {{mode: routed, shutdown: true}}
  Ethernet1/48.5: {{{LINK}, encapsulation: 5}}
""",
        "KA06 both interfaces.Ethernet1/48",
    ),
    Case("KA07: only the peer-link carries the VLAN", ON_PEER_LINK, "KA07 both keepalive"),
    Case(
        "KA07: another trunk of one switch leads nowhere",
        f"{ON_PEER_LINK}interfaces: {{sw-a: {{Ethernet1/48: {{mode: trunk, vlans: 99}}}}}}",
        "KA07 both keepalive",
    ),
    Case(
        "KA07: an edge port, a port that is shut down and a vPC leg connect no switches",
        f"""{ON_PEER_LINK}
interfaces:
  Ethernet1/47: {{mode: access, vlan: 99, port_type: edge}}
  Ethernet1/48: {{mode: access, vlan: 99, shutdown: true}}
vpcs: {{11: {{vlans: [10, 20, 99]}}}}
""",
        "KA07 both keepalive",
    ),
    Case(
        "KA07: a route leads over an SVI of the peer-link",
        f"{ON_LOOPBACKS}routes: {{198.51.100.8/29: {{sw-a: 10.0.10.3, sw-b: 10.0.10.2}}}}",
        "KA07 both keepalive, KA09 both keepalive",
    ),
    Case(
        "KA08: another trunk between the two may carry the VLAN, too",
        f"{ON_PEER_LINK}interfaces: {{Ethernet1/48: {{mode: trunk, vlans: 99}}}}",
        "KA08 both keepalive",
    ),
    Case("KA08: the VLAN is not on the peer-link", f'{ON_SVI}peer_link: {{vlans: "10,20"}}', "KA08 both keepalive"),
    Case(
        "KA08: a peer-link without ports runs through the fabric",
        f"""{ON_SVI}
peer_link:
  members:
  vlans: "10,20,99"
  virtual:
    destination: {{sw-a: 203.0.113.12, sw-b: 203.0.113.11}}
    source: {{sw-a: 203.0.113.11, sw-b: 203.0.113.12}}
""",
        "KA08 both keepalive",
    ),
]

FATE = [
    Case(
        "KA12: links of two pairs in one subnet",
        f"{ON_PORT}\n---\n{OTHER}domain: {{id: 11}}{ON_PORT.replace('sw-a', 'sw-c').replace('sw-b', 'sw-d')}",
        "KA12 sw-a keepalive, KA12 sw-b keepalive, KA12 sw-c keepalive, KA12 sw-d keepalive",
    ),
    Case(
        "KA12: an address in a VRF of another name",
        f"""pair: base
---
{OTHER}domain: {{id: 11}}
vrfs: {{lab: {{description: lab}}}}
interfaces: {{sw-c: {{Ethernet1/48: {{vrf: lab, address: 192.0.2.11/24}}}}}}
""",
    ),
    Case(
        "KA12: an address of no keepalive on another switch",
        f"""pair: base
---
{OTHER}domain: {{id: 11}}
vrfs: {{keepalive: {{description: keepalive}}}}
keepalive:
  vrf: keepalive
  destination: {{sw-c: 198.51.100.2, sw-d: 198.51.100.1}}
  source: {{sw-c: 198.51.100.1, sw-d: 198.51.100.2}}
interfaces:
  Ethernet1/48: {{vrf: keepalive, address: {{sw-c: 198.51.100.1/30, sw-d: 198.51.100.2/30}}}}
""".replace("192.0.2.13/24", "192.0.2.12/24"),
        "KA12 sw-b keepalive",
    ),
    Case(
        "KA18: a small network on a switch with one supervisor",
        "management: {gateway: }\nswitches: {sw-a: {management: 192.0.2.13/30}, sw-b: {management: 192.0.2.14/30}}",
    ),
    Case("KA19: slots of a fixed switch are no modules", ON_PORT),
    Case(
        "KA19: a lane of the port of a peer-link member",
        ON_PORT.replace("1/48", "1/54/2") + "peer_link: {members: [Ethernet1/53/1, Ethernet1/54/1]}",
        "KA19 both keepalive",
    ),
    Case(
        "KA19: a keepalive over two modules",
        f"{CHASSIS}{OWN_VRF}port_channels: {{48: {{{LINK}, lacp: active, members: [Ethernet1/48, Ethernet2/48]}}}}",
    ),
    Case(
        "KA19: a keepalive in one module of the peer-link",
        f"{CHASSIS}{OWN_VRF}port_channels: {{48: {{{LINK}, lacp: active, members: [Ethernet1/47, Ethernet1/48]}}}}",
        "KA19 both keepalive",
    ),
    Case(
        "KA19: ports of two slots in use show that there are modules",
        f"{CHASSIS.replace('N9K-C9508', '')}{ON_PORT}",
        "KA19 both keepalive",
    ),
    Case("KA19: mgmt0 is in no module", CHASSIS),
    Case("KA20: mgmt0 leads to the peer", "cabling: {sw-a: {mgmt0: sw-b mgmt0}, sw-b: {mgmt0: sw-a mgmt0}}"),
    Case("KA20: where one of them leads is not known", "cabling: {sw-a: {mgmt0: oob-1 Gi1/0/1}}"),
    Case("KA20: it runs elsewhere", f"{ON_PORT}cabling: {{sw-a: {{mgmt0: oob-1 1}}, sw-b: {{mgmt0: oob-1 2}}}}"),
]


@pytest.mark.parametrize("case", [*THE_LINE, *REACH, *PATH, *FATE], ids=lambda case: case.why)
def test_keepalive(case: Case) -> None:
    """The keepalive's rules say of the pair exactly what is wrong with it, on the switch that it is wrong on."""
    assert case.said({"KA"}) == case.expected


@pytest.mark.parametrize(
    ("yaml", "severity"),
    [
        ("keepalive: {interval: 10000, timeout: 10}", Severity.ERROR),
        ("keepalive: {interval: 10000, timeout: 11}", Severity.WARNING),
        (FATE[0].yaml, Severity.WARNING),
        (f"pair: base\n---\n{OTHER.replace('2.13/', '2.12/')}domain: {{id: 11}}", Severity.ERROR),
    ],
)
def test_severity(yaml: str, severity: Severity) -> None:
    """KA15 is an error where no hello need arrive in time, KA12 where the address can be reached by others."""
    assert {finding.severity for finding in judge(Case("", yaml).pairs) if finding.rule in ("KA12", "KA15")} == {
        severity
    }


def test_fix() -> None:
    """A fix is the key and what to write there: the peer's source, three intervals; none where none is allowed."""
    fixes = {
        "keepalive: {interval: 5000, timeout: 14}": ["timeout: 15"],
        "keepalive: {interval: 7000, timeout: 20}": [""],
        THE_LINE[2].yaml: ["destination: 192.0.2.12", "destination: 192.0.2.11"],
    }
    for yaml, expected in fixes.items():
        assert [finding.fix for finding in judge(Case("", yaml).pairs) if finding.rule in ("KA02", "KA15")] == expected
