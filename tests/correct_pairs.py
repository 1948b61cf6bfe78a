"""Pairs that nothing is wrong with, as different as they can be, for faults to be put into: shapes times trades."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from mlagkit.intent import load_pair, pair_of
from mlagkit.peers import peers_of
from mlagkit.rules.rule import Peers
from tests.pair_files import PAIRS, flow
from tests.rule_examples import BASE

_LEG = "lacp: active, lacp_rate: fast, lacp_graceful_convergence: false, lacp_vpc_convergence: true, mtu: 9216"

SHAPES: Mapping[str, str] = {
    "base": "{}",
    "another domain": "{domain: {id: 77, system_priority: 4000}, peer_link: {port_channel: 100}}",
    "roles exchanged": """
        switches: {sw-a: {role_priority: 16384}, sw-b: {role_priority: 8192}}
        svis: {10: {hsrp: {priority: {sw-a: 90, sw-b: 110}}}}
    """,
    "more VLANs": "{vlans: {30: backup, 31: voice}, vpcs: {11: {vlans: [10, 20, 30, 31]}}}",
    "a third leg": f"""
        vpcs: {{13: {{host: nas-01, members: [Ethernet1/3], mode: trunk, vlans: 20, port_type: edge trunk, {_LEG}}}}}
        hosts: {{nas-01: {{bond: 802.3ad, lacp_rate: fast}}}}
    """,
    "trunks only": "{vpcs: {12: {mode: trunk, vlan: , vlans: 20, port_type: edge trunk}}}",
    "wide legs": "{vpcs: {11: {members: [Ethernet1/1, Ethernet1/11]}, 12: {members: [Ethernet1/2, Ethernet1/12]}}}",
    "a wide peer-link": "{peer_link: {port_channel: 200, members: Ethernet1/51-54}}",
    "other timers": """
        domain: {delay_restore: {vpc: 180, interface_vlan: 120, orphan_port: 180}}
        keepalive: {interval: 2000, timeout: 8}
    """,
    "two gateways": """
        svis:
          20:
            mtu: 9216
            address: {sw-a: 10.0.20.2/24, sw-b: 10.0.20.3/24}
            hsrp: {version: 2, group: 20, address: 10.0.20.1, priority: {sw-a: 110, sw-b: 90}}
    """,
    "a keepalive of its own": """
        vrfs: {keepalive: {description: keepalive}}
        keepalive:
          vrf: keepalive
          destination: {sw-a: 203.0.113.202, sw-b: 203.0.113.201}
          source: {sw-a: 203.0.113.201, sw-b: 203.0.113.202}
        interfaces:
          Ethernet1/48: {vrf: keepalive, address: {sw-a: 203.0.113.201/30, sw-b: 203.0.113.202/30}}
    """,
    "other numbers": "{vlans: {10: one, 20: two}, vpcs: {11: {speed: 10000}}, spanning_tree: {pathcost_method: long}}",
}
"""How big a pair is, and what it calls its parts."""

TRADES: Mapping[str, str] = {
    "servers": "{}",
    "hosts of every kind": """
        spanning_tree: {mode: mst, priority: , mst_priority: {0-1: 4096}, mst: {name: dc1, instances: {1: 2-3967}}}
        interfaces:
          Ethernet1/20: {host: fw-01, mode: access, vlan: 20, port_type: edge, mtu: 9216, orphan_suspend: true}
          Ethernet1/49:
            mtu: 9216
            address: {sw-a: 198.51.100.1/31, sw-b: 198.51.100.3/31}
            extra: ip router ospf 1 area 0.0.0.0
          Ethernet1/50:
            mtu: 9216
            address: {sw-a: 198.51.100.8/31, sw-b: 198.51.100.9/31}
            extra: ip router ospf 1 area 0.0.0.0
        features: [ospf, bgp]
        management: {extra: ip access-group MGMT in}
        extra: |
          router ospf 1
          router bgp 65001
            neighbor 10.0.10.9
              remote-as 65002
          ip access-list MGMT
            10 permit tcp any any eq 22
            30 permit udp 192.0.2.0/24 any eq 3200
        hosts: {fw-01: {bond: active-backup, needs: 20}}
        cabling:
          sw-a: {Ethernet1/53: sw-b Ethernet1/53, Ethernet1/1: web-01 eno1, Ethernet1/20: fw-01 eno1}
          sw-b: {Ethernet1/53: sw-a Ethernet1/53, Ethernet1/1: web-01 eno2, Ethernet1/20: fw-01 eno2}
    """,
    "tunnels": """
        loopbacks:
          1:
            address: {sw-a: 198.51.100.151/32, sw-b: 198.51.100.152/32}
            secondary_addresses: 198.51.100.150/32
        nve:
          source_interface: loopback1
          host_reachability: bgp
          infra_vlans: 3600
          anycast_gateway_mac: 0200.0000.0abc
          vnis: {10010: {ingress_replication: bgp, suppress_arp: true}, 10020: {ingress_replication: bgp}}
        vlans: {10: {vni: 10010}, 20: {vni: 10020}, 3600: underlay}
        port_channels:
          2: {mode: trunk, vlans: 3600, lacp: active, mtu: 9216, port_type: network, members: Ethernet1/45-46}
        svis:
          3600:
            mtu: 9216
            address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.1/31}
            extra: ip router ospf underlay area 0.0.0.0
        features: [ospf]
        extra: router ospf underlay
        spanning_tree: {pseudo_information: {designated_priority: {3600: {sw-a: 8192, sw-b: 16384}}}}
        cabling:
          sw-a: {Ethernet1/45: sw-b Ethernet1/45, Ethernet1/46: sw-b Ethernet1/46}
          sw-b: {Ethernet1/45: sw-a Ethernet1/45, Ethernet1/46: sw-a Ethernet1/46}
    """,
    "tunnels, and no cables between the two": """
        peer_link:
          members:
          lacp:
          virtual:
            destination: {sw-a: 198.51.100.52, sw-b: 198.51.100.51}
            source: {sw-a: 198.51.100.51, sw-b: 198.51.100.52}
        loopbacks:
          0: {address: {sw-a: 198.51.100.51/32, sw-b: 198.51.100.52/32}}
          1:
            address: {sw-a: 198.51.100.151/32, sw-b: 198.51.100.152/32}
            secondary_addresses: 198.51.100.150/32
        interfaces: {Ethernet1/50: {fabric: true, mtu: 9216, address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.2/31}}}
        vlans: {10: {vni: 10010}, 20: {vni: 10020}, 30: {vni: 10030}, 31: {vni: 10031}}
        nve:
          source_interface: loopback1
          host_reachability: bgp
          anycast_gateway_mac: 0200.0000.0abc
          vnis: {10010: {ingress_replication: bgp, suppress_arp: true}, 10020: {ingress_replication: bgp}}
    """,
}
"""What a pair is for."""


def laid_over(below: object, above: object) -> object:
    """Two overlays as one; the second one stands where both speak of the same."""
    if not isinstance(below, dict) or not isinstance(above, dict):
        return {"name": below, **above} if isinstance(below, str) and isinstance(above, dict) else above
    return {**below, **{key: laid_over(below[key], value) if key in below else value for key, value in above.items()}}


def _made() -> dict[str, Peers]:
    made = {}
    for shape, words in SHAPES.items():
        for trade, more in TRADES.items():
            text = flow(laid_over(yaml.safe_load(words), yaml.safe_load(more)))
            made[f"{shape}, {trade}"] = peers_of(pair_of(text, f"{shape}, {trade}", BASE))
    return made


CORRECT: Mapping[str, Peers] = _made()
"""Pairs in which no rule finds anything, by name."""


_APART = frozenset({"per-switch", "site"})

FILES: Mapping[str, Peers] = {
    path.parent.name: peers_of(load_pair(path)) for path in PAIRS if path.parent.name not in _APART
}
"""The pair files of the project, which may have findings of their own."""

APART: Mapping[str, Peers] = {
    path.parent.name: peers_of(load_pair(path)) for path in PAIRS if path.parent.name in _APART
}
"""Files that are right in few points: the switches of one differ in everything, the other one needs its site."""
