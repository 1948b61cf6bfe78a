"""How a switch is managed: who may log in, from where, over what, and who hears of it.

What these rules look for stands in raw lines. Absence counts only where these lines are told: a running-config names a
user, and so does a pair file that holds its management; of another one these rules don't say what it lacks.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.nxos.services import discovers, hardening_of, services_of
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Switch
from mlagkit.values import InterfaceName


@switch_rule("SE01", Severity.WARNING)
def telnet_enabled(switch: Switch) -> Iterator[Hit]:
    """Telnet is on.

    Why: User names and passwords cross the network in the clear.

    Bad:
        features: [telnet]

    Good:
        features: {telnet: false}

    Fix: Take the feature away; SSH is always there.

    Source: Cisco Guide to Securing NX-OS (C07-665160) [certain]
    """
    if "telnet" in switch.features:
        yield Hit(switch, "features", "telnet is on")


@switch_rule("SE02", Severity.WARNING)
def mgmt_unfiltered(switch: Switch) -> Iterator[Hit]:
    """Neither mgmt0 nor the remote terminal lines have an access list.

    Why: Whoever reaches the address may try to log in.

    Bad:
        extra: |
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

    Good:
        extra: |
          line vty
            access-class ADMINS in

    Fix: Give line vty an access-class, or mgmt0 an access-group that lets the keepalive's UDP port pass.

    Source: Cisco Guide to Securing NX-OS (C07-665160) [certain]
    """
    services = services_of(switch)
    if services.told and not services.filtered:
        yield Hit(switch, "extra", "no access list stands before the management of the switch")


@switch_rule("SE05", Severity.WARNING)
def aaa_missing(switch: Switch) -> Iterator[Hit]:
    """Logins are not checked by TACACS+ or RADIUS, or have no local fallback.

    Why: Nobody can tell afterwards who changed what; without the fallback nobody gets in while the servers are
        away.

    Bad:
        extra: |
          username admin password 5 $5$ABC$example role network-admin
          copp profile strict
          ntp server 192.0.2.5 use-vrf management
          logging server 192.0.2.6 use-vrf management
          no cdp enable
          line console
            exec-timeout 10
          line vty
            exec-timeout 10
            access-class ADMINS in

    Good:
        extra: aaa authentication login default group ADMINS

    Fix: Ask a group of servers; leave the local fallback on.

    Source: Cisco Guide to Securing NX-OS (C07-665160) [certain]
    """
    services = services_of(switch)
    if services.told and not services.login_groups:
        yield Hit(switch, "extra", "logins are not checked by a TACACS+ or RADIUS group")
    if not services.local_fallback:
        yield Hit(switch, "extra", "no local login is left when the servers are away")


@switch_rule("SE06", Severity.WARNING)
def password_weak(switch: Switch) -> Iterator[Hit]:
    """A password stands in the clear or can be turned back, or weak ones are allowed.

    Why: Whoever sees the configuration can log in.

    Bad:
        extra: no password strength-check

    Good:
        extra: password strength-check

    Fix: Set the password again as a hash (type 5, 8 or 9); leave the check of strength on.

    Source: Cisco Guide to Securing NX-OS (C07-665160) [certain]
    """
    services = services_of(switch)
    for user in services.weak_users:
        yield Hit(switch, "extra", f"the password of {user} is in the clear or can be turned back")
    if not services.strength_check:
        yield Hit(switch, "extra", "weak passwords are allowed")


@switch_rule("SE07", Severity.WARNING)
def copp_off(switch: Switch) -> Iterator[Hit]:
    """No policy protects the control plane.

    Why: A flood of packets for the switch itself takes its CPU, and with it LACP, keepalive and routing.

    Bad:
        extra: |
          username admin password 5 $5$ABC$example role network-admin
          aaa authentication login default group ADMINS
          ntp server 192.0.2.5 use-vrf management
          logging server 192.0.2.6 use-vrf management
          no cdp enable
          line console
            exec-timeout 10
          line vty
            exec-timeout 10
            access-class ADMINS in

    Good:
        extra: copp profile strict

    Fix: Choose a profile.

    Source: Cisco Guide to Securing NX-OS (C07-665160) [likely]
    """
    services = services_of(switch)
    if services.told and not services.copp:
        yield Hit(switch, "extra", "no CoPP profile or policy protects the control plane")


@switch_rule("SE08", Severity.WARNING)
def exec_timeout_zero(switch: Switch) -> Iterator[Hit]:
    """An idle session on console or terminal line is never ended, or no line says when.

    Why: A forgotten session is an open door. What holds without a line depends on the release: switches print
        `exec-timeout 0`, so it need not be that.

    Bad:
        extra: |
          username admin password 5 $5$ABC$example role network-admin
          aaa authentication login default group ADMINS
          copp profile strict
          ntp server 192.0.2.5 use-vrf management
          logging server 192.0.2.6 use-vrf management
          no cdp enable
          line console
            exec-timeout 0
          line vty
            exec-timeout 10
            access-class ADMINS in

    Good:
        extra: |
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

    Fix: Set exec-timeout on both, in minutes.

    Source: Cisco Guide to Securing NX-OS (C07-665160) [certain]
    """
    services = services_of(switch)
    for kind, minutes in services.exec_timeouts.items() if services.told else ():
        if minutes is None:
            yield Hit(switch, "extra", f"no line says when an idle session on {kind} is ended: it has no exec-timeout")
        elif not minutes:
            yield Hit(switch, "extra", f"an idle session on {kind} is never ended: its exec-timeout is 0")


@switch_rule("SE10", Severity.WARNING)
def http_api_exposed(switch: Switch) -> Iterator[Hit]:
    """NX-API answers without encryption, or in every VRF.

    Whether an access list stands before it in another VRF is not looked at.

    Why: It takes configuration from whoever reaches it and knows a password, which HTTP shows.

    Bad:
        features: [nxapi]
        extra: |
          nxapi http port 80
          nxapi use-vrf management

    Good:
        features: [nxapi]
        extra: |
          nxapi https port 443
          nxapi use-vrf management

    Fix: Use HTTPS, in VRF management.

    Source: K [likely]
    """
    services = services_of(switch)
    if "nxapi" not in switch.features:
        return
    if services.nxapi_http:
        yield Hit(switch, "extra", "NX-API answers over HTTP")
    if services.told and services.nxapi_vrf != "management":
        yield Hit(switch, "extra", "NX-API is not confined to VRF management")


@switch_rule("SE11", Severity.INFO)
def discovery_to_hosts(switch: Switch) -> Iterator[Hit]:
    """CDP or LLDP speaks to hosts.

    Why: It tells them model, release and addresses. A choice: LLDP also lets a check of the cabling see the
        host.

    Bad:
        features: [lldp]

    Good:
        features: {lldp: false}

    Fix: Turn it off at ports where nobody needs it, or accept it.

    Source: K
    """
    services = services_of(switch)
    on = {"lldp": "lldp" in switch.features, "cdp": services.told and services.cdp}
    for protocol in (protocol for protocol, there in on.items() if there):
        ports = _edge_ports(switch, protocol)
        if ports:
            more = f" and {len(ports) - 1} more" if len(ports) > 1 else ""
            yield Hit(switch, "", f"{protocol.upper()} speaks to the host at {ports[0]}{more}")


def _edge_ports(switch: Switch, protocol: str) -> list[InterfaceName]:
    """The edge ports that are up and speak the protocol."""
    return [
        name
        for name, port in switch.ports.items()
        if name.kind == "Ethernet"
        and port.port_type.startswith("edge")
        and not port.shutdown
        and discovers(port.extra, protocol)
    ]


@pair_rule("SE12", Severity.WARNING)
def hardening_asymmetric(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """What protects and watches the two switches differs.

    Compared are the lines of AAA, SNMP, logging, CoPP, the terminal lines, and the names of access lists, without
    secrets, users and what names the one switch. NTP servers have a rule of their own.

    Why: What was hardened on one switch is open on the other, and nobody sees it: both do the same work.

    Bad:
        extra: {sw-a: logging server 192.0.2.6, sw-b: logging server 192.0.2.7}

    Good:
        extra: logging server 192.0.2.6

    Fix: Give both the same lines.

    Source: Cisco Guide to Securing NX-OS (C07-665160) [certain]
    """
    theirs = hardening_of(peer)
    for topic, lines in hardening_of(switch).items():
        missing = sorted(theirs[topic] - lines)
        if missing:
            more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
            message = f"{topic}: {switch.name} lacks what {peer.name} has, `{missing[0]}`{more}"
            yield Hit(switch, "extra", message)
