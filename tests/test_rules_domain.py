"""The rules of the domain where they are hard: effective values, platforms, what is not known, pairs of a site."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mlagkit.rules import judge
from tests.rule_cases import Case

N5K = "model: N5K-C5548UP\nrelease: 7.3(7)N1(1)\n"
UNKNOWN = "model:\nrelease:\n"
OTHER = "pair: other\nswitches: {sw-c: {management: 192.0.2.13/24}, sw-d: {management: 192.0.2.14/24}}\n"
UPLINK = "Ethernet1/49: {address: {sw-a: 203.0.113.1/31, sw-b: 203.0.113.3/31}}"
NO_SVI = "svis:\n"

IDENTITY = [
    Case("DO01: LACP without its feature", "features: {lacp: false}", "DO01 both"),
    Case(
        "DO01: without LACP its feature is not needed",
        """
features: {lacp: false}
peer_link: {lacp: on}
vpcs: {11: {lacp: on, lacp_rate: }, 12: {lacp: on, lacp_rate: }}
""",
    ),
    Case("DO06: the default said on one switch is no difference", "domain: {system_priority: {sw-a: 32667}}"),
    Case(
        "DO07: an address on one switch only",
        "domain: {system_mac: {sw-a: 0200.0000.0101}}",
        "DO07 sw-a domain, DO07 sw-b domain",
    ),
    Case("DO07: the derived address said on one switch", "domain: {system_mac: {sw-a: 0023.04ee.be0a}}"),
    Case("DO07: derived addresses differ with the numbers", "domain: {id: {sw-a: 1, sw-b: 2}}", "DO02 both domain"),
    Case("DO16: off on one switch", "domain: {graceful_consistency_check: {sw-b: false}}", "DO16 sw-b domain"),
    Case("DO20: an option of one switch", "domain: {peer_gateway: {sw-a: true, sw-b: false}}", "DO20 both domain"),
    Case("DO20: peer-switch has a rule of its own", "domain: {peer_switch: {sw-a: true, sw-b: false}}"),
    Case("DO20: numbers of tracked objects are the switch's own", "domain: {track: {sw-a: 1, sw-b: 2}}"),
    Case("DO20: only one switch tracks", "domain: {track: {sw-a: 1}}", "DO20 sw-a domain, DO20 sw-b domain"),
]

RECOVERY = [
    Case(
        "DO09: the default said on one switch is a tie",
        "switches: {sw-a: {role_priority: 32667}, sw-b: {role_priority: }}",
        "DO09 sw-a domain, DO09 sw-b domain",
    ),
    Case("DO10: off by default on N9K", "domain: {auto_recovery: }", "DO10 both domain"),
    Case("DO10: on by default on N5K", f"{N5K}domain: {{auto_recovery: }}"),
    Case(
        "DO10: not yet on by default on an early N5K",
        "model: N5K-C5548UP\nrelease: 5.0(2)N2(1)\ndomain: {auto_recovery: }",
        "DO10 both domain",
    ),
    Case(
        "DO10: an early release of an N5K and no model",
        "model:\nrelease: 5.2(1)N1(9)\ndomain: {auto_recovery: }",
        "DO10 both domain",
    ),
    Case("DO10: a release of an N7K and no model", "model:\nrelease: 8.4(2)\ndomain: {auto_recovery: }"),
    Case("DO10: neither model nor release", f"{UNKNOWN}domain: {{auto_recovery: }}", "DO10 both domain"),
    Case("DO10: on because its delay is said", "domain: {auto_recovery: , auto_recovery_reload_delay: 300}"),
    Case("DO10: off on one switch", "domain: {auto_recovery: {sw-a: true, sw-b: false}}", "DO10 sw-b domain"),
    Case(
        "DO12: a delay that does not count",
        "domain: {auto_recovery: false, auto_recovery_reload_delay: 100}",
        "DO10 both domain",
    ),
    Case("DO12: too long", "domain: {auto_recovery_reload_delay: 3601}", "DO12 both domain"),
    Case("DO13, DO14: a switch without SVIs", f"domain: {{delay_restore: {{vpc: 10}}}}\n{NO_SVI}"),
    Case("DO13, DO14: an SVI that is shut down", "domain: {delay_restore: {vpc: 10}}\nsvis: {10: {shutdown: true}}"),
    Case(
        "DO13: a routing protocol without SVIs",
        f"domain: {{delay_restore: {{vpc: 59}}}}\n{NO_SVI}extra: router bgp 65001",
        "DO13 both domain",
    ),
    Case("DO13: 60 seconds", "domain: {delay_restore: {vpc: 60, interface_vlan: 30}}"),
    Case("DO17: an SVI of a VLAN that is on no vPC", 'domain: {ip_arp_synchronize: false}\npeer_link: {vlans: "20"}'),
    Case("DO17: no IPv6", "domain: {ipv6_nd_synchronize: false}"),
    Case(
        "DO17: an SVI with IPv6",
        """
domain: {ipv6_nd_synchronize: false}
svis: {10: {ipv6_addresses: {sw-a: "2001:db8::2/64", sw-b: "2001:db8::3/64"}}}
""",
        "DO17 both domain",
    ),
    Case(
        "DO19: a VLAN that a leg allows and that does not exist",
        "domain: {dual_active_exclude_vlans: 30}\nvpcs: {11: {vlans: [10, 20, 30]}}",
    ),
    Case("DO19: the VLAN of an access leg", "domain: {dual_active_exclude_vlans: 20}", "DO19 both domain"),
    Case(
        "DO21: one switch tracks, the other does not recover",
        "domain: {track: {sw-a: 1}, auto_recovery: {sw-a: true, sw-b: false}}",
        "DO20 sw-a domain, DO20 sw-b domain, DO21 sw-b domain",
    ),
    Case(
        "DO21: its own auto-recovery is DO10's",
        "domain: {track: {sw-a: 1}, auto_recovery: {sw-a: false, sw-b: true}}",
        "DO10 sw-a domain, DO20 sw-a domain, DO20 sw-b domain",
    ),
    Case("DO25: no SVI", f"domain: {{fast_convergence: false}}\n{NO_SVI}"),
    Case("DO25: a release that lacks it", "release: 7.0(3)I5(1)\ndomain: {fast_convergence: false}"),
    Case("DO25: another product line", f"{N5K}domain: {{fast_convergence: false}}"),
]

HARDWARE = [
    Case("DO22: slots of a fixed switch are no modules", f"interfaces: {{{UPLINK}}}"),
    Case("DO22: an uplink in another module", f"{UNKNOWN}interfaces: {{{UPLINK.replace('1/49', '2/49')}}}"),
    Case("DO22: no uplink", f"{UNKNOWN}vpcs: {{11: {{members: [Ethernet2/1]}}}}"),
    Case(
        "DO22: the keepalive's port is no uplink",
        """
model: N9K-C9504
vrfs: {keepalive: {description: keepalive}}
keepalive:
  vrf: keepalive
  destination: {sw-a: 198.51.100.2, sw-b: 198.51.100.1}
  source: {sw-a: 198.51.100.1, sw-b: 198.51.100.2}
interfaces:
  Ethernet1/48: {vrf: keepalive, address: {sw-a: 198.51.100.1/30, sw-b: 198.51.100.2/30}}
""",
    ),
    Case("DO22: all in one module of a chassis", f"model: N9K-C9504\ninterfaces: {{{UPLINK}}}", "DO22 both domain"),
    Case(
        "DO22: an uplink of members and a subinterface",
        """
model: N9K-C9504
port_channels: {49: {members: [Ethernet1/49], address: {sw-a: 203.0.113.1/31, sw-b: 203.0.113.3/31}}}
interfaces:
  Ethernet2/1: {mode: routed}
  Ethernet2/1.5: {encapsulation: 5, address: {sw-a: 203.0.113.5/31, sw-b: 203.0.113.7/31}}
""",
    ),
    Case("DO23: two spellings of one model", "model: {sw-a: N9K-C93180YC-FX, sw-b: Nexus9000 C93180YC-FX}"),
    Case("DO23: two chassis of the 9500", "model: {sw-a: N9K-C9504, sw-b: N9K-C9508}"),
    Case("DO23: fixed and modular", "model: {sw-a: N9K-C93180YC-FX, sw-b: N9K-C9504}", "DO23 both"),
    Case("DO23: two product lines", "model: {sw-a: N9K-C92160YC-X, sw-b: N3K-C3172PQ}", "DO23 both"),
    Case("DO23: one model is not known", "model: {sw-a: N9K-C93180YC-FX}"),
    Case(
        "DO23: other cards in one slot",
        "model: N9K-C9504\nline_cards: {1: N9K-X9736C-FX, 2: {sw-a: N9K-X9736C-FX, sw-b: N9K-X97160YC-EX}}",
        "DO23 both",
    ),
    Case(
        "DO23: one card in two spellings, and slots that one switch alone tells of",
        "model: N9K-C9504\nline_cards: {sw-a: {1: N9K-X9736C-FX, 2: one}, sw-b: {1: n9k-x9736c-fx, 3: other}}",
    ),
    Case(
        "DO23: cards of a Nexus 7000, whose types may be mixed",
        "model: N7K-C7010\nline_cards: {1: {sw-a: N7K-M148GT-11, sw-b: N7K-F132XP-15}}",
    ),
    Case("DO24: one release is not known", 'release: {sw-a: "10.3(5)"}'),
]

SITE = [
    Case(
        "DO04: a routed port leads there",
        f"""interfaces: {{{UPLINK}}}
cabling: {{sw-a: {{Ethernet1/49: sw-c Ethernet1/49}}}}
---
{OTHER}{NO_SVI}
""",
    ),
    Case(
        "DO04: cabled, and of one VLAN and subnet, too",
        f"""cabling: {{sw-a: {{Ethernet1/1: sw-d Ethernet1/1}}}}
---
{OTHER}svis: {{10: {{address: {{sw-c: 10.0.10.4/24, sw-d: 10.0.10.5/24}}}}}}
""",
        "DO04 both domain, DO04 both domain",
    ),
    Case(
        "DO04: a system address of its own is another",
        f"""cabling: {{sw-a: {{Ethernet1/1: sw-c Ethernet1/1}}}}
domain: {{system_mac: 0200.0000.0101}}
---
{OTHER}{NO_SVI}
""",
    ),
    Case("DO05: nothing tells that they are close", f"pair: base\n---\n{OTHER}{NO_SVI}"),
    Case(
        "DO05: the same addresses are another network",
        f"pair: base\n---\n{OTHER}svis: {{10: {{address: {{sw-c: 10.0.10.2/24}}}}}}",
    ),
    Case(
        "DO05: a VXLAN segment",
        f"""pair: base
vlans: {{10: {{vni: 10010}}}}
---
{OTHER}
svis: {{10: {{address: {{sw-c: 10.0.10.4/24, sw-d: 10.0.10.5/24}}}}}}
""",
    ),
    Case(
        "DO05: over a switch that both are cabled to",
        f"""cabling: {{sw-a: {{Ethernet1/1: access-1 Gi1/1}}}}
---
{OTHER}{NO_SVI}cabling: {{sw-d: {{Ethernet1/2: access-1 Gi1/2}}}}
""",
        "DO05 both domain, DO05 both domain",
    ),
    Case(
        "DO05: over a host that both are cabled to",
        f"""cabling: {{sw-a: {{Ethernet1/1: web-01 eno1}}}}
---
{OTHER}{NO_SVI}cabling: {{sw-d: {{Ethernet1/2: web-01 eno2}}}}
""",
    ),
    Case(
        "DO08: the address that the other derives",
        f"domain: {{system_mac: 0023.04ee.be0b}}\n---\n{OTHER}{NO_SVI}domain: {{id: 11}}",
        "DO08 both domain, DO08 both domain",
    ),
]


@pytest.mark.parametrize("case", [*IDENTITY, *RECOVERY, *HARDWARE, *SITE], ids=lambda case: case.why)
def test_domain(case: Case) -> None:
    """The domain's rules say of the pair exactly what is wrong with it, on the switch that it is wrong on."""
    assert case.said({"DO"}) == case.expected


def test_number_beyond_the_range() -> None:
    """DO03 is for what no pair file can say: a number that the switch refuses."""
    one, other = Case("", "").pairs[0]
    assert one.domain
    far = replace(one, domain=replace(one.domain, id=1001))
    assert "DO03" in {finding.rule for finding in judge([(far, other)])}
    edge = replace(one, domain=replace(one.domain, id=1000))
    assert "DO03" not in {finding.rule for finding in judge([(edge, other)])}


def test_fix() -> None:
    """A fix is the key and what to write: the nearest delay, the list without the VLANs, priorities for both."""
    fixes = {
        "domain: {auto_recovery_reload_delay: 100}": ["auto_recovery_reload_delay: 240"],
        "domain: {auto_recovery_reload_delay: 4000}": ["auto_recovery_reload_delay: 3600"],
        "domain: {dual_active_exclude_vlans: '10,30-31'}": ["dual_active_exclude_vlans: 30-31"],
        "switches: {sw-b: {role_priority: 8192}}": [
            "switches: {sw-a: {role_priority: 8192}, sw-b: {role_priority: 16384}}",
            "switches: {sw-a: {role_priority: 8192}, sw-b: {role_priority: 16384}}",
        ],
    }
    for yaml, expected in fixes.items():
        assert [each.fix for each in judge(Case("", yaml).pairs) if each.rule in ("DO09", "DO12", "DO19")] == expected


def test_a_site_names_some() -> None:
    """Where many pairs share a system address, each is told once, with the names of some others."""
    mac = "domain: {system_mac: 0200.0000.0101}"
    ends = "x{n}: {{management: 192.0.2.{n}/24}}, y{n}: {{management: 192.0.2.1{n}/24}}"
    others = [f"pair: p{n}\nswitches: {{{ends.format(n=n)}}}\n{mac}" for n in range(50, 57)]
    site = Case("", "\n---\n".join([mac, *others]))
    found = [finding.message for finding in judge(site.pairs) if finding.rule == "DO08"]
    assert len(found) == 8
    assert found[0].endswith("which is also that of p50, p51, p52, p53, p54 and 2 more")


def test_findings_of_both_orders_are_one() -> None:
    """What is at one place for both switches is said once, whichever of them comes first."""
    one, other = Case("", "domain: {auto_recovery: false, delay_restore: {vpc: 30}}").pairs[0]
    here, there = judge([(one, other)]), judge([(other, one)])
    assert sorted((each.rule, each.message) for each in here) == sorted((each.rule, each.message) for each in there)
    assert [each.rule for each in here if each.rule in ("DO10", "DO13")] == ["DO10", "DO13"]
