"""Who uses what as a pair runs, and which interfaces a new keepalive waits for."""

from __future__ import annotations

import pytest

from mlagkit.nxos.change.sources import keepalive_sources
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.plan.use import in_use
from mlagkit.values import InterfaceName
from tests.plan_journey import whole

RUNNING = """\
feature interface-vlan
vlan 1,10
interface Vlan10
  no shutdown
interface Vlan20
  shutdown
interface port-channel10
  switchport access vlan 10
interface port-channel20
  switchport access vlan 10
interface Ethernet1/1
interface Ethernet1/2
  switchport access vlan 10
interface Ethernet1/3
  switchport mode trunk
interface Ethernet1/4
  switchport access vlan 10
  shutdown
interface Ethernet1/5
  no switchport
  no shutdown
interface Ethernet1/6
  no switchport
  ip address 192.0.2.1/31
  no shutdown
interface Ethernet1/7
  switchport access vlan 10
  channel-group 10 mode active
interface Ethernet1/8
  switchport access vlan 10
  shutdown
  channel-group 20 mode active
"""

IN_USE = {
    "Vlan10": True,
    "Vlan20": False,
    "Vlan30": False,
    "port-channel10": True,
    "port-channel20": False,  # its only port is shut
    "Ethernet1/1": False,  # as it comes out of the box
    "Ethernet1/2": True,
    "Ethernet1/3": True,
    "Ethernet1/4": False,
    "Ethernet1/5": False,  # routed without an address
    "Ethernet1/6": True,
    "Ethernet1/7": True,
    "Ethernet1/99": False,
}


@pytest.mark.parametrize(("name", "used"), IN_USE.items())
def test_in_use(name: str, used: bool) -> None:
    """Traffic may pass what is up and says what it carries."""
    assert in_use(read(parse(RUNNING)), InterfaceName(name)) is used


LINKS = """\
vrf context keepalive
vrf context other
interface port-channel5
  no switchport
  vrf member keepalive
  ip address 192.0.2.1/31
interface Ethernet1/1
  no switchport
  channel-group 5 mode active
interface Ethernet1/2
  no switchport
  vrf member other
  ip address 192.0.2.3/31
interface mgmt0
  vrf member management
  ip address 192.0.2.5/24
  ipv6 address 2001:db8::5/64
"""
DOMAIN = "vpc domain 1\n  peer-keepalive destination {}\n"
FIVE = {"interface port-channel5", "interface Ethernet1/1", "vrf context keepalive"}

SOURCES = {
    "192.0.2.0 source 192.0.2.1 vrf keepalive": FIVE,
    "192.0.2.0 vrf keepalive": FIVE,
    "192.0.2.2 vrf other": {"interface Ethernet1/2", "vrf context other"},
    "192.0.2.9": {"interface mgmt0", "vrf context management"},
    "192.0.2.9 source 192.0.2.5": {"interface mgmt0", "vrf context management"},
    "2001:db8::9 source 2001:db8::5": {"interface mgmt0", "vrf context management"},
    "192.0.2.9 source 192.0.2.8": {"vrf context management"},
}


@pytest.mark.parametrize(("words", "heads"), SOURCES.items())
def test_what_a_keepalive_is_sent_from(words: str, heads: set[str]) -> None:
    """The interface with its address, or in its VRF where it names none; with the ports of a channel, and the VRF."""
    assert keepalive_sources(whole(parse("")), whole(parse(LINKS + DOMAIN.format(words)))) == heads
