"""Raw lines of a configuration to what they say of the overlay."""

from __future__ import annotations

from mlagkit.nxos.facts_of_overlay import Flooding, Overlay, flooding, overlay
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.nxos.routing import routing_of
from mlagkit.switch import Switch
from tests.judged import laid_over

BGP = """
evpn multisite border-gateway 10
  delay-restore time 200
router isis underlay
  router-id loopback0
router ospf tenants
  vrf red
    router-id 203.0.113.77
router bgp 65001
  router-id 203.0.113.1
  address-family l2vpn evpn
    advertise-pip
  template peer spines
    update-source Loopback1
    address-family l2vpn evpn
  neighbor 203.0.113.2
    inherit peer spines
  vrf blue
    address-family ipv4 unicast
      redistribute direct route-map all
  vrf green
    address-family ipv4 unicast
      redistribute static route-map all
  vrf red
    address-family ipv4 unicast
      network 192.0.2.0/24
    neighbor 192.0.2.1
      update-source loopback9
"""

NVE = """
interface nve1
  global suppress-arp
  global ingress-replication protocol bgp
  global mcast-group 239.9.9.9 L3
  member vni 10
  member vni 20
    mcast-group 239.1.1.1
    suppress-arp disable
  member vni 30 associate-vrf
"""


def switch(text: str) -> Switch:
    """The switch that runs these lines."""
    return read(parse(text))


def test_routing() -> None:
    """Every fact comes from its own lines, and those of tenants' VRFs are kept apart."""
    assert overlay(switch(BGP)) == Overlay(
        site="10",
        evpn=True,
        advertise_pip=True,
        router_ids=frozenset({"loopback0", "203.0.113.1"}),
        update_sources=frozenset({"loopback1"}),
        outside=frozenset({"green", "red"}),
        own=frozenset({"blue", "red"}),
    )


def test_pair_file() -> None:
    """Raw lines of a pair file say the same as those of a configuration, however deep they are indented."""
    text = "".join(f"    {line}\n" for line in BGP.splitlines())
    one, _ = laid_over(f"extra: |\n{text}")
    assert overlay(one) == overlay(switch(BGP))


def test_nothing() -> None:
    """Without such lines nothing is known, and `advertise-pip` of a neighbour's family is none of BGP's own."""
    assert overlay(switch("")) == Overlay()
    elsewhere = "router bgp 65001\n  neighbor 203.0.113.2\n    address-family l2vpn evpn\n      advertise-pip\n"
    assert overlay(switch(elsewhere)) == Overlay(evpn=True)


def test_flooding() -> None:
    """A VNI has what it says itself, else what holds for all of its layer."""
    nve = switch(NVE).nve
    assert nve is not None
    assert [flooding(nve, vni) for vni in nve.vnis] == [
        Flooding(mcast_group=None, ingress_replication="bgp", suppress_arp=True),
        Flooding(mcast_group="239.1.1.1", ingress_replication=None, suppress_arp=False),
        Flooding(mcast_group="239.9.9.9", ingress_replication=None, suppress_arp=False),
    ]


def test_interfaces() -> None:
    """An interface runs an IGP or borrows its address if a line says so."""
    lines = "interface Vlan{}\n  {}\n"
    found = switch(
        lines.format(1, "ip router ospf underlay area 0.0.0.0")
        + lines.format(2, "ip unnumbered loopback0")
        + lines.format(3, "ipv6 router ospfv3 underlay area 0.0.0.0")
        + lines.format(4, "ip pim sparse-mode")
    )
    igps = routing_of(found).igps
    assert {vlan: (svi.name in igps, svi.ip_unnumbered) for vlan, svi in found.svis.items()} == {
        1: (True, None),
        2: (False, "loopback0"),
        3: (True, None),
        4: (False, None),
    }
