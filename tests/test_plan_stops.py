"""What leads to a switch, and what holds a pair together: which lines touch it."""

from __future__ import annotations

import pytest

from mlagkit.nxos.change import touches
from mlagkit.nxos.change.edit import Edit, edits, row_of
from mlagkit.nxos.parse import parse
from mlagkit.nxos.read import read
from mlagkit.switch import Switch
from mlagkit.values import VlanSet
from tests.plan_cases import MODEL

RUNNING = """\
hostname sw-b
feature vpc
feature interface-vlan
vlan 1,10
vrf context keepalive
vpc domain 10
  peer-keepalive destination 192.0.2.11 source 192.0.2.12 vrf keepalive
interface port-channel1
  switchport mode trunk
  vpc peer-link
interface Ethernet1/1
  no switchport
  vrf member keepalive
  ip address 192.0.2.12/24
interface Ethernet1/53
  switchport mode trunk
  channel-group 1 mode active
interface Vlan10
  ip address 198.51.100.2/24
interface Vlan20
  ip address 203.0.113.2/24
interface mgmt0
  vrf member management
  ip address 192.0.2.2/24
"""
REACHED = frozenset(("198.51.100.2",))


@pytest.fixture(scope="module")
def switch() -> Switch:
    """The switch before the line."""
    return read(parse(RUNNING), peer="sw-a", model=MODEL)


def edit(section: str, old: str | None, new: str | None) -> Edit:
    """The only line of a difference."""
    where = (section,) if section else ()
    (found,) = edits(where, row_of(where, (new or old or "").removeprefix("no ")), "", old, new, VlanSet())
    return found


@pytest.mark.parametrize(
    ("section", "old", "new", "touched"),
    [
        ("interface mgmt0", "ip address 192.0.2.2/24", "ip address 192.0.2.3/24", True),
        ("interface mgmt0", None, "ip access-group LOGINS in", True),
        ("interface Vlan10", None, "ip access-group LOGINS in", True),
        ("interface Vlan20", None, "ip access-group LOGINS in", False),
        ("", None, "aaa authentication login default group TACACS", True),
        ("line vty", None, "access-class LOGINS in", True),
        ("", "feature nxapi", None, True),
        ("", None, "ntp server 192.0.2.5", False),
        ("interface mgmt0", "vrf member management", None, True),
        ("interface mgmt0", None, "shutdown", True),
        ("interface mgmt0", None, "description out of band", False),
        ("interface Vlan10", "ip address 198.51.100.2/24", "ip address 198.51.100.3/24", True),
        ("interface Vlan10", None, "shutdown", True),
        ("", "interface Vlan10", None, True),
        ("interface Vlan10", None, "ip address 198.51.100.9/24 secondary", False),
        ("interface Vlan20", None, "shutdown", False),
        ("vrf context management", "ip route 0.0.0.0/0 192.0.2.1", "ip route 0.0.0.0/0 192.0.2.9", True),
        ("vrf context keepalive", "ip route 0.0.0.0/0 192.0.2.1", "ip route 0.0.0.0/0 192.0.2.9", False),
        ("", "username ops password 5 A role network-admin", "username ops password 5 B role network-admin", True),
        ("", "username new password 5 A role network-admin", "username new password 5 B role network-admin", False),
        ("", "username new password 5 A role network-admin", None, True),
        ("", None, "username ops password 5 A role network-admin", False),
        (
            "",
            "snmp-server user ops network-admin auth md5 0x1",
            "snmp-server user ops network-admin auth md5 0x2",
            True,
        ),
        (
            "",
            "snmp-server user new network-admin auth md5 0x1",
            "snmp-server user new network-admin auth md5 0x2",
            False,
        ),
        ("", "snmp-server user new network-admin auth md5 0x1", None, True),
        ("", None, "snmp-server user ops network-admin auth md5 0x1", False),
    ],
)
def test_way_to_the_switch(switch: Switch, section: str, old: str | None, new: str | None, touched: bool) -> None:
    """The address by which it is reached, whatever has it, and the user who logs in."""
    assert touches.management(edit(section, old, new), switch, REACHED, "ops") is touched


@pytest.mark.parametrize(
    ("section", "old", "new", "touched"),
    [
        ("vpc domain 10", "peer-keepalive destination 192.0.2.11", "peer-keepalive destination 192.0.2.99", True),
        ("vpc domain 10", None, "peer-keepalive destination 192.0.2.11", False),
        ("interface Ethernet1/1", "ip address 192.0.2.12/24", "ip address 192.0.2.13/24", True),
        ("interface Ethernet1/1", "vrf member keepalive", None, True),
        ("interface Ethernet1/1", None, "shutdown", True),
        ("interface Ethernet1/1", None, "description to sw-a", False),
        ("interface Vlan10", "ip address 198.51.100.2/24", "ip address 198.51.100.3/24", False),
    ],
)
def test_keepalive(switch: Switch, section: str, old: str | None, new: str | None, touched: bool) -> None:
    """Its line, and the interface that it is sent from."""
    assert touches.keepalive(edit(section, old, new), switch) is touched


@pytest.mark.parametrize(
    ("section", "old", "new", "touched"),
    [
        ("interface port-channel1", None, "mtu 9000", True),
        ("interface port-channel1", None, "description peer-link", False),
        ("interface Ethernet1/53", None, "shutdown", True),
        ("interface Ethernet1/53", "channel-group 1 mode active", None, True),
        ("interface Ethernet1/53", None, "channel-group 1 mode active", False),
        ("interface Ethernet1/1", None, "mtu 9000", False),
    ],
)
def test_peer_link(switch: Switch, section: str, old: str | None, new: str | None, touched: bool) -> None:
    """It and its ports, but for one more port."""
    assert touches.peer_link(edit(section, old, new), switch) is touched
