"""VXLAN: the cases in which a rule must speak, and those in which it must not."""

from __future__ import annotations

import pytest

from mlagkit.rules import judge
from tests.judged import Told, found, laid_over, running

_LINK = "interfaces: {Ethernet1/50: {address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.1/31}}}\n"
_PIP = "address: {sw-a: 198.51.100.151/32, sw-b: 198.51.100.152/32}"
_LOOPBACK = f"loopbacks: {{1: {{{_PIP}, secondary_addresses: 198.51.100.150/32}}}}\n"
_NVE = "nve: {source_interface: loopback1}\n"
_TUNNEL = f"{_LOOPBACK}{_NVE}{_LINK}"
_UNDERLAY = f"{_LOOPBACK}{_NVE}vlans: {{3600: underlay}}\npeer_link: {{vlans: [10, 20, 3600]}}\n"
_SVI = "svis: {3600: {address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.1/31}}}\n"
_VNI = "vlans: {10: {vni: 10010}, 20: {vni: 10020}}\n"
_ENDS = "destination: {sw-a: 198.51.100.52, sw-b: 198.51.100.51}, source: {sw-a: 198.51.100.51, sw-b: 198.51.100.52}"
_FABRIC = f"{_VNI}peer_link: {{members: , lacp: , virtual: {{{_ENDS}}}}}\n"
_UPLINK = "fabric: true, address: {sw-a: 203.0.113.0/31, sw-b: 203.0.113.2/31}"
_UNUSED = _FABRIC.replace("virtual", "vlans: all, native_vlan: 30, virtual").replace(
    "{vni: 10020}", "{vni: 10020}, 30: {}"
)
_ONE_MARKED = "Ethernet1/50: {fabric: true}, Ethernet1/51: {}"
_TAGGED = "encapsulation: 7, address: 192.0.2.129/31"
_BGP = "extra: |\n  router bgp 65001\n    address-family l2vpn evpn\n"
_TENANT = "loopbacks: {9: {vrf: t, address: 192.0.2.99/32}}\n"
_BORROWED = "svis: {3600: {mtu: 9216, ip_unnumbered: loopback0}}\n"
_GATEWAYS = f"loopbacks: {{2: {{address: 198.51.100.250/32}}, {_LOOPBACK[12:-2]}}}\n{_LINK}"
_MULTISITE = "nve: {source_interface: loopback1, multisite_interface: loopback2}\n"
_SITE = "extra: {{sw-a: evpn multisite border-gateway {}, sw-b: evpn multisite border-gateway {}}}\n"
_L3VNI = "vlans: {3999: {vni: 50001}}\nnve: {vnis: {50001: {associate_vrf: true}}}\n"
_OF_IPV4 = "vrfs: {t: {vni: 50001, families: {ipv4: {route_targets: [both auto, both auto evpn]}}}}\n"
_OUTSIDE = "    vrf t\n      neighbor 192.0.2.1\n        remote-as 65002\n"

CASES: dict[str, tuple[str, Told]] = {
    "all is well": (_TUNNEL, set()),
    "no loopback": (f"{_NVE}{_LINK}", {("VX01", "error", None, "nve")}),
    "a shared address on one": (
        f"loopbacks: {{1: {{{_PIP}, secondary_addresses: {{sw-a: 198.51.100.150/32}}}}}}\n{_NVE}{_LINK}",
        {("VX01", "error", "sw-b", "loopbacks.1")},
    ),
    "IPv6 alone": (
        "loopbacks: {1: {ipv6_addresses: {sw-a: '2001:db8::1/128', sw-b: '2001:db8::2/128'}}}\n" + _NVE + _LINK,
        set(),
    ),
    "an NVE interface without a source": ("nve: {vnis: {10010: }}", set()),
    "an NVE interface that is shut on both": ("nve: {source_interface: loopback1, shutdown: true}", set()),
    "nothing is shared, and NVE is shut on both": (
        (
            f"loopbacks: {{1: {{{_PIP}, secondary_addresses: {{sw-a: 198.51.100.150/32, sw-b: 198.51.100.149/32}}}}}}\n"
            "nve: {source_interface: loopback1, shutdown: true}"
        ),
        set(),
    ),
    "nothing is shared, and NVE is shut on one": (
        f"loopbacks: {{1: {{{_PIP}}}}}\nnve: {{source_interface: loopback1, shutdown: {{sw-a: true, sw-b: false}}}}",
        {("VX05", "error", None, "nve")},
    ),
    "a loopback on one only": (
        (
            "loopbacks: {1: {sw-a: {address: 198.51.100.151/32, secondary_addresses: 198.51.100.150/32}}}\n"
            f"{_NVE}{_LINK}"
        ),
        {("VX01", "error", "sw-b", "nve")},
    ),
    "the shared address is also one switch's own": (
        f"loopbacks: {{1: {{{_PIP}, secondary_addresses: 198.51.100.151/32}}}}\n{_NVE}{_LINK}",
        {("VX03", "error", "sw-a", "loopbacks.1"), ("VX03", "error", None, "loopbacks.1")},
    ),
    "a router id from the loopback of NVE": (
        f"{_TUNNEL}extra: |\n  router ospf underlay\n    router-id 198.51.100.151\n",
        {("VX04", "warning", "sw-a", "nve")},
    ),
    "a router id of a tenant": (
        f"{_TUNNEL}extra: |\n  router bgp 65001\n    vrf tenant\n      router-id 198.51.100.151\n",
        set(),
    ),
    "sessions of a template from the loopback of NVE": (
        f"{_TUNNEL}extra: |\n  router bgp 65001\n    template peer spines\n      update-source loopback1\n",
        {("VX04", "warning", None, "nve")},
    ),
    "NVE on one switch": ("nve: {sw-a: {vnis: {10010: }}}", {("VX05", "error", "sw-a", "nve")}),
    "NVE is shut on one": (
        "nve: {vnis: {10010: }, shutdown: {sw-a: true, sw-b: false}}",
        {("VX05", "error", None, "nve")},
    ),
    "who learns hosts": (
        "nve: {vnis: {10010: }, host_reachability: {sw-a: bgp}}",
        {("VX05", "error", "sw-a", "nve"), ("VX05", "error", "sw-b", "nve")},
    ),
    "a VNI on one": ("nve: {vnis: {10010: , 10020: {sw-b: {}}}}", {("VX05", "error", "sw-b", "nve.vnis.10020")}),
    "a VNI with two ways of flooding": (
        "nve: {vnis: {10010: {ingress_replication: {sw-a: bgp}, mcast_group: {sw-b: 239.1.1.1}}}}",
        {("VX05", "error", "sw-a", "nve.vnis.10010"), ("VX05", "error", "sw-b", "nve.vnis.10010")},
    ),
    "a VNI that is told once for all on one switch": (
        "nve: {vnis: {10010: {suppress_arp: {sw-a: true}}}, global_suppress_arp: {sw-b: true}}",
        set(),
    ),
    "a group that is told once for all on one switch": (
        "nve: {vnis: {10010: {mcast_group: {sw-a: 239.1.1.1}}}, global_mcast_group_l2: {sw-b: 239.1.1.1}}",
        set(),
    ),
    "another group for all": (
        "nve: {vnis: {10010: }, global_mcast_group_l2: {sw-a: 239.1.1.1, sw-b: 239.1.1.2}}",
        {("VX05", "error", None, "nve.vnis.10010")},
    ),
    "nothing is known of BGP": ("nve: {host_reachability: bgp, advertise_virtual_rmac: true}", set()),
    "own addresses without the virtual router MAC": (
        f"nve: {{host_reachability: bgp}}\n{_BGP}      advertise-pip\n",
        {("VX06", "error", None, "nve")},
    ),
    "the virtual router MAC alone on another chip": (
        f"model: N3K-C36180YC-R\nnve: {{host_reachability: bgp, advertise_virtual_rmac: true}}\n{_BGP}",
        {("VX06", "warning", None, "nve")},
    ),
    "the virtual router MAC alone on an unknown model": (
        f"model:\nnve: {{host_reachability: bgp, advertise_virtual_rmac: true}}\n{_BGP}",
        {("VX06", "warning", None, "nve")},
    ),
    "own addresses alone on a chassis": (
        f"model: N9K-C9508\nnve: {{host_reachability: bgp}}\n{_BGP}      advertise-pip\n",
        {("VX06", "error", None, "nve")},
    ),
    "the virtual router MAC alone on a chassis": (
        f"model: N9K-C9508\nnve: {{host_reachability: bgp, advertise_virtual_rmac: true}}\n{_BGP}",
        {("VX06", "warning", None, "nve")},
    ),
    "own addresses without VXLAN": (f"{_BGP}      advertise-pip\n", set()),
    "NVE on one switch and no way to the other one": (
        f"{_LOOPBACK}nve: {{sw-a: {{source_interface: loopback1}}}}",
        {("VX05", "error", "sw-a", "nve")},
    ),
    "an IPv6 link": (
        (
            f"{_LOOPBACK}{_NVE}"
            "interfaces: {Ethernet1/50: {ipv6_addresses: {sw-a: '2001:db8::1/64', sw-b: '2001:db8::2/64'}}}"
        ),
        set(),
    ),
    "a link that is shut": (
        f"{_LOOPBACK}{_NVE}{_LINK.replace('{address', '{shutdown: true, address')}",
        {("VX07", "warning", None, "nve")},
    ),
    "SVIs that borrow their address": (
        f"{_UNDERLAY}{_BORROWED}".replace("loopback1}", "loopback1, infra_vlans: 3600}"),
        set(),
    ),
    "an SVI on one that borrows its address": (
        f"{_UNDERLAY}{_BORROWED.replace('{3600: {', '{3600: {sw-a: {').replace('}}', '}}}')}".replace(
            "loopback1}", "loopback1, infra_vlans: 3600}"
        ),
        {("VX07", "warning", None, "nve")},
    ),
    "an SVI that borrows its address, and one without any": (
        f"{_UNDERLAY}{_BORROWED.replace('numbered: lo', 'numbered: {sw-a: lo').replace('0}}', '0}}}')}".replace(
            "loopback1}", "loopback1, infra_vlans: 3600}"
        ),
        {("VX07", "warning", None, "nve")},
    ),
    "SVIs that borrow their address, in a VLAN that is no infra VLAN": (
        f"{_UNDERLAY}{_BORROWED}",
        {("VX08", "error", None, "svis.3600")},
    ),
    "an SVI without an address": (f"{_UNDERLAY}svis: {{3600: {{mtu: 9216}}}}", {("VX07", "warning", None, "nve")}),
    "an underlay SVI without its VLAN": (f"{_LOOPBACK}{_NVE}peer_link: {{vlans: [10, 20]}}\n{_SVI}", set()),
    "an underlay SVI that is shut": (
        f"{_UNDERLAY}{_SVI.replace('{address', '{shutdown: true, address')}",
        {("VX07", "warning", None, "nve")},
    ),
    "an underlay SVI in a VRF": (
        f"{_UNDERLAY}vrfs: {{t: {{}}}}\n{_SVI.replace('{address', '{vrf: t, address')}",
        {("VX07", "warning", None, "nve")},
    ),
    "gateways are no underlay: anycast": (
        f"{_UNDERLAY}{_SVI.replace('{address', '{anycast_gateway: true, address')}".replace(
            "loopback1}", "loopback1, anycast_gateway_mac: 0200.0000.0abc}"
        ),
        {("VX07", "warning", None, "nve"), ("VX09", "warning", None, "svis.3600")},
    ),
    "gateways are no underlay: HSRP": (
        f"{_UNDERLAY}{_SVI.replace('{address', '{hsrp: {group: 1, address: 203.0.113.9}, address')}",
        {("VX07", "warning", None, "nve")},
    ),
    "gateways are no underlay: VRRP": (
        f"{_UNDERLAY}{_SVI.replace('{address', '{vrrp: {group: 1, address: 203.0.113.9}, address')}",
        {("VX07", "warning", None, "nve")},
    ),
    "an infra VLAN with a network of many": (
        f"{_UNDERLAY}{_SVI.replace('/31', '/24')}".replace("loopback1}", "loopback1, infra_vlans: 3600}"),
        set(),
    ),
    "an SVI of two hosts without VXLAN": (
        f"vlans: {{3600: underlay}}\npeer_link: {{vlans: [10, 20, 3600]}}\n{_SVI}",
        set(),
    ),
    "no way to the other one": (f"{_LOOPBACK}{_NVE}", {("VX07", "warning", None, "nve")}),
    "a gateway of hosts is no way": (
        f"{_LOOPBACK}{_NVE}svis: {{10: {{address: {{sw-a: 10.0.10.2/24, sw-b: 10.0.10.3/24}}}}}}",
        {("VX07", "warning", None, "nve")},
    ),
    "uplinks in networks of their own are no way": (
        f"{_LOOPBACK}{_NVE}interfaces: {{Ethernet1/50: {{address: {{sw-a: 203.0.113.0/31, sw-b: 203.0.113.2/31}}}}}}",
        {("VX07", "warning", None, "nve")},
    ),
    "a link in another VRF is no way": (
        f"{_LOOPBACK}{_NVE}vrfs: {{other: {{}}}}\n{_LINK.replace('{address', '{vrf: other, address')}",
        {("VX07", "warning", None, "nve")},
    ),
    "ports that borrow their address may lead there": (
        f"{_LOOPBACK}{_NVE}interfaces: {{Ethernet1/50: {{ip_unnumbered: loopback0}}}}",
        set(),
    ),
    "the underlay in a VLAN that is no infra VLAN": (
        f"{_UNDERLAY}{_SVI}",
        {("VX08", "error", None, "svis.3600")},
    ),
    "the same in a VLAN that leads to a router": (
        f"{_UNDERLAY}{_SVI}vpcs: {{13: {{vlan: 3600, members: [Ethernet1/3]}}}}",
        set(),
    ),
    "the same on a chip that may not need it": (
        f"model: N9K-C9396PX\n{_UNDERLAY}{_SVI}",
        {("VX08", "warning", None, "svis.3600")},
    ),
    "the same on a switch in software": (f"model: N9K-C9300v\n{_UNDERLAY}{_SVI}", set()),
    "the same in another product line": (f"model: N7K-C7009\n{_UNDERLAY}{_SVI}", set()),
    "the same with a network of many and no IGP": (
        f"{_UNDERLAY}{_LINK}{_SVI.replace('/31', '/24')}",
        set(),
    ),
    "border gateways of one site": (f"{_GATEWAYS}{_MULTISITE}{_SITE.format(10, 10)}", set()),
    "border gateways of two sites": (
        f"{_GATEWAYS}{_MULTISITE}{_SITE.format(10, 11)}",
        {("VX05", "warning", None, "")},
    ),
    "a site on one switch": (
        f"{_GATEWAYS}{_MULTISITE}extra: {{sw-a: evpn multisite border-gateway 10}}\n",
        {("VX05", "warning", "sw-a", "")},
    ),
    "border gateways with two addresses": (
        f"{_GATEWAYS.replace('198.51.100.250/32', '{sw-a: 198.51.100.250/32, sw-b: 198.51.100.251/32}')}{_MULTISITE}",
        {("VX02", "warning", None, "loopbacks.2")},
    ),
    "border gateways with an address on one": (
        f"{_GATEWAYS.replace('198.51.100.250/32', '{sw-a: 198.51.100.250/32}')}{_MULTISITE}",
        set(),
    ),
    "border gateways with two addresses that are none": (
        f"{_GATEWAYS.replace('198.51.100.250/32', '{sw-a: 198.51.100.250/32, sw-b: 198.51.100.251/32}')}{_NVE}",
        set(),
    ),
    "one border gateway": (
        f"{_GATEWAYS}{_MULTISITE.replace(': loopback2', ': {sw-b: loopback2}')}",
        {("VX05", "warning", "sw-b", "nve")},
    ),
    "the SVI of a tenant forwards": (
        f"{_L3VNI}{_OF_IPV4}svis: {{3999: {{mtu: 9216, vrf: t, ip_forward: true}}}}",
        set(),
    ),
    "the SVI of a tenant forwards on one switch": (
        f"{_L3VNI}{_OF_IPV4}svis: {{3999: {{mtu: 9216, vrf: t, ip_forward: {{sw-a: true, sw-b: false}}}}}}",
        {("VX05", "warning", "sw-b", "svis.3999")},
    ),
    "the SVI of a tenant forwards on none": (
        (
            f"{_L3VNI}vrfs: {{t: {{vni: 50001}}}}\n"
            "svis: {3999: {mtu: 9216, vrf: t}, 20: {vrf: t, address: 10.0.20.1/24}}"
        ),
        {("VX05", "warning", None, "svis.3999")},
    ),
    "the SVI of a tenant has an address": (
        f"{_L3VNI}{_OF_IPV4}svis: {{3999: {{mtu: 9216, vrf: t, address: {{sw-a: 10.9.9.1/24, sw-b: 10.9.9.2/24}}}}}}",
        set(),
    ),
    "the SVI of a tenant borrows its address": (
        f"{_L3VNI}{_OF_IPV4}svis: {{3999: {{mtu: 9216, vrf: t, ip_unnumbered: loopback0}}}}",
        set(),
    ),
    "the SVI of a tenant is shut": (
        f"{_L3VNI}{_OF_IPV4}svis: {{3999: {{mtu: 9216, vrf: t, shutdown: true}}}}",
        set(),
    ),
    "the SVI of a tenant with IPv6 alone": (
        (
            f"{_L3VNI}vrfs: {{t: {{vni: 50001, families: {{ipv6: }}}}}}\n"
            "svis: {3999: {mtu: 9216, vrf: t, ipv6_forward: true}}"
        ),
        set(),
    ),
    "the SVI of a Layer 2 VNI": (
        f"{_L3VNI.replace('associate_vrf: true', '')}{_OF_IPV4}svis: {{3999: {{mtu: 9216, vrf: t}}}}",
        set(),
    ),
    "the SVI of a VLAN that is not there": (
        f"{_L3VNI}{_OF_IPV4}svis: {{3998: {{mtu: 9216, vrf: t}}}}",
        set(),
    ),
    "route targets on one switch": (
        "nve: {vnis: {10010: }}\nvrfs: {t: {families: {ipv4: {route_targets: {sw-b: [both auto, both auto evpn]}}}}}",
        {("VX05", "warning", "sw-a", "vrfs.t")},
    ),
    "an address family on one switch": (
        "nve: {vnis: {10010: }}\nvrfs: {t: {families: {sw-b: {ipv4: {route_targets: [both auto]}}}}}",
        {("VX05", "warning", "sw-a", "vrfs.t")},
    ),
    "a route target each": (
        (
            "nve: {vnis: {10010: }}\n"
            "vrfs: {t: {families: {ipv4: {route_targets: {sw-a: [import 65000:1], sw-b: [import 65000:2]}}}}}"
        ),
        {("VX05", "warning", "sw-a", "vrfs.t"), ("VX05", "warning", "sw-b", "vrfs.t")},
    ),
    "route targets in another order": (
        (
            "nve: {vnis: {10010: }}\n"
            "vrfs: {t: {families: {ipv4: {route_targets: {sw-a: [both auto, import 65000:2],"
            " sw-b: [import 65000:2, both auto]}}}}}"
        ),
        set(),
    ),
    "route targets without VXLAN": (
        "vrfs: {t: {families: {ipv4: {route_targets: {sw-b: [both auto, both auto evpn]}}}}}",
        set(),
    ),
    "no MAC address for anycast gateways": (
        "svis: {20: {address: 10.0.20.1/24, anycast_gateway: true}}",
        {("VX09", "error", "sw-a", ""), ("VX09", "error", "sw-b", "")},
    ),
    "a MAC address on one": (
        "svis: {20: {anycast_gateway: true}}\nnve: {anycast_gateway_mac: {sw-a: 0200.0000.0abc}}",
        {("VX09", "error", "sw-b", "")},
    ),
    "an anycast gateway with two addresses": (
        (
            "svis: {20: {address: {sw-a: 10.0.20.1/24, sw-b: 10.0.20.9/24}, anycast_gateway: true}}\n"
            "nve: {anycast_gateway_mac: 0200.0000.0abc}"
        ),
        {("VX09", "warning", None, "svis.20")},
    ),
    "an anycast gateway with another link-local address": (
        (
            "svis: {20: {address: 10.0.20.1/24, anycast_gateway: true,"
            " ipv6_addresses: {sw-a: 'fe80::1/64', sw-b: 'fe80::2/64'}}}\nnve: {anycast_gateway_mac: 0200.0000.0abc}"
        ),
        set(),
    ),
    "a MAC address on one, and nobody needs it": ("nve: {anycast_gateway_mac: {sw-a: 0200.0000.0abc}}", set()),
    "a peer-link through the fabric": (f"{_FABRIC}interfaces: {{Ethernet1/50: {{{_UPLINK}}}}}", set()),
    "ports in a peer-link through the fabric": (
        f"{_FABRIC.replace('members: ,', '')}",
        {("VX10", "error", None, "peer_link")},
    ),
    "DSCP": (
        f"{_FABRIC.replace(_ENDS, _ENDS + ', dscp: {sw-a: 46, sw-b: 56}')}",
        {("VX10", "error", None, "domain")},
    ),
    "one loopback for everything": (
        (
            f"{_FABRIC}nve: {{source_interface: loopback0}}\n"
            "loopbacks: {0: {address: {sw-a: 198.51.100.51/32, sw-b: 198.51.100.52/32},"
            " secondary_addresses: 198.51.100.50/32}}"
        ),
        {("VX10", "error", "sw-a", "domain"), ("VX10", "error", "sw-b", "domain")},
    ),
    "fabric on one switch only": (
        (
            f"{_VNI}peer_link: {{members: , lacp: , virtual: {{sw-a: "
            "{destination: 198.51.100.52, source: 198.51.100.51}}}"
        ),
        {("VX10", "error", "sw-a", "domain")},
    ),
    "a loopback for tunnels and one for the peer-link": (
        (
            f"{_FABRIC}{_NVE}"
            f"loopbacks: {{0: {{address: {{sw-a: 198.51.100.51/32, sw-b: 198.51.100.52/32}}}}, {_LOOPBACK[12:-2]}}}"
        ),
        set(),
    ),
    "uplinks in a port-channel": (
        f"{_FABRIC}port_channels: {{50: {{{_UPLINK[14:]}, members: {{Ethernet1/50: {{fabric: true}}}}}}}}",
        set(),
    ),
    "an uplink in a port-channel is not marked": (
        f"{_FABRIC}port_channels: {{50: {{{_UPLINK[14:]}, members: {{{_ONE_MARKED}}}}}}}",
        {("VX10", "error", None, "port_channels.50")},
    ),
    "a port-channel without ports": (
        f"{_FABRIC}port_channels: {{50: {{{_UPLINK[14:]}}}}}",
        {("VX10", "error", None, "port_channels.50")},
    ),
    "a subinterface": (
        f"{_FABRIC}interfaces: {{Ethernet1/50: {{{_UPLINK}}}, Ethernet1/50.7: {{{_TAGGED}}}}}",
        set(),
    ),
    "a routed port to the other switch": (
        (
            f"{_FABRIC}interfaces: {{Ethernet1/50: {{{_UPLINK}}}, Ethernet1/51: {{address: 192.0.2.129/31}}}}\n"
            "cabling: {sw-a: {Ethernet1/51: sw-b Ethernet1/51}, sw-b: {Ethernet1/51: sw-a Ethernet1/51}}"
        ),
        set(),
    ),
    "a native VLAN without a VNI, with MST": (
        (f"{_UNUSED}spanning_tree: {{mode: mst, priority: , mst_priority: {{0: 4096}}}}"),
        {("VX11", "error", None, "vlans.1"), ("VX11", "error", None, "vlans.30")},
    ),
    "no uplink is marked": (
        f"{_FABRIC}interfaces: {{Ethernet1/50: {{{_UPLINK.replace('true', 'false')}}}}}",
        {("VX10", "error", None, "interfaces.Ethernet1/50")},
    ),
    "another routed port": (
        f"{_FABRIC}interfaces: {{Ethernet1/50: {{{_UPLINK}}}, Ethernet1/51: {{address: 192.0.2.129/31}}}}",
        {("VX10", "warning", None, "interfaces.Ethernet1/51")},
    ),
    "VLAN 1 with MST": (
        (
            f"{_FABRIC.replace('virtual', 'vlans: [1, 10, 20], virtual')}"
            "spanning_tree: {mode: mst, priority: , mst_priority: {0: 4096}}"
        ),
        {("VX11", "error", None, "vlans.1")},
    ),
    "a VLAN that nobody uses on a peer-link without a list": (
        f"{_FABRIC.replace('virtual', 'vlans: all, virtual').replace('20: {vni: 10020}', '20: {vni: 10020}, 30: {}')}",
        set(),
    ),
    "a loopback of a tenant": (
        (
            f"nve: {{host_reachability: bgp}}\nvrfs: {{t: {{}}}}\n{_TENANT}\n{_BGP}"
            "    vrf t\n      address-family ipv4 unicast\n        redistribute direct route-map all\n"
        ),
        {("VX12", "warning", None, "nve")},
    ),
    "a neighbour, and BGP without EVPN": (
        f"nve: {{host_reachability: bgp}}\nextra: |\n  router bgp 65001\n{_OUTSIDE}",
        set(),
    ),
    "a neighbour, and NVE is shut": (
        f"nve: {{host_reachability: bgp, shutdown: true}}\n{_BGP}{_OUTSIDE}",
        set(),
    ),
    "a neighbour, and one of two settings: BGP's": (
        f"nve: {{host_reachability: bgp}}\n{_BGP}      advertise-pip\n{_OUTSIDE}",
        {("VX06", "error", None, "nve")},
    ),
    "a neighbour, and one of two settings: NVE's": (
        f"nve: {{host_reachability: bgp, advertise_virtual_rmac: true}}\n{_BGP}{_OUTSIDE}",
        {("VX06", "error", None, "nve")},
    ),
    "networks that both have": (
        (
            f"nve: {{host_reachability: bgp}}\n{_BGP}"
            "    vrf t\n      address-family ipv4 unicast\n        redistribute direct route-map all\n"
        ),
        set(),
    ),
    "routes of another protocol": (
        (
            f"nve: {{host_reachability: bgp}}\n{_BGP}"
            "    vrf t\n      address-family ipv4 unicast\n        redistribute static route-map all\n"
        ),
        {("VX12", "warning", None, "nve")},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_pair_file(case: str) -> None:
    """A few lines over the base make exactly these findings about VXLAN."""
    text, expected = CASES[case]
    assert found([laid_over(text)], ["VX"]) == expected


def test_two_pairs_with_one_shared_address() -> None:
    """The shared address of one pair is no other pair's, however sound each pair is by itself."""
    one = laid_over(_TUNNEL)
    other = laid_over(f"{_TUNNEL.replace('100.151', '100.161').replace('100.152', '100.162')}pair: second\n")
    assert found([one], ["VX"]) == found([other], ["VX"]) == set()
    assert {rule for rule, *_ in found([one, other], ["VX"])} == {"VX03"}
    told = {finding.message for finding in judge([one, other]) if finding.rule == "VX03"}
    assert told == {"198.51.100.150 is a tunnel address of pair base, pair second"}


_RUNNING = (
    "feature nv overlay\nvlan 10,3600\nvpc domain 10\ninterface port-channel1\n  switchport mode trunk\n"
    "  vpc peer-link\ninterface loopback1\n  ip address 198.51.100.15{}/32\n"
    "  ip address 198.51.100.150/32 secondary\ninterface nve1\n  no shutdown\n  source-interface loopback1\n"
    "interface Vlan3600\n  no shutdown\n  ip address 203.0.113.{}/24\n  ip router ospf underlay area 0.0.0.0\n"
)


def test_running() -> None:
    """Without a model the switch may be one in software, so that a missing infra VLAN is a warning."""
    pair = running(_RUNNING.format(1, 1), _RUNNING.format(2, 2))
    assert found([pair], ["VX"]) == {
        ("VX08", "warning", "sw-a", "svis.3600"),
        ("VX08", "warning", "sw-b", "svis.3600"),
    }
    hardware = running(_RUNNING.format(1, 1), _RUNNING.format(2, 2), "N9K-C93180YC-FX")
    assert {severity for _, severity, *_ in found([hardware], ["VX"])} == {"error"}


def test_single_switches() -> None:
    """Tunnel ends that are in no vPC domain share nothing, whatever BGP announces."""
    lines = (
        "vlan 10\ninterface nve1\n  no shutdown\n  advertise virtual-rmac\nrouter bgp 65001\n"
        "  address-family l2vpn evpn\n  vrf t\n    neighbor 192.0.2.1\n"
    )
    assert found([running(lines, lines)], ["VX"]) == set()
    source = "  source-interface loopback1\ninterface loopback1\n  ip address 198.51.100.{}/32\n"
    single = [f"interface nve1\n  no shutdown\n{source.format(number)}" for number in (1, 2)]
    assert found([running(*single)], ["VX"]) == set()
    alone = "interface nve1\n  no shutdown\n  member vni 10\n"
    assert found([running(alone, "")], ["VX"]) == set()
    plain = lines.replace("  advertise virtual-rmac\n", "")
    assert found([running(plain, plain)], ["VX"]) == set()


def test_no_peer_link() -> None:
    """What is said of a peer-link through the fabric can be judged without its port-channel."""
    lines = "vpc domain 10\n  virtual peer-link destination 192.0.2.{} source 192.0.2.{}\n"
    assert found([running(lines.format(2, 1), lines.format(1, 2))], ["VX"]) == set()
    assert found([running(lines.format(2, 1), lines.format(1, 3))], ["VX"]) == {("VX10", "error", "sw-a", "domain")}


def test_messages() -> None:
    """A message says which of the two settings is there, and a fix what to write for the other."""
    own = f"nve: {{host_reachability: bgp}}\n{_BGP}      advertise-pip\n"
    shared = f"nve: {{host_reachability: bgp, advertise_virtual_rmac: true}}\n{_BGP}"
    told = [
        (finding.message, finding.fix)
        for text in (own, shared)
        for finding in judge([laid_over(text)])
        if finding.rule == "VX06"
    ]
    assert told == [
        (
            "BGP announces each switch's own address, but the NVE interface no virtual router MAC",
            "advertise_virtual_rmac: true",
        ),
        ("the NVE interface announces a virtual router MAC, but BGP not each switch's own address", ""),
    ]


def test_tenants_in_words() -> None:
    """What is wrong with a tenant, or a border gateway, is told with both switches."""
    lines = (
        "vpc domain 10\nvlan 3999\n  vn-segment 50001\nvrf context t\n  vni 50001\n  address-family ipv4 unicast\n{}"
        "interface nve1\n  no shutdown\n  member vni 50001 associate-vrf\n"
        "interface Vlan3999\n  no shutdown\n  vrf member t\n{}evpn multisite border-gateway {}\n"
    )
    one = lines.format("    route-target both auto\n    route-target both auto evpn\n", "  ip forward\n", 10)
    told = [(each.rule, each.message) for each in judge([running(one, lines.format("", "", 11))])]
    assert [message for rule, message in told if rule == "VX05"] == [
        "the border gateways are not of one site: 10 on sw-a, 11 on sw-b",
        "the border gateways are not of one site: 10 on sw-a, 11 on sw-b",
        "Vlan3999 of a Layer 3 VNI does not forward: it has neither an address nor `ip forward`",
        "VRF t, ipv4: sw-b lacks route targets of sw-a: both auto, both auto evpn",
    ]
    alone = judge([running(one, one.rpartition("evpn")[0])])
    assert [(each.switch, each.message) for each in alone if each.rule == "VX05"] == [
        ("sw-a", "the border gateways are not of one site: 10 on sw-a, none on sw-b")
    ]


def test_values_in_words() -> None:
    """What differs on the NVE interface is told with both values, in one order."""
    text = "nve: {vnis: {10010: }, host_reachability: {sw-b: bgp}, shutdown: {sw-a: true, sw-b: false}}"
    assert {finding.message for finding in judge([laid_over(text)]) if finding.rule == "VX05"} == {
        "who learns hosts is not the same: nobody on sw-a, bgp on sw-b",
        "whether the NVE interface is shut is not the same: yes on sw-a, no on sw-b",
    }
