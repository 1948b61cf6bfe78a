"""How a switch is watched: SNMP, time and syslog.

What these rules look for stands in raw lines; what a pair file lacks counts only where it holds the management of its
switches, as every running-config does.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.nxos.services import services_of
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Switch
from mlagkit.topology.addresses import DEFAULT, addressed


@switch_rule("SE03", Severity.WARNING)
def snmp_weak(switch: Switch) -> Iterator[Hit]:
    """An SNMP community is in use: version 1 or 2c.

    An error for the communities `public` and `private`. Other names are secrets and not shown.

    Why: The name is the password, and crosses the network in the clear. Everybody knows the usual two.

    Bad:
        extra: snmp-server community public group network-operator

    Good:
        extra: snmp-server user nms network-operator auth sha env:NMS_AUTH priv aes-128 env:NMS_PRIV

    Fix: Use users of version 3 with authentication and encryption; until then an ACL, and no community that
        writes.

    Source: Cisco Guide to Securing NX-OS (C07-665160) [certain]
    """
    for community in services_of(switch).communities:
        shown = f"the SNMP community {community.name}" if community.guessed else "an SNMP community"
        rights = ", may write" if community.writes else ""
        message = f"{shown} is in use{rights}{'' if community.filtered else ', has no ACL'}"
        yield Hit(switch, "extra", message, severity=Severity.ERROR if community.guessed else None)


@pair_rule("SE04", Severity.WARNING)
def ntp_missing(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """No NTP server, one that can't be reached, or others than the peer's.

    Why: Logs of the two can't be laid side by side, and certificates seem to be invalid.

    Bad:
        extra: |
          username admin password 5 $5$ABC$example role network-admin
          aaa authentication login default group ADMINS
          copp profile strict
          logging server 192.0.2.6 use-vrf management
          no cdp enable
          line console
            exec-timeout 10
          line vty
            exec-timeout 10
            access-class ADMINS in

    Good:
        extra: ntp server 192.0.2.5 use-vrf management

    Fix: Name the same servers on both, with the VRF through which they are reached.

    Source: Cisco Guide to Securing NX-OS (C07-665160) [certain]
    """
    services = services_of(switch)
    servers = services.time_servers
    if services.told and not servers:
        yield Hit(switch, "extra", f"{switch.name} has no NTP server")
    for server in servers:
        if server.vrf is None and not _is_in_band(switch):
            message = f"NTP server {server.address} is asked in VRF default, where {switch.name} has no address"
            yield Hit(switch, "extra", message)
    others = {server.address for server in services_of(peer).time_servers}
    missing = sorted(others - {server.address for server in servers})
    if servers and missing:
        yield Hit(switch, "extra", f"{switch.name} does not ask NTP server {', '.join(missing)}, {peer.name} does")


def _is_in_band(switch: Switch) -> bool:
    """Whether the switch has an address in VRF default."""
    return any(not interface.shutdown for _, interface in addressed(switch, DEFAULT))


@switch_rule("SE09", Severity.WARNING)
def syslog_missing(switch: Switch) -> Iterator[Hit]:
    """No syslog server.

    Why: The loss of the keepalive stops nothing and is seen nowhere else.

    Bad:
        extra: |
          username admin password 5 $5$ABC$example role network-admin
          aaa authentication login default group ADMINS
          copp profile strict
          ntp server 192.0.2.5 use-vrf management
          no cdp enable
          line console
            exec-timeout 10
          line vty
            exec-timeout 10
            access-class ADMINS in

    Good:
        extra: logging server 192.0.2.6 use-vrf management

    Fix: Name a server, with the VRF through which it is reached.

    Source: Cisco Guide to Securing NX-OS (C07-665160), N5OPS [certain]
    """
    services = services_of(switch)
    if services.told and not services.log_servers:
        yield Hit(switch, "extra", "no syslog server hears of what happens")
