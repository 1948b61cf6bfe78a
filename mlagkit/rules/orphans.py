"""Orphan ports: hosts on ports that belong to no vPC but carry a vPC VLAN."""

from __future__ import annotations

from collections.abc import Iterator

from mlagkit.finding import Severity
from mlagkit.host import SINGLE_LINK_BONDS
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Port, Switch
from mlagkit.topology.attached import attached, links, ports_to
from mlagkit.topology.carried import carried, orphans, vpc_vlans

_SEVERAL = 2


@pair_rule("OR01", Severity.WARNING)
def orphan_active_standby_no_suspend(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A host with an active and a standby link, one to each switch, hangs on ports that are not suspended.

    Why: When the peer-link goes down, the port on the secondary stays up but leads nowhere: the host sees carrier
        and never moves to its other link. A port whose VLANs are not on the peer-link is no orphan.

    Needs: `hosts` in a pair file; running-configs do not tell of them.

    Bad:
        interfaces:
          Ethernet1/20: {host: fw-01, mode: access, vlan: 20, port_type: edge, mtu: 9216}
        hosts: {fw-01: {bond: active-backup, needs: 20}}

    Good:
        interfaces:
          Ethernet1/20: {host: fw-01, mode: access, vlan: 20, port_type: edge, mtu: 9216, orphan_suspend: true}
        hosts: {fw-01: {bond: active-backup, needs: 20}}

    Fix: Suspend both ports with the peer-link (`orphan_suspend: true`).

    Source: G106, OUT2 [certain]
    """
    for name, port in _hosts(switch).items():
        other = _hosts(peer).get(name)
        host = switch.hosts.get(name)
        if host is None or host.bond not in SINGLE_LINK_BONDS or other is None:
            continue
        if not port.orphan_suspend and not other.orphan_suspend and carried(port) & vpc_vlans(switch):
            message = f"{name} ({host.bond}) is on orphan port {port.name}, which stays up without the peer-link"
            yield Hit(port, "orphan_suspend", message, fix="true")


def _hosts(switch: Switch) -> dict[str, Port]:
    """The orphan ports by the host behind them, where a host is known; one for each host."""
    found = ((attached(switch, port), port) for port in orphans(switch))
    return {name: port for name, port in found if name is not None}


def _is_elsewhere(switch: Switch, peer: Switch, name: str) -> bool:
    """Whether the host has a port on the peer, or one in a vPC or another port besides the orphan one."""
    ports = [port for port in switch.vpcs.values() if attached(switch, port) == name]
    return bool(ports) or any(attached(peer, port) == name for port in peer.ports.values())


@pair_rule("OR02", Severity.WARNING)
def orphan_single_homed(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A host hangs on one switch only, in a VLAN of the vPCs.

    Why: On the secondary it loses its gateway and everybody else with the peer-link. On the switch of the lower role
        priority it is a remark, because roles may have changed. Of a host with several links, all to one switch, HO02
        speaks.

    Needs: `host` or `cabling` of ports in a pair file; running-configs do not tell of them.

    Bad:
        interfaces:
          sw-b:
            Ethernet1/20: {host: backup-01, mode: access, vlan: 20, port_type: edge, mtu: 9216}
        hosts: {backup-01: {bond: none}}

    Good:
        vpcs:
          13:
            host: backup-01
            mode: access
            vlan: 20
            lacp: active
            lacp_rate: fast
            lacp_vpc_convergence: true
            lacp_graceful_convergence: false
            port_type: edge
            mtu: 9216
            members: [Ethernet1/20]
        hosts: {backup-01: {bond: 802.3ad, lacp_rate: fast}}

    Fix: Attach it to both switches, move it to the primary, or to a VLAN that is on no vPC.

    Source: G106, OUT2 [certain]
    """
    for name, port in _hosts(switch).items():
        vlans = carried(port) & vpc_vlans(switch)
        cables = [link for each in ports_to(switch, name) for link in links(switch, each)]
        if vlans and len(cables) < _SEVERAL and not port.orphan_suspend and not _is_elsewhere(switch, peer, name):
            message = f"{name} is attached to {switch.name} alone, by {port.name}"
            yield Hit(port, "", message, severity=Severity.INFO if _becomes_primary(switch, peer) else None)


def _becomes_primary(switch: Switch, peer: Switch) -> bool:
    """Whether the switch has the lower role priority."""
    return bool(switch.domain and peer.domain and switch.domain.role_priority < peer.domain.role_priority)


@pair_rule("OR03", Severity.WARNING)
def orphan_suspend_single_homed(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A port that is suspended with the peer-link leads to a host without another link.

    Why: Without the peer-link the host would still reach what is on its switch; suspended it reaches nothing.

    Needs: `host` or `cabling` of ports in a pair file; running-configs do not tell of them.

    Bad:
        interfaces:
          sw-b:
            Ethernet1/20:
              host: backup-01
              mode: access
              vlan: 20
              port_type: edge
              mtu: 9216
              orphan_suspend: true
        hosts: {backup-01: {bond: none}}

    Good:
        interfaces:
          Ethernet1/20: {host: fw-01, mode: access, vlan: 20, port_type: edge, mtu: 9216, orphan_suspend: true}
        hosts: {fw-01: {bond: active-backup}}

    Fix: Take `orphan_suspend` away, or attach the host to both switches.

    Source: K [likely]
    """
    for name, port in _hosts(switch).items():
        if port.orphan_suspend and not _is_elsewhere(switch, peer, name):
            message = f"{port.name} is suspended with the peer-link, but {name} has no other link"
            yield Hit(port, "orphan_suspend", message, fix="false")


@switch_rule("OR04", Severity.INFO)
def orphan_delay(switch: Switch) -> Iterator[Hit]:
    """Orphan ports that were suspended come back at once, before vPCs and SVIs.

    Why: The host moves back to a switch that does not yet forward for it.

    Bad:
        domain: {delay_restore: {orphan_port: 0}}
        interfaces:
          Ethernet1/20: {host: fw-01, mode: access, vlan: 20, port_type: edge, mtu: 9216, orphan_suspend: true}
        hosts: {fw-01: {bond: active-backup}}

    Good:
        domain: {delay_restore: {orphan_port: 150}}
        interfaces:
          Ethernet1/20: {host: fw-01, mode: access, vlan: 20, port_type: edge, mtu: 9216, orphan_suspend: true}
        hosts: {fw-01: {bond: active-backup}}

    Fix: Wait as long as vPCs do (at most 300 seconds).

    Source: K [likely]
    """
    is_used = any(port.orphan_suspend for port in orphans(switch))
    if is_used and switch.domain and switch.domain.delay_restore.orphan_port == 0:
        message = "suspended orphan ports come back at once, before vPCs and SVIs"
        fix = str(min(switch.domain.delay_restore.vpc, 300))
        yield Hit(switch.domain, "delay_restore.orphan_port", message, fix=fix)


@pair_rule("OR05", Severity.WARNING)
def orphan_suspend_asymmetric(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """Of the two ports of a host that is attached to both switches one is suspended with the peer-link.

    Why: Whether the host survives depends on which switch is primary at that time. Ports without a common VLAN, such
        as a storage path and a ring of a cluster, do not stand in for each other.

    Needs: `host` or `cabling` of ports in a pair file; running-configs do not tell of them.

    Bad:
        interfaces:
          sw-a:
            Ethernet1/20:
              {host: fw-01, mode: access, vlan: 20, port_type: edge, mtu: 9216, orphan_suspend: true}
          sw-b:
            Ethernet1/20: {host: fw-01, mode: access, vlan: 20, port_type: edge, mtu: 9216}
        hosts: {fw-01: {bond: active-backup}}

    Good:
        interfaces:
          Ethernet1/20: {host: fw-01, mode: access, vlan: 20, port_type: edge, mtu: 9216, orphan_suspend: true}
        hosts: {fw-01: {bond: active-backup}}

    Fix: Suspend both ports.

    Source: K [likely]
    """
    suspended = [each for each in orphans(peer) if each.orphan_suspend]
    for port in orphans(switch):
        name = attached(switch, port)
        same = (each for each in suspended if attached(peer, each) == name and carried(each) & carried(port))
        if name is not None and not port.orphan_suspend and any(same):
            message = f"{name} is on {port.name}, which stays up, and on {peer.name}, where its port is suspended"
            yield Hit(port, "orphan_suspend", message, fix="true")
