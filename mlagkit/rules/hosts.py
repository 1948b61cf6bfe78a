"""What is attached: whether the bond of a host fits the ports that it is on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mlagkit.finding import Severity
from mlagkit.host import LACP_BOND, NO_BOND, STATIC_BONDS, Host
from mlagkit.rules.rule import Hit, pair_rule, switch_rule
from mlagkit.switch import Port, Switch
from mlagkit.topology.attached import links, ports_to
from mlagkit.topology.channels import channel_modes

_LACP_MODES = ("active", "passive")
_FEW = 2


@switch_rule("HO01", Severity.ERROR)
def host_bond_mode(switch: Switch) -> Iterator[Hit]:
    """The bond of a host and the channel that it is on don't speak the same: LACP, static, or no channel at all.

    Why: The ports are suspended, or the host's address moves from port to port.

    Needs: `hosts` in a pair file; running-configs do not tell of them.

    Bad:
        hosts:
          web-01: {bond: active-backup, lacp_rate: }

    Good:
        hosts:
          web-01: {bond: 802.3ad}

    Fix: 802.3ad on the host with LACP active; a static bond with mode on; no channel for the others.

    Source: K [certain]
    """
    for host in switch.hosts.values():
        for port in ports_to(switch, host.name):
            modes = channel_modes(switch, port)
            wrong = _unfit(host.bond, modes) if host.bond and modes else ""
            if wrong:
                yield Hit(port, "lacp", f"{host.name} has bond {host.bond}, {port.name} {wrong}")


def _unfit(bond: str, modes: frozenset[str]) -> str:
    """What is wrong about a channel of these modes for a bond."""
    lacp = not modes.isdisjoint(_LACP_MODES)
    if bond == LACP_BOND:
        return "" if lacp else "is a static channel without LACP"
    if bond in STATIC_BONDS:
        return "expects LACP" if lacp else ""
    return "is a channel"


@pair_rule("HO02", Severity.WARNING)
def host_both_links_one_peer(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A host has two or more links, and all of them go to one switch.

    Silent for hosts on a vPC: that this one is missing on the peer is said by a rule of its own.

    Why: The links help when a cable fails, not when the switch does.

    Needs: `hosts` in a pair file; running-configs do not tell of them.

    Bad:
        peer_link: {vlans: [10, 20]}
        vlans: {30: backup}
        interfaces:
          sw-a:
            Ethernet1/41: {host: nas-01, mode: access, vlan: 30, port_type: edge, mtu: 9216}
            Ethernet1/42: {host: nas-01, mode: access, vlan: 30, port_type: edge, mtu: 9216}
        hosts:
          nas-01: {bond: active-backup}

    Good:
        vpcs:
          13:
            host: nas-01
            mode: access
            vlan: 20
            lacp: active
            lacp_rate: fast
            lacp_vpc_convergence: true
            lacp_graceful_convergence: false
            port_type: edge
            mtu: 9216
            members: [Ethernet1/3]
        hosts:
          nas-01: {bond: 802.3ad}

    Fix: Move one of the cables to the other switch.

    Source: K [certain]
    """
    for host in switch.hosts.values():
        ports = ports_to(switch, host.name)
        count = sum(len(links(switch, port)) for port in ports)
        on_vpc = any(port.vpc is not None for port in ports)
        if count >= _FEW and not on_vpc and not ports_to(peer, host.name):
            yield Hit(ports[0], "host", f"all {count} links of {host.name} go to {switch.name}")


@pair_rule("HO03", Severity.ERROR)
def host_bond_to_orphans(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A host with an LACP bond is on ports that are not one vPC.

    Why: The bond sees two partners and uses one of them, or none.

    Needs: `hosts` in a pair file; running-configs do not tell of them.

    Bad:
        peer_link: {vlans: [10, 20]}
        vlans: {30: backup}
        interfaces:
          Ethernet1/41: {host: nas-01, mode: access, vlan: 30, port_type: edge, mtu: 9216}
        hosts:
          nas-01: {bond: 802.3ad}

    Good:
        vpcs:
          13:
            host: nas-01
            mode: access
            vlan: 20
            lacp: active
            lacp_rate: fast
            lacp_vpc_convergence: true
            lacp_graceful_convergence: false
            port_type: edge
            mtu: 9216
            members: [Ethernet1/3]
        hosts:
          nas-01: {bond: 802.3ad}

    Fix: Make a vPC of the ports, with the same number on both switches.

    Source: K [certain]
    """
    for host in switch.hosts.values():
        here, there = ports_to(switch, host.name), ports_to(peer, host.name)
        if host.bond == LACP_BOND and here and _is_split(here, there):
            names = ", ".join(port.name for port in here)
            yield Hit(here[0], "host", f"{host.name} has an LACP bond, but its ports are not one vPC: {names}")


def _is_split(here: Sequence[Port], there: Sequence[Port]) -> bool:
    """Whether the ports of a bond can't be one channel.

    With a vPC among them the other ports are another matter, such as a management port of the same host; one channel
    on one switch alone is a channel, too.
    """
    mine, theirs = ({port.vpc for port in ports if port.vpc is not None} for ports in (here, there))
    if mine or theirs:
        return bool(mine and theirs) and mine.isdisjoint(theirs)
    return bool(there) or any(not port.members for port in here)


@pair_rule("HO04", Severity.ERROR)
def host_vlan_tag(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A host needs a VLAN that none of its ports carries.

    A VLAN that is on the ports of one switch only is a difference of the legs, which has a rule of its own. Whether the
    host tags is not known, so nothing is said of native VLANs.

    Why: The host reaches nothing there.

    Needs: `hosts` in a pair file; running-configs do not tell of them.

    Bad:
        hosts:
          web-01: {needs: 30}

    Good:
        hosts:
          web-01: {needs: [10, 20]}

    Fix: Allow the VLAN on the ports, or take it from what the host needs.

    Source: K [certain]
    """
    for host in switch.hosts.values():
        here, there = ports_to(switch, host.name), ports_to(peer, host.name)
        missing = sorted(host.needs.difference(*(port.allowed for port in (*here, *there))))
        if here and missing:
            listed = ", ".join(map(str, missing))
            yield Hit(here[0], "vlans", f"{host.name} needs VLAN {listed}, which none of its ports carries")


@switch_rule("HO06", Severity.WARNING)
def host_miimon(switch: Switch) -> Iterator[Hit]:
    """A host's bond never looks whether its links are up.

    Why: It goes on sending into a link that is dead. Only a 0 that somebody wrote counts: what is not said may be as
        the host's system has it. A bond without LACP may watch its links by ARP instead, which a waiver can tell.

    Needs: `hosts` in a pair file; running-configs do not tell of them.

    Bad:
        hosts:
          web-01: {miimon: 0}

    Good:
        hosts:
          web-01: {miimon: 100}

    Fix: Set miimon to 100 on the host.

    Source: kernel bonding documentation [certain]
    """
    for host in switch.hosts.values():
        if host.miimon == 0 and host.bond != NO_BOND:
            yield Hit(host, "miimon", f"the bond of {host.name} never looks at its links", fix="100")


@pair_rule("HO07", Severity.WARNING)
def host_min_links(switch: Switch, peer: Switch) -> Iterator[Hit]:
    """A host's bond wants more links than are left when one switch fails.

    Why: The bond goes down with one switch, and the pair is no help.

    Needs: `hosts` in a pair file; running-configs do not tell of them.

    Bad:
        hosts:
          web-01: {min_links: 2}

    Good:
        hosts:
          web-01: {min_links: 1}

    Fix: Lower the host's min_links to the links that it has to one switch.

    Source: kernel bonding documentation, VyOS bonding page (id 9090642498) [certain]
    """
    for host in switch.hosts.values():
        left = _count(switch, host)
        if host.min_links is not None and _count(peer, host) and 0 < left < host.min_links:
            message = f"{host.name} wants {host.min_links} links, and has {left} without {peer.name}"
            yield Hit(host, "min_links", message, fix=str(left))


def _count(switch: Switch, host: Host) -> int:
    return sum(len(links(switch, port)) for port in ports_to(switch, host.name))


@switch_rule("HO08", Severity.INFO)
def host_lacp_rate(switch: Switch) -> Iterator[Hit]:
    """A host and its ports ask each other for slow LACP.

    Why: A link that fails without going down is noticed after 90 seconds.

    Needs: `hosts` in a pair file; running-configs do not tell of them.

    Bad:
        hosts:
          web-01: {lacp_rate: slow}
        vpcs:
          11: {lacp_rate: normal}

    Good:
        hosts:
          web-01: {lacp_rate: fast}
        vpcs:
          11: {lacp_rate: fast}

    Fix: Set both to fast: either side decides how often the other one sends.

    Source: K [certain]
    """
    slow: Mapping[str, Host] = {name: host for name, host in switch.hosts.items() if host.lacp_rate == "slow"}
    for host in slow.values():
        for port in ports_to(switch, host.name):
            rates = {link.lacp_rate for link in links(switch, port) if link.lacp in _LACP_MODES}
            if rates == {"normal"}:
                yield Hit(port, "lacp_rate", f"{host.name} and {port.name} both ask for slow LACP", fix="fast")
