"""Large packets: whether everything that the packets of a host cross lets them through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mlagkit.finding import Severity
from mlagkit.nxos.qos import layer2_mtu, sets_mtu_by_policy
from mlagkit.rules.rule import Hit, switch_rule
from mlagkit.rules.vxlan import is_tunnel_end
from mlagkit.switch import Interface, Switch
from mlagkit.topology.addresses import DEFAULT, MANAGEMENT, addresses
from mlagkit.topology.attached import ports_to
from mlagkit.topology.carried import carried, carried_by, existing, open_legs
from mlagkit.topology.keepalive_source import sender
from mlagkit.topology.routed import has_address, is_gateway
from mlagkit.values import VlanSet

_USUAL = 1500
_VXLAN = 50
"""Bytes that VXLAN puts in front of a frame (reference 8)."""


@switch_rule("HO05", Severity.ERROR)
def host_mtu(switch: Switch) -> Iterator[Hit]:
    """A host sends larger packets than the ports that it is on let through.

    Both are counted without the Ethernet header. On Nexus 5000 and 6000 a policy of the whole switch decides. What the
    packets cross behind these ports has a rule of its own.

    Why: Small packets pass and large ones vanish: a session is set up, and hangs with the first data. The rule needs
        the host's `mtu`.

    Needs: `hosts` in a pair file; running-configs do not tell of them.

    Bad:
        hosts:
          web-01: {mtu: 9000}
        vpcs:
          11: {mtu: 1500}

    Good:
        hosts:
          web-01: {mtu: 9000}
        vpcs:
          11: {mtu: 9216}

    Fix: Give the ports the jumbo MTU, on both switches, or lower that of the host. On Nexus 5000 and 6000 the MTU
        stands in the `network-qos` policy.

    Source: BRKDCN-1100 [certain]
    """
    for host in switch.hosts.values():
        if host.mtu is None:
            continue
        for port in ports_to(switch, host.name):
            width = layer2_mtu(switch, port)
            if width < host.mtu:
                message = f"{host.name} sends packets of {host.mtu} bytes, {port.name} lets {width} through"
                yield Hit(port, "mtu", message, fix="" if sets_mtu_by_policy(switch) else _jumbo(switch, host.mtu))


@switch_rule("QS02", Severity.ERROR)
def jumbo_incomplete(switch: Switch) -> Iterator[Hit]:
    """A host sends jumbo packets, and something behind its ports does not let them through.

    Looked at are the peer-link, the gateways of the host's VLANs, routed uplinks, and the underlay of VXLAN, which
    takes 50 bytes more. The host's own ports have a rule of their own, and so has a peer-link that is narrower than a
    leg. It is a warning where routers may ask the host for smaller packets, and where the host may have its large
    packets in another VLAN of its trunk only.

    Why: Small packets pass and large ones vanish: a session is set up, and hangs with the first data. The rule needs
        the host's `mtu`.

    Needs: `hosts` in a pair file; running-configs do not tell of them.

    Bad:
        hosts:
          db-01: {mtu: 9000}
        svis:
          20:
            address: {sw-a: 10.0.20.2/24, sw-b: 10.0.20.3/24}
            hsrp: {version: 2, group: 20, address: 10.0.20.1, priority: {sw-a: 110, sw-b: 90}, preempt: true}

    Good:
        hosts:
          db-01: {mtu: 9000}
        svis:
          20:
            mtu: 9216
            address: {sw-a: 10.0.20.2/24, sw-b: 10.0.20.3/24}
            hsrp: {version: 2, group: 20, address: 10.0.20.1, priority: {sw-a: 110, sw-b: 90}, preempt: true}

    Fix: Give it the jumbo MTU, on both switches and in the underlay, or lower that of the host.

    Source: K; manualowl N5K p.472 [certain]
    """
    senders = _senders(switch)
    for stretch in _stretches(switch) if senders else ():
        width = stretch.interface.mtu - stretch.on_top
        blocked = [each for each in senders if each.vlans & stretch.vlans and each.size > width]
        if blocked:
            largest = max(blocked)
            is_sure = any(each.vlans <= stretch.vlans for each in blocked)
            more = f", and VXLAN adds {stretch.on_top}" if stretch.on_top else ""
            yield Hit(
                stretch.interface,
                "mtu",
                f"{stretch.interface.name} has MTU {stretch.interface.mtu}; {largest.host} sends {largest.size}{more}",
                fix=_jumbo(switch, largest.size + stretch.on_top),
                severity=stretch.severity if is_sure else Severity.WARNING,
            )


def _jumbo(switch: Switch, needed: int) -> str:
    """The jumbo MTU of a switch as a fix, if it is enough."""
    return str(switch.jumbo_mtu) if needed <= switch.jumbo_mtu else ""


class _Sender(NamedTuple):
    """Packets of what size a host sends, and in which of the switch's VLANs they may be."""

    size: int
    host: str
    vlans: VlanSet


def _senders(switch: Switch) -> tuple[_Sender, ...]:
    """The hosts that send jumbo packets."""
    return tuple(
        _Sender(host.mtu, host.name, existing(switch, carried_by(ports_to(switch, host.name))))
        for host in switch.hosts.values()
        if host.mtu is not None and host.mtu > _USUAL
    )


class _Stretch(NamedTuple):
    """A part of the way of packets: the VLANs whose packets cross it, with so many bytes on top.

    ``severity`` is how bad it is to be too narrow where it can be told, None if as bad as the rule says.
    """

    interface: Interface
    vlans: VlanSet
    on_top: int = 0
    severity: Severity | None = None


def _stretches(switch: Switch) -> Iterator[_Stretch]:
    """What the packets of hosts cross behind the hosts' own ports."""
    link = switch.peer_link
    if link and all(leg.mtu <= link.mtu for leg in open_legs(switch).values()):
        yield _Stretch(link, carried(link))
    svis = [svi for svi in switch.svis.values() if not svi.shutdown and has_address(svi)]
    for svi in svis:
        mild = None if is_gateway(svi) else Severity.WARNING
        yield _Stretch(svi, VlanSet((svi.vlan,)), severity=mild)
    tunnelled = VlanSet(vlan for vlan, each in switch.vlans.items() if each.vni is not None and is_tunnel_end(switch))
    yield from (_Stretch(svi, tunnelled, _VXLAN) for svi in svis if svi.vlan in switch.infra_vlans)
    for port in _uplinks(switch):
        if tunnelled and port.vrf == DEFAULT:
            yield _Stretch(port, tunnelled, _VXLAN)
        else:
            vlans = VlanSet(svi.vlan for svi in svis if svi.vrf == port.vrf)
            yield _Stretch(port, vlans, severity=Severity.WARNING)


def _uplinks(switch: Switch) -> Iterator[Interface]:
    """The routed ports that are up and have an address, but for mgmt0 and the keepalive's own."""
    own = sender(switch)
    for port in switch.ports.values():
        if not port.shutdown and port.vrf != MANAGEMENT and addresses(port) and port is not own:
            yield port
